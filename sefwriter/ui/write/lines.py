"""A section's blocks as the lines that the page shows, and lines back into blocks.

The page knows no nesting: a list's items are lines with a depth. A block that wouldn't read back as
it was is quiet: shown, and left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Opaque,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
)
from sefwriter.model.text.runs import plain, tidy

Kind = Literal["text", "heading", "item", "quiet"]
Look = Literal["", "quote", "table", "table-head", "source", "rule", "picture"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: a paragraph, heading or item, or part of a quiet block.

    `level` is a heading's level or an item's depth, counted from 0. `start` is the number of a
    numbered list's first item, on every item of it. `look` says what a quiet line is, `columns` how
    many cells a table's has.
    """

    kind: Kind
    runs: Runs = ()
    level: int = 0
    ordered: bool = False
    start: int = 1
    look: Look = ""
    columns: int = 0

    @property
    def empty(self) -> bool:
        """Whether a paragraph has nothing that would be written."""
        return self.kind == "text" and not plain(self.runs).strip(" \t")


EMPTY = Line("text")


STRANGE: Final = re.compile("[\n\r\u2028\u2029\ufdd0\ufdd1]")
"""What would end a block or a line of the page. No text that went through our doors has it."""


@lru_cache(maxsize=4096)
def lines_of(block: Block) -> tuple[Line, ...]:
    """The lines that show a block; at least one."""
    lines = _editable(block)
    strange = any(
        line.empty or STRANGE.search("".join(run.text for run in line.runs)) for line in lines
    )
    if lines and not strange and blocks_of(lines) == [(block, len(lines))]:
        return tuple(lines)
    return tuple(_quiet(block)) or (Line("quiet", look="quote"),)


def blocks_of(lines: Sequence[Line]) -> list[tuple[Block, int]]:
    """The blocks of lines none of which is quiet, each with how many lines it took."""
    found: list[tuple[Block, int]] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.kind == "item":
            block, end = _list(lines, at, line.level)
            found.append((block, end - at))
            at = end
            continue
        runs = tidy(line.runs)
        found.append((Heading(line.level, runs) if line.kind == "heading" else Paragraph(runs), 1))
        at += 1
    return found


def _list(lines: Sequence[Line], first: int, depth: int) -> tuple[ListBlock, int]:
    items: list[tuple[Block, ...]] = []
    at = first
    while at < len(lines) and lines[at].kind == "item":
        line = lines[at]
        if items and line.level > depth:
            inner, at = _list(lines, at, line.level)
            items[-1] = (*items[-1], inner)
            continue
        if line.level < depth or line.ordered != lines[first].ordered:
            break
        items.append((Paragraph(tidy(line.runs)),))
        at += 1
    ordered = lines[first].ordered
    return ListBlock(ordered, tuple(items), lines[first].start if ordered else 1), at


def _editable(block: Block) -> list[Line]:
    """The lines of a block that can be edited; none for one that can't be."""
    match block:
        case Paragraph(runs) if not any(run.picture for run in runs):
            return [Line("text", runs)]
        case Heading(level, runs) if not any(run.picture for run in runs):
            return [Line("heading", runs, level)]
        case ListBlock():
            return _items(block, 0)
        case _:
            return []


def _items(block: ListBlock, depth: int) -> list[Line]:
    lines: list[Line] = []
    for item in block.items:
        words, *inner = item
        if not isinstance(words, Paragraph) or any(run.picture for run in words.runs):
            return []
        lines.append(Line("item", words.runs, depth, block.ordered, block.start))
        for part in inner:
            below = _items(part, depth + 1) if isinstance(part, ListBlock) else []
            if not below:
                return []
            lines += below
    return lines


def _quiet(block: Block) -> list[Line]:
    match block:
        case Paragraph(runs) | Heading(_, runs):
            return [Line("quiet", _named(runs), look="picture")]
        case Quote(inside):
            return [replace(line, look="quote") for part in inside for line in _quiet(part)]
        case ListBlock(ordered, items, start):
            return [
                _marked(line, f"{number}. " if ordered else "• ", first=place == 0)
                for number, item in enumerate(items, start)
                for place, line in enumerate(line for part in item for line in _quiet(part))
            ]
        case Table(header, rows):
            head = Line("quiet", _cells(header), look="table-head", columns=len(header))
            return [head, *(replace(head, runs=_cells(row), look="table") for row in rows)]
        case Opaque(source):
            broken = [
                run
                for line in source.split("\n")
                for run in (Run("", line_break=True), Run(line, code=True))
            ]
            return [Line("quiet", tuple(broken[1:]), look="source")]
        case _:
            return [Line("quiet", look="rule")]


def _marked(line: Line, sign: str, *, first: bool) -> Line:
    return replace(line, runs=(Run(sign if first else "   "), *line.runs), look="quote")


def _named(runs: Runs) -> Runs:
    """Runs with each picture as words that say what it shows."""
    return tuple(
        replace(run, text=f"[Picture: {run.text or 'without a description'}]", picture="")
        if run.picture
        else run
        for run in runs
    )


def _cells(row: Sequence[Runs]) -> Runs:
    """The cells of a row on one line, with tabs between."""
    cells = [run for cell in row for run in (Run("\t"), *_named(cell))]
    return tuple(cells[1:])
