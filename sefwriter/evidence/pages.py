"""Pictures of pages, and their words with boxes: PDFium in a worker process that may be killed."""

import contextlib
import ctypes
import multiprocessing
from bisect import bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final, Self, TypeVar, cast

import pypdfium2  # pyright: ignore[reportMissingTypeStubs] - it has its types inside, in part
import pypdfium2.raw as pdfium  # pyright: ignore[reportMissingTypeStubs]
from pebble import ProcessExpired, ProcessPool

from sefwriter.evidence.folding import Folded, fold
from sefwriter.store.faults import WorldError

SECONDS: Final = 20.0
"""How long one page may take. A map drawn of a million lines takes a few seconds."""

_FINE: Final = 64
"""Parts of a point in which PDFium's whole-number device places are asked for."""

_HYPHENS: Final = frozenset((0x02, 0xFFFE))
"""How PDFium gives a hyphen that ends a line."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's upper left corner, as a reader sees it."""

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a page to be drawn: device pixels at `scale` pixels a point; `page` from 1."""

    page: int
    scale: float
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn part: four bytes a pixel (blue, green, red, unused), rows of `4 * width` bytes."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page in reading order. A word broken at a line's end is two, the first with
    its hyphen."""

    words: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()


class PageReader:
    """Draws pages and reads their words in one worker process of its own. Close it at the end.

    Every method raises WorldError where a page can't be had: its sentence says why. Not to be
    called from two threads at once.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._pool: ProcessPool | None = None

    def draw(self, pdf: Path, cut: Cut) -> Picture:
        """One part of a page on white, notes and filled forms drawn too."""
        return self._run(draw_cut, pdf, cut)

    def words(self, pdf: Path, page: int) -> PageWords:
        """The words of a page, from 1."""
        return self._run(page_words, pdf, page)

    def close(self) -> None:
        """Ends the worker process."""
        if self._pool:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, work: Callable[..., _Result], *arguments: object) -> _Result:
        if not cast("Path", arguments[0]).is_file():
            raise WorldError("The file of these pages is not on this laptop.")
        if self._pool is None:
            self._pool = ProcessPool(1, context=multiprocessing.get_context("spawn"))
        future = self._pool.schedule(work, args=arguments, timeout=self._seconds)
        try:
            return future.result()
        except TookTooLong:
            raise WorldError("This page took too long to draw; it is far too intricate.") from None
        except (ProcessExpired, MemoryError):
            raise WorldError("This page can't be drawn: the file is damaged there.") from None
        except pypdfium2.PdfiumError as error:
            raise WorldError("This page can't be drawn: the file is damaged there.") from error


# -- in the worker


def draw_cut(pdf: Path, cut: Cut) -> Picture:
    """What `PageReader.draw` does, in the worker process."""
    page = _page(pdf, cut.page)
    # Two statements of a cut's place, or a row of pixels would stand twice at a tile's edge.
    width, height = (max(1, round(side * cut.scale)) for side in _size(page))
    bitmap = pypdfium2.PdfBitmap.new_native(  # pyright: ignore[reportUnknownMemberType]
        cut.width, cut.height, pdfium.FPDFBitmap_BGRx
    )
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, cut.width, cut.height)  # pyright: ignore[reportUnknownMemberType]
    place = (-cut.left, -cut.top, width, height, 0)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, *place, pdfium.FPDF_ANNOT)
    form = cast("Any", page).formenv
    if form:
        pdfium.FPDF_FFLDraw(form, bitmap, page, *place, pdfium.FPDF_ANNOT)
    return Picture(cut.width, cut.height, bytes(cast("Any", bitmap).buffer))


def page_words(pdf: Path, number: int) -> PageWords:
    """What `PageReader.words` does, in the worker process."""
    page = _page(pdf, number)
    text = page.get_textpage()
    words: list[str] = []
    boxes: list[Box] = []
    letters: list[str] = []
    box: Box | None = None

    def end() -> None:
        nonlocal box
        if letters and box:
            words.append("".join(letters))
            boxes.append(box)
        letters.clear()
        box = None

    with contextlib.closing(text):
        for at in range(text.count_chars()):
            code = int(cast("Any", pdfium.FPDFText_GetUnicode)(text, at))
            hyphen = code in _HYPHENS
            letter = "-" if hyphen else chr(code) if code not in range(0xD800, 0xE000) else "\ufffd"
            if letter.isspace() or not (letter.isprintable() or hyphen):
                end()
                continue
            letters.append(letter)
            found = _box(page, text, at)
            if found:
                box = _around(box, found) if box else found
            if hyphen:
                end()
        end()
    return PageWords(tuple(words), tuple(boxes))


@lru_cache(maxsize=4)
def _page(pdf: Path, number: int) -> pypdfium2.PdfPage:
    return _document(pdf)[number - 1]


@lru_cache(maxsize=1)
def _document(pdf: Path) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument(pdf)
    if document.get_formtype():  # else there is no form to fill in, and nothing to draw
        document.init_forms()  # pyright: ignore[reportUnknownMemberType]
    return document


def _box(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, at: int) -> Box | None:
    """The box of a character as high as its line, None for one that isn't drawn."""
    found = pdfium.FS_RECTF()
    if not cast("Any", pdfium.FPDFText_GetLooseCharBox)(text, at, ctypes.byref(found)):
        return None
    edges = cast("Any", found)
    if edges.left == edges.right:
        return None
    width, height = _size(page)
    size = (0, 0, round(width * _FINE), round(height * _FINE), 0)
    x, y = ctypes.c_int(), ctypes.c_int()
    corners: list[tuple[float, float]] = []
    for corner in ((edges.left, edges.top), (edges.right, edges.bottom)):
        # PDFium does the page's own rotation and cropping.
        pdfium.FPDF_PageToDevice(page, *size, *corner, ctypes.byref(x), ctypes.byref(y))
        corners.append((x.value / _FINE, y.value / _FINE))
    (x1, y1), (x2, y2) = corners
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    return cast("tuple[float, float]", cast("Any", page).get_size())


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


# -- words found among words


def places_of(words: Sequence[str], quote: str, *, any_case: bool = False) -> list[tuple[int, int]]:
    """Where a quote stands among a page's words: (first, last) of each place, as they come.

    Compared as passages are (kinds of dash and quotation mark, hyphens at line ends). A part of a
    word is found too, and gives the whole word.
    """
    starts, key = _folded(tuple(words))
    text, wanted = key.text, fold(quote).text.strip()
    if any_case:
        text, wanted = _one_case(text), _one_case(wanted)
    found: list[tuple[int, int]] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        first = bisect_right(starts, key.starts[at]) - 1
        found.append((first, bisect_right(starts, key.ends[end - 1] - 1) - 1))
        at = text.find(wanted, end)
    return found


@lru_cache(maxsize=16)
def _folded(words: tuple[str, ...]) -> tuple[list[int], Folded]:
    """Where each word begins in them all joined by blanks, and that folded."""
    starts = [0, *accumulate(len(word) + 1 for word in words)]
    return starts[:-1], fold(" ".join(words))


def _one_case(text: str) -> str:
    """In small letters, but never longer: İ would become two characters."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower()[:1] for c in text)
