"""States that are computed, never stored: of sign-offs, of sections, of passages."""

from collections.abc import Mapping

from sefwriter.model.digest import section_digest
from sefwriter.model.ids import ClaimId, PersonId, SectionId
from sefwriter.model.sef import Agreement, Passage, Sef, SignOff
from sefwriter.model.text.claims import claim_words
from sefwriter.model.words import SectionStatus, SignOffState


def sign_off_state(sef: Sef, sign_off: SignOff) -> SignOffState:
    """What a sign-off is worth now.

    Whether the signer was a reviewer, and whose words stood in the section (four eyes), are judged
    on what the signer had seen; whether it still holds, on what stands now.
    """
    if sign_off.withdrawn:
        return "withdrawn"
    if not sign_off.was_reviewer:
        return "not-reviewer"
    if sign_off.person in sign_off.authors:
        return "own-text"
    if any(
        other.person == sign_off.person
        and other.section == sign_off.section
        and other.order > sign_off.order
        and not other.withdrawn
        for other in sef.sign_offs
    ):
        return "superseded"
    if sign_off.section not in sef.section_by_id:
        return "lapsed"
    same = section_digest(sef, sign_off.section).hex == sign_off.digest
    return "valid" if same else "lapsed"


def agreement_stands(sef: Sef, agreement: Agreement) -> bool:
    """Whether the section still is what the partner agreed to."""
    if agreement.section not in sef.section_by_id:
        return False
    return section_digest(sef, agreement.section).hex == agreement.digest


def sign_off_differs(sef: Sef, sign_off: SignOff | Agreement) -> tuple[str, ...]:
    """What is no longer as it was signed, in plain words, one a part; empty while all stands."""
    if sign_off.section not in sef.section_by_id:
        return ("the section was taken out",)
    return tuple(
        _part_in_words(sef, name, sign_off.parts, now.parts)
        for now in (section_digest(sef, sign_off.section),)
        for name in sorted(set(sign_off.parts) | set(now.parts))
        if sign_off.parts.get(name) != now.parts.get(name)
    )


def section_status(sef: Sef, section_id: SectionId) -> SectionStatus:
    """Where a section stands: a valid sign-off wins, then whatever was said of it last."""
    section = sef.section_by_id[section_id]
    states = [
        (sign_off, sign_off_state(sef, sign_off))
        for sign_off in sef.sign_offs
        if sign_off.section == section_id
    ]
    if any(state == "valid" for _, state in states):
        return "signed-off"
    lapsed = max((sign.order for sign, state in states if state == "lapsed"), default=-1)
    marks = [mark for mark in sef.marks if mark.section == section_id and mark.order > lapsed]
    if marks:
        last = max(marks, key=lambda mark: mark.order)
        if last.state == "returned":
            return "returned"
        if last.digest == section_digest(sef, section_id).hex:
            return "ready"
    if lapsed >= 0:
        return "lapsed"
    return "drafting" if section.text.strip() else "not-started"


def authors_of(sef: Sef, section_id: SectionId) -> frozenset[PersonId]:
    """Whose section it is: whose characters stand in its text, or who last set a field that counts.

    Not "who ever wrote here" (settled decision 25).
    """
    section = sef.section_by_id[section_id]
    claims = set(claim_words(section.text))
    objects: set[str] = {section_id, *claims}
    people = set(sef.standing.get(section_id, frozenset()))
    for claim in claims:
        for passage in sef.passages_by_claim.get(claim, ()):
            objects.add(passage.id)
            people.add(PersonId(passage.added_by))
            item = sef.evidence_by_id.get(passage.evidence)
            if item and item.current:
                people.add(item.current.added_by)
        objects.update(action.id for action in sef.actions_by_claim.get(claim, ()))
    people.update(PersonId(link.added_by) for link in sef.links if link.claim in claims)
    people.update(
        person
        for (obj, name), person in sef.setters.items()
        if obj in objects and name in COUNTED_FIELDS.get(obj[0], ())
    )
    people.discard(PersonId(""))
    return frozenset(people)


COUNTED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "s": ("title",),
    "c": ("kind", "partners", "inquiries", "as_at"),
    "p": ("stance",),
    "a": (
        "text",
        "owner",
        "partner",
        "start",
        "due",
        "priority",
        "baseline",
        "target",
        "measure",
    ),
}
"""The fields that a digest covers, by the first letter of the object's id (see digest.py)."""


def passage_state(sef: Sef, passage: Passage) -> str:
    """Where a passage stands against the evidence as it is now, a word of PassageState."""
    return sef.passage_states.get(passage.id, "not-read")


def loose_claims(sef: Sef) -> tuple[ClaimId, ...]:
    """Claims whose words were deleted: kept until somebody deals with them, never silently gone."""
    standing = {claim for section in sef.sections for claim in claim_words(section.text)}
    return tuple(claim for claim in sef.claims if claim not in standing)


def _part_in_words(sef: Sef, name: str, then: Mapping[str, str], now: Mapping[str, str]) -> str:
    how = "added" if name not in then else "taken out" if name not in now else "changed"
    kind, _, identity = name.partition(" ")
    if kind == "text":
        return "the text was changed"
    if kind == "title":
        return "the title was changed"
    if kind == "claim":
        words = next(
            (
                claim_words(section.text)[ClaimId(identity)]
                for section in sef.sections
                if identity in claim_words(section.text)
            ),
            "",
        )
        return f"the claim “{_short(words)}” was {how}" if words else f"a claim was {how}"
    if kind == "passage":
        passage = next((item for item in sef.passages if item.id == identity), None)
        item = sef.evidence_by_id.get(passage.evidence) if passage else None
        place = f"{item.number} p.{passage.page}" if item and passage else "a passage"
        if how == "changed" and item and passage and item.current:
            return (
                f"the file behind {place} was replaced"
                if item.current.sha256 != passage.sha256
                else f"the passage {place} was changed"
            )
        return f"the passage {place} was {how}" if item else f"a passage was {how}"
    if kind == "action":
        action = next((item for item in sef.actions if item.id == identity), None)
        return f"the action {action.number} was {how}" if action else f"an action was {how}"
    return f"{name} was {how}"


def _short(words: str, limit: int = 60) -> str:
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
