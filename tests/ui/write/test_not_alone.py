"""Other people, other windows, a disk that takes nothing, and people who may only read."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from sefwriter.desk.demonstration import Demonstration
from sefwriter.desk.home import Home
from sefwriter.desk.project import Desk, Project, open_sef
from sefwriter.model.acts import Act
from sefwriter.model.acts.writing import EditText
from sefwriter.model.text.claims import claim_words
from sefwriter.store.faults import WorldError
from sefwriter.ui.write.document import PageDocument
from sefwriter.ui.write.screen import WriteScreen
from tests.desk.a_sef import BOUND, PASSPHRASE, REVIEWER, a_desk, a_project
from tests.ui.stage import Stage, open_stage
from tests.ui.write.hands import CTRL, KEY, Hands

TABLE = "Before.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n> A *voice*.\n\nAfter."


def test_no_byte_of_the_demonstration_changes_by_being_opened(
    app: QApplication, demo_home: Demonstration
) -> None:
    with open_sef(demo_home.home, demo_home.location, Desk()) as project:
        texts = [section.text for section in project.sef().sections]
    page = PageDocument()
    for text in texts:
        page.show(text, force=True)
        page._contents_change(0, 0, page.document.characterCount())
        assert page.read() == text
    for before, after in pairwise(texts):
        page.show(before)
        page.show(after)
        page._contents_change(0, 0, page.document.characterCount())
        assert page.read() == after


def test_another_window_of_the_same_laptop(
    hands: Hands, stage: Stage[WriteScreen], home: Home
) -> None:
    hands.caret("Clinics are full.", end=True)
    hands.type(" Mine.")
    with a_project(home) as other:
        now = other.sef().section_by_id[stage.screen.section].text
        text = now.replace("Two of", "Theirs: two of")
        other.do(EditText(section=stage.screen.section, text=text, base=now))
    stage.bridge.look()
    stage.until(lambda: "Theirs: two of" in hands.shown)
    text = hands.settled()
    assert "full. Mine." in text
    assert "Theirs: two of" in text
    hands.undo("Mine.")
    assert "Theirs: two of" in hands.text


def refusing(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """The disk takes nothing while the list isn't empty."""
    full = [True]
    do = Project.do

    def refused(project: Project, act: Act) -> object:
        if full:
            raise WorldError("Not saved: the disk is full.")
        return do(project, act)

    monkeypatch.setattr(Project, "do", refused)
    return full


def test_what_the_disk_does_not_take_stays_on_the_page(
    hands: Hands, stage: Stage[WriteScreen], monkeypatch: pytest.MonkeyPatch
) -> None:
    full = refusing(monkeypatch)
    hands.caret("Clinics are full.", end=True)
    hands.type(" Kept.")
    stage.screen.leave()
    stage.until(lambda: "disk is full" in stage.screen.message.text)
    assert "Kept." in hands.shown
    hands.select("Clinics")
    hands.key(KEY.Key_M, CTRL)
    claim = hands.page.current_claim
    stage.until(lambda: not stage.screen.draft._under_way)
    full.clear()
    hands.page.setFocus()
    hands.end()
    hands.type(" Again.")
    text = hands.settled()
    assert "Kept." in text
    assert "Again." in text
    assert claim_words(text)[claim] == "Clinics"  # pyright: ignore
    assert claim in stage.sef.claims
    assert not stage.screen.message.text


def test_what_was_not_taken_comes_back_with_its_section(
    hands: Hands, stage: Stage[WriteScreen], monkeypatch: pytest.MonkeyPatch
) -> None:
    full = refusing(monkeypatch)
    section = stage.screen.section
    hands.caret("Clinics are full.", end=True)
    hands.type(" Kept.")
    stage.screen.show_place({"section": stage.sef.sections[0].id})
    stage.until(lambda: "disk is full" in stage.screen.message.text)
    full.clear()
    stage.screen.show_place({"section": section})
    assert "Kept." in hands.shown
    stage.until(lambda: "Kept." in hands.text)


def test_quiet_blocks_are_left_alone(hands: Hands, stage: Stage[WriteScreen]) -> None:
    stage.do(EditText(section=stage.screen.section, text=TABLE))
    stage.until(lambda: "After." in hands.shown)
    for words in ("1", "voice"):
        hands.caret(words)
        hands.type("x")
        hands.key(KEY.Key_Delete)
        assert "can't be edited yet" in stage.screen.message.text
    hands.caret("After.")
    hands.key(KEY.Key_Backspace)
    hands.caret("Before.", end=True)
    hands.key(KEY.Key_Delete)
    hands.key(KEY.Key_A, CTRL)
    hands.type("x")
    hands.key(KEY.Key_X, CTRL)
    assert hands.settled() == TABLE
    hands.caret("voice")
    hands.key(KEY.Key_Return)
    hands.type("Between.")
    assert hands.settled() == TABLE.replace("After.", "Between.\n\nAfter.")


def test_who_may_not_write_reads(app: QApplication, home: Home) -> None:
    stage = open_stage(WriteScreen, home, a_desk(home, REVIEWER, PASSPHRASE))
    stage.screen.show_place({"section": stage.sef.sections[1].id})
    hands = Hands(stage)
    before = hands.text
    hands.caret(BOUND, inside=3)
    hands.type("x")
    hands.key(KEY.Key_Return)
    hands.key(KEY.Key_V, CTRL)
    hands.key(KEY.Key_B, CTRL)
    stage.screen.leave()
    assert hands.page.isReadOnly()
    assert BOUND in hands.shown
    assert hands.page.current_claim
    assert stage.screen.toolbar.claim.toolTip()
    assert not stage.screen.toolbar.claim.isEnabled()
    assert not stage.screen.inspector.claim.kinds.isEnabled()
    assert hands.text == before
    stage.close()


def test_nobody_at_the_desk_is_told_so(app: QApplication, home: Home) -> None:

    stage = open_stage(WriteScreen, home, Desk())
    stage.until(lambda: stage.screen.section)
    assert "Nobody is at the desk" in stage.screen.toolbar.ready.toolTip()
    stage.close()
