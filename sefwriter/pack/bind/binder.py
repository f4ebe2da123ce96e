"""The bound pack: the narrative, then every evidence item behind its divider, in one PDF."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import BinaryIO, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from sefwriter.pack.bind import outline
from sefwriter.pack.bind.balance import Balance
from sefwriter.pack.bind.links import Goal, Jumps, Linked, Place, claim_places, rewrite, top_of
from sefwriter.pack.bind.merge import Merger
from sefwriter.pack.bind.outline import Bookmark
from sefwriter.pack.bind.plan import BindPlan, BoundItem, BoundReport
from sefwriter.pack.bind.rescue import Rescuer
from sefwriter.pack.bind.sources import (
    UNREADABLE,
    Measured,
    attachable,
    passage_page,
    photographed,
)
from sefwriter.pack.bind.stamp import Stamper
from sefwriter.pack.bind.tags import Tags, clear
from sefwriter.pack.bind.tree import TagError, page_of
from sefwriter.paper.workplace import laid_out
from sefwriter.store.faults import Cancelled

_A4: Final = (595.28, 841.89)

Progress = Callable[[str, int, int], None]
Stop = Callable[[], bool]


def bind(plan: BindPlan, stream: BinaryIO, *, progress: Progress, stop: Stop) -> BoundReport:
    """Write the bound pack to a stream, which must not raise: qpdf may end the process then.

    `progress` is told what is being done, how much is done, and of how much. Whatever the evidence
    files are, the pack is finished; the report says what was lost. Raises Cancelled when `stop`
    says so; what is in the stream then is worth nothing. Raises WorldError where there is no room
    in the temporary folder.
    """
    # From a file, because reading from memory qpdf calls Python for each word: thrice the time.
    files = {"front.pdf": plan.front, "dividers.pdf": plan.dividers}
    with (
        laid_out(files) as folder,
        pikepdf.open(folder / "front.pdf") as front,
        pikepdf.open(folder / "dividers.pdf") as dividers,
    ):
        return _Binding(plan, front, dividers, progress, stop).write(stream)


@dataclass(slots=True)
class _Bound:
    """An item in the pack: `first` is the number of the page after its divider."""

    measured: Measured
    first: int
    tagged: bool
    attached: str


class _Binding:
    def __init__(
        self, plan: BindPlan, front: Pdf, dividers: Pdf, progress: Progress, stop: Stop
    ) -> None:
        self._plan = plan
        self._progress = progress
        self._stop = stop
        self._headings = outline.bookmarks(front, 0)
        self._tags = Tags(front)
        self._tags.adopt(self._tags.part(plan.title))
        self._merger = Merger(front)
        self._stamper = Stamper(front, draft=plan.draft)
        self._dividers = dividers
        self._bound: list[_Bound] = []

    def write(self, stream: BinaryIO) -> BoundReport:
        pages = self._merger.pages
        front_pages = len(pages)
        for number, page in enumerate(pages, start=1):
            self._stamper.stamp(page, str(number), Balance(), figure=False)
        self._add_evidence()
        front = [Linked(page) for page in pages[:front_pages]]
        claims = claim_places(front, self._plan.claims)
        links, dead = self._join(front, claims)
        self._write_outline()
        self._merger.finish()
        self._tags.finish(self._plan.language)
        self._describe()
        self._save(stream)
        return BoundReport(
            pages=len(pages),
            front_pages=front_pages,
            items=tuple(map(_told, self._bound)),
            claims=claims,
            links=links,
            dead=tuple(dead),
        )

    def _add_evidence(self) -> None:
        items = self._plan.items
        dividers = self._merger.copy(self._dividers, "Dividers")
        if len(dividers) != len(items):
            raise ValueError(f"{len(dividers)} dividers for {len(items)} evidence items")
        above: dict[tuple[int, int] | None, list[Object]] = {}
        if items:
            for top in self._tags.copy(self._dividers, dividers, "Divider").tops:
                above.setdefault(page_of(top), []).append(top)
        for done, (measured, divider) in enumerate(zip(items, dividers, strict=True)):
            if self._stop():
                raise Cancelled
            self._progress("Binding evidence", done, len(items))
            self._add_item(measured, divider, above.get(divider.objgen, []))
        self._progress("Binding evidence", len(items), len(items))

    def _add_item(self, measured: Measured, divider: Object, above: Sequence[Object]) -> None:
        measured, copies, note = self._copied(measured)
        item = measured.item
        part = self._tags.part(f"{item.number} {item.title}")
        self._tags.hang(part, above)
        number = len(self._merger.pages) + 1
        self._merger.place([divider, *copies])
        self._stamper.stamp(divider, f"{item.number} · {number}", Balance(), figure=False)
        tagged = self._tag(measured, copies, part)
        for page, (copied, fence) in enumerate(zip(copies, measured.fences, strict=True), start=1):
            label = f"{item.number} p.{page} · {number + page}"
            self._stamper.stamp(copied, label, fence, figure=not tagged, note=note)
        self._bound.append(_Bound(measured, number + 1, tagged, self._attach(measured)))

    def _copied(self, measured: Measured) -> tuple[Measured, list[Object], str]:
        """Copies of the item's pages, and a note for them.

        Where its file breaks only now, as many stand-ins: the narrative prints page numbers that
        must hold.
        """
        number = measured.item.number
        try:
            return measured, self._merger.copy(measured.pdf, number), ""
        except UNREADABLE:
            with Rescuer() as rescuer:
                drawn = photographed(measured.item, rescuer)
        if drawn is not None and drawn.pages == measured.pages:
            return drawn, self._merger.copy(drawn.pdf, number), ""
        empty = pikepdf.new()
        for _ in range(measured.pages):
            empty.add_blank_page(page_size=_A4)
        lost = replace(
            measured,
            how="slip",
            reason="The file is damaged and its pages could not be bound.",
            tagged=False,
            pdf=empty,
            fences=(Balance(),) * measured.pages,
        )
        note = "This page could not be bound: the file is damaged"
        return lost, self._merger.copy(empty, number), note

    def _tag(self, measured: Measured, copies: Sequence[Object], part: Object) -> bool:
        """Take over the item's own tags, or make each page a figure; whether its own were kept."""
        item = measured.item
        if measured.tagged:
            try:
                tree = self._tags.copy(measured.pdf, copies, item.number)
            except TagError:
                clear(copies)
            else:
                self._tags.hang(part, tree.tops)
                return True
        for page, copied in enumerate(copies, start=1):
            self._tags.figure(
                part,
                copied,
                f"{item.number}, page {page} of {len(copies)} (evidence as received, not tagged)",
            )
        return False

    def _attach(self, measured: Measured) -> str:
        """Attach the original where its pages alone don't say it all; its name, or "" for none."""
        item = measured.item
        path = item.original
        if path is None and (measured.signed or measured.how != "as-is"):
            path = item.pages
        if path is None:
            return ""
        try:
            if not attachable(path.stat().st_size):
                return ""
            data = path.read_bytes()
        except OSError:
            return ""  # not on this laptop any more; the report shows that it isn't attached
        name = f"{item.number} {item.original_name or path.name}"
        return self._merger.attach(name, data, f"The original of {item.number} {item.title}")

    def _join(self, front: Sequence[Linked], claims: dict[str, Place]) -> tuple[int, list[str]]:
        """Make every reference a jump; how many were made, and which led nowhere."""
        pages = self._merger.pages
        evidence = {bound.measured.item.id: bound for bound in self._bound}

        @cache
        def top(number: int) -> Place:
            return top_of(pages[number - 1], number)

        def divider(of: str) -> Goal | None:
            bound = evidence.get(of)
            if bound is None:
                return None
            number = bound.first - 1
            return top(number), f"Evidence {bound.measured.item.number}"

        def passage(of: str) -> Goal | None:
            where, page = self._plan.passages.get(of, ("", 0))
            bound = evidence.get(where)
            if bound is None:
                return None
            number = passage_page(bound.measured, bound.first, page)
            words = f"Evidence {bound.measured.item.number} page {number - bound.first + 1}"
            return top(number), words

        def on_front(kind: str, of: str) -> Goal | None:
            known = {"p": passage, "e": divider}
            return known[kind](of) if kind in known else None

        def on_divider(kind: str, of: str) -> Goal | None:
            if kind != "c":
                return on_front(kind, of)
            place = claims.get(of)
            return (place, f"Claim on page {place.page}") if place is not None else None

        links, dead = 0, list[str]()
        jumps = Jumps(self._merger.target, pages)
        for linked in front:
            made, dropped = rewrite(linked, on_front, jumps, self._tags)
            links += made
            dead += [address for address in dropped if address[0] != "c"]
        for bound in self._bound:
            linked = Linked(pages[bound.first - 2])
            made, dropped = rewrite(linked, on_divider, jumps, self._tags)
            links += made
            dead += dropped
        return links, dead

    def _write_outline(self) -> None:
        narrative = Bookmark("Narrative", 0, self._headings, is_open=True)
        tops = [narrative]
        if self._bound:
            items = [
                Bookmark(
                    f"{bound.measured.item.number} {bound.measured.item.title}",
                    bound.first - 2,
                    outline.bookmarks(bound.measured.pdf, bound.first - 1),
                )
                for bound in self._bound
            ]
            tops.append(Bookmark("Evidence", self._bound[0].first - 2, items, is_open=True))
        outline.write(self._merger.target, self._merger.pages, tops)

    def _describe(self) -> None:
        target, plan = self._merger.target, self._plan
        noon = datetime.datetime.combine(plan.date, datetime.time(12), datetime.UTC)
        target.docinfo["/Title"] = plan.title
        target.docinfo["/CreationDate"] = target.docinfo["/ModDate"] = f"{noon:D:%Y%m%d%H%M%SZ}"
        with target.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = plan.title
            metadata["dc:language"] = {plan.language}
            metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = noon.isoformat()
        root = target.Root
        top = top_of(self._merger.pages[0], 1)
        root["/OpenAction"] = Array([self._merger.pages[0], Name.XYZ, top.x, top.y, 1])
        root["/PageMode"] = Name.UseOutlines
        root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
        root["/Lang"] = String(plan.language)

    def _save(self, stream: BinaryIO) -> None:
        self._merger.target.save(
            stream,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
            progress=lambda percent: self._progress("Writing the pack", percent, 100),
        )
        if self._stop():
            raise Cancelled


def _told(bound: _Bound) -> BoundItem:
    measured = bound.measured
    return BoundItem(
        id=measured.item.id,
        number=measured.item.number,
        divider=bound.first - 1,
        first=bound.first if measured.pages else bound.first - 1,
        pages=measured.pages,
        how=measured.how,
        reason=measured.reason,
        tagged=bound.tagged,
        signed=measured.signed,
        attached=bound.attached,
    )
