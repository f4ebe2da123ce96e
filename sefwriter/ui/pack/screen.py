"""The screen Pack: choose, know, mend, then export."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sefwriter.desk.exporting import (
    Exported,
    ExportRequest,
    Prepared,
    build_export,
    prepare_export,
    verify_pack_folder,
)
from sefwriter.desk.office import Office, Ticket
from sefwriter.desk.opening import open_with_system
from sefwriter.desk.packing import Outline, outline_pack, remember_folder, remembered_folder
from sefwriter.desk.project import Project
from sefwriter.desk.signing import person_at_desk
from sefwriter.model.checks import Check, all_checks
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.pack.contents import Contents
from sefwriter.ui.pack.gate import Gate
from sefwriter.ui.pack.making import Cover, Figures, Progress, Result
from sefwriter.ui.screen import Navigator, Screen
from sefwriter.ui.widgets.empty import EmptyState
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Words

_STOPPED = "Stopped. Nothing was left behind."


@dataclass(frozen=True, slots=True)
class _Look:
    """What the desk says of the pack as it would be now."""

    outline: Outline
    checks: tuple[Check, ...]


class PackScreen(Screen):
    """What goes into the pack, what is wrong with it, and its making."""

    name = "pack"
    word = "Pack"
    icon_name = "ph.package"

    def __init__(self, bridge: Bridge, navigator: Navigator, parent: QWidget | None = None) -> None:
        super().__init__(bridge, navigator, parent)
        self.contents = Contents()
        self.gate = Gate()
        self.cover = Cover()
        self.figures = Figures()
        self.progress = Progress()
        self.result = Result()
        self.message = Message()
        self.state = Words("", "body", "text_2")
        self.verify_button = Button("Verify a pack…", "ph.shield-check", "ghost")
        self.draft_button = Button("Export draft", "ph.export")
        self.pack_button = Button("Export pack", "ph.package")
        self._empty = EmptyState(
            "ph.package",
            "Nothing to pack yet",
            "The pack holds every section, the action plan and the evidence, bound so that each "
            "claim opens the page that proves it. Write a section first.",
            "Go to Write",
            "ph.note-pencil",
        )
        self._empty.acted.connect(lambda: self.navigator.go("write"))
        self._ticket: Ticket | None = None
        self._busy = ""
        self._folder_of = ""
        self._lay_out()
        self.contents.changed.connect(self._judge)
        self.contents.date.dateChanged.connect(self._judge)
        self.gate.changed.connect(self._judge)
        self.gate.go.connect(self._go)
        self.draft_button.clicked.connect(lambda: self._export(final=False))
        self.pack_button.clicked.connect(lambda: self._export(final=True))
        self.verify_button.clicked.connect(self._choose_pack)
        self.progress.cancelled.connect(self.cancel)
        self.result.open_file.connect(self._open)
        self.result.verify.connect(self.verify)
        self._export_action = QAction("Export", self)
        self._export_action.setShortcut(QKeySequence("Ctrl+E"))
        self._export_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._export_action.triggered.connect(self.export)
        self.addAction(self._export_action)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.cancel)
        self._escape.setEnabled(False)

    # -- what a screen does

    def refresh(self, touched: frozenset[str]) -> None:
        """The pack of the SEF as it is now."""
        del touched  # anything may change what goes in
        sef = self.bridge.sef
        if self._folder_of != sef.id:
            self._folder_of = sef.id
            date = self.contents.iso_date
            folder = remembered_folder(self.bridge.home, sef.id, sef.name, date)
            self.contents.folder.setText(str(folder))
            self.result.hide()
            self.message.clear()
        self.contents.area = sef.name
        person, key = self.bridge.desk.person, self.bridge.desk.key
        sealed = person is not None and key is None and person.kept == "sealed"
        self.contents.ask_passphrase(person.name if person and sealed else "")
        self.bridge.ask(_look, self._show, self._refuse)

    def menu_actions(self) -> Mapping[str, list[QAction]]:
        """Export, in the menu File."""
        return {"File": [self._export_action]}

    # -- exporting

    def export(self) -> None:
        """The pack where nothing stops it, else a draft."""
        final = self.pack_button.isEnabled()
        if final or self.draft_button.isEnabled():
            self._export(final=final)

    def _export(self, *, final: bool) -> None:
        request = ExportRequest(
            folder=Path(self.contents.folder.text().strip()),
            only=self.contents.only,
            date=self.contents.iso_date,
            final=final,
            overrides=self.gate.model.overrides,
            passphrase=self.contents.passphrase.text(),
        )

        def job(ticket: Ticket, office: Office) -> Exported:
            prepared = office.ask_and_wait(lambda project: _prepare(project, request))

            def tell(what: str, done: int, total: int) -> None:
                ticket.progress = (what, done, total)

            return build_export(prepared, tell, ticket.is_stopped)

        what = "Making the pack" if final else "Making the draft"
        self._begin(what)
        self._ticket = self.bridge.work(what, job, self._made, self._stopped, self._told)

    def cancel(self) -> None:
        """Stops the work under way."""
        if self._ticket is not None and not self._ticket.is_stopped():
            self._ticket.stop()
            self.progress.stopping()

    def _told(self, ticket: Ticket) -> None:
        if ticket is self._ticket and not ticket.is_stopped():
            self.progress.show_step(*ticket.progress)

    def _begin(self, what: str, *, can_stop: bool = True) -> None:
        self.message.clear()
        if can_stop:
            self.result.hide()
        self.progress.begin(what, can_stop=can_stop)
        self._escape.setEnabled(can_stop)
        self._busy = f"{what} is under way."
        self._judge()

    def _end(self) -> None:
        self._ticket, self._busy = None, ""
        self._escape.setEnabled(False)
        self.progress.hide()
        self._judge()

    def _made(self, made: Exported) -> None:
        self._end()
        self.contents.passphrase.clear()
        self.result.show_result(made)
        self.result.buttons["folder"].setFocus()

    def _stopped(self, sentence: str) -> None:
        self._end()
        self.message.say(sentence, "info" if sentence == _STOPPED else "error")

    # -- verifying and opening

    def verify(self, folder: Path) -> None:
        """Reads a pack again, every page and link of it, and says what is wrong."""
        home = self.bridge.home

        def job(ticket: Ticket, office: Office) -> list[dict[str, str]]:
            del ticket, office
            return verify_pack_folder(home, folder)

        def then(found: list[dict[str, str]]) -> None:
            self._end()
            if self.result.isHidden() or folder != self.result.folder:
                self.result.hide()
                words = [f"{row['where']}: {row['what']}" for row in found]
                whole = f"The pack in {folder} is whole and true."
                wrong = "\n".join([f"The pack in {folder} is not as it was exported.", *words[:12]])
                self.message.say(wrong if found else whole, "error" if found else "ok")
            else:
                self.result.show_verdict(folder, found)

        self._begin("Reading every page and link of the pack again", can_stop=False)
        self.bridge.work("Verifying a pack", job, then, self._stopped)

    def _choose_pack(self) -> None:
        start = self.contents.folder.text()
        chosen = QFileDialog.getExistingDirectory(self, "The folder of the pack", start)
        if chosen:
            self.verify(Path(chosen))

    def _open(self, path: Path) -> None:
        def job(ticket: Ticket, office: Office) -> None:
            del ticket, office
            open_with_system(path)

        self.bridge.work("Opening", job, lambda _: None, self._refuse)

    # -- showing

    def _show(self, look: _Look) -> None:
        self.contents.show_outline(look.outline)
        self.figures.show_figures(look.outline)
        self.gate.show_checks(look.checks)
        self._judge()

    def _judge(self, *_: object) -> None:
        """Says at the buttons what stands in the way, and which of them is the one to press."""
        errors = self.gate.model.standing()
        common = self._busy or self._why_not()
        stop = f"{len(errors)} error{'s' * (len(errors) > 1)}"
        draft = bool(errors)
        self.draft_button.tell_why(
            common or (None if draft else "Nothing stops the pack, so it leaves as a final one.")
        )
        self.pack_button.tell_why(
            common or (f"{stop} stop the pack: mend or override them first." if draft else None)
        )
        self.draft_button.show_as("primary" if draft else "secondary", "Ctrl+E" if draft else "")
        self.pack_button.show_as("secondary" if draft else "primary", "" if draft else "Ctrl+E")
        self.verify_button.tell_why(self._busy or None)
        self.state.setText(
            common
            or (
                f"{stop} stop{'s' * (len(errors) == 1)} the pack. A draft may leave, marked DRAFT "
                "on every page."
                if draft
                else "Nothing stops the pack."
            )
        )
        date = QLocale().toString(self.contents.date.date(), "d MMMM yyyy")
        self.cover.show_cover(self.bridge.sef.name, date, draft=draft)
        has_words = any(section.text.strip() for section in self.bridge.sef.sections)
        self._empty.setVisible(not has_words)
        self._plan.setVisible(has_words)

    def _why_not(self) -> str | None:
        sef, desk = self.bridge.sef, self.bridge.desk
        me = sef.person_by_id.get(person_at_desk(sef, desk))
        if desk.person is None:
            return "The pack is signed by who exports it: choose who you are first."
        if me is None or me.removed:
            return f"{desk.person.name} isn't in this SEF; an owner must admit them first."
        if not any(section.text.strip() for section in sef.sections):
            return "No section has words yet."
        if not self.contents.only:
            return "Choose at least one file to make."
        if not self.contents.folder.text().strip():
            return "Choose where the pack goes."
        if not self.contents.passphrase.isHidden() and not self.contents.passphrase.text():
            return f"The pack is signed: type {desk.person.name}'s passphrase."
        return None

    def _refuse(self, sentence: str) -> None:
        self.message.say(sentence)

    def _go(self, check: Check) -> None:
        where = check.where
        if where.section or where.claim:
            self.navigator.go("write", {"section": where.section, "claim": where.claim})
        elif where.evidence:
            self.navigator.go("evidence", {"evidence": where.evidence})
        elif where.action:
            self.navigator.go("plan", {"action": where.action})

    def _lay_out(self) -> None:
        head = Ground("window", "b")
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 14, 24, 14)
        row.setSpacing(8)
        row.addWidget(Words("Pack", "heading", wrap=False))
        row.addSpacing(8)
        row.addWidget(self.state, 1)
        row.addWidget(self.verify_button)
        row.addWidget(self.pack_button)
        row.addWidget(self.draft_button)
        middle = Ground("window")
        column = QVBoxLayout(middle)
        column.setContentsMargins(28, 18, 28, 18)
        column.setSpacing(14)
        self._plan = QWidget()
        plan = QHBoxLayout(self._plan)
        plan.setContentsMargins(0, 0, 0, 0)
        plan.setSpacing(24)
        plan.addWidget(self.cover)
        facts = QVBoxLayout()
        facts.setSpacing(12)
        facts.addWidget(Words("The plan", "title"))
        facts.addWidget(self.figures)
        facts.addStretch(1)
        plan.addLayout(facts, 1)
        column.addWidget(self.message)
        column.addWidget(self._plan)
        column.addWidget(self._empty)
        column.addWidget(self.progress)
        column.addWidget(self.result)
        column.addStretch(1)
        panes = QHBoxLayout()
        panes.setSpacing(0)
        panes.addWidget(_scrolling(self.contents, "What goes in", 320))
        panes.addWidget(_scrolling(middle, "The pack"), 1)
        self.gate.setFixedWidth(352)
        panes.addWidget(self.gate)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(panes, 1)


def _look(project: Project) -> _Look:
    return _Look(outline_pack(project), all_checks(project.sef()))


def _prepare(project: Project, request: ExportRequest) -> Prepared:
    prepared = prepare_export(project, request)
    remember_folder(project.home, project.replica.sef_id, request.folder)
    return prepared


def _scrolling(pane: QWidget, name: str, width: int = 0) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidget(pane)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if width:
        area.setFixedWidth(width)
    return area
