"""A screen over a real SEF, driven by keys and mouse."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtTest import QTest

from sefwriter.desk.home import Home
from sefwriter.desk.project import Desk, open_sef
from sefwriter.model.acts import Act
from sefwriter.model.sef import Sef
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.screen import Navigator, Screen
from tests.ui.conftest import let_run, wait_until

AnyScreen = TypeVar("AnyScreen", bound=Screen)


@dataclass
class Stage(Generic[AnyScreen]):
    """A screen over an open SEF, with what tests ask of it."""

    screen: AnyScreen
    bridge: Bridge
    folder: Path
    went: list[tuple[str, object]] = field(default_factory=list)
    faults: list[object] = field(default_factory=list)

    @property
    def sef(self) -> Sef:
        return self.bridge.sef

    def until(self, true: Callable[[], object], seconds: float = 20.0) -> None:
        """Lets the window run until this is so."""

        def is_so() -> object:
            assert not self.faults, self.faults
            return true()

        wait_until(is_so, seconds=seconds)

    def do(self, act: Act) -> None:
        """An act of the person at the desk, waited for."""
        done: list[bool] = []
        self.bridge.do(act, lambda: done.append(True), self.faults.append)
        self.until(lambda: done)

    def close(self) -> None:
        self.screen.close()
        self.bridge.close()
        self.screen.deleteLater()
        let_run(1)
        assert not self.faults


def open_stage(
    make: Callable[[Bridge, Navigator], AnyScreen], home: Home, desk: Desk
) -> Stage[AnyScreen]:
    """The screen shown over the SEF, as this person."""
    bridge, navigator = Bridge(home), Navigator()
    screen = make(bridge, navigator)
    screen.resize(1290, 644)
    stage = Stage(screen, bridge, home.folder.parent)
    navigator.went.connect(lambda name, place: stage.went.append((name, place)))
    bridge.crashed.connect(stage.faults.append)
    bridge.refused.connect(stage.faults.append)
    screen.show()
    QTest.qWaitForWindowExposed(screen)
    folder = stage.folder / "SEF"
    bridge.open(folder, lambda: open_sef(home, folder, desk), stage.faults.append)
    stage.until(lambda: bridge.sef.name)
    return stage
