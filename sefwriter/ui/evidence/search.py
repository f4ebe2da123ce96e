"""Finding in the file at hand: its hits page by page, and the next one."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass
class FileSearch:
    """Where the words stand in one file: (page, times) in order, and which hit is looked at."""

    words: str = ""
    pages: tuple[tuple[int, int], ...] = ()
    now: int = 0

    @property
    def total(self) -> int:
        """How many hits there are."""
        return sum(times for _, times in self.pages)

    def begin(self, words: str, pages: Sequence[tuple[int, int]], page: int) -> None:
        """Other words: the first hit on this page or after it is looked at, from 1."""
        self.words, self.pages = words, tuple(pages)
        before = sum(times for at, times in self.pages if at < page)
        self.now = 0 if not self.total else before + 1 if before < self.total else 1

    def step(self, by: int) -> None:
        """The next hit, or the one before; round the ends."""
        if self.total:
            self.now = (self.now - 1 + by) % self.total + 1

    def place(self) -> tuple[int, int]:
        """Page and place on it (from 0) of the hit looked at; (0, 0) without one."""
        left = self.now - 1
        for page, times in self.pages if self.now else ():
            if left < times:
                return page, left
            left -= times
        return 0, 0
