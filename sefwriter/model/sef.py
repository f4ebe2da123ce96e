"""The frozen SEF: everything a screen, a check or an export reads. Built by the ledger, never
changed.

Dates are ISO strings ("2026-05-31") or "" for none. Every id is a string of `ids.py`. Order in
tuples is the order people see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sefwriter.model.ids import (
    ActionId,
    ClaimId,
    CommentId,
    EntryId,
    EvidenceId,
    LinkId,
    MarkId,
    MeasureId,
    PassageId,
    PersonId,
    RenditionId,
    SectionId,
    SefId,
    SignOffId,
    ValueId,
    VersionId,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody admitted to the SEF. `keys` are public keys (hex); a lost laptop leaves several.

    `enrolled` is when they were first admitted, Unix seconds by the admitting laptop's clock.
    """

    id: PersonId
    name: str
    organisation: str
    partner: str
    roles: tuple[str, ...]
    keys: tuple[str, ...]
    removed: bool = False
    enrolled: int = 0

    def has_role(self, role: str) -> bool:
        """Whether the person holds the role now."""
        return not self.removed and role in self.roles


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the narrative. `ref` is the framework's own id for it (S01), "" if our own."""

    id: SectionId
    ref: str
    title: str
    text: str
    owner: str = ""
    target_words: int = 0
    position: str = ""
    made_by_newer: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim's fields. Its words stand in a section's text; `model.text.claims` finds them."""

    id: ClaimId
    kind: str
    partners: tuple[str, ...] = ()
    inquiries: tuple[str, ...] = ()
    as_at: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an evidence file's bytes.

    `name` is the file name it came with; size in bytes.
    """

    id: VersionId
    sha256: str
    name: str
    size: int
    added_by: PersonId
    entry: EntryId


@dataclass(frozen=True, slots=True)
class Rendition:
    """The pages everybody uses for one version: a PDF in the vault, and how it was made.

    `converter` is "as-is" when the version itself is the PDF.
    """

    id: RenditionId
    source: str
    sha256: str
    converter: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file kept whole.

    `number` is what people call it: E12, or E12b where two laptops minted 12.
    """

    id: EvidenceId
    number: str
    title: str
    kind: str = ""
    partner: str = ""
    owner: str = ""
    as_at: str = ""
    review_by: str = ""
    evidence_class: str = "general"
    note: str = ""
    versions: tuple[Version, ...] = ()

    @property
    def current(self) -> Version | None:
        """The version in use, the newest; None when its entry hasn't come yet."""
        return self.versions[-1] if self.versions else None


