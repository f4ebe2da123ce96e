"""Markdown to block tree.

Lists and quotes are taken apart here, block by block; what they hold, and everything else, is read
by Python-Markdown's block parser (headings, rules, tables, paragraphs), whose inline patterns are
replaced by `inline.py`. Whatever isn't of our rich subset is Opaque, kept byte for byte.
"""

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.tables import TableExtension

from sefwriter.model.ids import ClaimId
from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Opaque,
    Paragraph,
    Quote,
    Rule,
    Runs,
    SourceBlock,
    Table,
)
from sefwriter.model.text.dividing import (
    Chunk,
    Kind,
    divide,
    indent,
    list_items,
    quoted_lines,
    spaced,
)
from sefwriter.model.text.inline import NotOurs, read_inline

_DEEPEST: Final = 16
"""Lists and quotes nested further than this are Opaque: nobody writes them, attackers do."""

_HEADING: Final = re.compile(r"h([1-6])")
_READ_HERE: Final = ("indent", "code", "olist", "ulist", "quote", "reference")
_ONE_AT_A_TIME: Final = threading.Lock()
"""The library's table reader keeps notes between two calls, and exports run beside the page."""


def parse(markdown: str) -> tuple[SourceBlock, ...]:
    """A section's top-level blocks with their places. Slices and the gaps between give the text."""
    return _parsed(markdown)[0]


def blocks(markdown: str) -> tuple[Block, ...]:
    """A section's top-level blocks."""
    return tuple(found.block for found in parse(markdown))


def met_claims(markdown: str) -> frozenset[ClaimId]:
    """The claims whose brackets lie in one another, so that the outer one is read in pieces."""
    return _parsed(markdown)[1]


@lru_cache(maxsize=128)
def _parsed(markdown: str) -> tuple[tuple[SourceBlock, ...], frozenset[ClaimId]]:
    lines = markdown.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found: list[SourceBlock] = []
    met: set[ClaimId] = set()
    for chunk in divide([spaced(line) for line in lines]):
        first, last = lines[chunk.first], lines[chunk.end - 1]
        start = starts[chunk.first] + _leading(first)
        end = starts[chunk.end - 1] + len(last.rstrip(" \t\r"))
        block, block_met = _read_source(markdown[start:end], chunk.kind)
        found.append(SourceBlock(block, start, end))
        met |= block_met
    return tuple(found), frozenset(met)


def _leading(line: str) -> int:
    """How much white space to leave out before a block: all, but for code, which lives by it."""
    return len(line) - len(line.lstrip(" \t")) if indent(spaced(line)) < 4 else 0


@lru_cache(maxsize=8192)
def _read_source(source: str, kind: Kind) -> tuple[Block, frozenset[ClaimId]]:
    met: set[ClaimId] = set()
    lines = [spaced(line) for line in source.split("\n")]
    try:
        block = _read(lines, kind, 0, met)
    except NotOurs:
        block = None
    return (Opaque(source), frozenset()) if block is None else (block, frozenset(met))


def _read(lines: Sequence[str], kind: Kind, depth: int, met: set[ClaimId]) -> Block:
    if kind == "opaque" or depth > _DEEPEST:
        raise NotOurs(kind)
    if kind == "quote":
        return Quote(_inside(quoted_lines(lines), depth, met))
    if kind == "list":
        items = list_items(lines)
        number = items[0][0].number
        return ListBlock(
            number is not None,
            tuple(_item(content, depth, met) for _, content in items),
            1 if number is None else number,
        )
    return _leaf(lines, met)


def _inside(lines: Sequence[str], depth: int, met: set[ClaimId]) -> tuple[Block, ...]:
    return tuple(_nested(lines, chunk, depth + 1, met) for chunk in divide(lines))


def _nested(lines: Sequence[str], chunk: Chunk, depth: int, met: set[ClaimId]) -> Block:
    inside = lines[chunk.first : chunk.end]
    source = "\n".join([inside[0][_leading(inside[0]) :], *inside[1:]]).rstrip(" \t\r")
    if depth > _DEEPEST:
        raise NotOurs("nested too deeply")
    own: set[ClaimId] = set()
    try:
        block = _read([spaced(line) for line in source.split("\n")], chunk.kind, depth, own)
    except NotOurs:
        return Opaque(source)
    met |= own
    return block


def _item(lines: Sequence[str], depth: int, met: set[ClaimId]) -> tuple[Block, ...]:
    """A list item's blocks. One that begins with nothing, or with a list, begins with no words."""
    inside = _inside(lines, depth, met)
    if not inside or not lines[0].strip() or isinstance(inside[0], ListBlock):
        return Paragraph(()), *inside
    return inside


@lru_cache(maxsize=1)
def _library() -> Markdown:
    library = Markdown(extensions=[TableExtension(use_align_attribute=True)])
    for name in _READ_HERE:
        library.parser.blockprocessors.deregister(name)
    return library


def _leaf(lines: Sequence[str], met: set[ClaimId]) -> Block:
    """A heading, rule, table or paragraph, as the library's element tree says."""
    source = "\n".join(lines)
    # The library takes "#1 of our aims" for a heading; ours, like everybody's, have a space.
    guarded = re.sub(r"^(?=#)(?!#{1,6}(?:[ \t]|$))", r"\\", source, flags=re.MULTILINE)
    root = Element("div")
    with _ONE_AT_A_TIME:
        _library().parser.parseChunk(root, guarded)
    if len(root) != 1:
        raise NotOurs("blocks without a blank line between")
    element = root[0]
    if element.tag == "table":
        return _table(element, lines, met)
    if element.tag == "hr":
        return Rule()
    runs = _runs(element, met)
    heading = _HEADING.fullmatch(element.tag)
    return Heading(int(heading[1]), runs) if heading else Paragraph(runs)


def _runs(element: Element, met: set[ClaimId]) -> Runs:
    inline = read_inline(element.text or "")
    met |= inline.met
    return inline.runs


def _table(element: Element, lines: Sequence[str], met: set[ClaimId]) -> Table:
    header, *rows = element.iter("tr")
    written = "".join([lines[0], *lines[2:]])
    kept = "".join(cell.text or "" for row in (header, *rows) for cell in row)
    if re.sub(r"[\s|]", "", written) != re.sub(r"[\s|]", "", kept):
        raise NotOurs("a row has more cells than the header")
    align = tuple(cell.get("align", "") for cell in header)
    return Table(
        tuple(_runs(cell, met) for cell in header),
        # Where no row is written the library makes up an empty one.
        tuple(tuple(_runs(cell, met) for cell in row) for row in rows if len(lines) > 2),
        align if any(align) else (),
    )
