"""The pack's own page number on every page, at the reader's bottom right, in a box of its own."""

import io
import re
from functools import cache
from typing import Final

import pikepdf
import typst
from pikepdf import Array, Dictionary, Object, Pdf

from sefwriter.pack.bind.balance import Balance
from sefwriter.pack.bind.objects import dictionary_at, streams
from sefwriter.pack.bind.sheet import Sheet, sheet
from sefwriter.paper.fonts import FAMILY, page_fonts

_FONT_NAME: Final = "/SefStamp"
_SPECIMEN: Final = f"""
#set text(font: "{FAMILY}", weight: 600, kerning: false, ligatures: false)
#(range(32, 127).map(str.from-unicode).join() + "·")
""".encode()

_SIZE: Final = 9.0
_PADDING: Final = 4.0
_HEIGHT: Final = 14.0
_BASELINE: Final = 4.0
_MARGIN: Final = 9.0
"""In points of paper; the text's size, its box, and the box's distance from the page's edge."""

_WIDEST_SHARE: Final = 0.6
"""On a page hardly larger than the stamp, the stamp shrinks to this share of the page's width."""

_ACCENT: Final = b"0.055 0.333 0.376"
"""Petrol (#0E5560), the accent of the pack."""


class StampFont:
    """The one font of all stamps, a subset of the program's own, embedded once."""

    def __init__(self, target: Pdf) -> None:
        with pikepdf.open(io.BytesIO(_specimen())) as specimen:
            fonts = dictionary_at(specimen.pages[0].obj.Resources, "/Font")
            font = next(iter(fonts.values())) if fonts is not None else Dictionary()
            self._codes = _codes(font.ToUnicode.read_bytes())
            self._widths = _widths(list(font.DescendantFonts[0].W))
            # Bytes and not the open file: a copied stream would keep reading from the specimen.
            self.object = target.copy_foreign(specimen.make_indirect(font))

    def show(self, text: str) -> tuple[bytes, float]:
        """The text as a PDF string, and its width in ems; a sign the font lacks becomes "?"."""
        codes = [self._codes.get(character, self._codes["?"]) for character in text]
        shown = "".join(f"{code:04X}" for code in codes)
        return f"<{shown}>".encode(), sum(self._widths[code] for code in codes) / 1000


class Stamper:
    """Draws stamps on pages of one file, sharing the font and what else can be shared."""

    def __init__(self, target: Pdf, *, draft: bool) -> None:
        self._target = target
        self._font = StampFont(target)
        self._draft = draft
        self._openings: dict[bytes, Object] = {}
        self._tops: dict[tuple[str, Sheet], bytes] = {}
        self._resources: dict[tuple[int, int], Object] = {}

    def stamp(
        self, page: Object, text: str, fence: Balance, *, figure: bool, note: str = ""
    ) -> None:
        """Draw the text on a page of the target, after its content fenced in by `fence`.

        With `figure`, the page's content becomes marked content 0 of a figure. `note` is drawn at
        the top. The stamp is the last stream of the page, alone.
        """
        opening = (b"/Figure <</MCID 0>> BDC " if figure else b"") + b"q " * fence.opens
        closing = b"EMC " * fence.ends + b"Q " * fence.closes + (b"EMC " if figure else b"")
        shown = sheet(page)
        drawn = self._box(text, shown, at_top=False)
        top = " · ".join(filter(None, ("DRAFT" if self._draft else "", note)))
        if top:
            if (top, shown) not in self._tops:
                self._tops[top, shown] = self._box(top, shown, at_top=True)
            drawn += self._tops[top, shown]
        marked = b"/Artifact <</Type/Pagination/Subtype/Footer>> BDC " + drawn + b"EMC"
        page["/Contents"] = Array(
            [
                self._opening(opening),
                *streams(page),
                self._target.make_stream(b"\n" + closing + marked),
            ]
        )
        self._add_font(page)

    def _box(self, text: str, shown: Sheet, *, at_top: bool) -> bytes:
        string, ems = self._font.show(text)
        width = ems * _SIZE + 2 * _PADDING
        across, up = shown.size
        scale = min(1 / shown.unit, across * _WIDEST_SHARE / width)
        margin = _MARGIN * scale
        bottom = up - margin - _HEIGHT * scale if at_top else margin
        x, y = shown.at(across - margin - width * scale, bottom)
        a, b, c, d, _, _ = (number * scale for number in shown.matrix)
        return (
            b"q %.4f %.4f %.4f %.4f %.2f %.2f cm 1 g %b RG 0.8 w 0 0 %.2f %.2f re B "
            b"0 g BT %b %.1f Tf %.1f %.1f Td %b Tj ET Q "
        ) % (
            *(a, b, c, d, x, y, _ACCENT, width, _HEIGHT),
            *(_FONT_NAME.encode(), _SIZE, _PADDING, _BASELINE, string),
        )

    def _opening(self, content: bytes) -> Object:
        if content not in self._openings:
            self._openings[content] = self._target.make_stream(content + b"\n")
        return self._openings[content]

    def _add_font(self, page: Object) -> None:
        """Give the page the font without giving it to whoever shares its resources."""
        own = dictionary_at(page, "/Resources")
        shared = own is not None and own.is_indirect
        if own is not None and shared and own.objgen in self._resources:
            page["/Resources"] = self._resources[own.objgen]
            return
        resources = own.copy() if own is not None else Dictionary()
        fonts = dictionary_at(resources, "/Font")
        fonts = fonts.copy() if fonts is not None else Dictionary()
        fonts[_FONT_NAME] = self._font.object
        resources["/Font"] = fonts
        if own is not None and shared:
            resources = self._resources[own.objgen] = self._target.make_indirect(resources)
        page["/Resources"] = resources


@cache
def _specimen() -> bytes:
    """One line with every sign a stamp may use; ASCII and the middle dot."""
    return typst.compile(_SPECIMEN, font_paths=page_fonts(), ignore_system_fonts=True)


def _codes(to_unicode: bytes) -> dict[str, int]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>", to_unicode)
    return {chr(int(character, 16)): int(code, 16) for code, character in pairs}


def _widths(ranges: list[object]) -> dict[int, float]:
    """typst writes /W as triples: first code, last code, width in thousandths of an em."""
    numbers = [float(str(number)) for number in ranges]
    widths: dict[int, float] = {}
    for first, last, width in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        widths.update(dict.fromkeys(range(int(first), int(last) + 1), width))
    return widths
