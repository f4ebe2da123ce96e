"""Acts on evidence and passages.

Files themselves are brought into the vault before, by the desk.
"""

from dataclasses import dataclass, field
from typing import Final

from sefwriter.model.acts.base import (
    MOST_PAGES,
    Act,
    changed,
    first,
    not_a_count,
    not_a_date,
    not_a_hash,
    not_a_new_id,
    not_a_word,
)
from sefwriter.model.acts.claims import no_claim
from sefwriter.model.ids import (
    ClaimId,
    EvidenceId,
    PassageId,
    PersonId,
    RenditionId,
    VersionId,
    new_id,
)
from sefwriter.model.numbers import next_number
from sefwriter.model.ops import Add, Delete, Op, Set, Value
from sefwriter.model.sef import Evidence, Sef
from sefwriter.model.text.claims import claim_words
from sefwriter.model.words import EVIDENCE_CLASSES, PARTNERS, STANCES

_LARGEST: Final = 1 << 50
"""Bytes: more than any file has, and a number that every JSON reader keeps."""


def no_evidence(sef: Sef, evidence: str) -> str | None:
    """The sentence for evidence that isn't there."""
    if EvidenceId(evidence) in sef.evidence_by_id:
        return None
    return f"There is no evidence “{evidence}” in this SEF."


def same_bytes(sef: Sef, sha256: str) -> Evidence | None:
    """The evidence that has these very bytes, as they are or as they were."""
    return next((e for e in sef.evidence if any(v.sha256 == sha256 for v in e.versions)), None)


@dataclass(frozen=True, kw_only=True)
class AddEvidence(Act):
    """A file becomes evidence. `rendition` is its pages as a PDF ("" while there are none).

    The bytes are named by their SHA-256 and lie in the vault already.
    """

    sha256: str
    name: str
    size: int
    title: str = ""
    evidence_kind: str = ""
    partner: str = ""
    owner: str = ""
    as_at: str = ""
    review_by: str = ""
    evidence_class: str = "general"
    note: str = ""
    rendition: str = ""
    converter: str = ""
    evidence: EvidenceId = field(default_factory=lambda: EvidenceId(new_id("evidence")))

    @property
    def subject(self) -> str:
        return self.evidence

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        fields: dict[str, Value] = {
            "title": self.title or self.name,
            "kind": self.evidence_kind,
            "partner": self.partner,
            "owner": self.owner,
            "as_at": self.as_at,
            "review_by": self.review_by,
            "evidence_class": self.evidence_class,
            "note": self.note,
        }
        return (
            Add(self.evidence, {"number": next_number(item.number for item in sef.evidence)}),
            Set(self.evidence, {name: value for name, value in fields.items() if value}),
            *version_ops(
                sef,
                self.evidence,
                self.sha256,
                self.name,
                self.size,
                self.rendition,
                self.converter,
            ),
        )

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = first(
            wrong_file(self.sha256, self.size, self.rendition),
            not_a_new_id("evidence", self.evidence, sef.evidence_by_id),
        )
        if refused:
            return refused
        twin = same_bytes(sef, self.sha256)
        if twin:
            return f"{self.name} is here already: it is {twin.number} {twin.title}."
        return _wrong_fields(self.partner, self.evidence_class, self.as_at, self.review_by)


@dataclass(frozen=True, kw_only=True)
class SetEvidence(Act):
    """Other facts about evidence; what isn't named stays."""

    evidence: EvidenceId
    title: str | None = None
    evidence_kind: str | None = None
    partner: str | None = None
    owner: str | None = None
    as_at: str | None = None
    review_by: str | None = None
    evidence_class: str | None = None
    note: str | None = None

    @property
    def subject(self) -> str:
        return self.evidence

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        fields = changed(
            {
                "title": self.title,
                "kind": self.evidence_kind,
                "partner": self.partner,
                "owner": self.owner,
                "as_at": self.as_at,
                "review_by": self.review_by,
                "evidence_class": self.evidence_class,
                "note": self.note,
            },
            sef.evidence_by_id[self.evidence],
        )
        return (Set(self.evidence, fields),) if fields else ()

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = no_evidence(sef, self.evidence) or _wrong_fields(
            self.partner, self.evidence_class, self.as_at, self.review_by
        )
        if refused or self.evidence_class != "restricted":
            return refused
        quoted = [p for p in sef.passages if p.evidence == self.evidence and p.quote]
        if quoted:
            item = sef.evidence_by_id[self.evidence]
            return (
                f"{item.number} has {len(quoted)} passage(s) with quoted words, and nothing may be "
                "quoted from restricted evidence. Unbind them, then bind the page alone."
            )
        return None


