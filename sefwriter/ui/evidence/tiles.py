"""Drawn parts of pages, kept while there is room."""

from collections import OrderedDict
from typing import Final

from PySide6.QtGui import QImage

from sefwriter.desk.page_pictures import Cut, Picture

ROOM: Final = 96 * 1024 * 1024
"""Bytes kept: some twenty A4 pages at 100 % on an ordinary screen, five on a fine one."""


class Tiles:
    """Pictures by their place; those looked at longest ago go first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._kept: OrderedDict[Cut, tuple[QImage, bytes]] = OrderedDict()

    @property
    def taken(self) -> int:
        """Bytes in use."""
        return self._taken

    def clear(self) -> None:
        """Another file."""
        self._kept.clear()
        self._taken = 0

    def put(self, cut: Cut, picture: Picture) -> None:
        """Keeps a picture. Its bytes are shared, not copied."""
        self._drop(cut)
        image = QImage(
            picture.data,
            picture.width,
            picture.height,
            4 * picture.width,
            QImage.Format.Format_RGB32,
        )
        self._kept[cut] = (image, picture.data)
        self._taken += len(picture.data)
        while self._taken > self._room and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def get(self, cut: Cut) -> QImage | None:
        """The picture of this part, if it was drawn."""
        found = self._kept.get(cut)
        if found is None:
            return None
        self._kept.move_to_end(cut)
        return found[0]

    def rough(self, page: int) -> tuple[Cut, QImage] | None:
        """A part of the page drawn at another zoom, to show until the right one comes."""
        for cut in reversed(self._kept):
            if cut.page == page and not cut.left and not cut.top:
                return cut, self._kept[cut][0]
        return None

    def _drop(self, cut: Cut) -> None:
        found = self._kept.pop(cut, None)
        if found:
            self._taken -= len(found[1])
