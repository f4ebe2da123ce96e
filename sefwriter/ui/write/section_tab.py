"""The inspector's other tabs: what the section shall say, and what is wrong in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from sefwriter.desk.writing import Guidance, SectionRow
from sefwriter.model.acts.writing import AssignSection
from sefwriter.model.checks import Check
from sefwriter.model.words import PLAIN
from sefwriter.ui.theme.theme import SECTION_LOOKS
from sefwriter.ui.widgets.empty import EmptyState
from sefwriter.ui.widgets.pieces import Button, Sign, Words
from sefwriter.ui.write.parts import Card, FaultCard, emptied, row


class _Scrolled(QScrollArea):
    """A column that scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(10)
        self.setWidget(inside)


@dataclass(frozen=True)
class SectionShown:
    """All that the Section tab shows; when it is the same, nothing is built anew."""

    row: SectionRow
    guidance: Guidance | None
    loose: tuple[tuple[str, str], ...]
    locked: str | None


class SectionTab(_Scrolled):
    """Owner, length, what to write about, and claims whose words are gone."""

    act = Signal(object)
    remove_claim = Signal(str)

    def __init__(self) -> None:
        super().__init__("Section")
        self._shown: SectionShown | None = None
        self.owner = QLineEdit()
        self.owner.setAccessibleName("Owner of the section")
        self.owner.setPlaceholderText("Nobody yet")
        self.target = QLineEdit()
        self.target.setValidator(QIntValidator(0, 20_000, self))
        self.target.setPlaceholderText("No target")
        self.target.setAccessibleName("Target length in words")
        self._state = row()
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        self.column.addLayout(self._state)
        for name, widget in (("Owner", self.owner), ("Target length in words", self.target)):
            self.column.addWidget(Words(name, "small", "text_2"))
            self.column.addWidget(widget)
        self.column.addLayout(self._told)
        self.column.addStretch(1)
        self.owner.editingFinished.connect(self._set_owner)
        self.target.editingFinished.connect(self._set_target)

    def show_section(self, shown: SectionShown) -> None:
        """Shows a section."""
        if shown == self._shown:
            return
        self._shown = shown
        look = SECTION_LOOKS[shown.row.status]
        emptied(self._state)
        self._state.addWidget(Sign(look.icon, look.role, 16))
        self._state.addWidget(Words(look.word, "body_strong", look.role, wrap=False))
        self._state.addStretch(1)
        self._state.addWidget(Words(f"{shown.row.words} words", "small", "text_2", wrap=False))
        if not self.owner.hasFocus():
            self.owner.setText(shown.row.owner)
        if not self.target.hasFocus():
            self.target.setText(str(shown.row.target or ""))
        for widget in (self.owner, self.target):
            widget.setEnabled(shown.locked is None)
            widget.setToolTip(shown.locked or "")
        emptied(self._told)
        self._tell_loose(shown)
        self._tell_guidance(shown)

    def _tell_loose(self, shown: SectionShown) -> None:
        if not shown.loose:
            return
        self._told.addWidget(Words("Loose claims of this SEF", "body_strong"))
        for claim, words in shown.loose:
            card = Card(words)
            card.column.addWidget(Words(words))
            off = Button("Remove claim", "ph.trash", "ghost")
            off.setAccessibleName(f"Remove: {words}")
            off.tell_why(shown.locked)
            off.clicked.connect(lambda _=False, claim=claim: self.remove_claim.emit(claim))
            card.column.addWidget(off)
            self._told.addWidget(card)

    def _tell_guidance(self, shown: SectionShown) -> None:
        found = shown.guidance.section if shown.guidance else None
        if found is None or shown.guidance is None:
            self._told.addWidget(
                Words("The framework has no guidance for this section.", "small", "text_2")
            )
            return
        labels = {item.id: f"{item.id} {item.label}" for item in shown.guidance.inquiries}
        for name, lines in (
            ("Write about", found.prompts),
            ("What good looks like", found.good),
            ("Whose part it needs", [PLAIN[partner] for partner in found.partners]),
            ("Lines of inquiry", [labels[item] for item in found.inquiries]),
            ("Evidence that helps", found.evidence_kinds),
        ):
            self._told.addWidget(Words(name, "body_strong"))
            for line in lines:
                self._told.addWidget(Words(f"• {line}"))
        self._told.addWidget(Words(found.basis, "small", "text_3"))

    def _set_owner(self) -> None:
        if self._shown and self.owner.text().strip() != self._shown.row.owner:
            self.act.emit(
                AssignSection(section=self._shown.row.id, owner=self.owner.text().strip())
            )

    def _set_target(self) -> None:
        words = int(self.target.text() or 0)
        if self._shown and words != self._shown.row.target:
            self.act.emit(AssignSection(section=self._shown.row.id, target_words=words))


class ChecksTab(_Scrolled):
    """What the rules find in the section; Go there puts the caret where it is."""

    def __init__(self, go: Callable[[Check], None]) -> None:
        super().__init__("Checks")
        self._go = go
        self._checks: Sequence[Check] | None = None

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Shows what is wrong, worst first."""
        if checks == self._checks:
            return
        self._checks = checks
        emptied(self.column)
        for check in checks:
            there = (lambda check=check: self._go(check)) if check.where.claim else None
            self.column.addWidget(FaultCard(check, there))
        if not checks:
            self.column.addWidget(
                EmptyState(
                    "ph.check-circle",
                    "Nothing to mend",
                    "The rules find nothing wrong in this section.",
                )
            )
        self.column.addStretch(1)
