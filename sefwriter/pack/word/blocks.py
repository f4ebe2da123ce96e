"""Blocks of a section → paragraphs and tables of the Word body."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element

from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Opaque,
    Paragraph,
    Quote,
    Rule,
    Runs,
    Table,
)
from sefwriter.pack.word import styles
from sefwriter.pack.word.manuscript import Manuscript
from sefwriter.pack.word.numbering import DEEPEST, STEP
from sefwriter.pack.word.runs import inline
from sefwriter.pack.word.tables import PORTRAIT, table, widths_for
from sefwriter.pack.word.xml import node, paragraph, text_run

_QUOTE_STEP: Final = 284
_NARROWEST: Final = 2000
"""A table deep inside lists still gets this width, in twentieths of a point."""


@dataclass(frozen=True)
class Place:
    """Where a block stands: its paragraphs' style, its indent, and how deep in lists it is.

    `indent` is in twentieths of a point. `instance` is the list instance whose mark the next
    paragraph carries, 0 for none.
    """

    style: str = styles.BODY
    indent: int = 0
    depth: int = 0
    instance: int = 0

    def marked(self) -> "Place":
        """The same place once the item's mark is written."""
        return replace(self, instance=0)

    def look(self) -> tuple[Element | None, ...]:
        """The paragraph properties that the style doesn't give."""
        if self.instance:
            level = node("ilvl", val=min(self.depth - 1, DEEPEST))
            hanging = node("ind", left=self.indent, hanging=STEP)
            return (node("numPr", level, node("numId", val=self.instance)), hanging)
        return (node("ind", left=self.indent) if self.indent else None,)


def body(
    manuscript: Manuscript, blocks: Iterable[Block], place: Place | None = None
) -> list[Element]:
    """The body elements for these blocks, in order."""
    here = place or Place()
    made: list[Element] = []
    for block in blocks:
        made += _block(manuscript, block, here)
        here = here.marked()
    if here.instance:  # an item with nothing in it still shows its mark
        made.append(paragraph(here.style, look=here.look()))
    return made


def _block(manuscript: Manuscript, block: Block, place: Place) -> list[Element]:
    """The elements of one block; the first paragraph carries the list mark that is due."""
    match block:
        case Paragraph(runs):
            return [paragraph(place.style, *inline(manuscript, runs), look=place.look())]
        case Heading():
            return [_heading(manuscript, block, place)]
        case Opaque(source):
            return [paragraph(styles.VERBATIM, text_run(source), look=place.look())]
        case _:
            return [*_mark_alone(place), *_unmarked(manuscript, block, place.marked())]


def _heading(manuscript: Manuscript, heading: Heading, place: Place) -> Element:
    """A heading never skips a level; inside a list or quote, or empty, it is a bold paragraph."""
    if place != Place() or not "".join(run.text for run in heading.runs).strip():
        strong = (replace(run, bold=True) for run in heading.runs)
        return paragraph(place.style, *inline(manuscript, strong), look=place.look())
    level = min(heading.level + 1, manuscript.heading_level + 1)
    manuscript.heading_level = level
    return paragraph(styles.heading_style(level), *inline(manuscript, heading.runs))


def _unmarked(
    manuscript: Manuscript, block: Rule | Quote | ListBlock | Table, place: Place
) -> list[Element]:
    match block:
        case Rule():
            return [paragraph(styles.RULE_LINE, look=place.look())]
        case Quote(inside):
            quoted = replace(place, style=styles.QUOTE, indent=place.indent + _QUOTE_STEP)
            return body(manuscript, inside, quoted)
        case ListBlock():
            return _list(manuscript, block, place)
        case Table(header, rows, align):
            return _table(manuscript, (header, *rows), align, place.indent)


def _mark_alone(place: Place) -> list[Element]:
    """A list mark on its own line, for an item whose first block can't bear it."""
    return [paragraph(place.style, look=place.look())] if place.instance else []


def _list(manuscript: Manuscript, block: ListBlock, place: Place) -> list[Element]:
    numbering = manuscript.numbering
    level = min(place.depth, DEEPEST)
    instance = numbering.numbered(level, block.start) if block.ordered else numbering.bulleted()
    style = styles.QUOTE if place.style == styles.QUOTE else styles.LIST
    item_place = Place(style, place.indent + STEP, place.depth + 1, instance)
    made: list[Element] = []
    for item in block.items:
        made += body(manuscript, item, item_place)
    return made


def _table(
    manuscript: Manuscript, rows: tuple[tuple[Runs, ...], ...], align: tuple[str, ...], indent: int
) -> list[Element]:
    texts = [["".join(run.text for run in cell) for cell in row] for row in rows]
    widths = widths_for(texts, max(PORTRAIT - indent, _NARROWEST))
    if not widths:
        return []
    header, *others = [[inline(manuscript, cell) for cell in row] for row in rows]
    return table(header, others, widths, align=align, indent=indent)
