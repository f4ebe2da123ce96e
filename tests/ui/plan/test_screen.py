from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from sefwriter.desk.home import Home
from sefwriter.model.acts.claims import SetClaim
from sefwriter.model.acts.plan import DeleteAction
from sefwriter.model.sef import Action
from sefwriter.ui.plan.screen import PlanScreen
from sefwriter.ui.plan.table import COLUMNS
from tests.desk.a_sef import PASSPHRASE, REVIEWER, UNBOUND, a_desk
from tests.ui.conftest import let_run
from tests.ui.stage import Stage, open_stage

Plan = Stage[PlanScreen]


@pytest.fixture
def plan(app: QApplication, home: Home) -> Iterator[Plan]:
    stage = open_stage(PlanScreen, home, a_desk(home))
    stage.screen.activateWindow()
    stage.screen.sheet.setFocus()
    yield stage
    stage.close()


def column(name: str) -> int:
    return [one.field for one in COLUMNS].index(name)


def cell(plan: Plan, row: int, name: str) -> QModelIndex:
    return plan.screen.model.index(row, column(name))


def go(plan: Plan, row: int, name: str) -> None:
    plan.screen.sheet.setCurrentIndex(cell(plan, row, name))


def press(plan: Plan, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """A key to whatever has the keys now: the sheet or the editor in it."""
    QTest.keyClick(keys_of(plan), key, modifier or Qt.KeyboardModifier.NoModifier)


def keys_of(plan: Plan) -> QWidget:
    return plan.screen.focusWidget() or plan.screen


def editor(plan: Plan) -> QLineEdit:
    return next(e for e in plan.screen.sheet.findChildren(QLineEdit) if e.isVisible())


def first(plan: Plan) -> Action:
    return plan.sef.actions[0]


def shown(plan: Plan, row: int, name: str) -> str:
    return str(cell(plan, row, name).data())


def test_shows_each_action_with_its_claims_lateness_and_measure(plan: Plan) -> None:
    assert [shown(plan, 0, one.field) for one in COLUMNS] == [
        "A1",
        "Fill the northern posts",
        "2.1",
        "ICB commissioner",
        "Health",
        "Jan 26",
        "Feb 26",
        "Must",
        "Not started",
        "Amber",
        "81 weeks → 40 weeks",
    ]
    assert shown(plan, 1, "measure") == "No measure"
    name = str(cell(plan, 0, "due").data(Qt.ItemDataRole.AccessibleTextRole))
    assert name == "A1, Due, 1 February 2026, late, editable"
    assert plan.screen.says.text() == "2 actions, 0 done, 1 late."


def test_typing_replaces_enter_goes_down_tab_right(plan: Plan) -> None:
    go(plan, 0, "owner")
    QTest.keyClicks(plan.screen.sheet.viewport(), "T")
    assert editor(plan).text() == "T"
    QTest.keyClicks(editor(plan), "herapies lead")
    QTest.keyClick(editor(plan), Qt.Key.Key_Return)
    plan.until(lambda: first(plan).owner == "Therapies lead")
    assert plan.screen.sheet.currentIndex() == cell(plan, 1, "owner")
    QTest.keyClick(plan.screen.sheet, Qt.Key.Key_F2)
    QTest.keyClicks(editor(plan), "SEND lead")
    QTest.keyClick(editor(plan), Qt.Key.Key_Tab)
    plan.until(lambda: plan.sef.actions[1].owner == "SEND lead")
    assert plan.screen.sheet.currentIndex().row() == 1
    assert plan.screen.sheet.currentIndex().column() != column("owner")
    assert plan.screen.sheet.state() != plan.screen.sheet.State.EditingState


def test_esc_puts_back_what_was_there(plan: Plan) -> None:
    go(plan, 0, "text")
    QTest.keyClick(plan.screen.sheet, Qt.Key.Key_Return)
    editor(plan).setText("Something else")
    QTest.keyClick(editor(plan), Qt.Key.Key_Escape)
    let_run(50)
    assert first(plan).text == "Fill the northern posts"
    assert plan.screen.sheet.currentIndex() == cell(plan, 0, "text")


def test_a_refused_value_stays_with_the_sentence_below_until_esc(plan: Plan) -> None:
    go(plan, 0, "due")
    QTest.keyClick(plan.screen.sheet, Qt.Key.Key_F2)
    assert editor(plan).text() == "1 February 2026"
    editor(plan).setText("next spring")
    QTest.keyClick(editor(plan), Qt.Key.Key_Return)
    let_run(20)
    assert shown(plan, 0, "due") == "next spring"
    assert "is no date" in plan.screen.refusal.text
    assert plan.screen.sheet.currentIndex() == cell(plan, 0, "due")
    go(plan, 1, "due")
    assert plan.screen.refusal.text == ""
    go(plan, 0, "due")
    assert "is no date" in plan.screen.refusal.text
    QTest.keyClick(plan.screen.sheet, Qt.Key.Key_Escape)
    assert shown(plan, 0, "due") == "Feb 26"
    assert plan.screen.refusal.text == ""
    assert first(plan).due == "2026-02-01"


def test_what_the_model_refuses_is_said_too(plan: Plan) -> None:
    plan.screen.model.setData(cell(plan, 0, "due"), "1/1/2025")
    go(plan, 0, "due")
    assert plan.screen.refusal.text == "The action is due before it starts."
    go(plan, 0, "text")
    plan.screen.model.setData(cell(plan, 0, "text"), "  ")
    assert plan.screen.refusal.text == "Say what shall be done."
    plan.screen.model.setData(cell(plan, 0, "due"), "1/3/2026")
    plan.until(lambda: first(plan).due == "2026-03-01")
    assert shown(plan, 0, "due") == "Mar 26"


def test_choices_are_chosen_from_a_list(plan: Plan) -> None:
    go(plan, 0, "rag")
    QTest.keyClick(plan.screen.sheet, Qt.Key.Key_F2)
    box = plan.screen.sheet.findChildren(QComboBox)[0]
    assert [box.itemText(at) for at in range(box.count())] == [
        "None",
        "Red",
        "Amber",
        "Green",
        "Blue",
    ]
    assert box.currentText() == "Amber"
    let_run(20)
    QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    plan.until(lambda: first(plan).rag == "green")
    go(plan, 0, "priority")
    QTest.keyClick(plan.screen.sheet, Qt.Key.Key_Delete)
    plan.until(lambda: first(plan).priority == "")


def test_ctrl_n_makes_an_action_of_what_is_typed(plan: Plan) -> None:
    press(plan, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor(plan), "Ring every family")
    QTest.keyClick(editor(plan), Qt.Key.Key_Return)
    plan.until(lambda: len(plan.sef.actions) == 3)
    assert plan.sef.actions[2].text == "Ring every family"
    plan.until(lambda: plan.screen.sheet.currentIndex().row() == 2)
    assert plan.screen.model.rowCount() == 3
    assert plan.screen.detail.title.text().startswith("A3")


def test_a_new_action_without_words_leaves_nothing(plan: Plan) -> None:
    plan.screen.new.click()
    assert plan.screen.model.rowCount() == 3
    QTest.keyClick(editor(plan), Qt.Key.Key_Escape)
    assert plan.screen.model.rowCount() == 2
    plan.screen.new.click()
    QTest.keyClick(editor(plan), Qt.Key.Key_Return)
    let_run(20)
    assert plan.screen.model.rowCount() == 2
    assert len(plan.sef.actions) == 2


def test_from_a_claim_comes_an_action_that_follows_from_it(plan: Plan) -> None:
    claim = list(plan.sef.claims)[1]
    plan.do(SetClaim(claim=claim, partners=("health",)))
    plan.screen.show_place({"claim": claim})
    assert [found.words for found in plan.screen.detail.claims.claims] == [UNBOUND]
    QTest.keyClicks(editor(plan), "Advertise the posts")
    QTest.keyClick(editor(plan), Qt.Key.Key_Return)
    plan.until(lambda: len(plan.sef.actions) == 3)
    assert plan.sef.actions[2].partner == "health"
    assert [a.text for a in plan.sef.actions_by_claim[claim]] == ["Advertise the posts"]
    assert shown(plan, 2, "from") == "2.2"


def test_deleting_can_be_undone(plan: Plan) -> None:
    go(plan, 0, "text")
    before, claims = first(plan), plan.screen.model.claims_of(first(plan).id)
    press(plan, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    plan.until(lambda: len(plan.sef.actions) == 1)
    plan.until(lambda: plan.screen.message.text == "A1 was deleted.")
    plan.screen.message.acted.emit()
    plan.until(lambda: len(plan.sef.actions) == 2)
    back = plan.sef.actions[1]
    assert (back.text, back.due, back.baseline) == (before.text, before.due, before.baseline)
    assert plan.screen.model.claims_of(back.id) == claims
    assert plan.screen.message.text.startswith("A1 is back")


def test_the_filter_shows_only_actions_with_its_words(plan: Plan) -> None:
    go(plan, 1, "text")
    QTest.keyClicks(plan.screen.filter, "icb amber")
    assert [action.number for action in plan.screen.model.actions] == ["A1"]
    assert plan.screen.shown.text() == "1 of 2 shown"
    assert plan.screen.detail.title.text().startswith("A1")
    plan.screen.show_place({"action": plan.sef.actions[1].id})
    assert plan.screen.filter.text() == ""
    assert plan.screen.sheet.currentIndex().row() == 1


def test_enter_on_from_goes_to_the_claim(plan: Plan) -> None:
    go(plan, 0, "from")
    QTest.keyClick(plan.screen.sheet, Qt.Key.Key_Return)
    claim = next(iter(plan.sef.claims))
    assert plan.went == [("write", {"section": plan.sef.sections[1].id, "claim": claim})]


def test_a_claim_is_linked_by_its_number_and_unlinked_by_delete(plan: Plan) -> None:
    go(plan, 1, "from")
    QTest.keyClick(plan.screen.sheet, Qt.Key.Key_Return)
    detail = plan.screen.detail
    assert detail.link.hasFocus()
    QTest.keyClicks(detail.link, "2.2")
    QTest.keyClick(detail.link, Qt.Key.Key_Return)
    plan.until(lambda: shown(plan, 1, "from") == "2.2")
    assert [claim.words for claim in detail.claims.claims] == [UNBOUND]
    detail.list.setCurrentIndex(detail.claims.index(0))
    QTest.keyClick(detail.list, Qt.Key.Key_Delete)
    plan.until(lambda: shown(plan, 1, "from") == "")


def test_what_is_typed_below_is_kept_when_one_goes_elsewhere(plan: Plan) -> None:
    go(plan, 1, "text")
    notes = plan.screen.detail.fields["progress"]
    notes.setFocus()
    QTest.keyClicks(notes, "One post filled.")
    plan.screen.sheet.setFocus()
    plan.until(lambda: plan.sef.actions[1].progress == "One post filled.")
    target = plan.screen.detail.fields["target"]
    QTest.keyClicks(target, "40 weeks")
    plan.screen.leave()
    plan.until(lambda: plan.sef.actions[1].target == "40 weeks")
    assert shown(plan, 1, "measure") == "to 40 weeks"


def test_what_is_being_typed_below_outlives_somebody_elses_change(plan: Plan) -> None:
    go(plan, 1, "text")
    notes = plan.screen.detail.fields["impact"]
    notes.setFocus()
    QTest.keyClicks(notes, "Waits fell")
    plan.screen.model.setData(cell(plan, 1, "owner"), "SEND lead")
    plan.until(lambda: plan.sef.actions[1].owner == "SEND lead")
    QTest.keyClicks(notes, " by five weeks")
    plan.screen.sheet.setFocus()
    plan.until(lambda: plan.sef.actions[1].impact == "Waits fell by five weeks")


def test_who_may_not_change_the_plan_is_told_why(app: QApplication, home: Home) -> None:
    stage = open_stage(PlanScreen, home, a_desk(home, REVIEWER, PASSPHRASE))
    assert "needs the role" in stage.screen.says.text()
    assert not stage.screen.new.isEnabled()
    assert not cell(stage, 0, "owner").flags() & Qt.ItemFlag.ItemIsEditable
    stage.screen.begin()
    assert "needs the role" in stage.screen.message.text
    stage.close()


def test_an_empty_plan_says_what_goes_here(plan: Plan) -> None:
    for action in plan.sef.actions:
        plan.do(DeleteAction(action=action.id))
    plan.until(plan.screen._empty.isVisible)
    plan.screen.new.click()
    assert not plan.screen._empty.isVisible()
    QTest.keyClicks(editor(plan), "Begin")
    QTest.keyClick(editor(plan), Qt.Key.Key_Return)
    plan.until(lambda: len(plan.sef.actions) == 1)


def test_narrow_windows_put_partner_and_start_at_the_end(plan: Plan) -> None:
    head = plan.screen.sheet.horizontalHeader()
    plan.screen.resize(1024, 640)
    let_run(20)
    assert {head.logicalIndex(9), head.logicalIndex(10)} == {column("partner"), column("start")}
    plan.screen.resize(1440, 800)
    let_run(20)
    assert [head.logicalIndex(at) for at in range(len(COLUMNS))] == list(range(len(COLUMNS)))


def test_f4_folds_the_details(plan: Plan) -> None:
    press(plan, Qt.Key.Key_F4)
    assert not plan.screen.detail.isVisible()
    press(plan, Qt.Key.Key_F4)
    assert plan.screen.detail.isVisible()
