"""The rail: one button for each screen there is, with what waits there."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolBar, QToolButton

from sefwriter.ui.theme.buttons import RAIL_ROW, RAIL_WIDTH
from sefwriter.ui.theme.theme import THEME


class _RailButton(QToolButton):
    """Drawn by the style, which finds icon and count in dynamic properties."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(max(RAIL_WIDTH, THEME.scaled(RAIL_WIDTH) * 9 // 10), THEME.scaled(RAIL_ROW))


class Rail(QToolBar):
    """Screens by name. One stop for Tab; the arrows go up and down."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("Screens")
        self.setObjectName("rail")
        self.setAccessibleName("Screens")
        self.setOrientation(Qt.Orientation.Vertical)
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setContentsMargins(0, 6, 0, 6)
        self._group = QActionGroup(self)
        self._buttons: dict[str, _RailButton] = {}
        self._words: dict[str, str] = {}

    def add(self, name: str, word: str, icon_name: str) -> QAction:
        """One more screen; its action goes into the menu Go, too."""
        number = len(self._buttons) + 1
        action = QAction(word, self)
        action.setCheckable(True)
        action.setShortcut(f"Alt+{number}")
        action.setToolTip(f"{word} (Alt+{number})")
        action.triggered.connect(lambda: self.chosen.emit(name))
        self._group.addAction(action)
        button = _RailButton()
        button.setDefaultAction(action)
        button.setProperty("rail", True)
        button.setProperty("icon_name", icon_name)
        button.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if number == 1 else Qt.FocusPolicy.ClickFocus
        )
        self.addWidget(button)
        self._buttons[name] = button
        self._words[name] = word
        self._name_all()
        return action

    def show_chosen(self, name: str) -> None:
        """This screen is shown now."""
        for other, button in self._buttons.items():
            button.defaultAction().setChecked(other == name)
            focus = Qt.FocusPolicy.StrongFocus if other == name else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(focus)

    def show_badge(self, name: str, count: int) -> None:
        """How many things wait on a screen; 0 shows nothing."""
        self._buttons[name].setProperty("badge", count)
        self._name_all()
        self._buttons[name].update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        steps: Mapping[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        buttons = list(self._buttons.values())
        here = next((i for i, button in enumerate(buttons) if button.hasFocus()), None)
        if event.key() in steps and here is not None:
            there = buttons[(here + steps[event.key()]) % len(buttons)]
            there.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), THEME.colour("sunken"))
        painter.setPen(THEME.colour("line"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())

    def _name_all(self) -> None:
        for place, (name, button) in enumerate(self._buttons.items(), start=1):
            count = button.property("badge")
            waiting = f", {count} waiting" if count else ""
            page = f"page {place} of {len(self._buttons)}"
            button.setAccessibleName(f"{self._words[name]}{waiting}, {page}")
