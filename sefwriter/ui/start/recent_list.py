"""The list to carry on from: SEFs opened lately, the last one first."""

import time
from datetime import datetime
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sefwriter.desk.recent import RecentSef
from sefwriter.ui.theme.paint import draw_icon, elided
from sefwriter.ui.theme.theme import THEME

_Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 60
_GAP: Final = 10
_MOST: Final = 5
"""Rows shown before the list scrolls."""


class RecentModel(QAbstractListModel):
    """Recent SEFs; `out_of_reach` are the locations that can't be reached now."""

    def __init__(self) -> None:
        super().__init__()
        self.recents: tuple[RecentSef, ...] = ()
        self.out_of_reach: frozenset[str] = frozenset()

    def show(self, recents: tuple[RecentSef, ...]) -> None:
        """These are the SEFs now."""
        self.beginResetModel()
        self.recents = recents
        self.endResetModel()

    def show_reach(self, out_of_reach: frozenset[str]) -> None:
        """Which of them can't be reached."""
        self.out_of_reach = out_of_reach
        if self.recents:
            self.dataChanged.emit(self.index(0), self.index(len(self.recents) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802, D102 - Qt's
        return 0 if parent.isValid() else len(self.recents)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        recent = self.recents[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return recent
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (recent.name, self.second_line(recent), when_in_words(recent.opened))
            return ", ".join((*parts, self.reach(recent)[0]))
        if role == Qt.ItemDataRole.ToolTipRole:
            return recent.location
        return None

    def second_line(self, recent: RecentSef) -> str:
        """How far the SEF is."""
        if recent.is_demonstration:
            return "Demonstration: look round, change anything"
        return f"{recent.signed} of {recent.sections} sections signed off"

    def reach(self, recent: RecentSef) -> tuple[str, str, str]:
        """Where it lies, as words, icon and colour role."""
        if recent.location in self.out_of_reach:
            return "Folder out of reach", "ph.cloud-slash", "warning"
        if recent.is_demonstration:
            return "On this laptop only", "ph.desktop", "text_2"
        return recent.location, "ph.folder", "text_2"


class RecentDelegate(QStyledItemDelegate):
    """A card for each SEF, with "Open" at its right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802, D102
        del option, index
        return QSize(300, THEME.scaled(_ROW) + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: D102
        model = index.model()
        recent = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(model, RecentModel) or not isinstance(recent, RecentSef):
            return
        box = option.rect.adjusted(1, 1, -1, -_GAP)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(THEME.colour("accent" if chosen else "line"), 1))
        painter.setBrush(THEME.colour("surface"))
        painter.drawRoundedRect(box, 6, 6)
        if focused:
            painter.setPen(QPen(THEME.colour("focus"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        size = THEME.scaled(22)
        middle = box.center().y()
        icon = QRect(box.left() + 16, middle - size // 2, size, size)
        draw_icon(painter, icon, "ph.file-text", "accent")
        button = self._draw_open(painter, box, chosen=chosen)
        left, right = icon.right() + 16, button.left() - 16
        split = left + (right - left) * 11 // 20
        self._two_lines(
            painter,
            QRect(left, box.top(), split - left - 12, box.height()),
            (recent.name, "body_strong", "text"),
            (model.second_line(recent), "small", "text_2"),
        )
        words, name, role = model.reach(recent)
        small = THEME.scaled(14)
        second = box.adjusted(0, box.height() // 2, 0, -6)
        draw_icon(painter, QRect(split, second.center().y() - small // 2, small, small), name, role)
        self._two_lines(
            painter,
            QRect(split, box.top(), right - split, box.height()),
            (when_in_words(recent.opened), "small", "text_2"),
            (words, "small", "text_2"),
            indent=small + 6,
        )
        painter.restore()

    def _draw_open(self, painter: QPainter, box: QRect, *, chosen: bool) -> QRect:
        font = THEME.font("body", weight=600 if chosen else 0)
        keys = THEME.font("small")
        width = QFontMetrics(font).horizontalAdvance("Open") + 24
        if chosen:
            width += QFontMetrics(keys).horizontalAdvance("Enter") + 10
        height = THEME.scaled(28)
        button = QRect(box.right() - 14 - width, box.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen if chosen else QPen(THEME.colour("line_strong"), 1))
        painter.setBrush(THEME.colour("accent" if chosen else "surface"))
        painter.drawRoundedRect(button, 4, 4)
        painter.setPen(THEME.colour("text_on_accent" if chosen else "text"))
        painter.setFont(font)
        align = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(button.adjusted(12, 0, 0, 0), align, "Open")
        if chosen:
            painter.setFont(keys)
            painter.drawText(
                button.adjusted(0, 0, -12, 0), align | Qt.AlignmentFlag.AlignRight, "Enter"
            )
        return button

    def _two_lines(
        self,
        painter: QPainter,
        box: QRect,
        first: tuple[str, str, str],
        second: tuple[str, str, str],
        indent: int = 0,
    ) -> None:
        half = box.height() // 2
        lines = (
            (first, box.adjusted(0, 6, 0, -half), 0),
            (second, box.adjusted(indent, half, 0, -6), indent),
        )
        for (words, font_role, role), place, inset in lines:
            font = THEME.font(font_role)
            painter.setFont(font)
            painter.setPen(THEME.colour(role))
            text = elided(words, QFontMetrics(font), box.width() - inset)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


class RecentList(QListView):
    """As tall as its rows. Enter or one click opens."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Carry on")
        self.setModel(RecentModel())
        self.setItemDelegate(RecentDelegate(self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_recents(self, recents: tuple[RecentSef, ...]) -> None:
        """These SEFs, the first one chosen."""
        model = self.model()
        if isinstance(model, RecentModel):
            model.show(recents)
        shown = min(len(recents), _MOST)
        self.setFixedHeight(shown * (THEME.scaled(_ROW) + _GAP))
        if recents:
            self.setCurrentIndex(self.model().index(0, 0))


def when_in_words(seconds: int) -> str:
    """A time as people say it: "Today 14:02", "12 November", "3 May 2025"."""
    then = datetime.fromtimestamp(seconds)
    today = datetime.fromtimestamp(time.time())
    if then.date() == today.date():
        return f"Today {then:%H:%M}"
    if then.year == today.year:
        return f"{then.day} {then:%B}"
    return f"{then.day} {then:%B %Y}"
