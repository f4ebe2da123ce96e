"""Draws what of the pages is in view: pictures, passages, words found and chosen, tags."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sefwriter.desk.page_pictures import PageWords, passage_place
from sefwriter.ui.evidence.marks import (
    TAG_HEIGHT,
    PassageMark,
    draw_chosen,
    draw_found,
    draw_passage,
    draw_tag,
    tag_width,
)
from sefwriter.ui.evidence.page_layout import lines_of
from sefwriter.ui.theme.theme import THEME

if TYPE_CHECKING:
    from sefwriter.ui.evidence.page_view import PageView

_NOTHING: Final = PageWords()


class PagePainter:
    """Paints one view. What was worked out for its marks is kept until `forget`."""

    def __init__(self, view: "PageView") -> None:
        self._view = view
        self._lines: dict[tuple[str, int], list[QRectF]] = {}
        self._found: dict[int, list[list[QRectF]]] = {}
        self._tags: list[tuple[QRect, str]] = []

    def forget(self) -> None:
        """Other marks, another zoom or width."""
        self._lines.clear()
        self._found.clear()

    def paint(self, painter: QPainter, exposed: QRect) -> None:
        """Everything in view, in the viewport's coordinates."""
        painter.fillRect(exposed, THEME.colour("sunken"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self._view
        shown = view.shown()
        painter.translate(-shown.topLeft())
        self._tags = []
        for page in view.page_layout.pages_in(shown.top(), shown.bottom()):
            self._paint_page(painter, page, shown)
        painter.resetTransform()
        if view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(THEME.colour("focus"), 2))
            painter.drawRect(view.viewport().rect().adjusted(1, 1, -1, -1))

    def lines_of_mark(self, mark: PassageMark, page: int) -> list[QRectF]:
        """Where a passage stands on a page, line by line; empty while its words aren't known."""
        key = (mark.passage, page)
        if key not in self._lines:
            words = self._view.words.get(page)
            if words is None:
                return []
            first_part, last_part = page == mark.page, page == mark.page_to
            part = "all" if first_part and last_part else "begins" if first_part else "ends"
            place = passage_place(words.words, mark.quote, mark.before, part=part)
            self._lines[key] = self._rects(page, words, place) if mark.quote and place else []
        return self._lines[key]

    def found_on(self, page: int) -> list[list[QRectF]]:
        """Where words found stand on a page, each line by line."""
        words, finder = self._view.words.get(page), self._view.finder
        if words is None or finder is None:
            return []
        if page not in self._found:
            places = finder(words.words)
            self._found[page] = [self._rects(page, words, place) for place in places]
        return self._found[page]

    def tag_at(self, point: QPointF) -> str:
        """The claim whose tag is at a place of the viewport, "" for none."""
        place = (point + QPointF(self._view.shown().topLeft())).toPoint()
        return next((claim for rect, claim in self._tags if rect.contains(place)), "")

    def _rects(self, page: int, words: PageWords, place: tuple[int, int]) -> list[QRectF]:
        boxes = list(words.boxes[place[0] : place[1] + 1])
        return [self._view.page_layout.to_view(page, line) for line in lines_of(boxes)]

    def _paint_page(self, painter: QPainter, page: int, shown: QRect) -> None:
        view = self._view
        rect = view.page_layout.rect(page)
        painter.fillRect(rect, QColor("white"))
        self._paint_picture(painter, page, shown)
        marks = [mark for mark in view.marks if mark.page <= page <= mark.page_to]
        for mark in marks:
            lines = self.lines_of_mark(mark, page)
            draw_passage(painter, lines, mark.stance, chosen=mark.passage == view.here)
        for nth, lines in enumerate(self.found_on(page)):
            draw_found(painter, lines, current=view.found_now == (page, nth))
        if view.chosen:
            boxes = view.chosen.boxes(page, view.words.get(page, _NOTHING))
            lines = [view.page_layout.to_view(page, line) for line in lines_of(boxes)]
            draw_chosen(painter, lines)
        self._paint_tags(painter, page, [mark for mark in marks if mark.page == page])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(THEME.colour("line"), 1))
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        if page in view.faults:
            painter.setFont(THEME.font("body"))
            painter.setPen(QColor("#4C565B"))
            words = rect.adjusted(40, 40, -40, -40)
            painter.drawText(words, Qt.TextFlag.TextWordWrap, view.faults[page])

    def _paint_picture(self, painter: QPainter, page: int, shown: QRect) -> None:
        view, layout = self._view, self._view.page_layout
        ratio = view.devicePixelRatioF()
        rect = layout.rect(page)
        cuts = list(layout.cuts(page, shown, ratio))
        pictures = [(cut, view.tiles.get(cut)) for cut in cuts]
        if any(picture is None for _, picture in pictures):
            rough = view.tiles.rough(page)
            if rough:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                factor = layout.scale / rough[0].scale
                size = rough[0].width * factor, rough[0].height * factor
                painter.drawImage(QRectF(rect.left(), rect.top(), *size), rough[1])
        for cut, picture in pictures:
            if picture is not None:
                at = QPointF(rect.left() + cut.left / ratio, rect.top() + cut.top / ratio)
                picture.setDevicePixelRatio(ratio)
                painter.drawImage(at, picture)

    def _paint_tags(self, painter: QPainter, page: int, marks: list[PassageMark]) -> None:
        """Tags at the right edge, each level with its passage, pushed down where they would lie
        one on the other."""
        rect = self._view.page_layout.rect(page)
        placed: list[tuple[float, PassageMark]] = []
        for mark in marks:
            lines = self.lines_of_mark(mark, page)
            if mark.number and (lines or not mark.quote):
                placed.append((lines[0].center().y() if lines else rect.top() + 24.0, mark))
        height = THEME.scaled(TAG_HEIGHT)
        lowest = rect.top() + 4.0
        for middle, mark in sorted(placed, key=lambda pair: pair[0]):
            width = tag_width(mark.number)
            top = max(lowest, middle - height / 2)
            tag = QRect(rect.right() - width - 10, round(top), width, height)
            here = mark.passage == self._view.here
            draw_tag(painter, tag, mark.number, mark.stance, here=here)
            self._tags.append((tag, mark.claim))
            lowest = top + height + 3
