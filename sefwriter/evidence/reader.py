"""Reading evidence files into pages and text, in a worker process that may crash or hang."""

import contextlib
import multiprocessing
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import replace
from pathlib import Path
from typing import Final, Self

import psutil
from pebble import ProcessExpired, ProcessPool

from sefwriter.evidence.board import Board, Notice
from sefwriter.evidence.kinds import JPEG, PDF, PNG, TEXT, Kind, kind_of
from sefwriter.evidence.reading import Limits, Reading, without_pages
from sefwriter.evidence.worker import read_file
from sefwriter.store.faults import Cancelled
from sefwriter.store.files import Progress, Stop, told_kindly

Work = Callable[[Path, str, str, Limits, Path], Reading]
"""What the worker does: (file, media type, name, limits, board)."""

_READ_HERE: Final = frozenset({PDF, PNG, JPEG, TEXT})
_PREFIX: Final = "sefwriter-reader-"
"""How the folder of a reader is called; the number of its process follows."""

_GLANCE: Final = 0.05
"""Seconds between looks at how the worker is doing."""

_BYTES_A_SECOND: Final = 5_000_000
"""What a slow office laptop reads and unpacks at the least; big files get that much more time."""

_CRASHED: Final = (
    "The reader broke down over this file, so it is damaged or made to do harm. Print it to PDF "
    "anew, and add that."
)
_HUNG: Final = (
    "This file took too long to read, so it is damaged or far too intricate. Print it to PDF anew, "
    "and add that."
)
_SWELLED: Final = (
    "This file fills the whole memory when it is opened, so it is damaged or made to do harm. "
    "Print it to PDF anew, and add that."
)


class Reader:
    """Reads one file at a time in one worker process, kept between files. Close it at the end.

    May be called from several threads. The program's main module must be guarded
    (`if __name__ == "__main__"`, `multiprocessing.freeze_support()`), for the worker imports it.
    """

    def __init__(self, limits: Limits | None = None, *, work: Work = read_file) -> None:
        self.limits = limits or Limits()
        self._work = work
        self._turn = threading.Lock()
        self._pool: ProcessPool | None = None
        _sweep(Path(tempfile.gettempdir()))
        self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self._board = self._folder / "board"

    def read(
        self, path: Path, name: str, *, stop: Stop | None = None, progress: Progress | None = None
    ) -> Reading:
        """The pages of the file at path, which people call `name`; never a crash.

        What is wrong with the file is in the reading's state and reason. `progress` is told pages.
        Raises WorldError where the file can't be read for the disk's sake (held by another program,
        a drive gone), Cancelled once `stop` says so.
        """
        if not path.is_file():
            return without_pages("missing", f"{name} is not there. Add it again.")
        with told_kindly(path):
            size = path.stat().st_size
            if size == 0:
                return without_pages("empty", "This file is empty: nothing was saved into it.")
            if size > self.limits.max_bytes:
                return without_pages("too-big", self._too_big(size))
            kind = kind_of(path)
        if kind.media not in _READ_HERE:
            return without_pages("unsupported", _unsupported(kind), kind.media)
        self._take_turn(stop)
        try:
            reading = self._read(path, kind, name, size, stop, progress)
        finally:
            self._turn.release()
        return _told_apart(reading, kind, name)

    def close(self) -> None:
        """End the worker process and what it left."""
        self._drop_pool()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _too_big(self, size: int) -> str:
        most = self.limits.max_bytes / 1024**3
        return (
            f"This file has {size / 1024**3:.1f} GB; at most {most:.1f} GB can be read. Split it "
            "and add the parts that matter."
        )

    def _take_turn(self, stop: Stop | None) -> None:
        while not self._turn.acquire(timeout=_GLANCE):
            if stop and stop():
                raise Cancelled

    def _read(
        self,
        path: Path,
        kind: Kind,
        name: str,
        size: int,
        stop: Stop | None,
        progress: Progress | None,
    ) -> Reading:
        Board.make(self._board)
        if self._pool is None:
            self._pool = ProcessPool(1, context=multiprocessing.get_context("spawn"))
        arguments = (path, kind.media, name, self.limits, self._board)
        future = self._pool.schedule(self._work, args=arguments)
        with Board(self._board) as board:
            try:
                return self._wait(future, board, size, stop, progress)
            except (ProcessExpired, MemoryError):
                self._drop_pool()
                return without_pages("damaged", _CRASHED, kind.media)
            except _GivenUpError as given_up:
                self._drop_pool(board.look().process)
                return without_pages("damaged", given_up.reason, kind.media)
            except BaseException:
                self._drop_pool(board.look().process)
                raise

    def _wait(
        self,
        future: "Future[Reading]",
        board: Board,
        size: int,
        stop: Stop | None,
        progress: Progress | None,
    ) -> Reading:
        begun = time.monotonic()
        told = Notice(0, 0, 0)
        while True:
            # Not result(timeout=…): a drive that answers too late raises TimeoutError as well.
            wait([future], timeout=_GLANCE)
            if future.done():
                return future.result()
            if stop and stop():
                raise Cancelled
            now = board.look()
            if progress and now != told and now.total:
                progress(now.done, now.total)
            told = now
            limits = self.limits
            allowed = limits.seconds + limits.seconds_per_page * now.total + size / _BYTES_A_SECOND
            if time.monotonic() - begun > allowed:
                raise _GivenUpError(_HUNG)
            if _memory_of(now.process) > limits.max_memory:
                raise _GivenUpError(_SWELLED)

    def _drop_pool(self, process: int = 0) -> None:
        """End the worker; the next file gets a fresh one. A hung one is killed outright."""
        if self._pool is None:
            return
        if process:
            with contextlib.suppress(psutil.NoSuchProcess):
                psutil.Process(process).kill()
        self._pool.stop()
        self._pool.join()
        self._pool = None


class _GivenUpError(Exception):
    """A worker has used up its time or memory."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _sweep(temporary: Path) -> None:
    """Remove the folders of readers whose process ended without closing them."""
    for folder in temporary.glob(f"{_PREFIX}*-*"):
        process = folder.name.removeprefix(_PREFIX).partition("-")[0]
        # A number given to another process since then only puts it off to the next time.
        if process.isdecimal() and not psutil.pid_exists(int(process)):
            shutil.rmtree(folder, ignore_errors=True)  # another user's, or being removed already


def _memory_of(process: int) -> int:
    """Bytes of memory a worker holds; 0 before it has begun and once it has gone."""
    if not process:
        return 0
    try:
        return psutil.Process(process).memory_info().rss
    except psutil.NoSuchProcess:
        return 0


def _unsupported(kind: Kind) -> str:
    article = (
        "an" if kind.words[0] in "aeiouAEIOU" or kind.words.startswith(("HEIC", "RTF")) else "a"
    )
    return f"This is {article} {kind.words}, which has no pages here. {kind.advice}"


def _told_apart(reading: Reading, kind: Kind, name: str) -> Reading:
    """A file under a wrong ending is read as what it is, and the reason says so."""
    ending = Path(name).suffix.lower()
    if not ending or ending in kind.endings or kind.media == TEXT:
        return reading
    sentence = f"Its name ends in {ending}, but it is a {kind.words} and was read as one."
    reason = f"{sentence} {reading.facts.reason}".rstrip()
    return replace(reading, facts=replace(reading.facts, reason=reason))
