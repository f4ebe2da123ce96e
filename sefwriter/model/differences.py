"""The coloured difference of two texts, for a person to read: whole words, no letter soup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from sefwriter.model.text.splices import Change, changes

_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of one kind.

    "same" and "taken-out" joined give the old text, "same" and "added" the new.
    """

    kind: Literal["same", "added", "taken-out"]
    text: str


def word_differences(old_plain: str, new_plain: str) -> tuple[Difference, ...]:
    """How the new text came from the old one; what went stands before what came in its place."""
    found: list[Difference] = []
    position = 0
    for start, end, new_start, new_end in _readable(old_plain, changes(old_plain, new_plain)):
        found += _differences("same", old_plain[position:start])
        found += _differences("taken-out", old_plain[start:end])
        found += _differences("added", new_plain[new_start:new_end])
        position = end
    return (*found, *_differences("same", old_plain[position:]))


def _differences(kind: Literal["same", "added", "taken-out"], text: str) -> list[Difference]:
    return [Difference(kind, text)] if text else []


def _readable(old: str, changed: Iterable[Change]) -> list[Change]:
    """Changes with the scraps between them taken in: a lone "the" both happen to have is noise."""
    readable: list[Change] = []
    for change in changed:
        if readable and _is_scrap(old[readable[-1][1] : change[0]], readable[-1], change):
            start, _, new_start, _ = readable[-1]
            readable[-1] = (start, change[1], new_start, change[3])
        else:
            readable.append(change)
    return readable


def _is_scrap(between: str, before: Change, after: Change) -> bool:
    if "\n" in between:
        return False
    words = _WORD.findall(between)
    if not words:
        return True
    # Characters changed on either side outweigh what lies between.
    weight = min(
        max(end - start, new_end - new_start) for start, end, new_start, new_end in (before, after)
    )
    return len(words) <= 2 and len(between) < weight
