"""Where the real sample files are, for tests marked `real`."""

from pathlib import Path

import pytest


def samples() -> Path:
    """The folder of real files beside the project; skips the test where there is none."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("no ../shared/samples beside the project")
    return folder
