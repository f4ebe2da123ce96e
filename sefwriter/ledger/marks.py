"""Marks outside the replica: how far each log of this laptop has come, and on which machine.

A mark that is ahead of the replica means that an old backup was put back; another machine's mark
means a clone. Either way the log is not continued (settled decision 3).
"""

import hashlib
import json
import platform
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import cast

from sefwriter.store.files import told_kindly, write_whole


def this_machine() -> str:
    """A word that is the same at each start on this machine and another on any other."""
    name = f"{platform.node()} {uuid.getnode()}"
    return hashlib.sha256(name.encode()).hexdigest()[:16]


class Marks:
    """The marks of one private folder."""

    def __init__(self, folder: Path, machine: Callable[[], str] = this_machine) -> None:
        self._folder = folder
        with told_kindly(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self._machine = machine

    def fits(self, log: str, head: int) -> bool:
        """Whether this desk may go on writing the log, whose last number in the replica is `head`.

        A missing or unreadable mark doesn't fit: a fresh log costs nothing.
        """
        try:
            found: object = json.loads((self._folder / log).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        mark = cast("dict[str, object]", found) if isinstance(found, dict) else {}
        n = mark.get("n")
        return isinstance(n, int) and n <= head and mark.get("machine") == self._machine()

    def reached(self, log: str, n: int) -> None:
        """Remembers the number just committed. A mark that is behind is harmless, so it may be."""
        data = json.dumps({"n": n, "machine": self._machine()}).encode()
        write_whole(self._folder / log, data)
