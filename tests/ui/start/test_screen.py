from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from sefwriter.desk.demonstration import Demonstration
from sefwriter.ui.shell.window import MainWindow
from tests.ui.conftest import WaitFor, close

NewWindow = Callable[[], MainWindow]


def fill(window: MainWindow, **words: str) -> None:
    for field in window.start.founding.findChildren(QLineEdit):
        for name, value in words.items():
            if field.accessibleName().lower().startswith(name.replace("_", " ")):
                field.selectAll()
                QTest.keyClicks(field, value)


def test_a_new_sef_by_keys_with_its_words_shown_once(
    new_window: NewWindow, tmp_path: Path, wait_for: WaitFor
) -> None:
    window = new_window()
    keys = window.focusWidget()
    assert keys is not None
    assert keys.accessibleName() == "Start ours"
    QTest.keyClick(keys, Qt.Key.Key_Space)
    fill(window, area="Ambleshire", your_name="SEND lead", folder=str(tmp_path / "Ours"))
    QTest.keyClick(window.start.founding.area, Qt.Key.Key_Return)
    words = window.start.words
    wait_for(words.isVisible)
    shown = words.shown_words
    assert len(shown.split()) == 24
    assert not words.go_on.isEnabled()
    assert window.focusWidget() is words.written
    QTest.keyClick(words.written, Qt.Key.Key_Space)
    QTest.mouseClick(words.go_on, Qt.MouseButton.LeftButton)
    assert window.screens.isVisible()
    assert window.windowTitle() == "Ambleshire SEF – sefwriter"
    assert not words.shown_words
    assert (tmp_path / "Ours" / "sef.json").exists()


def test_what_is_missing_is_said_beside_the_fields(new_window: NewWindow) -> None:
    window = new_window()
    window.start.show_founding()
    QTest.keyClick(window.start.founding.area, Qt.Key.Key_Return)
    told = "Still needed: the area, your name or role, a folder."
    assert window.start.founding.message.text == told


def test_a_folder_that_is_not_empty_is_refused_and_nothing_typed_is_lost(
    new_window: NewWindow, tmp_path: Path, wait_for: WaitFor
) -> None:
    (tmp_path / "Ours").mkdir()
    (tmp_path / "Ours" / "other.txt").write_text("x", "utf-8")
    window = new_window()
    window.start.show_founding()
    fill(window, area="Ambleshire", your_name="SEND lead", folder=str(tmp_path / "Ours"))
    QTest.keyClick(window.start.founding.area, Qt.Key.Key_Return)
    wait_for(lambda: window.start.founding.message.text)
    assert "isn't empty" in window.start.founding.message.text
    assert window.start.founding.area.text() == "Ambleshire"
    assert window.start.founding.create_button.isEnabled()


def test_escape_leaves_the_form(new_window: NewWindow) -> None:
    window = new_window()
    window.start.show_founding()
    QTest.keyClick(window.start.founding.area, Qt.Key.Key_Escape)
    assert not window.start.founding.isVisible()


def test_enter_carries_on_with_the_last_sef(
    window: MainWindow, new_window: NewWindow, wait_for: WaitFor
) -> None:
    close(window)
    again = new_window()
    assert again.focusWidget() is again.start.recent
    QTest.keyClick(again.start.recent, Qt.Key.Key_Return)
    wait_for(lambda: again.bridge.location)
    assert again.windowTitle().startswith("Wendlebury")


def test_the_demonstration_can_be_stopped_and_leaves_nothing(
    new_window: NewWindow, tmp_path: Path, wait_for: WaitFor
) -> None:
    window = new_window()
    window.start.demo_wanted.emit()
    wait_for(window.start.progress.isVisible)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    wait_for(lambda: window.start.message.text)
    assert window.start.message.text == "Stopped. Nothing was left behind."
    assert not window.start.progress.isVisible()
    assert not list((tmp_path / "laptop").glob("demonstration*"))


def test_the_demonstration_that_is_there_is_opened_at_once(
    new_window: NewWindow, demo_home: Demonstration, wait_for: WaitFor
) -> None:
    window = new_window()
    window.start.demo_wanted.emit()
    wait_for(lambda: window.bridge.location)
    assert window.bridge.location == demo_home.location
    assert window.row.person.text() == "SEND lead"
