"""A toast: an act was done, with Undo, at the bottom of the window for a while."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Sign, Words

_STAYS = 6000
"""Milliseconds; longer while it is pointed at or has the keys."""


class Toast(QWidget):
    """One at a time, above the bottom edge of the widget it lies over."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._under = over
        self._undo: Callable[[], None] | None = None
        self._icon = Sign("ph.check", "accent")
        self._words = Words("", wrap=False)
        self._button = Button("Undo", kind="link")
        self._button.clicked.connect(self._undone)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._over)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 10, 6)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addWidget(self._button)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Says what was done; `undo` takes it back."""
        self._undo = undo
        self._words.setText(text)
        self._button.setVisible(undo is not None)
        self.setAccessibleName(text)
        self._settle()
        self.show()
        self.raise_()
        self._timer.start(_STAYS)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._timer.start(_STAYS)
        super().leaveEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(THEME.colour("line_strong"), 1))
        painter.setBrush(THEME.colour("raised"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)

    def _settle(self) -> None:
        self.adjustSize()
        over = self._under
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 24)

    def _over(self) -> None:
        if self.isAncestorOf(self.window().focusWidget() or self.window()):
            self._timer.start(_STAYS)
        else:
            self.hide()

    def _undone(self) -> None:
        self.hide()
        if self._undo:
            self._undo()
