"""The row above the page, the place for a link's address, and the row below with the counts."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from sefwriter.model.checks import Check
from sefwriter.ui.theme.icons import icon
from sefwriter.ui.theme.theme import LEVEL_LOOKS, THEME
from sefwriter.ui.widgets.pieces import Button, Ground, Sign, Words

STYLES: Final = (("Text", 0), ("Heading", 2), ("Subheading", 3))
"""What a block can be, with a heading's level; 0 for a paragraph."""


class Toolbar(Ground):
    """Style, marks, lists, link, claim, and at the right the one filled button."""

    styled = Signal(int)

    def __init__(self, actions: Mapping[str, tuple[QAction, str]]) -> None:
        super().__init__("surface", "b")
        self.setAccessibleName("Toolbar")
        self.style_box = QComboBox()
        self.style_box.setAccessibleName("Style of the paragraph")
        self.style_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for word, level in STYLES:
            self.style_box.addItem(word, level)
        self.style_box.activated.connect(
            lambda place: self.styled.emit(self.style_box.itemData(place))
        )
        self.claim = Button("Claim", "ph.highlighter-circle", keys="Ctrl+M")
        self.ready = Button("Mark ready", "ph.arrow-circle-right", "primary")
        self._icons = {action: name for action, name in actions.values() if name}
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 12, 1)
        line.setSpacing(4)
        line.addWidget(self.style_box)
        for names in (("bold", "italic"), ("bullets", "numbers"), ("link",), ("undo", "redo")):
            line.addSpacing(6)
            for name in names:
                button = QToolButton()
                button.setAutoRaise(True)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setDefaultAction(actions[name][0])
                button.setAccessibleName(actions[name][0].text())
                line.addWidget(button)
        line.addSpacing(6)
        line.addWidget(self.claim)
        line.addStretch(1)
        line.addWidget(self.ready)
        self._dress()

    def show_style(self, kind: str, level: int) -> None:
        """The style of the block with the caret."""
        place = 0 if kind != "heading" else 1 if level <= 2 else 2
        if place != self.style_box.currentIndex():
            self.style_box.setCurrentIndex(place)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(THEME.scaled(44))
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(THEME.scaled(18), THEME.scaled(18)))
            button.setFixedSize(THEME.scaled(30), THEME.scaled(30))
        for action, name in self._icons.items():
            action.setIcon(icon(name, "text"))


class LinkBar(Ground):
    """Where a link's address is written; Enter sets it, Esc leaves."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("surface", "b")
        self.setAccessibleName("Link")
        self.field = QLineEdit()
        self.field.setPlaceholderText("https://…")
        self.field.setAccessibleName("Address of the link; empty takes the link off")
        self._set = Button("Link", "ph.link")
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 12, 6)
        line.addWidget(Words("Address", "small", "text_2", wrap=False))
        line.addWidget(self.field, 1)
        line.addWidget(self._set)
        self.field.returnPressed.connect(self._choose)
        self._set.clicked.connect(self._choose)
        self.hide()

    def ask(self, address: str) -> None:
        """Shows itself with the address that there is."""
        self.field.setText(address)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        self.hide()
        self.chosen.emit(self.field.text().strip())


class _Meter(QWidget):
    """How many of the target's words there are."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(THEME.scaled(90), THEME.scaled(6))
        self._share = 0.0

    def show_share(self, words: int, target: int) -> None:
        """Words of the target's."""
        self._share = min(1.0, words / target) if target else 0.0
        self.setAccessibleName(f"{words} of {target} words")
        self.setVisible(bool(target))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(THEME.colour("line"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(THEME.colour("accent"))
        painter.drawRoundedRect(QRectF(0, 0, box.width() * self._share, box.height()), 3, 3)


class Foot(Ground):
    """Length against the target, what is wrong, and the way to the next claim."""

    def __init__(self) -> None:
        super().__init__("window", "t")
        self.setAccessibleName("Length and checks")
        self.setFixedHeight(THEME.scaled(32))
        self._words = Words("", "small", wrap=False, weight=600)
        self._meter = _Meter()
        self._target = Words("", "small", "text_2", wrap=False)
        self.next = Button("Next claim F8", kind="link")
        self.next.setAccessibleName("Next claim")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 1, 6, 0)
        line.setSpacing(6)
        for widget in (self._words, self._meter, self._target):
            line.addWidget(widget)
        line.addSpacing(12)
        self._counts: dict[str, tuple[Sign, Words]] = {}
        for level, look in LEVEL_LOOKS.items():
            pair = (
                Sign(look.icon, look.role, 14),
                Words("", "small", look.role, wrap=False, weight=600),
            )
            self._counts[level] = pair
            for widget in pair:
                line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.next)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(THEME.scaled(32))

    def show_counts(self, words: int, target: int, checks: tuple[Check, ...]) -> None:
        """Length, target (0 for none), and what is wrong."""
        self._words.setText(f"{words} word{'s' * (words != 1)}")
        self._meter.show_share(words, target)
        self._target.setText(f"target {target}" if target else "")
        for level, (sign, said) in self._counts.items():
            count = sum(check.level == level for check in checks)
            sign.setVisible(bool(count))
            said.setVisible(bool(count))
            said.setText(f"{count} {LEVEL_LOOKS[level].word.lower()}{'s' * (count != 1)}")
