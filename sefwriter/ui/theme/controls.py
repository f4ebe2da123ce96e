"""How controls other than buttons are drawn: fields, ticks, tabs, rows, bars, the focus ring."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionTab,
    QStyleOptionViewItem,
    QWidget,
)

from sefwriter.ui.theme.paint import draw_icon
from sefwriter.ui.theme.theme import THEME

_State = QStyle.StateFlag

_FIRST: Final = (
    QStyleOptionViewItem.ViewItemPosition.Beginning,
    QStyleOptionViewItem.ViewItemPosition.OnlyOne,
)
"""The cells of a row at its left edge."""


def draw_nothing(_painter: QPainter, _option: QStyleOption, _widget: QWidget | None) -> None:
    """What Fusion would draw there is a box in a box."""


def _is(option: QStyleOption, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)


def _box(painter: QPainter, option: QStyleOption, *, focused: bool, reach: float = 0.5) -> None:
    """A field: its ground and edge, with the ring while it has the keys."""
    role = "line_strong" if _is(option, _State.State_Enabled) else "line"
    box = QRectF(_rect(option)).adjusted(reach, reach, -reach, -reach)
    painter.setBrush(THEME.colour("surface"))
    painter.setPen(QPen(THEME.colour(role), 1))
    if focused:
        painter.setPen(QPen(THEME.colour("focus"), 2))
        box = QRectF(_rect(option)).adjusted(1, 1, -1, -1)
    painter.drawRoundedRect(box, 4, 4)


def _rect(option: QStyleOption) -> QRect:
    return option.rect


def draw_field(painter: QPainter, option: QStyleOption, widget: QWidget | None) -> None:
    """A line to write in; one without a frame has its own ground."""
    if isinstance(widget, QLineEdit) and not widget.hasFrame():
        return
    _box(painter, option, focused=_is(option, _State.State_HasFocus))


def draw_combo(painter: QPainter, option: QStyleOption) -> None:
    """A choice from a list: a field with a caret."""
    _box(painter, option, focused=_is(option, _State.State_HasFocus))
    rect, size = _rect(option), THEME.scaled(12)
    place = QRect(rect.right() - size - 10, rect.center().y() - size // 2 + 1, size, size)
    draw_icon(painter, place, "ph.caret-down", "text_2")


def draw_menu_word(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """A word of the menu bar."""
    if not isinstance(option, QStyleOptionMenuItem):
        return
    if _is(option, _State.State_Selected):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("selected" if _is(option, _State.State_Sunken) else "hover"))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(THEME.colour("text"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic
    painter.drawText(option.rect, flags, option.text)


def draw_choice(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """What is chosen in a combo box."""
    if isinstance(option, QStyleOptionComboBox):
        role = "text" if _is(option, _State.State_Enabled) else "text_3"
        painter.setPen(THEME.colour(role))
        words = _rect(option).adjusted(10, 0, -THEME.scaled(26), 0)
        text: str = option.currentText
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)


def draw_focus(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The ring round what has the keys."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(THEME.colour("focus"), 2))
    painter.drawRoundedRect(QRectF(_rect(option)).adjusted(1, 1, -1, -1), 4, 4)


def draw_tick(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The box of a check box: ticked, partly, or not."""
    box = QRectF(_rect(option)).adjusted(0.75, 0.75, -0.75, -0.75)
    on, some = _is(option, _State.State_On), _is(option, _State.State_NoChange)
    enabled = _is(option, _State.State_Enabled)
    if on or some:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("accent" if enabled else "text_3"))
        painter.drawRoundedRect(box.adjusted(-0.75, -0.75, 0.75, 0.75), 4, 4)
        name = "ph.check-bold" if on else "ph.minus-bold"
        draw_icon(painter, _rect(option).adjusted(3, 3, -3, -3), name, "text_on_accent")
    else:
        painter.setBrush(THEME.colour("surface"))
        painter.setPen(QPen(THEME.colour("line_strong" if enabled else "line"), 1.5))
        painter.drawRoundedRect(box, 4, 4)


