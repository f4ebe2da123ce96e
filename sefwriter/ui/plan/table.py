"""The actions as a table model: what each cell shows, takes and refuses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from sefwriter.desk.evidence_list import NumberedClaim, numbered_claims
from sefwriter.model.acts import Act, why_not
from sefwriter.model.acts.plan import AddAction, SetAction
from sefwriter.model.ids import ClaimId, PersonId
from sefwriter.model.planning import (
    actions_with,
    date_from_words,
    is_late,
    long_date,
    measure_words,
    short_date,
)
from sefwriter.model.sef import Action, Sef
from sefwriter.model.words import ACTION_STATUSES, PARTNERS, PLAIN, PRIORITIES, RAGS

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its field of the action ("" for none), head, width in px at 100 %, and words."""

    field: str
    head: str
    width: int
    choices: tuple[str, ...] = ()


COLUMNS: Final = (
    Column("number", "No.", 54),
    Column("text", "Action", 0),
    Column("from", "From", 84),
    Column("owner", "Owner", 150),
    Column("partner", "Partner", 104, PARTNERS),
    Column("start", "Start", 72),
    Column("due", "Due", 104),
    Column("priority", "Priority", 78, PRIORITIES),
    Column("status", "Status", 104, ACTION_STATUSES),
    Column("rag", "RAG", 90, RAGS),
    Column("measure", "Measure", 176),
)
"""In the order of the table; the one with width 0 takes what is left."""

