"""Running heads and feet: lines that stand at the top or bottom of page after page.

Whoever copies a sentence that runs over a page's end copies it without them, so a quote must be
found as if they weren't there.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

_DEPTH: Final = 4
"""Lines at a page's edge that may be a running head or foot."""

_DIGITS: Final = re.compile(r"\d+")


def without_running_lines(texts: Sequence[str]) -> tuple[str, ...]:
    """The pages' texts without running heads and feet, page numbers among them.

    A line counts as one when lines alike but for digits stand at the same edge of at least three
    pages and of half of all; only whole runs from the edge inwards are taken off.
    """
    pages = [text.strip("\n").split("\n") for text in texts]
    heads = _running(page[:_DEPTH] for page in pages)
    feet = _running(page[-_DEPTH:] for page in pages)
    bare: list[str] = []
    for page in pages:
        start, end = 0, len(page)
        while start < min(_DEPTH, end) and _alike(page[start]) in heads:
            start += 1
        while end > max(start, len(page) - _DEPTH) and _alike(page[end - 1]) in feet:
            end -= 1
        bare.append("\n".join(page[start:end]))
    return tuple(bare)


def _running(edges: Iterable[Sequence[str]]) -> frozenset[str]:
    seen: Counter[str] = Counter()
    pages = 0
    for edge in edges:
        pages += 1
        seen.update({_alike(line) for line in edge})
    return frozenset(line for line, times in seen.items() if times >= 3 and 2 * times >= pages)


def _alike(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split()))