def draw_radio(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The circle of a radio button."""
    box = QRectF(_rect(option)).adjusted(1, 1, -1, -1)
    on = _is(option, _State.State_On)
    painter.setBrush(THEME.colour("surface"))
    painter.setPen(QPen(THEME.colour("accent" if on else "line_strong"), 1.5))
    painter.drawEllipse(box)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("accent"))
        painter.drawEllipse(box.adjusted(4, 4, -4, -4))


def draw_tab(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """A tab's ground: a line under the chosen one."""
    rect = _rect(option)
    if _is(option, _State.State_Selected):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("accent"))
        painter.drawRect(rect.adjusted(8, rect.height() - 3, -8, 0))
    if _is(option, _State.State_HasFocus):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(THEME.colour("focus"), 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(2, 4, -2, -4), 4, 4)


def draw_tab_words(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """A tab's words."""
    if isinstance(option, QStyleOptionTab):
        chosen = _is(option, _State.State_Selected)
        painter.setFont(THEME.font("body", weight=600 if chosen else 0))
        painter.setPen(THEME.colour("accent" if chosen else "text_2"))
        text: str = option.text
        painter.drawText(_rect(option), Qt.AlignmentFlag.AlignCenter, text)


def draw_base(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The hairline under tabs."""
    rect = _rect(option)
    painter.setPen(THEME.colour("line"))
    painter.drawLine(QPointF(rect.bottomLeft()), QPointF(rect.bottomRight()))


def draw_separator(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The hairline between groups of tool buttons."""
    rect = _rect(option)
    painter.setPen(THEME.colour("line"))
    middle = rect.center().x()
    painter.drawLine(middle, rect.top() + 6, middle, rect.bottom() - 6)


def draw_row(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The chosen row of a list or table: its tint and the bar at its left."""
    rect = _rect(option)
    if _is(option, _State.State_Selected):
        painter.fillRect(rect, THEME.colour("selected"))
        if isinstance(option, QStyleOptionViewItem) and option.viewItemPosition in _FIRST:
            bar = QRect(rect.left(), rect.top() + 2, 3, rect.height() - 4)
            painter.fillRect(bar, THEME.colour("accent"))
    elif _is(option, _State.State_MouseOver):
        painter.fillRect(rect, THEME.colour("hover"))


def draw_groove(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The empty part of a progress bar."""
    middle = QRectF(_rect(option)).center().y()
    box = QRectF(_rect(option))
    painter.setPen(QPen(THEME.colour("line_strong"), 1))
    painter.setBrush(THEME.colour("sunken"))
    painter.drawRoundedRect(QRectF(box.left() + 0.5, middle - 4, box.width() - 1, 8), 4, 4)


def draw_done(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The part of a progress bar that is done."""
    if not isinstance(option, QStyleOptionProgressBar):
        return
    lowest, highest, value = option.minimum, option.maximum, option.progress
    if highest <= lowest or value <= lowest:
        return
    box = QRectF(_rect(option))
    width = max(8.0, box.width() * (value - lowest) / (highest - lowest))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour("accent"))
    painter.drawRoundedRect(QRectF(box.left(), box.center().y() - 4, width, 8), 4, 4)


def draw_splitter(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The hairline between two panes, stronger where it can be taken hold of."""
    rect = _rect(option)
    role = "line_strong" if _is(option, _State.State_MouseOver) else "line"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(THEME.colour(role))
    if rect.height() > rect.width():
        painter.drawLine(rect.center().x(), rect.top(), rect.center().x(), rect.bottom())
    else:
        painter.drawLine(rect.left(), rect.center().y(), rect.right(), rect.center().y())


def slider(option: QStyleOptionSlider) -> QRect:
    """Where the handle of a scroll bar without arrows is."""
    rect = _rect(option)
    lowest, highest = option.minimum, option.maximum
    step, place = option.pageStep, option.sliderPosition
    upright = option.orientation == Qt.Orientation.Vertical
    extent = rect.height() if upright else rect.width()
    span = highest - lowest
    length = extent if span <= 0 else max(32, extent * step // (span + step))
    length = min(length, extent)
    start = QStyle.sliderPositionFromValue(lowest, highest, place, extent - length)
    if upright:
        return QRect(rect.left(), rect.top() + start, rect.width(), length)
    return QRect(rect.left() + start, rect.top(), length, rect.height())


def draw_scroll_bar(painter: QPainter, option: QStyleOptionSlider, slider: QRect) -> None:
    """A scroll bar: its handle alone."""
    if option.maximum <= option.minimum:
        return
    role = "text_3" if _is(option, _State.State_MouseOver) else "line_strong"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour(role))
    box = QRectF(slider).adjusted(3, 3, -3, -3)
    painter.drawRoundedRect(box, 3, 3)