@dataclass(frozen=True, kw_only=True)
class ReplaceEvidence(Act):
    """A new version of the file; number, passages and the old version stay."""

    evidence: EvidenceId
    sha256: str
    name: str
    size: int
    rendition: str = ""
    converter: str = ""

    @property
    def subject(self) -> str:
        return self.evidence

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return version_ops(
            sef, self.evidence, self.sha256, self.name, self.size, self.rendition, self.converter
        )

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = no_evidence(sef, self.evidence) or wrong_file(
            self.sha256, self.size, self.rendition
        )
        if refused:
            return refused
        twin = same_bytes(sef, self.sha256)
        if twin and twin.id == self.evidence:
            if twin.current and twin.current.sha256 == self.sha256:
                return f"This is the very file that {twin.number} holds already."
            return None  # back to how it was
        return f"This file is here already as {twin.number} {twin.title}." if twin else None


@dataclass(frozen=True, kw_only=True)
class RecordRendition(Act):
    """The first conversion of a version to pages, to be used by everybody."""

    source: str
    rendition: str
    converter: str

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return _rendition_ops(sef, self.source, self.rendition, self.converter)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        known = any(v.sha256 == self.source for item in sef.evidence for v in item.versions)
        return first(
            not_a_hash("The source", self.source),
            not_a_hash("The rendition", self.rendition),
            None if known else "No evidence has the file whose pages these are.",
        )


