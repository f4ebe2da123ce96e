"""The page: a section's text to write in, its claims under the words, their chips beside them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from sefwriter.ui.theme.theme import CLAIM_LOOKS, THEME
from sefwriter.ui.write import editing
from sefwriter.ui.write.chips import NARROW, WIDE, Chip, ChipColumn
from sefwriter.ui.write.clipboard import OWN, lines_from, mime_of
from sefwriter.ui.write.document import PageDocument
from sefwriter.ui.write.formats import is_quiet, line_kind
from sefwriter.ui.write.lines import Line
from sefwriter.ui.write.painting import ClaimMap, Under, boxes

MEASURE: Final = 640
_LEAST_MEASURE: Final = 488
"""Widths of the text in px at 100 %: at most, and at least while the chips are whole."""

_MARGIN: Final = 30

Taken = Callable[[list[Line]], list[Line]]
_Match = QKeySequence.StandardKey


class PageView(QTextEdit):
    """The page. It holds no section's id and does no act: the screen does."""

    claim_changed = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    refused = Signal(str)
    menu_wanted = Signal(QPoint)
    looks_changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = PageDocument(self)
        self.setDocument(self.page.document)
        self.claims = ClaimMap(self.page.document)
        self._under = Under(self.page.document, self.claims)
        self.chips = ChipColumn(self)
        self._kinds: Mapping[str, str] = {}
        self._current = ""
        self._title = ""
        self._number = ""
        self.take_pasted: Taken = lambda lines: lines
        self.setAccessibleName("Text of the section")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(True)
        self.setCursorWidth(2)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._place_chips())
        self.page.document.documentLayout().documentSizeChanged.connect(
            lambda _: self._place_chips()
        )
        self.page.document.contentsChanged.connect(self._contents_changed)
        self._dress()

    # -- what is shown

    def show_section(self, title: str, text: str) -> None:
        """Another section, from its beginning."""
        self._title = title
        self._lay_out()
        self.page.show(text, force=True)
        self._current = ""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        self._caret_moved()
        self.setAccessibleDescription(title)

    def show_title(self, title: str) -> None:
        """The section's title was changed."""
        if title != self._title:
            self._title = title
            self._lay_out()
            self.viewport().update()

    def show_text(self, text: str, *, go: bool = False) -> None:
        """What the section says now; the caret and what is seen stay, or `go` to what changed."""
        top = self._top_line()
        place = self.page.show(text)
        if place is None:
            return
        if go:
            cursor = self.textCursor()
            cursor.setPosition(place)
            self.setTextCursor(cursor)
        else:
            self._keep_seen(*top)

    def _top_line(self) -> tuple[QTextCursor, int]:
        """A cursor that moves with the first words that can be seen, and where they are."""
        cursor = self.cursorForPosition(QPoint(0, 0))
        return cursor, self.cursorRect(cursor).top()

    def _keep_seen(self, cursor: QTextCursor, top: int) -> None:
        moved = self.cursorRect(cursor).top() - top
        if moved:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def show_claims(self, chips: Mapping[str, Chip]) -> None:
        """The claims of the section: their kinds, and what their chips say."""
        self._kinds = {claim: chip.kind for claim, chip in chips.items()}
        self.chips.show_chips(chips)
        self._place_chips()
        self.viewport().update()

    # -- claims

    @property
    def current_claim(self) -> str:
        """The claim with the caret in it; "" for none."""
        return self._current

    def go_to_claim(self, claim: str) -> bool:
        """Puts the caret into a claim and shows it; False where it doesn't stand here."""
        place = self.claims.places().get(claim)
        if place is None:
            return False
        cursor = self.textCursor()
        # Behind its first character: before it, the claim that ends there might be meant.
        cursor.setPosition(place)
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._set_current(claim)
        return True

    def words_of(self, claim: str) -> str:
        """A claim's words as they stand."""
        place = self.claims.places().get(claim)
        if place is None:
            return ""
        block = self.document().findBlock(place)
        found = [
            block.text()[span.start : span.end]
            for span in self.claims.spans(block)
            if span.claim == claim
        ]
        return " ".join(found)

    def next_claim(self, by: int) -> str:
        """Goes to the next claim, or with -1 to the one before; "" where there is none."""
        order = list(self.claims.places().items())
        if not order:
            return ""
        here = self.textCursor().position()
        if by > 0:
            after = [claim for claim, place in order if place > here and claim != self._current]
            claim = after[0] if after else order[0][0]
        else:
            before = [claim for claim, place in order if place < here and claim != self._current]
            claim = before[-1] if before else order[-1][0]
        self.go_to_claim(claim)
        return claim

    def _caret_moved(self) -> None:
        self._set_current(self.claims.at(self.textCursor().position()))
        self.looks_changed.emit()

    def _set_current(self, claim: str) -> None:
        if claim != self._current:
            self._current = claim
            self.viewport().update()
            self.chips.point_at(claim, 0)
            self.claim_changed.emit(claim)

    def _contents_changed(self) -> None:
        self._place_chips()
        self.viewport().update()

    # -- typing

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.matches(_Match.Undo):
            self.undo_wanted.emit()
        elif event.matches(_Match.Redo) or _is_ctrl(event, Qt.Key.Key_Y):
            self.redo_wanted.emit()
        elif not self._takes(event):
            self._pass_on(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, D102, FBT001 - Qt's
        # In a list Tab is the list's; elsewhere it leaves the page.
        inside = line_kind(self.textCursor().block()).kind == "item" and not self.isReadOnly()
        return False if inside else super().focusNextPrevChild(forward)

    def _takes(self, event: QKeyEvent) -> bool:
        """Does what a key does here other than in any text field; False where it does the same."""
        key, text = event.key(), event.text()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if self.isReadOnly():
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._break(line=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._edit(
                lambda cursor: editing.nest(cursor, 1 if key == Qt.Key.Key_Tab else -1)
            )
        if event.matches(_Match.Cut):
            self.cut_chosen()
            return True
        if event.matches(_Match.Paste):
            self.paste()
            return True
        if key == Qt.Key.Key_Backspace or event.matches(_Match.Delete):
            return self._delete(event, back=key == Qt.Key.Key_Backspace)
        if text and text.isprintable() and not _is_command(event):
            self.type_in(text)
            return True
        return False

    def _pass_on(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)

    def type_in(self, text: str) -> None:
        """Puts typed characters in at the caret."""
        cursor = self.textCursor()
        if self.isReadOnly() or not self._allowed(cursor):
            return
        if text == " " and editing.list_from_sign(cursor):
            self.setTextCursor(cursor)
            return
        wanted = editing.typing_format(cursor, self.currentCharFormat())
        several = cursor.hasSelection()
        cursor.insertText(text, wanted)
        if several:
            editing.redress(cursor.block())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.commitString() and not event.replacementLength():
            self.type_in(event.commitString())
            event.setCommitString("")
        super().inputMethodEvent(event)

    def _break(self, *, line: bool) -> None:
        cursor = self.textCursor()
        quiet = is_quiet(cursor.block()) and not cursor.hasSelection()
        if not (quiet and not line) and not self._allowed(cursor):
            return
        if line:
            cursor.insertText("\u2028", editing.typing_format(cursor, self.currentCharFormat()))
        else:
            editing.break_block(cursor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _delete(self, event: QKeyEvent, *, back: bool) -> bool:
        cursor = self.textCursor()
        if not self._allowed(cursor):
            return True
        if not cursor.hasSelection():
            if back and cursor.atBlockStart() and editing.back_at_start(cursor):
                return True
            following = cursor.block().next()
            if not back and cursor.atBlockEnd() and following.isValid() and is_quiet(following):
                return True
        blocks = self.document().blockCount()
        self._pass_on(event)
        if self.document().blockCount() != blocks:
            editing.redress(self.textCursor().block())
        return True

    def cut_chosen(self) -> None:
        """Cuts what is selected."""
        cursor = self.textCursor()
        if cursor.hasSelection() and self._allowed(cursor):
            self.copy()
            cursor.removeSelectedText()
            editing.redress(cursor.block())
            self.setTextCursor(cursor)

    def _edit(self, change: Callable[[QTextCursor], bool]) -> bool:
        cursor = self.textCursor()
        return editing.may_edit(cursor) and change(cursor)

    def _allowed(self, cursor: QTextCursor) -> bool:
        if editing.may_edit(cursor):
            return True
        self.refused.emit("Tables, quotes and pictures are shown here; they can't be edited yet.")
        return False

    def command(self, change: Callable[[QTextCursor], object]) -> None:
        """Does what a button says to what is chosen."""
        cursor = self.textCursor()
        if not self.isReadOnly() and self._allowed(cursor):
            change(cursor)
            self.setFocus()
            self.looks_changed.emit()

    def toggle_look(self, look: str) -> None:
        """Bold or italic on or off: of what is selected, or of what is typed next."""
        cursor = self.textCursor()
        if self.isReadOnly() or not self._allowed(cursor):
            return
        if cursor.hasSelection():
            editing.set_look(cursor, look, not editing.all_have(cursor, look))
        else:
            self.setCurrentCharFormat(editing.toggled(cursor, self.currentCharFormat(), look))
        self.looks_changed.emit()

    # -- clipboard

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802, D102 - Qt's name
        return mime_of(editing.lines_in(self.textCursor()))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802, D102 - Qt's name
        return source.hasFormat(OWN) or source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802, D102 - Qt's name
        cursor = self.textCursor()
        if not self._allowed(cursor):
            return
        editing.insert_lines(cursor, self.take_pasted(lines_from(source)), self.currentCharFormat())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def clipboard_acts(self) -> list[tuple[str, _Match, Callable[[], object], bool]]:
        """Cut, copy, paste: words, key, what it does, whether it can be done now."""
        chosen, free = self.textCursor().hasSelection(), not self.isReadOnly()
        return [
            ("Cut", _Match.Cut, self.cut_chosen, chosen and free),
            ("Copy", _Match.Copy, self.copy, chosen),
            ("Paste", _Match.Paste, self.paste, self.canPaste()),
        ]

    # -- mouse and focus

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().mouseReleaseEvent(event)
        address = self.anchorAt(event.position().toPoint())
        if address and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QDesktopServices.openUrl(QUrl(address))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.menu_wanted.emit(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()

    # -- looks

    def _dress(self) -> None:
        palette = QPalette(THEME.palette())
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Window, THEME.colour("paper"))
        self.setPalette(palette)
        self.document().setDefaultFont(THEME.font("page_text"))

    def dress(self) -> None:
        """Another theme or text size: everything is built anew, the caret stays."""
        place = self.textCursor().position()
        seen = self.verticalScrollBar().value()
        self._dress()
        self._lay_out()
        self.page.show(self.page.read(), force=True)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(seen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """The text's measure, the margin for chips, and room for the title."""
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar - 2 * THEME.scaled(_MARGIN)
        whole = room >= THEME.scaled(_LEAST_MEASURE + WIDE - _MARGIN)
        column = THEME.scaled(WIDE if whole else NARROW)
        spare = max(0, room - column - THEME.scaled(MEASURE)) // 2
        left = THEME.scaled(_MARGIN) + spare
        right = column + spare + (0 if whole else 4)
        self.setViewportMargins(left, 0, right + THEME.scaled(16), 0)
        box = self.viewport().geometry()
        self.chips.setGeometry(box.right() + 1, box.top(), column + 8, box.height())
        metrics = self._title_box()
        top = THEME.scaled(26) + round(metrics.height()) + THEME.scaled(6)
        self.page.set_edges(top, max(THEME.scaled(80), box.height() // 2))
        self._place_chips()

    def _title_box(self) -> QRectF:
        width = self.viewport().width()
        found = QFontMetrics(THEME.font("page_h1")).boundingRect(
            0, 0, width, 4000, Qt.TextFlag.TextWordWrap, self._title
        )
        return QRectF(0, THEME.scaled(26), width, found.height())

    def _place_chips(self) -> None:
        wanted: list[tuple[str, float]] = []
        for claim, place in self.claims.places().items():
            block = self.document().findBlock(place)
            found = self._boxes_of(block, claim)
            if found:
                wanted.append((claim, found[0].top() - 2))
        self.chips.place(wanted, self.verticalScrollBar().value())

    def _boxes_of(self, block: QTextBlock, claim: str) -> list[QRectF]:
        self.document().documentLayout().blockBoundingRect(block)  # lays the block out
        return [
            box
            for span in self.claims.spans(block)
            if span.claim == claim
            for box in boxes(block, span)
        ]

    def visible_blocks(self) -> Iterable[QTextBlock]:
        """The blocks of which something can be seen, in order."""
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        block = self.cursorForPosition(QPoint(0, 0)).block()
        block = block.previous() if block.previous().isValid() else block
        while block.isValid() and block.layout().position().y() <= bottom:
            yield block
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), THEME.colour("paper"))
        scroll = self.verticalScrollBar().value()
        painter.translate(0, -scroll)
        painter.setFont(THEME.font("page_h1"))
        painter.setPen(THEME.colour("text"))
        painter.drawText(self._title_box(), Qt.TextFlag.TextWordWrap, self._title)
        chosen = self._under.paint(
            painter,
            list(self.visible_blocks()),
            self._kinds,
            self._current,
            self.viewport().width(),
        )
        if chosen:
            self._lead(painter, chosen[0])
            self.chips.point_at(self._current, chosen[0].center().y() - scroll)
        painter.end()
        super().paintEvent(event)

    def _lead(self, painter: QPainter, box: QRectF) -> None:
        """The thin line from the current claim to the margin."""
        role = CLAIM_LOOKS[self._kinds[self._current]].role if self._current in self._kinds else ""
        if role:
            painter.setPen(QPen(THEME.colour(role), 1.4))
            y = box.center().y()
            painter.drawLine(QPointF(box.right() + 3, y), QPointF(self.viewport().width(), y))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self.dress()


def _is_ctrl(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def _is_command(event: QKeyEvent) -> bool:
    """Whether a key belongs to a shortcut. AltGr, which Windows says as Ctrl+Alt, types."""
    pressed = event.modifiers()
    ctrl = bool(pressed & Qt.KeyboardModifier.ControlModifier)
    alt = bool(pressed & Qt.KeyboardModifier.AltModifier)
    return ctrl != alt or bool(pressed & Qt.KeyboardModifier.MetaModifier)
