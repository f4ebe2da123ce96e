"""What an act is: one thing a person does, as a small frozen record named by verb and noun.

The list of acts is the list of what the program can do, the permission table, the audit vocabulary
and the undo vocabulary. An act knows the ops it comes to (`ops`) and what stands against it
(`hindrance`); it never reads files or the clock.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar, Final, cast

from sefwriter.model.ids import PersonId, is_id
from sefwriter.model.ops import Op
from sefwriter.model.permissions import why_not_role
from sefwriter.model.sef import Sef
from sefwriter.model.text.normal import clean, one_line

WRITERS = frozenset({"owner", "author"})
OWNERS = frozenset({"owner"})
ANYBODY = frozenset({"owner", "author", "reviewer", "reader"})
JUDGES = frozenset({"owner", "author", "reviewer"})

_AS_THEY_STAND: Final = frozenset({"quote", "before", "after"})
"""Words of somebody else's page, or of the text itself: found again only as they are."""
_PROSE: Final = frozenset(
    {
        "text",
        "base",
        "note",
        "reason",
        "rag_reason",
        "statement",
        "checklist",
        "baseline",
        "target",
        "progress",
        "impact",
    }
)
"""Fields that may have several lines; every other is a line: a title, a name, a word, an id."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act. Subclasses are frozen dataclasses whose fields are the glossary's words.

    `allowed` are the roles that may; `entry_kind` is the kind of ledger entry the act becomes:
    `edit`, `roster` or `sign`. Bodies of the last two can never be erased.
    """

    allowed: ClassVar[frozenset[str]] = WRITERS
    entry_kind: ClassVar[str] = "edit"

    def __post_init__(self) -> None:
        """Whoever makes the act, its words are fit to be stored and its lines are lines."""
        for item in fields(self):
            value = getattr(self, item.name)
            if item.name in _AS_THEY_STAND:
                continue
            kept = clean if item.name in _PROSE else one_line
            if isinstance(value, str):
                object.__setattr__(self, item.name, kept(value))
            elif isinstance(value, tuple):
                words = cast("tuple[str, ...]", value)
                object.__setattr__(self, item.name, tuple(kept(word) for word in words))

    @property
    def subject(self) -> str:
        """The id of the object the act is mainly about, for history; "" when there is none."""
        return ""

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        """What the act does to this state of the SEF; empty when it would change nothing."""
        raise NotImplementedError

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        """Why it can't be done in this state, as a sentence for people; None when it can."""
        del sef, person
        return None


def why_not(sef: Sef, person: PersonId, act: Act) -> str | None:
    """Why this person can't do this act now, as a sentence; None when they can.

    Asked before an act is offered, and again by the one door for change.
    """
    known = sef.person_by_id.get(person)
    if known and known.removed:
        return f"{known.name} was removed from this SEF. An owner can admit you again."
    roles = known.roles if known else ()
    return why_not_role(roles, act.allowed) or act.hindrance(sef, person)


_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
MOST_PAGES: Final = 1_000_000
"""No file of evidence has more pages: a larger number is a slip."""


def is_date(text: str) -> bool:
    """Whether it is a day of the calendar, in the one shape we keep: 2026-05-31."""
    if not _DATE.fullmatch(text):
        return False  # fromisoformat takes other shapes, too
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def not_a_date(name: str, value: str | None) -> str | None:
    """The sentence for a date that isn't one; None for a good one, "" or None."""
    if not value or is_date(value):
        return None
    return f"{name} must be a date such as 2026-05-31, not “{value}”."


def not_a_hash(name: str, value: str) -> str | None:
    """The sentence for what is no SHA-256, and no public key, as we write them."""
    if _HASH.fullmatch(value):
        return None
    return f"{name} must be 64 digits from 0 to 9 and a to f, not “{value[:80]}”."


def not_a_count(name: str, value: int | None, most: int) -> str | None:
    """The sentence for a number below 0 or above the most there can be; None counts as 0."""
    if 0 <= (value or 0) <= most:
        return None
    return f"{name} must be a number from 0 to {most}, not {value}."


def not_a_new_id(kind: str, value: str, known: Collection[str]) -> str | None:
    """The sentence for the id of a new thing that has not the shape of one, or is taken."""
    if is_id(value, kind) and value not in known:
        return None
    return f"“{value}” can't be the id of a new {kind}. Leave it out, and one is made."


def not_a_word(name: str, value: str | None, words: tuple[str, ...]) -> str | None:
    """The sentence for a value that isn't one of the words; None for a good one, "" or None."""
    if not value or value in words:
        return None
    return f"{name} must be one of {', '.join(words)}, not “{value}”."


def first(*sentences: str | None) -> str | None:
    """The first sentence there is."""
    return next((sentence for sentence in sentences if sentence), None)


def changed(values: dict[str, str | int | None], now: object) -> dict[str, str | int]:
    """Of the values given (None means "leave"), those that differ from `now`'s own attributes."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and getattr(now, name) != value
    }
