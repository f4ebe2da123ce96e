"""The program as somebody at a terminal has it: commands in, JSON out, in a private folder."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from sefwriter.cli import run


class Terminal:
    """One laptop: `SEFWRITER_HOME` is a folder of the test's own."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self._monkeypatch = monkeypatch

    def __call__(self, *arguments: object, code: int = 0, **environment: str) -> Any:  # noqa: ANN401 - whatever the JSON says
        """What a command prints with --json, read; fails unless it ends with this exit code."""
        out, err, found = self.said(*arguments, "--json", **environment)
        assert found == code, f"exit {found} of {arguments}\n{out}\n{err}"
        return json.loads(out) if out.strip() else None

    def refused(self, *arguments: object, **environment: str) -> str:
        """The sentence with which a command is refused (exit 2)."""
        out, err, found = self.said(*arguments, **environment)
        assert found == 2, f"exit {found} of {arguments}\n{out}\n{err}"
        assert "Traceback" not in err
        return err

    def said(self, *arguments: object, **environment: str) -> tuple[str, str, int]:
        """Output, errors and exit code of a command."""
        out, err = io.StringIO(), io.StringIO()
        with self._monkeypatch.context() as patched:
            patched.setenv("SEFWRITER_HOME", str(self.home))
            for name, value in environment.items():
                patched.setenv(name, value)
            code = run([str(argument) for argument in arguments], out, err)
        return out.getvalue(), err.getvalue(), code
