"""A card to begin with: an icon, what it does, one sentence."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sefwriter.ui.theme.paint import draw_icon
from sefwriter.ui.theme.theme import THEME

_WRAPPED = Qt.TextFlag.TextWordWrap


class Card(QAbstractButton):
    """A large button."""

    def __init__(self, title: str, about: str, icon_name: str) -> None:
        super().__init__()
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self._about, self._icon_name = about, icon_name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802, D102 - Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802, D102 - Qt's name
        room = QRect(0, 0, max(width - 36, 80), 4000)
        title = QFontMetrics(THEME.font("title")).boundingRect(room, _WRAPPED, self.text())
        about = QFontMetrics(THEME.font("body")).boundingRect(room, _WRAPPED, self._about)
        return 16 + THEME.scaled(24) + 8 + title.height() + 4 + about.height() + 18

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hover = self.underMouse() or self.isDown()
        painter.setPen(QPen(THEME.colour("accent" if hover else "line"), 1))
        painter.setBrush(THEME.colour("hover" if self.isDown() else "surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(THEME.colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        size = THEME.scaled(24)
        draw_icon(painter, QRect(18, 16, size, size), self._icon_name, "accent")
        room = self.rect().adjusted(18, 16 + size + 8, -18, 0)
        for words, font, role in (
            (self.text(), THEME.font("title"), "text"),
            (self._about, THEME.font("body"), "text_2"),
        ):
            painter.setFont(font)
            painter.setPen(THEME.colour(role))
            used = QFontMetrics(font).boundingRect(room, _WRAPPED, words)
            painter.drawText(room, _WRAPPED, words)
            room.setTop(used.bottom() + 5)
