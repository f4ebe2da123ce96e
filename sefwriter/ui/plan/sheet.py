"""The table as people use a sheet: its drawing, its editors, its keys."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sefwriter.model.words import PLAIN
from sefwriter.ui.plan.table import COLUMNS, Actions, Cell
from sefwriter.ui.theme.paint import draw_icon, draw_state, elided
from sefwriter.ui.theme.theme import RAG_LOOKS, THEME
from sefwriter.ui.widgets.pieces import Ground

_Index = QModelIndex | QPersistentModelIndex
_NARROW = 1300
"""Px at 100 % below which Partner and Start make room: they stand at the end, to be scrolled to."""

_MAKE_ROOM = ("partner", "start")


class Cells(QStyledItemDelegate):
    """Draws cells and makes their editors."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: D102
        cell: Cell = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        view = option.widget
        current = view.currentIndex() if isinstance(view, QTableView) else QModelIndex()
        chosen = current.row() == index.row()
        painter.save()
        painter.fillRect(box, THEME.colour("selected" if chosen else "surface"))
        if chosen and index.column() == 0:
            painter.fillRect(QRect(box.topLeft(), QSize(3, box.height())), THEME.colour("accent"))
        painter.setPen(THEME.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        self._words(painter, box.adjusted(10, 0, -8, 0), cell, bold=chosen)
        if current == index and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(THEME.colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def _words(self, painter: QPainter, place: QRect, cell: Cell, *, bold: bool) -> None:
        if cell.rag and not cell.refused:
            draw_state(painter, place, RAG_LOOKS[cell.rag], "body")
            return
        role = "text"
        if cell.refused:
            role = "error"
            place = self._sign(painter, place, "ph.warning-octagon-fill", "error")
        elif cell.column.field == "from":
            role = "link"
        elif cell.late:
            role = "error"
        elif cell.lacks and cell.column.field == "measure":
            role = "warning"
            place = self._sign(painter, place, "ph.warning-fill", "warning")
        elif cell.lacks:
            role = "text_3"
        strong = cell.column.field == "number" or (bold and cell.column.field == "text")
        font = THEME.font("body", weight=600 if strong or cell.late or cell.refused else 0)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(THEME.colour(role))
        if cell.late:
            word = THEME.font("small", weight=600)
            room = QFontMetrics(word).horizontalAdvance("late")
            painter.setFont(word)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "late"
            )
            painter.setFont(font)
            place = place.adjusted(0, 0, -room - 6, 0)
        text = elided(" ".join(cell.text.split()), metrics, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _sign(self, painter: QPainter, place: QRect, name: str, role: str) -> QRect:
        size = THEME.scaled(14)
        top = place.center().y() - size // 2 + 1
        draw_icon(painter, QRect(place.left(), top, size, size), name, role)
        return place.adjusted(size + 6, 0, 0, 0)

    def createEditor(  # noqa: N802, D102 - Qt's name
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        del option
        column = COLUMNS[index.column()]
        if not column.choices:
            field = QLineEdit(parent)
            field.setAccessibleName(column.head)
            return field
        box = QComboBox(parent)
        box.setAccessibleName(column.head)
        if column.field != "status":
            box.addItem("None", "")
        for word in column.choices:
            box.addItem(PLAIN[word], word)
        box.activated.connect(lambda _: self._chosen(box))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:  # noqa: N802, D102 - Qt's name
        value = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
            QTimer.singleShot(0, editor, editor.showPopup)
        elif isinstance(editor, QLineEdit):
            editor.setText(value)

    def setModelData(  # noqa: N802, D102 - Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: _Index
    ) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(  # noqa: N802, D102 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        del index
        editor.setGeometry(option.rect.adjusted(1, 1, -1, -1))

    def _chosen(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QAbstractItemDelegate.EndEditHint.SubmitModelCache)


class _Head(QHeaderView):
    """Column heads in small semibold on the sunken ground."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        painter.save()
        painter.fillRect(rect, THEME.colour("sunken"))
        painter.setPen(THEME.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(THEME.font("small", weight=600))
        painter.setPen(THEME.colour("text_2"))
        place = rect.adjusted(10, 0, -4, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, COLUMNS[section].head)
        painter.restore()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(super().sizeHint().width(), THEME.scaled(34))


class Sheet(QTableView):
    """Type to replace, F2 or Enter to edit, Enter down, Tab right, Esc back, Delete to clear.

    Tab leaves behind the last cell, Shift+Tab before the first, and Ctrl+Tab from everywhere.

    `followed` carries a cell without an editor on which Enter was pressed or that was clicked.
    """

    followed = Signal(QModelIndex)

    def __init__(self, model: Actions) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(Cells(self))
        self.setHorizontalHeader(_Head())
        self.setAccessibleName("Actions")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setCornerWidget(Ground("window"))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().hide()
        self.clicked.connect(self._clicked)
        self._size()

    def edit_cell(self, index: QModelIndex) -> None:
        """Goes to a cell and edits it."""
        self.setFocus()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        leaves = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if leaves and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._leave(event.key() == Qt.Key.Key_Tab)
        elif not index.isValid() or editing:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self.followed.emit(index)
        elif event.key() == Qt.Key.Key_Escape and self._model.refusal(index):
            self._model.take_back(index)
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self._model.setData(index, "")
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, D102 - Qt's name
        index, head = self.currentIndex(), self.horizontalHeader()
        row = self._model.rowCount() - 1 if forward else 0
        column = head.logicalIndex(len(COLUMNS) - 1 if forward else 0)
        if index.isValid() and (index.row(), index.column()) != (row, column):
            return super().focusNextPrevChild(forward)
        return self._leave(forward)

    def _leave(self, forward: bool) -> bool:
        """Tab goes to the next field of the screen, which Qt's table would never let it."""
        self.setTabKeyNavigation(False)
        gone = super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)
        return gone

    def closeEditor(  # noqa: N802, D102 - Qt's name
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        index = self.currentIndex()
        super().closeEditor(editor, hints.NoHint)
        if self._model.draft is not None and not self._model.has_words:
            self._model.end_draft()
            return
        move = {
            hints.SubmitModelCache: QAbstractItemView.CursorAction.MoveDown,
            hints.EditNextItem: QAbstractItemView.CursorAction.MoveRight,
            hints.EditPreviousItem: QAbstractItemView.CursorAction.MoveLeft,
        }.get(hint)
        if move is not None and not self._model.refusal(index):
            self.setCurrentIndex(self.moveCursor(move, Qt.KeyboardModifier.NoModifier))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._size()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _size(self) -> None:
        self.verticalHeader().setDefaultSectionSize(THEME.scaled(36))
        narrow = self.width() < THEME.scaled(_NARROW)
        head, last = self.horizontalHeader(), len(COLUMNS) - 1
        left = self.viewport().width()
        for number, column in enumerate(COLUMNS):
            if column.width:
                self.setColumnWidth(number, THEME.scaled(column.width))
            if column.field not in _MAKE_ROOM or not narrow:
                left -= THEME.scaled(column.width)
        for number, column in enumerate(COLUMNS):
            if column.field in _MAKE_ROOM:
                head.moveSection(head.visualIndex(number), last if narrow else number)
        self.setColumnWidth(1, max(THEME.scaled(180), left))

    def _clicked(self, index: QModelIndex) -> None:
        if COLUMNS[index.column()].field == "from":
            self.followed.emit(index)
