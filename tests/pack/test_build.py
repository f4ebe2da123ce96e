import errno
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from shutil import rmtree
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from sefwriter.model.checks import Check, Where
from sefwriter.pack import bound
from sefwriter.pack.build import Built, build_pack
from sefwriter.pack.gate import overrides_of, pass_gate
from sefwriter.pack.plan import PackPlan
from sefwriter.pack.verify import verify_pack
from sefwriter.store.faults import Cancelled, WorldError
from sefwriter.store.steps import STEPS
from tests.pack.example import CLAIMS, SIGNER, a_plan, sign, verify_signature

EXPORT_STEPS = sorted(name for name in STEPS if name.startswith("export: "))


def build(
    plan: PackPlan,
    folder: Path,
    *,
    only: str = "word,pdf,bound",
    stop: Callable[[], bool] = lambda: False,
    **other: object,
) -> Built:
    return build_pack(
        plan,
        folder=folder,
        sign=sign,
        signer=SIGNER,
        progress=lambda what, done, of: None,
        stop=stop,
        only=frozenset(only.split(",")),
        **other,  # pyright: ignore[reportArgumentType]
    )


def findings(folder: Path) -> list[str]:
    found = verify_pack(folder, verify_signature=verify_signature)
    return [str(finding) for finding in found]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def manifest(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "manifest.json").read_bytes())


@pytest.fixture
def plan(tmp_path: Path) -> PackPlan:
    (tmp_path / "vault").mkdir()
    return a_plan(tmp_path / "vault")


def test_a_pack_is_whole_and_true(tmp_path: Path, plan: PackPlan) -> None:
    built = build(plan, tmp_path / "Pack")
    assert findings(tmp_path / "Pack") == []
    assert (
        {file.name for file in built.files}
        == {
            "Westmere SEF 2026-09-30.docx",
            "Westmere SEF 2026-09-30.pdf",
            "Westmere bound pack 2026-09-30.pdf",
            "manifest.csv",
            "manifest.json",
        }
        == set(contents(tmp_path / "Pack"))
    )
    assert built.total_pages == 19
    assert [said.split(":")[0] for said in built.not_bound] == [
        "E2 Evidence E2",
        "E3 Evidence E3",
        "E4 Evidence E4",
    ]


def test_every_reference_opens_the_page_that_holds_its_words(
    tmp_path: Path, plan: PackPlan
) -> None:
    build(plan, tmp_path / "Pack", only="bound")
    pages = PdfReader(tmp_path / "Pack" / "Westmere bound pack 2026-09-30.pdf").pages
    rows = {row["id"]: row["references"] for row in manifest(tmp_path / "Pack")["claims"]}
    words = {"E1 p.3": "Survey three", "E2b p.1–2": "Audit one", "E3 p.1": "needs a password"}
    seen = {
        reference["label"]
        for references in rows.values()
        for reference in references
        if reference["label"] in words
        and words[reference["label"]] in pages[reference["target"] - 1].extract_text()
    }
    assert seen == set(words)
    assert rows[CLAIMS[4]] == []


def test_a_slip_sheet_promises_an_original_only_where_there_is_one(
    tmp_path: Path, plan: PackPlan
) -> None:
    build(plan, tmp_path / "Pack", only="bound")
    pages = PdfReader(tmp_path / "Pack" / "Westmere bound pack 2026-09-30.pdf").pages
    rows = {row["number"]: row for row in manifest(tmp_path / "Pack")["evidence"]}
    for number, promised in (("E3", True), ("E4", False)):
        assert bool(rows[number]["attached"]) is promised
        words = pages[rows[number]["divider"] - 1].extract_text()
        assert ("original file is attached" in words) is promised


def test_a_draft_says_so_once_a_page_but_for_its_cover(tmp_path: Path, plan: PackPlan) -> None:
    build(plan, tmp_path / "Pack", only="bound")
    _, *pages = PdfReader(tmp_path / "Pack" / "Westmere bound pack 2026-09-30.pdf").pages
    assert all(page.extract_text().count("DRAFT") == 1 for page in pages)


def test_the_same_plan_gives_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "vault").mkdir(parents=True)
        build(a_plan(tmp_path / name / "vault"), tmp_path / name / "Pack")
    assert contents(tmp_path / "one" / "Pack") == contents(tmp_path / "two" / "Pack")


@pytest.mark.parametrize("only", ["word", "pdf", "bound"])
def test_a_part_alone_is_a_whole_pack(tmp_path: Path, plan: PackPlan, only: str) -> None:
    build(plan, tmp_path / "Pack", only=only)
    assert findings(tmp_path / "Pack") == []
    kinds = {row["kind"] for row in manifest(tmp_path / "Pack")["files"]}
    assert kinds == {only, "table"}


