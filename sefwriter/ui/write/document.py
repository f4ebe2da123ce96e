"""A section's Markdown as a QTextDocument, and back: only what was touched is written anew.

Every block of the page knows the block of the Markdown it shows (its user state is a number of
`_Source`, -1 for none). Reading back keeps untouched blocks, and the blank lines between them, byte
for byte; showing another text changes only the blocks that differ, so the caret stays.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFrameFormat

from sefwriter.model.text.blocks import Block, SourceBlock
from sefwriter.model.text.parse import parse
from sefwriter.model.text.serialise import serialise
from sefwriter.ui.write.aligning import stretches
from sefwriter.ui.write.formats import is_quiet, line_kind, line_of
from sefwriter.ui.write.lines import Line, blocks_of, lines_of
from sefwriter.ui.write.patching import patch_block, put_after, put_before, take_out

_NONE = -1


@dataclass(frozen=True, slots=True)
class _Source:
    """A block of the Markdown: its slice, what it means, and what follows it up to the next."""

    markdown: str
    block: Block
    lines: int
    gap: str
    following: int


@dataclass(slots=True)
class _Unit:
    """Blocks of the page next to each other that show one source, or one block that shows none."""

    source: int
    blocks: list[QTextBlock]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What some units come to: a slice kept as it is, or blocks written anew."""

    markdown: str
    units: tuple[_Unit, ...]
    kept: bool
    blocks: tuple[tuple[Block, int], ...] = ()


class PageDocument(QObject):
    """The document of the page. `edited` follows every change that somebody makes in it."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = QTextDocument(self)
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.documentLayout()  # without a layout the document tells of no change
        self.text = ""
        self._sources: dict[int, _Source] = {}
        self._ends = ("", "")
        self._number = 0
        self._touched: set[int] = set()
        self._showing = False
        self._read = True
        self.document.contentsChange.connect(self._contents_change)
        self.show(force=True)

    # -- Markdown to page

    def show(self, text: str = "", *, force: bool = False) -> int | None:
        """Shows this text, changing only what differs; where the last change is, None for nowhere.

        `force` builds everything anew, for another section, theme or text size.
        """
        before = self.read()
        if text == before and not force:
            return None
        found = parse(text)
        with self._quietly():
            if force:
                edges = self.document.rootFrame().frameFormat()
                self.document.clear()  # which forgets the edges, too
                self.document.rootFrame().setFrameFormat(edges)
                self._sources.clear()
            units = [unit for unit in self._units() if unit.source != _NONE]
            place = self._patch(units, text, found)
        self._know(text, found, self._matched(found))
        return place

    def _patch(self, units: list[_Unit], text: str, found: Sequence[SourceBlock]) -> int | None:
        old = [self._sources[unit.source].markdown for unit in units]
        new = [text[place.start : place.end] for place in found]
        places: list[int] = []
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        for first, last, new_first, new_last in reversed(stretches(old, new)):
            blocks = [block for unit in units[first:last] for block in unit.blocks]
            lines = [line for item in found[new_first:new_last] for line in lines_of(item.block)]
            if blocks or not units:
                places.append(self._replace(blocks or [self.document.begin()], lines))
            else:
                places += [put_before(self.document.begin(), line) for line in reversed(lines)]
        cursor.endEditBlock()
        return places[0] if places else None

    def _replace(self, blocks: Sequence[QTextBlock], lines: Sequence[Line]) -> int:
        """Lines in place of blocks; a block stays where one is left to show a line in."""
        numbers = [block.blockNumber() for block in blocks]
        place = blocks[0].position()
        for number, line in zip(numbers, lines, strict=False):
            place = patch_block(self.document.findBlockByNumber(number), line)
        for number in reversed(numbers[len(lines) :]):
            take_out(self.document.findBlockByNumber(number))
        last = numbers[min(len(numbers), len(lines)) - 1]
        for line in lines[len(numbers) :]:
            place = put_after(self.document.findBlockByNumber(last), line)
            last += 1
        return place

    def _matched(self, found: Sequence[SourceBlock]) -> list[list[QTextBlock]]:
        """The page's blocks for each block of the Markdown, after it was shown."""
        shown = iter(block for block in self._blocks() if not _is_empty(block))
        return [[next(shown) for _ in lines_of(item.block)] for item in found]

    def _know(
        self, text: str, found: Sequence[SourceBlock], shown: Sequence[Sequence[QTextBlock]]
    ) -> None:
        """Remembers which blocks of the page show which block of the text."""
        for block in self._blocks():
            block.setUserState(_NONE)
        first = self._number
        self._number += len(found)
        self._sources = {}
        for place, (item, blocks) in enumerate(zip(found, shown, strict=True)):
            end = found[place + 1].start if place + 1 < len(found) else item.end
            number = first + place
            self._sources[number] = _Source(
                text[item.start : item.end],
                item.block,
                len(blocks),
                text[item.end : end],
                number + 1,
            )
            for block in blocks:
                block.setUserState(number)
        self._ends = (text[: found[0].start], text[found[-1].end :]) if found else (text, "")
        self.text = text
        self._touched.clear()
        self._read = True

    # -- page to Markdown

    def read(self) -> str:
        """The page as Markdown. What wasn't touched is as it was, byte for byte."""
        if self._read:
            return self.text
        pieces = self._pieces(self._units())
        text = self._joined(pieces)
        found = parse(text)
        shown: list[list[QTextBlock]] | None = _shown(pieces, found)
        if shown is None:
            # Blocks that mean something else beside each other (two lists that now are one).
            self._adopt(text, found)
        else:
            self._know(text, found, shown)
        return self.text

    def _adopt(self, text: str, found: Sequence[SourceBlock]) -> None:
        """Shows what the text written just now means, block by block."""
        blocks = [block for block in self._blocks() if not _is_empty(block)]
        lines = [line for item in found for line in lines_of(item.block)]
        with self._quietly():
            self._replace(blocks or [self.document.begin()], lines)
        self._know(text, found, self._matched(found))

    def _pieces(self, units: Sequence[_Unit]) -> list[_Piece]:
        kept = [self._is_kept(unit) for unit in units]
        _spread_over_lists(units, kept)
        pieces: list[_Piece] = []
        written: list[_Unit] = []

        def write() -> None:
            lines = [line for unit in written for line in _lines(unit)]
            blocks = tuple(blocks_of(lines))
            if blocks:
                markdown = serialise([block for block, _ in blocks])
                pieces.append(_Piece(markdown, tuple(written), kept=False, blocks=blocks))
            written.clear()

        for unit, keep in zip(units, kept, strict=True):
            if keep:
                write()
                markdown = self._sources[unit.source].markdown
                pieces.append(_Piece(markdown, (unit,), kept=True))
            else:
                written.append(unit)
        write()
        return pieces

    def _is_kept(self, unit: _Unit) -> bool:
        source = self._sources.get(unit.source)
        if source is None or source.lines != len(unit.blocks):
            return False
        if unit.source not in self._touched or any(is_quiet(block) for block in unit.blocks):
            return True
        return [block for block, _ in blocks_of(_lines(unit))] == [source.block]

    def _joined(self, pieces: Sequence[_Piece]) -> str:
        words = [piece for piece in pieces if piece.markdown]
        if not words:
            return "" if self._sources else self.text
        text = self._ends[0]
        for place, piece in enumerate(words):
            text += piece.markdown
            if place + 1 < len(words):
                text += self._gap(piece, words[place + 1])
        return text + self._ends[1]

    def _gap(self, one: _Piece, other: _Piece) -> str:
        before = next((u.source for u in reversed(one.units) if u.source in self._sources), _NONE)
        after = next((u.source for u in other.units if u.source in self._sources), _NONE)
        source = self._sources.get(before)
        if source is None or source.following != after:
            return "\n\n"
        parted = source.gap.count("\n") > 1
        return source.gap if parted or (one.kept and other.kept) else "\n\n"

    # -- blocks

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document.begin()
        while block.isValid():
            yield block
            block = block.next()

    def _units(self) -> list[_Unit]:
        units: list[_Unit] = []
        for block in self._blocks():
            source = block.userState()
            if units and source != _NONE and units[-1].source == source:
                units[-1].blocks.append(block)
            else:
                units.append(_Unit(source, [block]))
        return units

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._showing = self._showing, True
        try:
            yield
        finally:
            self._showing = before

    def _contents_change(self, position: int, _removed: int, added: int) -> None:
        if self._showing:
            return
        self._read = False
        block = self.document.findBlock(position)
        last = position + added
        while block.isValid() and block.position() <= last:
            self._touched.add(block.userState())
            block = block.next()
        self.edited.emit()

    def set_edges(self, top: int, bottom: int) -> None:
        """Room above the first line and below the last, in px."""
        frame = QTextFrameFormat(self.document.rootFrame().frameFormat())
        frame.setTopMargin(top)
        frame.setBottomMargin(bottom)
        with self._quietly():
            self.document.rootFrame().setFrameFormat(frame)


