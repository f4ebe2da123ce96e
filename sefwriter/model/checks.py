"""Checks: rules that find something to mend.

Typed, so that terminal, screen and gate read the same.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from sefwriter.model.sef import Evidence, Passage, Sef
from sefwriter.model.states import loose_claims, passage_state, sign_off_differs, sign_off_state
from sefwriter.model.text.claims import claim_words, doubled
from sefwriter.model.words import CheckLevel


@dataclass(frozen=True, slots=True)
class Where:
    """The place a check speaks of, as ids; "" where it isn't about such a thing."""

    section: str = ""
    claim: str = ""
    evidence: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. `message` says what is wrong and where, `fix` what to do."""

    check: str
    level: CheckLevel
    where: Where
    message: str
    fix: str


def all_checks(sef: Sef) -> tuple[Check, ...]:
    """Everything the rules find, errors first, in the order of the SEF."""
    found = [
        *_claims(sef),
        *_passages(sef),
        *_evidence(sef),
        *_sign_offs(sef),
        *_meetings(sef),
        *_newer(sef),
        *_written_twice(sef),
        *_came_back(sef),
        *_kept_aside(sef),
    ]
    rank = {"error": 0, "warning": 1, "hint": 2}
    return tuple(sorted(found, key=lambda check: rank[check.level]))


def _claims(sef: Sef) -> Iterator[Check]:
    seen: dict[str, str] = {}
    for section in sef.sections:
        twice = set(doubled(section.text))
        for claim, words in claim_words(section.text).items():
            where = Where(section=section.id, claim=claim)
            short = _short(words)
            if claim not in sef.claims:
                yield Check(
                    "claim-unknown",
                    "warning",
                    where,
                    f"“{short}” is marked as a claim that this SEF doesn't know.",
                    "It is read as plain words. Mark it again, or take the mark off.",
                )
                continue
            if claim in twice or claim in seen:
                yield Check(
                    "claim-doubled",
                    "error",
                    where,
                    f"The claim “{short}” stands in two places.",
                    "Keep one; mark the other as a claim of its own.",
                )
            seen[claim] = section.id
            if not sef.passages_by_claim.get(claim):
                yield Check(
                    "claim-without-passage",
                    "error",
                    where,
                    f"The claim “{short}” rests on nothing.",
                    "Bind it to the page that proves it, or take the mark off.",
                )
    for claim in loose_claims(sef):
        yield Check(
            "claim-loose",
            "warning",
            Where(claim=claim),
            "A claim's words were deleted, and it still has its passages and actions.",
            "Put the words back, or remove the claim.",
        )


def _passages(sef: Sef) -> Iterator[Check]:
    home = {claim: section.id for section in sef.sections for claim in claim_words(section.text)}
    for passage in sef.passages:
        item = sef.evidence_by_id.get(passage.evidence)
        if item is None or passage.claim not in home:
            continue
        where = Where(section=home[passage.claim], claim=passage.claim, evidence=passage.evidence)
        state = passage_state(sef, passage)
        place = _place(item, passage)
        if item.evidence_class == "restricted" and (passage.quote or passage.before):
            yield Check(
                "restricted-quoted",
                "error",
                where,
                f"Words of {place} are quoted, and {item.number} is restricted.",
                "Unbind the passage, then bind the page without quoting from it.",
            )
            continue
        if state == "gone":
            yield Check(
                "passage-not-found",
                "error",
                where,
                f"The words bound at {place} do not stand there: “{_short(passage.quote)}”.",
                "Open the page and bind the right words, or unbind the passage.",
            )
        elif state == "changed":
            yield Check(
                "passage-changed",
                "error",
                where,
                f"The words bound at {place} read differently now: “{_short(passage.quote)}”.",
                "Look at the page, then bind the words as they are.",
            )
        elif state == "moved":
            yield Check(
                "passage-moved",
                "warning",
                where,
                f"The words bound at {place} stand on another page now.",
                "Look at the page, then bind them there.",
            )
        elif state == "not-read" and item.evidence_class == "general":
            yield Check(
                "passage-not-read",
                "warning",
                where,
                f"{place} could not be looked at on this laptop yet.",
                "Bring the file in from the SEF folder or a hand-over file.",
            )


_NOT_USABLE = {
    "locked": "needs a password",
    "damaged": "is damaged",
    "empty": "is empty",
    "unsupported": "is of a kind that can't be read",
    "too-big": "is too big",
}


def _evidence(sef: Sef) -> Iterator[Check]:
    used = {passage.evidence for passage in sef.passages}
    for item in sef.evidence:
        if item.current is None or item.evidence_class == "restricted":
            continue
        facts = sef.page_facts(item.current.sha256)
        where = Where(evidence=item.id)
        if facts.state in _NOT_USABLE:
            yield Check(
                f"evidence-{facts.state}",
                "error" if item.id in used else "warning",
                where,
                f"{item.number} {item.title} {_NOT_USABLE[facts.state]}.",
                facts.reason or "Replace the file.",
            )
        elif facts.state == "missing":
            yield Check(
                "evidence-missing",
                "error" if item.id in used else "warning",
                where,
                f"The file of {item.number} {item.title} is not on this laptop.",
                "Pull from the SEF folder, or take in a hand-over file that has it.",
            )
        elif facts.no_text_pages:
            pages = len(facts.no_text_pages)
            yield Check(
                "evidence-no-text",
                "hint",
                where,
                f"{item.number} {item.title} has {pages} page{'s' * (pages > 1)} without text.",
                "Search can't see them; an OCR program can add the text.",
            )


def _sign_offs(sef: Sef) -> Iterator[Check]:
    for sign_off in sef.sign_offs:
        if sign_off_state(sef, sign_off) == "lapsed":
            section = sef.section_by_id.get(sign_off.section)
            title = section.title if section else "a section that was taken out"
            differs = "; ".join(sign_off_differs(sef, sign_off))
            yield Check(
                "sign-off-lapsed",
                "error",
                Where(section=sign_off.section),
                f"{sef.name_of(sign_off.person)}'s sign-off of “{title}” has lapsed: {differs}.",
                "Have it looked at and signed again, or put back what was signed.",
            )


def _meetings(sef: Sef) -> Iterator[Check]:
    for meeting in sef.meetings:
        section = sef.section_by_id.get(meeting.section)
        names = " and ".join(sef.name_of(person) for person in meeting.people)
        title = section.title if section else ""
        yield Check(
            "meeting-open",
            "error",
            Where(section=meeting.section),
            f"{names} changed the same words of “{title}” without seeing each other's change.",
            "Read the place, put it right, then settle the meeting.",
        )


def _newer(sef: Sef) -> Iterator[Check]:
    for section in sef.sections:
        if section.made_by_newer:
            yield Check(
                "made-by-newer",
                "error",
                Where(section=section.id),
                f"“{section.title}” holds something made by a newer version of sefwriter.",
                "Update sefwriter on this laptop; until then the section can't be signed here.",
            )


def _kept_aside(sef: Sef) -> Iterator[Check]:
    for person, count in Counter(item.person for item in sef.forks).items():
        name = sef.name_of(person)
        yield Check(
            "history-forked",
            "error",
            Where(),
            f"Two histories were written under one name, after an old state of a laptop and its "
            f"SEF folder was put back: {_entries(count)} of {name} {_are(count)} kept aside on "
            "this laptop.",
            f"Have {name} look at what is kept aside (sefwriter show SEF entries) and write it "
            "again.",
        )
    if sef.waiting:
        count = len(sef.waiting)
        names = sorted({sef.name_of(item.person) for item in sef.waiting})
        known = any(item.person in sef.person_by_id for item in sef.waiting)
        yield Check(
            "entries-waiting",
            "error" if known else "warning",
            Where(),
            f"This copy is incomplete: {_entries(count)} of {', '.join(names)} {_are(count)} "
            "waiting for entries that haven't come to this laptop yet.",
            "Pull again once the sync has finished, or take in a hand-over file that has them.",
        )


def _entries(count: int) -> str:
    return "one entry" if count == 1 else f"{count} entries"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _place(item: Evidence, passage: Passage) -> str:
    return (
        f"{item.number} cells {passage.cells}"
        if passage.cells
        else f"{item.number} p.{passage.page}"
    )


def _short(words: str, limit: int = 80) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def _written_twice(sef: Sef) -> Iterator[Check]:
    """Fields that two people set without having seen each other's value: one is shown."""
    for (thing, name), others in sef.also.items():
        found = _shown(sef, thing, name)
        if found is None:
            continue
        label, where, value = found
        setter = sef.setters.get((thing, name))
        shown = f"“{_short(value)}”" + (f" ({sef.name_of(setter)})" if setter else "")
        people = sef.also_by.get((thing, name), ())
        rest = ", ".join(
            f"“{_short(other)}”" + (f" ({sef.name_of(by)})" if by else "")
            for other, by in zip_longest(others, people[: len(others)], fillvalue="")
        )
        yield Check(
            "written-twice",
            "hint",
            where,
            f"Two people set the {name.replace('_', ' ')} of {label}: {shown} is shown, {rest} "
            "is not.",
            "If another value is right, set it; if the one shown is, nothing is to be done.",
        )


