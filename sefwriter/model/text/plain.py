"""Words without markup."""

import re
from collections.abc import Iterable
from typing import Final

from sefwriter.model.text.blocks import Block
from sefwriter.model.text.parse import blocks
from sefwriter.model.text.runs import plain
from sefwriter.model.text.slots import slots, words_of

_WORD: Final = re.compile(r"\S*\w\S*")


def plain_text(source: str | Iterable[Block]) -> str:
    """The words of Markdown or of blocks, each paragraph, heading, list item and cell on a line."""
    tree = blocks(source) if isinstance(source, str) else source
    return "\n".join(plain(words_of(slot)) for block in tree for slot in slots(block))


def word_count(markdown: str) -> int:
    """How many words a reader would count: between spaces, with a letter or a digit in them."""
    return len(_WORD.findall(plain_text(markdown)))
