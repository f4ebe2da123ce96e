import hashlib
import json
from pathlib import Path

import pytest

from sefwriter.model.checks import Check, Where
from sefwriter.pack.gate import Judged, Override
from sefwriter.pack.manifest import (
    SIGNED,
    Layout,
    PackFile,
    Placed,
    Row,
    canonical,
    make_manifest,
    pack_file,
    signed_manifest,
)
from sefwriter.store.faults import WorldError
from tests.pack.example import CLAIMS, LEAD_KEY, SIGNER, a_plan, sign


@pytest.fixture
def manifest(tmp_path: Path) -> Row:
    plan = a_plan(tmp_path)
    layout = Layout(
        pages=20,
        claims={CLAIMS[0]: 3},
        evidence={plan.evidence[0].id: Placed(9, 10, tagged=True)},
        stands={"pabcdefghijklmnob": 4},
        targets={"pabcdefghijklmnob": 12},
    )
    files = (PackFile("b.pdf", "bound", 2, "22", 20), PackFile("a.docx", "word", 1, "11"))
    error = Check("claim-doubled", "error", Where(claim="c"), "Twice.", "Keep one.")
    judged = (Judged(error, Override("claim-doubled", "A. Lead", "Meant so")), Judged(error))
    return make_manifest(plan, layout, files, judged)


def values(value: object) -> list[object]:
    if isinstance(value, dict):
        return [each for item in value.values() for each in values(item)]  # pyright: ignore
    if isinstance(value, list):
        return [each for item in value for each in values(item)]  # pyright: ignore
    return [value]


def test_it_holds_whole_numbers_and_strings_only(manifest: Row) -> None:
    assert {type(value) for value in values(manifest)} == {int, str}


def test_files_stand_in_order_of_name(manifest: Row) -> None:
    assert [row["name"] for row in manifest["files"]] == ["a.docx", "b.pdf"]  # pyright: ignore


def test_claims_and_evidence_have_their_pages(manifest: Row) -> None:
    text = json.loads(canonical(manifest))
    first = text["claims"][0]
    assert first["page"] == 3
    assert (first["references"][0]["stands"], first["references"][0]["target"]) == (4, 12)
    e1 = text["evidence"][0]
    assert (e1["divider"], e1["first_page"], e1["tagged"], e1["how"]) == (9, 10, "yes", "bound")
    assert [row["how"] for row in text["evidence"]] == [
        "bound", "held", "bound", "slip-sheet", "left-out", "bound",
    ]  # fmt: skip


def test_sign_offs_people_and_checks_are_told(manifest: Row) -> None:
    text = json.loads(canonical(manifest))
    assert [row["state"] for row in text["sign_offs"]] == ["valid", "lapsed"]
    assert text["sign_offs"][1]["differs"] == "the text was changed"
    assert text["people"][0]["keys"] == SIGNER.key
    assert [row["state"] for row in text["checks"]] == ["overridden", "open"]
    assert text["checks"][0]["by"] == "A. Lead"
    assert text["draft"] == "yes"


def test_the_signature_covers_all_but_itself(manifest: Row) -> None:
    data = signed_manifest(manifest, SIGNER, sign)
    whole = json.loads(data)
    signature = bytes.fromhex(whole.pop("signature"))
    assert whole["exported_by"]["name"] == "A. Lead"
    LEAD_KEY.verify_key.verify(SIGNED + canonical(whole), signature)
    assert signed_manifest(manifest, SIGNER, sign) == data


def test_half_a_character_costs_nobody_the_pack(manifest: Row) -> None:
    data = signed_manifest({**manifest, "area": "Westmere \ud83d"}, SIGNER, sign)
    assert json.loads(data)["area"] == "Westmere ?"


def test_a_file_is_listed_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"words")
    digest = hashlib.sha256(b"words").hexdigest()
    assert pack_file(path, "word") == PackFile("a.docx", "word", 5, digest)
    with pytest.raises(WorldError):
        pack_file(tmp_path / "none", "word")
