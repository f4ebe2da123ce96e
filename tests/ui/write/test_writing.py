from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from sefwriter.model.acts import EditText, RemoveClaim, SetClaim
from sefwriter.model.ids import ClaimId
from sefwriter.model.text.claims import claim_spans, claim_words
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.write.chips import placed
from sefwriter.ui.write.clipboard import OWN
from sefwriter.ui.write.screen import WriteScreen
from tests.desk.a_sef import BOUND, TEXT, UNBOUND
from tests.ui.stage import Stage
from tests.ui.write.hands import CTRL, KEY, SHIFT, Hands


def claim_at(hands: Hands, words: str) -> str:
    hands.caret(words, inside=2)
    return hands.page.current_claim


def test_what_is_typed_is_saved_after_a_pause(hands: Hands, stage: Stage[WriteScreen]) -> None:
    before = hands.text
    hands.caret("Clinics are full.", end=True)
    hands.type(" More *help* is coming.")
    assert hands.text == before
    stage.until(lambda: r"More \*help\* is coming." in hands.text, 5)
    assert hands.text.replace(r" More \*help\* is coming.", "") == before


def test_opening_and_leaving_writes_nothing(hands: Hands, stage: Stage[WriteScreen]) -> None:
    before = stage.sef
    for section in stage.sef.sections:
        stage.screen.show_place({"section": section.id})
        hands.key(KEY.Key_Down)
        stage.screen.leave()
    QTest.qWait(50)
    assert stage.sef is before


def test_bold_italic_heading_bullets_numbers(hands: Hands) -> None:
    hands.select("Clinics")
    hands.key(KEY.Key_B, CTRL)
    hands.saved("**Clinics** are full")
    hands.end()
    hands.key(KEY.Key_Return)
    hands.key(KEY.Key_Return)
    hands.type("What helps")
    hands.key(KEY.Key_1, CTRL)
    hands.key(KEY.Key_Return)
    hands.type("- one")
    hands.key(KEY.Key_Return)
    hands.type("two ")
    hands.key(KEY.Key_I, CTRL)
    hands.type("really")
    hands.key(KEY.Key_I, CTRL)
    hands.key(KEY.Key_Return)
    hands.key(KEY.Key_Tab)
    hands.type("deeper")
    hands.key(KEY.Key_Return)
    hands.key(KEY.Key_Return)
    hands.key(KEY.Key_Return)
    hands.type("Plain.")
    hands.key(KEY.Key_Return)
    hands.type("1. first")
    text = hands.settled()
    wanted = "## What helps\n\n- one\n- two *really*\n    - deeper\n\nPlain.\n\n1. first"
    assert text.rstrip("\n").endswith(wanted)


def test_backspace_takes_list_and_heading_off(hands: Hands) -> None:
    hands.caret(UNBOUND)
    hands.key(KEY.Key_Backspace)
    assert f"\n\n[{UNBOUND}]" in hands.settled()
    hands.key(KEY.Key_2, CTRL)
    assert "\n\n### [" in hands.settled()
    hands.caret(UNBOUND)
    hands.key(KEY.Key_Backspace)
    assert "###" not in hands.settled()


def test_a_link_is_made_and_taken_off(hands: Hands) -> None:
    hands.select("Clinics")
    hands.key(KEY.Key_K, CTRL)
    field = hands.screen.link_bar.field
    assert field.isVisible()
    QTest.keyClicks(field, "example.org/clinics")
    QTest.keyClick(field, KEY.Key_Return)
    hands.saved("[Clinics](https://example.org/clinics) are")
    hands.caret("Clinics", end=True)
    hands.type("x")
    hands.saved("clinics)x are")
    hands.caret("Clinics", inside=3)
    hands.key(KEY.Key_K, CTRL)
    field.clear()
    QTest.keyClick(field, KEY.Key_Return)
    hands.saved("Clinicsx are full")


def test_a_claim_by_keys_alone(hands: Hands, stage: Stage[WriteScreen]) -> None:
    hands.select("Clinics are full")
    hands.key(KEY.Key_M, CTRL)
    picker = stage.screen.inspector.claim.kinds
    assert picker.hasFocus()
    QTest.keyClick(picker, KEY.Key_2)
    claim = hands.page.current_claim
    stage.until(lambda: stage.sef.claims.get(ClaimId(claim)))
    stage.until(lambda: stage.sef.claims[ClaimId(claim)].kind == "to-improve")
    assert claim_words(hands.text)[ClaimId(claim)] == "Clinics are full"
    QTest.keyClick(picker, KEY.Key_Return)
    assert hands.page.hasFocus()
    assert stage.screen.inspector.claim.title.text() == "Claim 2.2"
    hands.key(KEY.Key_B, CTRL | SHIFT)
    assert stage.went[-1] == ("evidence", {"claim": claim})


def test_no_claim_over_a_claim_and_none_of_nothing(hands: Hands) -> None:
    hands.select("assessment. Clin")
    hands.caret("weeks")
    hands.key(KEY.Key_Right, SHIFT, 20)
    hands.key(KEY.Key_M, CTRL)
    assert "belong to a claim already" in hands.screen.message.text
    hands.caret("Clinics")
    hands.key(KEY.Key_M, CTRL)
    assert "Select the words" in hands.screen.message.text


