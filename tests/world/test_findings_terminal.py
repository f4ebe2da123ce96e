"""What a hostile or clumsy hand at the terminal did once, and what it gets told now."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.world.terminal import Terminal

TEXT = "Waits are long in the north. Families say so. Plans are on time in 58% of cases."
HASH = "9" * 64


@pytest.fixture
def sef(terminal: Terminal, tmp_path: Path) -> Path:
    terminal("new", tmp_path / "SEF", "--area", "Wendlebury", "--person", "SEND lead")
    terminal("do", tmp_path / "SEF", "EditText", "section=S04", f"text={TEXT}")
    return tmp_path / "SEF"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    file = tmp_path / "minutes.txt"
    file.write_text("Board of 8 October\n\nThe median wait in the north is 31 weeks.\n", "utf-8")
    return file


def refused_with(terminal: Terminal, sef: Path, told: str, *request: str) -> None:
    """The act is refused with these words, in one line, and makes no entry."""
    before = terminal("show", sef, "entries")
    error = terminal.refused("do", sef, *request)
    assert told in error, error
    assert error.count("\n") == 1
    assert terminal("show", sef, "entries") == before


def script(terminal: Terminal, sef: Path, *rows: object, code: int = 0) -> tuple[str, str]:
    """A script of these rows: (output, errors)."""
    file = sef.parent / "script.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    out, err, found = terminal.said("do", sef, "--script", file, "--json")
    assert found == code, (out, err)
    assert "Traceback" not in err
    return out, err


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (("AddEvidence", "sha256=zz", "name=x", "size=1"), "path=FILE"),
        (("AddEvidence", f"sha256={HASH}", "name=x", "size=1"), "path=FILE"),
        (("RecordRendition", f"source={HASH}", "rendition=zz", "converter=x"), "path=FILE"),
        (("RecordRendition", f"source={HASH}", f"rendition={HASH}", "converter=x"), "path=FILE"),
    ],
)
def test_files_are_named_by_path_not_by_made_up_hashes(
    terminal: Terminal, sef: Path, request_: tuple[str, ...], told: str
) -> None:
    refused_with(terminal, sef, told, *request_)


def lose(folder: Path) -> Path:
    """The folder can't be written to any more: no act's fault. Where its entries are now."""
    aside = folder / "aside"
    (folder / "log").rename(aside)
    (folder / "log").write_bytes(b"")
    return aside


def test_what_is_saved_here_but_not_in_the_folder_is_done_and_said(
    terminal: Terminal, sef: Path
) -> None:
    aside = lose(sef)
    out, err, code = terminal.said("do", sef, "AddAction", "text=Once")
    assert (code, "done" in out) == (0, True), err
    assert "Saved on this laptop; not in the SEF folder yet: " in err
    (sef / "log").unlink()
    aside.rename(sef / "log")
    assert [row["text"] for row in terminal("show", sef, "actions")] == ["Once"]
    assert terminal("publish", sef)["entries"] == 1


def test_a_new_sef_is_made_even_where_its_folder_fails_meanwhile(
    terminal: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "SEF").mkdir()
    (tmp_path / "SEF" / ".hidden").mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sefwriter.ledger.folder.segment_name", lambda *_: "no/such/folder.seg")
        out, err, code = terminal.said("new", tmp_path / "SEF", "--area", "A", "--person", "Ann")
    assert code == 0
    assert "24 words" in out
    assert "not in the SEF folder yet" in err
    assert len(terminal("show", tmp_path / "SEF", "sections")) == 18
    assert terminal("publish", tmp_path / "SEF")["entries"] == 19


def test_a_new_sef_that_is_refused_leaves_nothing(terminal: Terminal, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    new = ("--area", "A", "--person", "Ann")
    terminal.refused("new", full, *new)
    terminal.refused("new", tmp_path / "deep" / "SEF", "--area", " ", "--person", "Ann")
    terminal.refused("new", tmp_path / "deep" / "SEF", *new, "--framework", "none")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sefwriter.ledger.replica.Replica.begin", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            terminal.said("new", tmp_path / "deep" / "SEF", *new)
    assert terminal("person", "list") == []
    assert not (tmp_path / "deep").exists()
    assert not [*(tmp_path / "laptop").rglob("replica*")]
    assert not list((tmp_path / "laptop" / "people").iterdir())
    assert [file.name for file in full.iterdir()] == ["mine.txt"]


def test_a_script_that_stops_says_what_was_done_and_publishes_it(
    terminal: Terminal, sef: Path
) -> None:
    rows = [{"act": "AddAction", "text": word} for word in ("One", "Two", "")]
    _, err = script(terminal, sef, *rows, code=2)
    assert "Line 3, AddAction: Say what shall be done. Lines 1 to 2 were done." in err
    assert terminal("publish", sef)["entries"] == 0
    _, err = script(terminal, sef, rows[2], code=2)
    assert "Nothing was done." in err


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (("path=",), "Say which file"),
        (("path= ",), "Say which file"),
        (("path=x\0y",), "Say which file"),
    ],
)
def test_a_file_must_be_named(
    terminal: Terminal, sef: Path, fields: tuple[str, ...], told: str
) -> None:
    refused_with(terminal, sef, told, "AddEvidence", *fields)


def test_a_folder_gives_what_people_put_there_and_no_more(
    terminal: Terminal, sef: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "papers"
    (folder / ".git").mkdir(parents=True)
    (folder / "deep").mkdir()
    (folder / "outside").symlink_to(tmp_path, target_is_directory=True)
    secret = tmp_path / "secret.txt"
    secret.write_text("not asked for")
    (folder / "link.txt").symlink_to(secret)
    for name in (".git/HEAD", "Thumbs.db", "desktop.ini", ".DS_Store", "~$a.docx"):
        (folder / name).write_text(name)
    for name in ("b.txt", "deep/a.txt"):
        (folder / name).write_text(f"words of {name}")
    done = terminal("do", sef, "AddEvidence", f"path={folder}")
    assert [row["path"] for row in done["files"]] == ["b.txt", "a.txt"]


def test_no_folder_of_ours_becomes_evidence(
    terminal: Terminal, sef: Path, tmp_path: Path, minutes: Path
) -> None:
    terminal("new", tmp_path / "Other", "--area", "B", "--person", "SEND lead")
    (tmp_path / "around").mkdir()
    for folder in (sef, sef / "log", tmp_path):
        refused_with(terminal, sef, "own folder", "AddEvidence", f"path={folder}")
    refused_with(terminal, sef, "SEF folder", "AddEvidence", f"path={tmp_path / 'Other'}")
    (tmp_path / "Other").rename(tmp_path / "around" / "Other")
    refused_with(terminal, sef, "SEF folder", "AddEvidence", f"path={tmp_path / 'around'}")
    refused_with(terminal, sef, "own folder", "AddEvidence", f"path={sef / 'sef.json'}")
    terminal("do", sef, "AddEvidence", f"path={minutes}")


def test_a_folder_of_refused_files_is_no_success(
    terminal: Terminal, sef: Path, tmp_path: Path, minutes: Path
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "again.txt").write_bytes(minutes.read_bytes())
    terminal("do", sef, "AddEvidence", f"path={minutes}")
    refused_with(terminal, sef, "No file of", "AddEvidence", f"path={folder}")


def words_on_this_laptop(terminal: Terminal, word: bytes) -> list[str]:
    return [
        file.name
        for file in terminal.home.rglob("*")
        if file.is_file() and "vault" not in file.parts and word in file.read_bytes()
    ]


def test_a_refused_file_leaves_no_words(
    terminal: Terminal, sef: Path, minutes: Path, tmp_path: Path
) -> None:
    terminal("do", sef, "AddEvidence", f"path={minutes}", "evidence_class=restricted")
    other = tmp_path / "other.txt"
    other.write_text("A public table.\n")
    terminal("do", sef, "AddEvidence", f"path={other}")
    refused_with(terminal, sef, "here already", "AddEvidence", f"path={minutes}")
    refused_with(
        terminal, sef, "already as E1", "ReplaceEvidence", "evidence=E2", f"path={minutes}"
    )
    refused_with(terminal, sef, "no evidence", "ReplaceEvidence", "evidence=E9", f"path={minutes}")
    assert words_on_this_laptop(terminal, b"median") == []
    assert words_on_this_laptop(terminal, b"public") != []


def test_old_versions_are_known_too(terminal: Terminal, sef: Path, minutes: Path) -> None:
    old = minutes.read_bytes()
    terminal("do", sef, "AddEvidence", f"path={minutes}")
    minutes.write_bytes(b"Newer minutes.\n")
    terminal("do", sef, "ReplaceEvidence", "evidence=E1", f"path={minutes}")
    minutes.write_bytes(old)
    secret = "evidence_class=restricted"
    refused_with(terminal, sef, "here already", "AddEvidence", f"path={minutes}", secret)
    terminal("do", sef, "ReplaceEvidence", "evidence=E1", f"path={minutes}")


def test_a_key_is_64_digits_in_either_case(terminal: Terminal, sef: Path) -> None:
    for key in ("00", "", "zz" * 32, "0 " * 32):
        refused_with(terminal, sef, "sefwriter join", "AdmitPerson", f"key={key}", "name=Bea")
    made = terminal("join", sef, "--as", "Bea")
    terminal("do", sef, "AdmitPerson", f"key={made['key'].upper()}", "name=Bea")
    terminal("do", sef, "AddAction", "text=Hers", "--as", "Bea")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"act": "AddAction", "text": None}, "text must be text, not null"),
        ({"act": "AddAction", "text": {"a": 1}}, "not an object"),
        ({"act": "AddAction", "text": ["a"]}, "not a list"),
        ({"act": "AddAction", "text": True}, "not true"),
        ({"act": "SetAction", "action": "A1", "owner": None}, "not null"),
        ({"act": "MarkClaim", "section": "S04", "quote": "Waits", "partners": [None]}, "null"),
        ({"act": "MarkClaim", "section": "S04", "quote": "Waits", "partners": "[" * 9000}, "list"),
        ({"act": "MarkClaim", "section": "S04", "quote": "Waits", "occurrence": 0}, "from 1"),
        ({"act": "AddComment", "section": "S04", "text": "x", "must": "perhaps"}, "yes or no"),
        ({"act": "LinkPassage", "claim": "c", "evidence": "E1", "page": "abc"}, "whole number"),
        ({"act": "LinkPassage", "claim": "c", "evidence": "E1", "occurrence": "abc"}, "whole"),
        ({"act": "LinkPassage", "claim": "c", "evidence": "E1", "page": None}, "not null"),
        ({"act": "LinkPassage", "claim": "c", "evidence": ["E1"], "quote": "x"}, "text"),
        ({"act": "LinkPassage", "claim": "c", "evidence": "E1", "quote": None}, "not null"),
        ({"act": "AssignSection", "section": "S04", "target_words": -3}, "0 or more"),
        ({"act": "AddEvidence", "path": None}, "not null"),
        ({"act": "AddEvidence", "path": ""}, "Say which file"),
        ({"act": "RemoveClaim", "claim": "$nobody"}, "nothing was called"),
        ({"act": "AddActions", "text": "$x"}, "Did you mean AddAction"),
    ],
)
def test_what_json_has_and_a_field_does_not(
    terminal: Terminal, sef: Path, minutes: Path, row: object, told: str
) -> None:
    terminal("do", sef, "AddEvidence", f"path={minutes}")
    before = terminal("show", sef, "entries")
    _, err = script(terminal, sef, row, code=2)
    assert told in err, err
    assert terminal("show", sef, "entries") == before


def test_json_nested_without_end_is_refused(terminal: Terminal, sef: Path, tmp_path: Path) -> None:
    file = tmp_path / "deep.jsonl"
    file.write_text('{"act": "AddAction", "text": ' + "[" * 100_000)
    assert "Line 1" in terminal.refused("do", sef, "--script", file)
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "manifest.json").write_text("[" * 100_000)
    terminal("verify", pack, code=1)


def test_dollars_and_at_signs_may_stand_for_themselves(terminal: Terminal, sef: Path) -> None:
    script(
        terminal,
        sef,
        {"act": "AddAction", "text": "$5m for waits\u2028in the north", "as": "fund"},
        {"act": "SetAction", "action": "$fund", "owner": "$5m"},
    )
    terminal("do", sef, "SetAction", "action=A1", "progress=@@home")
    [row] = terminal("show", sef, "actions")
    assert (row["text"], row["owner"]) == ("$5m for waits\nin the north", "$5m")
    assert row["progress"] == "@home"


@pytest.mark.parametrize(
    ("answer", "must"), [("Y", True), ("YES", True), ("1", True), ("n", False), ("False", False)]
)
def test_yes_and_no_in_every_case(terminal: Terminal, sef: Path, answer: str, must: bool) -> None:
    terminal("do", sef, "AddComment", "section=S04", "text=Hm", f"must={answer}")
    assert terminal("show", sef, "comments")[0]["must"] is must


def test_a_hand_over_takes_no_other_files_place(
    terminal: Terminal, sef: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.docx"
    report.write_text("mine")
    assert ".sef" in terminal.refused("hand-over", sef, report)
    assert ".sef" in terminal.refused("hand-over", sef, sef / "sef.json")
    mine = report.rename(tmp_path / "mine.sef")
    assert "Choose another name" in terminal.refused("hand-over", sef, mine)
    terminal("new", tmp_path / "Other", "--area", "B", "--person", "SEND lead")
    terminal("hand-over", tmp_path / "Other", tmp_path / "other.SEF")
    assert "no hand-over of this" in terminal.refused("hand-over", sef, tmp_path / "other.SEF")
    for inside in ("log", "evidence"):
        told = terminal.refused("hand-over", sef, sef / inside / "all.sef")
        assert "own folder" in told
    assert mine.read_text() == "mine"
    for _ in range(2):
        terminal("hand-over", sef, tmp_path / "all.sef")
    assert zipfile.is_zipfile(tmp_path / "all.sef")


def test_an_empty_passphrase_file_makes_no_open_key(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    for empty in ("", "\n", "  \nsecond line\n"):
        file.write_text(empty)
        told = terminal.refused("person", "new", "Bea", "--passphrase-file", file)
        assert "must be the passphrase" in told
    assert terminal("person", "list") == []


def test_a_partner_is_one_of_the_words(terminal: Terminal, tmp_path: Path) -> None:
    told = terminal.refused("person", "new", "Bea", "--partner", "banana")
    assert "social-care" in told
    new = ("new", tmp_path / "SEF", "--area", "A", "--person", "Bea")
    assert "social-care" in terminal.refused(*new, "--partner", "banana")
    assert terminal("person", "list") == []
    assert terminal("person", "new", " Bea\tCee\n")["name"] == "Bea Cee"


@pytest.mark.parametrize(
    "damaged",
    [b"", b"[1]", b"[" * 100_000, b'{"id": 1}', b"\xff"]
    + [
        json.dumps({**dict.fromkeys(("name", "organisation", "partner"), "x"), **rest}).encode()
        for rest in (
            {"id": "../x", "public": "0" * 64, "kept": "file"},
            {"id": "h" + "a" * 16, "public": "zz", "kept": "file"},
            {"id": "h" + "a" * 16, "public": "0" * 64, "kept": "nowhere"},
            {"id": "h" + "a" * 16, "public": 7, "kept": "file"},
        )
    ],
)
def test_a_damaged_file_about_a_person_is_told(
    terminal: Terminal, sef: Path, damaged: bytes
) -> None:
    people = terminal.home / "people"
    (people / ("h" + "a" * 16 + ".json")).write_bytes(damaged)
    for command in (("person", "list"), ("show", sef, "people"), ("do", sef, "AddAction")):
        assert "is damaged" in terminal.refused(*command)


def test_who_is_at_the_desk_may_be_damaged(terminal: Terminal, sef: Path) -> None:
    (terminal.home / "people" / "at-desk").write_bytes(b"\xff")
    assert "say who writes" in terminal.refused("do", sef, "AddAction", "text=x")
    terminal("do", sef, "AddAction", "text=x", "--as", "SEND lead")


def two_at_work(laptops: tuple[Terminal, Terminal], sef: Path) -> tuple[Terminal, Terminal]:
    """Ann and Bea, owners both, each on a laptop of her own."""
    ann, bea = laptops
    ann("new", sef, "--area", "A", "--person", "Ann")
    key = bea("join", sef, "--as", "Bea")["key"]
    ann("do", sef, "AdmitPerson", f"key={key}", "name=Bea", "roles=owner,author")
    return ann, bea


def without_seeing(sef: Path, one: Callable[[], object], two: Callable[[], object]) -> None:
    """Both act; neither has the other's entry while doing so."""
    kept = {file: file.read_bytes() for file in (sef / "log").iterdir()}
    one()
    new = {file: file.read_bytes() for file in (sef / "log").iterdir() if file not in kept}
    for file in new:
        file.unlink()
    two()
    for file, data in new.items():
        file.write_bytes(data)


