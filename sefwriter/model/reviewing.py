"""What a reviewer asks of a section: what a sign-off of it covers, where its claims rest."""

from dataclasses import dataclass

from sefwriter.model.digest import section_digest
from sefwriter.model.ids import SectionId
from sefwriter.model.sef import Passage, Sef, SignOff
from sefwriter.model.states import sign_off_state
from sefwriter.model.text.plain import word_count


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of each thing a sign-off of a section covers: what its digest is made of."""

    words: int
    claims: int
    passages: int
    actions: int


def covered(sef: Sef, section: SectionId) -> Covered:
    """What a sign-off of the section as it is now covers. Raises KeyError for no such section."""
    kinds = [name.partition(" ")[0] for name in section_digest(sef, section).parts]
    return Covered(
        words=word_count(sef.section_by_id[section].text),
        claims=kinds.count("claim"),
        passages=kinds.count("passage"),
        actions=kinds.count("action"),
    )


def lapsed_sign_off(sef: Sef, section: SectionId) -> SignOff | None:
    """The last sign-off of the section that holds no longer, where none holds; else None."""
    states = [
        (item, sign_off_state(sef, item)) for item in sef.sign_offs if item.section == section
    ]
    if any(state == "valid" for _, state in states):
        return None
    lapsed = [item for item, state in states if state == "lapsed"]
    return max(lapsed, key=lambda item: item.order, default=None)


def passage_place(sef: Sef, passage: Passage) -> str:
    """Where a passage is, as people say it: "E1 p.3", "E7 cells B4:C9"; "" without its evidence."""
    item = sef.evidence_by_id.get(passage.evidence)
    if item is None:
        return ""
    if passage.cells:
        return f"{item.number} cells {passage.cells}"
    to = f"–{passage.page_to}" if passage.page_to > passage.page else ""
    return f"{item.number} p.{passage.page}{to}"
