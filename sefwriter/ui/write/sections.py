"""The list of sections: number, title, state, and what needs attention."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sefwriter.desk.writing import SectionRow
from sefwriter.ui.theme.icons import icon
from sefwriter.ui.theme.paint import draw_state
from sefwriter.ui.theme.theme import SECTION_LOOKS, THEME
from sefwriter.ui.widgets.pieces import Ground, Words

_Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
_LEFT: Final = 42
"""Where titles begin, in px."""

_MENU: Final = "Alt+Up and Alt+Down move a section, F2 gives it another title."


def said(row: SectionRow) -> str:
    """A row in words, as a screen reader says it."""
    parts = [str(row.number), row.title, SECTION_LOOKS[row.status].word, attention(row), row.owner]
    return ", ".join(part for part in parts if part)


def attention(row: SectionRow) -> str:
    """What of a section needs somebody: "2 errors", "1 comment"; "" for nothing."""
    if row.errors:
        return f"{row.errors} error{'s' * (row.errors > 1)}"
    return f"{row.comments} comment{'s' * (row.comments > 1)}" if row.comments else ""


class SectionModel(QAbstractListModel):
    """The sections of a SEF in their order."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[SectionRow] = ()

    def show_rows(self, rows: Sequence[SectionRow]) -> None:
        """Other rows; the view keeps its place where the sections are the same."""
        same = [row.id for row in rows] == [row.id for row in self.rows]
        if same:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:  # noqa: D102 - Qt's name
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{row.number} {row.title}"
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return said(row)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return f"{row.words} words. {_MENU}"
            case _:
                return row if role == ROW else None


class SectionDelegate(QStyledItemDelegate):
    """Title on up to two lines, then state by shape and word, and what needs attention."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802, D102
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 214
        lines = 1 if self._lines(index.data(ROW).title, width) == 1 else 2
        return QSize(width, THEME.scaled(42 if lines == 1 else 62))

    def _lines(self, title: str, width: int) -> int:
        metrics = QFontMetrics(THEME.font("body", weight=600))
        room = metrics.boundingRect(0, 0, width - _LEFT - 12, 999, Qt.TextFlag.TextWordWrap, title)
        return 1 if room.height() <= metrics.lineSpacing() else 2

    def paint(  # noqa: D102 - Qt's name
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        row: SectionRow = index.data(ROW)
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, state)
        painter.setPen(THEME.colour("text" if chosen else "text_2"))
        painter.setFont(THEME.font("small"))
        number = QRect(rect.left() + 8, rect.top() + 3, _LEFT - 16, THEME.scaled(20))
        painter.drawText(
            number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(row.number)
        )
        left, width = rect.left() + _LEFT, rect.width() - _LEFT - 12
        painter.setPen(THEME.colour("text"))
        painter.setFont(THEME.font("body", weight=600 if chosen else 0))
        title = QRect(left, rect.top() + 3, width, rect.height() - THEME.scaled(22))
        painter.drawText(title, Qt.TextFlag.TextWordWrap, row.title)
        below = QRect(left, rect.bottom() - THEME.scaled(21), width, THEME.scaled(18))
        taken = draw_state(painter, below, SECTION_LOOKS[row.status], "caption")
        needs = attention(row)
        if needs:
            font = THEME.font("caption", weight=600)
            if taken + QFontMetrics(font).horizontalAdvance(needs) + 8 > width:
                needs = needs.split(" ")[0]
            painter.setFont(font)
            painter.setPen(THEME.colour("error" if row.errors else "text_2"))
            painter.drawText(
                below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, needs
            )
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        box = QRectF(rect).adjusted(6, 1, -6, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(THEME.colour("selected"))
            painter.drawRoundedRect(box, 6, 6)
            painter.setBrush(THEME.colour("accent"))
            painter.drawRoundedRect(
                QRectF(box.left(), box.top() + 9, 3, box.height() - 18), 1.5, 1.5
            )
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(THEME.colour("focus"), 2))
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(THEME.colour("hover"))
            painter.drawRoundedRect(box, 6, 6)

    def createEditor(  # noqa: N802, D102 - Qt's name
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(f"Title of section {index.data(ROW).number}")
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802, D102
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(ROW).title)
            editor.selectAll()

    def setModelData(  # noqa: N802, D102 - Qt's name
        self, editor: QWidget, _model: QAbstractItemModel, index: _Index
    ) -> None:
        view = self.parent()
        if isinstance(editor, QLineEdit) and isinstance(view, SectionView):
            view.renamed.emit(index.data(ROW).id, editor.text().strip())

    def updateEditorGeometry(  # noqa: N802, D102 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(rect.adjusted(_LEFT - 8, 2, -8, -(rect.height() - THEME.scaled(32))))


class SectionView(QListView):
    """The list itself, with its keys."""

    renamed = Signal(str, str)
    move_wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Sections")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.setItemDelegate(SectionDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(self.currentIndex().data(ROW).id, step)
            return
        super().keyPressEvent(event)


class SectionList(Ground):
    """The pane on the left: heading, filter and list. `chosen` tells of the section's id."""

    chosen = Signal(str)
    renamed = Signal(str, str)
    move_wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__("window")
        self.setAccessibleName("Sections")
        self._count = Words("", "small", "text_2", wrap=False)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setAccessibleName("Filter the sections")
        self.filter.setClearButtonEnabled(True)
        self._funnel = self.filter.addAction(
            icon("ph.funnel"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.model = SectionModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self.model)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view = SectionView()
        self.view.setModel(self._shown)
        self._silent = False
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 14, 4)
        head.addWidget(Words("Sections", "title", wrap=False))
        head.addStretch(1)
        head.addWidget(self._count)
        field = QHBoxLayout()
        field.setContentsMargins(14, 2, 14, 6)
        field.addWidget(self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(field)
        column.addWidget(self.view, 1)
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self.view.setFocus)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.renamed.connect(self.renamed)
        self.view.move_wanted.connect(self.move_wanted)

    def show_rows(self, rows: Sequence[SectionRow], current: str) -> None:
        """The sections, with this one chosen."""
        signed = sum(row.status == "signed-off" for row in rows)
        self._count.setText(f"{signed} of {len(rows)} signed off")
        self._silent = True
        self.model.show_rows(rows)
        self._silent = False
        self.choose(current)

    def choose(self, section: str) -> None:
        """Chooses a section without telling of it."""
        for number, row in enumerate(self.model.rows):
            if row.id == section:
                index = self._shown.mapFromSource(self.model.index(number))
                if index.isValid() and index != self.view.currentIndex():
                    self._silent = True
                    self.view.setCurrentIndex(index)
                    self._silent = False

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._funnel.setIcon(icon("ph.funnel"))

    def _filter(self, words: str) -> None:
        self._silent = True
        self._shown.setFilterFixedString(words)
        self._silent = False

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not self._silent and index.isValid():
            self.chosen.emit(index.data(ROW).id)
