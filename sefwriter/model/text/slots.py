"""The stretches of words in a block: paragraphs, headings, cells, those in lists and quotes too.

A claim's span never leaves its slot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

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


def slots(block: Block) -> tuple[Runs, ...]:
    """A block's stretches of words in reading order. An Opaque's source is one, as code."""
    match block:
        case Paragraph(runs) | Heading(_, runs):
            return (runs,)
        case ListBlock(_, items):
            return tuple(runs for item in items for inside in item for runs in slots(inside))
        case Quote(inside):
            return tuple(runs for part in inside for runs in slots(part))
        case Table(header, rows):
            return (*header, *(cell for row in rows for cell in row))
        case Opaque(source):
            return ((Run(source, code=True),),)
        case _:
            return ()


def with_slots(block: Block, new: Sequence[Runs]) -> Block:
    """The block with other words in its slots, as many as `slots` gave; an Opaque stays."""
    return _filled(block, iter(new))


def _filled(block: Block, new: Iterator[Runs]) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, runs=next(new))
        case ListBlock(_, items):
            filled = tuple(tuple(_filled(inside, new) for inside in item) for item in items)
            return replace(block, items=filled)
        case Quote(inside):
            return Quote(tuple(_filled(part, new) for part in inside))
        case Table(header, rows):
            head = tuple(next(new) for _ in header)
            return replace(
                block, header=head, rows=tuple(tuple(next(new) for _ in row) for row in rows)
            )
        case Opaque():
            next(new)
            return block
        case _:
            return block
