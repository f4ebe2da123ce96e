from pathlib import Path

import pytest

from tests.world.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(tmp_path / "laptop", monkeypatch)


@pytest.fixture
def laptops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Terminal, Terminal]:
    """Two laptops with nothing in common but what they carry to each other."""
    return Terminal(tmp_path / "one", monkeypatch), Terminal(tmp_path / "two", monkeypatch)
