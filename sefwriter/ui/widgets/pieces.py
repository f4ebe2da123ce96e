"""Small pieces that screens are made of: words, buttons, messages in place, hairlines."""

from typing import Final, Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from sefwriter.ui.theme.buttons import size_of
from sefwriter.ui.theme.icons import icon
from sefwriter.ui.theme.paint import draw_icon
from sefwriter.ui.theme.theme import THEME

_DRESSING: Final = (
    QEvent.Type.PaletteChange,
    QEvent.Type.ApplicationPaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
)

Kind = Literal["primary", "secondary", "ghost", "danger", "link"]


class Words(QLabel):
    """Words in a font and a colour by role, which follow the theme and the text size."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        colour: str = "text",
        *,
        wrap: bool = True,
        weight: int = 0,
    ) -> None:
        super().__init__(text)
        self._look = (role, weight)
        self._colour = colour
        self._dressing = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self._dress()

    def show_in(self, colour: str) -> None:
        """Another colour role."""
        self._colour = colour
        self._dress()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() in _DRESSING and not self._dressing:
            self._dress()

    def _dress(self) -> None:
        self._dressing = True
        role, weight = self._look
        self.setFont(THEME.font(role, weight=weight))
        palette = self.palette()
        for place in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            palette.setColor(place, THEME.colour(self._colour))
        self.setPalette(palette)
        self._dressing = False


class Button(QPushButton):
    """A button that says why it can't be pressed; the style draws it by its `kind`.

    `secondary` has a line, `ghost` none, `danger` a red one, `link` looks like a link; `keys` are
    shown at its right.
    """

    def __init__(
        self, text: str, icon_name: str = "", kind: Kind = "secondary", keys: str = ""
    ) -> None:
        super().__init__(text)
        self.setProperty("icon_name", icon_name)
        self.setAccessibleName(text.rstrip("…"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_as(kind, keys)
        self.tell_why(None)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        # Qt keeps a push button's own hint until its words change; ours goes with kind and keys.
        return size_of(self)

    def show_as(self, kind: Kind, keys: str = "") -> None:
        """Another look, for the one thing to do now."""
        self.setProperty("kind", kind)
        self.setProperty("keys", keys)
        self.updateGeometry()
        self.update()

    def tell_why(self, reason: str | None) -> None:
        """Greyed with this sentence; None makes it ready."""
        self.setEnabled(reason is None)
        self.setAccessibleDescription(reason or "")
        keys = self.property("keys")
        self.setToolTip(reason or (f"{self.text()} ({keys})" if keys else ""))


_MESSAGE_ICONS: Final = {
    "info": "ph.info-fill",
    "ok": "ph.check-circle-fill",
    "warning": "ph.warning-fill",
    "error": "ph.warning-octagon-fill",
}


class Message(QWidget):
    """One or two sentences in place, with at most one act; hidden while there is nothing to say."""

    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._role = "info"
        self._words = Words()
        self._button = Button("", kind="link")
        self._button.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 10, 10, 10)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; "" while nothing is."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, text: str, role: str = "error", act: str = "") -> None:
        """Says it until it is no longer true; `role` is info, ok, warning or error."""
        self._role = role
        self._words.setText(text)
        self._button.setText(act)
        self._button.setAccessibleName(act)
        self._button.setVisible(bool(act))
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.update()

    def clear(self) -> None:
        """Nothing to say any more."""
        self.say("")

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour(f"{self._role}_tint"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.fillRect(QRect(0, 3, 3, self.height() - 6), THEME.colour(self._role))
        place = QRect(QPoint(14, 12), QSize(16, 16))
        draw_icon(painter, place, _MESSAGE_ICONS[self._role], self._role)
        painter.end()


class Ground(QWidget):
    """A pane with a ground by role, hairlines at the sides named (l, t, r, b), round if a card."""

    def __init__(self, ground: str = "", sides: str = "", *, card: bool = False) -> None:
        super().__init__()
        self._look = (ground, sides, card)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        ground, sides, card = self._look
        painter = QPainter(self)
        colour = THEME.colour(ground) if ground else QColor(Qt.GlobalColor.transparent)
        if card:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(THEME.colour("line"), 1))
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.end()
            return
        painter.fillRect(self.rect(), colour)
        painter.setPen(THEME.colour("line"))
        box = self.rect()
        lines = {
            "l": (box.topLeft(), box.bottomLeft()),
            "t": (box.topLeft(), box.topRight()),
            "r": (box.topRight(), box.bottomRight()),
            "b": (box.bottomLeft(), box.bottomRight()),
        }
        for side in sides:
            painter.drawLine(*lines[side])
        painter.end()  # not left to the collector: who looks at this frame would keep it alive


class Rule(QWidget):
    """A hairline."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        QPainter(self).fillRect(self.rect(), THEME.colour("line"))


class Sign(QWidget):
    """An icon by itself; the words beside it say what it means."""

    def __init__(self, name: str, role: str = "text_2", size: int = 18) -> None:
        super().__init__()
        self._look = (name, role, size)
        self.setFixedSize(THEME.scaled(size), THEME.scaled(size))

    def show_icon(self, name: str, role: str) -> None:
        """Another icon."""
        self._look = (name, role, self._look[2])
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        name, role, _size = self._look
        icon(name, role).paint(QPainter(self), self.rect())
