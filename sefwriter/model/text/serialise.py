"""Block tree to Markdown in its one normal form: a paragraph a line, a blank line between blocks.

`parse` reads back what stands here as the same blocks; no text ever turns into markup.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Opaque,
    Paragraph,
    Quote,
    Run,
    Runs,
    SourceBlock,
    Table,
)
from sefwriter.model.text.dividing import interrupts, item_marker
from sefwriter.model.text.inline import ENTITY, PUNCTUATION
from sefwriter.model.text.runs import span_of, tidy

_SPECIAL: Final = re.compile(rf"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?={ENTITY[1:]})")
_LINE_START: Final = re.compile(
    r"(\d{0,9})(?=(?:#|>|~~~|[-+](?:[ \t]|$)|-[ \t]*-)|(?<=\d)[.)](?:[ \t]|$))"
)
_BARE_ADDRESS: Final = re.compile(r"[^\s()<>]+")
_RULE: Final = "___"
"""Not hyphens: under a line of text they would make it a heading, were the blank line deleted."""


def serialise(blocks: Sequence[Block]) -> str:
    """Blocks as Markdown, without a line end at the end. Paragraphs without words are left out."""
    pieces: list[str] = []
    before: Block | None = None
    other = False
    for block in blocks:
        # Two lists of a kind in a row are kept apart by another sign.
        other = (
            isinstance(before, ListBlock)
            and isinstance(block, ListBlock)
            and before.ordered == block.ordered
            and not other
        )
        piece = serialise_block(block, other_sign=other)
        if piece:
            pieces.append(piece)
            before = block
    return "\n\n".join(pieces)


def serialise_block(block: Block, *, other_sign: bool = False) -> str:
    """One block as Markdown; "" for a paragraph without words.

    `other_sign` writes a list with `*` for `-`, `)` for `.`, so that it stays apart from another.
    """
    match block:
        case Paragraph(runs):
            return _line_start(_line(runs))
        case Heading(level, runs):
            return _heading(level, _line(runs))
        case ListBlock():
            return _list(block, other_sign=other_sign)
        case Table():
            return _table(block)
        case Quote(inside):
            return "\n".join(f"> {line}".rstrip(" ") for line in serialise(inside).split("\n"))
        case Opaque(source):
            return source
        case _:
            return _RULE


def rewrite(markdown: str, found: Sequence[SourceBlock], changed: Mapping[int, Block]) -> str:
    """The text with some top-level blocks (by index) written anew, all else byte for byte."""
    for index in sorted(changed, reverse=True):
        place = found[index]
        source = markdown[place.start : place.end]
        marker = item_marker(source.split("\n", 1)[0])
        other = marker is not None and marker.sign in ("*", "+", ")")
        piece = serialise_block(changed[index], other_sign=other)
        markdown = markdown[: place.start] + piece + markdown[place.end :]
    return markdown


def _line(runs: Runs, *, cell: bool = False) -> str:
    """Runs on one line; white space at its ends is dropped, or an entity where it's unusual."""
    tidied = tidy(runs)
    written = ""
    for _, members in groupby(enumerate(tidied), key=_bracket_key):
        piece = _bracketed([run for _, run in members], cell=cell)
        if piece.startswith("[") and written.endswith("!"):
            written = written[:-1] + "\\!"
        written += piece
    written = written.strip(" \t")
    if written[:1].isspace():
        written = f"&#{ord(written[0])};{written[1:]}"
    if written[-1:].isspace():
        written = f"{written[:-1]}&#{ord(written[-1])};"
    return written


def _bracket_key(numbered: tuple[int, Run]) -> tuple[object, ...]:
    index, run = numbered
    return (*span_of(run), index if run.picture else -1)


