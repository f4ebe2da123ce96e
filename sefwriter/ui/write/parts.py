"""The pieces of the inspector: kind picker, toggles, passage, fault and action cards."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sefwriter.desk.writing import place_of
from sefwriter.model.checks import Check
from sefwriter.model.sef import Action, Passage, Sef
from sefwriter.model.words import CLAIM_KINDS, PLAIN
from sefwriter.ui.theme.paint import draw_icon
from sefwriter.ui.theme.theme import CLAIM_LOOKS, LEVEL_LOOKS, RAG_LOOKS, THEME, KindLook
from sefwriter.ui.widgets.pieces import Button, Ground, Sign, Words

_STANCE_ICONS: Final = {"supports": "ph.check-circle-fill", "qualifies": "ph.scales"}


class KindPicker(QWidget):
    """Five kinds, one chosen: arrows move, 1 to 5 choose, Enter goes back to the text."""

    picked = Signal(str)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_kind("context")

    def show_kind(self, kind: str) -> None:
        """The kind that the claim has."""
        if kind != self._kind:
            self._kind = kind
            place = CLAIM_KINDS.index(kind) + 1 if kind in CLAIM_KINDS else 0
            self.setAccessibleName(f"Kind of claim, {PLAIN.get(kind, kind)}, {place} of 5")
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(300, THEME.scaled(56))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        key, text = event.key(), event.text()
        now = CLAIM_KINDS.index(self._kind) if self._kind in CLAIM_KINDS else 0
        if text in ("1", "2", "3", "4", "5"):
            self._pick(int(text) - 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._pick((now + (1 if key == Qt.Key.Key_Right else -1)) % len(CLAIM_KINDS))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        for place, box in enumerate(self._boxes()):
            if box.contains(event.position()):
                self._pick(place)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().focusInEvent(event)
        self.update()

    def _pick(self, place: int) -> None:
        kind = CLAIM_KINDS[place]
        if kind != self._kind:
            self.show_kind(kind)
            self.picked.emit(kind)

    def _boxes(self) -> list[QRectF]:
        metrics = QFontMetrics(THEME.font("caption", weight=600))
        wanted = [metrics.horizontalAdvance(CLAIM_LOOKS[kind].word) + 10 for kind in CLAIM_KINDS]
        spare = (self.width() - sum(wanted)) / len(wanted)
        found: list[QRectF] = []
        left = 0.0
        for width in wanted:
            found.append(QRectF(left, 0, width + spare, self.height()))
            left += width + spare
        return found

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(THEME.colour("line_strong"), 1))
        painter.setBrush(THEME.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        for kind, box in zip(CLAIM_KINDS, self._boxes(), strict=True):
            self._segment(painter, box, CLAIM_LOOKS[kind], chosen=kind == self._kind)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(THEME.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _segment(self, painter: QPainter, box: QRectF, look: KindLook, *, chosen: bool) -> None:
        if chosen:
            painter.setPen(QPen(THEME.colour(look.role), 1.4))
            painter.setBrush(THEME.colour(f"{look.role}_tint"))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 5, 5)
        size = THEME.scaled(16)
        sign = QRect(round(box.center().x()) - size // 2, THEME.scaled(9), size, size)
        draw_icon(painter, sign, look.icon, look.role)
        painter.setFont(THEME.font("caption", weight=600 if chosen else 0))
        painter.setPen(THEME.colour(look.role if chosen else "text"))
        words = QRectF(box.left(), THEME.scaled(29), box.width(), THEME.scaled(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, look.word)


class Toggles(QWidget):
    """Words of which any number are chosen, as chips: partners, lines of inquiry."""

    changed = Signal(tuple)

    def __init__(self, name: str, columns: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._columns = columns
        self._buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)

    def show_words(self, words: Sequence[tuple[str, str, str]], on: Sequence[str]) -> None:
        """(Value, word, what it means) of each, and which are on."""
        if list(self._buttons) != [value for value, _, _ in words]:
            for button in self._buttons.values():
                button.deleteLater()
            self._buttons = {}
            for place, (value, word, meaning) in enumerate(words):
                button = QPushButton(word, self)
                button.setCheckable(True)
                button.setProperty("small", True)
                button.setProperty("kind", "secondary")
                button.setAccessibleName(f"{self.accessibleName()}: {meaning or word}")
                button.setToolTip(meaning)
                button.clicked.connect(self._clicked)
                self._buttons[value] = button
                self._grid.addWidget(button, place // self._columns, place % self._columns)
        for value, button in self._buttons.items():
            button.setChecked(value in on)

    def _clicked(self) -> None:
        on = tuple(value for value, button in self._buttons.items() if button.isChecked())
        self.changed.emit(on)


class Card(Ground):
    """A card with a column of things in it."""

    def __init__(self, name: str) -> None:
        super().__init__("surface", card=True)
        self.setAccessibleName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 8, 6)
        self.column.setSpacing(6)


class Quote(QWidget):
    """Quoted words behind a bar."""

    def __init__(self, words: str, role: str, tint: str = "") -> None:
        super().__init__()
        self._role, self._tint = role, tint
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6 if tint else 0, 8, 6 if tint else 0)
        row.addWidget(Words(words))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        if self._tint:
            painter.fillRect(self.rect(), THEME.colour(self._tint))
        painter.fillRect(QRect(QPoint(0, 0), QSize(3, self.height())), THEME.colour(self._role))


def passage_card(
    sef: Sef,
    passage: Passage,
    go: Callable[[Passage], None],
    stance: Callable[[Passage], None],
    unbind: Callable[[Passage], None],
    *,
    locked: str | None,
) -> Card:
    """What a claim rests on: where, which words, and what can be done with it."""
    place = place_of(sef, passage)
    item = sef.evidence_by_id.get(passage.evidence)
    word = PLAIN.get(passage.stance, passage.stance)
    card = Card(f"Passage {place}, {word.lower()}: {passage.quote}")
    head = row(Sign("ph.file-text", size=16))
    link = Button(place, kind="link")
    link.setAccessibleName(f"Open {place}")
    link.clicked.connect(lambda: go(passage))
    head.addWidget(link)
    head.addWidget(Words(item.title if item else "Evidence not here", "small", "text_2"), 1)
    card.column.addLayout(head)
    if passage.quote:
        card.column.addWidget(Quote(f"“{passage.quote}”", "warning"))
    foot = row(Sign(_STANCE_ICONS.get(passage.stance, "ph.check-circle-fill"), size=16))
    change = Button(word, kind="ghost")
    change.setAccessibleName(f"{word}. Change the stance of {place}")
    change.clicked.connect(lambda: stance(passage))
    change.tell_why(locked)
    foot.addWidget(change)
    foot.addStretch(1)
    off = icon_button(f"Unbind {place}", "ph.link-break", locked)
    off.clicked.connect(lambda: unbind(passage))
    foot.addWidget(off)
    page = Button("Open page", "ph.arrow-square-out", "ghost")
    page.setAccessibleName(f"Open page of {place}")
    page.clicked.connect(lambda: go(passage))
    foot.addWidget(page)
    card.column.addLayout(foot)
    return card


class FaultCard(QWidget):
    """Something wrong, and what to do, on the level's tint."""

    def __init__(self, check: Check, go: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._look = LEVEL_LOOKS[check.level]
        self.setAccessibleName(f"{self._look.word}: {check.message} {check.fix}")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(14, 8, 8, 8)
        outer.setSpacing(10)
        outer.addWidget(Sign(self._look.icon, self._look.role, 16), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Words(check.message))
        column.addWidget(Words(check.fix, "small", "text_2"))
        if go:
            there = Button("Go there", kind="link")
            there.setAccessibleName(f"Go to: {check.message}")
            there.clicked.connect(go)
            column.addWidget(there, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addLayout(column, 1)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.fillRect(self.rect(), THEME.colour(f"{self._look.role}_tint"))
        painter.fillRect(QRect(0, 0, 3, self.height()), THEME.colour(self._look.role))


def action_card(
    action: Action,
    go: Callable[[Action], None],
    unlink: Callable[[Action], None],
    locked: str | None,
) -> Card:
    """An action that follows from the claim."""
    card = Card(f"Action {action.number}, {action.text}")
    line = row(Sign("ph.flag", size=16))
    link = Button(action.number, kind="link")
    link.setAccessibleName(f"Open action {action.number}")
    link.clicked.connect(lambda: go(action))
    line.addWidget(link)
    line.addWidget(Words(action.text), 1)
    if action.rag in RAG_LOOKS:
        look = RAG_LOOKS[action.rag]
        line.addWidget(Sign(look.icon, look.role, 14))
        line.addWidget(Words(look.word, "small", look.role, wrap=False))
    off = icon_button(f"{action.number} doesn't follow from this claim", "ph.x", locked)
    off.clicked.connect(lambda: unlink(action))
    line.addWidget(off)
    card.column.addLayout(line)
    return card


def icon_button(name: str, icon_name: str, locked: str | None = None) -> Button:
    """A button with an icon alone, whose name is its tooltip."""
    button = Button("", icon_name, "ghost")
    button.setAccessibleName(name)
    button.tell_why(locked)
    button.setToolTip(locked or name)
    return button


def row(*widgets: QWidget) -> QHBoxLayout:
    """A row with these at its left."""
    found = QHBoxLayout()
    found.setContentsMargins(0, 0, 0, 0)
    found.setSpacing(6)
    for widget in widgets:
        found.addWidget(widget)
    return found


def emptied(layout: QLayout) -> None:
    """Takes everything out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)