def test_undo_and_redo_by_bursts(hands: Hands) -> None:
    hands.caret("Clinics are full.", end=True)
    hands.type(" One")
    hands.saved("full. One")
    hands.type(" two")
    hands.saved("One two")
    hands.undo(" two")
    hands.undo(" One")
    hands.redo(" One")
    hands.redo(" two")
    hands.type(" three")
    hands.undo(" three")
    assert "One two" in hands.text


def test_undoing_a_claim_takes_it_back(hands: Hands, stage: Stage[WriteScreen]) -> None:
    hands.select("Clinics are full")
    hands.key(KEY.Key_M, CTRL)
    claim = hands.page.current_claim
    stage.until(lambda: ClaimId(claim) in stage.sef.claims)
    hands.page.setFocus()
    hands.key(KEY.Key_Z, CTRL)
    stage.until(lambda: claim not in hands.text)
    assert ClaimId(claim) not in stage.sef.claims
    stage.until(lambda: claim not in hands.page.claims.places())


def test_words_typed_at_the_edges_of_a_claim_stay_outside(hands: Hands) -> None:
    claim = claim_at(hands, BOUND)
    hands.caret(BOUND)
    hands.type("Now ")
    hands.caret(BOUND, end=True)
    hands.type("!")
    hands.caret("71 weeks")
    hands.type("about ")
    hands.settled()
    assert claim_words(hands.text)[ClaimId(claim)] == BOUND.replace("71", "about 71")
    assert hands.text.startswith("Now [Families")


def test_replacing_words_inside_a_claim_keeps_it(hands: Hands) -> None:
    claim = claim_at(hands, BOUND)
    hands.select("Families")
    hands.type("Carers")
    hands.settled()
    assert claim_words(hands.text)[ClaimId(claim)] == BOUND.replace("Families", "Carers")


def test_enter_inside_a_claim_makes_two_spans_of_it(hands: Hands) -> None:
    claim = claim_at(hands, BOUND)
    hands.caret("wait 71")
    hands.key(KEY.Key_Return)
    hands.settled()
    spans = [span for span in claim_spans(hands.text) if span.claim == claim]
    assert [(span.block, span.group) for span in spans] == [(0, 0), (1, 0)]
    hands.key(KEY.Key_Backspace)
    hands.settled()
    assert len([span for span in claim_spans(hands.text) if span.claim == claim]) == 1


