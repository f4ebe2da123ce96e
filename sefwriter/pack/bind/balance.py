"""What a page's content leaves open: a stamp after it would take over its scale or be clipped."""

import re
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Object

from sefwriter.pack.bind.objects import streams

_TOKEN: Final = re.compile(rb"(?<![^\s>)\]}])(?:[qQ]|BDC|BMC|EMC)(?![^\s<(\[{/%])")
_UNSURE: Final = re.compile(
    rb"\\[()]"  # an escaped bracket: the ends of strings can't be seen at a glance
    rb"|\([^()]*\("  # brackets within brackets
    rb"|\([^)]*(?<![^\s(])(?:[qQ]|BDC|BMC|EMC)(?![^\s)])[^)]*\)"  # one of our words inside a string
    rb"|%|\sID[\s]"  # a comment, or a picture's raw bytes
)
"""Content in which what looks like an operator may be something else: it is parsed properly."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The fence around a page's content: `opens` q before it, `ends` EMC and `closes` Q after."""

    opens: int = 1
    closes: int = 1
    ends: int = 0


def balance(page: Object) -> Balance:
    """What must stand around the content of this page for a stamp to be drawn in page space.

    Raises PdfError where the content can't be read.
    """
    content = b"\n".join(stream.read_bytes() for stream in streams(page))
    words = _TOKEN.findall(content)
    if words and _UNSURE.search(content):
        operators = pikepdf.parse_content_stream(page, "q Q BDC BMC EMC")
        words = [bytes(str(operator), "ascii") for _, operator in operators]
    return _fence(words)


def _fence(words: list[bytes]) -> Balance:
    depth = lowest = marks = 0
    for word in words:
        if word == b"q":
            depth += 1
        elif word == b"Q":
            depth -= 1
            lowest = min(lowest, depth)
        elif word == b"EMC":
            marks = max(0, marks - 1)
        else:
            marks += 1
    return Balance(opens=1 - lowest, closes=1 - lowest + depth, ends=marks)
