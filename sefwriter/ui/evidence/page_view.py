"""The pages of one file, continuous: pictures from beside the desk, words chosen, marks drawn."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from sefwriter.desk.page_pictures import (
    Cut,
    PagePictures,
    Pages,
    PageWords,
    Picture,
    Wish,
    sentence_around,
)
from sefwriter.ui.evidence.choosing import Chosen, Spot, line_away, stepped
from sefwriter.ui.evidence.marks import PassageMark, word_at
from sefwriter.ui.evidence.page_layout import GAP, SCREEN_DOTS, Layout
from sefwriter.ui.evidence.page_paint import PagePainter
from sefwriter.ui.evidence.tiles import Tiles

ZOOMS: Final = (0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_WIDEST_FIT: Final = 1.5
"""Fit width goes no further: a page as wide as a wide screen is read with the neck."""

Finder = Callable[[Sequence[str]], list[tuple[int, int]]]


class PageView(QAbstractScrollArea):
    """Pages one below the other. `chosen_changed` follows every choice of words."""

    page_changed = Signal(int)
    zoom_changed = Signal(int)
    chosen_changed = Signal()
    claim_asked = Signal(str)
    key_typed = Signal(str)

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__()
        self.pictures = pictures
        self.tiles = Tiles()
        self.words: dict[int, PageWords] = {}
        self.faults: dict[int, str] = {}
        self.marks: tuple[PassageMark, ...] = ()
        self.here = ""
        self.finder: Finder | None = None
        self.found_now: tuple[int, int] = (0, 0)
        self.chosen: Chosen | None = None
        self.readable = True
        self._pages: Pages | None = None
        self._layout = Layout((), 1.0, 0)
        self._fit = True
        self._page = 0
        self._to_show: Callable[[], bool] | None = None
        self._paint = PagePainter(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(15)
        self._soon.timeout.connect(self._ask)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.viewport().setAccessibleName("Pages")
        self.setAccessibleName("Pages")

    # -- what is shown

    @property
    def pages(self) -> Pages | None:
        """The pages shown, None without any."""
        return self._pages

    @property
    def page_layout(self) -> Layout:
        """Where pages lie now."""
        return self._layout

    @property
    def page(self) -> int:
        """The page looked at, from 1; 0 without pages."""
        return self._page

    @property
    def zoom(self) -> float:
        """1.0 is 100 %."""
        return self._layout.zoom

    def show_pages(self, pages: Pages | None, *, readable: bool) -> None:
        """Another file, from its first page. Unless `readable` no words are taken from it."""
        self.readable = readable
        if pages == self._pages:
            return
        self._pages = pages
        self.tiles.clear()
        self.words.clear()
        self.faults.clear()
        self.marks, self.here, self.finder, self._to_show = (), "", None, None
        self.choose(None)
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._scrolled()

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
        """Shows the top of a page, from 1."""
        self._to_show = None
        if 1 <= page <= len(self._layout.sizes):
            self.verticalScrollBar().setValue(self._layout.rect(page).top() - GAP)

    def go_to_passage(self, mark: PassageMark) -> None:
        """Shows a passage; its page while its words aren't read yet."""
        self.here = mark.passage
        self.viewport().update()
        self._show_later(mark.page, lambda: [self._paint.lines_of_mark(mark, mark.page)])

    # -- zoom

    def fit_width(self) -> None:
        """As wide as the view, and so from now on."""
        self._fit = True
        self._lay_out()

    def set_zoom(self, zoom: float, at: QPoint | None = None) -> None:
        """Another zoom; what is at this place of the view stays there."""
        self._fit = False
        self._zoom_to(min(ZOOMS[-1], max(ZOOMS[0], zoom)), at or self.viewport().rect().center())

    def zoom_step(self, by: int, at: QPoint | None = None) -> None:
        """The next larger or smaller zoom."""
        if by > 0:
            self.set_zoom(next((z for z in ZOOMS if z > self.zoom + 0.01), ZOOMS[-1]), at)
        else:
            self.set_zoom(next((z for z in reversed(ZOOMS) if z < self.zoom - 0.01), ZOOMS[0]), at)

    def _zoom_to(self, zoom: float, at: QPoint) -> None:
        old, spot = self._layout, self._to_content(QPointF(at))
        page = old.page_at(spot.y()) if old.sizes else 0
        where = old.to_page(page, spot) if page else (0.0, 0.0)
        self._layout = Layout(old.sizes, zoom, self.viewport().width())
        self._set_bars()
        if page:
            now = self._layout.to_view(page, (*where, *where)).topLeft()
            self.verticalScrollBar().setValue(round(now.y() - at.y()))
            self.horizontalScrollBar().setValue(round(now.x() - at.x()))
        self._paint.forget()
        self.zoom_changed.emit(round(zoom * 100))
        self._scrolled()

    def _lay_out(self) -> None:
        sizes = self._pages.sizes if self._pages else ()
        self._layout = Layout(sizes, self._layout.zoom, self.viewport().width())
        zoom = self._layout.zoom
        if self._fit and sizes:
            widest = max(width for width, _ in sizes) * SCREEN_DOTS
            zoom = (self.viewport().width() - 2 * GAP) / widest
            zoom = min(_WIDEST_FIT, max(ZOOMS[0], zoom))
        self._zoom_to(zoom, QPoint(self.viewport().width() // 2, 0))

    def _set_bars(self) -> None:
        size = self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, self._layout.height - size.height()))
        vertical.setPageStep(size.height())
        vertical.setSingleStep(48)
        horizontal.setRange(0, max(0, self._layout.content_width - size.width()))
        horizontal.setPageStep(size.width())
        horizontal.setSingleStep(48)

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
        if not self._layout.sizes:
            return None
        place = self._to_content(point)
        page = self._layout.page_at(place.y())
        words = self.words.get(page)
        if words is None or not self.readable:
            return None
        at = word_at(words.boxes, *self._layout.to_page(page, place), near=near)
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
            self.go_to(1 if key == Qt.Key.Key_Home else len(self._layout.sizes))
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
        box = self._layout.to_view(spot[0], known[spot[0]].boxes[spot[1]])
        self.show_rect(box)
        return True

    def _first_seen(self) -> Spot | None:
        top = self.verticalScrollBar().value()
        for page in self._layout.pages_in(top, top + self.viewport().height()):
            words = self.words.get(page)
            for at, box in enumerate(words.boxes if words and self.readable else ()):
                if self._layout.to_view(page, box).top() >= top:
                    return page, at
        return None

    # -- moving and drawing

    def show_rect(self, rect: QRectF) -> None:
        """Scrolls no further than it must to show this part of the pages."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if rect.top() < bar.value() + GAP or rect.bottom() > bar.value() + height - GAP:
            bar.setValue(round(rect.center().y() - height / 3))
        across, width = self.horizontalScrollBar(), self.viewport().width()
        if rect.left() < across.value() or rect.right() > across.value() + width:
            across.setValue(round(rect.center().x() - width / 2))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802, D102 - Qt's name
        del dx, dy
        self._scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self.viewport())
        self._paint.paint(painter, event.rect())
        painter.end()

    def shown(self) -> QRect:
        """The part of the pages that is in view."""
        return QRect(
            QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()),
            self.viewport().size(),
        )

    def _to_content(self, point: QPointF) -> QPointF:
        return point + QPointF(self.shown().topLeft())

    def _scrolled(self) -> None:
        self.viewport().update()
        self._soon.start()
        page = self._layout.page_at(self.shown().top() + self.viewport().height() / 3)
        page = page if self._layout.sizes else 0
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def _show_later(self, page: int, places: Callable[[], Sequence[Sequence[QRectF]]]) -> None:
        """Shows a place on a page as soon as the page's words are known; the page at once."""

        def show() -> bool:
            if page not in self.words and self.readable and page not in self.faults:
                return False
            lines = next((lines for lines in places() if lines), None)
            if lines:
                self.show_rect(lines[0])
            elif self._page != page:
                self.go_to(page)
            return True

        if page not in self.words:
            self.go_to(page)
        self._to_show = None if show() else show

    # -- pictures and words wanted

    def wishes(self) -> list[Wish]:
        """What is wanted now, the most wanted first: what is seen, its words, its neighbours."""
        shown, ratio = self.shown(), self.devicePixelRatioF()
        seen = self._layout.pages_in(shown.top(), shown.bottom())
        nearby = shown.adjusted(0, -shown.height() // 2, 0, shown.height())
        wanted: list[Wish] = []
        for area in (shown, nearby):
            for page in self._layout.pages_in(area.top(), area.bottom()):
                wanted += self._layout.cuts(page, area, ratio) if page not in self.faults else ()
            if area is shown and self.readable:
                wanted += [page for page in seen if page not in self.words]
        return [
            wish
            for wish in dict.fromkeys(wanted)
            if isinstance(wish, int) or self.tiles.get(wish) is None
        ]

    def _ask(self) -> None:
        if self._pages:
            self.pictures.want(self._pages.pdf, self.wishes(), self._granted)

    def _granted(self, pdf: Path, wish: Wish, got: Picture | PageWords | str) -> None:
        if self._pages is None or pdf != self._pages.pdf:
            return
        if isinstance(wish, Cut) and isinstance(got, Picture):
            self.tiles.put(wish, got)
        elif isinstance(wish, int) and isinstance(got, PageWords):
            self.words[wish] = got
        else:
            page = wish if isinstance(wish, int) else wish.page
            self.faults[page] = str(got)
        if self._to_show and self._to_show():
            self._to_show = None
        self.viewport().update()


_STEPS: Final[dict[int, tuple[int, bool]]] = {
    Qt.Key.Key_Right: (1, True),
    Qt.Key.Key_Left: (-1, True),
    Qt.Key.Key_Down: (1, False),
    Qt.Key.Key_Up: (-1, False),
}
"""Arrow keys: by how much, and whether along the line."""
