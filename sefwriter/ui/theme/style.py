"""How controls are drawn: Fusion, with our own buttons, fields, ticks, tabs, bars and focus ring.

A button's look is its dynamic property `kind` (primary, secondary, ghost, danger, link; secondary
when there is none), and `keys` are words shown at its right.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QStyleOptionToolButton,
    QWidget,
)

from sefwriter.ui.theme import buttons, controls
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
            _Control.CE_TabBarTabShape: controls.draw_tab,
            _Control.CE_TabBarTabLabel: controls.draw_tab_words,
            _Control.CE_ProgressBarGroove: controls.draw_groove,
            _Control.CE_ProgressBarContents: controls.draw_done,
            _Control.CE_Splitter: controls.draw_splitter,
            _Control.CE_ToolBar: controls.draw_nothing,
            _Control.CE_MenuBarEmptyArea: controls.draw_nothing,
            _Control.CE_MenuBarItem: controls.draw_menu_word,
            _Control.CE_ComboBoxLabel: controls.draw_choice,
        }
        self._primitives: dict[
            QStyle.PrimitiveElement, Callable[[QPainter, QStyleOption, QWidget | None], None]
        ] = {
            _Primitive.PE_PanelLineEdit: controls.draw_field,
            _Primitive.PE_FrameFocusRect: controls.draw_focus,
            _Primitive.PE_IndicatorCheckBox: controls.draw_tick,
            _Primitive.PE_IndicatorRadioButton: controls.draw_radio,
            _Primitive.PE_FrameTabBarBase: controls.draw_base,
            _Primitive.PE_PanelButtonTool: buttons.draw_tool,
            _Primitive.PE_IndicatorToolBarSeparator: controls.draw_separator,
            _Primitive.PE_PanelItemViewRow: controls.draw_nothing,
            _Primitive.PE_PanelItemViewItem: controls.draw_row,
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
            controls.draw_scroll_bar(painter, option, slider)
        elif control == QStyle.ComplexControl.CC_ComboBox:
            controls.draw_combo(painter, option)
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
                return controls.slider(option)
        return super().subControlRect(control, option, part, widget)  # pyright: ignore[reportArgumentType]

    def subElementRect(  # noqa: N802, D102 - Qt's name
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        widget: QWidget | None = None,
    ) -> QRect:
        found = super().subElementRect(element, option, widget)  # pyright: ignore[reportArgumentType]
        if element in (
            QStyle.SubElement.SE_CheckBoxFocusRect,
            QStyle.SubElement.SE_RadioButtonFocusRect,
        ):
            return option.rect
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
