"""What a window lists of evidence: each item with its state and use, claims by number, searches."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sefwriter.desk.library import FoundPage
from sefwriter.desk.project import Project
from sefwriter.evidence.search import MARKS
from sefwriter.model.ids import ClaimId, EvidenceId, SectionId
from sefwriter.model.sef import Evidence, Passage, Sef
from sefwriter.model.text.claims import claim_words

__all__ = ["MARKS"]

LONG_WORD: Final = 5
"""Letters from which on a word of a claim is worth looking for."""

_MOST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One item of the list. `state` is what needs attention, "" where nothing does.

    In this order: `restricted`, a word of EvidenceState but `ready`, `stale` (its review date is
    past), `unused`. `media` is the file's kind; `claims` how many claims rest on it.
    """

    id: EvidenceId
    number: str
    title: str
    partner: str
    as_at: str
    media: str
    pages: int
    claims: int
    state: str
    stale: bool


@dataclass(frozen=True, slots=True)
class NumberedClaim:
    """A claim as people call it: 4.4, with its words, kind and section. "" for a loose one."""

    id: ClaimId
    number: str
    words: str
    kind: str
    section: SectionId


@dataclass(frozen=True, slots=True)
class FoundPages:
    """Pages found for words, best first. The first `whole` have all of them, the rest the most."""

    words: str
    pages: tuple[FoundPage, ...]
    whole: int


def evidence_rows(sef: Sef, today: str) -> tuple[EvidenceRow, ...]:
    """Every item in the order of the SEF. `today` is an ISO date."""
    used: dict[str, set[str]] = {}
    for passage in sef.passages:
        used.setdefault(passage.evidence, set()).add(passage.claim)
    return tuple(_row(sef, item, len(used.get(item.id, ())), today) for item in sef.evidence)


def _row(sef: Sef, item: Evidence, claims: int, today: str) -> EvidenceRow:
    facts = sef.page_facts(item.current.sha256 if item.current else "")
    stale = bool(item.review_by) and item.review_by < today
    state = ""
    if item.evidence_class == "restricted":
        state = "restricted"
    elif facts.state != "ready":
        state = facts.state
    elif stale:
        state = "stale"
    elif not claims:
        state = "unused"
    return EvidenceRow(
        id=item.id,
        number=item.number,
        title=item.title,
        partner=item.partner,
        as_at=item.as_at,
        media=facts.media,
        pages=facts.pages,
        claims=claims,
        state=state,
        stale=stale,
    )


def numbered_claims(sef: Sef) -> Mapping[ClaimId, NumberedClaim]:
    """The claims that stand in the text, in reading order, numbered by section as in the pack."""
    found: dict[ClaimId, NumberedClaim] = {}
    for place, section in enumerate(sef.sections, 1):
        at = 0
        for claim, words in claim_words(section.text).items():
            known = sef.claims.get(claim)
            if known is None or claim in found:
                continue
            at += 1
            found[claim] = NumberedClaim(claim, f"{place}.{at}", words, known.kind, section.id)
    return found


def passages_on(sef: Sef, evidence: EvidenceId) -> Iterator[tuple[Passage, NumberedClaim]]:
    """What rests on evidence: its passages with their claims, in reading order; loose ones last."""
    claims = numbered_claims(sef)
    order = {claim: at for at, claim in enumerate(claims)}
    mine = [passage for passage in sef.passages if passage.evidence == evidence]
    for passage in sorted(mine, key=lambda p: (order.get(p.claim, len(order)), p.page)):
        loose = NumberedClaim(passage.claim, "", "A loose claim", "context", SectionId(""))
        yield passage, claims.get(passage.claim, loose)


def longer_words(words: str) -> str:
    """The words of a claim worth looking for, each once, as they come."""
    found = re.findall(r"\d[\d,.]*\d|[^\W_]+(?:['’-][^\W_]+)*", words)
    wanted = [word for word in found if len(word) >= LONG_WORD or word[0].isdigit()]
    ranked = sorted(dict.fromkeys(wanted), key=len, reverse=True)[:_MOST_WORDS]
    return " ".join(word for word in dict.fromkeys(wanted) if word in ranked)


def search_pages(project: Project, words: str, limit: int, *, widen: bool = False) -> FoundPages:
    """The pages with all these words; where none has them, or to `widen`, those with the most."""
    sef = project.sef()
    found = project.library.search(sef, words, limit)
    parts = list(dict.fromkeys(words.split()))
    if (found and not widen) or len(parts) == 1 or '"' in words:
        return FoundPages(words, tuple(found), len(found))
    best: dict[tuple[EvidenceId, int], FoundPage] = {}
    sums: dict[tuple[EvidenceId, int], float] = {}
    for part in parts:
        for page in project.library.search(sef, part, 10 * limit):
            key = (page.evidence, page.page)
            sums[key] = sums.get(key, 0.0) + page.score
            if key not in best or best[key].score < page.score:
                best[key] = page
    whole = {(page.evidence, page.page) for page in found}
    others = sorted(sums.keys() - whole, key=lambda key: (-sums[key], key))
    more = [best[key] for key in others[: limit - len(found)]]
    return FoundPages(words, (*found, *more), len(found))
