from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sefwriter.desk.home import Home
from sefwriter.desk.signing import sign
from sefwriter.model.acts.review import AddComment, SignOff
from sefwriter.model.acts.writing import EditText
from sefwriter.model.ids import SectionId
from sefwriter.model.states import section_status
from sefwriter.ui.review.dialog import SignedDialog
from sefwriter.ui.review.screen import ReviewScreen
from tests.desk.a_sef import BOUND, LEAD, PASSPHRASE, REVIEWER, TEXT, UNBOUND, a_desk, a_project
from tests.ui.conftest import let_run
from tests.ui.stage import Stage, open_stage

Review = Stage[ReviewScreen]


@pytest.fixture
def review(app: QApplication, home: Home) -> Iterator[Review]:
    """As the reviewer, whose key is locked."""
    stage = open_stage(ReviewScreen, home, a_desk(home, REVIEWER, writing=False))
    yield stage
    stage.close()


@pytest.fixture
def as_lead(app: QApplication, home: Home) -> Iterator[Review]:
    stage = open_stage(ReviewScreen, home, a_desk(home))
    yield stage
    stage.close()


def section_of(stage: Review) -> SectionId:
    return stage.sef.sections[1].id


def dialog(stage: Review) -> SignedDialog:
    found = [d for d in stage.screen.findChildren(SignedDialog) if d.isVisible()]
    return found[-1]


def format_at(stage: Review, words: str) -> QTextCharFormat:
    cursor = QTextCursor(stage.screen.page.document().find(words))
    assert cursor.hasSelection(), words
    cursor.setPosition(cursor.selectionStart() + 1)
    return cursor.charFormat()


def test_opens_on_the_first_section_with_words_and_marks_its_claims(review: Review) -> None:
    screen = review.screen
    assert screen.title.text() == review.sef.sections[1].title
    text = screen.page.document().toPlainText()
    assert f"{BOUND} [To improve: E1 p.1]" in text
    assert f"{UNBOUND} [To improve: rests on nothing]" in text
    assert format_at(review, "71 weeks").underlineStyle() == (
        QTextCharFormat.UnderlineStyle.DashUnderline
    )
    assert format_at(review, "Clinics are full").background().style() == Qt.BrushStyle.NoBrush
    assert [row.name.split(", ")[-1] for row in screen.sections.rows] == ["Not started", "Drafting"]


def test_a_reference_opens_its_page(review: Review) -> None:
    address = format_at(review, "E1 p.1").anchorHref()
    review.screen.page.anchorClicked.emit(QUrl(address))
    passage = review.sef.passages[0]
    place = {"evidence": passage.evidence, "page": 1, "passage": passage.id}
    assert review.went == [("evidence", place)]


