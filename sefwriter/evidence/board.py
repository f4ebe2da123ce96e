"""Twenty-four bytes that the worker process writes and the program reads, come what may."""

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

_SHAPE: Final = struct.Struct("<QQQ")


@dataclass(frozen=True, slots=True)
class Notice:
    """What a worker last said: its process id (0 before it has begun), pages done, and pages."""

    process: int
    done: int
    total: int


class Board:
    """The file at path as shared memory. A pipe would block a worker whose reader is slow."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _SHAPE.size)

    @staticmethod
    def make(path: Path) -> None:
        """Put an empty board at path."""
        path.write_bytes(bytes(_SHAPE.size))

    def post(self, notice: Notice) -> None:
        """Put a notice up in place of the last."""
        _SHAPE.pack_into(self._memory, 0, notice.process, notice.done, notice.total)

    def look(self) -> Notice:
        """The notice that is up."""
        return Notice(*_SHAPE.unpack_from(self._memory))

    def close(self) -> None:
        """Let the file go."""
        self._memory.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
