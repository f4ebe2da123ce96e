"""What delegates and widgets draw alike: pills, icons, elided words."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from sefwriter.ui.theme.icons import icon
from sefwriter.ui.theme.theme import THEME, KindLook

PILL_HEIGHT = 22


def draw_icon(painter: QPainter, rect: QRect, name: str, role: str) -> None:
    """An icon filling the rectangle, in the colour of a role."""
    icon(name, role).paint(painter, rect)


def elided(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text in one line, cut with an ellipsis where it doesn't fit. Tables only."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def draw_state(painter: QPainter, rect: QRect, look: KindLook, font_role: str = "small") -> int:
    """A state as shape and word without a tint, for lists; the width it took, in px."""
    size = THEME.scaled(14)
    font = THEME.font(font_role)
    top = rect.top() + (rect.height() - size) // 2
    draw_icon(painter, QRect(rect.left(), top, size, size), look.icon, look.role)
    painter.setFont(font)
    painter.setPen(THEME.colour(look.role))
    words = rect.adjusted(size + 6, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, look.word)
    return size + 6 + QFontMetrics(font).horizontalAdvance(look.word)


def draw_pill(painter: QPainter, rect: QRect, look: KindLook) -> int:
    """A state as shape, word and tint; the width it took, in px. Never a button."""
    font = THEME.font("small", weight=600)
    metrics = QFontMetrics(font)
    size = THEME.scaled(13)
    width = metrics.horizontalAdvance(look.word) + size + 22
    height = THEME.scaled(PILL_HEIGHT)
    pill = QRect(rect.left(), rect.top() + (rect.height() - height) // 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour(_tint(look.role)))
    painter.drawRoundedRect(QRectF(pill), height / 2, height / 2)
    draw_icon(
        painter,
        QRect(pill.left() + 8, pill.top() + (height - size) // 2, size, size),
        look.icon,
        look.role,
    )
    painter.setFont(font)
    painter.setPen(THEME.colour(look.role))
    words = pill.adjusted(size + 13, 0, -6, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, look.word)
    painter.restore()
    return width


def _tint(role: str) -> str:
    tints = {"rag_red": "error_tint", "rag_amber": "warning_tint", "rag_green": "ok_tint"}
    tints |= {"rag_blue": "info_tint", "text_3": "context_tint"}
    return tints.get(role, f"{role}_tint")