def test_a_sef_without_evidence_or_claims_has_a_pack(tmp_path: Path, plan: PackPlan) -> None:
    bare = replace(plan, sections=(), claims={}, evidence=(), actions=(), people=plan.people)
    build(bare, tmp_path / "Pack")
    assert findings(tmp_path / "Pack") == []


def test_a_final_pack_says_draft_nowhere_and_its_checks_everywhere(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    checks = [Check("meeting-open", "error", Where(), "Two met.", "Settle it.")]
    gate = pass_gate(checks, final=True, overrides=overrides_of(["all=Settled"], "A. Lead"))
    plan = a_plan(tmp_path / "vault", draft=gate.draft)
    built = build(plan, tmp_path / "Pack", checks=gate.judged)
    assert not built.draft
    assert findings(tmp_path / "Pack") == []
    (row,) = manifest(tmp_path / "Pack")["checks"]
    assert (row["state"], row["by"], row["reason"]) == ("overridden", "A. Lead", "Settled")


def test_nothing_of_restricted_evidence_is_in_any_file(tmp_path: Path, plan: PackPlan) -> None:
    build(plan, tmp_path / "Pack")
    for name, data in contents(tmp_path / "Pack").items():
        assert b"about a child" not in data, name
        assert b"Child A" not in data, name


def test_a_file_that_turns_out_damaged_is_a_slip_sheet(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    plan = a_plan(tmp_path / "vault")
    path = next(Path(item.path) for item in plan.evidence if item.number == "E1")
    path.write_bytes(b"%PDF-1.7 and then nothing")
    build(plan, tmp_path / "Pack", only="bound")
    row = next(row for row in manifest(tmp_path / "Pack")["evidence"] if row["number"] == "E1")
    assert row["how"] == "slip-sheet"
    assert "damaged" in row["reason"]


def test_a_protected_file_is_bound_and_says_so(tmp_path: Path, plan: PackPlan) -> None:
    path = next(Path(item.path) for item in plan.evidence if item.number == "E1")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="x", user="", R=4))
    build(plan, tmp_path / "Pack", only="bound")
    row = next(row for row in manifest(tmp_path / "Pack")["evidence"] if row["number"] == "E1")
    assert row["how"] == "bound"
    assert "protected against changes" in row["reason"]


def test_a_new_pack_replaces_the_earlier_one(tmp_path: Path, plan: PackPlan) -> None:
    build(plan, tmp_path / "Pack", only="word")
    build(replace(plan, date="2026-10-01"), tmp_path / "Pack", only="pdf")
    assert "Westmere SEF 2026-10-01.pdf" in contents(tmp_path / "Pack")
    assert len(contents(tmp_path / "Pack")) == 3
    assert findings(tmp_path / "Pack") == []


def test_cancel_at_any_moment_leaves_nothing(tmp_path: Path, plan: PackPlan) -> None:
    asked: list[bool] = []
    build(plan, tmp_path / "Counted", stop=lambda: bool(asked.append(False)))
    rmtree(tmp_path / "Counted")
    assert len(asked) > 8
    for moment in {*range(0, len(asked), max(1, len(asked) // 6)), len(asked) - 1}:
        answers = chain([False] * moment, repeat(True))
        with pytest.raises(Cancelled):
            build(plan, tmp_path / "Pack", stop=partial(next, answers))
        assert {path.name for path in tmp_path.iterdir()} == {"vault"}


@pytest.mark.parametrize("name", EXPORT_STEPS)
def test_a_full_disk_at_any_step_is_told_and_leaves_the_earlier_pack(
    tmp_path: Path, plan: PackPlan, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(plan, tmp_path / "Pack", only="pdf")
    earlier = contents(tmp_path / "Pack")
    newer = replace(plan, date="2026-10-01")
    monkeypatch.setenv("SEFWRITER_FAIL_AT", name)
    with pytest.raises(WorldError, match="disk is full"):
        build(newer, tmp_path / "Pack")
    monkeypatch.delenv("SEFWRITER_FAIL_AT")
    assert {path.name for path in tmp_path.iterdir()} == {"vault", "Pack"}
    if name == "export: in place":
        assert findings(tmp_path / "Pack") == []
    else:
        assert contents(tmp_path / "Pack") == earlier


def test_a_disk_that_fills_while_binding_does_not_end_the_process(
    tmp_path: Path, plan: PackPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def write(self, data: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    careful = bound._Patient  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(bound, "_Patient", lambda file: careful(Full()))  # pyright: ignore
    with pytest.raises(WorldError, match="disk is full"):
        build(plan, tmp_path / "Pack", only="bound")
    assert {path.name for path in tmp_path.iterdir()} == {"vault"}


def test_an_unknown_part_is_refused(tmp_path: Path, plan: PackPlan) -> None:
    with pytest.raises(WorldError, match="Choose among word, pdf and bound"):
        build(plan, tmp_path / "Pack", only="word,plan")
    assert not (tmp_path / "Pack").exists()
