"""The mark of the program: a page with its corner tied."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from sefwriter.ui.theme.theme import THEME


class Logo(QWidget):
    """The mark on the filled panel."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self.setAccessibleName("sefwriter")

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        draw_logo(QPainter(self), self.width(), "promise_text", "promise")


def window_icon() -> QIcon:
    """The mark for the title bar and the task bar."""
    made = QIcon()
    for size in (16, 32, 48, 256):
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw_logo(painter, size, "accent", "text_on_accent")
        painter.end()
        made.addPixmap(picture)
    return made


def draw_logo(painter: QPainter, size: float, ground: str, ink: str) -> None:
    """Draws the mark at the top left, in two colour roles."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour(ground))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
    pen = QPen(THEME.colour(ink), size * 0.1)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for height, length in ((0.32, 0.44), (0.5, 0.3)):
        left = QPointF(size * 0.24, size * height)
        painter.drawLine(left, left + QPointF(size * length, 0))
    corner = QPainterPath(QPointF(size * 0.5, size * 0.84))
    corner.lineTo(size * 0.64, size * 0.58)
    corner.lineTo(size * 0.78, size * 0.84)
    corner.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour(ink))
    painter.drawPath(corner)
