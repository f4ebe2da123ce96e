import ast
import shutil
from collections.abc import Callable
from pathlib import Path

import nacl.signing
import pytest

from sefwriter.pack.build import build_pack
from sefwriter.pack.verify import Finding, verify_pack
from tests.hostile import pack_mutations as harm
from tests.pack.example import LEAD_KEY, OTHER_KEY, SIGNER, a_plan, key_of, sign, verify_signature

WORD = "Westmere SEF 2026-09-30.docx"
NARRATIVE = "Westmere SEF 2026-09-30.pdf"
BOUND = "Westmere bound pack 2026-09-30.pdf"
FILES = (WORD, NARRATIVE, BOUND, "manifest.csv", "manifest.json")
STRANGER = nacl.signing.SigningKey(b"S" * 32)
KNOWN = {key_of(LEAD_KEY): "A. Lead"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "vault").mkdir()
    build_pack(
        a_plan(folder / "vault"),
        folder=folder / "Pack",
        sign=sign,
        signer=SIGNER,
        progress=lambda what, done, of: None,
        stop=lambda: False,
    )
    return folder / "Pack"


@pytest.fixture
def pack(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "Pack")


def verify(folder: Path, known: dict[str, str] | None = None) -> tuple[Finding, ...]:
    return verify_pack(folder, verify_signature=verify_signature, known_keys=known)


def test_the_pack_itself_is_well(pack: Path) -> None:
    assert verify(pack) == ()
    assert verify(pack, KNOWN) == ()


@pytest.mark.parametrize("place", [0.0, 0.01, 0.3, 0.5, 0.77, 0.99, 1.0])
@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_anywhere_is_found(pack: Path, name: str, place: float) -> None:
    harm.flip(pack / name, place)
    assert name in {finding.file for finding in verify(pack)}


def test_bytes_all_over_the_manifest_count(pack: Path) -> None:
    path = pack / "manifest.json"
    data = path.read_bytes()
    for place in range(0, len(data), 211):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x20]) + data[place + 1 :])
        assert verify(pack), place


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_found(pack: Path, name: str) -> None:
    harm.truncate(pack / name)
    assert name in {finding.file for finding in verify(pack)}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_found(pack: Path, name: str) -> None:
    (pack / name).unlink()
    assert [finding.file for finding in verify(pack)] == [name]


def test_swapped_files_are_both_found(pack: Path) -> None:
    harm.swap(pack / NARRATIVE, pack / BOUND)
    assert {finding.file for finding in verify(pack)} == {NARRATIVE, BOUND}


@pytest.mark.parametrize("name", ["more.pdf", "Annex A/plan.xlsx", ".hidden"])
def test_an_added_file_is_found(pack: Path, name: str) -> None:
    (pack / name).parent.mkdir(exist_ok=True)
    (pack / name).write_bytes(b"more")
    assert [finding.file for finding in verify(pack)] == [name]


def edits() -> dict[str, Callable[[harm.Manifest], object]]:
    return {
        "digest": lambda m: m["sign_offs"][0].update(digest="0" * 64),
        "state": lambda m: m["sign_offs"][1].update(state="valid"),
        "person": lambda m: m["sign_offs"][0].update(person="A. Lead"),
        "draft": lambda m: m.update(draft="no"),
        "class": lambda m: m["evidence"][1].update({"class": "general"}),
        "signer": lambda m: m["exported_by"].update(name="R. Viewer"),
        "spelling": lambda m: m.update(signature=m["signature"].upper()),
        "more": lambda m: m.update(added="yes"),
    }


@pytest.mark.parametrize("name", edits())
def test_an_edited_manifest_is_found(pack: Path, name: str) -> None:
    harm.edit_manifest(pack, edits()[name])
    assert any(finding.file == "manifest.json" for finding in verify(pack))


def test_another_keys_signature_is_found(pack: Path) -> None:
    harm.sign_manifest(pack, STRANGER)
    (finding,) = verify(pack)
    assert "does not fit" in finding.message


def test_another_key_as_the_exporters_is_found_even_without_the_sef(pack: Path) -> None:
    harm.sign_manifest(pack, STRANGER, as_own=True)
    (finding,) = verify(pack)
    assert "not among the enrolled people" in finding.message


def test_a_pack_forged_from_end_to_end_is_found_where_the_sef_is(pack: Path) -> None:
    stranger = bytes(STRANGER.verify_key).hex()
    harm.edit_manifest(pack, lambda m: m["people"][0].update(keys=stranger))
    harm.sign_manifest(pack, STRANGER, as_own=True)
    assert verify(pack) == ()
    (finding,) = verify(pack, KNOWN)
    assert "knows no A. Lead with the key" in finding.message


def test_another_admitted_person_cannot_sign_in_the_exporters_name(pack: Path) -> None:
    other = bytes(OTHER_KEY.verify_key).hex()
    harm.edit_manifest(pack, lambda m: m["people"][0].update(keys=other))
    harm.sign_manifest(pack, OTHER_KEY, as_own=True)
    (finding,) = verify(pack, {**KNOWN, other: "R. Viewer"})
    assert finding.message == "On this laptop the key that signed is R. Viewer's, not A. Lead's."


def test_a_borrowed_fingerprint_is_found(pack: Path) -> None:
    stranger = bytes(STRANGER.verify_key).hex()
    fingerprint = SIGNER.fingerprint
    harm.edit_manifest(pack, lambda m: m["people"][0].update(keys=stranger))
    harm.sign_manifest(pack, STRANGER, as_own=True)
    harm.edit_manifest(pack, lambda m: m["exported_by"].update(fingerprint=fingerprint))
    harm.sign_manifest(pack, STRANGER)
    assert any("another key's" in finding.message for finding in verify(pack))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"format":"sefwriter-pack","version":1}',
        b'{"format":"sefwriter-pack","version":2}',
        b'{"format":"sefwriter-pack","version":1,"files":[1]}',
        b"\xff\xfe",
    ],
)
def test_what_is_no_manifest_is_said_plainly(pack: Path, data: bytes) -> None:
    (pack / "manifest.json").write_bytes(data)
    (finding,) = verify(pack)
    assert finding.file == "manifest.json"
    assert finding.message.startswith("It can't be trusted: ")


@pytest.mark.parametrize("name", ["../outside.docx", "/etc/passwd", "a\\b", "..", ""])
def test_a_manifest_cannot_lead_out_of_its_folder(pack: Path, name: str) -> None:
    (pack.parent / "outside.docx").write_bytes(b"x")
    harm.edit_manifest(pack, lambda m: m["files"][0].update(name=name))
    harm.sign_manifest(pack, LEAD_KEY)
    assert any("no plain file name" in finding.message for finding in verify(pack))


def test_the_code_that_harms_imports_nothing_of_the_program() -> None:
    tree = ast.parse(Path(harm.__file__).read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    }
    assert not any(name.startswith(("sefwriter", "tests")) for name in imported)
