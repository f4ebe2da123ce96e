"""A frozen Sef → the plan of its pack.

Evidence is bound in the order of its numbers, used or not, in its current version. A passage whose
version was replaced since keeps its page, and its claim says so: one file per number, never two
behind one "E7". The checks hold such a pack back as a draft until somebody looks.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Final

from sefwriter.model.ids import ClaimId, PersonId, is_id
from sefwriter.model.sef import Action, Agreement, Evidence, Passage, Person, Section, Sef, SignOff
from sefwriter.model.states import (
    agreement_stands,
    passage_state,
    section_status,
    sign_off_differs,
    sign_off_state,
)
from sefwriter.model.text.claims import claim_words
from sefwriter.model.text.parse import blocks
from sefwriter.pack.phrases import claim_problems
from sefwriter.pack.plan import (
    PackPlan,
    PlanAction,
    PlanClaim,
    PlanEvidence,
    PlanPerson,
    PlanSection,
    PlanSignOff,
    Reference,
)
from sefwriter.pack.runs import runs_of

Vault = Callable[[str], Path | None]
"""The file with this SHA-256 on this laptop, or None."""

_NUMBER: Final = re.compile(r"[A-Z](\d+)([a-z]*)")

_UNREADABLE: Final = {
    "locked": "It needs a password.",
    "damaged": "It is damaged and could not be read.",
    "empty": "It is empty.",
    "unsupported": "It is of a kind that can't be made into pages.",
    "too-big": "It is too big to be bound.",
}

_PASSAGE_PROBLEMS: Final = {
    "gone": "The words bound at {place} do not stand there.",
    "changed": "The words bound at {place} read differently now.",
    "moved": "The words bound at {place} stand on another page now.",
}


def plan_pack(
    sef: Sef,
    *,
    date: str,
    draft: bool,
    vault: Vault,
    fingerprint: Callable[[str], str],
    framework: str = "",
    basis: str = "",
) -> PackPlan:
    """What the pack of this state of the SEF holds.

    `date` is ISO and the only date in the pack; `framework` and `basis` say by which framework the
    sections are and what that rests on; `fingerprint` gives what people compare of a public key
    (hex). Raises ValueError where `date` is no ISO date.
    """
    datetime.fromisoformat(date)
    maker = _Maker(sef, vault, fingerprint)
    plan = PackPlan(
        sef=sef.id,
        area=sef.name,
        date=date,
        draft=draft,
        framework=framework,
        basis=basis,
        sections=tuple(
            maker.section(number, section) for number, section in enumerate(sef.sections, 1)
        ),
        claims=dict(maker.claims),
        actions=tuple(maker.action(action) for action in sef.actions),
        evidence=tuple(maker.evidence(item) for item in sorted(sef.evidence, key=_in_order)),
        people=tuple(maker.person(person) for person in sef.people if not person.removed),
        pictures=maker.pictures(),
    )
    return replace(plan, problems=tuple(_problems(plan)))


@dataclass(frozen=True, slots=True)
class _Standing:
    """A claim that stands in the narrative: in which section, with which words."""

    section: str
    words: str


class _Maker:
    """Looks things up in one Sef; makes the parts of the plan."""

    def __init__(self, sef: Sef, vault: Vault, fingerprint: Callable[[str], str]) -> None:
        self.sef = sef
        self.vault = vault
        self.fingerprint = fingerprint
        self.blocks = {section.id: blocks(section.text) for section in sef.sections}
        self.standing: dict[ClaimId, _Standing] = {}
        for section in sef.sections:
            for claim, words in claim_words(section.text).items():
                if claim in sef.claims:
                    self.standing.setdefault(claim, _Standing(section.id, words))
        self.claims: Mapping[str, PlanClaim] = {
            claim: self._claim(claim, standing) for claim, standing in self.standing.items()
        }

    def section(self, number: int, section: Section) -> PlanSection:
        """A section with the claims whose home it is, its sign-offs, then its agreements."""
        signed = (item for item in self.sef.sign_offs if item.section == section.id)
        agreed = (item for item in self.sef.agreements if item.section == section.id)
        return PlanSection(
            id=section.id,
            ref=section.ref,
            number=number,
            title=section.title,
            status=section_status(self.sef, section.id),
            owner=self._owner(section.owner),
            blocks=self.blocks[section.id],
            claims=tuple(
                claim for claim, standing in self.standing.items() if standing.section == section.id
            ),
            sign_offs=(
                *(self._sign_off(item) for item in signed),
                *(self._agreement(item) for item in agreed),
            ),
            text_sha256=hashlib.sha256(section.text.encode("utf-8", "replace")).hexdigest(),
        )

    def action(self, action: Action) -> PlanAction:
        """A row of the action plan; its claims in the order of the narrative."""
        linked = {link.claim for link in self.sef.links if link.action == action.id}
        return PlanAction(
            id=action.id,
            number=action.number,
            text=action.text,
            owner=self._owner(action.owner),
            partner=action.partner,
            start=action.start,
            due=action.due,
            priority=action.priority,
            status=action.status,
            rag=action.rag,
            baseline=action.baseline,
            target=action.target,
            measure=action.measure,
            progress=action.progress,
            claims=tuple(claim for claim in self.standing if claim in linked),
        )

    def evidence(self, item: Evidence) -> PlanEvidence:
        """One item: its pages where they can be bound, else why they can't."""
        version = item.current
        sha256 = version.sha256 if version else ""
        rendition = self.sef.renditions.get(sha256)
        restricted = item.evidence_class == "restricted"
        pages_sha256 = rendition.sha256 if rendition else ""
        path = "" if restricted else self._file(pages_sha256)
        original = "" if restricted else self._file(sha256)
        facts = self.sef.page_facts(pages_sha256 or sha256)
        state = self.sef.page_facts(sha256).state
        reason = self._why_not_bound(item, state, path, original)
        return PlanEvidence(
            id=item.id,
            number=item.number,
            title=item.title,
            kind=item.kind,
            partner=item.partner,
            owner=self._holder(item),
            as_at=item.as_at,
            evidence_class=item.evidence_class,
            # A restricted file's name may be a child's; it stays where the file stays.
            file_name=version.name if version and not restricted else "",
            sha256=sha256,
            size=version.size if version else 0,
            pages=0 if restricted else facts.pages,
            state=state,
            reason=reason,
            converter=rendition.converter if rendition else "",
            path="" if reason else path,
            original=original,
            bound=not reason,
            used_by=tuple(
                claim
                for claim in self.standing
                if any(
                    passage.evidence == item.id
                    for passage in self.sef.passages_by_claim.get(claim, ())
                )
            ),
            no_text_pages=facts.no_text_pages,
        )

    def person(self, person: Person) -> PlanPerson:
        """An enrolled person with the keys that speak for them."""
        return PlanPerson(
            name=person.name,
            organisation=person.organisation,
            partner=person.partner,
            roles=person.roles,
            fingerprint=self._fingerprints(person),
            enrolled=_day(person.enrolled),
            keys=person.keys,
        )

    def pictures(self) -> dict[str, str]:
        """The files of the pictures that the narrative shows, where they are on this laptop."""
        shown = {
            run.picture
            for blocks in self.blocks.values()
            for runs in runs_of(blocks)
            for run in runs
            if run.picture
        }
        found = ((sha256, self._file(sha256)) for sha256 in sorted(shown))
        return {sha256: path for sha256, path in found if path}

    def _claim(self, claim_id: ClaimId, standing: _Standing) -> PlanClaim:
        claim = self.sef.claims[claim_id]
        passages = self.sef.passages_by_claim.get(claim_id, ())
        return PlanClaim(
            id=claim_id,
            kind=claim.kind,
            words=standing.words,
            section=standing.section,
            partners=claim.partners,
            inquiries=claim.inquiries,
            as_at=claim.as_at,
            references=tuple(chain.from_iterable(map(self._reference, passages))),
            actions=tuple(action.id for action in self.sef.actions_by_claim.get(claim_id, ())),
            problems=tuple(chain.from_iterable(map(self._passage_problems, passages))),
        )

    def _reference(self, passage: Passage) -> Iterator[Reference]:
        item = self.sef.evidence_by_id.get(passage.evidence)
        if item is None:
            return
        held = item.evidence_class == "restricted"
        qualifies = ", qualifies" if passage.stance == "qualifies" else ""
        yield Reference(
            passage=passage.id,
            evidence=item.id,
            number=item.number,
            page=max(passage.page, 1),
            label=f"{item.number}{qualifies}, held by {self._holder(item)}, not in this pack"
            if held
            else f"{_place(item, passage)}{qualifies}",
            stance=passage.stance,
            quote="" if held else passage.quote,
            held=held,
        )

    def _passage_problems(self, passage: Passage) -> Iterator[str]:
        item = self.sef.evidence_by_id.get(passage.evidence)
        if item is None:
            yield "A passage rests on evidence that was taken out."
            return
        if item.evidence_class == "restricted":
            return
        place = _place(item, passage)
        state = passage_state(self.sef, passage)
        if state in _PASSAGE_PROBLEMS:
            yield _PASSAGE_PROBLEMS[state].format(place=place)
        elif item.current and item.current.sha256 != passage.sha256:
            yield f"The file behind {place} was replaced since; the pack holds the newer one."

    def _why_not_bound(self, item: Evidence, state: str, path: str, original: str) -> str:
        if item.evidence_class == "restricted":
            return f"It is restricted: held by {self._holder(item)}, not in this pack."
        if state in _UNREADABLE and original:
            return self.sef.page_facts(item.versions[-1].sha256).reason or _UNREADABLE[state]
        if path:
            return ""
        if original:
            return "Its pages have not been made on this laptop yet."
        return "Its file is not on this laptop."

    def _sign_off(self, item: SignOff) -> PlanSignOff:
        person = self.sef.person_by_id.get(item.person)
        state = sign_off_state(self.sef, item)
        return PlanSignOff(
            person=self.sef.name_of(item.person),
            organisation=person.organisation if person else "",
            role="reviewer" if item.was_reviewer else "",
            state=state,
            statement=item.statement,
            when=_day(item.when),
            digest=item.digest,
            fingerprint=self._fingerprints(person),
            differs=sign_off_differs(self.sef, item) if state == "lapsed" else (),
        )

    def _agreement(self, item: Agreement) -> PlanSignOff:
        person = self.sef.person_by_id.get(item.person)
        stands = agreement_stands(self.sef, item)
        return PlanSignOff(
            person=self.sef.name_of(item.person),
            organisation=person.organisation if person else "",
            role=item.partner,
            state="valid" if stands else "lapsed",
            statement=item.statement,
            when=_day(item.when),
            digest=item.digest,
            fingerprint=self._fingerprints(person),
            differs=() if stands else sign_off_differs(self.sef, item),
        )

    def _file(self, sha256: str) -> str:
        path = self.vault(sha256) if sha256 else None
        return str(path) if path else ""

    def _fingerprints(self, person: Person | None) -> str:
        return ", ".join(map(self.fingerprint, person.keys)) if person else ""

    def _owner(self, owner: str) -> str:
        return self.sef.name_of(owner) if is_id(owner, "person") else owner

    def _holder(self, item: Evidence) -> str:
        """Who has the file: its owner, else whoever added it."""
        if item.owner or item.current is None:
            return self._owner(item.owner) or "its owner"
        return self.sef.name_of(PersonId(item.current.added_by))


def _problems(plan: PackPlan) -> Iterator[str]:
    """What somebody who makes the pack should know of it as a whole."""
    for item in plan.evidence:
        if not item.bound and item.evidence_class != "restricted":
            yield f"{item.number} {item.title} is not bound. {item.reason}"
    yield from claim_problems(plan, plan.claims)


def _place(item: Evidence, passage: Passage) -> str:
    if passage.cells:
        return f"{item.number} {f'{passage.sheet} ' * bool(passage.sheet)}cells {passage.cells}"
    to = f"–{passage.page_to}" if passage.page_to > passage.page else ""
    return f"{item.number} p.{passage.page}{to}"


def _in_order(item: Evidence) -> tuple[int, int, str]:
    """E2 before E10, E13 before E13b, E13z before E13bb."""
    found = _NUMBER.fullmatch(item.number)
    return (int(found[1]), len(found[2]), found[2]) if found else (0, 0, item.number)


def _day(when: int) -> str:
    return datetime.fromtimestamp(when, UTC).date().isoformat() if when else ""
