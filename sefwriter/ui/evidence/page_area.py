"""A view of pages one below the other: where they are, how large, and what of them is wanted."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from sefwriter.desk.page_pictures import Cut, PagePictures, Pages, PageWords, Picture, Wish
from sefwriter.ui.evidence.page_layout import GAP, SCREEN_DOTS, Layout
from sefwriter.ui.evidence.tiles import Tiles

ZOOMS: Final = (0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_WIDEST_FIT: Final = 1.5
"""Fit width goes no further: a page as wide as a wide screen is read with the neck."""


_NARROWEST_FIT: Final = 0.25
"""Nor below this, however narrow the view."""


class PageArea(QAbstractScrollArea):
    """Scrolls and zooms; pictures and words come from beside the desk, what is seen first.

    `words` and `faults` are by page. `relaid` is called where places in the view became others,
    `came` when a picture or words have come.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(int)

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__()
        self.pictures = pictures
        self.tiles = Tiles()
        self.words: dict[int, PageWords] = {}
        self.faults: dict[int, str] = {}
        self.readable = True
        self._pages: Pages | None = None
        self._layout = Layout((), 1.0, 0)
        self._fit = True
        self._page = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(15)
        self._soon.timeout.connect(self._ask)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def relaid(self) -> None:
        """Another zoom, another width, another file."""

    def came(self) -> None:
        """A picture or the words of a page have come."""

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

    def show_sizes(self, pages: Pages | None) -> None:
        """Another file, from its first page."""
        self._pages = pages
        self.tiles.clear()
        self.words.clear()
        self.faults.clear()
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._scrolled()

    def go_to(self, page: int) -> None:
        """Shows the top of a page, from 1."""
        if 1 <= page <= len(self._layout.sizes):
            self.verticalScrollBar().setValue(self._layout.rect(page).top() - GAP)

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
        self.relaid()
        self.zoom_changed.emit(round(zoom * 100))
        self._scrolled()

    def _lay_out(self) -> None:
        sizes = self._pages.sizes if self._pages else ()
        self._layout = Layout(sizes, self._layout.zoom, self.viewport().width())
        zoom = self._layout.zoom
        if self._fit and sizes:
            widest = max(width for width, _ in sizes) * SCREEN_DOTS
            zoom = (self.viewport().width() - 2 * GAP) / widest
            zoom = min(_WIDEST_FIT, max(_NARROWEST_FIT, zoom))
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
        self.came()
        self.viewport().update()
