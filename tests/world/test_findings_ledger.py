"""What a hostile user found in copies, folders and backups, at the terminal."""

import json
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.world.terminal import Terminal


@pytest.fixture
def sef(terminal: Terminal, tmp_path: Path) -> Path:
    folder = tmp_path / "SEF"
    terminal("new", folder, "--area", "Wendlebury", "--person", "SEND lead")
    return folder


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_another_sefs_name_on_a_folder_is_refused_and_nothing_goes_in(
    terminal: Terminal, sef: Path, tmp_path: Path
) -> None:
    other = tmp_path / "Other"
    terminal("new", other, "--area", "Elsewhere", "--person", "SEND lead")
    shutil.copy(sef / "sef.json", other / "sef.json")
    before = files(other)
    told = terminal.refused("do", other, "EditText", "section=S01", "text=Words.")
    assert "another SEF than its “sef.json” names" in told
    assert "another SEF" in terminal.refused("publish", sef, "--carrier", other)
    assert files(other) == before
    (other / "sef.json").unlink()
    assert terminal("show", other, "sef")["area"] == "Elsewhere"


def test_a_folder_without_the_beginning_of_its_sef_is_not_shown_as_an_empty_sef(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    lead("new", tmp_path / "SEF", "--area", "Wendlebury", "--person", "SEND lead")
    for file in (tmp_path / "SEF" / "log").iterdir():
        file.write_bytes(file.read_bytes()[:20])
    told = partner.refused("show", tmp_path / "SEF", "sections")
    assert "beginning of this SEF" in told
    assert not (partner.home / "sefs").exists()
    assert len(lead("show", tmp_path / "SEF", "sections")) > 1


@pytest.mark.parametrize("name", ["../" * 21 + "x", "a" * 63 + "\0", "A" * 64, "[" * 200_000])
def test_a_name_in_sef_json_that_is_no_hash_is_not_believed(
    terminal: Terminal, sef: Path, name: str
) -> None:
    nested = name.startswith("[")
    text = name if nested else json.dumps({"format": "x", "sef": name[:64].ljust(64, "x")})
    (sef / "sef.json").write_text(text, "utf-8")
    before = {path.name for path in (terminal.home / "sefs").iterdir()}
    assert terminal("show", sef, "sef")["area"] == "Wendlebury"
    assert {path.name for path in (terminal.home / "sefs").iterdir()} == before


SECRET = "SECRET-CHILD lives here."


def holds(folder: Path, words: str) -> list[Path]:
    """The files of a folder with these words, however they are written."""
    found = words.encode().lower()
    return [p for p in folder.rglob("*") if p.is_file() and found in p.read_bytes().lower()]


def without_vault(home: Path) -> list[Path]:
    return [path for path in holds(home, "SECRET-CHILD") if "vault" not in path.parts]


def test_a_restriction_reaches_the_folder_sticks_and_other_laptops_words(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef, stick, listing = tmp_path / "SEF", tmp_path / "stick", tmp_path / "list.txt"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    listing.write_text(SECRET, "utf-8")
    lead("do", sef, "AddEvidence", f"path={listing}")
    lead("repair", sef, "--carrier", stick)
    assert partner("search", sef, "SECRET-CHILD")
    shutil.copytree(sef / "evidence", tmp_path / "kept")
    lead("do", sef, "SetEvidence", "evidence=E1", "evidence_class=restricted")
    shutil.copytree(tmp_path / "kept", sef / "evidence", dirs_exist_ok=True)
    lead("publish", sef)
    lead("publish", sef, "--carrier", stick)
    assert not holds(sef, "SECRET-CHILD")
    assert not holds(stick, "SECRET-CHILD")
    assert without_vault(partner.home)
    assert partner("search", sef, "SECRET-CHILD") == []
    assert not without_vault(partner.home)


def test_a_restriction_written_into_a_hand_over_file_reaches_the_folder_later(
    terminal: Terminal, sef: Path, tmp_path: Path
) -> None:
    listing, file = tmp_path / "list.txt", tmp_path / "out.sef"
    listing.write_text(SECRET, "utf-8")
    terminal("do", sef, "AddEvidence", f"path={listing}")
    terminal("hand-over", sef, file)
    terminal("do", file, "SetEvidence", "evidence=E1", "evidence_class=restricted")
    assert holds(sef, "SECRET-CHILD")
    terminal("publish", sef)
    assert not holds(sef, "SECRET-CHILD")


def test_a_version_added_while_another_restricts_is_taken_out_and_quotes_are_hidden(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef, apart = tmp_path / "SEF", tmp_path / "apart"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    key = partner("join", sef, "--as", "Partner")["key"]
    lead("do", sef, "AdmitPerson", f"key={key}", "name=Partner", "roles=author")
    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_text("Words quoted.", "utf-8")
    second.write_text(SECRET, "utf-8")
    lead("do", sef, "AddEvidence", f"path={first}")
    lead("do", sef, "EditText", "section=S01", "text=We know.")
    made = lead("do", sef, "MarkClaim", "section=S01", "quote=We know")
    claim = next(row["id"] for row in made["touched"] if row["kind"] == "claim")
    partner("pull", sef)
    shutil.copytree(sef, apart)
    lead("do", sef, "SetEvidence", "evidence=E1", "evidence_class=restricted")
    partner(
        "do",
        apart,
        "LinkPassage",
        f"claim={claim}",
        "evidence=E1",
        "quote=Words",
        "--as",
        "Partner",
    )
    partner("do", apart, "ReplaceEvidence", "evidence=E1", f"path={second}", "--as", "Partner")
    assert holds(apart, "SECRET-CHILD")
    partner("publish", apart, "--carrier", sef)
    lead("pull", sef, "--carrier", apart)
    for place in (sef, apart):
        assert not holds(place / "evidence", "SECRET-CHILD")
    [row] = lead("show", sef, "passages")
    assert row["quote"] == ""
    assert "restricted-quoted" in [c["check"] for c in lead("check", sef, code=1)]


def test_restricted_bytes_that_cant_be_taken_out_of_a_folder_are_named_by_verify(
    terminal: Terminal, sef: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text(SECRET, "utf-8")
    terminal("do", sef, "AddEvidence", f"path={listing}")
    monkeypatch.setattr(Path, "unlink", refuse(Path.unlink, sef / "evidence"))
    told = terminal.refused("do", sef, "SetEvidence", "evidence=E1", "evidence_class=restricted")
    assert "restricted" in told
    assert terminal("show", sef, "evidence")[0]["evidence_class"] == "restricted"
    assert any("restricted" in row["what"] for row in terminal("verify", sef, code=1))


def refuse(real: Callable[..., None], inside: Path) -> Callable[..., None]:
    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        if inside in path.parents:
            raise PermissionError(13, "not allowed")
        real(path, missing_ok=missing_ok)

    return unlink


def test_evidence_that_is_general_again_is_found_by_its_words_again(
    terminal: Terminal, sef: Path, tmp_path: Path
) -> None:
    listing = tmp_path / "list.txt"
    listing.write_text(SECRET, "utf-8")
    terminal("do", sef, "AddEvidence", f"path={listing}", "evidence_class=restricted")
    assert terminal("search", sef, "SECRET-CHILD") == []
    terminal("do", sef, "SetEvidence", "evidence=E1", "evidence_class=general")
    assert terminal("search", sef, "SECRET-CHILD")
    assert terminal("show", sef, "evidence")[0]["state"] == "ready"
    assert holds(sef / "evidence", "SECRET-CHILD")


def test_a_second_stick_at_the_same_path_gets_everything(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef, stick = tmp_path / "SEF", tmp_path / "stick"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    lead("do", sef, "EditText", "section=S01", "text=Children wait.")
    first = lead("publish", sef, "--carrier", stick)["entries"]
    assert lead("publish", sef, "--carrier", stick)["entries"] == 0
    shutil.rmtree(stick)
    assert lead("publish", sef, "--carrier", stick)["entries"] == first
    assert partner("show", stick, "sections", "S01")["text"] == "Children wait."


def test_a_copied_folder_that_lacks_own_entries_is_not_called_whole(
    terminal: Terminal, sef: Path, tmp_path: Path
) -> None:
    terminal("do", sef, "EditText", "section=S01", "text=Children wait.")
    copy = tmp_path / "copy"
    shutil.copytree(sef, copy)
    newest = max((copy / "log").iterdir(), key=lambda path: int(path.name.split("-")[1]))
    newest.unlink()
    assert any("lacks 1 entries" in row["what"] for row in terminal("verify", copy, code=1))
    assert terminal("publish", copy)["entries"] == 1
    assert terminal("verify", copy) == []


def damage(file: Path) -> None:
    file.chmod(0o600)
    file.write_bytes(b"X" + file.read_bytes()[1:])


@pytest.mark.parametrize("where", ["vault", "folder"])
def test_repair_brings_good_bytes_in_place_of_damaged_ones(
    terminal: Terminal, sef: Path, tmp_path: Path, where: str
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Waits are 31 weeks.", "utf-8")
    terminal("do", sef, "AddEvidence", f"path={note}")
    sha256 = terminal("show", sef, "evidence")[0]["sha256"]
    place = terminal.home / "vault" if where == "vault" else sef / "evidence"
    damage(place / sha256[:2] / sha256)
    assert terminal("verify", sef, code=1)
    terminal("repair", sef)
    assert terminal("verify", sef) == []
    assert (place / sha256[:2] / sha256).read_bytes() == note.read_bytes()


def test_damaged_bytes_are_not_spread(laptops: tuple[Terminal, Terminal], tmp_path: Path) -> None:
    lead, partner = laptops
    sef, stick, note = tmp_path / "SEF", tmp_path / "stick", tmp_path / "note.txt"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    note.write_text("Waits are 31 weeks.", "utf-8")
    lead("do", sef, "AddEvidence", f"path={note}")
    sha256 = lead("show", sef, "evidence")[0]["sha256"]
    damage(lead.home / "vault" / sha256[:2] / sha256)
    lead("publish", sef, "--carrier", stick)
    assert not (stick / "evidence" / sha256[:2] / sha256).exists()
    lead("hand-over", sef, tmp_path / "out.sef")
    assert lead("verify", tmp_path / "out.sef", code=1)
    damage(sef / "evidence" / sha256[:2] / sha256)
    assert partner("show", sef, "evidence")[0]["state"] == "missing"
    partner("repair", sef)
    lead("repair", sef)
    assert "changed" in lead("verify", sef, code=1)[0]["what"]


def test_an_old_state_of_laptop_and_folder_put_back_is_said_and_all_work_arrives_again(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef, theirs = tmp_path / "SEF", tmp_path / "theirs"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    key = partner("join", sef, "--as", "Partner")["key"]
    lead("do", sef, "AdmitPerson", f"key={key}", "name=Partner", "roles=author")
    shutil.copytree(sef, tmp_path / "old SEF")
    shutil.copytree(lead.home, tmp_path / "old home")
    lead("do", sef, "EditText", "section=S01", "text=First history.")
    partner("repair", sef, "--carrier", theirs)
    for place, old in ((sef, "old SEF"), (lead.home, "old home")):
        shutil.rmtree(place)
        shutil.copytree(tmp_path / old, place)
    lead("do", sef, "EditText", "section=S01", "text=Second history.")
    lead("do", sef, "EditText", "section=S02", "text=Also the second.")
    told = [c for c in partner("check", sef, code=1) if c["check"] == "history-forked"]
    assert "2 entries of SEND lead" in told[0]["message"]
    partner("do", theirs, "EditText", "section=S03", "text=After the first.", "--as", "Partner")
    partner("repair", sef)
    assert lead("show", sef, "sections", "S01")["text"] == "Second history."
    lead("do", sef, "EditText", "section=S04", "text=In a fresh log.")
    assert "history-forked" in [c["check"] for c in lead("check", sef, code=1)]
    for laptop in (lead, partner):
        found = [laptop("show", sef, "sections", ref)["text"] for ref in ("S01", "S02", "S03")]
        assert found == ["First history.", "", "After the first."]
        assert laptop("show", sef, "sections", "S04")["text"] == "In a fresh log."
        aside = [row for row in laptop("show", sef, "entries") if row.get("kept_aside")]
        assert [(row["act"], row["person"]) for row in aside] == [("EditText", "SEND lead")] * 2
        assert aside[0]["words"] == ["Second history."]
        assert any("two histories" in row["what"] for row in laptop("verify", sef, code=1))
        assert "Second history." in laptop.said("show", sef, "entries")[0]
    lead("do", sef, "EditText", "section=S01", "text=First and second history.")
    assert partner("show", sef, "sections", "S01")["text"] == "First and second history."


def test_entries_that_wait_for_others_are_said_to_make_the_copy_incomplete(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef = tmp_path / "SEF"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    shutil.copytree(sef, tmp_path / "copy")
    lead("do", sef, "EditText", "section=S01", "text=One.")
    between = max((sef / "log").iterdir(), key=lambda path: int(path.name.split("-")[1]))
    lead("do", sef, "EditText", "section=S01", "text=One. Two.")
    late = between.rename(tmp_path / between.name)
    told = [c for c in partner("check", sef, code=1) if c["check"] == "entries-waiting"]
    assert told
    assert "one entry of SEND lead" in told[0]["message"]
    late.rename(between)
    assert "entries-waiting" not in [c["check"] for c in partner("check", sef)]


def test_a_full_private_disk_is_told_when_only_reading(
    terminal: Terminal, sef: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    connect = sqlite3.connect

    class Full(sqlite3.Connection):
        execute = full  # pyright: ignore[reportAssignmentType]

    monkeypatch.setattr(sqlite3, "connect", partial(connect, factory=Full))
    told = terminal.refused("show", sef, "sections")
    assert "disk is full" in told
    assert "Make room" in told


def test_somebody_who_writes_for_long_is_no_hindrance_to_reading(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    lead, partner = laptops
    sef = tmp_path / "SEF"
    lead("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    partner("show", sef, "sections")
    (path,) = (partner.home / "sefs").glob("*/replica.sqlite")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert partner("show", sef, "sections")
        assert time.monotonic() - started < 4
        lead("do", sef, "EditText", "section=S01", "text=New.")
        told = partner.refused("show", sef, "sections")
        assert time.monotonic() - started < 12
    assert "busy with this SEF" in told
    assert "Not saved" not in told
