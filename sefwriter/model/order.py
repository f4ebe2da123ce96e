"""Places in a list as strings: a place between any two others can always be made, on any laptop.

A place is digits of base 36 read as a fraction, ending in a random tail, so that two laptops that
put something at the same spot without having met don't mint the same place.
"""

import secrets
from collections.abc import Iterable
from typing import Final

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_TAIL: Final = 4


def place_after(before: str, places: Iterable[str]) -> str:
    """A place right after `before` ("" for the start) among the places there are.

    Places alike, as forged or restored entries may have them, stay together.
    """
    return between(before, min((place for place in places if place > before), default=""))


def settled(place: str) -> str:
    """A place as it may be used: what isn't a digit is left out, and zeros at its end.

    Whoever forges an entry may write anything; no place made here is changed by this.
    """
    return "".join(digit for digit in place if digit in _DIGITS).rstrip("0")


def between(before: str, after: str) -> str:
    """A place that sorts after `before` and before `after`; "" means the list's start or end.

    Raises ValueError when `before` doesn't sort before `after`.
    """
    if after and before >= after:
        raise ValueError(f"no place between {before!r} and {after!r}")
    digits: list[str] = []
    index = 0
    bounded = bool(after)
    while True:
        low = _DIGITS.index(before[index]) if index < len(before) else 0
        high = _DIGITS.index(after[index]) if bounded and index < len(after) else len(_DIGITS)
        if high - low > 1:
            digits.append(_DIGITS[(low + high) // 2])
            break
        digits.append(_DIGITS[low])
        # Once a digit lies under `after`, everything that follows does, whatever it is.
        bounded = bounded and low == high
        index += 1
    # The tail never ends in 0, or no place would be left between a place and its own prefix.
    tail = "".join(secrets.choice(_DIGITS) for _ in range(_TAIL - 1)) + secrets.choice(_DIGITS[1:])
    return "".join(digits) + tail
