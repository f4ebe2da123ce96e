"""What the action plan's table shows and takes: dates as people write them, lateness, measures."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from sefwriter.model.sef import Action

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAY_MONTH_YEAR: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]+([^\W_]+)[ ./,-]+(\d{2}|\d{4})"
)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def date_from_words(words: str) -> str | None:
    """The ISO date meant by "31 January 2027", "31 Jan 27", "31/1/2027" or "2027-01-31".

    "" for no words; None where no date is meant, or there is no such day. Days come before months,
    as in England.
    """
    text = " ".join(words.split()).lower()
    if not text:
        return ""
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_MONTH_YEAR.fullmatch(text):
        month = _month(found[2])
        day, year = int(found[1]), int(found[3]) + (2000 if len(found[3]) == 2 else 0)
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(word: str) -> int:
    """The month's number; 0 where the word is none, or could be several."""
    if word.isdigit():
        return int(word)
    meant = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    return meant[0] if len(word) >= 3 and len(meant) == 1 else 0


def long_date(iso: str) -> str:
    """ "31 January 2027"; what isn't an ISO date stays as it is."""
    day = _day(iso)
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}" if day else iso


def short_date(iso: str) -> str:
    """ "Jan 27", for tables; what isn't an ISO date stays as it is."""
    day = _day(iso)
    return f"{_MONTHS[day.month - 1].capitalize()[:3]} {day.year % 100:02}" if day else iso


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def is_done(action: Action) -> bool:
    """Whether nothing is left to do."""
    return action.status in ("done", "embedded")


def is_late(action: Action, today: str) -> bool:
    """Whether it should be done by now and isn't. `today` is an ISO date."""
    return bool(action.due) and action.due < today and not is_done(action)


def measure_words(action: Action) -> str:
    """What it is measured by: "81 weeks → 40 weeks"; "" where nothing is said."""
    if action.baseline and action.target:
        return f"{action.baseline} → {action.target}"
    if action.target:
        return f"to {action.target}"
    return action.baseline or action.measure


def actions_with(actions: Iterable[Action], words: str) -> tuple[Action, ...]:
    """The actions that have every one of the words somewhere in their number or fields."""
    wanted = words.casefold().split()
    return tuple(
        action
        for action in actions
        if all(
            word
            in " ".join(
                (
                    action.number,
                    action.text,
                    action.owner,
                    action.partner,
                    action.measure,
                    action.baseline,
                    action.target,
                    action.progress,
                    action.status.replace("-", " "),
                    action.rag,
                )
            ).casefold()
            for word in wanted
        )
    )
