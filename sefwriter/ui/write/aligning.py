"""Which blocks of two texts belong together, so that only what differs is shown anew."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

_ALIKE: Final = 0.5
"""From which share of common characters on two blocks are the same one, edited."""

_MOST: Final = 400
"""Blocks of one stretch times those of the other up to which likeness is looked at."""

Stretch = tuple[int, int, int, int]
"""old[a:b] is to become new[c:d]. Where both begin with the same block, edited, they pair."""


def stretches(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """What to replace by what, in order. Only the first stretch may have nothing of the old."""
    pairs = _pairs(old, new)
    found: list[Stretch] = []
    first, new_first = 0, 0
    for last, new_last in [*pairs, (len(old), len(new))]:
        if old[first:last] != new[new_first:new_last]:
            found.append((first, last, new_first, new_last))
        first, new_first = last, new_last
    return found


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Blocks that are the same, or the same but edited, in order."""
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += zip(range(a, b), range(c, d), strict=True)
        elif tag == "replace" and (b - a) * (d - c) <= _MOST:
            alike = _alike(old[a:b], new[c:d])
            pairs += [(a + one, c + other) for one, other in alike]
    return pairs


def _alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of like blocks, in order, that have most in common altogether."""
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(new) + 1)]
    matcher = SequenceMatcher(autojunk=False)
    for one, before in enumerate(old):
        matcher.set_seq2(before)
        row: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for other, after in enumerate(new):
            matcher.set_seq1(after)
            likeness = matcher.quick_ratio()
            choices = [best[one][other + 1], row[other]]
            if likeness >= _ALIKE:
                score, pairs = best[one][other]
                choices.append((score + likeness, [*pairs, (one, other)]))
            row.append(max(choices, key=lambda choice: choice[0]))
        best.append(row)
    return best[-1][-1][1]
