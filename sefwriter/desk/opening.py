"""Opening a file or a folder with the program that the system has for it."""

import os
import subprocess
import sys
from pathlib import Path

from sefwriter.store.faults import WorldError


def open_with_system(path: Path) -> None:
    """Opens it as a double click would. Raises WorldError where it is gone or nothing opens it."""
    if not path.exists():
        raise WorldError(f"{path} is not there any more. It was moved, renamed or deleted.")
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606 - a file that we made, by the user's wish
            return
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        done = subprocess.run(
            [opener, str(path)], check=False, capture_output=True, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired:
        return  # the opener stays with the program it started, which therefore runs
    except OSError as error:
        raise _nothing_opens(path) from error
    if done.returncode:
        raise _nothing_opens(path)


_PATIENCE = 5.0
"""Seconds; some openers end only when the program they started does."""


def _nothing_opens(path: Path) -> WorldError:
    return WorldError(f"No program on this laptop opens “{path.name}”. It lies in {path.parent}.")
