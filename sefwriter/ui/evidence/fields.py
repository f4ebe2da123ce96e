"""Values that read as words, and are fields once they are pointed at or have the keys."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit

from sefwriter.ui.evidence.dates import day_of
from sefwriter.ui.theme.theme import THEME

_CHANGES = (
    QEvent.Type.Enter,
    QEvent.Type.Leave,
    QEvent.Type.FocusIn,
    QEvent.Type.FocusOut,
    QEvent.Type.ApplicationPaletteChange,
    QEvent.Type.ApplicationFontChange,
)
"""What makes a value a field, or words again."""


class ValueField(QLineEdit):
    """A value of one line; a date is read in words and written as 2026-09-30.

    `kept` is told another value when Enter is pressed or the field is left. A refused one stays.
    """

    kept = Signal(str)

    def __init__(self, name: str, example: str, *, date: bool = False) -> None:
        super().__init__()
        self._value = ""
        self._example = example
        self._date = date
        self.setAccessibleName(name)
        self.setAcceptDrops(False)
        self.setMinimumHeight(THEME.scaled(28))
        self.editingFinished.connect(self._keep)
        self._dress()

    def show_value(self, value: str, *, anew: bool) -> None:
        """Another value; one that is being written or was refused stays unless it is `anew`."""
        if anew or (value != self._value and not self.hasFocus()):
            self._value = value
            self._write(value)

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        done = super().event(event)
        if event.type() in _CHANGES:
            self._dress()
        return done

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self.text() == day_of(self._value):
            self.setText(self._value)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().focusOutEvent(event)
        if self.text() == self._value:
            self._write(self._value)

    def _keep(self) -> None:
        value = " ".join(self.text().split())
        if value not in (self._value, day_of(self._value)):
            self._value = value
            self.kept.emit(value)

    def _write(self, value: str) -> None:
        self.setText(day_of(value) if self._date and not self.hasFocus() else value)
        self.setCursorPosition(0)

    def _dress(self) -> None:
        flat = not self.hasFocus() and not self.underMouse()
        self.setFrame(not flat)
        self.setPlaceholderText("Not said" if flat else self._example)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, THEME.colour("window" if flat else "surface"))
        self.setPalette(palette)


class TitleField(QPlainTextEdit):
    """A title on as many lines as it needs. Enter or leaving keeps it, Esc puts it back."""

    kept = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setAccessibleName("Title")
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._settle)
        self._dress()

    def show_title(self, title: str) -> None:
        """Another title, unless it is being written."""
        if not self.hasFocus() and title != self.toPlainText():
            self.setPlainText(title)
        self._shown = title

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._shown)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:  # noqa: D102
        done = super().event(event)
        if event.type() in _CHANGES:
            self._dress()
        return done

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().focusOutEvent(event)
        self._keep()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._settle()

    def _keep(self) -> None:
        title = " ".join(self.toPlainText().split())
        if title != self._shown:
            self._shown = title
            self.kept.emit(title)

    def _settle(self) -> None:
        lines = max(1, round(self.document().size().height()))
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * lines + 8)

    def _dress(self) -> None:
        flat = not self.hasFocus() and not self.underMouse()
        shape = QFrame.Shape.NoFrame if flat else QFrame.Shape.StyledPanel
        self.setFrameShape(shape)
        self.setFont(THEME.font("title"))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, THEME.colour("window" if flat else "surface"))
        self.setPalette(palette)
