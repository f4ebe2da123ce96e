"""What an act is: one thing a person does, as a small frozen record named by verb and noun.

The list of acts is the list of what the program can do, the permission table, the audit vocabulary
and the undo vocabulary. An act knows the ops it comes to (`ops`) and what stands against it
(`hindrance`); it never reads files or the clock.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from sefwriter.model.ids import PersonId
from sefwriter.model.ops import Op
from sefwriter.model.permissions import why_not_role
from sefwriter.model.sef import Sef

WRITERS = frozenset({"owner", "author"})
OWNERS = frozenset({"owner"})
ANYBODY = frozenset({"owner", "author", "reviewer", "reader"})
JUDGES = frozenset({"owner", "author", "reviewer"})


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act. Subclasses are frozen dataclasses whose fields are the glossary's words.

    `allowed` are the roles that may; `entry_kind` is the kind of ledger entry the act becomes:
    `edit`, `roster` or `sign`. Bodies of the last two can never be erased.
    """

    allowed: ClassVar[frozenset[str]] = WRITERS
    entry_kind: ClassVar[str] = "edit"

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
    roles = known.roles if known and not known.removed else ()
    return why_not_role(roles, act.allowed) or act.hindrance(sef, person)


_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def not_a_date(name: str, value: str | None) -> str | None:
    """The sentence for a date that isn't one; None for a good one, "" or None."""
    if not value or _DATE.fullmatch(value):
        return None
    return f"{name} must be a date such as 2026-05-31, not “{value}”."


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