def test_a_copied_claim_is_a_new_one_and_a_cut_claim_keeps_itself(
    hands: Hands, stage: Stage[WriteScreen]
) -> None:
    claim = claim_at(hands, BOUND)
    hands.select(BOUND)
    hands.key(KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().mimeData().hasFormat(OWN)
    assert QGuiApplication.clipboard().text() == BOUND
    hands.caret("Clinics are full.", end=True)
    hands.type(" ")
    hands.key(KEY.Key_V, CTRL)
    hands.settled()
    stage.until(lambda: len(stage.sef.claims) == 3)
    copies = [c for c, words in claim_words(hands.text).items() if words == BOUND and c != claim]
    assert stage.sef.claims[copies[0]].kind == "to-improve"
    assert copies[0] not in stage.sef.passages_by_claim
    hands.select(UNBOUND)
    moved = hands.page.current_claim
    hands.key(KEY.Key_X, CTRL)
    hands.settled()
    hands.caret("Clinics are full.", end=True)
    hands.key(KEY.Key_V, CTRL)
    hands.settled()
    assert claim_words(hands.text)[ClaimId(moved)] == UNBOUND
    assert len(stage.sef.claims) == 3


def test_paste_from_elsewhere_keeps_words_looks_lists_and_links(hands: Hands) -> None:
    mime = QMimeData()
    mime.setHtml(
        "<p style='color:red'>One <b>bold</b> <i>thin</i> <a href='https://a.org'>link</a>"
        "<a href='javascript:x'>bad</a><img src='file:///x.png'></p>"
        "<ol><li>first\uf0b7</li><li>second</li></ol><p></p>"
    )
    hands.end()
    hands.key(KEY.Key_Return)
    hands.key(KEY.Key_Return)
    hands.page.insertFromMimeData(mime)
    text = hands.settled()
    assert text.rstrip("\n").endswith(
        "One **bold** *thin* [link](https://a.org)bad\n\n1. first•\n2. second"
    )
    plain = QMimeData()
    plain.setText("a\r\n\r\nb *c*")
    hands.page.insertFromMimeData(plain)
    assert hands.settled().rstrip("\n").endswith("2. seconda\n\nb \\*c\\*")


def test_what_others_write_comes_in_while_typing(hands: Hands, stage: Stage[WriteScreen]) -> None:
    hands.caret("Clinics are full.", end=True)
    hands.type(" We type")
    now = hands.text
    stage.do(EditText(section=stage.screen.section, text="Above.\n\n" + now, base=now))
    stage.until(lambda: "Above." in hands.shown)
    hands.type(" on.")
    text = hands.settled()
    assert text.startswith("Above.\n\n[Families")
    assert "Clinics are full. We type on." in text
    here = hands.page.textCursor().position()
    assert hands.shown[:here].endswith("We type on.")


def test_both_edit_one_paragraph(hands: Hands, stage: Stage[WriteScreen]) -> None:
    now = hands.text
    hands.caret("Clinics are full.", end=True)
    hands.type(" Mine.")
    theirs = now.replace("Clinics are", "Clinics in the north are")
    stage.do(EditText(section=stage.screen.section, text=theirs, base=now))
    text = hands.settled()
    assert "Clinics in the north are full. Mine." in text


def test_a_claim_removed_elsewhere_loses_its_chip(hands: Hands, stage: Stage[WriteScreen]) -> None:
    claim = claim_at(hands, BOUND)
    stage.do(RemoveClaim(claim=ClaimId(claim)))
    stage.until(lambda: claim not in hands.page.claims.places())
    stage.until(lambda: hands.page.chips.box_of(claim).isEmpty())
    assert hands.text.startswith(BOUND)


def test_f8_goes_from_claim_to_claim_and_a_chip_chooses(
    hands: Hands, stage: Stage[WriteScreen]
) -> None:
    first, second = hands.page.claims.places()
    hands.end()
    hands.key(KEY.Key_F8)
    assert hands.page.current_claim == first
    hands.key(KEY.Key_F8)
    assert hands.page.current_claim == second
    hands.key(KEY.Key_F8, SHIFT)
    assert hands.page.current_claim == first
    stage.until(lambda: not hands.page.chips.box_of(second).isEmpty())
    box = hands.page.chips.box_of(second)
    hands.click(box.center(), hands.page.chips)
    assert hands.page.current_claim == second
    shown = stage.screen.inspector.claim
    assert shown.title.text() == "Claim 2.2"
    stage.do(SetClaim(claim=ClaimId(second), claim_kind="voice"))
    assert hands.page.chips._chips[second].kind == "voice"


def test_a_section_list_by_keys(hands: Hands, stage: Stage[WriteScreen]) -> None:
    view = stage.screen.list.view
    view.setFocus()
    QTest.keyClick(view, KEY.Key_Up)
    assert stage.screen.section == stage.sef.sections[0].id
    QTest.keyClick(view, KEY.Key_F2)
    editor = QGuiApplication.focusObject()
    QTest.keyClick(editor, KEY.Key_A, CTRL)  # pyright: ignore
    QTest.keyClicks(editor, "Summary")  # pyright: ignore
    QTest.keyClick(editor, KEY.Key_Return)  # pyright: ignore
    stage.until(lambda: stage.sef.sections[0].title == "Summary")
    moved = stage.sef.sections[0].id
    QTest.keyClick(view, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    stage.until(lambda: stage.sef.sections[1].id == moved)
    assert stage.screen.section == moved


def test_typing_survives_a_change_of_section(hands: Hands, stage: Stage[WriteScreen]) -> None:
    hands.caret("Clinics are full.", end=True)
    hands.type(" Kept.")
    section = stage.screen.section
    stage.screen.show_place({"section": stage.sef.sections[0].id})
    stage.until(lambda: "Kept." in stage.sef.section_by_id[section].text)
    stage.screen.show_place({"section": section})
    assert "Kept." in hands.shown


def test_mark_ready(hands: Hands, stage: Stage[WriteScreen]) -> None:
    hands.type("New. ")
    stage.screen.toolbar.ready.click()
    stage.until(lambda: stage.sef.marks)
    assert "New. " in hands.text
    stage.screen.show_place({"section": stage.sef.sections[0].id})
    assert "has no words yet" in stage.screen.toolbar.ready.toolTip()


def test_the_text_of_the_stage_is_what_the_page_shows(hands: Hands) -> None:
    assert TEXT.split("\n")[0] in hands.shown


@given(st.lists(st.floats(0, 3000), max_size=40), st.integers(20, 60))
def test_chips_keep_their_order_and_never_overlap(tops: list[float], height: int) -> None:
    found = placed([(str(place), top) for place, top in enumerate(sorted(tops))], height)
    assert [claim for claim, _ in found] == [str(place) for place in range(len(tops))]
    assert all(b - a >= height for (_, a), (_, b) in pairwise(found))
    assert all(top >= wanted for (_, top), wanted in zip(found, sorted(tops), strict=True))


def test_another_theme_and_size_change_no_word(hands: Hands) -> None:
    before = hands.text
    hands.caret("Clinics are full.", end=True)
    hands.type(" Dark.")
    place = hands.page.textCursor().position()
    try:
        for theme, size in (("dark", 150), ("high-contrast", 200), ("light", 90)):
            THEME.show(theme, size)  # pyright: ignore[reportArgumentType]
            QTest.qWait(20)
            found = hands.page.textCursor().charFormat().font()
            assert found.pixelSize() == THEME.font("page_text").pixelSize()
            assert hands.page.textCursor().position() == place
    finally:
        THEME.show("light", 100)
    assert hands.settled().replace(" Dark.", "") == before
