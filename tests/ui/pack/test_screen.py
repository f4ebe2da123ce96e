from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sefwriter.desk.home import Home
from sefwriter.model.acts.writing import EditText
from sefwriter.ui.pack import screen as pack_screen
from sefwriter.ui.pack.screen import PackScreen
from tests.desk.a_sef import LEAD, PASSPHRASE, REVIEWER, UNBOUND, a_desk
from tests.ui.stage import Stage, open_stage

Pack = Stage[PackScreen]


@pytest.fixture
def pack(app: QApplication, home: Home) -> Iterator[Pack]:
    stage = open_stage(PackScreen, home, a_desk(home))
    looked(stage)
    stage.screen.contents.folder.setText(str(stage.folder / "out" / "pack"))
    yield stage
    stage.close()


def looked(stage: Pack) -> None:
    stage.until(stage.screen.contents._lines["sections"].text)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


def choose(stage: Pack, *parts: str) -> None:
    for name, box in stage.screen.contents.parts.items():
        box.setChecked(name in parts)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_counts_what_goes_in_and_names_what_stops_a_final_pack(pack: Pack) -> None:
    said = [line.text() for line in pack.screen.contents._lines.values()]
    assert said[:4] == ["2 sections", "2 claims", "2 actions", "1 evidence file bound, 1 page"]
    assert [check.check for check in pack.screen.gate.model.checks] == ["claim-without-passage"]
    assert not pack.screen.pack_button.isEnabled()
    assert "1 error stop" in pack.screen.pack_button.toolTip()
    assert pack.screen.draft_button.isEnabled()
    assert "1 error stops the pack" in pack.screen.state.text()


