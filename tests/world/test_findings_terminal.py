"""What a hostile or clumsy hand at the terminal did once, and what it gets told now."""

import json
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
