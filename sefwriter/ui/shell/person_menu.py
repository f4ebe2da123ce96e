"""Who is at the desk: switching to somebody else of this laptop, and making somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QMenu, QWidget

from sefwriter.desk.newcomer import Newcomer
from sefwriter.model.words import PARTNERS, PLAIN
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.widgets.dialog import ActDialog
from sefwriter.ui.widgets.fields import labelled
from sefwriter.ui.widgets.pieces import Words

if TYPE_CHECKING:
    from sefwriter.desk.project import DeskPerson, Project


class PersonMenu(QObject):
    """The menu under the name in the command row.

    `switched` carries (name, passphrase) of who shall be at the desk, `told` what is left to do
    for somebody new.
    """

    switched = Signal(str, str)
    told = Signal(str)

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self.menu = QMenu("Switch person", window)
        self.people: tuple[DeskPerson, ...] = ()
        self._dialog: ActDialog | None = None

    def show_people(self) -> None:
        """Looks who of this laptop is in the SEF, for the menu."""

        def question(project: Project) -> tuple[DeskPerson, ...]:
            from sefwriter.desk.entering import people_of  # noqa: PLC0415 - loaded after the paint

            return people_of(project.desk_people().people(), project.sef())

        self._bridge.ask(question, self._fill)

    def refused(self, sentence: str) -> None:
        """Why nobody was switched to; said where the passphrase was asked for."""
        if self._dialog:
            self._dialog.refused(sentence)
        else:
            self.told.emit(sentence)

    def settled(self) -> None:
        """The switch was made."""
        if self._dialog:
            self._dialog.accept()
            self._dialog = None

    def switch_to(self, person: DeskPerson) -> None:
        """This person comes to the desk; a key under a passphrase is asked for it."""
        if person.kept != "sealed":
            self.switched.emit(person.name, "")
            return
        dialog = ActDialog(
            f"Switch to {person.name}",
            f"{person.name}’s key is under a passphrase.",
            "Switch",
            self._window,
            "ph.user-circle",
        )
        secret = _secret_field()
        dialog.form.addLayout(labelled("Passphrase", secret))
        dialog.wanted.connect(lambda: self._give(dialog, person, secret))
        self._show(dialog)
        secret.setFocus()

    def make_new(self) -> None:
        """Somebody new on this laptop."""
        dialog = _NewPerson(self._window)
        dialog.wanted.connect(lambda: self._make(dialog))
        self._show(dialog)
        dialog.name.setFocus()

    def _fill(self, people: tuple[DeskPerson, ...]) -> None:
        self.people = people
        self.menu.clear()
        group = QActionGroup(self.menu)
        here = self._bridge.desk.person
        for person in people:
            action = self.menu.addAction(person.name)
            action.setCheckable(True)
            action.setChecked(here is not None and person.id == here.id)
            action.setActionGroup(group)
            action.triggered.connect(lambda _=False, who=person: self.switch_to(who))
        if people:
            self.menu.addSeparator()
        self.menu.addAction("New person on this laptop…", self.make_new)

    def _show(self, dialog: ActDialog) -> None:
        self._dialog = dialog
        dialog.rejected.connect(lambda: self._forget(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _forget(self, dialog: ActDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        self.show_people()

    def _give(self, dialog: ActDialog, person: DeskPerson, secret: QLineEdit) -> None:
        if not secret.text():
            dialog.refused("Give the passphrase.")
            return
        dialog.going_on()
        self.switched.emit(person.name, secret.text())

    def _make(self, dialog: _NewPerson) -> None:
        refused = dialog.why_not()
        if refused:
            dialog.refused(refused)
            return
        dialog.going_on()
        newcomer = dialog.newcomer()

        def then(sentence: str) -> None:
            self.settled()
            self.told.emit(sentence)
            self.show_people()

        def add(project: Project) -> str:
            from sefwriter.desk.entering import add_person  # noqa: PLC0415 - loaded after the paint

            return add_person(project, newcomer)

        self._bridge.act_and_tell(add, then, dialog.refused)


class _NewPerson(ActDialog):
    """Name, place of work, roles, and a passphrase, which a reviewer must have."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            "New person on this laptop",
            "They get a key of their own, so that what they write and sign is theirs.",
            "Add person",
            parent,
            "ph.user-plus",
        )
        self.name, self._organisation = QLineEdit(), QLineEdit()
        self._partner = QComboBox()
        for partner in PARTNERS:
            self._partner.addItem(PLAIN[partner], partner)
        self._roles = {role: QCheckBox(PLAIN[role]) for role in ("author", "reviewer", "reader")}
        self._roles["author"].setChecked(True)
        self._secret, self._again = _secret_field(), _secret_field()
        self.form.addLayout(labelled("Name or role", self.name))
        self.form.addLayout(labelled("Organisation", self._organisation))
        self.form.addLayout(labelled("Partner", self._partner))
        roles = QHBoxLayout()
        for box in self._roles.values():
            roles.addWidget(box)
        roles.addStretch(1)
        self.form.addWidget(Words("Roles", "small", "text_2", weight=600))
        self.form.addLayout(roles)
        secrets = QHBoxLayout()
        secrets.addLayout(labelled("Passphrase", self._secret))
        secrets.addLayout(labelled("Passphrase again", self._again))
        self.form.addLayout(secrets)
        about = "A reviewer needs one: it is asked for at each sign-off. Nobody can bring it back."
        self.form.addWidget(Words(about, "small", "text_3"))

    def why_not(self) -> str:
        """Why nobody can be made of this yet; "" when it can."""
        if self._secret.text() != self._again.text():
            return "The two passphrases differ."
        if not self._chosen():
            return "Choose at least one role."
        return ""

    def newcomer(self) -> Newcomer:
        """What was typed."""
        return Newcomer(
            self.name.text().strip(),
            self._organisation.text().strip(),
            str(self._partner.currentData()),
            self._chosen(),
            self._secret.text(),
        )

    def _chosen(self) -> tuple[str, ...]:
        return tuple(role for role, box in self._roles.items() if box.isChecked())


def _secret_field() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
