"""What changed between two texts, as splices for a CRDT: whole words, never a whole section."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise, takewhile
from typing import Final

_WORD: Final = re.compile(r"\w+|[^\w\s]")
_LINE: Final = re.compile(r"[^\n]+")
_WHOLE_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_LONG: Final = 1_000_000
"""Characters of one stretch times those of the other from which equally many lines go in pairs."""
_EVERY_WORD: Final = 40_000
"""Words of one stretch times those of the other up to which frequent ones are landmarks, too."""

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

    Time grows with the square of what is repeated. So lines are compared first, then the words of
    those that differ by words that are rare among them, and every word only in the short rest.
    """
    found: list[Change] = [(0, len(old), 0, len(new))]
    for closer in (_by_lines, _in_pairs, _by_rare_words, _by_every_word):
        found = [
            (start + a, start + b, new_start + c, new_start + d)
            for start, end, new_start, new_end in found
            for a, b, c, d in closer(old[start:end], new[new_start:new_end])
        ]
    return found


def _by_lines(old: str, new: str) -> list[Change]:
    return _unlike(_LINE, old, new, rare_only=True)


def _in_pairs(old: str, new: str) -> list[Change]:
    """Many lines for as many (a word replaced everywhere, a table with new figures) go singly."""
    before, after = _WHOLE_LINE.findall(old), _WHOLE_LINE.findall(new)
    if len(before) != len(after) or len(old) * len(new) < _LONG:
        return [(0, len(old), 0, len(new))]
    ends = [0, *accumulate(map(len, before))]
    new_ends = [0, *accumulate(map(len, after))]
    return [
        (*old_place, *new_place)
        for old_place, new_place in zip(pairwise(ends), pairwise(new_ends), strict=True)
    ]


def _by_rare_words(old: str, new: str) -> list[Change]:
    return _unlike(_WORD, old, new, rare_only=True)


def _by_every_word(old: str, new: str) -> list[Change]:
    if len(_WORD.findall(old)) * len(_WORD.findall(new)) > _EVERY_WORD:
        return [(0, len(old), 0, len(new))]
    return _unlike(_WORD, old, new, rare_only=False)


def _unlike(shape: re.Pattern[str], old: str, new: str, *, rare_only: bool) -> list[Change]:
    """The stretches that differ between two texts, each between pieces of this shape that agree."""
    before, after = list(shape.finditer(old)), list(shape.finditer(new))
    found: list[Change] = []
    place = new_place = 0
    for index, new_index in [*_agreeing(before, after, rare_only=rare_only), (-1, -1)]:
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
    before: Sequence[re.Match[str]], after: Sequence[re.Match[str]], *, rare_only: bool
) -> list[tuple[int, int]]:
    """Pairs of pieces that are the same on both sides, by index, in order."""
    old, new = [piece.group() for piece in before], [piece.group() for piece in after]
    head = _count_alike(zip(old, new, strict=False))
    tail = _count_alike(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
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
