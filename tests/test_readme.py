"""The guides' commands, run as they stand there, with the files that their reader would have."""

import io
import re
import shlex
from pathlib import Path

import pytest

from sefwriter.cli import run
from sefwriter.desk.demo_files import make_demo_files

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ("README.md", "docs/using-the-terminal.md")
SECTION = """## Where we are

In the quarter to September 2026, 63% of new plans were issued in time, our best quarter.
"""


def commands_in(guide: str) -> list[list[str]]:
    text = (ROOT / guide).read_text("utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("sefwriter ")]


@pytest.mark.slow
@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_the_guide_does_what_it_says(
    guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_demo_files(tmp_path / "files")[0].rename(tmp_path / "dashboard.pdf")
    (tmp_path / "finding-need.md").write_text(SECTION, "utf-8")
    (tmp_path / "reviewer.txt").write_text("a bus on Saturdays\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEFWRITER_HOME", str(tmp_path / "home"))
    claim = ""
    commands = commands_in(guide)
    assert len(commands) > 10
    for command in commands:
        out, err = io.StringIO(), io.StringIO()
        code = run([word.replace("CLAIM", claim) for word in command], out, err)
        # A SEF with one section written may have errors to find; everything else must be done.
        expected = (0, 1) if command[0] == "check" else (0,)
        assert code in expected, (command, out.getvalue(), err.getvalue())
        if command[2:3] == ["MarkClaim"]:
            claim = re.findall(r"\bc[a-z2-7]{16}\b", out.getvalue())[0]
    assert claim
