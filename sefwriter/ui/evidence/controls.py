"""Small controls of this screen: icon buttons, chips to choose by, an empty pane."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sefwriter.ui.theme.icons import icon
from sefwriter.ui.theme.paint import draw_icon
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Sign, Words


class IconButton(QAbstractButton):
    """A button with a picture only; its name and key are in the tooltip and read aloud."""

    def __init__(self, icon_name: str, name: str, keys: str = "") -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys})" if keys else name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(THEME.scaled(30), THEME.scaled(30))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(THEME.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        size = THEME.scaled(18)
        place = QRect(0, 0, size, size)
        place.moveCenter(self.rect().center())
        draw_icon(painter, place, self._icon_name, "text" if self.isEnabled() else "text_3")
        _draw_focus(painter, self)
        painter.end()


class Chip(QAbstractButton):
    """One of several words to choose by. `swatch` is a colour role shown before the word."""

    def __init__(self, text: str, *, swatch: str = "", dashed: bool = False) -> None:
        super().__init__()
        self._swatch = swatch
        self._dashed = dashed
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Another word, such as a new count."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        words = QFontMetrics(THEME.font("body", weight=600)).horizontalAdvance(self.text())
        return QSize(words + 22 + (26 if self._swatch else 0), THEME.scaled(30))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(THEME.colour("accent"), 1))
            painter.setBrush(THEME.colour("accent_tint"))
            painter.drawRoundedRect(box, 4, 4)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(THEME.colour("hover"))
            painter.drawRoundedRect(box, 4, 4)
        left = 11
        if self._swatch:
            self._draw_swatch(painter)
            left += 26
        painter.setFont(THEME.font("body", weight=600 if self.isChecked() else 0))
        painter.setPen(THEME.colour("text"))
        words = self.rect().adjusted(left, 0, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        _draw_focus(painter, self)
        painter.end()

    def _draw_swatch(self, painter: QPainter) -> None:
        place = QRectF(11, self.height() / 2 - 6, 19, 12)
        style = Qt.PenStyle.DashLine if self._dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(THEME.colour(f"{self._swatch}_line"), 1.4, style))
        painter.setBrush(THEME.colour(self._swatch))
        painter.drawRoundedRect(place, 2, 2)


class SearchField(QLineEdit):
    """A field to look for words in, with a glass before them and a cross that takes them out."""

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self.call(name)
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)
        self.setMinimumHeight(THEME.scaled(height))
        self._glass = self.addAction(
            icon("ph.magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition
        )
        cross, glass = self.findChildren(QToolButton)
        cross.setAccessibleName("Take the words out")
        glass.setAccessibleName("Look for the words")

    def call(self, name: str) -> None:
        """Another name, said in the field while it is empty."""
        self.setPlaceholderText(name)
        self.setAccessibleName(name)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._glass.setIcon(icon("ph.magnifying-glass"))


class EmptyPane(QWidget):
    """Says what goes here and how, with at most one button."""

    acted = Signal()

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._sign = Sign(icon_name, "text_3", 40)
        self.title = Words(role="title")
        self.words = Words(colour="text_2")
        self.button = Button("", kind="primary")
        self.button.clicked.connect(self.acted)
        column = QVBoxLayout()
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self.title, self.words):
            # An alignment given to the layout would take the height of one line.
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(column, 6)
        row.addStretch(1)

    def say(self, title: str, words: str, act: str = "", icon_name: str = "") -> None:
        """What goes here; `act` is the button's word, none without."""
        self.title.setText(title)
        self.words.setText(words)
        self.button.setText(act)
        self.button.setAccessibleName(act)
        self.button.setVisible(bool(act))
        self.button.updateGeometry()
        if icon_name:
            self._sign.show_icon(icon_name, "text_3")
        self.setAccessibleName(f"{title}. {words}")


def _draw_focus(painter: QPainter, widget: QWidget) -> None:
    if widget.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(THEME.colour("focus"), 2))
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), 5, 5)
