"""The runs of a block tree in reading order, for whoever counts or looks things up in them."""

from collections.abc import Iterable, Iterator

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


def runs_of(blocks: Iterable[Block]) -> Iterator[Runs]:
    """Every stretch of runs in the blocks, in reading order; one per paragraph, heading or cell."""
    for block in blocks:
        match block:
            case Paragraph(runs) | Heading(runs=runs):
                yield runs
            case ListBlock(items=items):
                for item in items:
                    yield from runs_of(item)
            case Table(header=header, rows=rows):
                for row in (header, *rows):
                    yield from row
            case Quote(inside):
                yield from runs_of(inside)
            case Rule() | Opaque():
                pass
