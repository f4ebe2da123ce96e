"""Sentences, and which of them an edit touched.

Two edits that hadn't seen each other and touched one sentence are a meeting: merged letters alone
would be nonsense. So every edit carries the hashes of the sentences it replaced or removed.
"""

import hashlib
import re
from difflib import SequenceMatcher
from typing import Final

from sefwriter.model.text.plain import plain_text

TOUCHED_VERSION: Final = 1
"""Travels with every list of hashes: laptops of another version can tell that theirs differ."""

_END: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")


def sentences(plain: str) -> list[str]:
    """The sentences of plain text, without white space round them. A line end ends one, too."""
    found: list[str] = []
    start = 0
    for gap in _END.finditer(plain):
        end = gap.start() + len(gap.group().rstrip())
        found.append(plain[start:end].strip())
        start = gap.end()
    found.append(plain[start:].strip())
    return [sentence for sentence in found if sentence]


def touched(before_markdown: str, after_markdown: str) -> tuple[str, ...]:
    """Hashes (12 hex digits, sorted) of sentences of `before` that `after` no longer has in place.

    Only words count: marking a claim, emphasis, or new text between two sentences touch nothing.
    """
    if before_markdown == after_markdown:
        return ()
    before, after = (
        [" ".join(sentence.split()) for sentence in sentences(plain_text(markdown))]
        for markdown in (before_markdown, after_markdown)
    )
    before, after = _without_common_ends(before, after)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    gone = {
        sentence
        for kind, start, end, _, _ in codes
        if kind in ("replace", "delete")
        for sentence in before[start:end]
    }
    return tuple(sorted(hashlib.sha256(sentence.encode()).hexdigest()[:12] for sentence in gone))


def _without_common_ends(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    shorter = min(len(one), len(other))
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return one[head : len(one) - tail], other[head : len(other) - tail]
