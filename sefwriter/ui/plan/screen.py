"""The screen Plan: edit in the sheet, think below."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from sefwriter.desk.evidence_list import NumberedClaim
from sefwriter.desk.project import Project
from sefwriter.desk.signing import person_at_desk
from sefwriter.model.acts import Act
from sefwriter.model.acts.plan import (
    AddAction,
    DeleteAction,
    LinkAction,
    SetAction,
    UnlinkAction,
)
from sefwriter.model.ids import ActionId, ClaimId
from sefwriter.model.planning import is_done, is_late
from sefwriter.model.sef import Action
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.plan.detail import Detail
from sefwriter.ui.plan.sheet import Sheet
from sefwriter.ui.plan.table import COLUMNS, Actions, Draft
from sefwriter.ui.screen import Navigator, Screen
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.empty import EmptyState
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Words


@dataclass(frozen=True, slots=True)
class _Deleted:
    """An action that was deleted, with what it followed from: enough to bring it back."""

    action: Action
    claims: tuple[ClaimId, ...]


class PlanScreen(Screen):
    """The action plan as a sheet, and the chosen action below it."""

    name = "plan"
    word = "Plan"
    icon_name = "ph.clipboard-text"

    def __init__(self, bridge: Bridge, navigator: Navigator, parent: QWidget | None = None) -> None:
        super().__init__(bridge, navigator, parent)
        self.model = Actions(self._do, self)
        self.sheet = Sheet(self.model)
        self.detail = Detail()
        self.says = Words("", "body", "text_2")
        self.shown = Words("", "small", "text_2", wrap=False)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter actions")
        self.filter.setAccessibleName("Filter actions by words")
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(THEME.scaled(280))
        self.new = Button("New action", "ph.plus", "primary", "Ctrl+N")
        self.delete = Button("Delete action", "ph.trash", "ghost")
        self.refusal = Message()
        self.message = Message()
        self._empty = EmptyState(
            "ph.clipboard-text",
            "No actions yet",
            "An action says what shall be done about a claim, by whom, by when, and how one will "
            "see that it worked.",
        )
        self._deleted: _Deleted | None = None
        self._chosen = ""
        self._lay_out()
        self.filter.textChanged.connect(self._filter)
        self.new.clicked.connect(self._begin)
        self.delete.clicked.connect(self._delete)
        self.message.acted.connect(self._undo)
        self.sheet.selectionModel().currentChanged.connect(self._chose)
        self.sheet.followed.connect(self._follow)
        self.model.told.connect(self._tell)
        self.model.added.connect(self._added)
        self.detail.changed.connect(self._set)
        self.detail.linked.connect(self._link)
        self.detail.unlinked.connect(self._unlink)
        self.detail.followed.connect(self._to_claim)
        self._new_action = self._action("New action", "Ctrl+N", self.new.click)
        self._delete_action = self._action("Delete action", "Ctrl+Del", self.delete.click)
        fold = QShortcut(QKeySequence("F4"), self)
        fold.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        fold.activated.connect(lambda: self.detail.setVisible(self.detail.isHidden()))

    # -- what a screen does

    def refresh(self, touched: frozenset[str]) -> None:
        """The actions as they are now; what is being edited stays."""
        del touched  # a claim's number may change with any section
        sef = self.bridge.sef
        chosen, column = self._chosen, max(1, self.sheet.currentIndex().column())
        self.model.show_sef(sef, person_at_desk(sef, self.bridge.desk))
        row = self.model.row_of(chosen)
        if not self.sheet.currentIndex().isValid() and self.model.rowCount():
            self.sheet.setCurrentIndex(self.model.index(max(row, 0), column))
        self._tell()

    def show_place(self, place: Mapping[str, object]) -> None:
        """An action, or a new one for a claim."""
        claim = str(place.get("claim", ""))
        if claim:
            self.begin(ClaimId(claim))
        elif place.get("action"):
            self.filter.clear()
            self._choose(str(place["action"]))

    def leave(self) -> None:
        """What was typed below is kept."""
        self.detail.save()

    def menu_actions(self) -> Mapping[str, list[QAction]]:
        """New action in Insert, Delete in Edit."""
        return {"Insert": [self._new_action], "Edit": [self._delete_action]}

    def begin(self, claim: ClaimId | None = None) -> None:
        """A row for a new action, its words to be typed."""
        refused = self.model.why_not_edit()
        if refused:
            self.message.say(refused)
            return
        known = self.bridge.sef.claims.get(claim) if claim else None
        partner = known.partners[0] if known and len(known.partners) == 1 else ""
        self.filter.clear()
        index = self.model.begin(Draft(known.id if known else "", partner))
        self._show_empty()
        self.sheet.edit_cell(index)

    def _begin(self) -> None:
        self.begin()

    # -- choosing

    def _choose(self, action: str) -> None:
        row = self.model.row_of(action)
        if row >= 0:
            self._chosen = action
            self.sheet.setCurrentIndex(self.model.index(row, 1))
            self.sheet.scrollTo(self.model.index(row, 1))
            self._tell()

    def _added(self, action: str) -> None:
        self._choose(action)
        self.sheet.setFocus()

    def _chose(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.row() != before.row():
            self.detail.save()
            found = self.model.action_at(now)
            self._chosen = found.id if found else ""
            self.sheet.viewport().update()
        self._tell()

    def _now(self) -> Action | None:
        index = self.sheet.currentIndex()
        return self.model.action_at(index) if index.isValid() else None

    def _filter(self, words: str) -> None:
        self.model.end_draft()
        self.model.filter(words)
        row = self.model.row_of(self._chosen)
        if self.model.rowCount():
            self.sheet.setCurrentIndex(self.model.index(max(row, 0), 1))
        self._tell()

    # -- saying

    def _tell(self) -> None:
        """Counts, why the cell's value was refused, and the chosen action below."""
        sef, today = self.bridge.sef, date.today().isoformat()
        done = sum(is_done(action) for action in sef.actions)
        late = sum(is_late(action, today) for action in sef.actions)
        refused = self.model.why_not_edit()
        count = f"{len(sef.actions)} action{'' if len(sef.actions) == 1 else 's'}"
        said = f"{count}, {done} done, {late} late."
        self.says.setText(f"{said} {refused}" if refused else said)
        self.shown.setText(f"{len(self.model.actions)} of {len(sef.actions)} shown")
        index = self.sheet.currentIndex()
        self.refusal.say(self.model.refusal(index) if index.isValid() else "")
        now = self._now()
        claims = self.model.claims_of(now.id) if now else self.model.claims_of_draft()
        self.detail.show_action(now, claims, tuple(self.model.claims.values()), refused)
        self.new.tell_why(refused)
        self.delete.tell_why(refused or (None if now else "No action is chosen."))
        self.delete.setText(f"Delete {now.number}" if now else "Delete action")
        self.delete.updateGeometry()
        self._show_empty()

    def _show_empty(self) -> None:
        empty = not self.bridge.sef.actions and self.model.draft is None
        self._empty.setVisible(empty)
        self._panes.setVisible(not empty)

    # -- acts

    def _do(self, act: Act, then: Callable[[], None], failed: Callable[[str], None]) -> None:
        self.message.clear()
        self.bridge.do(act, then, failed)

    def _act(self, act: Act, then: Callable[[], None] = lambda: None) -> None:
        self._do(act, then, self.message.say)

    def _set(self, fields: dict[str, str]) -> None:
        if self._chosen:
            self._act(SetAction(action=ActionId(self._chosen), **fields))

    def _link(self, claim: str) -> None:
        self._act(LinkAction(claim=ClaimId(claim), action=ActionId(self._chosen)))

    def _unlink(self, claim: str) -> None:
        self._act(UnlinkAction(claim=ClaimId(claim), action=ActionId(self._chosen)))

    def _delete(self) -> None:
        now = self._now()
        if now is None:
            return
        links = tuple(link.claim for link in self.bridge.sef.links if link.action == now.id)
        self._deleted = _Deleted(now, links)

        def done() -> None:
            self.message.say(f"{now.number} was deleted.", "info", "Undo")

        self._act(DeleteAction(action=now.id), done)

    def _undo(self) -> None:
        if self._deleted is None:
            return
        deleted, self._deleted = self._deleted, None

        def done(action: str) -> None:
            self._choose(action)
            back = self.bridge.sef.action_by_id[ActionId(action)]
            same = back.number == deleted.action.number
            number = "" if same else f" as {back.number}"
            self.message.say(f"{deleted.action.number} is back{number}.", "info")

        self.bridge.act_and_tell(lambda project: _restore(project, deleted), done, self.message.say)

    def _follow(self, index: QModelIndex) -> None:
        action = self.model.action_at(index)
        if action is None:
            return
        field = COLUMNS[index.column()].field
        claims = self.model.claims_of(action.id)
        if field == "from" and claims:
            self._to_claim(claims[0])
        elif field == "from":
            self._below(self.detail.link)
        elif field == "measure":
            self._below(self.detail.fields["measure"])

    def _below(self, field: QWidget) -> None:
        self.detail.show()
        field.setFocus()

    def _to_claim(self, claim: NumberedClaim) -> None:
        self.navigator.go("write", {"section": claim.section, "claim": claim.id})

    # -- building

    def _action(self, words: str, keys: str, act: Callable[[], None]) -> QAction:
        found = QAction(words, self)
        found.setShortcut(QKeySequence(keys))
        found.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        found.triggered.connect(act)
        self.addAction(found)
        return found

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 24, 0)
        head.setSpacing(12)
        head.addWidget(Words("Action plan", "heading", wrap=False))
        head.addWidget(self.says, 1)
        head.addWidget(self.new)
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 0, 24, 0)
        tools.setSpacing(8)
        tools.addWidget(self.filter, 1)
        tools.addStretch(1)
        tools.addWidget(self.shown)
        tools.addWidget(self.delete)
        above = Ground("window")
        column = QVBoxLayout(above)
        column.setContentsMargins(24, 0, 24, 8)
        column.setSpacing(8)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.refusal)
        column.addWidget(self.message)
        self._panes = QSplitter(Qt.Orientation.Vertical)
        self._panes.addWidget(above)
        self._panes.addWidget(self.detail)
        self._panes.setStretchFactor(0, 1)
        self._panes.setCollapsible(0, False)
        self._panes.setSizes([500, 190])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addLayout(tools)
        whole.addWidget(self._panes, 1)
        whole.addWidget(self._empty, 1)


def _restore(project: Project, deleted: _Deleted) -> str:
    """Adds the action again with all it said and followed from; its id, which is a new one."""
    old = deleted.action
    act = AddAction(
        text=old.text,
        owner=old.owner,
        partner=old.partner,
        start=old.start,
        due=old.due,
        priority=old.priority,
        status=old.status,
        rag=old.rag,
        rag_reason=old.rag_reason,
        baseline=old.baseline,
        target=old.target,
        measure=old.measure,
        progress=old.progress,
        impact=old.impact,
    )
    project.do(act)
    for claim in deleted.claims:
        project.do(LinkAction(claim=claim, action=act.action))
    return act.action
