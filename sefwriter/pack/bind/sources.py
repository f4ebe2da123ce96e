"""The evidence to be bound, each file opened once and made readable one way or another."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

import pikepdf
from pikepdf import PasswordError, Pdf, PdfError

from sefwriter.pack.bind.balance import Balance, balance
from sefwriter.pack.bind.merge import is_signed
from sefwriter.pack.bind.rescue import Rescuer
from sefwriter.pack.bind.tree import is_tagged
from sefwriter.store.faults import Cancelled, WorldError

How = Literal["as-is", "re-saved", "as pictures", "slip"]

UNREADABLE: Final = (PdfError, RuntimeError, ValueError, TypeError, OverflowError, RecursionError)
"""What pikepdf raises on files that are not what they say; then the next way is tried."""


_LARGEST_ATTACHED: Final = 100 * 1024 * 1024
"""In bytes; a larger original would make the pack unsendable, and it is held in memory."""

_PROTECTED: Final = "The file was protected against changes; its copy in the pack is not."
_MENDED: Final = "The file is damaged; its pages are bound as far as they could be read."


@dataclass(frozen=True, slots=True)
class Item:
    """One evidence item of the pack. `pages` is the PDF of its pages, None where it has none.

    `original` is the file as it was added, where it differs from `pages`: it is attached. Where it
    is None, `pages` is the original. `original_name` is the name it was added by.
    """

    id: str
    number: str
    title: str
    pages: Path | None
    original: Path | None
    original_name: str


@dataclass(frozen=True, slots=True)
class Measured:
    """An item, opened: how many pages it brings and how. A slip brings none after its divider.

    `reason` is a sentence for people where `how` is not "as-is", or where binding loses something;
    "" otherwise. `pdf` stays open until `close`; `fences` belong to its pages.
    """

    item: Item
    how: How
    reason: str
    signed: bool
    tagged: bool
    pdf: Pdf
    fences: tuple[Balance, ...]

    @property
    def pages(self) -> int:
        """How many pages it brings, without its divider."""
        return len(self.fences)

    def close(self) -> None:
        """Let go of the file; it can't be bound any more."""
        self.pdf.close()


def measure(
    items: tuple[Item, ...],
    *,
    progress: Callable[[str, int, int], None],
    stop: Callable[[], bool],
) -> tuple[Measured, ...]:
    """Open every item's file and settle how it will be bound; whatever the files are, it ends.

    `progress` is told what is being done, how many items are done, and of how many. The result is
    for `bind`; close each when it is no longer needed. Raises Cancelled when `stop` says so.
    """
    measured: list[Measured] = []
    try:
        with Rescuer() as rescuer:
            for done, item in enumerate(items):
                if stop():
                    raise Cancelled
                progress("Opening evidence", done, len(items))
                measured.append(_measure(item, rescuer))
    except BaseException:
        for one in measured:
            one.close()
        raise
    progress("Opening evidence", len(items), len(items))
    return tuple(measured)


def attachable(size: int) -> bool:
    """Whether an original of so many bytes is attached; an empty file has nothing to show."""
    return 0 < size <= _LARGEST_ATTACHED


def first_pages(measured: tuple[Measured, ...], front_pages: int) -> tuple[int, ...]:
    """The number in the pack, from 1, of the page after each item's divider."""
    firsts: list[int] = []
    divider = front_pages + 1
    for one in measured:
        firsts.append(divider + 1)
        divider += 1 + one.pages
    return tuple(firsts)


def passage_page(one: Measured, first: int, page: int) -> int:
    """The number in the pack of this item's page (from 1), `first` being that of its page 1.

    A page that the bound file doesn't have leads to the nearest, a slip sheet's to itself.
    """
    return first - 1 + min(max(page, 1), one.pages)


def photographed(item: Item, rescuer: Rescuer) -> Measured | None:
    """The item as pictures of its pages, or None where they can't be drawn."""
    drawn = rescuer.pictures(item.pages) if item.pages is not None else None
    if drawn is None:
        return None
    reason = "The file is damaged; its pages are bound as pictures, without text."
    return _opened(item, pikepdf.open(io.BytesIO(drawn)), "as pictures", reason)


def _measure(item: Item, rescuer: Rescuer) -> Measured:
    if item.pages is None:
        return _slip(item, "Files of this kind can't be turned into pages.")
    try:
        if item.pages.stat().st_size == 0:
            return _slip(item, "The file is empty.")
        pdf = pikepdf.open(item.pages)
    except PasswordError:
        return _slip(item, "The file needs a password to be opened.")
    except FileNotFoundError:
        return _slip(item, "The file is not on this laptop.")
    except OSError as fault:
        raise WorldError(
            f"{item.number} {item.title} could not be opened ({fault.strerror}). "
            "Close other programs that may be using it, and export again."
        ) from fault
    except UNREADABLE:
        return _rescued(item, rescuer)
    try:
        as_it_is = _opened(item, pdf, "as-is", _PROTECTED if pdf.is_encrypted else "")
        faults = pdf.get_warnings()
    except UNREADABLE:
        pdf.close()
        return _rescued(item, rescuer)
    if as_it_is.pages and not faults:
        return as_it_is
    # qpdf has mended what it could; where pdfium finds more pages, its mending is taken.
    other = _resaved(item, rescuer)
    if as_it_is.pages and (other is None or other.pages <= as_it_is.pages):
        return replace(as_it_is, how="re-saved", reason=_MENDED)
    pdf.close()
    return other or _rescued(item, rescuer)


def _rescued(item: Item, rescuer: Rescuer) -> Measured:
    reason = "The file is damaged and no page of it could be read."
    return _resaved(item, rescuer) or photographed(item, rescuer) or _slip(item, reason)


def _resaved(item: Item, rescuer: Rescuer) -> Measured | None:
    written = rescuer.resaved(item.pages) if item.pages is not None else None
    if written is None:
        return None
    try:
        again = _opened(item, pikepdf.open(io.BytesIO(written)), "re-saved", _MENDED)
    except UNREADABLE:
        return None
    return again if again.pages else None


def _opened(item: Item, pdf: Pdf, how: How, reason: str) -> Measured:
    return Measured(
        item=item,
        how=how,
        reason=reason,
        signed=is_signed(pdf),
        tagged=is_tagged(pdf),
        pdf=pdf,
        fences=tuple(balance(page.obj) for page in pdf.pages),
    )


def _slip(item: Item, reason: str) -> Measured:
    return _opened(item, pikepdf.new(), "slip", reason)
