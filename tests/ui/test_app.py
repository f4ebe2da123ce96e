import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from sefwriter.desk.home import Home
from sefwriter.ui.app import Bugs
from sefwriter.ui.shell.window import MainWindow
from tests.ui.conftest import WaitFor


@pytest.fixture
def watched(
    new_window: Callable[[], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window = new_window()
    caught = Bugs(Home(tmp_path / "laptop"), window)
    caught.told.connect(window.tell_bug)
    caught.watch(window)
    return window


def reports(tmp_path: Path) -> list[str]:
    return [path.read_text("utf-8") for path in (tmp_path / "laptop" / "reports").glob("*.txt")]


def bug() -> None:
    raise ZeroDivisionError("Amelia Smith")


def test_a_bug_in_the_window_is_kept_and_told(
    watched: MainWindow, tmp_path: Path, wait_for: WaitFor
) -> None:
    QTimer.singleShot(0, bug)
    wait_for(lambda: watched.message.text)
    assert watched.message.text.startswith(
        "Something in sefwriter went wrong. Your work is saved. A report without your words"
    )
    assert "Traceback" not in watched.message.text
    (report,) = reports(tmp_path)
    assert "ZeroDivisionError" in report
    assert "Amelia" not in report


def test_a_bug_in_another_thread_too_and_the_same_one_once(
    watched: MainWindow, tmp_path: Path, wait_for: WaitFor
) -> None:
    for _ in range(3):
        thread = threading.Thread(target=bug)
        thread.start()
        thread.join()
    wait_for(lambda: watched.message.text)
    assert len(reports(tmp_path)) == 1
