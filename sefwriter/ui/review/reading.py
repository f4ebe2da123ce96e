"""A section as it will be read: its block tree as a document, claims marked with their proof."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTableFormat,
)

from sefwriter.model.ids import ClaimId
from sefwriter.model.reviewing import passage_place
from sefwriter.model.sef import Section, Sef
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
from sefwriter.model.text.parse import blocks
from sefwriter.model.text.slots import slots, words_of
from sefwriter.ui.theme.theme import CLAIM_LOOKS, THEME

PASSAGE: Final = "passage:"
"""How the address of a reference begins; the passage's id follows."""

_UNDERLINES: Final = {
    "strength": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "to-improve": QTextCharFormat.UnderlineStyle.DashUnderline,
    "impact": QTextCharFormat.UnderlineStyle.DashDotLine,
    "voice": QTextCharFormat.UnderlineStyle.DotLine,
    "context": QTextCharFormat.UnderlineStyle.SingleUnderline,
}


def show_section(document: QTextDocument, sef: Sef, section: Section) -> None:
    """Fills the document with the section."""
    _Writer(document, sef, section).write()


def show_difference(document: QTextDocument, title: str, rows: Iterable[dict[str, str]]) -> None:
    """Fills the document with what changed: added underlined, taken out struck through."""
    cursor = _emptied(document)
    cursor.insertText(title, _words("page_h1"))
    cursor.insertBlock(_paragraph())
    for row in rows:
        cursor.insertText(row["text"], _changed(row["kind"]))


def _changed(kind: str) -> QTextCharFormat:
    found = _words("page_text")
    if kind == "added":
        found.setForeground(THEME.colour("added"))
        found.setBackground(THEME.colour("added_tint"))
        found.setFontUnderline(True)
    elif kind == "taken-out":
        found.setForeground(THEME.colour("removed"))
        found.setBackground(THEME.colour("removed_tint"))
        found.setFontStrikeOut(True)
    return found


