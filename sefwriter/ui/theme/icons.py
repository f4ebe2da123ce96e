"""Icons by name and colour role, made once for each theme and size."""

from functools import lru_cache

import qtawesome
from PySide6.QtGui import QIcon

from sefwriter.ui.theme.theme import THEME


def icon(name: str, role: str = "text_2") -> QIcon:
    """A Phosphor icon ("ph.link") in the colour of a role.

    A widget that keeps it asks again on QEvent.PaletteChange, since an icon's colour is fixed.
    """
    return _made(name, THEME.hex(role))


@lru_cache(maxsize=512)
def _made(name: str, colour: str) -> QIcon:
    return qtawesome.icon(name, color=colour)
