"""Keys and mouse on the page, and what stands in the ledger after them."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from sefwriter.model.acts import Act
from sefwriter.ui.write.page import PageView
from sefwriter.ui.write.screen import WriteScreen
from tests.ui.stage import Stage

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    def __init__(self, stage: Stage[WriteScreen]) -> None:
        self.stage = stage
        self.screen = stage.screen
        self.page: PageView = stage.screen.page
        self.page.setFocus()

    @property
    def text(self) -> str:
        """What the SEF holds."""
        return self.stage.sef.section_by_id[self.screen.section].text

    @property
    def shown(self) -> str:
        return self.page.page.document.toPlainText()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.page, words)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.page, key, modifiers)

    def caret(self, words: str, *, end: bool = False, inside: int = 0) -> None:
        """Puts the caret before the words, behind them, or so many characters inside."""
        found = self.page.document().find(words)
        assert not found.isNull(), words
        place = found.selectionEnd() if end else found.selectionStart() + inside
        cursor = self.page.textCursor()
        cursor.setPosition(place)
        self.page.setTextCursor(cursor)

    def select(self, words: str) -> None:
        """Selects words by Shift and the arrow, as people do."""
        self.caret(words)
        self.key(KEY.Key_Right, SHIFT, len(words))
        assert self.page.textCursor().selectedText() == words

    def end(self) -> None:
        self.page.moveCursor(QTextCursor.MoveOperation.End)

    def saved(self, words: str) -> None:
        """Waits until the SEF's text has the words."""
        self.screen.leave()
        self.stage.until(lambda: words in self.text)

    def settled(self) -> str:
        """The SEF's text once everything is saved and heard of."""
        self.screen.leave()
        self.stage.until(lambda: self.text == self.page.page.read())
        return self.text

    def undo(self, gone: str) -> None:
        self.key(KEY.Key_Z, CTRL)
        self.stage.until(lambda: gone not in self.text and gone not in self.shown)

    def redo(self, there: str) -> None:
        self.key(KEY.Key_Y, CTRL)
        self.stage.until(lambda: there in self.text and there in self.shown)

    def click(self, place: QPoint, widget: object = None) -> None:
        target = widget or self.page.viewport()
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, NONE, place)  # pyright: ignore

    def elsewhere(self, act: Act) -> None:
        """Another window of the same laptop does something; this one looks."""
        self.stage.do(act)
