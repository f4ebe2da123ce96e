"""The demonstration SEF, as a newcomer makes it: counts, gaps on purpose, the same bytes twice."""

import hashlib
from pathlib import Path

import pytest

from tests.world.terminal import Terminal

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def test_the_demonstration_is_whole_and_its_pack_is_the_same_bytes_twice(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = terminal("demo", "--to", tmp_path / "demo")
    assert made["faults"] == []
    assert made["draft"] is True
    counts = [made[name] for name in ("sections", "claims", "evidence", "actions")]
    assert counts == [8, 40, 8, 12]
    assert made["seconds"] < 60
    assert not (terminal.home / "people").exists(), "nobody's own people are touched"

    team = Terminal(tmp_path / "demo" / "laptop", monkeypatch)
    sef = made["sef"]
    states = {row["ref"]: row["status"] for row in team("show", sef, "sections")}
    assert sorted(states.values()).count("lapsed") == 1
    assert {"signed-off", "returned", "ready", "drafting"} <= set(states.values())
    found = {row["check"] for row in team("check", sef, code=1)}
    assert {"claim-without-passage", "passage-changed", "sign-off-lapsed"} <= found
    assert team("verify", sef) == []

    again = tmp_path / "again"
    team("export", sef, "--to", again, "--date", "2026-11-24", "--as", "SEND lead")
    first = {file.name: digest(file) for file in (tmp_path / "demo" / "pack").iterdir()}
    assert {file.name: digest(file) for file in again.iterdir()} == first
    assert "isn't empty" in terminal.refused("demo", "--to", tmp_path / "demo")


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
