"""What changed between two texts, as splices for a CRDT: whole words, never a whole section."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, takewhile
from typing import Final

_WORD: Final = re.compile(r"\w+|\s+|[^\w\s]")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_LINES_AT_ONCE: Final = 25_000_000
_WORDS_AT_ONCE: Final = 4_000_000
"""Pieces of one text times pieces of the other up to which they are compared piece by piece."""

Change = tuple[int, int, int, int]
"""(a, b, c, d): old[a:b] became new[c:d], in code points."""


@dataclass(frozen=True, slots=True)
class Splice:
    """At `position` take out `cut` characters and put `insert` in; both count code points."""

    position: int
    cut: int
    insert: str


def splices(old: str, new: str) -> tuple[Splice, ...]:
    """The changes from old to new, from the end to the start, to be applied in turn."""
    return tuple(
        Splice(start, end - start, new[new_start:new_end])
        for start, end, new_start, new_end in reversed(changes(old, new))
    )


def apply(old: str, splices: Iterable[Splice]) -> str:
    """The text after the splices, applied in the order given. ValueError outside the text."""
    for splice in splices:
        end = splice.position + splice.cut
        if not 0 <= splice.position <= end <= len(old):
            raise ValueError(f"splice {splice} does not lie in a text of {len(old)} characters")
        old = old[: splice.position] + splice.insert + old[end:]
    return old


def changes(old: str, new: str) -> list[Change]:
    """The changed stretches of both texts, whole words and signs, in order.

    Lines are compared first, and only those that differ word by word: difflib's time grows with the
    square of what is repeated.
    """
    found: list[Change] = []
    for start, end, new_start, new_end in _unlike(_LINE, old, new, _LINES_AT_ONCE):
        for cut, put in _pairs(old[start:end], new[new_start:new_end]):
            inside = _unlike(_WORD, cut, put, _WORDS_AT_ONCE)
            found += [(start + a, start + b, new_start + c, new_start + d) for a, b, c, d in inside]
            start, new_start = start + len(cut), new_start + len(put)
    return found


def _pairs(old: str, new: str) -> list[tuple[str, str]]:
    """What to compare word by word: many lines for as many lines (replace all) go one by one."""
    before, after = _LINE.findall(old), _LINE.findall(new)
    if len(before) == len(after) and len(old) * len(new) > _WORDS_AT_ONCE:
        return list(zip(before, after, strict=True))
    return [(old, new)]


def _unlike(shape: re.Pattern[str], old: str, new: str, at_once: int) -> list[Change]:
    """The stretches, in characters, that differ between two texts cut into pieces of one shape."""
    before, after = shape.findall(old), shape.findall(new)
    head = _alike(zip(before, after, strict=False))
    tail = _alike(zip(reversed(before[head:]), reversed(after[head:]), strict=False))
    before_places, after_places = _places(before), _places(after)
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    # Past the limit only what is rare in the text serves to find places again.
    rare_only = len(before) * len(after) > at_once
    codes = SequenceMatcher(str.isspace, before, after, autojunk=rare_only).get_opcodes()
    return [
        (
            before_places[head + start],
            before_places[head + end],
            after_places[head + new_start],
            after_places[head + new_end],
        )
        for kind, start, end, new_start, new_end in codes
        if kind != "equal"
    ]


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _places(pieces: Sequence[str]) -> list[int]:
    return [0, *accumulate(len(piece) for piece in pieces)]
