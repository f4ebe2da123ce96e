"""Dividers: the page before each evidence item of the bound pack, and the sheet that stands for one
that can't be bound. One page each, in the order of the plan.
"""

import datetime
from typing import Final

from sefwriter.pack.bind.sources import attachable
from sefwriter.pack.narrative import Numbering
from sefwriter.pack.page_blocks import CLAIM_URL, Data, breakable
from sefwriter.pack.phrases import claim_numbers, joined, plain, plain_date, shortened, visible
from sefwriter.pack.plan import PackPlan, PlanClaim, PlanEvidence
from sefwriter.paper.typesetter import typeset

_LONGEST_CLAIM: Final = 200
_LONGEST_TITLE: Final = 160
_LONGEST_FACT: Final = 240
"""Characters shown of what may be longer: the page's own facts must leave room for the claims."""
_MOST_PAGES_NAMED: Final = 30
_FIT: Final = 40


def divided(plan: PackPlan) -> tuple[PlanEvidence, ...]:
    """The evidence that has a page here, in order: all but restricted, which its owner keeps."""
    return tuple(item for item in plan.evidence if item.evidence_class != "restricted")


def is_slip(item: PlanEvidence) -> bool:
    """Whether the item's page is a slip sheet: no page of its own follows."""
    return not (item.bound and item.path)


def make_dividers(plan: PackPlan, *, numbers: Numbering | None) -> bytes:
    """One tagged PDF with exactly one page for each item of `divided(plan)`, in that order.

    Each claim that the evidence proves links to CLAIM_URL + claim id, for the binder to turn into a
    jump; with `numbers` its page in the pack is printed. A plan with nothing to divide is a
    ValueError. The same plan and numbers give the same bytes.
    """
    items = divided(plan)
    if not items:
        raise ValueError("this plan has no evidence that gets a page")
    date = datetime.date.fromisoformat(plan.date)
    data = {
        "title": f"{plan.area}: evidence",
        "area": breakable(plan.area, _FIT),
        "items": [_item(plan, item, numbers or Numbering()) for item in items],
    }
    return typeset("dividers.typ", data, date=date)


def _item(plan: PackPlan, item: PlanEvidence, numbers: Numbering) -> Data:
    claims = [plan.claims[claim] for claim in item.used_by if claim in plan.claims]
    called = claim_numbers(plan)
    return {
        "number": item.number,
        "title": _short(item.title, _LONGEST_TITLE) if visible(item.title) else "Untitled",
        "slip": is_slip(item),
        "facts": [(name, _short(value, _LONGEST_FACT)) for name, value in _facts(item) if value],
        "notes": [_short(note, _LONGEST_FACT) for note in _notes(item)],
        "claims": [_claim(claim, item, called, numbers) for claim in claims],
    }


def _facts(item: PlanEvidence) -> list[tuple[str, str]]:
    return [
        ("File", item.file_name),
        ("Kind", item.kind),
        ("Partner", plain(item.partner)),
        ("Owner", item.owner),
        ("As at", plain_date(item.as_at)),
        ("Pages", str(item.pages) if item.pages else ""),
        ("Size", _size(item.size)),
        ("SHA-256", item.sha256),
    ]


def _size(size: int) -> str:
    """Bytes as people read sizes of files: "482 kB", "3.1 MB"."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def _notes(item: PlanEvidence) -> list[str]:
    """How it became pages, or why it didn't, and what a reader must know of its pages."""
    if is_slip(item):
        why = item.reason or "It can’t be made into pages."
        return [f"Not bound. {why}", *_original(item)]
    notes: list[str] = []
    if item.converter == "as-is":
        notes.append("The pages that follow are the file itself.")
    elif item.converter:
        notes.append(f"The pages that follow were made from the file by {item.converter}.")
    if item.reason:
        notes.append(item.reason)
    if item.no_text_pages:
        notes.append(f"{_without_text(item.no_text_pages)}: needs OCR.")
    return notes


def _original(item: PlanEvidence) -> list[str]:
    if not item.original or not item.size:
        return []
    if not attachable(item.size):
        return ["The original file is too large to be attached; ask its owner for it."]
    return ["The original file is attached to this PDF."]


def _without_text(pages: tuple[int, ...]) -> str:
    named = ", ".join(map(str, pages[:_MOST_PAGES_NAMED]))
    more = len(pages) - _MOST_PAGES_NAMED
    rest = f" and {more} more" if more > 0 else ""
    return f"No text on page{'' if len(pages) == 1 else 's'} {named}{rest}"


def _claim(
    claim: PlanClaim, item: PlanEvidence, called: dict[str, str], numbers: Numbering
) -> Data:
    rests = [each.label for each in claim.references if each.evidence == item.id]
    page = numbers.claims.get(claim.id)
    section = called.get(claim.id, "").partition(".")[0]
    return {
        "kind": claim.kind,
        "number": called.get(claim.id, "") or claim.id,
        "word": f"{plain(claim.kind)} {called.get(claim.id, '')}".rstrip(),
        "words": _short(claim.words, _LONGEST_CLAIM),
        "where": joined(
            f"section {section}" if section else "", f"page {page}" if page is not None else ""
        ),
        "rests": _short(joined(*rests, between="; "), _LONGEST_CLAIM),
        "url": CLAIM_URL + claim.id,
    }


def _short(text: str, longest: int) -> str:
    flat = " ".join(text.split())
    return breakable(shortened(flat, longest), _FIT)
