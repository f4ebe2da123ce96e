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
