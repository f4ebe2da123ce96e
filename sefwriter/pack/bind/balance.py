"""What a page's content leaves open: a stamp after it would take over its scale or be clipped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Object

from sefwriter.pack.bind.objects import streams

_WORDS: Final = (b"q", b"Q", b"BDC", b"BMC", b"EMC")
_MAY_STAND_BEFORE: Final = b"\0\t\n\f\r >)]}"
_MAY_FOLLOW: Final = b"\0\t\n\f\r <([{/%"
_MOST_LOOKED_AT: Final = 20_000_000
"""Bytes, counting again for each operator: beyond, parsing is faster than looking around each."""

_NESTED: Final = re.compile(rb"\([^()]*\(")
_PICTURE: Final = re.compile(rb"\bID\s")


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
    found = sorted(_found(content))
    if _is_unsure(content, found):
        operators = pikepdf.parse_content_stream(page, " ".join(map(bytes.decode, _WORDS)))
        return _fence([str(operator).encode() for _, operator in operators])
    return _fence([word for _, word in found])


def _found(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Where our operators, and what looks like them, stand; ten times faster than parsing."""
    padded = b" " + content + b" "
    for word in _WORDS:
        at = padded.find(word)
        while at > 0:
            if padded[at - 1] in _MAY_STAND_BEFORE and padded[at + len(word)] in _MAY_FOLLOW:
                yield at - 1, word
            at = padded.find(word, at + 1)


def _is_unsure(content: bytes, found: list[tuple[int, bytes]]) -> bool:
    """Whether some of what was found may be words in a string, a comment or a picture's bytes."""
    if not found:
        return False
    if len(found) * len(content) > _MOST_LOOKED_AT:
        return True
    if b"\\(" in content or b"\\)" in content:
        return True  # then the ends of strings can't be told at a glance
    if _NESTED.search(content) or _PICTURE.search(content):
        return True
    for at, _ in found:
        if content.rfind(b"(", 0, at) > content.rfind(b")", 0, at):
            return True
        line = max(content.rfind(b"\n", 0, at), content.rfind(b"\r", 0, at))
        if content.find(b"%", line + 1, at) >= 0:
            return True
    return False


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
