"""The dialog before something is signed: what is said, and the passphrase of who says it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Message, Words


@dataclass(frozen=True, slots=True)
class Question:
    """What a dialog asks. `label` is of the words to be typed, "" for none.

    `passphrase_of` is whose key is to be unlocked, "" for nobody's; with `new_passphrase` the key
    isn't under one yet, and it is typed twice.
    """

    title: str
    verb: str
    explains: str = ""
    label: str = ""
    words: str = ""
    passphrase_of: str = ""
    new_passphrase: bool = False


class SignedDialog(QDialog):
    """Asks; `act` gets the words, the passphrase, and what to call when it is done or refused."""

    def __init__(
        self,
        question: Question,
        act: Callable[[str, str, Callable[[], None], Callable[[str], None]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._act = act
        self._question = question
        self._busy = False
        self.setWindowTitle(question.title)
        self.setModal(True)
        self.setFixedWidth(THEME.scaled(480))
        self.words = QPlainTextEdit(question.words)
        self.words.setAccessibleName(question.label)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(THEME.scaled(84))
        self.passphrase = self._secret("Passphrase")
        self.again = self._secret("The same passphrase once more")
        self.message = Message()
        self.yes = Button(question.verb, "", "primary")
        self.no = Button("Not now", keys="Esc")
        self.yes.setDefault(True)
        self.yes.clicked.connect(self._done)
        self.no.clicked.connect(self.reject)
        self._lay_out()
        self.words.textChanged.connect(self._judge)
        for field in (self.passphrase, self.again):
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self._enter)
        self._judge()
        first = self.words if question.label and not question.words else self.passphrase
        (first if first is self.words or question.passphrase_of else self.words).setFocus()

    def _secret(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        return field

    def _lay_out(self) -> None:
        question = self._question
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Words(question.title, "title"))
        if question.explains:
            column.addWidget(Words(question.explains, "body", "text_2"))
        if question.label:
            column.addWidget(Words(question.label, "small", "text_2", weight=600))
            column.addWidget(self.words)
        if question.passphrase_of and question.new_passphrase:
            column.addWidget(
                Words(
                    "What you sign must be yours alone, so your key comes under a passphrase now. "
                    "It is asked for each time you sign. Nobody can tell it to you again: keep it "
                    "safe.",
                    "body",
                    "text_2",
                )
            )
        if question.passphrase_of:
            begin = "New passphrase" if question.new_passphrase else "Passphrase"
            label = f"{begin} of {question.passphrase_of}"
            column.addWidget(Words(label, "small", "text_2", weight=600))
            column.addWidget(self.passphrase)
        if question.new_passphrase:
            column.addWidget(Words("Once more", "small", "text_2", weight=600))
            column.addWidget(self.again)
        column.addWidget(self.message)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        column.addSpacing(8)
        column.addLayout(row)

    def reject(self) -> None:
        """Esc and "Not now": not while it is being done, which tells this dialog how it went."""
        if not self._busy:
            super().reject()

    def _judge(self) -> None:
        self.yes.tell_why(self._why_not())

    def _why_not(self) -> str | None:
        question = self._question
        if question.label and not self.words.toPlainText().strip():
            return f"{question.label} is empty."
        if question.passphrase_of and not self.passphrase.text():
            return "Type the passphrase."
        if question.new_passphrase and self.passphrase.text() != self.again.text():
            return "The two passphrases differ."
        return None

    def _enter(self) -> None:
        if self.yes.isEnabled():
            self._done()

    def _done(self) -> None:
        self._busy = True
        self.message.clear()
        self.yes.tell_why("It is being done.")
        self.setCursor(Qt.CursorShape.BusyCursor)
        words = self.words.toPlainText().strip()
        self._act(words, self.passphrase.text(), self.accept, self._refused)

    def _refused(self, sentence: str) -> None:
        self._busy = False
        self.unsetCursor()
        self.message.say(sentence)
        self.passphrase.clear()
        self.again.clear()
        self._judge()
        (self.passphrase if self._question.passphrase_of else self.words).setFocus()
