"""The menus: the window's own acts, and between them those of the screen that is shown."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from sefwriter.ui.screen import Screen
from sefwriter.ui.theme.theme import THEME, THEMES, ThemeName

MENUS: Final = ("File", "Edit", "Insert", "View", "Go", "Help")
_LOOKS: Final[dict[ThemeName, str]] = {
    "light": "Light",
    "dark": "Dark",
    "high-contrast": "High contrast",
}
_SIZES: Final = (90, 100, 110, 125, 150, 175, 200)
"""The steps of View, Text size, in per cent."""


class Menus(QMenuBar):
    """A real menu bar, for a layout. A menu with nothing in it isn't shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setNativeMenuBar(False)
        self.setAccessibleName("Menus")
        self._menus = {word: QMenu(f"&{word}", self) for word in MENUS}
        self._of_screen: list[tuple[QMenu, QAction]] = []
        for menu in self._menus.values():
            menu.setToolTipsVisible(True)
            self.addMenu(menu)
            menu.menuAction().setVisible(False)

    def add(
        self,
        menu: str,
        words: str,
        act: Callable[[], object],
        keys: str | QKeySequence.StandardKey = "",
    ) -> QAction:
        """One of the window's own acts, at the menu's end."""
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _=False: act())
        self.add_actions(menu, [action])
        return action

    def add_actions(self, menu: str, actions: Iterable[QAction]) -> None:
        """Acts that are there already, at the menu's end."""
        self._menus[menu].addActions(list(actions))
        self._menus[menu].menuAction().setVisible(True)

    def add_line(self, menu: str) -> None:
        """A line between acts."""
        self._menus[menu].addSeparator()

    def add_looks(self, show: Callable[[ThemeName, int], None]) -> None:
        """Theme and text size, in View. `show` is told which."""
        view = self._menus["View"]
        themes = view.addMenu("Theme")
        group = QActionGroup(self)
        for name in THEMES:
            action = themes.addAction(_LOOKS[name])
            action.setCheckable(True)
            action.setChecked(name == THEME.name)
            action.setActionGroup(group)
            action.triggered.connect(partial(self._show_theme, show, name))
        sizes = view.addMenu("Text size")

        def step(by: int) -> None:
            near = min(range(len(_SIZES)), key=lambda i: abs(_SIZES[i] - THEME.text_size))
            there = max(0, min(len(_SIZES) - 1, near + by))
            show(THEME.name, _SIZES[there])

        steps: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("Larger", "Ctrl++", lambda: step(1)),
            ("Smaller", "Ctrl+-", lambda: step(-1)),
            ("Usual size", "Ctrl+0", lambda: show(THEME.name, 100)),
        )
        for words, keys, act in steps:
            action = sizes.addAction(words, act)
            action.setShortcut(QKeySequence(keys))
        view.menuAction().setVisible(True)

    def _show_theme(
        self, show: Callable[[ThemeName, int], None], name: ThemeName, _checked: bool = False
    ) -> None:
        show(name, THEME.text_size)

    def show_screen(self, screen: Screen | None) -> None:
        """The acts of this screen come first in each menu; those of the one before go."""
        for menu, action in self._of_screen:
            menu.removeAction(action)
        self._of_screen = []
        for word, actions in (screen.menu_actions() if screen else {}).items():
            menu = self._menus[word]
            first = menu.actions()[0] if menu.actions() else None
            extra = [menu.addSeparator()] if first and actions else []
            for action in [*actions, *extra]:
                menu.insertAction(first, action)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType, reportCallIssue]
                self._of_screen.append((menu, action))
        for menu in self._menus.values():
            menu.menuAction().setVisible(bool(menu.actions()))

    def keys(self) -> list[tuple[str, str]]:
        """Every act that has a key now, as (words, key)."""
        found: list[tuple[str, str]] = []
        for menu in self._menus.values():
            found += _keys_of(menu)
        return found


def _keys_of(menu: QMenu) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += _keys_of(inner)
        elif not action.shortcut().isEmpty():
            words = action.text().replace("&", "").rstrip("…")
            found.append(
                (words, action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            )
    return found