class _Writer:
    """Writes one section, block by block; a claim's references follow its last words."""

    def __init__(self, document: QTextDocument, sef: Sef, section: Section) -> None:
        self.cursor = _emptied(document)
        self.sef = sef
        self.section = section
        self.tree = blocks(section.text)
        self.left: Counter[ClaimId] = Counter(
            run.claim
            for block in self.tree
            for slot in slots(block)
            for run in words_of(slot)
            if run.claim
        )

    def write(self) -> None:
        """Title, then every block."""
        self.cursor.insertText(self.section.title, _words("page_h1"))
        for block in self.tree:
            self.block(block, 0)

    def block(self, block: Block, depth: int) -> None:
        """One block, on a line of its own."""
        match block:
            case Paragraph(runs):
                self.line(runs, "page_text", depth)
            case Heading(level, runs):
                self.line(runs, "page_h2" if level < 2 else "page_h3", depth)
            case ListBlock():
                self.list(block, depth)
            case Quote(inside):
                for part in inside:
                    self.block(part, depth + 1)
            case Table():
                self.table(block)
            case Opaque(source):
                self.cursor.insertBlock(_paragraph(depth))
                self.cursor.insertText(source, _words("small"))
            case _:
                self.cursor.insertBlock(_paragraph(depth))
                self.cursor.insertText("· · ·", _words("page_text"))

    def line(self, runs: Runs, role: str, depth: int) -> None:
        """Words in a block of their own."""
        self.cursor.insertBlock(_paragraph(depth, heading=role != "page_text"))
        self.cursor.setBlockCharFormat(_words(role))
        self.runs(runs, role)

    def list(self, block: ListBlock, depth: int) -> None:
        """A list: what follows the first words of an item stands below them, further in."""
        style = (
            QTextListFormat.Style.ListDecimal if block.ordered else QTextListFormat.Style.ListDisc
        )
        made = None
        for item in block.items:
            first, rest = (item[0], item[1:]) if item else (Paragraph(()), ())
            self.cursor.insertBlock(_paragraph())
            self.cursor.setBlockCharFormat(_words("page_text"))
            if made is None:
                look = QTextListFormat()
                look.setStyle(style)
                look.setIndent(depth + 1)
                look.setStart(block.start)
                made = self.cursor.createList(look)
            else:
                made.add(self.cursor.block())
            if isinstance(first, Paragraph):
                self.runs(first.runs, "page_text")
            else:
                rest = item
            for part in rest:
                self.block(part, depth + 1)

    def table(self, table: Table) -> None:
        """A table with one header row."""
        look = QTextTableFormat()
        look.setCellPadding(6)
        look.setCellSpacing(0)
        look.setBorder(1)
        look.setBorderCollapse(True)
        look.setBorderBrush(THEME.colour("line_strong"))
        look.setTopMargin(6)
        look.setBottomMargin(10)
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        rows = (table.header, *table.rows)
        made = self.cursor.insertTable(len(rows), max(len(table.header), 1), look)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                self.cursor = made.cellAt(number, place).firstCursorPosition()
                self.runs(cell, "page_text", bold=not number)
        self.cursor.movePosition(QTextCursor.MoveOperation.End)

    def runs(self, runs: Runs, role: str, *, bold: bool = False) -> None:
        """Words with their looks; after a claim's last ones, what it rests on."""
        for run in runs:
            if run.line_break:
                self.cursor.insertText("\u2028", _words(role))
            else:
                text = f"[picture: {run.text}]" if run.picture else run.text
                self.cursor.insertText(text, self._look(run, role, bold=bold))
            if run.claim:
                self.left[run.claim] -= 1
                if not self.left[run.claim]:
                    self._references(run.claim)

    def _look(self, run: Run, role: str, *, bold: bool) -> QTextCharFormat:
        weight = 700 if run.bold or bold else 0
        found = QTextCharFormat()
        found.setFont(THEME.font(role, weight=weight, italic=run.italic))
        found.setForeground(THEME.colour("text"))
        claim = self.sef.claims.get(run.claim) if run.claim else None
        if claim is not None:
            look = CLAIM_LOOKS[claim.kind]
            found.setBackground(THEME.colour(f"{look.role}_tint"))
            found.setUnderlineStyle(_UNDERLINES[claim.kind])
            found.setUnderlineColor(THEME.colour(look.role))
            found.setToolTip(look.word)
        return found

    def _references(self, claim: ClaimId) -> None:
        known = self.sef.claims.get(claim)
        if known is None:
            return
        look = CLAIM_LOOKS[known.kind]
        quiet = _words("small", look.role)
        self.cursor.insertText(f" [{look.word}: ", quiet)
        passages = self.sef.passages_by_claim.get(claim, ())
        for number, passage in enumerate(passages):
            if number:
                self.cursor.insertText(", ", quiet)
            link = _words("small", "link")
            link.setAnchor(True)
            link.setAnchorHref(f"{PASSAGE}{passage.id}")
            link.setFontUnderline(True)
            link.setToolTip(f"“{passage.quote}”" if passage.quote else "Open the page")
            self.cursor.insertText(passage_place(self.sef, passage), link)
        if not passages:
            self.cursor.insertText("rests on nothing", _words("small", "error"))
        self.cursor.insertText("]", quiet)


def _emptied(document: QTextDocument) -> QTextCursor:
    document.clear()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(THEME.font("page_text"))
    frame = QTextFrameFormat()
    frame.setMargin(THEME.scaled(28))
    document.rootFrame().setFrameFormat(frame)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(_paragraph())
    return cursor


def _words(role: str, colour: str = "text") -> QTextCharFormat:
    found = QTextCharFormat()
    found.setFont(THEME.font(role))
    found.setForeground(THEME.colour(colour))
    return found


def _paragraph(depth: int = 0, *, heading: bool = False) -> QTextBlockFormat:
    found = QTextBlockFormat()
    found.setLeftMargin(depth * THEME.scaled(24))
    found.setTopMargin(THEME.scaled(14 if heading else 0))
    found.setBottomMargin(THEME.scaled(6 if heading else 10))
    height: Callable[[float, int], None] = found.setLineHeight
    height(25 * THEME.text_size / 100, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return found
