"""Text folded for comparison, with the way back to where each character stood.

Two texts that read the same fold to the same string (settled decision 22): NFKC; each run of white
space one space; soft hyphens and other unseen characters gone; curly and straight quotation marks
alike; every dash a "-". A hyphen between two letters goes, and so does the line end after it:
nobody can tell from a page whether "time-" at a line's end is half a word or has a hyphen of its
own, so "timeliness", "time-liness" and "time-\\nliness" are all one. Between figures it stays:
"1-2" is not "12". PDFium's marks for a hyphen at a line end, U+FFFE and U+0002, are hyphens.
"""

import re
import unicodedata
from array import array
from dataclasses import dataclass
from typing import Final

_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\ufffe\x02"
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\x00", ""),
    }
)

_PIECE: Final = re.compile(
    # ASCII but for "-" and "`" stays as it is, unless an accent follows that joins it.
    r"(?P<plain>[!-,./-_a-~]+(?![\u0300-\u036f]))"
    r"|(?P<space>\s+)"
    r"|(?P<soft>\u00ad(?=\s))"  # a soft hyphen is one that is seen only at a line's end
    r"|(?P<other>.)",
    re.DOTALL,
)
_HYPHEN: Final = re.compile(r"(?<=\w)-[-\s]*(?=\w)|-{2,}|\s{2,}")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. The character at i stood at starts[i]:ends[i] of the text it came from."""

    text: str
    starts: "array[int]"
    ends: "array[int]"


def fold(text: str) -> Folded:
    """The text folded; folding what is folded changes nothing."""
    return _joined(_unified(text))


def _unified(text: str) -> Folded:
    """One form for each character and each gap, hyphens not yet joined."""
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    while match := _PIECE.match(text, at):
        start, at = match.span()
        if match["plain"]:
            pieces.append(match[0])
            starts.extend(range(start, at))
            ends.extend(range(start + 1, at + 1))
            continue
        if match["other"]:
            while at < len(text) and unicodedata.combining(text[at]):
                at += 1
        piece = _one_form(text[start:at], match.lastgroup or "")
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([at] * len(piece))
    return Folded("".join(pieces), starts, ends)


def _one_form(piece: str, group: str) -> str:
    if group == "space":
        return " "
    if group == "soft":
        return "-"
    return unicodedata.normalize("NFKC", piece.translate(_SAME)).translate(_SAME)


def _joined(unified: Folded) -> Folded:
    text = unified.text
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    for match in _HYPHEN.finditer(text):
        start, end = match.span()
        kept = _between(text, start, end)
        pieces.append(text[at:start] + kept)
        starts.extend(unified.starts[at : start + len(kept)])
        ends.extend(unified.ends[at:start])
        ends.extend(unified.ends[end - 1 : end - 1 + len(kept)])
        at = end
    pieces.append(text[at:])
    starts.extend(unified.starts[at:])
    ends.extend(unified.ends[at:])
    return Folded("".join(pieces), starts, ends)


def _between(text: str, start: int, end: int) -> str:
    """What stays of a run of hyphens and spaces: nothing between letters, else one of them."""
    if text[start] != "-":
        return " "
    neighbours = text[start - 1 : start] + text[end : end + 1]
    return "" if len(neighbours) == 2 and neighbours.isalpha() else "-"