def test_what_two_people_set_at_once_is_told_with_both_values(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    sef = tmp_path / "SEF"
    ann, bea = two_at_work(laptops, sef)
    ann("do", sef, "AddAction", "text=Act")
    without_seeing(
        sef,
        lambda: ann("do", sef, "SetAction", "action=A1", "owner=Ann's team"),
        lambda: bea("do", sef, "SetAction", "action=A1", "owner=Bea's team"),
    )
    for laptop in (ann, bea):
        [row] = laptop("show", sef, "actions")
        assert {row["owner"], *row["also"]["owner"]} == {"Ann's team", "Bea's team"}
        [hint] = laptop("check", sef)
        assert (hint["check"], hint["level"]) == ("written-twice", "hint")
        assert "Ann's team” (Ann)" in hint["message"]
        assert "Bea's team” (Bea)" in hint["message"]
    ann("do", sef, "SetAction", "action=A1", "owner=Both")
    assert bea("check", sef) == []
    assert "also" not in bea("show", sef, "actions")[0]


def test_a_section_that_came_back_is_told_until_somebody_keeps_it(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    sef = tmp_path / "SEF"
    ann, bea = two_at_work(laptops, sef)
    without_seeing(
        sef,
        lambda: ann("do", sef, "DeleteSection", "section=S02"),
        lambda: bea("do", sef, "EditText", "section=S02", "text=Needed."),
    )
    for laptop in (ann, bea):
        [warning] = laptop("check", sef)
        assert (warning["check"], warning["level"]) == ("came-back", "warning")
    ann("do", sef, "EditText", "section=S02", "text=Needed indeed.")
    assert bea("check", sef) == []


def test_somebody_removed_is_marked_and_their_name_is_free(
    laptops: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    sef = tmp_path / "SEF"
    ann, bea = two_at_work(laptops, sef)
    refused_with(ann, sef, "There is a Ann already", "SetPerson", "person=Bea", "name=Ann")
    ann("do", sef, "RemovePerson", "person=Bea")
    out, _, _ = ann.said("show", sef, "people")
    assert [line for line in out.split("\n") if "[removed]" in line and "Bea" in line]
    assert "Bea was removed from this SEF" in bea.refused("do", sef, "AddAction", "text=x")
