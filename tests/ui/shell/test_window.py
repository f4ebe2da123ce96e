import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from sefwriter.desk.demo import PASSPHRASE
from sefwriter.desk.demonstration import Demonstration
from sefwriter.desk.home import Home
from sefwriter.desk.recent import Memory
from sefwriter.model.acts.people import SetSetting
from sefwriter.ui.shell.window import MainWindow
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.dialog import ActDialog
from tests.ui.conftest import WaitFor, close

NewWindow = Callable[[], MainWindow]


def dialog_of(window: MainWindow) -> ActDialog:
    return next(found for found in window.findChildren(ActDialog) if found.isVisible())


def fields(dialog: ActDialog) -> dict[str, QLineEdit]:
    return {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}


def choose_person(window: MainWindow, words: str) -> None:
    action = next(a for a in window.people.menu.actions() if a.text() == words)
    action.trigger()


def test_the_demonstration_opens_as_its_send_lead(window: MainWindow, wait_for: WaitFor) -> None:
    assert window.windowTitle() == "Wendlebury SEF – sefwriter"
    assert window.row.person.text() == "SEND lead"
    wait_for(lambda: len(window.people.menu.actions()) > 4)
    names = [action.text() for action in window.people.menu.actions()]
    assert names[:2] == ["Health commissioner", "Parent-carer forum chair"]
    assert "Education" not in window.message.text


def test_only_screens_that_exist_are_on_the_rail(window: MainWindow) -> None:
    for number, entry in enumerate(window.screens.entries, start=1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
        screen = window.screens.current
        assert screen is not None
        assert screen.name == entry.name


def test_alt_left_goes_back(window: MainWindow) -> None:
    first, second = window.screens.entries[0].name, window.screens.entries[-1].name
    window.navigator.go(first)
    window.navigator.go(second)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.screens.current is not None
    assert window.screens.current.name == first


def test_a_reviewer_comes_to_the_desk_with_the_right_passphrase_only(
    window: MainWindow, wait_for: WaitFor
) -> None:
    wait_for(lambda: window.people.people)
    choose_person(window, "QA reviewer")
    dialog = dialog_of(window)
    field = fields(dialog)["Passphrase"]
    QTest.keyClicks(field, "not this one")
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_for(lambda: dialog.message.text)
    assert "not the passphrase" in dialog.message.text
    assert window.row.person.text() == "SEND lead"
    field.clear()
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_for(lambda: window.row.person.text() == "QA reviewer")
    assert window.bridge.desk.key is not None
    wait_for(lambda: not isValid(dialog) or not dialog.isVisible())


def test_an_owner_makes_a_new_reviewer_who_is_in_the_sef(
    window: MainWindow, wait_for: WaitFor
) -> None:
    wait_for(lambda: window.people.people)
    choose_person(window, "New person on this laptop…")
    dialog = dialog_of(window)
    found = fields(dialog)
    QTest.keyClicks(found["Name or role"], "Virtual school head")
    for name in ("Passphrase", "Passphrase again"):
        QTest.keyClicks(found[name], "four words of mine")
    QTest.keyClicks(found["Passphrase again"], "x")
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    assert dialog.message.text == "The two passphrases differ."
    QTest.keyClick(found["Passphrase again"], Qt.Key.Key_Backspace)
    QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)
    wait_for(lambda: window.message.text)
    assert window.message.text == "Virtual school head is in this SEF."
    assert "Virtual school head" in {person.name for person in window.bridge.sef.people}
    wait_for(lambda: any(p.name == "Virtual school head" for p in window.people.people))


def test_two_windows_on_one_sef_see_each_others_work(
    window: MainWindow, new_window: NewWindow, demo_home: Demonstration, wait_for: WaitFor
) -> None:
    other = new_window()
    other.open_sef(demo_home.location, str(demo_home.home.folder))
    wait_for(lambda: other.bridge.location)
    heard: list[frozenset[str]] = []
    other.bridge.changed.connect(heard.append)
    window.bridge.do(SetSetting(name="volume-limit", value="25"))
    wait_for(lambda: dict(other.bridge.sef.settings).get("volume-limit") == "25")
    assert frozenset({"*"}) in heard


def test_saved_says_when(window: MainWindow, wait_for: WaitFor) -> None:
    window.bridge.do(SetSetting(name="volume-limit", value="25"))
    words = time.strftime("Saved %H:%M")
    wait_for(lambda: window.row.saved_words in (words, time.strftime("Saved %H:%M")))


def test_what_the_disk_did_not_take_is_said_in_words(window: MainWindow) -> None:
    window.bridge.unsaved.emit("Not saved: the disk is full. Make room, then try again.")
    assert window.row.saved_words.startswith("Not saved: the disk is full")


def test_places_theme_and_text_size_come_back(
    window: MainWindow, new_window: NewWindow, tmp_path: Path
) -> None:
    last = window.screens.entries[-1].name
    window.navigator.go(last)
    window.resize(1200, 700)
    window.show_look("dark", 125)
    close(window)
    memory = Memory(Home(tmp_path / "laptop"))
    assert memory.get("theme") == "dark"
    assert memory.get("text size") == "125"
    assert [recent.name for recent in memory.recents] == ["Wendlebury"]
    assert memory.get(f"screen {window.bridge.sef.id}") == last
    again = new_window()
    assert (again.width(), again.height()) != (0, 0)


def test_text_size_goes_by_keys_within_its_bounds(window: MainWindow) -> None:
    for _ in range(12):
        QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert THEME.text_size == 200
    for _ in range(12):
        QTest.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert THEME.text_size == 90
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert THEME.text_size == 100


def test_closing_waits_for_an_act_under_way(
    window: MainWindow, demo_home: Demonstration, new_window: NewWindow, wait_for: WaitFor
) -> None:
    window.bridge.do(SetSetting(name="volume-limit", value="31"))
    close(window)
    again = new_window()
    again.open_sef(demo_home.location, str(demo_home.home.folder))
    wait_for(lambda: again.bridge.location)
    assert again.bridge.sef.settings["volume-limit"] == "31"


def test_closing_stops_long_work(window: MainWindow, wait_for: WaitFor) -> None:
    ended: list[str] = []

    def job(ticket: object, _office: object) -> None:
        while not ticket.is_stopped():  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
            time.sleep(0.01)
        ended.append("stopped")

    window.bridge.work("Counting sheep", job, lambda _: None)
    begun = time.monotonic()
    close(window)
    assert ended == ["stopped"]
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("missing", ["folder", "file.sef"])
def test_what_cannot_be_opened_is_said_on_the_start_screen(
    new_window: NewWindow, tmp_path: Path, wait_for: WaitFor, missing: str
) -> None:
    window = new_window()
    window.open_sef(tmp_path / missing)
    wait_for(lambda: window.start.message.text)
    assert missing in window.start.message.text
