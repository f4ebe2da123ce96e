"""Which screens there are, and the stack that makes each when it is first shown."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from PySide6.QtWidgets import QStackedWidget

from sefwriter.ui.bridge import Bridge
from sefwriter.ui.screen import Navigator, Screen


class Entry:
    """A screen by the place of its class, with what the rail says of it before it is loaded."""

    def __init__(self, name: str, word: str, icon_name: str, class_name: str) -> None:
        self.name, self.word, self.icon_name, self.class_name = name, word, icon_name, class_name

    @property
    def module(self) -> str:
        """Where the class is."""
        return f"sefwriter.ui.{self.name}.screen"

    def is_there(self) -> bool:
        """Whether this version has the screen."""
        try:
            return find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False

    def make(self, bridge: Bridge, navigator: Navigator) -> Screen:
        """The screen itself; loading it takes a moment, so only when it is wanted."""
        found: Callable[[Bridge, Navigator], Screen] = getattr(
            import_module(self.module), self.class_name
        )
        return found(bridge, navigator)


SCREENS: Final[tuple[Entry, ...]] = (
    Entry("write", "Write", "ph.note-pencil", "WriteScreen"),
    Entry("evidence", "Evidence", "ph.files", "EvidenceScreen"),
    Entry("plan", "Plan", "ph.clipboard-text", "PlanScreen"),
    Entry("review", "Review", "ph.circle-wavy-check", "ReviewScreen"),
    Entry("pack", "Pack", "ph.package", "PackScreen"),
)
"""In the order of the rail and of Alt+1, Alt+2 and so on."""


class Screens(QStackedWidget):
    """The screens of one open SEF, made when first shown. `made` is told of each."""

    def __init__(
        self, bridge: Bridge, navigator: Navigator, made: Callable[[Screen], None]
    ) -> None:
        super().__init__()
        self._bridge, self._navigator, self._made = bridge, navigator, made
        self.entries = tuple(entry for entry in SCREENS if entry.is_there())
        self._screens: dict[str, Screen] = {}

    @property
    def current(self) -> Screen | None:
        """The screen shown, if one is."""
        found = self.currentWidget()
        return found if isinstance(found, Screen) else None

    @property
    def made_screens(self) -> tuple[Screen, ...]:
        """Those that were shown already."""
        return tuple(self._screens.values())

    def screen_of(self, name: str) -> Screen:
        """A screen by its name, made now if it wasn't yet. Raises KeyError for none of ours."""
        if name not in self._screens:
            entry = next((entry for entry in self.entries if entry.name == name), None)
            if entry is None:
                raise KeyError(name)
            screen = self._screens[name] = entry.make(self._bridge, self._navigator)
            self.addWidget(screen)
            self._made(screen)
        return self._screens[name]

    def show_screen(self, name: str, place: Mapping[str, object]) -> None:
        """Shows a screen at a place; the one before is left."""
        screen = self.screen_of(name)
        if self.current is not screen:
            self.leave()
            self.setCurrentWidget(screen)
        if place:
            screen.show_place(place)

    def leave(self) -> None:
        """What is being edited on the screen shown is saved."""
        if self.current:
            self.current.leave()
