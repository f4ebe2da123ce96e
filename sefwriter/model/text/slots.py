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

Slot = Runs | Opaque
"""Words that can be marked, or what is kept as it stands and can't be."""


def slots(block: Block) -> tuple[Slot, ...]:
    """A block's stretches of words in reading order."""
    match block:
        case Paragraph(runs) | Heading(_, runs):
            return (runs,)
        case ListBlock(_, items):
            return tuple(slot for item in items for inside in item for slot in slots(inside))
        case Quote(inside):
            return tuple(slot for part in inside for slot in slots(part))
        case Table(header, rows):
            return (*header, *(cell for row in rows for cell in row))
        case Opaque():
            return (block,)
        case _:
            return ()


def words_of(slot: Slot) -> Runs:
    """A slot's runs; an Opaque's source is one, as code."""
    return (Run(slot.source, code=True),) if isinstance(slot, Opaque) else slot


def with_slots(block: Block, new: Sequence[Slot]) -> Block:
    """The block with other words in its slots, as many as `slots` gave; an Opaque stays."""
    return _filled(block, iter(new))


def _filled(block: Block, new: Iterator[Slot]) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, runs=words_of(next(new)))
        case ListBlock(_, items):
            filled = tuple(tuple(_filled(inside, new) for inside in item) for item in items)
            return replace(block, items=filled)
        case Quote(inside):
            return Quote(tuple(_filled(part, new) for part in inside))
        case Table(header, rows):
            head = tuple(words_of(next(new)) for _ in header)
            body = tuple(tuple(words_of(next(new)) for _ in row) for row in rows)
            return replace(block, header=head, rows=body)
        case Opaque():
            next(new)
            return block
        case _:
            return block
