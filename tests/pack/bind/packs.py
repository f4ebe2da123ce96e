"""Small packs, bound for tests and read again by pypdf and pdfium."""

import datetime
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Pdf
from pypdf import PdfReader

from sefwriter.pack.bind.binder import bind
from sefwriter.pack.bind.plan import BindPlan, BoundReport
from sefwriter.pack.bind.sources import Item, Measured, measure
from tests.bench import corpus

FRONT = 3
"""Pages of the narrative: two sections and the index."""


@dataclass(frozen=True)
class Pack:
    data: bytes
    report: BoundReport

    @property
    def reader(self) -> PdfReader:
        return PdfReader(io.BytesIO(self.data))

    def words(self, number: int) -> str:
        """The text of a page, as pdfium reads it."""
        with pypdfium2.PdfDocument(self.data) as document:
            return document[number - 1].get_textpage().get_text_bounded()

    def open(self) -> Pdf:
        return pikepdf.open(io.BytesIO(self.data))


def quiet(_what: str, _done: int, _of: int) -> None:
    """No progress shown."""


def never() -> bool:
    return False


def save(pdf: Pdf, path: Path, encryption: pikepdf.Encryption | None = None) -> Path:
    pdf.save(path, encryption=encryption)
    return path


def made(kind: Callable[[int, random.Random], Pdf], path: Path, pages: int = 4) -> Path:
    return save(kind(pages, random.Random(1)), path)


def item(number: int, path: Path | None, original: Path | None = None, name: str = "") -> Item:
    return Item(f"e{number}", f"E{number}", f"Title {number}", path, original, name)


def opened(*items: Item) -> tuple[Measured, ...]:
    return measure(items, progress=quiet, stop=never)


def plan_of(
    front: bytes,
    dividers: bytes,
    items: tuple[Measured, ...],
    passages: dict[str, tuple[str, int]],
    claims: dict[str, str] | None = None,
    *,
    draft: bool = False,
) -> BindPlan:
    return BindPlan(
        front=front,
        dividers=dividers,
        items=items,
        passages=passages,
        claims=claims or {},
        title="The pack",
        date=datetime.date(2026, 11, 24),
        draft=draft,
    )


def bound(plan: BindPlan) -> Pack:
    stream = io.BytesIO()
    report = bind(plan, stream, progress=quiet, stop=never)
    return Pack(stream.getvalue(), report)


def bind_items(items: Sequence[Item], *, page: int = 2, draft: bool = False) -> Pack:
    """A pack of these items, with two claims for each, whose passages stand on that page."""
    claims = [
        (f"c{index}", f"p{index}", one.id, f"{one.number} p.{page}")
        for index, one in enumerate([*items, *items])
    ]
    proved = [
        (one.number, one.title, [claim[0] for claim in claims if claim[2] == one.id])
        for one in items
    ]
    measured = opened(*items)
    plan = plan_of(
        corpus.front(claims, len(items), FRONT - 1),
        corpus.dividers(proved),
        measured,
        {passage: (evidence, page) for _, passage, evidence, _ in claims},
        {passage: claim for claim, passage, _, _ in claims},
        draft=draft,
    )
    pack = bound(plan)
    for one in measured:
        one.close()
    return pack


def jumps(pack: Pack, number: int) -> list[tuple[str, int]]:
    """The links of a page, by what they say and the page they open, 0 for none or for the web."""
    reader = pack.reader
    numbers = {
        page.indirect_reference.idnum: index
        for index, page in enumerate(reader.pages, 1)
        if page.indirect_reference is not None
    }
    found: list[tuple[str, int]] = []
    for held in reader.pages[number - 1].get("/Annots") or []:
        annotation: Any = held.get_object()
        if annotation["/Subtype"] != "/Link":
            continue
        action: Any = annotation.get("/A", {})
        target: Any = annotation.get("/Dest") or action.get("/D")
        opened = numbers.get(target[0].idnum, 0) if target is not None else 0
        found.append((str(annotation.get("/Contents", "")), opened))
    return found
