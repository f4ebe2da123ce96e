"""The vault: every file that was ever added, kept whole under the SHA-256 of its bytes."""

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from sefwriter.store.faults import Cancelled, WorldError
from sefwriter.store.files import (
    BLOCK,
    Progress,
    Stop,
    put_in_place,
    sweep,
    told_kindly,
    write_aside,
)
from sefwriter.store.steps import step

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the vault keeps of one file: its SHA-256 in hex, and its size in bytes."""

    sha256: str
    size: int


class Vault:
    """A folder of files at `ab/<sha256>`. Several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        """Open the vault, made where there is none. Raises WorldError where that can't be."""
        self.folder = folder
        with told_kindly(folder):
            folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)

    def add(
        self, path: Path, *, stop: Stop | None = None, progress: Progress | None = None
    ) -> Kept:
        """Keep a copy of the file; a file that is here already is not kept twice.

        Raises WorldError where it is missing, locked, no ordinary file, or changes while it is
        read, and where the vault's disk is full; Cancelled once `stop` says so. Then nothing of it
        is kept. `progress` is told bytes.
        """
        return self._keep(_blocks_of(path, stop, progress), path.name)

    def add_bytes(self, data: bytes) -> Kept:
        """Keep these bytes as a file. Raises WorldError where the vault can't be written."""
        return self.add_blocks(data[at : at + BLOCK] for at in range(0, len(data), BLOCK))

    def add_blocks(self, blocks: Iterable[bytes]) -> Kept:
        """Keep what these blocks of bytes make up, as a file. Raises as `add_bytes` does."""
        return self._keep(blocks, "the file")

    def path(self, sha256: str) -> Path:
        """Where the file with this hash is, or would be. Raises ValueError for what is no hash."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not a SHA-256 in lower-case hex")
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether a file with this name is here; its bytes are not looked at.

        What is no hash, as somebody else's entry may say, is no file here.
        """
        return bool(_SHA256.fullmatch(sha256)) and self.path(sha256).is_file()

    def verify(self, sha256: str) -> bool:
        """Whether the file is here and its bytes are those its name says.

        Raises WorldError where it is here but can't be read.
        """
        return self.is_true(self.path(sha256), sha256)

    @staticmethod
    def is_true(path: Path, sha256: str) -> bool:
        """Whether there is a file at this path, in a vault or not, whose bytes have this hash.

        Raises WorldError where it is there but can't be read.
        """
        if not path.is_file():
            return False
        return _digest(_blocks_of(path, None, None)) == sha256

    def verify_all(
        self, *, stop: Stop | None = None, progress: Progress | None = None
    ) -> tuple[str, ...]:
        """The hashes of the files here whose bytes are no longer those their names say.

        `progress` is told files. Raises Cancelled once `stop` says so.
        """
        with told_kindly(self.folder):
            names = sorted(path.name for path in self.folder.glob("??/*") if path.is_file())
        wrong: list[str] = []
        for done, name in enumerate(names):
            _heed(stop)
            if progress:
                progress(done, len(names))
            if _SHA256.fullmatch(name) and not self.verify(name):
                wrong.append(name)
        return tuple(wrong)

    def remove(self, sha256: str) -> None:
        """Drop the file with this hash; nothing happens where there is none."""
        path = self.path(sha256)
        if path.exists():
            with told_kindly(path):
                path.chmod(stat.S_IWRITE | stat.S_IREAD)  # Windows removes no read-only file
                path.unlink(missing_ok=True)

    def _keep(self, blocks: Iterable[bytes], name: str) -> Kept:
        digest, size = hashlib.sha256(), 0

        def hashed() -> Iterator[bytes]:
            nonlocal size
            for block in blocks:
                digest.update(block)
                size += len(block)
                yield block

        temporary = write_aside(self.folder, name, hashed())
        try:
            kept = Kept(digest.hexdigest(), size)
            if not self.verify(kept.sha256):
                self._place(temporary, self.path(kept.sha256), name)
        finally:
            temporary.unlink(missing_ok=True)
        return kept

    def _place(self, temporary: Path, path: Path, name: str) -> None:
        with told_kindly(path.with_name(name)):
            path.parent.mkdir(exist_ok=True)
            step("vault: written, not renamed")
            if sys.platform == "win32" and path.exists():
                path.chmod(stat.S_IWRITE)  # Windows replaces no read-only file
            put_in_place(temporary, path)
            step("vault: renamed")
            # So that a program which opens it from here can't save over it.
            path.chmod(stat.S_IREAD | stat.S_IRGRP)


def _digest(blocks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


def _heed(stop: Stop | None) -> None:
    if stop and stop():
        raise Cancelled


def _blocks_of(path: Path, stop: Stop | None, progress: Progress | None) -> Iterator[bytes]:
    """The file's bytes; told as faults of this file, not of the vault's disk."""
    with told_kindly(path):
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for without end
            raise WorldError(f"{path.name} is not a file. Choose a file.")
        file = path.open("rb")
    with file:
        before, done = _state(file), 0
        # No further than it was long: a log that grows while it is read would never end.
        while done <= before[0] and (block := _next_block(file, path)):
            _heed(stop)
            done += len(block)
            yield block
            if progress:
                progress(done, before[0])
        if _state(file) != before or done != before[0]:
            raise WorldError(
                f"{path.name} changed while it was being read. Wait until nothing writes to it "
                "(a sync, a download, an open program), then add it again."
            )


def _next_block(file: BinaryIO, path: Path) -> bytes:
    with told_kindly(path):
        return file.read(BLOCK)


def _state(file: BinaryIO) -> tuple[int, int]:
    seen = os.fstat(file.fileno())
    return seen.st_size, seen.st_mtime_ns
