"""Dates as people read them."""

import datetime


def month_of(iso: str) -> str:
    """For lists: "Sep 2026"; "" for none."""
    return f"{datetime.date.fromisoformat(iso):%b %Y}" if iso else ""


def day_of(iso: str) -> str:
    """For sentences: "30 September 2026"; "" for none."""
    if not iso:
        return ""
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
