"""Claims in a list: kind, number, words, and at the right a page. For facts and for choosing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sefwriter.desk.evidence_list import NumberedClaim
from sefwriter.ui.evidence.list_delegate import ink
from sefwriter.ui.theme.paint import draw_icon, elided
from sefwriter.ui.theme.theme import CLAIM_LOOKS, THEME

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole + 1

STATE_WORDS = {
    "moved": "moved",
    "changed": "words changed",
    "gone": "words gone",
    "not-read": "not read yet",
}
"""Where a passage stands, where that needs to be said."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim, and the place in evidence it rests on; without a passage it is only to choose."""

    claim: NumberedClaim
    passage: str = ""
    page: int = 0
    state: str = ""

    @property
    def where(self) -> str:
        """The page, as people say it."""
        return f"p.{self.page}" if self.page else ""


class ClaimModel(QAbstractListModel):
    """Rows of claims."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[ClaimRow] = ()

    def show_rows(self, rows: Sequence[ClaimRow]) -> None:
        """Other rows."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, index: Index) -> ClaimRow | None:
        """The row at an index."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802, D102 - Qt's
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        row = self.row(index)
        if row is None:
            return None
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.claim.number} {row.claim.words}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            kind = CLAIM_LOOKS[row.claim.kind].word
            page = f"page {row.page}" if row.page else ""
            state = STATE_WORDS.get(row.state, "")
            parts = (f"Claim {row.claim.number}", kind, row.claim.words, page, state)
            return ", ".join(part for part in parts if part)
        return None


class ClaimDelegate(QStyledItemDelegate):
    """One line a claim; a second says what became of its passage."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802, D102
        two = index.data(_ROW).state in STATE_WORDS
        return QSize(0, THEME.scaled(46 if two else 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        painter.save()
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, THEME.colour("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, THEME.colour("hover"))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        _draw_row(painter, rect, index.data(_ROW), chosen=chosen)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(THEME.colour("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()


def _draw_row(painter: QPainter, rect: QRect, row: ClaimRow, *, chosen: bool) -> None:
    look = CLAIM_LOOKS[row.claim.kind]
    size, line = THEME.scaled(13), THEME.scaled(30)
    top = QRect(rect.left() + 6, rect.top(), rect.width() - 12, line)
    mark = QRect(top.left(), top.top() + (line - size) // 2, size, size)
    draw_icon(painter, mark, look.icon, ink(look.role, chosen=chosen))
    strong, body = THEME.font("body", weight=600), THEME.font("body")
    painter.setFont(strong)
    painter.setPen(THEME.colour(ink("text", chosen=chosen)))
    left = size + 8
    painter.drawText(top.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.claim.number)
    if row.claim.number:
        left += max(THEME.scaled(30), QFontMetrics(strong).horizontalAdvance(row.claim.number) + 8)
    metrics = QFontMetrics(body)
    painter.setFont(body)
    right = metrics.horizontalAdvance(row.where)
    words = top.adjusted(left, 0, -right - 8, 0)
    text = elided(row.claim.words, metrics, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
    painter.setPen(THEME.colour(ink("link", chosen=chosen)))
    end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(top, end, row.where)
    if row.state in STATE_WORDS:
        painter.setFont(THEME.font("small"))
        role = "text_2" if row.state == "not-read" else "warning"
        painter.setPen(THEME.colour(ink(role, chosen=chosen)))
        low = QRect(
            top.left() + left, top.bottom() - 7, top.width() - left, rect.height() - line + 4
        )
        painter.drawText(low, Qt.AlignmentFlag.AlignVCenter, STATE_WORDS[row.state].capitalize())


def page_hit(view: QListView, index: Index, x: int) -> bool:
    """Whether a click at x falls on a row's page rather than on its claim."""
    row = index.data(_ROW)
    width = QFontMetrics(THEME.font("body")).horizontalAdvance(row.where) + 14
    return bool(row.where) and x > view.viewport().width() - width


_View = TypeVar("_View", bound=QListView)


def dressed(view: _View, name: str) -> _View:
    """A list view without a frame, named."""
    view.setItemDelegate(ClaimDelegate(view))
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    view.setAccessibleName(name)
    view.viewport().setAutoFillBackground(False)
    return view
