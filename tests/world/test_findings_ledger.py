"""What a hostile user found in copies, folders and backups, at the terminal."""

import json
import shutil
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
