"""Numbers that people call things by: E13, A7 (settled decision 8).

A number is stored when a thing is added. Where two laptops minted the same, the earlier entry keeps
it and the other becomes E13b, for good. Texts refer by id only, so nothing else changes.
"""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"[A-Z](\d+)[a-z]*")


def next_number(labels: Iterable[str]) -> int:
    """The number for a new thing: one more than the highest there is ("E13b" counts as 13)."""
    taken = [int(found.group(1)) for label in labels if (found := _NUMBER.fullmatch(label))]
    return max(taken, default=0) + 1


def labels(prefix: str, minted: Iterable[int]) -> tuple[str, ...]:
    """What people call things that were added with these numbers, in the order of their entries."""
    seen: dict[int, int] = {}
    found: list[str] = []
    for number in minted:
        times = seen[number] = seen.get(number, 0) + 1
        found.append(f"{prefix}{number}{_suffix(times)}")
    return tuple(found)


def _suffix(times: int) -> str:
    """ "" for the first, then b, c, … z, bb, bc, …"""
    letters = ""
    rest = times - 1
    while rest > 0:
        rest, digit = divmod(rest - 1, 25)
        letters = chr(ord("b") + digit) + letters
    return letters
