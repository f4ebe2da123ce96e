"""What a sign-off covers: one exact state of a section, as a digest (`sefwriter-digest-1`).

| counts | doesn't count |
| --- | --- |
| the SEF's and the section's id, title, exact text | order, owner, target length, numbers |
| each claim's kind, partners, lines of inquiry, as-at date | comments, checks |
| each passage: pinned and current version, page or cells, quote, stance | evidence titles, notes |
| each linked action: what, owner, partner, start, due, priority, baseline, target, measure |
status, RAG, progress, milestones |

A digest is SHA-256 over the word `sefwriter-digest-1` and, part by part in order of name, the
length-prefixed name and the length-prefixed SHA-256 of the part's canonical value. The parts go
into the sign-off too, so that a lapse can say which of them differ, and anybody can recompute the
digest from them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sefwriter.model.ids import SectionId
from sefwriter.model.sef import Action, Passage, Sef
from sefwriter.model.text.claims import claim_spans

NAME: Final = "sefwriter-digest-1"


@dataclass(frozen=True, slots=True)
class Digest:
    """A section's digest (64 hex digits), and each part's own hash by the part's name."""

    hex: str
    parts: Mapping[str, str]


def section_digest(sef: Sef, section_id: SectionId) -> Digest:
    """The digest of a section's present state. Raises KeyError for a section that isn't there."""
    section = sef.section_by_id[section_id]
    parts = {
        "sef": _hashed([sef.id, section.id]),
        "title": _hashed(section.title),
        "text": _hashed(section.text),
    }
    claims = sorted({span.claim for span in claim_spans(section.text)})
    follows: dict[str, list[str]] = {}
    for claim_id in claims:
        claim = sef.claims.get(claim_id)
        if claim is not None:
            fields = [claim.kind, sorted(claim.partners), sorted(claim.inquiries), claim.as_at]
            parts[f"claim {claim_id}"] = _hashed(fields)
        for passage in sef.passages_by_claim.get(claim_id, ()):
            parts[f"passage {passage.id}"] = _hashed(_passage(sef, passage))
        for action in sef.actions_by_claim.get(claim_id, ()):
            follows.setdefault(action.id, []).append(claim_id)
    for action in sef.actions:
        if action.id in follows:
            parts[f"action {action.id}"] = _hashed([_action(action), sorted(follows[action.id])])
    return Digest(digest_of_parts(parts), parts)


def digest_of_parts(parts: Mapping[str, str]) -> str:
    """The digest that belongs to these parts; a sign-off whose parts don't give it is forged."""
    running = hashlib.sha256(NAME.encode())
    for name in sorted(parts):
        for piece in (name.encode(), parts[name].encode()):
            running.update(f"{len(piece)}:".encode() + piece)
    return running.hexdigest()


def _hashed(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _passage(sef: Sef, passage: Passage) -> list[object]:
    item = sef.evidence_by_id.get(passage.evidence)
    current = item.current if item else None
    return [
        passage.claim,
        passage.evidence,
        passage.sha256,
        current.sha256 if current else "",
        passage.page,
        passage.page_to,
        passage.sheet,
        passage.cells,
        passage.quote,
        passage.stance,
    ]


def _action(action: Action) -> list[str]:
    return [
        action.text,
        action.owner,
        action.partner,
        action.start,
        action.due,
        action.priority,
        action.baseline,
        action.target,
        action.measure,
    ]