def _bracketed(runs: Sequence[Run], *, cell: bool) -> str:
    first = runs[0]
    if first.picture:
        alt = _escape(first.text, cell=cell)
        claim = f"claim:{first.claim}" if first.claim else ""
        title = " ".join(part for part in (first.width, claim) if part)
        return f"![{alt}](picture:{first.picture}" + (f' "{title}")' if title else ")")
    words = _styled(runs, cell=cell)
    if first.link or first.measure:
        address = f"measure:{first.measure}" if first.measure else _address(first.link, cell=cell)
        owner = f' "claim:{first.claim}"' if first.claim else ""
        return f"[{words}]({address}{owner})"
    return f"[{words}](claim:{first.claim})" if first.claim else words


def _styled(runs: Sequence[Run], *, cell: bool) -> str:
    written: list[str] = []
    bold = italic = False
    for run in (*runs, Run("")):
        stars = 2 * (run.bold != bold) + (run.italic != italic)
        bold, italic = run.bold, run.italic
        text = _code(run.text) if run.code else _escape(run.text, cell=cell)
        written.append("*" * stars + ("<br>" if run.line_break else text))
    return "".join(written)


def _escape(text: str, *, cell: bool) -> str:
    escaped = _SPECIAL.sub(lambda found: "\\" + found.group(), text)
    return escaped.replace("|", "\\|") if cell else escaped


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    edge = text[0] == "`" or text[-1] == "`" or (text[0] == text[-1] == " " and text.strip(" "))
    return f"{fence} {text} {fence}" if edge else f"{fence}{text}{fence}"


def _address(link: str, *, cell: bool) -> str:
    escaped = re.sub(rf"\\(?={PUNCTUATION}|$)|[`<>]|&(?={ENTITY[1:]})", r"\\\g<0>", link)
    escaped = escaped.replace("|", "\\|") if cell else escaped
    return escaped if _BARE_ADDRESS.fullmatch(link) else f"<{escaped}>"


def _line_start(line: str) -> str:
    """A line whose first characters would make it a heading, list or quote, escaped."""
    found = _LINE_START.match(line)
    return line if found is None else f"{found[1]}\\{line[found.end() :]}"


def _heading(level: int, line: str) -> str:
    # Number signs at the end belong to the markup, unless escaped.
    line = line[:-1] + "\\#" if line.endswith("#") else line
    return f"{'#' * max(1, min(level, 6))} {line}".rstrip(" ")


def _list(block: ListBlock, *, other_sign: bool) -> str:
    items: list[str] = []
    for number, item in enumerate(block.items, block.start):
        sign = (")" if other_sign else ".") if block.ordered else ("*" if other_sign else "-")
        items.append(_item(f"{number}{sign}" if block.ordered else sign, item))
    return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)


def _item(marker: str, item: Sequence[Block]) -> str:
    first, rest = (item[0], item[1:]) if item else (Paragraph(()), ())
    if isinstance(first, ListBlock):
        first, rest = Paragraph(()), item
    words, inside = serialise_block(first), serialise(rest)
    tight = isinstance(first, Paragraph) and bool(rest) and isinstance(rest[0], ListBlock)
    tight = tight and interrupts(inside.split("\n", 1)[0])
    content = words + ("\n" if tight else "\n\n" if inside else "") + inside
    margin = " " * max(4, len(marker) + 1)
    first_line, *lines = f"{marker} {content}".split("\n")
    return "\n".join([first_line.rstrip(" "), *(margin + line if line else "" for line in lines)])


def _table(table: Table) -> str:
    rules = {"left": ":---", "center": ":---:", "right": "---:"}
    align = [*table.align, *[""] * len(table.header)][: len(table.header)]
    rows = [table.header, *table.rows]
    written = [_row([_line(cell, cell=True) for cell in row], len(table.header)) for row in rows]
    written.insert(1, _row([rules.get(way, "---") for way in align], len(align)))
    return "\n".join(written)


def _row(cells: Sequence[str], columns: int) -> str:
    filled = [*cells, *[""] * columns][:columns]
    return "| " + " | ".join(filled) + " |"
