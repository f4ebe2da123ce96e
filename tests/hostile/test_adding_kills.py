"""kill -9 and a full disk at every named moment of adding evidence, on the real program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sefwriter.store.steps import STEPS
from tests.world.terminal import Terminal

ADDING = sorted(
    name for name in STEPS if name.split(":")[0] in ("file", "vault", "replica", "publish")
)
"""Every named moment that adding a file comes through; a new one is tried by itself."""


def killed(home: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own, which may end at any moment."""
    return subprocess.run(
        [sys.executable, "-m", "sefwriter", *[str(argument) for argument in arguments], "--json"],
        env={**os.environ, "SEFWRITER_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def desk(terminal: Terminal, tmp_path: Path) -> tuple[Terminal, Path, Path]:
    """A laptop, a SEF with one piece of evidence, and a file to add."""
    sef, file = tmp_path / "SEF", tmp_path / "report.txt"
    (tmp_path / "first.txt").write_text("First of all.", "utf-8")
    file.write_text("Waits are 31 weeks.", "utf-8")
    terminal("new", sef, "--area", "W", "--person", "SEND lead")
    terminal("do", sef, "AddEvidence", f"path={tmp_path / 'first.txt'}")
    return terminal, sef, file


@pytest.mark.slow
@pytest.mark.parametrize("moment", ADDING)
def test_killed_while_adding_nothing_acknowledged_is_lost_and_no_half_file_counts(
    desk: tuple[Terminal, Path, Path], moment: str
) -> None:
    terminal, sef, file = desk
    ended = killed(terminal.home, "do", sef, "AddEvidence", f"path={file}", SEFWRITER_DIE_AT=moment)
    assert ended.returncode != 0, f"{moment} is not come through while adding"
    assert ended.stdout == ""
    after = terminal("show", sef, "evidence")
    assert [item["number"] for item in after] in (["E1"], ["E1", "E2"])
    if moment.startswith(("replica: after", "publish")):
        assert len(after) == 2, "what was committed is kept"
    assert all(item["state"] == "ready" for item in after)
    assert terminal("verify", sef) == []
    if len(after) == 1:
        terminal("do", sef, "AddEvidence", f"path={file}")
    else:
        assert "is here already" in terminal.refused("do", sef, "AddEvidence", f"path={file}")
    terminal("publish", sef)
    assert terminal("verify", sef) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "moment", [name for name in ADDING if name.startswith(("file", "vault", "publish"))]
)
def test_a_full_disk_while_adding_is_told_in_a_sentence_and_loses_nothing(
    desk: tuple[Terminal, Path, Path], moment: str
) -> None:
    terminal, sef, file = desk
    add = ("do", sef, "AddEvidence", f"path={file}")
    _, told, code = terminal.said(*add, SEFWRITER_FAIL_AT=moment)
    # Once the entry is on this laptop's disk the act is done, whatever the SEF folder does.
    assert code == (0 if moment.startswith("publish: ") else 2)
    assert "disk is full" in told
    assert terminal("verify", sef) == []
    assert terminal("show", sef, "evidence")[0]["state"] == "ready"
