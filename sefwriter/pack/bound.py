"""The bound pack of a plan: evidence measured, narrative and dividers numbered, all bound."""

import datetime
import io
import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pikepdf

from sefwriter.pack.bind.binder import bind
from sefwriter.pack.bind.plan import BindPlan, BoundReport
from sefwriter.pack.bind.sources import Item, Measured, first_pages, measure
from sefwriter.pack.dividers import divided, is_slip, make_dividers
from sefwriter.pack.manifest import Layout, Placed
from sefwriter.pack.narrative import Numbering, front_pages, make_narrative
from sefwriter.pack.page_blocks import CLAIM_URL, PASSAGE_URL
from sefwriter.pack.pdf_places import link_pages
from sefwriter.pack.plan import PackPlan, PlanEvidence
from sefwriter.pack.word.package import title_of
from sefwriter.store.files import told_kindly

Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]

_MOST_COMPILES: Final = 4
"""The first two settle all pages, unless a longer number makes the index a page longer."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan whose evidence was opened: `plan` says of each item how it can be bound."""

    plan: PackPlan
    measured: tuple[Measured, ...]


@contextmanager
def opened(plan: PackPlan, *, progress: Progress, stop: Stop) -> Generator[Opened]:
    """The plan with its evidence files open; what could not be opened is a slip sheet in it.

    Raises WorldError where a file is held by another program, and Cancelled.
    """
    items = tuple(_item(item) for item in divided(plan))
    measured = measure(items, _no_pages, progress=progress, stop=stop)
    try:
        by_id = {one.item.id: one for one in measured}
        evidence = tuple(
            _settled(item, by_id[item.id]) if item.id in by_id else item for item in plan.evidence
        )
        yield Opened(replace(plan, evidence=evidence), measured)
    finally:
        for one in measured:
            one.close()


def write_bound(pack: Opened, target: Path, *, progress: Progress, stop: Stop) -> Layout:
    """Write the bound pack to a file, safely on the disk; where everything lies in it.

    Raises WorldError where it can't be written, and Cancelled.
    """
    plan = pack.plan
    progress("Numbering the pages", 0, 1)
    numbers, front = _numbered(pack)
    progress("Numbering the pages", 1, 1)
    binding = BindPlan(
        front=front,
        dividers=make_dividers(plan, numbers=numbers) if pack.measured else _no_pdf(),
        items=pack.measured,
        passages={
            reference.passage: (reference.evidence, reference.page)
            for claim in plan.claims.values()
            for reference in claim.references
        },
        make_slip=lambda item, reason: _slip_sheet(plan, item, reason),
        title=title_of(plan),
        date=datetime.date.fromisoformat(plan.date),
        draft=plan.draft,
    )
    with told_kindly(target), target.open("wb") as stream:
        report = bind(binding, stream, progress=progress, stop=stop)
        stream.flush()
        os.fsync(stream.fileno())
    return _layout(plan, report, link_pages(front, PASSAGE_URL))


def _numbered(pack: Opened) -> tuple[Numbering, bytes]:
    """The narrative that prints the pages on which its own length puts the evidence."""
    numbers, length = Numbering(), 0
    for _ in range(_MOST_COMPILES):
        front = make_narrative(pack.plan, numbers=numbers)
        length, before = front_pages(front), length
        claims = link_pages(front, CLAIM_URL)
        if length == before:
            return replace(numbers, claims=claims), front
        numbers = _numbering(pack, length, claims)
    raise RuntimeError(f"the narrative's length never settles; last it had {length} pages")


def _numbering(pack: Opened, length: int, claims: Mapping[str, int]) -> Numbering:
    firsts = first_pages(pack.measured, length)
    placed = {
        one.item.id: Placed(divider=first - 1, first_page=first, pages=one.pages)
        for one, first in zip(pack.measured, firsts, strict=True)
    }
    return Numbering(
        evidence={item: place.divider for item, place in placed.items()},
        passages=_targets(pack.plan, placed),
        claims=claims,
    )


def _targets(plan: PackPlan, placed: Mapping[str, Placed]) -> dict[str, int]:
    """The page that each passage's reference opens: its own, or the slip sheet."""
    return {
        reference.passage: placed[reference.evidence].page(reference.page)
        for claim in plan.claims.values()
        for reference in claim.references
        if reference.evidence in placed
    }


def _layout(plan: PackPlan, report: BoundReport, stands: Mapping[str, int]) -> Layout:
    placed = {
        item.id: Placed(
            divider=item.divider,
            first_page=item.first if item.pages else 0,
            pages=item.pages,
            tagged=item.tagged,
            attached=item.attached,
        )
        for item in report.items
    }
    return Layout(
        pages=report.pages,
        claims={claim: place.page for claim, place in report.claims.items()},
        evidence=placed,
        stands=stands,
        targets=_targets(plan, placed),
    )


def _item(item: PlanEvidence) -> Item:
    pages = None if is_slip(item) else Path(item.path)
    original = Path(item.original) if item.original and item.original != item.path else None
    return Item(
        id=item.id,
        number=item.number,
        title=item.title,
        pages=pages,
        original=original,
        original_name=item.file_name,
    )


def _settled(item: PlanEvidence, measured: Measured) -> PlanEvidence:
    """The item as it will be bound, now that its file was opened."""
    if measured.how == "slip":
        reason = item.reason or measured.reason
        return replace(item, bound=False, path="", reason=reason)
    signed = (
        "It is signed digitally; the signature holds in the attached original only."
        if measured.signed
        else ""
    )
    reason = " ".join(filter(None, (measured.reason, signed)))
    return replace(item, pages=measured.pages, reason=reason)


def _slip_sheet(plan: PackPlan, item: Item, reason: str) -> bytes:
    """A sheet for a file that breaks only while it is bound."""
    (known,) = (one for one in plan.evidence if one.id == item.id)
    alone = replace(known, bound=False, path="", reason=reason)
    return make_dividers(replace(plan, evidence=(alone,)), numbers=None)


def _no_pages(_item: Item, _reason: str) -> bytes:
    """Nothing behind the divider: without pages the divider itself is the slip sheet."""
    return _no_pdf()


def _no_pdf() -> bytes:
    made = io.BytesIO()
    pikepdf.Pdf.new().save(made, deterministic_id=True)
    return made.getvalue()
