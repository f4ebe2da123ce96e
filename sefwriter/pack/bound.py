"""The bound pack of a plan: evidence measured, narrative and dividers numbered, all bound."""

import datetime
import io
import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import pikepdf

from sefwriter.pack.bind.binder import bind
from sefwriter.pack.bind.plan import BindPlan, BoundReport
from sefwriter.pack.bind.sources import (
    Item,
    Measured,
    attachable,
    first_pages,
    measure,
    passage_page,
)
from sefwriter.pack.dividers import divided, is_slip, make_dividers
from sefwriter.pack.manifest import Layout, Placed
from sefwriter.pack.narrative import Numbering, front_pages, make_narrative
from sefwriter.pack.page_blocks import CLAIM_URL, PASSAGE_URL
from sefwriter.pack.pdf_places import link_pages
from sefwriter.pack.phrases import title_of
from sefwriter.pack.plan import PackPlan, PlanEvidence
from sefwriter.store.files import told_kindly

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

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
    measured = measure(items, progress=progress, stop=stop)
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
        claims={
            reference.passage: claim.id
            for claim in plan.claims.values()
            for reference in claim.references
        },
        title=title_of(plan),
        date=datetime.date.fromisoformat(plan.date),
        draft=plan.draft,
    )
    with told_kindly(target), target.open("wb") as file:
        stream = _Patient(file)
        report = bind(binding, cast("BinaryIO", stream), progress=progress, stop=stop)
        if stream.fault is not None:
            raise stream.fault
        file.flush()
        os.fsync(file.fileno())
    return _layout(pack, report, link_pages(front, PASSAGE_URL))


class _Patient(io.RawIOBase):
    """Takes what is written to a file; the first fault is kept in `fault` and not raised.

    qpdf ends the whole process when a stream of ours raises while it writes: a full disk would take
    the window along.
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.fault: OSError | None = None

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write all of it, or nothing more after a fault."""
        if self.fault is None:
            try:
                self._file.write(data)
            except OSError as fault:
                self.fault = fault
        return memoryview(data).nbytes


def _numbered(pack: Opened) -> tuple[Numbering, bytes]:
    """The narrative that prints the pages on which its own length puts the evidence."""
    numbers, length = Numbering(), 0
    for _ in range(_MOST_COMPILES):
        front = make_narrative(pack.plan, numbers=numbers)
        length, before = front_pages(front), length
        claims = _claim_pages(pack.plan, front)
        if length == before:
            return replace(numbers, claims=claims), front
        numbers = _numbering(pack, length, claims)
    raise RuntimeError(f"the narrative's length never settles; last it had {length} pages")


def _claim_pages(plan: PackPlan, front: bytes) -> dict[str, int]:
    """The page that each claim stands on: that of its first reference, or of its mark."""
    links = link_pages(front, "")
    found: dict[str, int] = {}
    for claim in plan.claims.values():
        passages = [PASSAGE_URL + reference.passage for reference in claim.references]
        pages = [links[at] for at in (CLAIM_URL + claim.id, *passages) if at in links]
        if pages:
            found[claim.id] = min(pages)
    return found


def _numbering(pack: Opened, length: int, claims: Mapping[str, int]) -> Numbering:
    firsts = first_pages(pack.measured, length)
    evidence = {one.item.id: first - 1 for one, first in zip(pack.measured, firsts, strict=True)}
    return Numbering(evidence=evidence, passages=_targets(pack, evidence), claims=claims)


def _targets(pack: Opened, dividers: Mapping[str, int]) -> dict[str, int]:
    """The page that each passage's reference opens."""
    measured = {one.item.id: one for one in pack.measured}
    return {
        reference.passage: passage_page(measured[at], dividers[at] + 1, reference.page)
        for claim in pack.plan.claims.values()
        for reference in claim.references
        if (at := reference.evidence) in measured
    }


def _layout(pack: Opened, report: BoundReport, stands: Mapping[str, int]) -> Layout:
    return Layout(
        pages=report.pages,
        claims={claim: place.page for claim, place in report.claims.items()},
        evidence={
            item.id: Placed(
                divider=item.divider,
                first_page=item.first if item.pages else 0,
                tagged=item.tagged,
                attached=item.attached,
                reason=item.reason,
            )
            for item in report.items
        },
        stands=stands,
        targets=_targets(pack, {item.id: item.divider for item in report.items}),
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
    holds = "in the attached original" if attachable(item.size) else "in the original file"
    signed = f"It is signed digitally; the signature holds {holds} only." if measured.signed else ""
    reason = " ".join(filter(None, (measured.reason, signed)))
    return replace(item, pages=measured.pages, reason=reason)


def _no_pdf() -> bytes:
    made = io.BytesIO()
    pikepdf.Pdf.new().save(made, deterministic_id=True)
    return made.getvalue()