@dataclass(frozen=True, slots=True)
class Passage:
    """The place in evidence that one claim rests on (settled decision 22).

    `sha256` pins the version bound, `rendition` its pages ("" while there are none). `page` counts
    from 1, 0 when the passage is cells of a sheet; `page_to` equals `page` but for a quote over a
    page end. `before` and `after` are up to 32 characters beside the quote.
    """

    id: PassageId
    claim: ClaimId
    evidence: EvidenceId
    sha256: str
    rendition: str
    page: int
    page_to: int
    quote: str = ""
    before: str = ""
    after: str = ""
    sheet: str = ""
    cells: str = ""
    stance: str = "supports"
    note: str = ""
    added_by: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the plan. `number` is what people call it: A7."""

    id: ActionId
    number: str
    text: str
    owner: str = ""
    partner: str = ""
    start: str = ""
    due: str = ""
    priority: str = ""
    status: str = "not-started"
    rag: str = ""
    rag_reason: str = ""
    baseline: str = ""
    target: str = ""
    measure: str = ""
    progress: str = ""
    impact: str = ""


@dataclass(frozen=True, slots=True)
class ActionLink:
    """That an action follows from a claim."""

    id: LinkId
    claim: ClaimId
    action: ActionId
    added_by: str = ""


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """One value of a measure: the figure as written (a decimal as a string), and its date."""

    id: ValueId
    value: str
    as_at: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure kept once and used in many places of the text."""

    id: MeasureId
    name: str
    unit: str = ""
    target: str = ""
    values: tuple[MeasureValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a comment."""

    text: str
    person: PersonId
    when: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a section, a claim or a stretch of text.

    `when` is Unix seconds, for display only.
    """

    id: CommentId
    section: SectionId
    text: str
    person: PersonId
    when: int
    claim: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""
    must: bool = False
    resolved: bool = False
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOff:
    """A signed statement about one exact state of a section. Its state is computed (`states.py`).

    `parts` maps each part of the digest to that part's hash, so that a lapse can name what differs.
    `authors` are those whose words or fields stood in the section, and `was_reviewer` whether the
    signer was one, both judged on what the signer had seen. `order` is the Lamport counter of its
    entry: what came later has a larger one.
    """

    id: SignOffId
    entry: EntryId
    section: SectionId
    person: PersonId
    statement: str
    digest: str
    parts: Mapping[str, str]
    when: int
    was_reviewer: bool
    authors: frozenset[PersonId]
    withdrawn: bool = False
    withdrawn_reason: str = ""
    checklist: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """A partner's signed "this is a fair account of us" about one exact state of a section."""

    id: str
    entry: EntryId
    section: SectionId
    partner: str
    person: PersonId
    statement: str
    digest: str
    parts: Mapping[str, str]
    when: int
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An author's "ready" or a reviewer's "returned", about one exact state of a section.

    `order` is the Lamport counter of its entry, comparable with a sign-off's.
    """

    id: MarkId
    section: SectionId
    state: str
    person: PersonId
    digest: str
    reason: str
    when: int
    order: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A sentence that two people changed without having seen each other's change.

    `kind` is "sentence", or "claims" where marks met and were split. `people` are both sides.
    """

    section: SectionId
    kind: str
    people: tuple[PersonId, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Aside:
    """An entry kept aside on this laptop, without effect. `person` is who signed it, `n` its number
    in its log.
    """

    log: str
    n: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What reading a file on this laptop found. `texts` has one string a page; lengths agree.

    `state` is a word of EvidenceState, `reason` a sentence for people. `sizes` are (width, height)
    in points as a reader sees the page, rotation applied; `rotations` 0, 90, 180 or 270.
    """

    state: str
    reason: str = ""
    media: str = ""
    texts: tuple[str, ...] = ()
    sizes: tuple[tuple[float, float], ...] = ()
    rotations: tuple[int, ...] = ()
    title: str = ""
    no_text_pages: tuple[int, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; 0 where the file could not be read."""
        return len(self.sizes)


NOT_READ = PageFacts(state="missing", reason="This file is not on this laptop yet.")


@dataclass(frozen=True)
class Sef:
    """One state of a SEF, whole.

    `facts` maps the SHA-256 of a version or a rendition to what reading it here found; a file that
    hasn't been read on this laptop is absent. `also` maps (object, field) to values that another
    person set without having seen the one shown, `also_by` to who set each. `came_back` are deleted
    sections that an edit brought back, made without knowing of the deletion. `standing` maps a
    section to the people whose characters stand in its text, `setters` a counted (object, field) to
    who last set it.
    `passage_states` has a word of PassageState for each passage whose pages were read here. `newer`
    holds the objects that a newer version of the program touched in a way this one can't read.
    `forks` are entries kept aside because another history was written under their numbers,
    `waiting` those whose causes haven't come to this laptop yet.
    """

    id: SefId
    name: str
    framework: str
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    people: tuple[Person, ...] = ()
    sections: tuple[Section, ...] = ()
    claims: Mapping[ClaimId, Claim] = field(default_factory=dict[ClaimId, Claim])
    evidence: tuple[Evidence, ...] = ()
    renditions: Mapping[str, Rendition] = field(default_factory=dict[str, Rendition])
    passages: tuple[Passage, ...] = ()
    actions: tuple[Action, ...] = ()
    links: tuple[ActionLink, ...] = ()
    measures: tuple[Measure, ...] = ()
    comments: tuple[Comment, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    marks: tuple[Mark, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    facts: Mapping[str, PageFacts] = field(default_factory=dict[str, PageFacts])
    also: Mapping[tuple[str, str], tuple[str, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[str, ...]]
    )
    also_by: Mapping[tuple[str, str], tuple[PersonId, ...]] = field(
        default_factory=dict[tuple[str, str], tuple[PersonId, ...]]
    )
    came_back: frozenset[SectionId] = frozenset()
    standing: Mapping[SectionId, frozenset[PersonId]] = field(
        default_factory=dict[SectionId, frozenset[PersonId]]
    )
    setters: Mapping[tuple[str, str], PersonId] = field(
        default_factory=dict[tuple[str, str], PersonId]
    )
    passage_states: Mapping[PassageId, str] = field(default_factory=dict[PassageId, str])
    newer: frozenset[str] = frozenset()
    forks: tuple[Aside, ...] = ()
    waiting: tuple[Aside, ...] = ()

    @cached_property
    def section_by_id(self) -> Mapping[SectionId, Section]:
        """Sections by id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def evidence_by_id(self) -> Mapping[EvidenceId, Evidence]:
        """Evidence by id."""
        return {item.id: item for item in self.evidence}

    @cached_property
    def action_by_id(self) -> Mapping[ActionId, Action]:
        """Actions by id."""
        return {action.id: action for action in self.actions}

    @cached_property
    def person_by_id(self) -> Mapping[PersonId, Person]:
        """People by id, the removed ones too."""
        return {person.id: person for person in self.people}

    @cached_property
    def passages_by_claim(self) -> Mapping[ClaimId, tuple[Passage, ...]]:
        """Each claim's passages, in the order they were bound."""
        found: dict[ClaimId, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.claim, []).append(passage)
        return {claim: tuple(items) for claim, items in found.items()}

    @cached_property
    def actions_by_claim(self) -> Mapping[ClaimId, tuple[Action, ...]]:
        """The actions that follow from each claim, those still there."""
        found: dict[ClaimId, list[Action]] = {}
        for link in self.links:
            action = self.action_by_id.get(link.action)
            if action is not None:
                found.setdefault(link.claim, []).append(action)
        return {claim: tuple(items) for claim, items in found.items()}

    def page_facts(self, sha256: str) -> PageFacts:
        """What reading this file here found; NOT_READ where it wasn't read."""
        return self.facts.get(sha256, NOT_READ)

    def name_of(self, person: str) -> str:
        """A person's name, or a plain stand-in for somebody unknown here."""
        found = self.person_by_id.get(PersonId(person))
        return found.name if found else "somebody not admitted"
