"""The pages of one file, continuous: pictures from beside the desk, words chosen, marks drawn."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent

from sefwriter.desk.page_pictures import PagePictures, Pages, sentence_around
from sefwriter.ui.evidence.choosing import Chosen, Spot, line_away, stepped
from sefwriter.ui.evidence.marks import PassageMark, word_at
from sefwriter.ui.evidence.page_area import PageArea
from sefwriter.ui.evidence.page_paint import PagePainter

Finder = Callable[[Sequence[str]], list[tuple[int, int]]]


class PageView(PageArea):
    """Pages with their passages. `chosen_changed` follows every choice of words."""

    chosen_changed = Signal()
    claim_asked = Signal(str)
    key_typed = Signal(str)

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__(pictures)
        self.marks: tuple[PassageMark, ...] = ()
        self.here = ""
        self.finder: Finder | None = None
        self.found_now: tuple[int, int] = (0, 0)
        self.chosen: Chosen | None = None
        self._to_show: Callable[[], bool] | None = None
        self._paint = PagePainter(self)
        self.viewport().setMouseTracking(True)
        self.viewport().setAccessibleName("Pages")
        self.setAccessibleName("Pages")

    # -- what is shown

    def show_pages(self, pages: Pages | None, *, readable: bool) -> None:
        """Another file, from its first page. Unless `readable` no words are taken from it."""
        self.readable = readable
        if pages == self.pages:
            return
        self.marks, self.here, self.finder, self._to_show = (), "", None, None
        self.choose(None)
        self.show_sizes(pages)

    def show_marks(self, marks: tuple[PassageMark, ...], here: str = "") -> None:
        """The passages on these pages; `here` is the one looked at."""
        self.marks, self.here = marks, here
        self._paint.forget()
        self.viewport().update()

    def show_found(self, finder: Finder | None, page: int = 0, nth: int = 0) -> None:
        """Marks what `finder` finds among a page's words; the nth on a page is looked at."""
        self.finder, self.found_now = finder, (page, nth)
        self._paint.forget()
        self.viewport().update()
        if page:
            self._show_later(page, lambda: self._paint.found_on(page)[nth : nth + 1])

    def go_to(self, page: int) -> None:
        """Shows the top of a page, from 1, and nothing that was to be shown before."""
        self._to_show = None
        super().go_to(page)

    def go_to_passage(self, mark: PassageMark) -> None:
        """Shows a passage; its page while its words aren't read yet."""
        self.here = mark.passage
        self.viewport().update()
        self._show_later(mark.page, lambda: [self._paint.lines_of_mark(mark, mark.page)])

    # -- choosing words

    def choose(self, chosen: Chosen | None) -> None:
        """Chooses these words; None for none."""
        if chosen != self.chosen:
            self.chosen = chosen
            words = " ".join(chosen.texts(self.words)) if chosen else ""
            self.setAccessibleDescription(f"Chosen: {words}" if words else "")
            self.viewport().update()
            self.chosen_changed.emit()

    def spot_at(self, point: QPointF, *, near: bool) -> Spot | None:
        """The word at a place of the viewport."""
        if not self.page_layout.sizes:
            return None
        place = self._to_content(point)
        page = self.page_layout.page_at(place.y())
        words = self.words.get(page)
        if words is None or not self.readable:
            return None
        at = word_at(words.boxes, *self.page_layout.to_page(page, place), near=near)
        return (page, at) if at >= 0 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.button() != Qt.MouseButton.LeftButton:
            return
        claim = self._paint.tag_at(event.position())
        if claim:
            self.claim_asked.emit(claim)
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        spot = self.spot_at(event.position(), near=shift)
        if spot and shift and self.chosen:
            self.choose(Chosen(self.chosen.anchor, spot))
        else:
            self.choose(Chosen(spot, spot) if spot else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.buttons() & Qt.MouseButton.LeftButton:
            spot = self.spot_at(event.position(), near=True)
            if spot:
                self.choose(Chosen(self.chosen.anchor if self.chosen else spot, spot))
            return
        shape = Qt.CursorShape.ArrowCursor
        if self._paint.tag_at(event.position()):
            shape = Qt.CursorShape.PointingHandCursor
        elif self.spot_at(event.position(), near=False):
            shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        spot = self.spot_at(event.position(), near=False)
        if spot:
            page, at = spot
            first, last = sentence_around(self.words[page].words, at)
            self.choose(Chosen((page, first), (page, last)))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_step(event.angleDelta().y(), event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if control and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(1 if key == Qt.Key.Key_Home else len(self.page_layout.sizes))
        elif (
            key in _STEPS
            and (shift or (self.chosen and _STEPS[key][1]))
            and self._step(*_STEPS[key], grow=shift)
        ):
            pass
        elif key == Qt.Key.Key_Escape and self.chosen:
            self.choose(None)
        elif event.text().isalpha() and not control:
            self.key_typed.emit(event.text().lower())
        else:
            super().keyPressEvent(event)

    def _step(self, by: int, sideways: bool, *, grow: bool) -> bool:
        """Moves or grows the choice by a word or a line; begins it at the first word seen."""
        if self.chosen is None:
            spot = self._first_seen()
            if spot:
                self.choose(Chosen(spot, spot))
            return spot is not None
        known, head = self.words, self.chosen.head
        spot = stepped(head, by, known) if sideways else line_away(head, by, known)
        self.choose(Chosen(self.chosen.anchor if grow else spot, spot))
        box = self.page_layout.to_view(spot[0], known[spot[0]].boxes[spot[1]])
        self.show_rect(box)
        return True

    def _first_seen(self) -> Spot | None:
        top = self.verticalScrollBar().value()
        for page in self.page_layout.pages_in(top, top + self.viewport().height()):
            words = self.words.get(page)
            for at, box in enumerate(words.boxes if words and self.readable else ()):
                if self.page_layout.to_view(page, box).top() >= top:
                    return page, at
        return None

    # -- drawing

    def relaid(self) -> None:
        """Marks lie elsewhere now."""
        self._paint.forget()

    def came(self) -> None:
        """A passage whose page's words have come can be shown."""
        if self._to_show and self._to_show():
            self._to_show = None

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self.viewport())
        self._paint.paint(painter, event.rect())
        painter.end()

    def _show_later(self, page: int, places: Callable[[], Sequence[Sequence[QRectF]]]) -> None:
        """Shows a place on a page as soon as the page's words are known; the page at once."""

        def show() -> bool:
            if page not in self.words and self.readable and page not in self.faults:
                return False
            lines = next((lines for lines in places() if lines), None)
            if lines:
                self.show_rect(lines[0])
            elif self.page != page:
                self.go_to(page)
            return True

        if page not in self.words:
            self.go_to(page)
        self._to_show = None if show() else show


_STEPS: Final[dict[int, tuple[int, bool]]] = {
    Qt.Key.Key_Right: (1, True),
    Qt.Key.Key_Left: (-1, True),
    Qt.Key.Key_Down: (1, False),
    Qt.Key.Key_Up: (-1, False),
}
"""Arrow keys: by how much, and whether along the line."""
