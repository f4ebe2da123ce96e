"""Files are replaced only by something whole; the world's faults are told in plain sentences."""

import contextlib
import errno
import os
import re
import secrets
import sys
import time
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from sefwriter.store.faults import WorldError
from sefwriter.store.steps import step

Stop = Callable[[], bool]
"""Asked between blocks or pages; true once a person has pressed Cancel."""

Progress = Callable[[int, int], None]
"""Told (done, total), in the unit of the work; total is 0 while it isn't known."""

BLOCK: Final = 1024 * 1024
"""Bytes read or written at a time."""

_PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds to wait between tries while a virus scanner or a sync client holds a file on Windows."""

_BUSY_ON_WINDOWS: Final = frozenset({5, 32, 33})
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""

_FULL: Final = "The disk is full, so {name} was not saved. Free some space and try again."
_HELD: Final = (
    "{name} can't be opened or saved in {folder}: another program holds it, or you are not "
    "allowed to. Close it elsewhere and try again, or ask who looks after the folder."
)
_GONE: Final = "{path} is not there. Check the name, and that its drive is connected."

_SENTENCES: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _HELD,
    errno.EPERM: _HELD,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.EROFS: "{name} can't be saved: {folder} can only be read. Choose another folder.",
    errno.EISDIR: "{path} is a folder, not a file. Choose a file.",
    errno.ENAMETOOLONG: "The name {name} is too long for this disk. Choose a shorter one.",
}

_Result = TypeVar("_Result")

_OURS: Final = re.compile(r"\..+\.[0-9a-f]{12}\.tmp", re.DOTALL)
_HOUR: Final = 3600.0


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put a file with these bytes at path: after any fault there is the old file or the new one.

    The folder must exist. Raises WorldError where the disk is full, read-only or not to be written;
    what an iterable of blocks raises comes through. In either case no temporary file stays.
    """
    with replacing(path) as file:
        _write(file, _blocks(data))


@contextlib.contextmanager
def replacing(path: Path) -> Generator[BinaryIO]:
    """A file to write and seek in, which becomes `path` only when the block ends well.

    For archives, which can't be written block by block. Raises as `write_whole` does.
    """
    with _aside(path.parent, path.name) as (temporary, file):
        yield file
    try:
        with told_kindly(path):
            step("file: written, not renamed")
            put_in_place(temporary, path)
            step("file: renamed")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def read_whole(path: Path) -> bytes:
    """All bytes of a file. Raises WorldError where it is missing, locked or out of reach."""
    with told_kindly(path):
        return _patiently(path.read_bytes)


def write_aside(folder: Path, name: str, blocks: Iterable[bytes]) -> Path:
    """A new temporary file in the folder with these bytes, safely on the disk; `name` names it.

    For files whose name is known only once they are written. Raises as `write_whole` does.
    """
    with _aside(folder, name) as (temporary, file):
        _write(file, blocks)
    return temporary


def put_in_place(temporary: Path, path: Path) -> None:
    """Rename a temporary file to path, over whatever is there, and make the renaming last.

    Raises OSError; a file that another program holds for a moment is waited for on Windows.
    """
    _patiently(lambda: temporary.replace(path))
    if sys.platform == "win32":
        return  # NTFS keeps its own journal of names, and a folder can't be opened there
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    except OSError as error:
        # Some network file systems can't; there the server decides when a name lasts.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(folder)


def sweep(folder: Path) -> int:
    """Remove our temporary files that a sudden end left in this folder an hour ago or longer.

    Returns how many went. One that somebody holds open is left for the next time.
    """
    limit = time.time() - _HOUR
    removed = 0
    with told_kindly(folder):
        for path in list(folder.iterdir()) if folder.is_dir() else []:
            if not _OURS.fullmatch(path.name):
                continue
            with contextlib.suppress(PermissionError, FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()
                    removed += 1
    return removed


@contextlib.contextmanager
def told_kindly(path: Path) -> Generator[None]:
    """Turn an OSError inside into a WorldError that says what is wrong with this file."""
    try:
        yield
    except OSError as error:
        raise WorldError(_sentence(error, path)) from error


def _sentence(error: OSError, path: Path) -> str:
    what = error.strerror or "no reason was given"
    known = _SENTENCES.get(error.errno or 0)
    if known is None:
        return f"The disk or network failed at {path.name} ({what}). Check the drive and try again."
    return known.format(name=path.name, path=path, folder=path.parent)


@contextlib.contextmanager
def _aside(folder: Path, name: str) -> Generator[tuple[Path, BinaryIO]]:
    """A temporary file, on the disk once the block ends well, gone when it ends otherwise."""
    # 60 characters are at most 240 bytes, so that the whole name fits into every file system.
    temporary = folder / f".{name[:60]}.{secrets.token_hex(6)}.tmp"
    try:
        with told_kindly(folder / name), temporary.open("xb") as file:
            yield temporary, file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _write(file: BinaryIO, blocks: Iterable[bytes]) -> None:
    for block in blocks:
        file.write(block)
        step("file: half written")


def _blocks(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(data, bytes):
        return (data[at : at + BLOCK] for at in range(0, len(data), BLOCK))
    return data


def _patiently(act: Callable[[], _Result]) -> _Result:
    for pause in _PAUSES:
        try:
            return act()
        except PermissionError as error:
            # Elsewhere than on Windows no such number is there, and waiting would not help.
            if getattr(error, "winerror", None) not in _BUSY_ON_WINDOWS:
                raise
            time.sleep(pause)
    return act()
