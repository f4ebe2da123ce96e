"""The Write screen: sections on the left, the page in the middle, the inspector on the right."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from sefwriter.desk import writing
from sefwriter.desk.writing import ClaimFacts, Guidance, SectionRow
from sefwriter.model.acts import (
    MarkReady,
    RemoveClaim,
    RenameSection,
)
from sefwriter.model.checks import Check
from sefwriter.model.ids import ClaimId, SectionId
from sefwriter.model.sef import Claim
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.screen import Navigator, Screen
from sefwriter.ui.widgets.empty import EmptyState
from sefwriter.ui.widgets.pieces import Ground, Message
from sefwriter.ui.write.acting import Acting, Rows, make_actions
from sefwriter.ui.write.chips import Chip
from sefwriter.ui.write.claim_tab import Shown
from sefwriter.ui.write.draft import Draft
from sefwriter.ui.write.editing import HEADING
from sefwriter.ui.write.formats import line_kind
from sefwriter.ui.write.inspector import Inspector
from sefwriter.ui.write.page import PageView
from sefwriter.ui.write.section_tab import SectionShown
from sefwriter.ui.write.sections import SectionList
from sefwriter.ui.write.toolbar import Foot, LinkBar, Toolbar

_LIST_FROM: Final = 1180
_INSPECTOR_FROM: Final = 1000
"""Widths of the screen in px under which the list, then the inspector, fold away."""

_PANES: Final = {True: (252, 344), False: (214, 334)}
"""Widths in px of list and inspector at first, with much room and with little."""

_ROOMY: Final = 1330
_MENUS: Final = {
    "Edit": "undo redo bold italic text heading subheading bullets numbers rename",
    "Insert": "claim unmark link",
    "View": "sections inspector",
    "Go": "next previous find",
}
"""What the screen adds to the menus, by the names of its acts."""


class WriteScreen(Screen):
    """Text in the middle, the proof to the right of the line that needs it.

    Places: `section` an id, `claim` an id.
    """

    name = "write"
    word = "Write"
    icon_name = "ph.note-pencil"

    def __init__(self, bridge: Bridge, navigator: Navigator, parent: QWidget | None = None) -> None:
        super().__init__(bridge, navigator, parent)
        self.section = self._before = SectionId("")
        self._rows: tuple[SectionRow, ...] = ()
        self._guidance: dict[str, Guidance] = {}
        self._wanted: dict[str, bool] = {}
        self._sized = False
        self.list = SectionList()
        self.page = PageView()
        self._paper = Ground("paper", "ltr")
        self.draft = Draft(bridge, self.page)
        self.acting = Acting(bridge, self.page, self.draft)
        self.inspector = Inspector(self._go_to_check)
        self.message = Message()
        self.link_bar = LinkBar()
        self.foot = Foot()
        self.acts = self._make_actions()
        self.toolbar = Toolbar(self.acts)
        self._empty = EmptyState(
            "ph.note-pencil", "No section here", "Sections of the SEF stand here to be written."
        )
        self._lay_out()
        self._connect()

    # -- what a screen does

    def refresh(self, touched: frozenset[str]) -> None:
        """Shows the SEF as it is."""
        del touched
        sef = self.bridge.sef
        self._rows = writing.section_rows(sef)
        known = {row.id for row in self._rows}
        if self.section not in known:
            first = self._rows[0].id if self._rows else SectionId("")
            self._open(self._before if self._before in known else first)
            return
        self.draft.take_in()
        self._show_all()

    def show_place(self, place: Mapping[str, object]) -> None:
        """Shows a section, and a claim in it."""
        if self._stale:
            self._stale = False
            self.refresh(frozenset({"*"}))
        claim = str(place.get("claim", ""))
        section = str(place.get("section", "")) or self._section_of(claim)
        if section and section != self.section and section in {row.id for row in self._rows}:
            self._open(SectionId(section))
        if claim and self.page.go_to_claim(claim):
            self.inspector.show_claim_tab()
        self.page.setFocus()

    def leave(self) -> None:
        """What was written is saved now."""
        self.draft.save()

    def menu_actions(self) -> Mapping[str, list[QAction]]:
        """Undo, looks and styles; claims and links; panes; the way from claim to claim."""
        return {
            menu: [self.acts[name][0] for name in names.split()] for menu, names in _MENUS.items()
        }

    def _opened(self) -> None:
        self.draft.forget()
        self._before = self.section or self._before
        self.section = SectionId("")
        self._guidance.clear()
        super()._opened()

    # -- making it

    def _lay_out(self) -> None:
        middle = Ground("window")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        sheet = QVBoxLayout(self._paper)
        sheet.setContentsMargins(1, 1, 1, 0)
        sheet.addWidget(self.page)
        frame = Ground("window")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(14, 12, 4, 0)
        inner.setSpacing(8)
        inner.addWidget(self.message)
        inner.addWidget(self._paper, 1)
        inner.addWidget(self._empty, 1)
        for widget, stretch in ((self.toolbar, 0), (self.link_bar, 0), (frame, 1), (self.foot, 0)):
            column.addWidget(widget, stretch)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        for widget in (self.list, middle, self.inspector):
            self.splitter.addWidget(widget)
        self.list.setMinimumWidth(200)
        self.inspector.setMinimumWidth(300)
        middle.setMinimumWidth(480)
        self.splitter.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)

    def _make_actions(self) -> dict[str, tuple[QAction, str]]:
        page, draft, acting = self.page, self.draft, self.acting
        rows: Rows = (
            ("undo", "Undo", "Ctrl+Z", "ph.arrow-u-up-left", draft.undo),
            ("redo", "Redo", "Ctrl+Y", "ph.arrow-u-up-right", draft.redo),
            ("bold", "Bold", "Ctrl+B", "ph.text-bolder", lambda: page.toggle_look("bold")),
            ("italic", "Italic", "Ctrl+I", "ph.text-italic", lambda: page.toggle_look("italic")),
            ("text", "Text", "Ctrl+Shift+N", "", lambda: acting.style(0)),
            ("heading", "Heading", "Ctrl+1", "", lambda: acting.style(HEADING)),
            ("subheading", "Subheading", "Ctrl+2", "", lambda: acting.style(HEADING + 1)),
            ("bullets", "Bullets", "Ctrl+Shift+L", "ph.list-bullets", acting.bullets),
            ("numbers", "Numbers", "Ctrl+Shift+O", "ph.list-numbers", acting.numbers),
            ("link", "Link…", "Ctrl+K", "ph.link", acting.ask_link),
            ("claim", "Claim", "Ctrl+M", "", acting.mark),
            ("unmark", "Remove claim", "Ctrl+Shift+M", "", acting.unmark),
            ("find", "Find evidence", "Ctrl+Shift+B", "", acting.find_evidence),
            ("next", "Next claim", "F8", "", lambda: self._step(1)),
            ("previous", "Claim before", "Shift+F8", "", lambda: self._step(-1)),
            ("rename", "Rename section", "", "", self._rename),
            ("sections", "Sections", "Shift+F4", "", lambda: self._fold("list")),
            ("inspector", "Inspector", "F4", "", lambda: self._fold("inspector")),
        )
        return make_actions(self, rows)

    def _connect(self) -> None:
        self.list.chosen.connect(lambda section: self._open(SectionId(section)))
        self.list.renamed.connect(
            lambda section, title: self.acting.do(
                RenameSection(section=SectionId(section), title=title)
            )
        )
        self.list.move_wanted.connect(self.acting.move)
        self.page.claim_changed.connect(self._claim_changed)
        self.page.undo_wanted.connect(self.draft.undo)
        self.page.redo_wanted.connect(self.draft.redo)
        self.page.refused.connect(lambda words: self.message.say(words, "info"))
        self.page.menu_wanted.connect(self._menu)
        self.page.looks_changed.connect(self._show_style)
        self.page.page.edited.connect(self._edited)
        self.page.chips.chosen.connect(self._choose_claim)
        self.page.chips.asked.connect(lambda _, place: self._menu(place))
        self.draft.refused.connect(self._told)
        self.acting.said.connect(lambda words: self._told(words, "info"))
        self.acting.refused.connect(self._refused)
        self.acting.marked.connect(self._marked)
        self.acting.link_asked.connect(self.link_bar.ask)
        self.acting.evidence_wanted.connect(
            lambda claim: self.navigator.go("evidence", {"claim": claim})
        )
        self.draft.stepped.connect(self._show_steps)
        self.toolbar.styled.connect(self.acting.style)
        self.toolbar.claim.clicked.connect(self.acting.mark)
        self.toolbar.ready.clicked.connect(lambda: self.acting.do(MarkReady(section=self.section)))
        self.link_bar.chosen.connect(self.acting.set_link)
        self.link_bar.closed.connect(self.page.setFocus)
        self.foot.next.clicked.connect(lambda: self._step(1))
        claim = self.inspector.claim
        claim.act.connect(self.acting.do)
        claim.go.connect(self.navigator.go)
        claim.find_evidence.connect(self.acting.find_evidence)
        claim.remove.connect(self.acting.unmark)
        claim.back_to_text.connect(self.page.setFocus)
        claim.step.connect(self._step)
        self.inspector.section.act.connect(self.acting.do)
        self.inspector.section.remove_claim.connect(
            lambda claim: self.acting.do(RemoveClaim(claim=ClaimId(claim)))
        )

    # -- showing

    def _open(self, section: SectionId) -> None:
        self.draft.open(section)
        self.section = section
        self.message.clear()
        self.acting.fresh.clear()
        self._show_all()

    def _show_all(self) -> None:
        sef = self.bridge.sef
        here = sef.section_by_id.get(self.section)
        self._paper.setVisible(here is not None)
        self._empty.setVisible(here is None)
        self.list.show_rows(self._rows, self.section)
        reason = self.acting.why_not_write()
        self.page.setReadOnly(reason is not None)
        self.toolbar.claim.tell_why(reason)
        self.toolbar.setEnabled(here is not None)
        self._show_steps()
        if here is None:
            self.inspector.claim.show_claim(None, None)
            return
        self.page.show_title(here.title)
        self.acting.claims = writing.section_claims(sef, self.section)
        self.acting.fresh -= set(self.acting.claims)
        self._show_chips()
        checks = writing.section_checks(sef, self.section)
        row = self._row()
        self.foot.show_counts(row.words, row.target, checks)
        self.inspector.show_checks(checks)
        self.toolbar.ready.tell_why(reason or self.acting.why_not(MarkReady(section=self.section)))
        self._show_claim()
        self._show_section(reason)

    def _row(self) -> SectionRow:
        return next(row for row in self._rows if row.id == self.section)

    def _show_chips(self) -> None:
        chips = {
            claim: Chip(
                claim,
                found.kind,
                found.number,
                found.in_short or "No evidence",
                found.checks[0].level if found.checks else "",
                found.checks[0].message if found.checks else "",
            )
            for claim, found in self.acting.claims.items()
        }
        for claim in self.acting.fresh:
            chips[claim] = Chip(claim, "context", "new", "No evidence", "error", "Rests on nothing")
        self.page.show_claims(chips)

    def _show_claim(self) -> None:
        sef, claim = self.bridge.sef, self.page.current_claim
        facts = self.acting.claims.get(claim)
        if facts is None and claim in self.acting.fresh:
            facts = ClaimFacts(ClaimId(claim), "context", "new", self.page.words_of(claim), "")
        known = sef.claims.get(ClaimId(claim)) or Claim(ClaimId(claim), "context")
        if facts is None:
            self.inspector.claim.show_claim(None, None)
            return
        linked = sef.actions_by_claim.get(known.id, ())
        guidance = self._guidance.get(self._ref())
        shown = Shown(
            facts,
            known,
            sef.passages_by_claim.get(known.id, ()),
            linked,
            tuple(action for action in sef.actions if action not in linked),
            guidance.inquiries if guidance else (),
            self.acting.why_not_write(),
        )
        self.inspector.claim.show_claim(sef, shown)

    def _show_section(self, reason: str | None) -> None:
        ref = self._ref()
        guidance = self._guidance.get(ref)
        if guidance is None:
            self.bridge.ask(
                lambda project: writing.guidance(project, ref),
                lambda found: self._guided(ref, found),
            )
        shown = SectionShown(self._row(), guidance, writing.loose(self.bridge.sef), reason)
        self.inspector.section.show_section(shown)

    def _guided(self, ref: str, found: Guidance) -> None:
        self._guidance[ref] = found
        if self.section in self.bridge.sef.section_by_id and ref == self._ref():
            self._show_claim()
            self._show_section(self.acting.why_not_write())

    def _ref(self) -> str:
        found = self.bridge.sef.section_by_id.get(self.section)
        return found.ref if found else ""

    def _show_steps(self) -> None:
        reason = self.acting.why_not_write()
        unsaved = not reason and self.draft.unsaved
        self.acts["undo"][0].setEnabled(not reason and bool(self.draft.steps.undo or unsaved))
        self.acts["redo"][0].setEnabled(not reason and bool(self.draft.steps.redo))

    def _show_style(self) -> None:
        line = line_kind(self.page.textCursor().block())
        self.toolbar.show_style(line.kind, line.level)

    def _edited(self) -> None:
        self.acts["undo"][0].setEnabled(True)

    def _told(self, words: str, role: str = "error") -> None:
        if words:
            self.message.say(words, role)
        elif self.message.text:
            self.message.clear()

    def _claim_changed(self, claim: str) -> None:
        self._show_claim()
        if claim:
            self.inspector.show_claim_tab()
            chip = self.acting.claims.get(claim)
            if chip and self.page.hasFocus():
                said = f"Claim, {chip.kind.replace('-', ' ')}, {chip.in_short or 'no evidence'}"
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.page, said))

    def _section_of(self, claim: str) -> str:
        found = writing.numbered_claims(self.bridge.sef).get(ClaimId(claim))
        return found.section if found else ""

    def _refused(self, words: str) -> None:
        self.message.say(words)
        self._show_all()

    def _marked(self, _claim: str) -> None:
        """A claim was made: its kind is chosen next, by 1 to 5."""
        self._show_chips()
        self._show_claim()
        self.inspector.show_claim_tab()
        if self.inspector.isVisible():
            self.inspector.claim.kinds.setFocus()

    def _renamed(self, section: str, title: str) -> None:
        self.acting.do(RenameSection(section=SectionId(section), title=title))

    def _rename(self) -> None:
        self.list.show()
        self.list.view.setFocus()
        self.list.view.edit(self.list.view.currentIndex())

    # -- going about

    def _step(self, by: int) -> None:
        self.page.setFocus()
        if not self.page.next_claim(by):
            self.message.say("There is no claim in this section yet.", "info")

    def _choose_claim(self, claim: str) -> None:
        self.page.go_to_claim(claim)
        self.page.setFocus()
        self.inspector.show_claim_tab()

    def _go_to_check(self, check: Check) -> None:
        if self.page.go_to_claim(check.where.claim):
            self.page.setFocus()

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAccessibleName("What can be done here")
        for words, keys, act, on in self.page.clipboard_acts():
            action = menu.addAction(words)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(on)
            action.triggered.connect(lambda _=False, act=act: act())
        menu.addSeparator()
        for name in ("claim", "unmark", "find", "link"):
            menu.addAction(self.acts[name][0])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _fold(self, pane: str) -> None:
        widget = self.list if pane == "list" else self.inspector
        self._wanted[pane] = not widget.isVisible()
        widget.setVisible(self._wanted[pane])

    def showEvent(self, event: object) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        if not self._sized:
            self._sized = True
            before, behind = _PANES[self.width() >= _ROOMY]
            self.splitter.setSizes([before, self.width() - before - behind, behind])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.list.setVisible(self._wanted.get("list", self.width() >= _LIST_FROM))
        self.inspector.setVisible(self._wanted.get("inspector", self.width() >= _INSPECTOR_FROM))
