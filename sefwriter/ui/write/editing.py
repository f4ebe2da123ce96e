"""What keys and buttons do to the page's blocks and characters.

A claim grows by typing inside it and by nothing else: at either edge words stay outside.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from sefwriter.model.text.blocks import Run, Runs
from sefwriter.model.text.serialise import serialise
from sefwriter.ui.write.formats import (
    CLAIM,
    block_format,
    char_format,
    claim_of,
    is_quiet,
    line_kind,
    line_of,
    run_of,
)
from sefwriter.ui.write.lines import EMPTY, Line, blocks_of
from sefwriter.ui.write.patching import patch_block, put_after

_KEEP: Final = QTextCursor.MoveMode.KeepAnchor
_DEEPEST: Final = 5
"""How deep Tab nests a list."""

HEADING: Final = 2
"""The level of a section's own headings; one deeper for those below them."""


# -- what is chosen


def blocks_in(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks that a selection has characters of, or the one with the caret."""
    block = cursor.document().findBlock(cursor.selectionStart())
    found = [block]
    while block.next().isValid() and block.next().position() < cursor.selectionEnd():
        block = block.next()
        found.append(block)
    return found


def may_edit(cursor: QTextCursor) -> bool:
    """Whether a selection, or the caret, touches nothing that is only shown."""
    last = cursor.document().findBlock(cursor.selectionEnd())
    return not any(is_quiet(block) for block in [*blocks_in(cursor), last])


def stretches(cursor: QTextCursor) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """The selected characters by format: (from, to, format)."""
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    for block in blocks_in(cursor):
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            start = max(first, fragment.position())
            end = min(last, fragment.position() + fragment.length())
            if start < end:
                yield start, end, fragment.charFormat()
            iterator += 1


def claims_in(cursor: QTextCursor) -> set[str]:
    """The claims that a selection has characters of; "" for words of none."""
    return {claim_of(found) for _, _, found in stretches(cursor)}


def has_words(cursor: QTextCursor) -> bool:
    """Whether anything but white space is selected."""
    return bool(cursor.selectedText().strip())


def _format_at(document: QTextDocument, block: QTextBlock, position: int) -> QTextCharFormat | None:
    """The format of the character at a position of this block; None at its ends."""
    if not block.position() <= position < block.position() + block.length() - 1:
        return None
    cursor = QTextCursor(document)
    cursor.setPosition(position + 1)
    return cursor.charFormat()


def typing_format(cursor: QTextCursor, current: QTextCharFormat) -> QTextCharFormat:
    """How a typed character looks: as what it is typed into, but at an edge outside it."""
    document, block = cursor.document(), cursor.document().findBlock(cursor.selectionStart())
    looks = run_of(current, "")
    if cursor.hasSelection():
        around = [run_of(found, "") for _, _, found in stretches(cursor)] or [Run("")]
    else:
        sides = [
            _format_at(document, block, cursor.position() - 1),
            _format_at(document, block, cursor.position()),
        ]
        around = [run_of(side, "") if side is not None else Run("") for side in sides]
    same = around[0]
    inside = Run(
        "",
        bold=looks.bold,
        italic=looks.italic,
        code=all(run.code for run in around),
        link=same.link if all(run.link == same.link for run in around) else "",
        claim=same.claim if all(run.claim == same.claim for run in around) else None,
        measure=same.measure if all(run.measure == same.measure for run in around) else None,
    )
    return char_format(line_kind(block), inside)


# -- characters


def set_look(cursor: QTextCursor, look: str, on: bool) -> None:
    """Makes what is selected bold or italic, or plain again."""
    _each_run(cursor, lambda run: replace(run, **{look: on}))


def all_have(cursor: QTextCursor, look: str) -> bool:
    """Whether all that is selected is bold, or italic."""
    runs = [run_of(found, "") for _, _, found in stretches(cursor)]
    return bool(runs) and all(getattr(run, look) for run in runs)


def toggled(cursor: QTextCursor, current: QTextCharFormat, look: str) -> QTextCharFormat:
    """The format for what is typed next, with bold or italic the other way."""
    run = run_of(typing_format(cursor, current), "")
    return char_format(line_kind(cursor.block()), replace(run, **{look: not getattr(run, look)}))


def set_link(cursor: QTextCursor, address: str) -> None:
    """Makes what is selected a link; "" takes it off."""
    _each_run(cursor, lambda run: replace(run, link=address))


def set_claim(cursor: QTextCursor, claim: str) -> None:
    """Makes what is selected words of a claim. White space at the ends of a block stays out."""
    for block in blocks_in(cursor):
        first = max(cursor.selectionStart(), block.position())
        last = min(cursor.selectionEnd(), block.position() + block.length() - 1)
        words = block.text()[first - block.position() : last - block.position()]
        part = QTextCursor(cursor.document())
        part.setPosition(first + len(words) - len(words.lstrip()))
        part.setPosition(max(part.position(), last - len(words) + len(words.rstrip())), _KEEP)
        if part.hasSelection():
            found = QTextCharFormat()
            found.setProperty(CLAIM, claim)
            part.mergeCharFormat(found)


def with_link(cursor: QTextCursor) -> QTextCursor:
    """The selection, or where there is none the whole link with the caret."""
    if cursor.hasSelection():
        return cursor
    block, address = cursor.block(), cursor.charFormat().anchorHref()
    found = QTextCursor(cursor)
    iterator = block.begin()
    while address and not iterator.atEnd():
        fragment = iterator.fragment()
        end = fragment.position() + fragment.length()
        inside = fragment.charFormat().anchorHref() == address
        if inside and not found.hasSelection():
            found.setPosition(fragment.position())
        if inside:
            found.setPosition(end, _KEEP)
        iterator += 1
    return found


def why_not_claim(cursor: QTextCursor) -> str | None:
    """Why the selected words can't become a claim; None when they can."""
    if not has_words(cursor):
        return "Select the words that make the claim first."
    if not may_edit(cursor):
        return "Words of tables, quotes and pictures can't be marked here yet."
    if claims_in(cursor) - {""}:
        return "Some of these words belong to a claim already."
    return None


def _each_run(cursor: QTextCursor, change: Callable[[Run], Run]) -> None:
    document = cursor.document()
    cursor.beginEditBlock()
    for start, end, found in list(stretches(cursor)):
        part = QTextCursor(document)
        part.setPosition(start)
        part.setPosition(end, _KEEP)
        line = line_kind(document.findBlock(start))
        part.setCharFormat(char_format(line, change(run_of(found, ""))))
    cursor.endEditBlock()


# -- blocks


def set_lines(cursor: QTextCursor, change: Callable[[Line], Line]) -> None:
    """Changes what the chosen blocks are: text, headings, items."""
    cursor.beginEditBlock()
    for block in blocks_in(cursor):
        if not is_quiet(block):
            patch_block(block, change(line_of(block)))
    cursor.endEditBlock()


def as_text(line: Line) -> Line:
    """The line as a paragraph."""
    return Line("text", line.runs)


def as_heading(level: int) -> Callable[[Line], Line]:
    """A change into a heading of this level."""
    return lambda line: Line("heading", line.runs, level)


def toggle_list(cursor: QTextCursor, *, ordered: bool) -> None:
    """Makes the chosen blocks a list of this kind, or text again when all are that."""
    kinds = [line_kind(block) for block in blocks_in(cursor)]
    if all(line.kind == "item" and line.ordered == ordered for line in kinds):
        set_lines(cursor, as_text)
        return
    set_lines(
        cursor,
        lambda line: Line(
            "item", line.runs, line.level if line.kind == "item" else 0, ordered=ordered
        ),
    )


def nest(cursor: QTextCursor, by: int) -> bool:
    """Moves the chosen items deeper or less deep; False where none is an item."""
    if not any(line_kind(block).kind == "item" for block in blocks_in(cursor)):
        return False
    for block in blocks_in(cursor):
        line = line_of(block)
        if line.kind == "item":
            before = line_kind(block.previous()) if block.previous().isValid() else EMPTY
            deepest = min(before.level + 1, _DEEPEST) if before.kind == "item" else 0
            level = max(0, min(line.level + by, deepest))
            patch_block(block, replace(line, level=level, start=1))
    return True


def redress(block: QTextBlock) -> None:
    """Gives a block's characters its own type again, after others came into it."""
    patch_block(block, line_of(block))


def break_block(cursor: QTextCursor) -> None:
    """What Enter does."""
    block = cursor.block()
    line = line_kind(block)
    if line.kind == "quiet":
        _write_after_quiet(cursor)
        return
    cursor.removeSelectedText()
    block = cursor.block()
    if line.kind == "item" and not block.text():
        out = replace(line, level=line.level - 1) if line.level else EMPTY
        patch_block(block, out)
    elif line.kind == "heading" and cursor.atBlockEnd():
        cursor.insertBlock(block_format(EMPTY), char_format(EMPTY, Run("")))
    elif line.kind == "heading" and cursor.atBlockStart():
        cursor.insertBlock()
        patch_block(cursor.block().previous(), EMPTY)
    else:
        cursor.insertBlock()


def _write_after_quiet(cursor: QTextCursor) -> None:
    """A new paragraph after the whole quiet block."""
    last = cursor.block()
    while last.next().isValid() and last.next().userState() == last.userState():
        last = last.next()
    cursor.setPosition(put_after(last, EMPTY))


def back_at_start(cursor: QTextCursor) -> bool:
    """What Backspace does at the beginning of a block; False where it should just join."""
    line = line_of(cursor.block())
    if line.kind == "item":
        patch_block(
            cursor.block(), replace(line, level=line.level - 1) if line.level else as_text(line)
        )
        return True
    if line.kind == "heading":
        patch_block(cursor.block(), as_text(line))
        return True
    before = cursor.block().previous()
    return not before.isValid() or is_quiet(before)


_SIGNS: Final = {"-": False, "*": False, "1.": True}


def list_from_sign(cursor: QTextCursor) -> bool:
    """Begins a list where "- " or "1. " was typed at the beginning of a paragraph."""
    block = cursor.block()
    before = block.text()[: cursor.positionInBlock()]
    if before not in _SIGNS or line_kind(block).kind != "text" or cursor.hasSelection():
        return False
    cursor.setPosition(block.position(), _KEEP)
    cursor.removeSelectedText()
    toggle_list(cursor, ordered=_SIGNS[before])
    return True


# -- what is copied, and what comes in


def lines_in(cursor: QTextCursor) -> list[Line]:
    """What is selected as lines; quiet ones as paragraphs of their words."""
    found: list[Line] = []
    for block in blocks_in(cursor):
        first = max(cursor.selectionStart(), block.position())
        last = min(cursor.selectionEnd(), block.position() + block.length() - 1)
        part = QTextCursor(cursor.document())
        part.setPosition(first)
        part.setPosition(max(first, last), _KEEP)
        runs = [
            run_of(format_, _text(cursor.document(), start, end))
            for start, end, format_ in stretches(part)
            if start < end
        ]
        line = line_kind(block)
        found.append(replace(EMPTY if line.kind == "quiet" else line, runs=tuple(runs)))
    return found


def markdown_of(lines: list[Line]) -> str:
    """Lines as Markdown."""
    return serialise([block for block, _ in blocks_of(lines)])


def _text(document: QTextDocument, start: int, end: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, _KEEP)
    return cursor.selectedText()


def insert_lines(cursor: QTextCursor, lines: list[Line], current: QTextCharFormat) -> None:
    """Puts lines in at the caret: one line into the text as it stands, several as blocks."""
    if not lines:
        return
    around = run_of(typing_format(cursor, current), "")
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if len(lines) == 1 and lines[0].kind == "text":
        _insert_runs(cursor, tuple(_within(run, around) for run in lines[0].runs))
    else:
        if not cursor.block().text():
            patch_block(cursor.block(), replace(lines[0], runs=()))
        _insert_runs(cursor, lines[0].runs)
        tail = QTextCursor(cursor)
        for line in lines[1:]:
            tail.insertBlock(block_format(line), char_format(line, Run("")))
            _insert_runs(tail, line.runs)
        cursor.setPosition(tail.position())
        redress(cursor.block())
    cursor.endEditBlock()


def _within(run: Run, around: Run) -> Run:
    """A pasted run inside a claim or a link becomes part of it."""
    return replace(run, claim=run.claim or around.claim, link=run.link or around.link)


def _insert_runs(cursor: QTextCursor, runs: Runs) -> None:
    line = line_kind(cursor.block())
    for run in runs:
        text = "\u2028" if run.line_break else run.text
        cursor.insertText(text, char_format(line, run))