def test_ctrl_e_makes_a_draft_that_is_whole_and_true(pack: Pack) -> None:
    choose(pack, "word")
    press(pack.screen, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert not pack.screen.draft_button.isEnabled()
    pack.until(pack.screen.result.isVisible)
    assert "DRAFT" in pack.screen.result.title.text()
    folder = pack.folder / "out" / "pack"
    assert {path.suffix for path in folder.iterdir()} == {".docx", ".csv", ".json"}
    assert not pack.screen.result.buttons["bound"].isVisible()
    pack.screen.result.buttons["verify"].click()
    pack.until(lambda: pack.screen.result.verdict.text)
    assert "whole and true" in pack.screen.result.verdict.text
    next(folder.glob("*.docx")).write_bytes(b"spoilt")
    pack.screen.result.buttons["verify"].click()
    pack.until(lambda: "not as it was exported" in pack.screen.result.verdict.text)
    assert "changed after export" in pack.screen.result.verdict.text


def test_the_steps_are_told_in_words(pack: Pack) -> None:
    steps: list[str] = []
    show = pack.screen.progress.show_step

    def keep(what: str, done: int, total: int) -> None:
        show(what, done, total)
        steps.append(pack.screen.progress.step.text())

    pack.screen.progress.show_step = keep  # type: ignore[method-assign]
    pack.screen.draft_button.click()
    assert pack.screen.progress.cancel.hasFocus()
    pack.until(pack.screen.result.isVisible)
    assert steps
    assert all("/" not in step for step in steps)


def test_an_override_gives_its_reason_and_lets_the_final_pack_leave(pack: Pack) -> None:
    gate = pack.screen.gate
    assert gate.override_button.text() == "Override"
    QTest.keyClicks(gate.reason, "Settled on Monday")
    press(gate.reason, Qt.Key.Key_Return)
    assert gate.model.standing() == ()
    assert pack.screen.pack_button.isEnabled()
    assert "final" in pack.screen.draft_button.toolTip()
    choose(pack, "word")
    press(pack.screen, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    pack.until(pack.screen.result.isVisible)
    assert pack.screen.result.title.text() == "The pack is made."
    manifest = (pack.folder / "out" / "pack" / "manifest.json").read_text(encoding="utf-8")
    assert "Settled on Monday" in manifest
    assert LEAD in manifest
    gate.reason.clear()
    gate.override_button.click()
    assert not pack.screen.pack_button.isEnabled()


def test_enter_on_a_check_goes_to_its_place(pack: Pack) -> None:
    pack.screen.gate.list.setFocus()
    press(pack.screen.gate.list, Qt.Key.Key_Return)
    where, place = pack.went[0]
    section = pack.sef.sections[1].id
    claim = next(c for c in pack.sef.claims if c not in pack.sef.passages_by_claim)
    assert (where, place) == ("write", {"section": section, "claim": claim})


def test_cancel_leaves_nothing(pack: Pack) -> None:
    pack.screen.draft_button.click()
    press(pack.screen, Qt.Key.Key_Escape)
    pack.until(lambda: pack.screen.message.text)
    assert pack.screen.message.text == "Stopped. Nothing was left behind."
    assert not (pack.folder / "out").exists()
    assert pack.screen.draft_button.isEnabled()


def test_a_folder_with_other_things_is_refused_in_place_and_kept(pack: Pack) -> None:
    (pack.folder / "out" / "pack").mkdir(parents=True)
    (pack.folder / "out" / "pack" / "letter.txt").write_text("keep me")
    choose(pack, "word")
    pack.screen.draft_button.click()
    pack.until(lambda: pack.screen.message.text)
    assert "holds other things" in pack.screen.message.text
    assert names(pack.folder / "out" / "pack") == {"letter.txt"}
    assert pack.screen.result.isHidden()


def test_where_the_last_pack_went_is_remembered_for_this_sef(pack: Pack) -> None:
    choose(pack, "word")
    pack.screen.draft_button.click()
    pack.until(pack.screen.result.isVisible)
    again = open_stage(PackScreen, pack.bridge.home, a_desk(pack.bridge.home))
    assert again.screen.contents.folder.text() == str(pack.folder / "out" / "pack")
    again.close()


def test_the_folder_chosen_gets_a_pack_of_its_own_where_it_holds_other_things(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = pack.folder / "documents"
    chosen.mkdir()
    asked = "sefwriter.ui.pack.contents.QFileDialog.getExistingDirectory"
    monkeypatch.setattr(asked, lambda *_: str(chosen))
    pack.screen.contents.choose.click()
    assert Path(pack.screen.contents.folder.text()) == chosen
    (chosen / "letter.txt").write_text("keep me")
    pack.screen.contents.choose.click()
    where = Path(pack.screen.contents.folder.text())
    assert where.parent == chosen
    assert where.name.startswith("Westmere SEF")


def test_opens_what_it_made_and_says_where_it_lies_when_nothing_can(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(pack, "word")
    pack.screen.draft_button.click()
    pack.until(pack.screen.result.isVisible)
    opened: list[Path] = []
    monkeypatch.setattr(pack_screen, "open_with_system", opened.append)
    pack.screen.result.buttons["word"].click()
    pack.until(lambda: opened)
    pack.screen.result.buttons["folder"].click()
    pack.until(lambda: len(opened) == 2)
    assert [path.suffix for path in opened] == [".docx", ""]

    monkeypatch.undo()
    monkeypatch.setenv("PATH", "")
    pack.screen.result.buttons["word"].click()
    pack.until(lambda: pack.screen.message.text)
    assert "No program" in pack.screen.message.text


def test_the_screen_follows_the_sef(pack: Pack) -> None:
    section = pack.sef.sections[1]
    pack.do(EditText(section=section.id, text="No claims at all.\n"))
    pack.until(lambda: pack.screen.contents._lines["claims"].text() == "0 claims")
    assert "claim-without-passage" not in [c.check for c in pack.screen.gate.model.checks]
    assert UNBOUND not in section.title


def test_an_empty_sef_says_what_goes_here(pack: Pack) -> None:
    pack.do(EditText(section=pack.sef.sections[1].id, text=""))
    pack.until(pack.screen._empty.isVisible)
    assert not pack.screen.draft_button.isEnabled()
    assert pack.screen.state.text() == "No section has words yet."
    pack.screen._empty.button.click()
    assert pack.went == [("write", {})]


def test_a_reviewer_signs_the_pack_by_passphrase(
    app: QApplication, home: Home, tmp_path: Path
) -> None:
    stage = open_stage(PackScreen, home, a_desk(home, REVIEWER, writing=False))
    looked(stage)
    screen = stage.screen
    screen.contents.folder.setText(str(tmp_path / "out"))
    choose(stage, "word")
    assert screen.contents.passphrase.isVisible()
    assert not screen.draft_button.isEnabled()
    screen.contents.passphrase.setText("not it")
    screen.draft_button.click()
    stage.until(lambda: screen.message.text)
    assert "passphrase" in screen.message.text
    screen.contents.passphrase.setText(PASSPHRASE)
    screen.draft_button.click()
    stage.until(screen.result.isVisible)
    assert screen.contents.passphrase.text() == ""
    assert REVIEWER in (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    stage.close()
