"""Dates as people read them. What isn't a date after all is shown as it was written."""

import datetime


def month_of(iso: str) -> str:
    """For lists: "Sep 2026"; "" for none."""
    day = _day(iso)
    return f"{day:%b %Y}" if day else iso


def day_of(iso: str) -> str:
    """For sentences: "30 September 2026"; "" for none."""
    day = _day(iso)
    return f"{day.day} {day:%B %Y}" if day else iso


def _day(iso: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(iso)
    except ValueError:
        return None  # the 31st of February, which the model lets pass
