"""A framework pack: the sections a SEF begins with, their prompts, and what they rest on.

A pack is data with a version, a basis and the date it was checked, because inspection frameworks
change; nothing of one is written into the program.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar, cast

from sefwriter.model.words import PARTNERS

T = TypeVar("T")

_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REF: Final = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


class FrameworkError(ValueError):
    """A framework pack isn't what it should be; the message says where and what."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something the pack rests on. `date` is as precise as it is known: "2025-06-06", "2023"."""

    title: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A line of inquiry: a question inspectors ask, by a short id such as K4."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One question of the reviewer's checklist, with what a yes means."""

    id: str
    question: str
    help: str


@dataclass(frozen=True, slots=True)
class FrameworkSection:
    """One section as the pack proposes it. `ref` (S01) ties a SEF's section to it for good.

    `good` is what good looks like; `inquiries` are ids of the pack's lines of inquiry; `partners`
    are words of `words.PARTNERS` whose part the section needs; `basis` says where it comes from.
    """

    ref: str
    title: str
    prompts: tuple[str, ...]
    good: tuple[str, ...]
    inquiries: tuple[str, ...]
    partners: tuple[str, ...]
    evidence_kinds: tuple[str, ...]
    target_words: int
    basis: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A whole pack. `basis` is the publication it follows, `own_words` says what is not official.

    `checked_on` is an ISO date; `not_known` are the things that nobody could find out by then.
    """

    id: str
    title: str
    version: str
    basis: str
    checked_on: str
    own_words: str
    sources: tuple[Source, ...]
    not_known: tuple[str, ...]
    inquiries: tuple[Inquiry, ...]
    checklist: tuple[ChecklistItem, ...]
    sections: tuple[FrameworkSection, ...]

    def section(self, ref: str) -> FrameworkSection | None:
        """The section with this ref; None for a section that is a SEF's own."""
        return next((section for section in self.sections if section.ref == ref), None)


def framework_from(data: Mapping[str, object]) -> Framework:
    """The pack that this data says, as JSON gives it.

    Raises FrameworkError at the first thing missing, mistyped, unknown or said twice. Fields this
    version doesn't know are left alone: a newer pack may carry more.
    """
    pack = _Part(data, "the framework pack")
    inquiries = pack.parts("inquiries", _inquiry)
    known = {inquiry.id for inquiry in inquiries}
    framework = Framework(
        id=pack.word("id", _NAME),
        title=pack.text("title"),
        version=pack.text("version"),
        basis=pack.text("basis"),
        checked_on=pack.word("checked_on", _DATE),
        own_words=pack.text("own_words"),
        sources=pack.parts("sources", _source),
        not_known=pack.texts("not_known"),
        inquiries=inquiries,
        checklist=pack.parts("checklist", _checklist_item),
        sections=pack.parts("sections", lambda part: _section(part, known)),
    )
    _only_once("inquiry", [item.id for item in framework.inquiries])
    _only_once("checklist question", [item.id for item in framework.checklist])
    _only_once("section", [section.ref for section in framework.sections])
    return framework


class _Part:
    """A stretch of the data and its name for messages, read field by field."""

    def __init__(self, data: object, name: str) -> None:
        if not isinstance(data, Mapping):
            raise FrameworkError(f"{name} must be an object with named fields")
        self._data = cast("Mapping[str, object]", data)
        self._name = name

    def _field(self, field: str) -> object:
        if field not in self._data:
            raise FrameworkError(f"{self._name} has no “{field}”")
        return self._data[field]

    def text(self, field: str) -> str:
        value = self._field(field)
        if not isinstance(value, str) or not value.strip():
            raise FrameworkError(f"“{field}” of {self._name} must be words, not {value!r}")
        return value

    def word(self, field: str, shape: re.Pattern[str]) -> str:
        value = self.text(field)
        if not shape.fullmatch(value):
            raise FrameworkError(f"“{field}” of {self._name} can't be {value!r}")
        return value

    def count(self, field: str) -> int:
        value = self._field(field)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise FrameworkError(f"“{field}” of {self._name} must be a number, not {value!r}")
        return value

    def _list(self, field: str) -> Sequence[object]:
        value = self._field(field)
        if not isinstance(value, list) or not value:
            raise FrameworkError(f"“{field}” of {self._name} must be a list that isn't empty")
        return cast("list[object]", value)

    def texts(self, field: str, known: Sequence[str] | set[str] | None = None) -> tuple[str, ...]:
        found: list[str] = []
        for value in self._list(field):
            if not isinstance(value, str) or not value.strip():
                raise FrameworkError(f"“{field}” of {self._name} must hold words, not {value!r}")
            if known is not None and value not in known:
                raise FrameworkError(f"“{field}” of {self._name} names {value!r}, which is unknown")
            found.append(value)
        return tuple(found)

    def parts(self, field: str, read: Callable[["_Part"], T]) -> tuple[T, ...]:
        return tuple(
            read(_Part(value, f"item {number} of “{field}”"))
            for number, value in enumerate(self._list(field), start=1)
        )


def _source(part: _Part) -> Source:
    return Source(part.text("title"), part.text("publisher"), part.text("date"))


def _inquiry(part: _Part) -> Inquiry:
    return Inquiry(part.word("id", _REF), part.text("label"))


def _checklist_item(part: _Part) -> ChecklistItem:
    return ChecklistItem(part.word("id", _NAME), part.text("question"), part.text("help"))


def _section(part: _Part, inquiries: set[str]) -> FrameworkSection:
    return FrameworkSection(
        ref=part.word("ref", _REF),
        title=part.text("title"),
        prompts=part.texts("prompts"),
        good=part.texts("good"),
        inquiries=part.texts("inquiries", inquiries),
        partners=part.texts("partners", PARTNERS),
        evidence_kinds=part.texts("evidence_kinds"),
        target_words=part.count("target_words"),
        basis=part.text("basis"),
    )


def _only_once(what: str, names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise FrameworkError(f"the {what} {twice} stands twice")
