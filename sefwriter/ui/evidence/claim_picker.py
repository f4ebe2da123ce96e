"""A small list that drops down to say which claim the words are for: type, Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from sefwriter.desk.evidence_list import NumberedClaim
from sefwriter.ui.evidence.claim_rows import ClaimModel, ClaimRow, dressed
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Words


class ClaimPicker(QFrame):
    """Claims by number or words. `picked` is told the one taken; Esc takes none."""

    picked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Choose a claim")
        self._claims: Sequence[NumberedClaim] = ()
        self.field = QLineEdit()
        self.field.setPlaceholderText("Which claim? Type its number or words")
        self.field.setAccessibleName("Number or words of the claim")
        self.field.setMinimumHeight(THEME.scaled(32))
        self.field.textChanged.connect(self._show)
        self.field.installEventFilter(self)
        self.model = ClaimModel()
        self.list = dressed(QListView(), "Claims")
        self.list.setModel(self.model)
        self.list.clicked.connect(lambda _: self._take())
        self.list.activated.connect(lambda _: self._take())
        self._none = Words("", "small", "text_2")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        for piece in (self.field, self._none, self.list):
            column.addWidget(piece)
        self.resize(THEME.scaled(460), THEME.scaled(320))

    def ask(self, claims: Sequence[NumberedClaim], below: QWidget) -> None:
        """Drops down beneath a button."""
        self._claims = claims
        self.field.clear()
        self._show("")
        corner = below.mapToGlobal(QPoint(below.width() - self.width(), below.height() + 4))
        self.move(corner)
        self.show()
        self.field.setFocus()

    def _show(self, typed: str) -> None:
        words = typed.lower().split()
        rows = [ClaimRow(claim) for claim in self._claims if _fits(claim, words)]
        self.model.show_rows(rows)
        none = "" if self._claims else "There are no claims yet. Mark one in Write with Ctrl+M."
        self._none.setText(none or ("" if rows else "No claim is like this."))
        self._none.setVisible(not rows)
        if rows:
            self.list.setCurrentIndex(self.model.index(0))

    def _take(self) -> None:
        row = self.model.row(self.list.currentIndex())
        if row:
            self.hide()
            self.picked.emit(row.claim.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                at = self.list.currentIndex().row() + step
                at = max(0, min(self.model.rowCount() - 1, at))
                self.list.setCurrentIndex(self.model.index(at))
                return True
        return super().eventFilter(watched, event)


def _fits(claim: NumberedClaim, words: Sequence[str]) -> bool:
    """A number begins as typed; words stand anywhere."""
    text = claim.words.lower()
    return all(claim.number.startswith(word) or word in text for word in words)
