"""Acts on sections and their text."""

from dataclasses import dataclass, field
from typing import ClassVar, Final

from sefwriter.model.acts.base import Act, first, not_a_count, not_a_new_id
from sefwriter.model.ids import ClaimId, PersonId, SectionId, is_id, new_id
from sefwriter.model.ops import Add, Delete, EditSplices, Op, Set, Value
from sefwriter.model.order import place_after
from sefwriter.model.sef import Sef
from sefwriter.model.text.claims import claim_words
from sefwriter.model.text.normal import clean
from sefwriter.model.text.rebase import rebase
from sefwriter.model.text.splices import splices

MOST_WORDS: Final = 1_000_000
"""No section is longer: a larger number is a slip."""


def no_section(sef: Sef, section: str) -> str | None:
    """The sentence for a section that isn't there."""
    if SectionId(section) in sef.section_by_id:
        return None
    return f"There is no section “{section}” in this SEF."


def edit_ops(sef: Sef, section: SectionId, text: str) -> tuple[Op, ...]:
    """The splices from the section's present text to this one; none when it is the same."""
    edits = splices(sef.section_by_id[section].text, clean(text))
    return (EditSplices(section, edits),) if edits else ()


def merged(sef: Sef, section: SectionId, text: str, base: str | None) -> str:
    """The section's text with what was changed from `base`; without one, this text as it is."""
    standing = sef.section_by_id[section].text
    return clean(text) if base is None else rebase(base, clean(text), standing)


@dataclass(frozen=True, kw_only=True)
class EditText(Act):
    """The section's whole text as it shall be; only the differences are kept as changes.

    `base` is the text it was made from. Where others have written since, their words stay.
    """

    section: SectionId
    text: str
    base: str | None = None

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return edit_ops(sef, self.section, merged(sef, self.section, self.text, self.base))

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return no_section(sef, self.section)


@dataclass(frozen=True, kw_only=True)
class MarkWords(Act):
    """A text in which words were newly marked as the claims named, and what else was written.

    `like` names, for each new claim, one whose kind, partners, lines of inquiry and as-at date it
    shall have too, since its words were copied; "" for a claim of context.
    """

    section: SectionId
    text: str
    claims: tuple[str, ...]
    like: tuple[str, ...] = ()
    base: str | None = None

    @property
    def subject(self) -> str:
        return self.claims[0] if self.claims else self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        edits = edit_ops(sef, self.section, merged(sef, self.section, self.text, self.base))
        models = [*self.like, *[""] * len(self.claims)]
        return (
            *edits,
            *(
                Set(claim, _fields_like(sef, model))
                for claim, model in zip(self.claims, models, strict=False)
            ),
        )

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = no_section(sef, self.section)
        if refused:
            return refused
        if not self.claims:
            return "Say which claims were marked."
        standing = claim_words(merged(sef, self.section, self.text, self.base))
        for claim in self.claims:
            if not is_id(claim, "claim") or ClaimId(claim) in sef.claims:
                return f"“{claim}” can't be the id of a new claim."
            if not standing.get(ClaimId(claim)):
                return "Choose the words that make the claim."
        return None


def _fields_like(sef: Sef, model: str) -> dict[str, Value]:
    claim = sef.claims.get(ClaimId(model))
    if claim is None:
        return {"kind": "context", "partners": [], "inquiries": [], "as_at": ""}
    return {
        "kind": claim.kind,
        "partners": list(claim.partners),
        "inquiries": list(claim.inquiries),
        "as_at": claim.as_at,
    }


@dataclass(frozen=True, kw_only=True)
class AddSection(Act):
    """A new section, at the end or after another. `ref` ties it to the framework's section."""

    title: str
    ref: str = ""
    after: str = ""
    target_words: int = 0
    section: SectionId = field(default_factory=lambda: SectionId(new_id("section")))

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        fields: dict[str, str | int] = {"title": self.title, "position": _place(sef, self.after)}
        if self.target_words:
            fields["target_words"] = self.target_words
        return (Add(self.section, {"ref": self.ref}), Set(self.section, fields))

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            None if self.title.strip() else "A section needs a title.",
            not_a_new_id("section", self.section, sef.section_by_id),
            not_a_count("The target length", self.target_words, MOST_WORDS),
            no_section(sef, self.after) if self.after else None,
        )


@dataclass(frozen=True, kw_only=True)
class RenameSection(Act):
    """Another title for a section."""

    section: SectionId
    title: str

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        same = sef.section_by_id[self.section].title == self.title
        return () if same else (Set(self.section, {"title": self.title}),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        if not self.title.strip():
            return "A section needs a title."
        return no_section(sef, self.section)


@dataclass(frozen=True, kw_only=True)
class MoveSection(Act):
    """Another place for a section: after the one named, or first when none is."""

    section: SectionId
    after: str = ""

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        rest = [item for item in sef.sections if item.id != self.section]
        before = next((item.position for item in rest if item.id == self.after), "")
        place = place_after(before, (item.position for item in rest))
        return (Set(self.section, {"position": place}),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        if self.section == self.after:
            return "A section can't stand after itself."
        return no_section(sef, self.section) or (
            no_section(sef, self.after) if self.after else None
        )


@dataclass(frozen=True, kw_only=True)
class AssignSection(Act):
    """Who owns a section, by name or role; "" for nobody. Also its target length in words."""

    section: SectionId
    owner: str | None = None
    target_words: int | None = None

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        now = sef.section_by_id[self.section]
        fields: dict[str, str | int] = {}
        if self.owner is not None and self.owner != now.owner:
            fields["owner"] = self.owner
        if self.target_words is not None and self.target_words != now.target_words:
            fields["target_words"] = self.target_words
        return (Set(self.section, fields),) if fields else ()

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return no_section(sef, self.section) or not_a_count(
            "The target length", self.target_words, MOST_WORDS
        )


@dataclass(frozen=True, kw_only=True)
class DeleteSection(Act):
    """A section goes. Whoever edits it without having seen this brings it back, marked."""

    section: SectionId
    allowed: ClassVar[frozenset[str]] = frozenset({"owner"})

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return (Delete(self.section),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return no_section(sef, self.section)


def _place(sef: Sef, after: str) -> str:
    places = [item.position for item in sef.sections]
    if not after:
        return place_after(max(places, default=""), places)
    return place_after(next(s.position for s in sef.sections if s.id == after), places)
