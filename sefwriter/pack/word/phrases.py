"""Dates, numbers and stored words as people read them."""

import re
from collections import Counter
from datetime import date
from typing import Final

from sefwriter.model.words import PLAIN
from sefwriter.pack.plan import PackPlan

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


def claim_numbers(plan: PackPlan) -> dict[str, str]:
    """What readers call each claim: "4.2" is the second of section 4."""
    return {
        claim: f"{section.number}.{place}"
        for section in plan.sections
        for place, claim in enumerate(section.claims, 1)
    }


def standing(plan: PackPlan) -> list[str]:
    """How far sign-off has come, in sentences for the cover."""
    total = len(plan.sections)
    if not total:
        return ["This self-evaluation has no sections yet."]
    counts = Counter(section.status for section in plan.sections)
    done = counts.pop("signed-off", 0)
    if done == total:
        return [f"All {total} sections are signed off." if total > 1 else "It is signed off."]
    rest = ", ".join(f"{count} {plain(status).lower()}" for status, count in counts.items())
    return [f"{done} of {total} sections signed off.", f"The others: {rest}."]


def shortened(words: str, longest: int = 60) -> str:
    """The beginning of the words, cut between words, … where something is left out."""
    flat = " ".join(words.split())
    if len(flat) <= longest:
        return flat
    return flat[: longest - 1].rsplit(" ", 1)[0] + "…"


def joined(*parts: str, between: str = ", ") -> str:
    """The parts that aren't empty, joined."""
    return between.join(part for part in parts if part)
