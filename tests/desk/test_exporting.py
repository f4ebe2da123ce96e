import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sefwriter.desk.exporting import (
    ExportRefused,
    ExportRequest,
    build_export,
    export_pack,
    prepare_export,
    standing_errors,
    verify_pack_folder,
)
from sefwriter.desk.home import Home
from sefwriter.desk.opening import open_with_system
from sefwriter.desk.packing import (
    folder_for_pack,
    outline_pack,
    remember_folder,
    remembered_folder,
)
from sefwriter.desk.project import Desk, Project
from sefwriter.desk.signing import person_at_desk, seal_key, sign
from sefwriter.ledger.keystore import KeyStore
from sefwriter.model.acts.review import SignOff
from sefwriter.model.acts.writing import EditText
from sefwriter.model.checks import all_checks
from sefwriter.model.states import section_status
from sefwriter.store.faults import Cancelled, WorldError
from tests.desk import a_sef
from tests.desk.a_sef import LEAD, PASSPHRASE, REVIEWER, a_desk, a_project

home, made_once = a_sef.home, a_sef.made_once


@pytest.fixture
def project(home: Home) -> Iterator[Project]:
    with a_project(home) as project:
        yield project


def request(folder: Path, *, final: bool = False, only: str = "word") -> ExportRequest:
    return ExportRequest(folder, frozenset({only}), "2026-11-24", final=final)


def test_a_prepared_pack_is_of_the_sef_as_it_was_then(project: Project, tmp_path: Path) -> None:
    prepared = prepare_export(project, request(tmp_path / "out"))
    project.do(EditText(section=project.sef().sections[1].id, text="Other words.\n"))
    told: list[tuple[str, int, int]] = []
    made = build_export(prepared, lambda *step: told.append(step))
    assert made.code == 0
    assert next(what for what, _, _ in told) == "Setting the narrative"
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["claims"] == 2
    assert verify_pack_folder(project.home, tmp_path / "out") == []


def test_a_final_pack_is_refused_while_errors_stand(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="1 error must be mended") as refused:
        prepare_export(project, request(tmp_path / "out", final=True))
    assert len(refused.value.reasons) == 1
    made = export_pack(project, request(tmp_path / "out", final=True), print)
    assert (made.code, made.value) == (1, {"refused": list(refused.value.reasons)})
    assert not (tmp_path / "out").exists()


def test_who_answers_for_an_error_lets_it_leave(project: Project) -> None:
    checks = all_checks(project.sef())
    assert [check.check for check in standing_errors(checks, ())] == ["claim-without-passage"]
    assert standing_errors(checks, ("claim-without-passage=On purpose",)) == ()


def test_stopping_leaves_nothing(project: Project, tmp_path: Path) -> None:
    prepared = prepare_export(project, request(tmp_path / "out" / "deep", only="bound"))
    with pytest.raises(Cancelled):
        build_export(prepared, lambda *_: None, lambda: True)
    assert not (tmp_path / "out").exists()


def test_nobody_and_a_stranger_export_nothing(project: Project, tmp_path: Path) -> None:
    project.desk = Desk()
    with pytest.raises(WorldError, match="who exports"):
        prepare_export(project, request(tmp_path / "out"))
    store = KeyStore(project.home.people)
    stranger = store.create("Visitor", "", "", "")
    project.desk = Desk(stranger, store.key(stranger))
    with pytest.raises(WorldError, match="admit them first"):
        prepare_export(project, request(tmp_path / "out"))
    assert person_at_desk(project.sef(), project.desk) == ""


def test_the_outline_counts_what_a_pack_would_hold(project: Project) -> None:
    outline = outline_pack(project)
    assert (outline.sections, outline.claims, outline.actions) == (2, 2, 2)
    assert outline.bound == (("E1 Waits", 1),)
    assert (outline.pages, outline.not_bound) == (1, ())
    sha256 = project.sef().evidence[0].versions[0].sha256
    project.library.vault.path(sha256).unlink()
    assert outline_pack(project).not_bound == (("E1 Waits", "Its file is not on this laptop."),)


def test_a_folder_is_remembered_for_its_sef(project: Project, tmp_path: Path) -> None:
    sef = project.sef()
    first = remembered_folder(project.home, sef.id, sef.name, "2026-11-24")
    assert first.parts[-2:] == ("SEF packs", "Westmere SEF 2026-11-24")
    remember_folder(project.home, sef.id, tmp_path / "Ämter")
    assert remembered_folder(project.home, sef.id, sef.name, "2026-12-01") == tmp_path / "Ämter"


def test_a_folder_with_other_things_gets_one_of_the_packs_own(tmp_path: Path) -> None:
    assert folder_for_pack(tmp_path / "new", "Westmere", "2026-11-24") == tmp_path / "new"
    assert folder_for_pack(tmp_path, "Westmere", "2026-11-24") == tmp_path
    (tmp_path / "letter.txt").write_text("")
    own = tmp_path / "Westmere SEF 2026-11-24"
    assert folder_for_pack(tmp_path, "Westmere", "2026-11-24") == own
    (tmp_path / "manifest.json").write_text("{}")
    assert folder_for_pack(tmp_path, "Westmere", "2026-11-24") == tmp_path


def test_what_is_gone_or_has_no_program_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WorldError, match="not there any more"):
        open_with_system(tmp_path / "gone.docx")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(WorldError, match="No program"):
        open_with_system(tmp_path)


def test_a_reviewer_signs_at_somebody_elses_desk(project: Project) -> None:
    reviewer = project.desk_people().find(REVIEWER)
    section = project.sef().sections[1].id
    with pytest.raises(WorldError, match="passphrase"):
        sign(project, SignOff(section=section), reviewer, "not it")
    assert section_status(project.sef(), section) == "drafting"
    sign(project, SignOff(section=section), reviewer, PASSPHRASE)
    assert section_status(project.sef(), section) == "signed-off"
    assert project.sef().name_of(project.sef().sign_offs[0].person) == REVIEWER
    assert project.desk.person
    assert project.desk.person.name == LEAD


def test_a_key_in_the_open_signs_nothing_until_it_is_sealed(project: Project) -> None:
    lead = project.desk_people().find(LEAD)
    section = project.sef().sections[1].id
    with pytest.raises(WorldError, match="under a passphrase"):
        sign(project, SignOff(section=section), lead, "")
    desk = seal_key(project, lead, PASSPHRASE)
    assert desk.person
    assert (desk.person.kept, project.desk) == ("sealed", desk)
    assert a_desk(project.home, LEAD, PASSPHRASE).key is not None
    with pytest.raises(WorldError, match="role reviewer"):
        sign(project, SignOff(section=section), desk.person, PASSPHRASE)
