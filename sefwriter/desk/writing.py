"""What the writing screen shows of a SEF, and undo and redo of own edits at this desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sefwriter.desk.evidence_list import numbered_claims
from sefwriter.desk.project import Project
from sefwriter.model.checks import Check, all_checks
from sefwriter.model.framework import FrameworkSection, Inquiry
from sefwriter.model.ids import ClaimId, SectionId
from sefwriter.model.sef import Passage, Sef
from sefwriter.model.states import loose_claims, section_status
from sefwriter.model.text.plain import word_count


@dataclass(frozen=True, slots=True)
class Steps:
    """How many edits of a section can be undone at this desk, and how many made again."""

    undo: int = 0
    redo: int = 0


def steps_of(project: Project, section: SectionId) -> Steps:
    """What can be undone and redone in this section now."""
    return Steps(*project.replica.undo_depth(section))


def undo(project: Project, section: SectionId) -> Steps:
    """Takes back the last own edit of this section. Raises WorldError where there is none."""
    project.replica.undo_text(section)
    return steps_of(project, section)


def redo(project: Project, section: SectionId) -> Steps:
    """Makes the own edit undone last again. Raises WorldError where there is none."""
    project.replica.redo_text(section)
    return steps_of(project, section)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section as the list shows it. `errors` counts the checks that must be mended."""

    id: SectionId
    number: int
    title: str
    status: str
    owner: str
    words: int
    target: int
    errors: int
    comments: int


def section_rows(sef: Sef) -> tuple[SectionRow, ...]:
    """Every section in its order."""
    errors: dict[str, int] = {}
    for check in checks_of(sef):
        if check.level == "error":
            errors[check.where.section] = errors.get(check.where.section, 0) + 1
    comments: dict[str, int] = {}
    for comment in sef.comments:
        if not comment.resolved:
            comments[comment.section] = comments.get(comment.section, 0) + 1
    return tuple(
        SectionRow(
            section.id,
            number,
            section.title,
            section_status(sef, section.id),
            section.owner,
            word_count(section.text),
            section.target_words,
            errors.get(section.id, 0),
            comments.get(section.id, 0),
        )
        for number, section in enumerate(sef.sections, 1)
    )


@lru_cache(maxsize=2)
def _checks(key: "_ByIdentity") -> tuple[Check, ...]:
    return all_checks(key.sef)


class _ByIdentity:
    """A SEF as a key of a cache: each state is a new object that never changes."""

    def __init__(self, sef: Sef) -> None:
        self.sef = sef

    def __hash__(self) -> int:
        return id(self.sef)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.sef is self.sef


def checks_of(sef: Sef) -> tuple[Check, ...]:
    """Everything the rules find, worst first; found once for each state of the SEF."""
    return _checks(_ByIdentity(sef))


def section_checks(sef: Sef, section: str) -> tuple[Check, ...]:
    """What the rules find in one section."""
    return tuple(check for check in checks_of(sef) if check.where.section == section)


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """A claim of a section: what it is called, what it rests on in short, what is wrong."""

    claim: ClaimId
    kind: str
    number: str
    words: str
    rests: str
    checks: tuple[Check, ...] = ()

    @property
    def in_short(self) -> str:
        """What it rests on, or the worst that is wrong with it, in a few words."""
        return _IN_SHORT.get(self.checks[0].check, self.rests) if self.checks else self.rests


_IN_SHORT: Final = {
    "claim-without-passage": "No evidence",
    "claim-doubled": "Stands twice",
    "claim-unknown": "Not a claim here",
    "passage-not-found": "Words not on the page",
    "passage-changed": "The page reads differently",
    "passage-moved": "On another page now",
    "passage-not-read": "Page not looked at",
}


def section_claims(sef: Sef, section: SectionId) -> Mapping[str, ClaimFacts]:
    """The claims that stand in a section, in reading order."""
    wrong: dict[str, list[Check]] = {}
    for check in checks_of(sef):
        wrong.setdefault(check.where.claim, []).append(check)
    return {
        claim: ClaimFacts(
            claim,
            found.kind,
            found.number,
            found.words,
            ", ".join(place_of(sef, item) for item in sef.passages_by_claim.get(claim, ())),
            tuple(wrong.get(claim, ())),
        )
        for claim, found in numbered_claims(sef).items()
        if found.section == section
    }


def place_of(sef: Sef, passage: Passage) -> str:
    """Where a passage is: "E12 p.3", "E7 B4:C9"; "E?" for evidence that isn't here."""
    item = sef.evidence_by_id.get(passage.evidence)
    number = item.number if item else "E?"
    if passage.cells:
        return f"{number} {passage.cells}"
    return f"{number} p.{passage.page}" if passage.page else number


def loose(sef: Sef) -> tuple[tuple[ClaimId, str], ...]:
    """Claims whose words were deleted, each with what still hangs on it, as a sentence."""
    return tuple((claim, _hanging(sef, claim)) for claim in loose_claims(sef))


def _hanging(sef: Sef, claim: ClaimId) -> str:
    kind = sef.claims[claim].kind
    places = ", ".join(place_of(sef, item) for item in sef.passages_by_claim.get(claim, ()))
    actions = ", ".join(item.number for item in sef.actions_by_claim.get(claim, ()))
    held = " and ".join(part for part in (places, actions) if part)
    what = {"to-improve": "to improve"}.get(kind, kind)
    return f"A claim ({what}) whose words were deleted" + (
        f"; it still has {held}." if held else "."
    )


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the framework says of a section, None for one of our own, and its lines of inquiry."""

    section: FrameworkSection | None
    inquiries: tuple[Inquiry, ...]


def guidance(project: Project, ref: str) -> Guidance:
    """The framework's guidance for a section. Raises WorldError for a pack this version lacks."""
    pack = project.framework()
    return Guidance(pack.section(ref) if ref else None, pack.inquiries)
