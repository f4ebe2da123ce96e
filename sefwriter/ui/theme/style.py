"""How controls are drawn: Fusion, with our own buttons, fields, ticks, tabs, bars and focus ring.

A button's look is its dynamic property `kind` (primary, secondary, ghost, danger, link; secondary
when there is none), and `keys` are words shown at its right.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionTab,
    QStyleOptionToolButton,
    QWidget,
)

from sefwriter.ui.theme import buttons
from sefwriter.ui.theme.paint import draw_icon
from sefwriter.ui.theme.theme import THEME

_State = QStyle.StateFlag
_Control = QStyle.ControlElement
_Primitive = QStyle.PrimitiveElement
_Metric = QStyle.PixelMetric

_METRICS: Final[dict[QStyle.PixelMetric, int]] = {
    _Metric.PM_ScrollBarExtent: 12,
    _Metric.PM_ScrollBarSliderMin: 32,
    _Metric.PM_IndicatorWidth: 18,
    _Metric.PM_IndicatorHeight: 18,
    _Metric.PM_ExclusiveIndicatorWidth: 18,
    _Metric.PM_ExclusiveIndicatorHeight: 18,
    _Metric.PM_CheckBoxLabelSpacing: 10,
    _Metric.PM_RadioButtonLabelSpacing: 10,
    _Metric.PM_ButtonIconSize: 18,
    _Metric.PM_SmallIconSize: 18,
    _Metric.PM_ToolBarIconSize: 18,
    _Metric.PM_SplitterWidth: 5,
    _Metric.PM_MenuBarItemSpacing: 2,
    _Metric.PM_MenuBarPanelWidth: 0,
    _Metric.PM_ButtonShiftHorizontal: 0,
    _Metric.PM_ButtonShiftVertical: 0,
    _Metric.PM_TabBarTabShiftVertical: 0,
    _Metric.PM_TabBarBaseHeight: 0,
    _Metric.PM_TabBarBaseOverlap: 0,
    _Metric.PM_TabBarTabHSpace: 24,
    _Metric.PM_TabBarTabVSpace: 18,
    _Metric.PM_ToolBarItemSpacing: 0,
    _Metric.PM_ToolBarHandleExtent: 0,
    _Metric.PM_ToolBarFrameWidth: 0,
}
_SCALED: Final = frozenset(
    {_Metric.PM_IndicatorWidth, _Metric.PM_IndicatorHeight, _Metric.PM_ButtonIconSize}
    | {_Metric.PM_ExclusiveIndicatorWidth, _Metric.PM_ExclusiveIndicatorHeight}
)


class Style(QProxyStyle):
    """The one style of the application. Holds no state, so a theme change needs nothing of it."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._controls: dict[
            QStyle.ControlElement, Callable[[QPainter, QStyleOption, QWidget | None], None]
        ] = {
            _Control.CE_PushButtonBevel: buttons.draw_ground,
            _Control.CE_PushButtonLabel: buttons.draw_label,
            _Control.CE_TabBarTabShape: _draw_tab,
            _Control.CE_TabBarTabLabel: _draw_tab_words,
            _Control.CE_ProgressBarGroove: _draw_groove,
            _Control.CE_ProgressBarContents: _draw_done,
            _Control.CE_Splitter: _draw_splitter,
            _Control.CE_ToolBar: _draw_nothing,
            _Control.CE_MenuBarEmptyArea: _draw_nothing,
            _Control.CE_MenuBarItem: _draw_menu_word,
            _Control.CE_ComboBoxLabel: _draw_choice,
        }
        self._primitives: dict[
            QStyle.PrimitiveElement, Callable[[QPainter, QStyleOption, QWidget | None], None]
        ] = {
            _Primitive.PE_PanelLineEdit: _draw_field,
            _Primitive.PE_FrameFocusRect: _draw_focus,
            _Primitive.PE_IndicatorCheckBox: _draw_tick,
            _Primitive.PE_IndicatorRadioButton: _draw_radio,
            _Primitive.PE_FrameTabBarBase: _draw_base,
            _Primitive.PE_PanelButtonTool: buttons.draw_tool,
            _Primitive.PE_IndicatorToolBarSeparator: _draw_separator,
            _Primitive.PE_PanelItemViewRow: _draw_nothing,
            _Primitive.PE_PanelItemViewItem: _draw_row,
        }

    def drawControl(  # noqa: N802, D102 - Qt's name
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = self._controls.get(element)
        if draw is None:
            super().drawControl(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, option, widget)
        painter.restore()

    def drawPrimitive(  # noqa: N802, D102 - Qt's name
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = self._primitives.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, option, widget)
        painter.restore()

    def drawComplexControl(  # noqa: N802, D102 - Qt's name
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            slider = self.subControlRect(
                control, option, QStyle.SubControl.SC_ScrollBarSlider, widget
            )
            _draw_scroll_bar(painter, option, slider)
        elif control == QStyle.ComplexControl.CC_ComboBox:
            _draw_combo(painter, option)
        elif control == QStyle.ComplexControl.CC_ToolButton and isinstance(
            option, QStyleOptionToolButton
        ):
            buttons.draw_tool_button(painter, option, widget, self)
        else:
            super().drawComplexControl(control, option, painter, widget)
        painter.restore()

    def subControlRect(  # noqa: N802, D102 - Qt's name
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            if part in (
                QStyle.SubControl.SC_ScrollBarAddLine,
                QStyle.SubControl.SC_ScrollBarSubLine,
            ):
                return QRect()  # no arrows: keys, wheel and dragging do it
            if part == QStyle.SubControl.SC_ScrollBarGroove:
                return option.rect
            if part == QStyle.SubControl.SC_ScrollBarSlider:
                return _slider(option)
        return super().subControlRect(control, option, part, widget)  # pyright: ignore[reportArgumentType]

    def subElementRect(  # noqa: N802, D102 - Qt's name
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        widget: QWidget | None = None,
    ) -> QRect:
        found = super().subElementRect(element, option, widget)  # pyright: ignore[reportArgumentType]
        framed = not isinstance(widget, QLineEdit) or widget.hasFrame()
        if element == QStyle.SubElement.SE_LineEditContents and framed:
            return found.adjusted(6, 0, -6, 0)
        return found

    def sizeFromContents(  # noqa: N802, D102 - Qt's name
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        if kind == QStyle.ContentsType.CT_PushButton and isinstance(widget, QPushButton):
            return buttons.size_of(widget)
        found = super().sizeFromContents(kind, option, size, widget)  # pyright: ignore[reportArgumentType]
        if kind == QStyle.ContentsType.CT_LineEdit and isinstance(widget, QLineEdit):
            return QSize(found.width(), max(found.height(), THEME.scaled(32)))
        if kind == QStyle.ContentsType.CT_ComboBox and isinstance(widget, QComboBox):
            return QSize(found.width() + 16, THEME.scaled(32))
        if kind == QStyle.ContentsType.CT_MenuBarItem:
            return QSize(size.width() + 18, THEME.scaled(32))
        if kind == QStyle.ContentsType.CT_MenuItem:
            return QSize(found.width() + 16, max(found.height(), THEME.scaled(28)))
        return found

    def pixelMetric(  # noqa: N802, D102 - Qt's name
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        found = _METRICS.get(metric)
        if found is None:
            return super().pixelMetric(metric, option, widget)
        return THEME.scaled(found) if metric in _SCALED else found

    def styleHint(  # noqa: N802, D102 - Qt's name
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt's name
    ) -> int:
        if hint == QStyle.StyleHint.SH_EtchDisabledText:
            return 0
        if hint in (
            QStyle.StyleHint.SH_UnderlineShortcut,
            QStyle.StyleHint.SH_ItemView_ActivateItemOnSingleClick,
            QStyle.StyleHint.SH_Widget_Animation_Duration,
        ):
            return 0
        return super().styleHint(hint, option, widget, returnData)


def _draw_nothing(_painter: QPainter, _option: QStyleOption, _widget: QWidget | None) -> None:
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


def _draw_field(painter: QPainter, option: QStyleOption, widget: QWidget | None) -> None:
    if isinstance(widget, QLineEdit) and not widget.hasFrame():
        return
    _box(painter, option, focused=_is(option, _State.State_HasFocus))


def _draw_combo(painter: QPainter, option: QStyleOption) -> None:
    _box(painter, option, focused=_is(option, _State.State_HasFocus))
    rect, size = _rect(option), THEME.scaled(12)
    place = QRect(rect.right() - size - 10, rect.center().y() - size // 2 + 1, size, size)
    draw_icon(painter, place, "ph.caret-down", "text_2")


def _draw_menu_word(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    if not isinstance(option, QStyleOptionMenuItem):
        return
    if _is(option, _State.State_Selected):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("selected" if _is(option, _State.State_Sunken) else "hover"))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    high = THEME.name == "high-contrast" and _is(option, _State.State_Sunken)
    painter.setPen(THEME.colour("text_on_accent" if high else "text"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic
    painter.drawText(option.rect, flags, option.text)


def _draw_choice(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    if isinstance(option, QStyleOptionComboBox):
        role = "text" if _is(option, _State.State_Enabled) else "text_3"
        painter.setPen(THEME.colour(role))
        words = _rect(option).adjusted(10, 0, -THEME.scaled(26), 0)
        text: str = option.currentText
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)


def _draw_focus(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(THEME.colour("focus"), 2))
    painter.drawRoundedRect(QRectF(_rect(option)).adjusted(1, 1, -1, -1), 4, 4)


def _draw_tick(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
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


def _draw_radio(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    box = QRectF(_rect(option)).adjusted(1, 1, -1, -1)
    on = _is(option, _State.State_On)
    painter.setBrush(THEME.colour("surface"))
    painter.setPen(QPen(THEME.colour("accent" if on else "line_strong"), 1.5))
    painter.drawEllipse(box)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("accent"))
        painter.drawEllipse(box.adjusted(4, 4, -4, -4))


def _draw_tab(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    rect = _rect(option)
    if _is(option, _State.State_Selected):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour("accent"))
        painter.drawRect(rect.adjusted(8, rect.height() - 3, -8, 0))
    if _is(option, _State.State_HasFocus):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(THEME.colour("focus"), 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(2, 4, -2, -4), 4, 4)


def _draw_tab_words(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    if isinstance(option, QStyleOptionTab):
        chosen = _is(option, _State.State_Selected)
        painter.setFont(THEME.font("body", weight=600 if chosen else 0))
        painter.setPen(THEME.colour("accent" if chosen else "text_2"))
        text: str = option.text
        painter.drawText(_rect(option), Qt.AlignmentFlag.AlignCenter, text)


def _draw_base(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    rect = _rect(option)
    painter.setPen(THEME.colour("line"))
    painter.drawLine(QPointF(rect.bottomLeft()), QPointF(rect.bottomRight()))


def _draw_separator(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    rect = _rect(option)
    painter.setPen(THEME.colour("line"))
    middle = rect.center().x()
    painter.drawLine(middle, rect.top() + 6, middle, rect.bottom() - 6)


def _draw_row(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    """The chosen row of a list or table: its tint and the bar at its left."""
    rect = _rect(option)
    if _is(option, _State.State_Selected):
        painter.fillRect(rect, THEME.colour("selected"))
    elif _is(option, _State.State_MouseOver):
        painter.fillRect(rect, THEME.colour("hover"))


def _draw_groove(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    middle = QRectF(_rect(option)).center().y()
    box = QRectF(_rect(option))
    painter.setPen(QPen(THEME.colour("line_strong"), 1))
    painter.setBrush(THEME.colour("sunken"))
    painter.drawRoundedRect(QRectF(box.left() + 0.5, middle - 4, box.width() - 1, 8), 4, 4)


def _draw_done(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
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


def _draw_splitter(painter: QPainter, option: QStyleOption, _widget: QWidget | None) -> None:
    rect = _rect(option)
    role = "line_strong" if _is(option, _State.State_MouseOver) else "line"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(THEME.colour(role))
    if rect.height() > rect.width():
        painter.drawLine(rect.center().x(), rect.top(), rect.center().x(), rect.bottom())
    else:
        painter.drawLine(rect.left(), rect.center().y(), rect.right(), rect.center().y())


def _slider(option: QStyleOptionSlider) -> QRect:
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


def _draw_scroll_bar(painter: QPainter, option: QStyleOptionSlider, slider: QRect) -> None:
    if option.maximum <= option.minimum:
        return
    role = "text_3" if _is(option, _State.State_MouseOver) else "line_strong"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(THEME.colour(role))
    box = QRectF(slider).adjusted(3, 3, -3, -3)
    painter.drawRoundedRect(box, 3, 3)
