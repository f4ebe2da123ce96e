"""Dates and stored words as people read them."""

import re
from datetime import date
from typing import Final

from sefwriter.model.words import PLAIN

_YEAR: Final = """January February March April May June July August September October November
    December"""
_MONTHS: Final = _YEAR.split()
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def plain(word: str) -> str:
    """A stored word in plain words; a word that a newer version made, as it is."""
    return PLAIN.get(word, word)


def plain_words(words: tuple[str, ...]) -> str:
    """Several stored words in plain words."""
    return ", ".join(plain(word) for word in words)


def plain_date(text: str) -> str:
    """An ISO date as "30 September 2026", in every locale alike; other text as it is.

    Raises ValueError for a day that the calendar doesn't have.
    """
    if not _ISO.fullmatch(text):
        return text
    day = date.fromisoformat(text)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def shortened(words: str, longest: int = 60) -> str:
    """The beginning of the words, cut between words, … where something is left out."""
    flat = " ".join(words.split())
    if len(flat) <= longest:
        return flat
    return flat[: longest - 1].rsplit(" ", 1)[0] + "…"


def joined(*parts: str, between: str = ", ") -> str:
    """The parts that aren't empty, joined."""
    return between.join(part for part in parts if part)
