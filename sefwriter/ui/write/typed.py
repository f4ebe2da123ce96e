"""The page as a text that is typed into: keys, clipboard, mouse. Its looks are in `page.py`."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDesktopServices,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from sefwriter.ui.write import editing
from sefwriter.ui.write.clipboard import OWN, lines_from, mime_of
from sefwriter.ui.write.document import PageDocument
from sefwriter.ui.write.formats import is_quiet, line_kind
from sefwriter.ui.write.lines import Line

Taken = Callable[[list[Line]], list[Line]]
_Match = QKeySequence.StandardKey

_SHOWN_ONLY: Final = "Tables, quotes and pictures are shown here; they can't be edited yet."


class TypedText(QTextEdit):
    """A text field over a `PageDocument`. `take_pasted` may change what is pasted."""

    undo_wanted = Signal()
    redo_wanted = Signal()
    refused = Signal(str)
    menu_wanted = Signal(QPoint)
    looks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = PageDocument(self)
        self.setDocument(self.page.document)
        self.take_pasted: Taken = lambda lines: lines
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.matches(_Match.Undo):
            self.undo_wanted.emit()
        elif event.matches(_Match.Redo) or _is_ctrl(event, Qt.Key.Key_Y):
            self.redo_wanted.emit()
        elif not self._takes(event):
            self._pass_on(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, D102 - Qt's
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
        self.refused.emit(_SHOWN_ONLY)
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
        return mime_of(super().createMimeDataFromSelection(), editing.lines_in(self.textCursor()))

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


def _is_ctrl(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == Qt.KeyboardModifier.ControlModifier


def _is_command(event: QKeyEvent) -> bool:
    """Whether a key belongs to a shortcut. AltGr, which Windows says as Ctrl+Alt, types."""
    pressed = event.modifiers()
    ctrl = bool(pressed & Qt.KeyboardModifier.ControlModifier)
    alt = bool(pressed & Qt.KeyboardModifier.AltModifier)
    return ctrl != alt or bool(pressed & Qt.KeyboardModifier.MetaModifier)