_DATES: Final = ("start", "due")
_FIXED: Final = ("number", "from", "measure")
_NEW: Final = ("", "text")
"""The key of the words of an action that isn't one yet."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A value on its way to the ledger, or refused with a sentence; it stays in its cell."""

    text: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """All that a delegate needs to draw a cell."""

    column: Column
    text: str
    refused: str = ""
    late: bool = False
    rag: str = ""
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An action that has no words yet. `claim` is what it follows from, "" for none."""

    claim: str = ""
    partner: str = ""


@dataclass
class _State:
    """What the table shows now."""

    sef: Sef | None = None
    me: str = ""
    actions: tuple[Action, ...] = ()
    claims: Mapping[ClaimId, NumberedClaim] = field(default_factory=dict[ClaimId, NumberedClaim])
    comes_from: Mapping[str, tuple[NumberedClaim, ...]] = field(
        default_factory=dict[str, tuple[NumberedClaim, ...]]
    )


class Actions(QAbstractTableModel):
    """`do` is given an act, what follows it, and who hears why it was refused."""

    told = Signal()
    added = Signal(str)

    def __init__(
        self,
        do: Callable[[Act, Callable[[], None], Callable[[str], None]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._do = do
        self._now = _State()
        self._refusal: str | None = "No SEF is open."
        self._words = ""
        self._waiting: dict[tuple[str, str], Waiting] = {}
        self.draft: Draft | None = None

    # -- what is shown

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions shown, from the top."""
        return self._now.actions

    @property
    def claims(self) -> Mapping[ClaimId, NumberedClaim]:
        """Every claim that stands in the text, with its number."""
        return self._now.claims

    def claims_of(self, action: str) -> tuple[NumberedClaim, ...]:
        """The claims an action follows from, in reading order."""
        return self._now.comes_from.get(action, ())

    def claims_of_draft(self) -> tuple[NumberedClaim, ...]:
        """The claim that a new action will follow from, if there is one."""
        claim = self.draft.claim if self.draft else ""
        found = self.claims.get(ClaimId(claim))
        return (found,) if found else ()

    def show_sef(self, sef: Sef, me: PersonId) -> None:
        """The actions of this state of the SEF."""
        claims = numbered_claims(sef)
        linked = {(link.action, link.claim) for link in sef.links}
        comes_from: dict[str, tuple[NumberedClaim, ...]] = {
            action.id: tuple(c for c in claims.values() if (action.id, c.id) in linked)
            for action in sef.actions
        }
        self._show(_State(sef, me, actions_with(sef.actions, self._words), claims, comes_from))

    def filter(self, words: str) -> None:
        """Shows only the actions with these words."""
        self._words = words
        now = self._now
        if now.sef:
            shown = actions_with(now.sef.actions, words)
            self._show(_State(now.sef, now.me, shown, now.claims, now.comes_from))

    def _show(self, state: _State) -> None:
        same = [a.id for a in state.actions] == [a.id for a in self._now.actions]
        if not same:
            self.beginResetModel()
        self._now = state
        # Asked once a state: every cell's flags want to know, and there are thousands.
        self._refusal = (
            why_not(state.sef, PersonId(state.me), AddAction(text="…"))
            if state.sef
            else "No SEF is open."
        )
        if not same:
            self.endResetModel()
        elif self.rowCount():
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, len(COLUMNS) - 1)
            )

    def row_of(self, action: str) -> int:
        """Where an action stands; -1 where it isn't shown."""
        return next((row for row, found in enumerate(self.actions) if found.id == action), -1)

    def action_at(self, index: _Index) -> Action | None:
        """The action of a row; None for the draft's."""
        return self.actions[index.row()] if 0 <= index.row() < len(self.actions) else None

    def refusal(self, index: _Index) -> str:
        """Why the value in a cell was refused; "" where it wasn't."""
        found = self._waiting.get(self._key(index))
        return found.sentence if found else ""

    def take_back(self, index: _Index) -> None:
        """A refused value goes, and what was there before is shown again."""
        self._waiting.pop(self._key(index), None)
        self._tell(index)

    # -- a new action

    def begin(self, draft: Draft) -> QModelIndex:
        """A row for a new action at the end; the cell that wants its words."""
        if self.draft is None:
            self.beginInsertRows(QModelIndex(), len(self.actions), len(self.actions))
            self.draft = draft
            self.endInsertRows()
        return self.index(len(self.actions), 1)

    @property
    def has_words(self) -> bool:
        """Whether words for the new action were typed, on their way or refused."""
        return _NEW in self._waiting

    def end_draft(self) -> None:
        """The row without words goes."""
        if self.draft is not None:
            self.beginRemoveRows(QModelIndex(), len(self.actions), len(self.actions))
            self.draft = None
            self._waiting.pop(_NEW, None)
            self.endRemoveRows()

    # -- Qt's questions

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008, D102 - Qt's
        return 0 if parent.isValid() else len(self.actions) + (self.draft is not None)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008, D102 - Qt's
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802, D102 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].head
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:  # noqa: D102
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = COLUMNS[index.column()]
        action = self.action_at(index)
        if action is None:
            return found | Qt.ItemFlag.ItemIsEditable if column.field == "text" else found
        if column.field not in _FIXED and not self.why_not_edit():
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def why_not_edit(self) -> str | None:
        """Why nothing can be changed here, as a sentence."""
        return self._refusal

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        column = COLUMNS[index.column()]
        action = self.action_at(index)
        waiting = self._waiting.get(self._key(index))
        if role == Qt.ItemDataRole.UserRole:
            return self._cell(column, action, waiting)
        if role == Qt.ItemDataRole.EditRole:
            return waiting.text if waiting else self._edited(column, action)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(column, action, waiting).text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return (waiting.sentence if waiting else "") or self._long(column, action)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            number = action.number if action else "New action"
            words = (waiting.text if waiting else "") or self._long(column, action) or "empty"
            late = ", late" if self._cell(column, action, waiting).late else ""
            can = ", editable" if self.flags(index) & Qt.ItemFlag.ItemIsEditable else ""
            return f"{number}, {column.head}, {words}{late}{can}"
        return None

    def setData(  # noqa: N802, D102 - Qt's name
        self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.EditRole or self._now.sef is None:
            return False
        text, column = str(value).strip(), COLUMNS[index.column()]
        action = self.action_at(index)
        if action is None:
            self._add(text)
            return True
        if text == self._edited(column, action):
            self.take_back(index)
            return True
        kept = date_from_words(text) if column.field in _DATES else text
        if kept is None:
            sentence = f"“{text}” is no date. Write it as 31 January 2027 or 31/1/27."
            self._refuse(index, text, sentence)
            return True
        # Both dates are told, so that one is judged beside the other; what stays changes nothing.
        fields = {"start": action.start, "due": action.due} if column.field in _DATES else {}
        act = SetAction(action=action.id, **{**fields, column.field: kept})
        refused = why_not(self._now.sef, PersonId(self._now.me), act)
        if refused:
            self._refuse(index, text, refused)
            return True
        key = self._key(index)
        self._waiting[key] = Waiting(text)
        self._do(act, lambda: self._came(key), lambda said: self._refuse_key(key, text, said))
        self._tell(index)
        return True

    # -- inside

    def _add(self, text: str) -> None:
        draft = self.draft or Draft()
        if not text:
            return  # the row goes when its editor has gone
        act = AddAction(text=text, claim=draft.claim, partner=draft.partner)
        self._waiting[_NEW] = Waiting(text)

        def came() -> None:
            self.end_draft()
            self.added.emit(act.action)

        self._do(act, came, lambda said: self._refuse_key(_NEW, text, said))

    def _key(self, index: _Index) -> tuple[str, str]:
        action = self.action_at(index)
        return (action.id if action else "", COLUMNS[index.column()].field)

    def _came(self, key: tuple[str, str]) -> None:
        self._waiting.pop(key, None)
        self.told.emit()

    def _refuse(self, index: _Index, text: str, sentence: str) -> None:
        self._refuse_key(self._key(index), text, sentence)

    def _refuse_key(self, key: tuple[str, str], text: str, sentence: str) -> None:
        self._waiting[key] = Waiting(text, sentence)
        self.told.emit()

    def _tell(self, index: _Index) -> None:
        self.dataChanged.emit(index, index)
        self.told.emit()

    def _cell(self, column: Column, action: Action | None, waiting: Waiting | None) -> Cell:
        if waiting:
            shown = PLAIN.get(waiting.text, waiting.text) if column.choices else waiting.text
            return Cell(column, shown, refused=waiting.sentence)
        if action is None:
            words = {"number": "New", "text": "What shall be done?"}.get(column.field, "")
            return Cell(column, words, lacks=column.field == "text")
        late = column.field == "due" and is_late(action, date.today().isoformat())
        text = self._shown(column, action)
        return Cell(
            column,
            text or ("No measure" if column.field == "measure" else ""),
            late=late,
            rag=action.rag if column.field == "rag" else "",
            lacks=column.field == "measure" and not text,
        )

    def _shown(self, column: Column, action: Action) -> str:
        if column.field == "from":
            return ", ".join(claim.number for claim in self.claims_of(action.id))
        if column.field == "measure":
            return measure_words(action)
        value: str = getattr(action, column.field)
        if column.field in _DATES:
            return short_date(value)
        return PLAIN.get(value, value) if column.choices else value

    def _edited(self, column: Column, action: Action | None) -> str:
        """What an editor begins with: dates in full, choices as their stored words."""
        if action is None or column.field in _FIXED:
            return ""
        value: str = getattr(action, column.field)
        return long_date(value) if column.field in _DATES else value

    def _long(self, column: Column, action: Action | None) -> str:
        if action is None:
            return ""
        if column.field in _DATES:
            return long_date(getattr(action, column.field))
        if column.field == "from":
            claims = self.claims_of(action.id)
            return "\n".join(f"{claim.number} {claim.words}" for claim in claims)
        return self._shown(column, action)
