"""The inspector's first tab: one claim, from its words to its date, in a fixed order."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from sefwriter.desk.writing import ClaimFacts
from sefwriter.model.acts import (
    AddAction,
    LinkAction,
    SetClaim,
    SetPassage,
    UnlinkAction,
    UnlinkPassage,
)
from sefwriter.model.framework import Inquiry
from sefwriter.model.sef import Action, Claim, Passage, Sef
from sefwriter.model.words import PARTNERS, PLAIN
from sefwriter.ui.theme.theme import CLAIM_LOOKS
from sefwriter.ui.widgets.empty import EmptyState
from sefwriter.ui.widgets.pieces import Button, Words
from sefwriter.ui.write.parts import (
    FaultCard,
    KindPicker,
    Quote,
    Toggles,
    action_card,
    emptied,
    icon_button,
    passage_card,
    row,
)

_SHORT = {"families": "Families"}


@dataclass(frozen=True)
class Shown:
    """All that the tab shows of a claim: when it is the same, nothing is built anew."""

    facts: ClaimFacts
    claim: Claim
    passages: tuple[Passage, ...]
    actions: tuple[Action, ...]
    others: tuple[Action, ...]
    inquiries: tuple[Inquiry, ...]
    locked: str | None


class ClaimTab(QScrollArea):
    """One claim. `act` carries an act to do, `go` a screen and a place on it."""

    act = Signal(object)
    go = Signal(str, object)
    find_evidence = Signal()
    remove = Signal()
    back_to_text = Signal()
    step = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Claim")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._shown: Shown | None = None
        self._sef: Sef | None = None
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 10, 16, 12)
        self._column.setSpacing(14)
        self.empty = EmptyState(
            "ph.highlighter-circle",
            "No claim here",
            "Put the caret into a claim, or select words and press Ctrl+M to make them one.",
        )
        self.title = Words("", "title")
        self.words = QVBoxLayout()
        self.kinds = KindPicker()
        self.kinds.setToolTip("Keys 1 to 5")
        self._rests = QVBoxLayout()
        self._wrong = QVBoxLayout()
        self._follows = QVBoxLayout()
        for column in (self._rests, self._wrong, self._follows):
            column.setSpacing(8)
        self.finding = Button("Find evidence", "ph.link-bold", keys="Ctrl+Shift+B")
        self.new_action = Button("New action", "ph.plus", "ghost")
        self.link_action = Button("Link", "ph.link", "ghost")
        self.link_action.setAccessibleName("Link an action that is there already")
        self.action_field = QLineEdit()
        self.action_field.setPlaceholderText("What shall be done; Enter adds it")
        self.action_field.setAccessibleName("New action: what shall be done")
        self.action_field.hide()
        self.partners = Toggles("Partner", 2)
        self.inquiries = Toggles("Line of inquiry", 5)
        self.as_at = QLineEdit()
        self.as_at.setPlaceholderText("2026-09-30")
        self.as_at.setAccessibleName("As-at date, year, month and day")
        self.off = Button("Remove claim", "ph.trash", "ghost")
        self._body = self._made()
        self._column.addWidget(self.empty)
        self._column.addWidget(self._body)
        self._column.addStretch(1)
        self.setWidget(inside)
        self._connect()
        self.show_claim(None, None)

    def _made(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        up = icon_button("Claim before (Shift+F8)", "ph.caret-up")
        down = icon_button("Next claim (F8)", "ph.caret-down")
        up.clicked.connect(lambda: self.step.emit(-1))
        down.clicked.connect(lambda: self.step.emit(1))
        head = row(self.title)
        head.addStretch(1)
        head.addWidget(up)
        head.addWidget(down)
        top = QVBoxLayout()
        top.setSpacing(8)
        top.addLayout(head)
        top.addLayout(self.words)
        top.addWidget(self.kinds)
        column.addLayout(top)
        column.addLayout(_part("Rests on", self._rests, self.finding))
        column.addLayout(self._wrong)
        column.addLayout(_part("What follows", self._follows, self.link_action, self.new_action))
        column.addWidget(self.action_field)
        for name, widget in (
            ("Partners", self.partners),
            ("Lines of inquiry", self.inquiries),
            ("As at", self.as_at),
        ):
            pair = QVBoxLayout()
            pair.setSpacing(4)
            pair.addWidget(Words(name, "small", "text_2"))
            pair.addWidget(widget)
            column.addLayout(pair)
        column.addWidget(self.off, 0, Qt.AlignmentFlag.AlignLeft)
        return body

    def _connect(self) -> None:
        self.kinds.picked.connect(lambda kind: self._set(claim_kind=kind))
        self.kinds.done.connect(self.back_to_text)
        self.partners.changed.connect(lambda on: self._set(partners=on))
        self.inquiries.changed.connect(lambda on: self._set(inquiries=on))
        self.as_at.editingFinished.connect(self._set_date)
        self.finding.clicked.connect(self.find_evidence)
        self.off.clicked.connect(self.remove)
        self.new_action.clicked.connect(self._ask_action)
        self.action_field.returnPressed.connect(self._add_action)
        self.link_action.clicked.connect(self._offer_actions)

    # -- showing

    def show_claim(self, sef: Sef | None, shown: Shown | None) -> None:
        """A claim, or None for the caret standing in none."""
        if shown == self._shown and (shown is None) == self._body.isHidden():
            return
        before, self._shown, self._sef = self._shown, shown, sef
        self.empty.setVisible(shown is None)
        self._body.setVisible(shown is not None)
        if shown is None or sef is None:
            return
        facts = shown.facts
        if before is None or before.facts.claim != facts.claim:
            self.action_field.hide()
            self.action_field.clear()
            self.verticalScrollBar().setValue(0)
        self.title.setText(f"Claim {facts.number}")
        look = CLAIM_LOOKS.get(shown.claim.kind, CLAIM_LOOKS["context"])
        emptied(self.words)
        self.words.addWidget(Quote(facts.words, look.role, f"{look.role}_tint"))
        self.kinds.show_kind(shown.claim.kind)
        self._show_rests(sef, shown)
        self._show_follows(shown)
        partners = [(value, _SHORT.get(value, PLAIN[value]), PLAIN[value]) for value in PARTNERS]
        self.partners.show_words(partners, shown.claim.partners)
        lines = [(item.id, item.id, f"{item.id} {item.label}") for item in shown.inquiries]
        self.inquiries.show_words(lines, shown.claim.inquiries)
        if not self.as_at.hasFocus():
            self.as_at.setText(shown.claim.as_at)
        for widget in (self.kinds, self.partners, self.inquiries, self.as_at):
            widget.setEnabled(shown.locked is None)
            widget.setToolTip(shown.locked or "")
        for button in (self.off, self.new_action, self.link_action):
            button.tell_why(shown.locked)
        if not shown.others:
            self.link_action.tell_why(shown.locked or "There is no other action to link.")

    def _show_rests(self, sef: Sef, shown: Shown) -> None:
        emptied(self._rests)
        for passage in shown.passages:
            self._rests.addWidget(
                passage_card(
                    sef, passage, self._open, self._change_stance, self._unbind, locked=shown.locked
                )
            )
        emptied(self._wrong)
        for check in shown.facts.checks:
            self._wrong.addWidget(FaultCard(check))

    def _show_follows(self, shown: Shown) -> None:
        emptied(self._follows)
        for action in shown.actions:
            self._follows.addWidget(
                action_card(action, self._go_action, self._unlink, shown.locked)
            )
        if not shown.actions:
            self._follows.addWidget(Words("No action follows from it yet.", "small", "text_2"))

    # -- acts

    def _set(self, **fields: object) -> None:
        if self._shown:
            self.act.emit(SetClaim(claim=self._shown.claim.id, **fields))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    def _set_date(self) -> None:
        if self._shown and self.as_at.text().strip() != self._shown.claim.as_at:
            self._set(as_at=self.as_at.text().strip())

    def _open(self, passage: Passage) -> None:
        place = {"evidence": passage.evidence, "passage": passage.id, "claim": passage.claim}
        self.go.emit("evidence", {**place, "page": passage.page} if passage.page else place)

    def _change_stance(self, passage: Passage) -> None:
        other = "qualifies" if passage.stance == "supports" else "supports"
        self.act.emit(SetPassage(passage=passage.id, stance=other))

    def _unbind(self, passage: Passage) -> None:
        self.act.emit(UnlinkPassage(passage=passage.id))

    def _go_action(self, action: Action) -> None:
        self.go.emit("plan", {"action": action.id})

    def _unlink(self, action: Action) -> None:
        if self._shown:
            self.act.emit(UnlinkAction(claim=self._shown.claim.id, action=action.id))

    def _ask_action(self) -> None:
        self.action_field.show()
        self.action_field.setFocus()

    def _add_action(self) -> None:
        words = self.action_field.text().strip()
        if words and self._shown:
            self.act.emit(AddAction(text=words, claim=self._shown.claim.id))
            self.action_field.clear()
            self.new_action.setFocus()  # else the keys would fall to what comes after the field
            self.action_field.hide()

    def _offer_actions(self) -> None:
        if not self._shown:
            return
        claim = self._shown.claim.id
        menu = QMenu(self)
        menu.setAccessibleName("Actions to link")
        for action in self._shown.others:
            offer = menu.addAction(f"{action.number} {action.text}"[:80])
            offer.triggered.connect(
                lambda _=False, action=action: self.act.emit(
                    LinkAction(claim=claim, action=action.id)
                )
            )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.link_action.mapToGlobal(QPoint(0, self.link_action.height())))


def _part(name: str, column: QVBoxLayout, *buttons: Button) -> QVBoxLayout:
    """A part of the tab: its name, its acts, then what is in it."""
    head = row(Words(name, "small", "text_2", wrap=False, weight=600))
    head.addStretch(1)
    for button in buttons:
        head.addWidget(button)
    part = QVBoxLayout()
    part.setSpacing(8)
    part.addLayout(head)
    part.addLayout(column)
    return part
