"""Copies meeting: folder, hand-over file, joining, restricted evidence, a deleted replica."""

import shutil
import zipfile
from pathlib import Path

from tests.world.terminal import Terminal

SECRET = "correct horse battery"


def test_a_second_person_joins_by_six_words_writes_and_both_laptops_agree(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef = tmp_path / "SEF"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    joined = partner("join", sef, "--as", "Health commissioner")
    assert len(joined["words"].split()) == 6
    told = partner.refused("do", sef, "EditText", "section=S07", "text=Waits.")
    assert "needs the role" in told
    lead(
        "do",
        sef,
        "AdmitPerson",
        f"key={joined['key']}",
        "name=Health commissioner",
        "partner=health",
        "roles=author",
    )
    partner("do", sef, "EditText", "section=S07", "text=Waits are long.")
    lead("do", sef, "EditText", "section=S01", "text=Children wait.")
    for kind in ("sections", "people", "history"):
        assert lead("show", sef, kind) == partner("show", sef, kind)
    assert lead("verify", sef) == []
    assert partner("verify", sef) == []


def test_a_hand_over_file_carries_everything_and_its_changes_come_back(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef, file = tmp_path / "SEF", tmp_path / "to health.sef"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    note = tmp_path / "note.txt"
    note.write_text("Waits are 31 weeks.", "utf-8")
    lead("do", sef, "AddEvidence", f"path={note}")
    key = partner("person", "new", "Health commissioner")["key"]
    lead("do", sef, "AdmitPerson", f"key={key}", "name=Health commissioner", "roles=author")
    lead("hand-over", sef, file)
    assert partner("show", file, "evidence")[0]["state"] == "ready"
    assert partner("search", file, "31", "weeks")[0]["number"] == "E1"
    out, told, code = partner.said("do", file, "EditText", "section=S07", "text=Waits are long.")
    assert code == 0, out
    assert "hand-over file isn't changed" in told
    back = tmp_path / "back.sef"
    partner("hand-over", file, back)
    shutil.rmtree(sef)
    assert lead("show", back, "sections", "S07")["text"] == "Waits are long."
    assert lead("verify", back) == []


def test_restricted_evidence_never_leaves_the_laptop_that_added_it(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef = tmp_path / "SEF"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    listing = tmp_path / "person-level list.txt"
    listing.write_text("SECRET-CHILD lives here.\n" * 3, "utf-8")
    done = lead(
        "do", sef, "AddEvidence", f"path={listing}", "evidence_class=restricted", "owner=LA"
    )
    item = next(row["id"] for row in done["touched"] if row["kind"] == "evidence")
    lead("do", sef, "EditText", "section=S01", "text=We know every child.")
    made = lead("do", sef, "MarkClaim", "section=S01", "quote=We know every child")
    claim = next(row["id"] for row in made["touched"] if row["kind"] == "claim")
    told = lead.refused(
        "do", sef, "LinkPassage", f"claim={claim}", f"evidence={item}", "quote=lives here"
    )
    assert "without quoting" in told
    lead("do", sef, "LinkPassage", f"claim={claim}", f"evidence={item}", "page=1")
    lead("hand-over", sef, tmp_path / "out.sef")
    lead("export", sef, "--to", tmp_path / "pack", "--date", "2026-11-24")
    assert lead("verify", tmp_path / "pack") == []
    assert lead("search", sef, "SECRET-CHILD") == []
    gone = [*sef.rglob("*"), tmp_path / "out.sef", *(tmp_path / "pack").rglob("*")]
    for file in (path for path in gone if path.is_file()):
        assert b"SECRET-CHILD" not in file.read_bytes(), file
    with zipfile.ZipFile(tmp_path / "out.sef") as archive:
        assert not [name for name in archive.namelist() if name.startswith("evidence/")]
    assert "held by" in (tmp_path / "pack" / "manifest.json").read_text("utf-8")
    assert partner("show", sef, "evidence")[0]["state"] == "missing"
    private = [
        path for path in lead.home.rglob("*") if path.is_file() and "vault" not in path.parts
    ]
    assert not [path for path in private if b"SECRET-CHILD" in path.read_bytes()]


def test_evidence_that_becomes_restricted_is_taken_out_of_the_folder_again(
    terminal: Terminal, tmp_path: Path
) -> None:
    sef = tmp_path / "SEF"
    terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    file = tmp_path / "list.txt"
    file.write_text("SECRET-CHILD lives here.", "utf-8")
    terminal("do", sef, "AddEvidence", f"path={file}")
    assert list((sef / "evidence").rglob("??/*"))
    assert terminal("search", sef, "SECRET-CHILD")
    terminal("do", sef, "SetEvidence", "evidence=E1", "evidence_class=restricted")
    assert not [path for path in (sef / "evidence").rglob("*") if path.is_file()]
    private = [
        path for path in terminal.home.rglob("*") if path.is_file() and "vault" not in path.parts
    ]
    assert not [path for path in private if b"secret-child" in path.read_bytes().lower()]
    assert terminal("search", sef, "SECRET-CHILD") == []


def test_a_deleted_replica_is_rebuilt_from_the_folder(terminal: Terminal, tmp_path: Path) -> None:
    sef = tmp_path / "SEF"
    terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    note = tmp_path / "note.txt"
    note.write_text("Waits are 31 weeks.", "utf-8")
    terminal("do", sef, "AddEvidence", f"path={note}")
    terminal("do", sef, "EditText", "section=S07", "text=Waits are long.")
    before = [terminal("show", sef, kind) for kind in ("sections", "evidence", "history")]
    for part in ("sefs", "vault", "prepared", "marks"):
        shutil.rmtree(terminal.home / part)
    assert [terminal("show", sef, kind) for kind in ("sections", "evidence", "history")] == before
    terminal("do", sef, "EditText", "section=S07", "text=Waits are very long.")
    assert terminal("verify", sef) == []


def test_a_damaged_folder_is_said_to_be_and_repaired(terminal: Terminal, tmp_path: Path) -> None:
    sef = tmp_path / "SEF"
    terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    terminal("do", sef, "EditText", "section=S07", "text=Waits are long.")
    for file in list((sef / "log").iterdir()):
        file.unlink()
    found = terminal("verify", sef, code=1)
    assert any("lacks" in row["what"] for row in found)
    terminal("repair", sef)
    assert terminal("verify", sef) == []


def test_a_reviewers_sign_off_needs_the_passphrase_of_a_sealed_key(
    terminal: Terminal, tmp_path: Path
) -> None:
    sef = tmp_path / "SEF"
    terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    terminal("do", sef, "EditText", "section=S07", "text=Waits are long.")
    terminal("person", "new", "QA")
    terminal("do", sef, "AdmitPerson", "person=QA", "roles=reviewer")
    told = terminal.refused("do", sef, "SignOff", "section=S07", "--as", "QA")
    assert "person seal" in told
    terminal("person", "seal", "QA", SEFWRITER_PASSPHRASE=SECRET)
    terminal("do", sef, "SignOff", "section=S07", "--as", "QA", SEFWRITER_PASSPHRASE=SECRET)
    assert terminal("show", sef, "sections", "S07")["status"] == "signed-off"
    seeds = [path.read_bytes() for path in terminal.home.rglob("*") if path.is_file()]
    assert not any(b"secret key of QA" in data for data in seeds)


def test_an_owner_who_lost_every_key_comes_back_by_the_printed_one(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lost, fresh = laptops
    sef, words = tmp_path / "SEF", tmp_path / "recovery.txt"
    made = lost("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    words.write_text(made["recovery"], "utf-8")
    fresh("recover", sef, "--words-file", words, "--as", "SEND lead")
    fresh("do", sef, "RenameSection", "section=S01", "title=In short")
    [owner] = fresh("show", sef, "people")
    assert (owner["name"], len(owner["fingerprints"])) == ("SEND lead", 3)
    assert fresh("show", sef, "sections", "S01")["title"] == "In short"
    assert fresh("verify", sef) == []
    words.write_text(" ".join(reversed(made["recovery"].split())), "utf-8")
    assert "24 words" in fresh.refused("recover", sef, "--words-file", words, "--as", "Else")


def test_two_folders_meet_by_a_stick(laptops: tuple[Terminal, Terminal], tmp_path: Path) -> None:
    lead, partner = laptops
    lead("new", tmp_path / "SEF", "--area", "Wendlebury", "--person", "SEND lead")
    lead("do", tmp_path / "SEF", "EditText", "section=S01", "text=Children wait.")
    stick = tmp_path / "stick"
    lead("repair", tmp_path / "SEF", "--carrier", stick)
    assert partner("show", stick, "sections", "S01")["text"] == "Children wait."
    lead("new", tmp_path / "Other", "--area", "Elsewhere", "--person", "SEND lead")
    told = lead.refused("publish", tmp_path / "Other", "--carrier", stick)
    assert "another SEF" in told
