"""Text that can be printed: what no font of ours has is taken out or spelled out.

PDF/UA-1 and PDF/A-2a allow no missing glyph, and typst refuses the whole document for a single one.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from sefwriter.paper.engine import Refusal, compile_pages
from sefwriter.paper.fonts import FAMILY

_PROBE: Final = f"""
#set document(title: "Probe")
#set text(font: "{FAMILY}", lang: "en")
#set page(width: auto, height: auto)
#let pieces = json(bytes(sys.inputs.pieces)).map(codes => codes.map(str.from-unicode).join())
#for look in ((weight: 400, style: "normal"), (weight: 600, style: "italic")) {{
  set text(..look)
  for piece in pieces {{ piece; parbreak() }}
}}
""".encode()
"""Two looks, for typst's choice of a stand-in font goes by likeness first: U+20A5 is refused in
semibold italic only. Tried over all blocks of living scripts: the other looks add nothing."""

_WORD_BULLETS: Final = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0e0": "→",
    "\uf02d": "–",
}
"""Bullets that Word sets in its Symbol and Wingdings fonts, as they arrive in pasted text."""

_KEPT_FORMATS: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060")
"""Of the format characters: those that hyphenate, part or join letters, and the plain marks of
direction. The rest is unseen, and some turn the direction of all text after them."""

_VARIANTS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors: which picture of an emoji is meant. We have none."""


def printable(text: str) -> str:
    """The text as our fonts can show it, in NFC: the same text wherever that is possible.

    Control characters go (those that part words become a space; tab and line feed stay), and so do
    unseen format characters. Word's private bullets become public ones. Any other sign that no font
    has becomes "[character U+1F600]", and so does a mark that no font can set on its letter. Doing
    it twice changes nothing.
    """
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    clean = "".join(map(_character, unicodedata.normalize("NFC", text)))
    clean = unicodedata.normalize("NFC", clean)
    return "".join(map(_cluster, _clusters(clean)))


def _character(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\t":
        return character
    if category == "Cc":
        return " " if character.isspace() else ""
    if (category == "Cf" and character not in _KEPT_FORMATS) or character in _VARIANTS:
        return ""
    character = _WORD_BULLETS.get(character, character)
    private = unicodedata.category(character) in {"Co", "Cs"}
    if private or character in _refused_in(ord(character) >> 8):
        return _spelled(character)
    return character


def _spelled(character: str) -> str:
    return f"[character U+{ord(character):04X}]"


@cache
def _refused_in(block: int) -> frozenset[str]:
    """Which of the 256 characters of a block (code point // 256) no font of ours has."""
    characters = map(chr, range(block << 8, (block + 1) << 8))
    drawn = [c for c in characters if unicodedata.category(c) not in {"Cc", "Cf", "Co", "Cs"}]
    try:
        _try(drawn)
    except Refusal as refusal:
        if not refusal.missing:
            raise
        return frozenset("".join(refusal.missing))
    return frozenset()


def _clusters(text: str) -> Iterator[str]:
    """The text cut before each character that doesn't hang on the one before it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _hangs(text[place]):
            yield text[start:place]
            start = place


def _hangs(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}


def _cluster(cluster: str) -> str:
    """The letter with its marks, or with its marks spelled out where no one font has them all."""
    if len(cluster) < 2 or _holds(cluster):
        return cluster
    return cluster[0] + "".join(_spelled(mark) for mark in cluster[1:] if mark not in _KEPT_FORMATS)


@lru_cache(maxsize=8192)
def _holds(cluster: str) -> bool:
    try:
        _try([cluster])
    except Refusal:
        return False
    return True


def _try(pieces: Iterable[str]) -> None:
    """Nothing, or Refusal. There is no other way to know what the fonts inside typst have."""
    codes = [list(map(ord, piece)) for piece in pieces]
    compile_pages(_PROBE, {"pieces": json.dumps(codes)}, standards=("ua-1",))
