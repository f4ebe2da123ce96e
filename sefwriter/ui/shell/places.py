"""What the window remembers of itself: place, size, theme, text size, splitters, where one was."""

from typing import cast

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from sefwriter.desk.recent import Memory
from sefwriter.ui.theme.theme import THEME, THEMES, ThemeName


def dress_as_remembered(memory: Memory) -> None:
    """Theme and text size as they were."""
    name = memory.get("theme", "light")
    size = memory.get("text size", "100")
    theme = cast("ThemeName", name) if name in THEMES else "light"
    THEME.show(theme, int(size) if size.isdecimal() else 100)


def remember_look(memory: Memory) -> None:
    """Theme and text size as they are."""
    memory.set("theme", THEME.name)
    memory.set("text size", str(THEME.text_size))


def place_window(memory: Memory, window: QMainWindow) -> None:
    """The window where it was; Qt itself brings one back that would be off every display."""
    place = memory.get("window")
    if not place or not window.restoreGeometry(_bytes(place)):
        window.resize(1440, 868)


def remember_window(memory: Memory, window: QMainWindow) -> None:
    """Where the window is."""
    memory.set("window", _text(window.saveGeometry()))


def place_splitters(memory: Memory, screen: QWidget, name: str, person: str) -> None:
    """A screen's splitters as this person left them."""
    for key, splitter in _splitters(screen, name, person):
        place = memory.get(key)
        if place:
            splitter.restoreState(_bytes(place))


def remember_splitters(memory: Memory, screen: QWidget, name: str, person: str) -> None:
    """A screen's splitters as they are."""
    for key, splitter in _splitters(screen, name, person):
        memory.set(key, _text(splitter.saveState()))


def _splitters(screen: QWidget, name: str, person: str) -> list[tuple[str, QSplitter]]:
    return [
        (f"splitter {person} {name} {number}", splitter)
        for number, splitter in enumerate(screen.findChildren(QSplitter))
    ]


def _text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "replace"))
