"""What changed between two texts, as splices for a CRDT: whole words, never a whole section."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Final

_WORD: Final = re.compile(r"\w+|[^\w\s]")
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
        place, new_place = start, new_start
        for cut, put in _pairs(old[start:end], new[new_start:new_end]):
            found += [
                (place + a, place + b, new_place + c, new_place + d)
                for a, b, c, d in _unlike(_WORD, cut, put, _WORDS_AT_ONCE)
            ]
            place, new_place = place + len(cut), new_place + len(put)
    return found


def _pairs(old: str, new: str) -> list[tuple[str, str]]:
    """What to compare word by word: many lines for as many lines (replace all) go one by one."""
    before, after = _LINE.findall(old), _LINE.findall(new)
    if len(before) == len(after) and len(old) * len(new) > _WORDS_AT_ONCE:
        return list(zip(before, after, strict=True))
    return [(old, new)]


def _unlike(shape: re.Pattern[str], old: str, new: str, at_once: int) -> list[Change]:
    """The stretches that differ between two texts, each between pieces of this shape that agree."""
    before, after = list(shape.finditer(old)), list(shape.finditer(new))
    found: list[Change] = []
    place = new_place = 0
    for index, new_index in [*_agreeing(before, after, at_once), (-1, -1)]:
        end = before[index].start() if index >= 0 else len(old)
        new_end = after[new_index].start() if index >= 0 else len(new)
        cut, put = old[place:end], new[new_place:new_end]
        if cut != put:
            head = _alike_space(cut, put)
            tail = _alike_space(cut[head:][::-1], put[head:][::-1])
            found.append((place + head, end - tail, new_place + head, new_end - tail))
        if index >= 0:
            place, new_place = before[index].end(), after[new_index].end()
    return found


def _agreeing(
    before: Sequence[re.Match[str]], after: Sequence[re.Match[str]], at_once: int
) -> list[tuple[int, int]]:
    """Pairs of pieces that are the same on both sides, by index, in order."""
    old, new = [piece.group() for piece in before], [piece.group() for piece in after]
    head = _count_alike(zip(old, new, strict=False))
    tail = _count_alike(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    # Past the limit only what is rare in the text serves to find places again.
    rare_only = len(middle) * len(new_middle) > at_once
    matcher = SequenceMatcher(None, middle, new_middle, autojunk=rare_only)
    return [
        *((index, index) for index in range(head)),
        *(
            (head + block.a + step, head + block.b + step)
            for block in matcher.get_matching_blocks()
            for step in range(block.size)
        ),
        *((len(old) - step, len(new) - step) for step in range(tail, 0, -1)),
    ]


def _count_alike(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _alike_space(one: str, other: str) -> int:
    return sum(
        1
        for _ in takewhile(
            lambda pair: pair[0] == pair[1] and pair[0].isspace(), zip(one, other, strict=False)
        )
    )
