"""The chosen action in full: the claims it follows from, its measure, progress and impact."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sefwriter.desk.evidence_list import NumberedClaim
from sefwriter.model.sef import Action
from sefwriter.model.words import PLAIN
from sefwriter.ui.theme.paint import draw_icon, elided
from sefwriter.ui.theme.theme import CLAIM_LOOKS, THEME
from sefwriter.ui.widgets.pieces import Ground, Words

_Index = QModelIndex | QPersistentModelIndex


class Claims(QAbstractListModel):
    """Claims by number and words: those of an action, or all to choose from."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.claims: tuple[NumberedClaim, ...] = ()

    def show_claims(self, claims: tuple[NumberedClaim, ...]) -> None:
        """Other claims."""
        if claims != self.claims:
            self.beginResetModel()
            self.claims = claims
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008, D102 - Qt's
        return 0 if parent.isValid() else len(self.claims)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        claim = self.claims[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return claim
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return label(claim)
        if role == Qt.ItemDataRole.ToolTipRole:
            return claim.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{claim.number}, {CLAIM_LOOKS[claim.kind].word}, {claim.words}"
        return None


def label(claim: NumberedClaim) -> str:
    """A claim in a line: "4.4 Families in the north wait"."""
    return f"{claim.number} {claim.words}"


class ClaimRows(QStyledItemDelegate):
    """Shape, number, words."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: D102
        claim: NumberedClaim = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        look = CLAIM_LOOKS[claim.kind]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, THEME.colour("selected"))
        size = THEME.scaled(14)
        top = box.center().y() - size // 2
        draw_icon(painter, QRect(box.left() + 6, top, size, size), look.icon, look.role)
        number = THEME.font("body", weight=600)
        painter.setFont(number)
        painter.setPen(THEME.colour("link"))
        place = box.adjusted(size + 14, 0, -4, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, claim.number)
        place.adjust(QFontMetrics(number).horizontalAdvance(claim.number) + 10, 0, 0, 0)
        painter.setFont(THEME.font())
        painter.setPen(THEME.colour("text"))
        words = elided(claim.words, QFontMetrics(THEME.font()), place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(THEME.colour("focus"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802, D102 - Qt's name
        del option, index
        return QSize(200, THEME.scaled(28))


class _Notes(QPlainTextEdit):
    """Several lines, kept when one goes elsewhere."""

    editingFinished = Signal()  # noqa: N815 - as QLineEdit calls it

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.editingFinished.emit()


class _Claims(QListView):
    """Enter goes to the claim, Delete unlinks it."""

    followed = Signal(QModelIndex)
    unlinked = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.followed.emit(index)
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.unlinked.emit(index)
        else:
            super().keyPressEvent(event)


class Detail(Ground):
    """`changed` carries the fields that were changed, `linked` and `unlinked` a claim's id."""

    changed = Signal(dict)
    linked = Signal(str)
    unlinked = Signal(str)
    followed = Signal(object)

    def __init__(self) -> None:
        super().__init__("window", "t")
        self._action: Action | None = None
        self.title = Words("", "title")
        self.says = Words("", "body", "text_2")
        self.claims = Claims(self)
        self.every = Claims(self)
        self.list = _Claims()
        self.list.setModel(self.claims)
        self.list.setItemDelegate(ClaimRows(self.list))
        self.list.setAccessibleName("Claims it follows from; Enter goes there, Delete unlinks")
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setMinimumHeight(THEME.scaled(60))
        self.list.clicked.connect(self._follow)
        self.list.followed.connect(self._follow)
        self.list.unlinked.connect(self._unlink)
        self.link = QLineEdit()
        self.link.setPlaceholderText("Link a claim: its number or words")
        self.link.setAccessibleName("Link a claim: type its number or words")
        completer = QCompleter(self.every, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _: self._link())
        self.link.setCompleter(completer)
        self.link.returnPressed.connect(self._link)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._lay_out()

    def show_action(
        self,
        action: Action | None,
        claims: tuple[NumberedClaim, ...],
        every: tuple[NumberedClaim, ...],
        why_not: str | None,
    ) -> None:
        """Another action, or the same after something changed; what is being typed stays."""
        same = action is not None and self._action is not None and action.id == self._action.id
        self.claims.show_claims(claims)
        self.every.show_claims(every)
        before, self._action = self._action, action
        self.setEnabled(action is not None)
        for name, field in self.fields.items():
            field.setReadOnly(why_not is not None)
            value: str = getattr(action, name) if action else ""
            typed = same and before is not None and _text(field) != getattr(before, name)
            if not typed and _text(field) != value:
                _fill(field, value)
        self.link.setEnabled(why_not is None)
        self.link.setToolTip(why_not or "")
        self.title.setText(f"{action.number}  {action.text}" if action else "New action")
        self.says.setText("")
        if action:
            said = [PLAIN.get(action.status, ""), PLAIN.get(action.rag, ""), action.rag_reason]
            said += [action.owner, PLAIN.get(action.partner, "")]
            self.says.setText(" · ".join(word for word in said if word))

    def save(self) -> None:
        """What was typed and not yet kept is kept now."""
        if self._action is None:
            return
        now = self._action
        given = {
            name: _text(field).strip()
            for name, field in self.fields.items()
            if _text(field).strip() != getattr(now, name)
        }
        if given:
            self.changed.emit(given)

    def _link(self) -> None:
        typed = self.link.text().strip()
        found = [
            claim
            for claim in self.every.claims
            if typed in (claim.number, label(claim)) or (len(typed) > 3 and typed in claim.words)
        ]
        if typed and found:
            self.link.clear()
            self.linked.emit(found[0].id)

    def _unlink(self, index: QModelIndex) -> None:
        self.unlinked.emit(self.claims.claims[index.row()].id)

    def _follow(self, index: QModelIndex) -> None:
        self.followed.emit(self.claims.claims[index.row()])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.title, 3)
        head.addWidget(self.says, 2)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        for place, (head_words, piece) in enumerate(
            (
                ("Comes from", self._from()),
                ("Measure", self._measure()),
                ("Progress", self._notes("progress", "What has been done so far")),
                ("Impact: evidence that it worked", self._notes("impact", "What is different now")),
            )
        ):
            grid.addWidget(Words(head_words, "small", "text_2", weight=600), 0, place)
            grid.addWidget(piece, 1, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid, 1)

    def _from(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.list, 1)
        column.addWidget(self.link)
        return holder

    def _measure(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        pairs = (("measure", "What is counted"), ("baseline", "Was"), ("target", "Shall be"))
        for row, (name, words) in enumerate(pairs):
            field = QLineEdit()
            field.setAccessibleName(words)
            field.editingFinished.connect(self.save)
            self.fields[name] = field
            grid.addWidget(Words(words, "small", "text_2", wrap=False), row, 0)
            grid.addWidget(field, row, 1)
        grid.setRowStretch(len(pairs), 1)
        return holder

    def _notes(self, name: str, placeholder: str) -> QWidget:
        field = _Notes()
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(name.capitalize())
        field.setTabChangesFocus(True)
        field.editingFinished.connect(self.save)
        self.fields[name] = field
        return field


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _fill(field: QLineEdit | QPlainTextEdit, value: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(value)
        field.setCursorPosition(0)
    else:
        field.setPlainText(value)