def test_sign_off_by_keys_with_a_wrong_then_the_right_passphrase(review: Review) -> None:
    screen = review.screen
    assert "2 claims" in screen.side.covers.text()
    assert "1 passage:" in screen.side.covers.text()
    QTest.keyClick(
        screen,
        Qt.Key.Key_S,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    asked = dialog(review)
    assert not asked.yes.isEnabled()
    QTest.keyClicks(asked.passphrase, "not it")
    QTest.keyClick(asked.passphrase, Qt.Key.Key_Return)
    review.until(lambda: asked.message.text)
    assert "not the passphrase" in asked.message.text
    assert section_status(review.sef, section_of(review)) == "drafting"
    QTest.keyClicks(asked.passphrase, PASSPHRASE)
    QTest.keyClick(asked.passphrase, Qt.Key.Key_Return)
    review.until(lambda: section_status(review.sef, section_of(review)) == "signed-off")
    assert f"{REVIEWER}, " in screen.side.signed.text()
    assert screen.side.signed.text().endswith("valid")
    assert review.bridge.desk.key is None


def test_esc_signs_nothing(review: Review) -> None:
    review.screen.side.sign.click()
    asked = dialog(review)
    QTest.keyClicks(asked.passphrase, PASSPHRASE)
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    let_run(50)
    assert review.sef.sign_offs == ()


def test_a_lapse_says_what_differs_and_shows_the_words(review: Review, home: Home) -> None:
    section = section_of(review)
    review.bridge.act_and_tell(
        lambda project: sign(
            project, SignOff(section=section), project.desk_people().find(REVIEWER), PASSPHRASE
        )
    )
    review.until(lambda: review.sef.sign_offs)
    assert not review.screen.changes.isVisible()
    with a_project(home, LEAD) as lead:
        text = lead.sef().section_by_id[section].text
        lead.do(EditText(section=section, text=text.replace("Clinics are full", "Clinics wait")))
    review.bridge.act_and_tell(lambda _: None)
    review.until(review.screen.changes.isVisible)
    assert "the text was changed" in review.screen.side.lapse.text
    review.screen.changes.click()
    review.until(lambda: "full" in review.screen.page.document().toPlainText())
    review.until(lambda: "wait" in review.screen.page.document().toPlainText())
    assert format_at(review, "are full").fontStrikeOut()
    added = format_at(review, "wait.")
    assert added.fontUnderline()
    assert not added.fontStrikeOut()
    review.screen.changes.click()
    assert "[To improve:" in review.screen.page.document().toPlainText()


def test_an_author_is_told_why_they_cannot_sign(as_lead: Review) -> None:
    side = as_lead.screen.side
    assert not side.sign.isEnabled()
    assert "reviewer" in side.why.text()
    assert side.sign.toolTip() == side.why.text()
    assert not side.give_back.isEnabled()
    side.ready.click()
    as_lead.until(lambda: section_status(as_lead.sef, section_of(as_lead)) == "ready")


def test_returning_asks_for_the_reason_and_the_passphrase(review: Review) -> None:
    review.screen.side.give_back.click()
    asked = dialog(review)
    asked.passphrase.setText(PASSPHRASE)
    assert not asked.yes.isEnabled()
    asked.words.setPlainText("Say for whom.")
    asked.yes.click()
    review.until(lambda: section_status(review.sef, section_of(review)) == "returned")
    assert "Say for whom." in review.screen.side.signed.text()


def test_withdrawing(review: Review) -> None:
    section = section_of(review)
    review.bridge.act_and_tell(
        lambda project: sign(
            project, SignOff(section=section), project.desk_people().find(REVIEWER), PASSPHRASE
        )
    )
    review.until(review.screen.side.withdraw.isVisible)
    review.screen.side.withdraw.click()
    asked = dialog(review)
    asked.words.setPlainText("I misread the page.")
    asked.passphrase.setText(PASSPHRASE)
    asked.yes.click()
    review.until(lambda: review.sef.sign_offs[0].withdrawn)
    assert not review.screen.side.withdraw.isVisible()


def test_comments_are_added_and_resolved(as_lead: Review) -> None:
    side = as_lead.screen.side
    assert not side.add.isEnabled()
    QTest.keyClicks(side.comment, "Where is the 71 from?")
    side.must.setChecked(True)
    QTest.keyClick(side.comment, Qt.Key.Key_Return)
    as_lead.until(lambda: side.comments.rows)
    assert "must be mended" in side.comments.rows[0].name
    assert side.comment.text() == ""
    assert not side.must.isChecked()
    assert "1 open comment" in as_lead.screen.sections.rows[1].name
    side.resolve.click()
    as_lead.until(lambda: as_lead.sef.comments[0].resolved)
    assert not side.resolve.isEnabled()


def test_a_comment_that_must_be_dealt_with_stops_a_sign_off(review: Review, home: Home) -> None:
    with a_project(home, LEAD) as lead:
        lead.do(AddComment(section=section_of(review), text="Not yet.", must=True))
    review.bridge.act_and_tell(lambda _: None)
    review.until(lambda: not review.screen.side.sign.isEnabled())
    assert "Not yet." in review.screen.side.why.text()


def test_a_key_in_the_open_comes_under_a_passphrase_first(app: QApplication, home: Home) -> None:
    with a_project(home, LEAD) as lead:
        people = lead.desk_people()
        people.create("Second reviewer", "", "health", "")
    with a_project(home, LEAD) as lead:
        from sefwriter.desk.doing import do_request

        do_request(lead, "AdmitPerson", {"person": "Second reviewer", "roles": "reviewer"})
    stage = open_stage(ReviewScreen, home, a_desk(home, "Second reviewer"))
    stage.screen.side.sign.click()
    asked = dialog(stage)
    asked.passphrase.setText("seven new words")
    asked.again.setText("seven old words")
    assert asked.yes.toolTip() == "The two passphrases differ."
    asked.again.setText("seven new words")
    asked.yes.click()
    stage.until(lambda: section_status(stage.sef, section_of(stage)) == "signed-off")
    assert stage.bridge.desk.person
    assert stage.bridge.desk.person.kept == "sealed"
    stage.close()


def test_a_section_without_words_says_what_goes_here(review: Review) -> None:
    review.screen.show_place({"section": review.sef.sections[0].id})
    assert review.screen._empty.isVisible()
    assert "no words yet" in review.screen.side.why.text()


def test_tables_quotes_and_lists_are_read(as_lead: Review) -> None:
    text = "| A | B |\n| --- | --- |\n| 1 | 2 |\n\n> said *so*\n\n1. one\n    - inner\n2. two\n"
    as_lead.do(EditText(section=section_of(as_lead), text=TEXT + "\n" + text))
    shown = as_lead.screen.page.document().toPlainText().splitlines()
    for line in ("A", "2", "said so", "one", "inner", "two"):
        assert line in shown
