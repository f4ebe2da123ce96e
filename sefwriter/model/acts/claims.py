"""Acts on claims: words of a section that say something checkable."""

from dataclasses import dataclass, field

from sefwriter.model.acts.base import Act, first, not_a_date, not_a_new_id, not_a_word
from sefwriter.model.acts.writing import edit_ops, no_section
from sefwriter.model.ids import ClaimId, PersonId, SectionId, new_id
from sefwriter.model.ops import Delete, Op, Set, Value
from sefwriter.model.sef import Sef
from sefwriter.model.text.claims import (
    QuoteNotFound,
    QuoteTaken,
    claim_words,
    in_the_way,
    mark_claim,
    unmark_claim,
)
from sefwriter.model.words import CLAIM_KINDS, PARTNERS


def no_claim(sef: Sef, claim: str) -> str | None:
    """The sentence for a claim that isn't there."""
    if ClaimId(claim) in sef.claims:
        return None
    return f"There is no claim “{claim}” in this SEF."


@dataclass(frozen=True, kw_only=True)
class MarkClaim(Act):
    """The quoted words of a section become a claim.

    `occurrence` counts from 1 where they stand twice.
    """

    section: SectionId
    quote: str
    occurrence: int = 1
    claim_kind: str = "context"
    partners: tuple[str, ...] = ()
    inquiries: tuple[str, ...] = ()
    as_at: str = ""
    claim: ClaimId = field(default_factory=lambda: ClaimId(new_id("claim")))

    @property
    def subject(self) -> str:
        return self.claim

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        text = mark_claim(
            sef.section_by_id[self.section].text, self.quote, self.claim, self.occurrence
        )
        fields: dict[str, Value] = {
            "kind": self.claim_kind,
            "partners": list(self.partners),
            "inquiries": list(self.inquiries),
            "as_at": self.as_at,
        }
        return (*edit_ops(sef, self.section, text), Set(self.claim, fields))

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = first(
            no_section(sef, self.section),
            _wrong_fields(self.claim_kind, self.partners, self.as_at),
            not_a_new_id("claim", self.claim, sef.claims),
            None if self.quote.strip() else "Say which words of the section are the claim.",
            None
            if self.occurrence > 0
            else "Places are counted from 1: occurrence=1 is the first.",
        )
        if refused:
            return refused
        section = sef.section_by_id[self.section]
        try:
            mark_claim(section.text, self.quote, self.claim, self.occurrence)
        except QuoteNotFound as missing:
            near = f" The nearest words there are “{missing.nearest}”." if missing.nearest else ""
            again = f" {self.occurrence} times" if self.occurrence > 1 else ""
            if in_the_way(section.text, self.quote):
                return (
                    f"“{section.title}” says “{self.quote}” where HTML or other Markdown stands "
                    "that is kept as it is, and no words in it can be marked. Write that paragraph "
                    "as plain Markdown first."
                )
            return f"“{section.title}” doesn't say “{self.quote}”{again}.{near}"
        except QuoteTaken:
            return f"Some of these words of “{section.title}” are a claim already: “{self.quote}”."
        return None


@dataclass(frozen=True, kw_only=True)
class SetClaim(Act):
    """Other fields for a claim; what isn't named stays."""

    claim: ClaimId
    claim_kind: str | None = None
    partners: tuple[str, ...] | None = None
    inquiries: tuple[str, ...] | None = None
    as_at: str | None = None

    @property
    def subject(self) -> str:
        return self.claim

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        now = sef.claims[self.claim]
        fields: dict[str, Value] = {}
        if self.claim_kind is not None and self.claim_kind != now.kind:
            fields["kind"] = self.claim_kind
        if self.partners is not None and self.partners != now.partners:
            fields["partners"] = list(self.partners)
        if self.inquiries is not None and self.inquiries != now.inquiries:
            fields["inquiries"] = list(self.inquiries)
        if self.as_at is not None and self.as_at != now.as_at:
            fields["as_at"] = self.as_at
        return (Set(self.claim, fields),) if fields else ()

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return no_claim(sef, self.claim) or _wrong_fields(
            self.claim_kind, self.partners or (), self.as_at
        )


@dataclass(frozen=True, kw_only=True)
class RemoveClaim(Act):
    """The words stay, the claim goes, and with it its passages and its ties to actions."""

    claim: ClaimId

    @property
    def subject(self) -> str:
        return self.claim

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        edits = tuple(
            op
            for section in sef.sections
            if self.claim in claim_words(section.text)
            for op in edit_ops(sef, section.id, unmark_claim(section.text, self.claim))
        )
        passages = (Delete(item.id) for item in sef.passages_by_claim.get(self.claim, ()))
        links = (Delete(item.id) for item in sef.links if item.claim == self.claim)
        return (*edits, Delete(self.claim), *passages, *links)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return no_claim(sef, self.claim)


def _wrong_fields(kind: str | None, partners: tuple[str, ...], as_at: str | None) -> str | None:
    return first(
        not_a_word("The kind of claim", kind, CLAIM_KINDS),
        *(not_a_word("A partner", partner, PARTNERS) for partner in partners),
        not_a_date("The as-at date", as_at),
    )