def _lines(unit: _Unit) -> list[Line]:
    found = [line_of(block) for block in unit.blocks]
    return [line for line in found if not line.empty]


def _is_empty(block: QTextBlock) -> bool:
    return line_kind(block).kind == "text" and not block.text().strip(" \t")


def _shown(pieces: Sequence[_Piece], found: Sequence[SourceBlock]) -> list[list[QTextBlock]] | None:
    """The page's blocks for each block of the text; None where it doesn't mean what they show."""
    shown: list[list[QTextBlock]] = []
    meant: list[Block | None] = []
    for piece in pieces:
        blocks = [block for unit in piece.units for block in unit.blocks]
        if piece.kept:
            shown.append(blocks)
            meant.append(None)
            continue
        blocks = [block for block in blocks if not line_of(block).empty]
        for block, count in piece.blocks:
            shown.append(blocks[:count])
            meant.append(block)
            del blocks[:count]
    if len(shown) != len(found):
        return None
    for item, block in zip(found, meant, strict=True):
        if block is not None and item.block != block:
            return None
    return shown


def _spread_over_lists(units: Sequence[_Unit], kept: list[bool]) -> None:
    """A list beside one that is written anew is written with it: on the page they are one list."""

    def one_list(before: QTextBlock, after: QTextBlock) -> bool:
        one, other = line_kind(before), line_kind(after)
        return one.kind == other.kind == "item" and one.ordered == other.ordered

    order = [*range(1, len(units)), *range(len(units) - 1, 0, -1)]
    for place in order:
        if kept[place - 1] != kept[place] and one_list(
            units[place - 1].blocks[-1], units[place].blocks[0]
        ):
            kept[place - 1] = kept[place] = False