@dataclass(frozen=True, kw_only=True)
class DeleteEvidence(Act):
    """Evidence that nothing rests on goes."""

    evidence: EvidenceId

    @property
    def subject(self) -> str:
        return self.evidence

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return (Delete(self.evidence),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = no_evidence(sef, self.evidence)
        used = [item for item in sef.passages if item.evidence == self.evidence]
        if refused or not used:
            return refused
        item = sef.evidence_by_id[self.evidence]
        words = {c: w for s in sef.sections for c, w in claim_words(s.text).items()}
        where = "; ".join(f"“{words.get(p.claim, 'a loose claim')[:60]}”" for p in used[:3])
        more = f" and {len(used) - 3} more" if len(used) > 3 else ""
        return f"{item.number} is what these claims rest on: {where}{more}. Unbind them first."


@dataclass(frozen=True, kw_only=True)
class LinkPassage(Act):
    """A claim rests on this place of the evidence (settled decision 22).

    The desk finds the quote and fills in page, context and the version bound.
    """

    claim: ClaimId
    evidence: EvidenceId
    page: int = 0
    page_to: int = 0
    quote: str = ""
    before: str = ""
    after: str = ""
    sheet: str = ""
    cells: str = ""
    stance: str = "supports"
    note: str = ""
    passage: PassageId = field(default_factory=lambda: PassageId(new_id("passage")))

    @property
    def subject(self) -> str:
        return self.passage

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        version = sef.evidence_by_id[self.evidence].current
        sha256 = version.sha256 if version else ""
        rendition = sef.renditions.get(sha256)
        fixed: dict[str, Value] = {
            "claim": self.claim,
            "evidence": self.evidence,
            "sha256": sha256,
            "rendition": rendition.sha256 if rendition else "",
            "page": self.page,
            "page_to": self.page_to or self.page,
            "quote": self.quote,
            "before": self.before,
            "after": self.after,
            "sheet": self.sheet,
            "cells": self.cells,
        }
        return (
            Add(self.passage, fixed),
            Set(self.passage, {"stance": self.stance, "note": self.note}),
        )

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = first(
            no_claim(sef, self.claim),
            no_evidence(sef, self.evidence),
            not_a_word("The stance", self.stance, STANCES),
            not_a_count("The page", self.page, MOST_PAGES),
            not_a_count("The last page", self.page_to, MOST_PAGES),
            "The last page comes before the first." if 0 < self.page_to < self.page else None,
            not_a_new_id("passage", self.passage, [item.id for item in sef.passages]),
        )
        if refused:
            return refused
        item = sef.evidence_by_id[self.evidence]
        if item.evidence_class == "restricted" and (self.quote or self.before or self.after):
            return f"{item.number} is restricted: bind its page, without quoting from it."
        if self.page < 1 and not self.cells:
            return f"Say which page of {item.number}, or which words stand there."
        if item.current:
            pages = sef.page_facts(item.current.sha256).pages
            if pages and not self.cells and max(self.page, self.page_to) > pages:
                return f"{item.number} has {pages} page{'s' * (pages > 1)}, no page {self.page}."
        if any(
            (p.evidence, p.page, p.page_to, p.quote, p.sheet, p.cells)
            == (
                self.evidence,
                self.page,
                self.page_to or self.page,
                self.quote,
                self.sheet,
                self.cells,
            )
            for p in sef.passages_by_claim.get(self.claim, ())
        ):
            return f"The claim rests on this place of {item.number} already."
        return None


@dataclass(frozen=True, kw_only=True)
class SetPassage(Act):
    """Whether a passage supports or qualifies its claim, and a note."""

    passage: PassageId
    stance: str | None = None
    note: str | None = None

    @property
    def subject(self) -> str:
        return self.passage

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        now = next(item for item in sef.passages if item.id == self.passage)
        fields = changed({"stance": self.stance, "note": self.note}, now)
        return (Set(self.passage, fields),) if fields else ()

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return no_passage(sef, self.passage) or not_a_word("The stance", self.stance, STANCES)


@dataclass(frozen=True, kw_only=True)
class UnlinkPassage(Act):
    """The claim no longer rests on this passage."""

    passage: PassageId

    @property
    def subject(self) -> str:
        return self.passage

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return (Delete(self.passage),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return no_passage(sef, self.passage)


def no_passage(sef: Sef, passage: str) -> str | None:
    """The sentence for a passage that isn't there."""
    if any(item.id == passage for item in sef.passages):
        return None
    return f"There is no passage “{passage}” in this SEF."


def wrong_file(sha256: str, size: int, rendition: str) -> str | None:
    """The sentence for what can't be a file in a vault."""
    return first(
        not_a_hash("The file's SHA-256", sha256),
        not_a_count("The size", size, _LARGEST),
        not_a_hash("The rendition", rendition) if rendition else None,
    )


def version_ops(
    sef: Sef,
    evidence: EvidenceId,
    sha256: str,
    name: str,
    size: int,
    rendition: str,
    converter: str,
) -> tuple[Op, ...]:
    """A new version of evidence, and its rendition where nobody recorded one yet."""
    version = VersionId(new_id("version"))
    fixed: dict[str, Value] = {"evidence": evidence, "sha256": sha256, "name": name, "size": size}
    pages = _rendition_ops(sef, sha256, rendition, converter) if rendition else ()
    return (Add(version, fixed), *pages)


def _rendition_ops(sef: Sef, source: str, rendition: str, converter: str) -> tuple[Op, ...]:
    if source in sef.renditions:
        return ()
    identity = RenditionId(new_id("rendition"))
    return (Add(identity, {"source": source, "sha256": rendition, "converter": converter}),)


def _wrong_fields(
    partner: str | None, evidence_class: str | None, as_at: str | None, review_by: str | None
) -> str | None:
    return first(
        not_a_word("The partner", partner, PARTNERS),
        not_a_word("The class", evidence_class, EVIDENCE_CLASSES),
        not_a_date("The as-at date", as_at),
        not_a_date("The review-by date", review_by),
    )
