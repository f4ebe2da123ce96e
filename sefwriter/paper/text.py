"""Text that can be printed: what no font of ours has is taken out or spelled out.

PDF/UA-1 and PDF/A-2a allow no missing glyph, and typst refuses the whole document for a single one.
"""

import json
import re
import unicodedata
from functools import cache
from typing import Final

import typst

from sefwriter.paper.fonts import FAMILY, page_fonts

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

_REFUSED: Final = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}

_WORD_BULLETS: Final = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0e0": "→",
    "\uf02d": "–",
}
"""Bullets that Word sets in its Symbol and Wingdings fonts, as they arrive in pasted text."""

_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e"
"""Old signs that turn the direction of all text after them; letters know their own direction."""


def printable(text: str) -> str:
    """The text as our fonts can show it, in NFC: the same text wherever that is possible.

    Control characters go (those that part words become a space; tab and line feed stay), and so do
    signs that turn the direction of text. Word's private bullets become public ones. Any other sign
    that no font has becomes "[character U+1F600]". Doing it twice changes nothing.
    """
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    clean = "".join(map(_character, unicodedata.normalize("NFC", text)))
    for refused in _refused_together(clean):
        clean = clean.replace(refused, "".join(map(_spelled, refused)))
    return clean


def _character(character: str) -> str:
    if character in "\n\t":
        return character
    if unicodedata.category(character) == "Cc":
        return " " if character.isspace() else ""
    if character in _TURNING:
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
    drawn = [c for c in characters if unicodedata.category(c) not in {"Cc", "Co", "Cs"}]
    return frozenset("".join(_refused(drawn)))


def _refused_together(text: str) -> list[str]:
    """Clusters that no one font has whole, though their characters taken singly are all there.

    Only marks and joiners bring that about, so other text is not tried.
    """
    joining = {"Mn", "Mc", "Me", "Cf", "Sk"}
    if text.isascii() or all(unicodedata.category(c) not in joining for c in text):
        return []
    return _refused([text])


def _refused(pieces: list[str]) -> list[str]:
    """Which stretches of these texts typst would refuse, longest first; found by trying."""
    try:
        typst.compile(
            _PROBE,
            font_paths=page_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"pieces": json.dumps([list(map(ord, piece)) for piece in pieces])},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as refusal:
        found = {_unescaped(match) for match in _REFUSED.findall(refusal.diagnostic)}
        if not found:
            raise
        return sorted(found, key=len, reverse=True)
    return []


def _unescaped(quoted: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match[1]:
            return chr(int(match[1], 16))
        return _ESCAPED.get(match[2], match[2])

    return _ESCAPE.sub(character, quoted)
