"""The window as a person has it, on a display that isn't there."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from sefwriter.desk.demonstration import Demonstration, demonstration
from sefwriter.desk.home import Home
from sefwriter.desk.recent import Memory
from sefwriter.ui.application import make_application
from sefwriter.ui.shell.window import MainWindow
from sefwriter.ui.theme.theme import THEME
from tests.ui.watchdog import Watchdog

HARMLESS = ("propagateSizeHints", "does not support raise", "does not support grabbing")
"""What the offscreen platform says of every window."""

WaitFor = Callable[..., None]


@pytest.fixture(scope="session")
def app() -> QApplication:
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else make_application()


@pytest.fixture(autouse=True)
def no_warnings_from_qt() -> Iterator[None]:
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        bad = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg)
        if bad and not any(words in message for words in HARMLESS):
            said.append(message)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not said


def let_run(milliseconds: int) -> None:
    """Lets the window run. QTest.qWait would keep Python's lock, so that no other thread could."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(true: Callable[[], object], what: str = "it", seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{what} never came"
        let_run(10)


@pytest.fixture
def wait_for(app: QApplication) -> WaitFor:
    """`wait_for(predicate)`: lets the window run until it is so."""
    return wait_until


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, made once; tests get copies."""
    folder = tmp_path_factory.mktemp("demonstration")
    demonstration(Home(folder), lambda: False, lambda *_: None)
    return folder


@pytest.fixture
def demo_home(demo_made: Path, tmp_path: Path) -> Demonstration:
    """A copy of the demonstration in a private folder of this test."""
    laptop = tmp_path / "laptop"
    shutil.copytree(demo_made, laptop)
    return demonstration(Home(laptop), lambda: False, lambda *_: None)


@pytest.fixture
def bugs() -> list[BaseException]:
    """Our own bugs, which a window told of."""
    return []


@pytest.fixture
def new_window(
    app: QApplication, tmp_path: Path, bugs: list[BaseException]
) -> Iterator[Callable[[], MainWindow]]:
    """Makes windows on the private folder of this test, and closes them as a person would."""
    made: list[MainWindow] = []
    THEME.show("light", 100)

    def make() -> MainWindow:
        laptop = tmp_path / "laptop"
        laptop.mkdir(exist_ok=True)
        window = MainWindow(Home(laptop), Memory(Home(laptop)))
        window.bridge.crashed.connect(bugs.append)
        window.resize(1440, 868)
        made.append(window)
        window.show()
        window.activateWindow()
        return window

    yield make
    for window in made:
        close(window)
    THEME.show("light", 100)
    assert not bugs


@pytest.fixture
def window(new_window: Callable[[], MainWindow], demo_home: Demonstration) -> MainWindow:
    """The window with the demonstration SEF open, its SEND lead at the desk."""
    made = new_window()
    made.open_sef(demo_home.location, str(demo_home.home.folder))
    wait_until(lambda: made.bridge.location and made.screens.current, "the SEF")
    return made


@pytest.fixture
def watchdog(app: QApplication) -> Iterator[Watchdog]:
    """Fails the test when the window's thread was kept for more than 50 ms, and says where."""
    dog = Watchdog()
    yield dog
    dog.stop()
    assert not dog.stalls, dog.told()


def close(window: MainWindow) -> None:
    """Closes a window and waits until it is; one that a test closed already is passed over."""
    if not isValid(window):
        return
    window.close()
    wait_until(lambda: not window.isVisible(), "the end")
    window.deleteLater()
    let_run(1)
