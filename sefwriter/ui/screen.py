"""What every screen is, and how screens send people to each other without knowing each other."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sefwriter.ui.bridge import Bridge


class Navigator(QObject):
    """Goes from place to place: `go("evidence", {"evidence": id, "page": 4, "claim": id})`.

    Places by screen: `write` section, claim · `evidence` evidence, page, passage, claim (to bind
    for) · `plan` action · `review` section · `pack` nothing. `back` returns to where one was.
    """

    went = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[tuple[str, Mapping[str, object]]] = []

    def go(self, screen: str, place: Mapping[str, object] | None = None) -> None:
        """Shows a place on a screen."""
        self._places.append((screen, place or {}))
        self.went.emit(screen, place or {})

    def back(self) -> None:
        """Returns to the place before, if there was one."""
        if len(self._places) > 1:
            self._places.pop()
            screen, place = self._places[-1]
            self.went.emit(screen, place)


class Screen(QWidget):
    """One screen of the window. Subclasses set `word`, `icon_name` and `name`.

    A screen reads `self.bridge.sef`, does acts by `self.bridge`, and goes elsewhere by
    `self.navigator`. It holds no rule of its own: `why_not` of the model says why something can't
    be done.
    """

    name = ""
    word = ""
    icon_name = ""
    badge_changed = Signal(int)

    def __init__(self, bridge: Bridge, navigator: Navigator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.navigator = navigator
        self.setAccessibleName(self.word)
        self._stale = True
        bridge.opened.connect(self._opened)
        bridge.changed.connect(self._changed)

    def refresh(self, touched: frozenset[str]) -> None:
        """Shows the SEF as it is. `touched` are the ids that changed; "*" among them means all."""
        raise NotImplementedError

    def show_place(self, place: Mapping[str, object]) -> None:
        """Shows a place of this screen, in the words of `Navigator`."""

    def leave(self) -> None:
        """Another screen comes: what was being edited is saved now."""

    def menu_actions(self) -> Mapping[str, list[QAction]]:
        """What this screen adds to the menus, by the menu's word (Edit, Insert, View, Go)."""
        return {}

    def showEvent(self, event: object) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        if self._stale:
            self._stale = False
            self.refresh(frozenset({"*"}))

    def _opened(self) -> None:
        self._changed(frozenset({"*"}))

    def _changed(self, touched: frozenset[str]) -> None:
        """A hidden screen only goes stale, and is drawn anew when it is shown."""
        if self.isVisible():
            self.refresh(touched)
        else:
            self._stale = True