def _shown(sef: Sef, thing: str, name: str) -> tuple[str, Where, str] | None:
    """What people call a thing, where it is, and this field as it is shown; None for the unseen."""
    sections = ((s.id, f"“{s.title}”", Where(section=s.id), s) for s in sef.sections)
    items = ((e.id, f"{e.number} {e.title}", Where(evidence=e.id), e) for e in sef.evidence)
    actions = ((a.id, a.number, Where(action=a.id), a) for a in sef.actions)
    claims = ((c.id, "a claim", Where(claim=c.id), c) for c in sef.claims.values())
    people = ((p.id, p.name, Where(), p) for p in sef.people)
    measures = ((m.id, m.name, Where(), m) for m in sef.measures)
    for identity, label, where, item in (
        *sections,
        *items,
        *actions,
        *claims,
        *people,
        *measures,
    ):
        if identity == thing and name != "position" and hasattr(item, name):
            value = getattr(item, name)
            words = ", ".join(value) if isinstance(value, tuple) else str(value)  # pyright: ignore[reportUnknownArgumentType] - a field of words
            return label, where, words
    return None


def _came_back(sef: Sef) -> Iterator[Check]:
    for section in sef.sections:
        if section.id in sef.came_back:
            yield Check(
                "came-back",
                "warning",
                Where(section=section.id),
                f"“{section.title}” was deleted, and an edit made without knowing of that brought "
                "it back.",
                "Delete it again, or change something in it, and it stays.",
            )
