"""The right of Pack: what is wrong, how to mend it, and what somebody answers for by name."""

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
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from sefwriter.desk.exporting import standing_errors
from sefwriter.model.checks import Check
from sefwriter.ui.theme.paint import draw_icon
from sefwriter.ui.theme.theme import LEVEL_LOOKS, THEME
from sefwriter.ui.widgets.pieces import Button, Ground, Words

_Index = QModelIndex | QPersistentModelIndex
_CHECK = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap


class Checks(QAbstractListModel):
    """The checks, errors first, with the reasons given for some."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.checks: tuple[Check, ...] = ()
        self.reasons: dict[str, str] = {}

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """Other checks; hints can't stop a pack and stay away."""
        self.beginResetModel()
        self.checks = tuple(check for check in checks if check.level != "hint")
        self.endResetModel()

    def override(self, check: str, reason: str) -> None:
        """A reason why all errors of this check may stand; "" takes it back."""
        if reason:
            self.reasons[check] = reason
        else:
            self.reasons.pop(check, None)
        if self.checks:
            self.dataChanged.emit(self.index(0), self.index(len(self.checks) - 1))
            self.layoutChanged.emit()

    @property
    def overrides(self) -> tuple[str, ...]:
        """The reasons as an export wants them."""
        return tuple(f"{check}={reason}" for check, reason in self.reasons.items())

    def standing(self) -> tuple[Check, ...]:
        """The errors that nobody answers for."""
        return standing_errors(self.checks, self.overrides)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008, D102 - Qt's
        return 0 if parent.isValid() else len(self.checks)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        check = self.checks[index.row()]
        reason = self.reasons.get(check.check, "") if check.level == "error" else ""
        if role == _CHECK:
            return check, reason
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{LEVEL_LOOKS[check.level].word}, {check.message}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return f"Overridden: {reason}" if reason else check.fix
        if role == Qt.ItemDataRole.DisplayRole:
            return check.message
        return None


class CheckRows(QStyledItemDelegate):
    """Shape, what is wrong, and below it what to do or who answers for it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: D102
        check, reason = index.data(_CHECK)
        box: QRect = option.rect  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(box, THEME.colour("selected"))
            painter.fillRect(QRect(box.topLeft(), QSize(3, box.height())), THEME.colour("accent"))
        painter.setPen(THEME.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        look = LEVEL_LOOKS[check.level]
        size = THEME.scaled(16)
        sign = QRect(box.left() + 14, box.top() + 12, size, size)
        draw_icon(painter, sign, "ph.user-circle-fill" if reason else look.icon, look.role)
        words = box.adjusted(_inset(), 10, -12, -8)
        painter.setFont(THEME.font("body", weight=600))
        painter.setPen(THEME.colour("text"))
        used = painter.drawText(words, _WRAP, check.message)
        painter.setFont(THEME.font("small"))
        painter.setPen(THEME.colour("text_2"))
        words.setTop(used.bottom() + 4)  # type: ignore[union-attr]
        painter.drawText(words, _WRAP, second_line(check, reason))
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(THEME.colour("focus"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802, D102 - Qt's name
        check, reason = index.data(_CHECK)
        view = option.widget  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 340
        room = QRect(0, 0, width - _inset() - 12, 10_000)
        height = 22
        for text, font in (
            (check.message, THEME.font("body", weight=600)),
            (second_line(check, reason), THEME.font("small")),
        ):
            height += QFontMetrics(font).boundingRect(room, _WRAP, text).height()
        return QSize(width, height + 4)


def second_line(check: Check, reason: str) -> str:
    """What to do about it, or why it may stand."""
    return f"Overridden: {reason}" if reason else check.fix


def _inset() -> int:
    return THEME.scaled(16) + 24


class Gate(Ground):
    """What stands between the SEF and a final pack. `go` carries the check to go to."""

    go = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__("window", "l")
        self.model = Checks(self)
        self._count = Words("", "small", "error", wrap=False, weight=600)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(CheckRows(self.list))
        self.list.setAccessibleName("What is wrong")
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(False)
        self.list.selectionModel().currentChanged.connect(self._chose)
        self.list.doubleClicked.connect(self._go)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self._go)
        self.go_button = Button("Go to it", "ph.arrow-right", keys="Enter")
        self.go_button.clicked.connect(self._go)
        self._why = Words("", "small", "text_2", weight=600)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Why it may stand")
        self.reason.setPlaceholderText("Why it may stand")
        self.reason.returnPressed.connect(self._override)
        self.override_button = Button("Override", "ph.user-circle")
        self.override_button.clicked.connect(self._override)
        self._told = Words(
            "An override stands in the pack's manifest, with your name and the reason.",
            "small",
            "text_2",
        )
        self._below = Ground("window", "t")
        self._lay_out()
        self.show_checks(())

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """Other checks; the chosen one stays chosen while it is there."""
        chosen = self.chosen()
        self.model.show_checks(checks)
        rows = [row for row, check in enumerate(self.model.checks) if check == chosen]
        if self.model.checks:
            self.list.setCurrentIndex(self.model.index(rows[0] if rows else 0))
        self._tell()

    def chosen(self) -> Check | None:
        """The check that is chosen."""
        row = self.list.currentIndex().row()
        return self.model.checks[row] if 0 <= row < len(self.model.checks) else None

    def _tell(self) -> None:
        levels = [check.level for check in self.model.checks]
        errors, warnings = levels.count("error"), levels.count("warning")
        said = [
            f"{n} {word}{'s' * (n > 1)}"
            for n, word in ((errors, "error"), (warnings, "warning"))
            if n
        ]
        self._count.setText(", ".join(said) or "Nothing is wrong")
        self._count.show_in("error" if errors else "warning" if warnings else "ok")
        self._chose()

    def _chose(self) -> None:
        check = self.chosen()
        error = check is not None and check.level == "error"
        self._below.setVisible(check is not None)
        for piece in (self._why, self.reason, self.override_button, self._told):
            piece.setVisible(error)
        if check is not None:
            alike = sum(other.check == check.check for other in self.model.checks)
            answered = self.model.reasons.get(check.check, "")
            self._why.setText(
                f"Answer for all {alike} of this kind" if alike > 1 else "Answer for it"
            )
            self.reason.setText(answered)
            self.override_button.setText("Change" if answered else "Override")

    def _go(self) -> None:
        check = self.chosen()
        if check is not None:
            self.go.emit(check)

    def _override(self) -> None:
        check = self.chosen()
        if check is not None and check.level == "error":
            self.model.override(check.check, self.reason.text().strip())
            self._chose()
            self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.addWidget(Words("Before it leaves", "title", wrap=False))
        head.addStretch(1)
        head.addWidget(self._count)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(16, 12, 16, 12)
        below.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.go_button)
        row.addStretch(1)
        below.addLayout(row)
        below.addWidget(self._why)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(self.override_button)
        below.addLayout(row)
        below.addWidget(self._told)
        self.reason.setMinimumHeight(THEME.scaled(32))
        column.addWidget(self._below)
