"""Packs whose manifest is signed by the right person and still promises what isn't there."""

import json
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfWriter

from sefwriter.pack.build import build_pack
from sefwriter.pack.verify import verify_pack
from sefwriter.store.faults import WorldError
from tests.hostile import pack_mutations as harm
from tests.pack.example import LEAD_KEY, SIGNER, a_pdf, a_plan, a_sef, sign, verify_signature

WORD = "Westmere SEF 2026-09-30.docx"
NARRATIVE = "Westmere SEF 2026-09-30.pdf"
BOUND = "Westmere bound pack 2026-09-30.pdf"


def build(folder: Path, target: Path) -> Path:
    folder.mkdir()
    build_pack(
        a_plan(folder),
        folder=target,
        sign=sign,
        signer=SIGNER,
        progress=lambda what, done, of: None,
        stop=lambda: False,
    )
    return target


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    return build(folder / "vault", folder / "Pack")


@pytest.fixture
def pack(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "Pack")


def after(pack: Path, name: str, edit: Callable[[PdfWriter], object]) -> str:
    """What verify says of a PDF after the edit, with the manifest taken in and signed anew."""
    harm.rewrite_pdf(pack / name, edit)
    harm.take_in(pack, pack / name)
    return judged(pack)


def judged(pack: Path) -> str:
    harm.sign_manifest(pack, LEAD_KEY)
    return "\n".join(map(str, verify_pack(pack, verify_signature=verify_signature)))


def row(pack: Path, number: str) -> dict[str, int]:
    rows = harm.read_manifest(pack)["evidence"]
    return next(row for row in rows if row["number"] == number)


def test_rewriting_by_itself_changes_nothing(pack: Path) -> None:
    for name in (BOUND, NARRATIVE):
        said = after(pack, name, lambda writer: None)
        # The table still has the hashes of before, and that is found.
        assert all(line.startswith("manifest.csv: Row") for line in said.splitlines())


def test_a_claims_link_to_another_page_is_found(pack: Path) -> None:
    page = harm.read_manifest(pack)["claims"][0]["page"]
    said = after(pack, BOUND, harm.retarget(page, 1))
    assert "On page 3 the link of E1 p.3 doesn't open page 12." in said


def test_a_claim_without_its_links_is_found(pack: Path) -> None:
    assert "the link of E2b p.2 doesn't open page 15" in after(pack, BOUND, harm.drop_links(4))


def test_a_divider_that_leads_elsewhere_is_found(pack: Path) -> None:
    divider = row(pack, "E1")["divider"]
    said = after(pack, BOUND, harm.retarget(divider, 1))
    assert "E1's divider on page 9 doesn't open the claims on the pages 3" in said


def test_each_claim_needs_a_way_back_of_its_own(pack: Path) -> None:
    divider = row(pack, "E1")["divider"]
    said = after(pack, BOUND, harm.drop_one_link(divider))
    assert "E1's divider on page 9 doesn't open the claims on the pages 3" in said


def test_swapped_pages_are_found_by_their_stamps(pack: Path) -> None:
    said = after(pack, BOUND, harm.swap_contents(10, 14))
    assert "Page 10 has “" in said
    assert "Page 14 has “" in said


def test_swapped_dividers_are_found(pack: Path) -> None:
    assert "Page 9 should be E1's divider" in after(pack, BOUND, harm.swap_contents(9, 13))


def test_a_missing_page_is_found(pack: Path) -> None:
    said = after(pack, BOUND, harm.drop_last_page)
    assert "It has 18 pages instead of 19." in said
    assert "E10 has the pages to 18 where 19 should be its last." in said
    assert "It has 7 pages instead of 8." in after(pack, NARRATIVE, harm.drop_last_page)


def test_an_address_never_given_its_page_is_found(pack: Path) -> None:
    assert "sef.invalid" in after(pack, BOUND, harm.leave_address(3))


def test_bookmarks_that_lie_or_lack_are_found(pack: Path) -> None:
    said = after(pack, BOUND, harm.retitle_bookmark)
    assert "The bookmark “Narrative · p. 7” opens page 1." in said
    assert "E1 has no bookmark." in after(pack, BOUND, harm.drop_outline)


