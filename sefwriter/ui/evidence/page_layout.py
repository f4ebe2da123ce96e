"""Where pages lie in a continuous view, in logical px: geometry and nothing else."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF

from sefwriter.desk.page_pictures import Box, Cut

GAP: Final = 16
"""Between pages and around them, px."""

SCREEN_DOTS: Final = 96 / 72
"""Logical px a point at a zoom of 100 %."""

TILE: Final = 1200
"""Longest side of a drawn part, device px: an A4 page at 100 % is one part."""


@dataclass(frozen=True)
class Layout:
    """Pages one below the other. `sizes` in points; `zoom` 1.0 is 100 %; `width` of the view."""

    sizes: tuple[tuple[float, float], ...]
    zoom: float
    width: int

    @property
    def scale(self) -> float:
        """Logical px a point."""
        return self.zoom * SCREEN_DOTS

    @cached_property
    def _tops(self) -> list[int]:
        heights = (round(height * self.scale) + GAP for _, height in self.sizes)
        return list(accumulate(heights, initial=GAP))

    @property
    def height(self) -> int:
        """Of everything."""
        return self._tops[-1] if self.sizes else 0

    @cached_property
    def content_width(self) -> int:
        """Of the widest page with its gaps, at least the view's."""
        widest = max((width for width, _ in self.sizes), default=0)
        return max(self.width, round(widest * self.scale) + 2 * GAP)

    def rect(self, page: int) -> QRect:
        """Where a page, from 1, lies."""
        width, height = (round(side * self.scale) for side in self.sizes[page - 1])
        return QRect((self.content_width - width) // 2, self._tops[page - 1], width, height)

    def page_at(self, y: float) -> int:
        """The page, from 1, at or above a height; 0 where there are none."""
        return min(max(bisect_right(self._tops, y), 1), len(self.sizes))

    def pages_in(self, top: int, bottom: int) -> range:
        """The pages that show between two heights."""
        if not self.sizes:
            return range(0)
        return range(self.page_at(top), self.page_at(bottom) + 1)

    def to_view(self, page: int, box: Box) -> QRectF:
        """A box on a page, in points, where it lies in the view."""
        at = self.rect(page).topLeft()
        left, top, right, bottom = (side * self.scale for side in box)
        return QRectF(at.x() + left, at.y() + top, right - left, bottom - top)

    def to_page(self, page: int, point: QPointF) -> tuple[float, float]:
        """A place in the view, in points on that page."""
        at = self.rect(page).topLeft()
        return (point.x() - at.x()) / self.scale, (point.y() - at.y()) / self.scale

    def cuts(self, page: int, shown: QRect, ratio: float) -> Iterator[Cut]:
        """The parts of a page that lie in a rectangle of the view; `ratio` device px a px."""
        whole = self.rect(page)
        seen = whole.intersected(shown).translated(-whole.topLeft())
        if seen.isEmpty():
            return
        scale = self.scale * ratio
        width, height = (max(1, round(side * scale)) for side in self.sizes[page - 1])
        for top in range(int(seen.top() * ratio) // TILE * TILE, height, TILE):
            if top > (seen.bottom() + 1) * ratio:
                break
            for left in range(int(seen.left() * ratio) // TILE * TILE, width, TILE):
                if left > (seen.right() + 1) * ratio:
                    break
                size = min(TILE, width - left), min(TILE, height - top)
                yield Cut(page, scale, left, top, *size)


def lines_of(boxes: list[Box]) -> list[Box]:
    """Boxes of words in a row joined line by line, as one marks with a pen."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _same_line(lines[-1], box):
            last = lines[-1]
            lines[-1] = (
                min(last[0], box[0]),
                min(last[1], box[1]),
                max(last[2], box[2]),
                max(last[3], box[3]),
            )
        else:
            lines.append(box)
    return lines


def _same_line(one: Box, other: Box) -> bool:
    middle = (other[1] + other[3]) / 2
    height = one[3] - one[1]
    return one[1] < middle < one[3] and -height < other[0] - one[2] < 3 * height
