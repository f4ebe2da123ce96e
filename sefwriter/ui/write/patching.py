"""One line of the page changed into another, with as few changes to the document as it takes."""

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor

from sefwriter.model.text.blocks import Run
from sefwriter.model.text.splices import changes
from sefwriter.model.text.units import utf16_position
from sefwriter.ui.write.formats import block_format, char_format, shown_text
from sefwriter.ui.write.lines import EMPTY, Line

_PLAIN = Run("")


def patch_block(block: QTextBlock, line: Line) -> int:
    """Makes a block show the line; where the last change ended, in the document's positions."""
    cursor = QTextCursor(block)
    wanted = block_format(line)
    if block.blockFormat() != wanted:
        cursor.setBlockFormat(wanted)
    old, new = block.text(), "".join(shown_text(run) for run in line.runs)
    start, place = block.position(), block.position()
    plain = char_format(line, _PLAIN)
    # Qt's text has its own units; the changes count code points.
    for first, last, new_first, new_last in reversed(changes(old, new)):
        cursor.setPosition(start + utf16_position(old, first))
        cursor.setPosition(start + utf16_position(old, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(new[new_first:new_last], plain)
        place = max(place, start + utf16_position(new, new_last))
    _dress(block, line)
    return place


def put_after(block: QTextBlock, line: Line) -> int:
    """A new block for the line after this one; the position of its end."""
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertBlock(block_format(line), char_format(line, _PLAIN))
    write(cursor, line)
    return cursor.position()


def write(cursor: QTextCursor, line: Line) -> None:
    """Puts a line's runs in at the cursor."""
    for run in line.runs:
        cursor.insertText(shown_text(run), char_format(line, run))


def put_before(block: QTextBlock, line: Line) -> int:
    """A new block for the line at the document's beginning; the position of its end."""
    cursor = QTextCursor(block)
    cursor.insertBlock(block.blockFormat(), block.charFormat())
    return patch_block(cursor.document().begin(), line)


def take_out(block: QTextBlock) -> None:
    """Takes a whole block away; those round it stay as they are. The last one becomes empty."""
    before, after = block.previous(), block.next()
    if not before.isValid() and not after.isValid():
        patch_block(block, EMPTY)
        return
    cursor = QTextCursor(block)
    rest = before if before.isValid() else after
    kept, number = rest.blockFormat(), min(rest.blockNumber(), block.blockNumber())
    if before.isValid():
        cursor.setPosition(block.position() - 1)
        end = block.position() + block.length() - 1
    else:
        end = after.position()
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    rest = cursor.document().findBlockByNumber(number)
    if rest.blockFormat() != kept:
        QTextCursor(rest).setBlockFormat(kept)


def _dress(block: QTextBlock, line: Line) -> None:
    """Gives a block's characters the formats of the line's runs, where they differ."""
    cursor = QTextCursor(block)
    at = block.position()
    has = _formats(block)
    for run in line.runs:
        text = shown_text(run)
        length = utf16_position(text, len(text))
        wanted = char_format(line, run)
        if not _all_alike(has, at, at + length, wanted):
            cursor.setPosition(at)
            cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(wanted)
        at += length
    if not line.runs:
        cursor.setPosition(at)
        cursor.setBlockCharFormat(char_format(line, _PLAIN))


def _formats(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    found: list[tuple[int, int, QTextCharFormat]] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        start = fragment.position()
        found.append((start, start + fragment.length(), fragment.charFormat()))
        iterator += 1
    return found


def _all_alike(
    has: list[tuple[int, int, QTextCharFormat]], start: int, end: int, wanted: QTextCharFormat
) -> bool:
    return all(format_ == wanted for first, last, format_ in has if first < end and last > start)
