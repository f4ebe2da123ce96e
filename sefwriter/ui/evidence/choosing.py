"""The words chosen on pages: from one word to another, over page ends too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sefwriter.desk.page_pictures import Box, PageWords, chosen_quote

Spot = tuple[int, int]
"""A word: page from 1, and its place on that page from 0."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Words chosen. `anchor` is where it was begun, `head` where it goes on."""

    anchor: Spot
    head: Spot

    @property
    def first(self) -> Spot:
        """The word that stands first."""
        return min(self.anchor, self.head)

    @property
    def last(self) -> Spot:
        """The word that stands last."""
        return max(self.anchor, self.head)

    def on(self, page: int, words: PageWords) -> tuple[int, int] | None:
        """First and last word chosen on a page, None for none."""
        if not self.first[0] <= page <= self.last[0] or not words.words:
            return None
        start = self.first[1] if page == self.first[0] else 0
        end = self.last[1] if page == self.last[0] else len(words.words) - 1
        return start, min(end, len(words.words) - 1)

    def boxes(self, page: int, words: PageWords) -> list[Box]:
        """The boxes of the words chosen on a page."""
        there = self.on(page, words)
        return list(words.boxes[there[0] : there[1] + 1]) if there else []

    def texts(self, known: Mapping[int, PageWords]) -> Iterator[str]:
        """The words themselves, those of pages whose words are known."""
        for page in range(self.first[0], self.last[0] + 1):
            words = known.get(page, PageWords())
            there = self.on(page, words)
            if there:
                yield from words.words[there[0] : there[1] + 1]

    def quote(self, known: Mapping[int, PageWords]) -> tuple[str, int]:
        """The words as a quote, and the how-manieth of their like on their page they are."""
        page, start = self.first
        if page == self.last[0]:
            return chosen_quote(known[page].words, start, self.last[1])
        return " ".join(self.texts(known)), 1


def stepped(spot: Spot, by: int, known: Mapping[int, PageWords]) -> Spot:
    """The word so many words on, within pages whose words are known."""
    page, at = spot
    at += by
    while at < 0:
        before = known.get(page - 1)
        if before is None or not before.words:
            return page, 0
        page, at = page - 1, at + len(before.words)
    while at >= len(known[page].words):
        after = known.get(page + 1)
        if after is None or not after.words:
            return page, len(known[page].words) - 1
        page, at = page + 1, at - len(known[page].words)
    return page, at


def line_away(spot: Spot, down: int, known: Mapping[int, PageWords]) -> Spot:
    """The word above or below: the nearest of the next line that way."""
    page, at = spot
    boxes = known[page].boxes
    left, top, right, bottom = boxes[at]
    middle = (left + right) / 2
    height = bottom - top

    def off(other: Box) -> float:
        return ((other[1] + other[3]) - (top + bottom)) / 2 * down

    later = [i for i, box in enumerate(boxes) if off(box) > height / 2]
    if not later:
        return stepped(spot, down, known)
    nearest = min(off(boxes[i]) for i in later)
    line = [i for i in later if off(boxes[i]) < nearest + height / 2]
    return page, min(line, key=lambda i: abs((boxes[i][0] + boxes[i][2]) / 2 - middle))
