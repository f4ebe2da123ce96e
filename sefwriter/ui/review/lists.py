"""The two lists of Review: sections with their status, and comments."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from sefwriter.model.ids import CommentId, SectionId
from sefwriter.model.sef import Sef
from sefwriter.model.states import section_status
from sefwriter.ui.theme.paint import draw_state
from sefwriter.ui.theme.theme import SECTION_LOOKS, THEME, KindLook

_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Line:
    """Some words of a row in a font and a colour by role."""

    text: str
    role: str = "body"
    colour: str = "text"
    weight: int = 0

    @property
    def font(self) -> QFont:
        """The font they are in."""
        return THEME.font(self.role, weight=self.weight)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: lines one below the other, then perhaps a state. `id` is the object it is about."""

    id: str
    lines: tuple[Line, ...]
    state: KindLook | None = None

    @property
    def name(self) -> str:
        """What is read aloud."""
        words = [line.text for line in self.lines]
        return ", ".join([*words, *([self.state.word] if self.state else [])])


class Rows(QAbstractListModel):
    """Rows to be drawn by `RowPainter`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Other rows; those that stay where they are keep what is chosen."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
                self.layoutChanged.emit()
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008, D102 - Qt's
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.name
        return None


class RowPainter(QStyledItemDelegate):
    """Draws a row: the chosen one on a tint with a bar, a hairline below each."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: D102
        row: Row = index.data(_ROW)
        box: QRect = option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, THEME.colour("selected"))
            painter.fillRect(QRect(box.topLeft(), QSize(3, box.height())), THEME.colour("accent"))
        painter.setPen(THEME.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        place = box.adjusted(16, 8, -12, -8)
        for line in row.lines:
            painter.setFont(line.font)
            painter.setPen(THEME.colour(line.colour))
            used = QFontMetrics(line.font).boundingRect(place, _WRAP, line.text)
            painter.drawText(place, _WRAP, line.text)
            place.setTop(used.bottom() + 3)
        if row.state:
            place.setHeight(THEME.scaled(18))
            draw_state(painter, place, row.state)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(THEME.colour("focus"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802, D102 - Qt's name
        row: Row = index.data(_ROW)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 260
        room = QRect(0, 0, width - 28, 10_000)
        height = 16
        for line in row.lines:
            height += QFontMetrics(line.font).boundingRect(room, _WRAP, line.text).height() + 2
        return QSize(width, height + (THEME.scaled(18) if row.state else 0))


class _View(QListView):
    """Measures its rows anew when its bar takes room from them, which Qt does too early."""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def list_of_rows(model: Rows, name: str) -> QListView:
    """A view of rows."""
    view = _View()
    view.setModel(model)
    view.setItemDelegate(RowPainter(view))
    view.setAccessibleName(name)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    return view


def section_rows(sef: Sef) -> tuple[Row, ...]:
    """Every section with its number, title and status, and how many comments are open."""
    rows: list[Row] = []
    for number, section in enumerate(sef.sections, 1):
        opened = sum(c.section == section.id and not c.resolved for c in sef.comments)
        lines = [Line(f"{number}  {section.title}", weight=600)]
        if opened:
            lines.append(Line(f"{opened} open comment{'s' * (opened > 1)}", "small", "text_2"))
        rows.append(Row(section.id, tuple(lines), SECTION_LOOKS[section_status(sef, section.id)]))
    return tuple(rows)


def comment_rows(sef: Sef, section: SectionId) -> tuple[Row, ...]:
    """The section's comments, open ones first, each with its answers."""
    found = [item for item in sef.comments if item.section == section]
    found.sort(key=lambda item: (item.resolved, item.when))
    rows: list[Row] = []
    for item in found:
        state = "resolved" if item.resolved else "must be mended" if item.must else ""
        head = ", ".join(
            word for word in (sef.name_of(item.person), day_of(item.when), state) if word
        )
        colour = "error" if item.must and not item.resolved else "text_2"
        lines = [Line(head, "small", colour, 600)]
        if item.quote:
            lines.append(Line(f"“{item.quote}”", "small", "text_2"))
        lines.append(Line(item.text, colour="text_2" if item.resolved else "text"))
        lines += [
            Line(f"{sef.name_of(reply.person)}: {reply.text}", "small", "text_2")
            for reply in item.replies
        ]
        rows.append(Row(CommentId(item.id), tuple(lines)))
    return tuple(rows)


def day_of(when: int) -> str:
    """A moment as a day: 14 November 2026."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(when).date(), "d MMMM yyyy")
