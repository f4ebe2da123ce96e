import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from sefwriter.model.text.sentences import sentences
from sefwriter.ui.shell.window import MainWindow
from tests.ui.conftest import let_run
from tests.ui.watchdog import Watchdog


def test_it_says_where_the_window_was_kept(app: QApplication) -> None:
    dog = Watchdog()
    let_run(30)

    def busy() -> None:
        end = time.thread_time() + 0.15
        while time.thread_time() < end:
            sentences("One sentence. And another one, longer than the first. " * 40)

    QTimer.singleShot(0, busy)
    let_run(400)
    dog.stop()
    assert dog.stalls
    assert "sentences" in dog.told()


def test_it_is_quiet_while_nothing_happens(app: QApplication) -> None:
    dog = Watchdog()
    let_run(200)
    dog.stop()
    assert not dog.stalls


@pytest.mark.slow
def test_going_from_screen_to_screen_never_keeps_the_window(
    window: MainWindow, watchdog: Watchdog
) -> None:
    for entry in window.screens.entries * 2:
        window.navigator.go(entry.name)
        let_run(300)
