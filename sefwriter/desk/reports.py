"""Reports of our own bugs, kept on this laptop only and without anything of the SEF in them."""

import platform
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sefwriter import __version__
from sefwriter.desk.home import Home
from sefwriter.store.files import told_kindly, write_whole

_KEPT: Final = 20
"""Reports that stay; older ones are deleted."""


def describe(error: BaseException) -> str:
    """Where it happened: types, files, lines and functions.

    Never the message, which may hold words of a SEF or the name of somebody's folder.
    """
    return "\n".join(_lines(error))


def keep_report(home: Home, described: str) -> Path:
    """Keeps a report and says where. Raises WorldError where the disk won't take it."""
    folder = home.folder / "reports"
    with told_kindly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(folder.glob("*.txt"))[: 1 - _KEPT]:
            old.unlink(missing_ok=True)
    head = f"sefwriter {__version__}, Python {platform.python_version()}, {platform.platform()}"
    path = folder / f"{time.strftime('%Y-%m-%d %H%M%S')}.txt"
    write_whole(path, f"{head}\n{described}\n".encode())
    return path


def _lines(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from _lines(cause)
        yield "which led to"
    yield type(error).__qualname__
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_inside(Path(frame.filename))}:{frame.lineno} {frame.name}"


def _inside(path: Path) -> str:
    """A source file without what stands before it, which often names who is logged in."""
    for start in ("sefwriter", "site-packages"):
        if start in path.parts[:-1]:
            return "/".join(path.parts[path.parts.index(start) :])
    return path.name
