"""How buttons are drawn: push buttons by their `kind`, tool buttons flat, those of the rail."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QPushButton,
    QStyle,
    QStyleOption,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from sefwriter.ui.theme.paint import draw_icon
from sefwriter.ui.theme.theme import THEME

_State = QStyle.StateFlag

HEIGHT: Final = 32
SMALL: Final = 28
"""Heights of a button in px; a `small` one has the dynamic property of that name."""

RAIL_WIDTH: Final = 76
RAIL_ROW: Final = 60

_ICON_GAP: Final = 8
_KEYS_GAP: Final = 10


def kind_of(widget: QWidget | None) -> str:
    """A button's look, by its dynamic property."""
    found = widget.property("kind") if widget else None
    return found if isinstance(found, str) else "secondary"


def size_of(button: QPushButton) -> QSize:
    """How large a push button is with its icon, words and keys."""
    height = THEME.scaled(SMALL if button.property("small") else HEIGHT)
    padding = 16 if button.text() and kind_of(button) == "link" else 24
    inner = _inner(button)
    return QSize(max(height, inner + (padding if button.text() else 12)), height)


def draw_ground(painter: QPainter, option: QStyleOption, widget: QWidget | None) -> None:
    """What lies behind a push button's words, and the ring while it has the keys."""
    kind = kind_of(widget)
    on, hover = _is(option, _State.State_Enabled), _is(option, _State.State_MouseOver)
    down = _is(option, _State.State_Sunken) or _is(option, _State.State_On)
    fill, edge = "", ""
    if kind == "primary" and on:
        fill = "accent_hover" if hover or down else "accent"
    elif kind in ("primary", "secondary", "danger"):
        fill = "hover" if on and (hover or down) else "surface"
        edge = "line" if not on else "error" if kind == "danger" else "line_strong"
    elif on and (hover or down):
        fill = "hover"
    if _is(option, _State.State_On) and kind != "primary":
        fill, edge = "selected", "accent"
    box = QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(THEME.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    if fill or edge:
        painter.drawRoundedRect(box, 4, 4)
    if _is(option, _State.State_HasFocus):
        _ring(painter, _rect(option), kind)


def draw_label(painter: QPainter, option: QStyleOption, widget: QWidget | None) -> None:
    """A push button's icon, words and keys."""
    if not isinstance(widget, QPushButton):
        return
    kind, on = kind_of(widget), _is(option, _State.State_Enabled)
    rect = _rect(option)
    font, small = _font(kind), THEME.font("small")
    left = rect.left() + (rect.width() - _inner(widget)) // 2
    if widget.property("left"):
        left = rect.left() + 12
    size = THEME.scaled(18)
    name = widget.property("icon_name")
    role = _ink(kind, on=on)
    if isinstance(name, str) and name:
        draw_icon(painter, QRect(left, rect.center().y() - size // 2 + 1, size, size), name, role)
        left += size + _ICON_GAP
    _words(painter, left, rect, widget.text(), font, role)
    left += QFontMetrics(font).horizontalAdvance(widget.text())
    keys = widget.property("keys")
    if isinstance(keys, str) and keys:
        _words(
            painter, left + _KEYS_GAP, rect, keys, small, role if kind == "primary" else "text_3"
        )
        left += _KEYS_GAP + QFontMetrics(small).horizontalAdvance(keys)
    if widget.menu():
        caret = THEME.scaled(12)
        place = QRect(left + 6, rect.center().y() - caret // 2 + 1, caret, caret)
        draw_icon(painter, place, "ph.caret-down", role)


def draw_tool(painter: QPainter, option: QStyleOption, widget: QWidget | None) -> None:
    """What lies behind a tool button."""
    down = _is(option, _State.State_Sunken)
    chosen = _is(option, _State.State_On)
    hover = _is(option, _State.State_MouseOver) and _is(option, _State.State_Enabled)
    if chosen or down or hover:
        painter.setPen(QPen(THEME.colour("accent"), 1) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("selected" if chosen else "hover"))
        painter.drawRoundedRect(QRectF(_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if _is(option, _State.State_HasFocus):
        _ring(painter, _rect(option), "ghost")
    del widget


def draw_tool_button(
    painter: QPainter, option: QStyleOptionToolButton, widget: QWidget | None, style: QStyle
) -> None:
    """A whole tool button: flat, or one of the rail."""
    if isinstance(widget, QToolButton) and widget.property("rail"):
        _draw_rail_button(painter, option, widget)
        return
    draw_tool(painter, option, widget)
    label = QStyleOptionToolButton(option)
    style.drawControl(QStyle.ControlElement.CE_ToolButtonLabel, label, painter, widget)


def _draw_rail_button(
    painter: QPainter, option: QStyleOptionToolButton, button: QToolButton
) -> None:
    """Icon over word, with the bar and tint of the chosen one and the count of what waits."""
    rect = _rect(option)
    on = button.isChecked()
    box = QRectF(rect.left() + 6, rect.top() + 2, rect.width() - 12, rect.height() - 4)
    hover = _is(option, _State.State_MouseOver)
    painter.setPen(Qt.PenStyle.NoPen)
    if on or hover:
        painter.setBrush(THEME.colour("selected" if on else "hover"))
        painter.drawRoundedRect(box, 6, 6)
    if on:
        painter.setBrush(THEME.colour("accent"))
        painter.drawRoundedRect(QRectF(box.left(), box.top() + 12, 3, box.height() - 24), 1.5, 1.5)
    ink = "accent" if on else "text_2"
    size = THEME.scaled(22)
    name = str(button.property("icon_name"))
    place = QRect(rect.center().x() - size // 2, int(box.top()) + 8, size, size)
    draw_icon(painter, place, f"{name}-fill" if on else name, ink)
    painter.setFont(THEME.font("caption", weight=600 if on else 0))
    painter.setPen(THEME.colour(ink if on else "text"))
    words = QRectF(rect.left(), place.bottom() + 2, rect.width(), THEME.scaled(20))
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, button.text())
    count = button.property("badge")
    if isinstance(count, int) and count:
        _draw_badge(painter, rect, str(count) if count < 100 else "99+")
    if _is(option, _State.State_HasFocus):
        _ring(painter, box.toRect(), "ghost")


def _draw_badge(painter: QPainter, rect: QRect, words: str) -> None:
    font = THEME.font("caption", weight=600)
    width = max(18, QFontMetrics(font).horizontalAdvance(words) + 10)
    height = THEME.scaled(16)
    badge = QRectF(rect.right() - 10 - width, rect.top() + 5, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour("accent"))
    painter.drawRoundedRect(badge, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(THEME.colour("text_on_accent"))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)


def _inner(button: QPushButton) -> int:
    font = _font(kind_of(button))
    width = QFontMetrics(font).horizontalAdvance(button.text())
    if button.property("icon_name"):
        width += THEME.scaled(18) + (_ICON_GAP if button.text() else 0)
    keys = button.property("keys")
    if isinstance(keys, str) and keys:
        width += QFontMetrics(THEME.font("small")).horizontalAdvance(keys) + _KEYS_GAP
    if button.menu():
        width += THEME.scaled(12) + 6
    return width


def _font(kind: str) -> QFont:
    return THEME.font("body", weight=600 if kind == "primary" else 0)


def _ink(kind: str, *, on: bool) -> str:
    if not on:
        return "text_3"
    return {"primary": "text_on_accent", "danger": "error", "link": "link"}.get(kind, "text")


def _words(painter: QPainter, left: int, rect: QRect, text: str, font: QFont, role: str) -> None:
    painter.setFont(font)
    painter.setPen(THEME.colour(role))
    place = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


def _ring(painter: QPainter, rect: QRect, kind: str) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind == "primary":
        # A filled button needs a line of ground between its fill and the ring to show it.
        painter.setPen(QPen(THEME.colour("surface"), 1))
        painter.drawRoundedRect(QRectF(rect).adjusted(2.5, 2.5, -2.5, -2.5), 3, 3)
    painter.setPen(QPen(THEME.colour("focus"), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 5, 5)


def _is(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _rect(option: QStyleOption) -> QRect:
    return option.rect
