"""Progress with Cancel: what is being done, how far, the thing at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from sefwriter.ui.widgets.pieces import Button, Ground, Words

if TYPE_CHECKING:
    from sefwriter.desk.office import Ticket

_PATIENCE = 400
"""Milliseconds before progress is shown: what is done sooner needs none."""


class Progress(Ground):
    """Long work in the pane it belongs to. Comes after 0.4 s; Cancel or Esc stops it."""

    def __init__(self, title: str) -> None:
        super().__init__("surface", card=True)
        self.setAccessibleName(title)
        self._ticket: Ticket | None = None
        self._title = Words(title, "body", weight=600)
        self._count = Words("", "small", "text_2", wrap=False)
        self._hand = Words("", "small", "text_2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self._cancel = Button("Cancel", keys="Esc")
        self._cancel.clicked.connect(self.stop)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._come)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._count)
        foot.addWidget(self._hand, 1)
        foot.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addLayout(foot)
        self.hide()

    def begin(self, ticket: Ticket) -> None:
        """This work goes on now."""
        self._ticket = ticket
        self._hand.setText("")
        self._count.setText("")
        self._bar.setRange(0, 1)
        self._bar.setValue(0)
        self._late.start(_PATIENCE)

    def tell(self, ticket: Ticket) -> None:
        """How far it is, as `Bridge.work` hands it to `told`."""
        if ticket is not self._ticket or ticket.is_stopped():
            return
        what, done, total = ticket.progress
        self._hand.setText(what)
        self._count.setText(f"{done} of {total}" if total else "")
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def end(self) -> None:
        """Nothing goes on any more."""
        self._ticket = None
        self._late.stop()
        self.hide()

    def stop(self) -> None:
        """Asks the work to end; `end` follows when it has."""
        if self._ticket:
            self._ticket.stop()
            self._hand.setText("Stopping…")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        else:
            super().keyPressEvent(event)

    def _come(self) -> None:
        self.show()
        self._cancel.setFocus()