def test_restricted_evidence_is_found_as_attachment_picture_or_file(
    pack: Path, tmp_path: Path
) -> None:
    sef, files = a_sef(tmp_path)
    item = next(item for item in sef.evidence if item.number == "E2")
    path = files.vault(item.versions[0].sha256)
    assert path is not None
    secret = path.read_bytes()
    said = after(pack, BOUND, harm.attach("notes.txt", secret))
    assert "It holds E2, which is restricted, as the attachment “notes.txt”." in said
    with zipfile.ZipFile(pack / WORD, "a") as archive:
        archive.writestr("word/media/image9.png", secret)
    harm.take_in(pack, pack / WORD)
    assert "It holds E2, which is restricted, as “word/media/image9.png”." in judged(pack)
    (pack / NARRATIVE).write_bytes(secret)
    harm.take_in(pack, pack / NARRATIVE)
    assert "It is E2, which is restricted." in judged(pack)


def test_a_missing_original_is_found(pack: Path) -> None:
    assert row(pack, "E3")["attached"]
    name = str(row(pack, "E3")["attached"])
    said = after(pack, BOUND, lambda writer: writer.root_object.pop("/Names"))
    assert f"The original of E3 is not attached as “{name}”." in said


def test_a_draft_that_says_it_is_none_is_found(pack: Path) -> None:
    harm.edit_manifest(pack, lambda manifest: manifest.update(draft="no"))
    said = judged(pack)
    for name in (WORD, NARRATIVE, BOUND):
        assert f"{name}: " in said
    assert "Page 12 and the manifest disagree on whether it is a draft." in said


def test_a_word_file_without_a_claims_place_is_found(pack: Path) -> None:
    claim = harm.read_manifest(pack)["claims"][0]["id"]
    with zipfile.ZipFile(pack / WORD) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        f"sef_claim_{claim}".encode(), b"sef_claim_x"
    )
    with zipfile.ZipFile(pack / WORD, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    harm.take_in(pack, pack / WORD)
    assert f"It has no place for the claim {claim}." in judged(pack)


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"x" * 5000])
@pytest.mark.parametrize("name", [WORD, NARRATIVE, BOUND])
def test_a_file_that_is_none_of_its_kind_is_damaged(pack: Path, name: str, data: bytes) -> None:
    (pack / name).write_bytes(data)
    harm.take_in(pack, pack / name)
    assert f"{name}: It is damaged" in judged(pack)


def test_a_table_that_says_something_else_is_found(pack: Path) -> None:
    path = pack / "manifest.csv"
    path.write_bytes(path.read_bytes().replace(b",valid,", b",lapsed,").replace(b"E10,", b"E11,"))
    harm.take_in(pack, path)
    said = judged(pack)
    assert "Row 1 of “sign-off” differs from the manifest in “state”." in said
    assert "Row 6 of “evidence” differs from the manifest in “number”." in said
    path.write_bytes(b"row,name\r\nfile,x\r\n")
    harm.take_in(pack, path)
    assert "It has 1 rows for “file” where the manifest has 3." in judged(pack)
    path.write_bytes(b"\xff")
    harm.take_in(pack, path)
    assert "no table" in judged(pack)


def test_counts_that_do_not_add_up_are_found(pack: Path) -> None:
    harm.edit_manifest(pack, lambda manifest: manifest["claims"].pop())
    assert "It promises 5 claims and lists 4." in judged(pack)


def test_a_link_promised_into_restricted_evidence_is_found(pack: Path) -> None:
    def edit(manifest: harm.Manifest) -> None:
        (reference,) = (
            reference
            for claim in manifest["claims"]
            for reference in claim["references"]
            if reference["number"] == "E2"
        )
        reference["target"] = 10

    harm.edit_manifest(pack, edit)
    assert "opens a page; its file is restricted" in judged(pack)


def test_no_folder_is_told_and_no_pack_is_found(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="is not a folder"):
        verify_pack(tmp_path / "none", verify_signature=verify_signature)
    (finding,) = verify_pack(tmp_path, verify_signature=verify_signature)
    assert finding.file == "manifest.json"


@pytest.mark.slow
def test_four_thousand_pages_are_verified_within_a_minute(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    plan = a_plan(tmp_path / "vault")
    long = a_pdf(tmp_path / "long.pdf", (f"Page {number}" for number in range(1, 4001)))
    plan = replace(
        plan,
        evidence=tuple(
            replace(item, path=str(long), pages=4000) if item.number == "E10" else item
            for item in plan.evidence
        ),
    )
    build_pack(
        plan,
        folder=tmp_path / "Pack",
        sign=sign,
        signer=SIGNER,
        progress=lambda what, done, of: None,
        stop=lambda: False,
    )
    began = time.monotonic()
    assert verify_pack(tmp_path / "Pack", verify_signature=verify_signature) == ()
    assert time.monotonic() - began < 60
    assert json.loads((tmp_path / "Pack" / "manifest.json").read_bytes())["counts"]["claims"] == 5
