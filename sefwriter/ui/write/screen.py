"""The Write screen: sections on the left, the page in the middle, the inspector on the right."""

from collections.abc import Callable, Mapping
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
    Act,
    EditText,
    MarkReady,
    MoveSection,
    RemoveClaim,
    RenameSection,
    why_not,
)
from sefwriter.model.checks import Check
from sefwriter.model.ids import ClaimId, SectionId, new_id
from sefwriter.model.sef import Claim
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.screen import Navigator, Screen
from sefwriter.ui.widgets.empty import EmptyState
from sefwriter.ui.widgets.pieces import Ground, Message
from sefwriter.ui.write import editing
from sefwriter.ui.write.chips import Chip
from sefwriter.ui.write.claim_tab import Shown
from sefwriter.ui.write.clipboard import with_own_claims
from sefwriter.ui.write.draft import Draft
from sefwriter.ui.write.formats import line_kind
from sefwriter.ui.write.inspector import Inspector
from sefwriter.ui.write.lines import Line
from sefwriter.ui.write.page import PageView
from sefwriter.ui.write.section_tab import SectionShown
from sefwriter.ui.write.sections import SectionList
from sefwriter.ui.write.toolbar import Foot, LinkBar, Toolbar

_LIST_FROM: Final = 1180
_INSPECTOR_FROM: Final = 1000
"""Widths of the screen in px under which the list, then the inspector, fold away."""

_LIST, _INSPECTOR = 252, 344
_MENUS: Final = {
    "Edit": "undo redo bold italic text heading subheading bullets numbers rename",
    "Insert": "claim unmark link",
    "View": "sections inspector",
    "Go": "next previous find",
}
"""What the screen adds to the menus, by the names of its acts."""

_NOBODY: Final = "Nobody is at the desk. Say who you are first."


class WriteScreen(Screen):
    """Text in the middle, the proof to the right of the line that needs it.

    Places: `section` an id, `claim` an id.
    """

    name = "write"
    word = "Write"
    icon_name = "ph.note-pencil"

    def __init__(self, bridge: Bridge, navigator: Navigator, parent: QWidget | None = None) -> None:
        super().__init__(bridge, navigator, parent)
        self.section = SectionId("")
        self._rows: tuple[SectionRow, ...] = ()
        self._claims: Mapping[str, ClaimFacts] = {}
        self._fresh: set[str] = set()
        self._guidance: dict[str, Guidance] = {}
        self._wanted: dict[str, bool] = {}
        self.list = SectionList()
        self.page = PageView()
        self.draft = Draft(bridge, self.page)
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
            self._open(self._rows[0].id if self._rows else SectionId(""))
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
        self.section = SectionId("")
        self._guidance.clear()
        super()._opened()

    # -- making it

    def _lay_out(self) -> None:
        middle = Ground("window")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        frame = Ground("window")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(14, 12, 4, 0)
        inner.setSpacing(8)
        inner.addWidget(self.message)
        inner.addWidget(self.page, 1)
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
        self.splitter.setSizes([_LIST, 800, _INSPECTOR])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)

    def _make_actions(self) -> dict[str, tuple[QAction, str]]:
        page = self.page
        rows: tuple[tuple[str, str, str, str, Callable[[], object]], ...] = (
            ("undo", "Undo", "Ctrl+Z", "ph.arrow-u-up-left", self.draft.undo),
            ("redo", "Redo", "Ctrl+Y", "ph.arrow-u-up-right", self.draft.redo),
            ("bold", "Bold", "Ctrl+B", "ph.text-bolder", lambda: page.toggle_look("bold")),
            ("italic", "Italic", "Ctrl+I", "ph.text-italic", lambda: page.toggle_look("italic")),
            ("text", "Text", "Ctrl+Shift+N", "", lambda: self._style(0)),
            ("heading", "Heading", "Ctrl+1", "", lambda: self._style(editing.HEADING)),
            ("subheading", "Subheading", "Ctrl+2", "", lambda: self._style(editing.HEADING + 1)),
            ("bullets", "Bullets", "Ctrl+Shift+L", "ph.list-bullets", lambda: self._list(False)),
            ("numbers", "Numbers", "Ctrl+Shift+O", "ph.list-numbers", lambda: self._list(True)),
            ("link", "Link…", "Ctrl+K", "ph.link", self._ask_link),
            ("claim", "Claim", "Ctrl+M", "", self.mark_claim),
            ("unmark", "Remove claim", "Ctrl+Shift+M", "", self.remove_claim),
            ("find", "Find evidence", "Ctrl+Shift+B", "", self.find_evidence),
            ("next", "Next claim", "F8", "", lambda: self._step(1)),
            ("previous", "Claim before", "Shift+F8", "", lambda: self._step(-1)),
            ("rename", "Rename section", "", "", self._rename),
            ("sections", "Sections", "Shift+F4", "", lambda: self._fold("list")),
            ("inspector", "Inspector", "F4", "", lambda: self._fold("inspector")),
        )
        found: dict[str, tuple[QAction, str]] = {}
        for name, words, keys, icon_name, act in rows:
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setToolTip(f"{words.rstrip('…')} ({keys})" if keys else words)
            action.triggered.connect(lambda _=False, act=act: act())
            self.addAction(action)
            found[name] = (action, icon_name or "ph.circle")
        return found

    def _connect(self) -> None:
        self.list.chosen.connect(lambda section: self._open(SectionId(section)))
        self.list.renamed.connect(
            lambda section, title: self._do(RenameSection(section=SectionId(section), title=title))
        )
        self.list.move_wanted.connect(self._move)
        self.page.claim_changed.connect(self._claim_changed)
        self.page.undo_wanted.connect(self.draft.undo)
        self.page.redo_wanted.connect(self.draft.redo)
        self.page.refused.connect(lambda words: self.message.say(words, "info"))
        self.page.menu_wanted.connect(self._menu)
        self.page.looks_changed.connect(self._show_style)
        self.page.take_pasted = self._take_pasted
        self.page.page.edited.connect(self._edited)
        self.page.chips.chosen.connect(self._choose_claim)
        self.page.chips.asked.connect(lambda _, place: self._menu(place))
        self.draft.refused.connect(self._told)
        self.draft.stepped.connect(self._show_steps)
        self.toolbar.styled.connect(self._style)
        self.toolbar.claim.clicked.connect(self.mark_claim)
        self.toolbar.ready.clicked.connect(self._mark_ready)
        self.link_bar.chosen.connect(self._set_link)
        self.link_bar.closed.connect(self.page.setFocus)
        self.foot.next.clicked.connect(lambda: self._step(1))
        claim = self.inspector.claim
        claim.act.connect(self._do)
        claim.go.connect(self.navigator.go)
        claim.find_evidence.connect(self.find_evidence)
        claim.remove.connect(self.remove_claim)
        claim.back_to_text.connect(self.page.setFocus)
        claim.step.connect(self._step)
        self.inspector.section.act.connect(self._do)
        self.inspector.section.remove_claim.connect(
            lambda claim: self._do(RemoveClaim(claim=ClaimId(claim)))
        )

    # -- showing

    def _open(self, section: SectionId) -> None:
        self.draft.open(section)
        self.section = section
        self.message.clear()
        self._fresh.clear()
        self._show_all()

    def _show_all(self) -> None:
        sef = self.bridge.sef
        here = sef.section_by_id.get(self.section)
        self.page.setVisible(here is not None)
        self._empty.setVisible(here is None)
        self.list.show_rows(self._rows, self.section)
        reason = self._why_not_write()
        self.page.setReadOnly(reason is not None)
        self.toolbar.claim.tell_why(reason)
        self.toolbar.setEnabled(here is not None)
        self._show_steps()
        if here is None:
            self.inspector.claim.show_claim(None, None)
            return
        self.page.show_title(here.title)
        self._claims = writing.section_claims(sef, self.section)
        self._fresh -= set(self._claims)
        self._show_chips()
        checks = writing.section_checks(sef, self.section)
        row = self._row()
        self.foot.show_counts(row.words, row.target, checks)
        self.inspector.show_checks(checks)
        self.toolbar.ready.tell_why(reason or self._why_not(MarkReady(section=self.section)))
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
            for claim, found in self._claims.items()
        }
        for claim in self._fresh:
            chips[claim] = Chip(claim, "context", "new", "No evidence", "error", "Rests on nothing")
        self.page.show_claims(chips)

    def _show_claim(self) -> None:
        sef, claim = self.bridge.sef, self.page.current_claim
        facts = self._claims.get(claim)
        if facts is None and claim in self._fresh:
            facts = ClaimFacts(ClaimId(claim), "context", "new", self._words_of(claim), "")
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
            self._why_not_write(),
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
            self._show_section(self._why_not_write())

    def _ref(self) -> str:
        found = self.bridge.sef.section_by_id.get(self.section)
        return found.ref if found else ""

    def _show_steps(self) -> None:
        reason = self._why_not_write()
        unsaved = not reason and self.draft.unsaved
        self.acts["undo"][0].setEnabled(not reason and bool(self.draft.steps.undo or unsaved))
        self.acts["redo"][0].setEnabled(not reason and bool(self.draft.steps.redo))

    def _show_style(self) -> None:
        line = line_kind(self.page.textCursor().block())
        self.toolbar.show_style(line.kind, line.level)

    def _edited(self) -> None:
        self.acts["undo"][0].setEnabled(True)

    def _told(self, words: str) -> None:
        if words:
            self.message.say(words)
        elif self.message.text:
            self.message.clear()

    def _claim_changed(self, claim: str) -> None:
        self._show_claim()
        if claim:
            self.inspector.show_claim_tab()
            chip = self._claims.get(claim)
            if chip and self.page.hasFocus():
                said = f"Claim, {chip.kind.replace('-', ' ')}, {chip.in_short or 'no evidence'}"
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.page, said))

    def _section_of(self, claim: str) -> str:
        found = writing.numbered_claims(self.bridge.sef).get(ClaimId(claim))
        return found.section if found else ""

    def _words_of(self, claim: str) -> str:
        return self.page.words_of(claim)

    # -- may they

    def _why_not(self, act: Act) -> str | None:
        person = self.bridge.desk.person
        return _NOBODY if person is None else why_not(self.bridge.sef, person.id, act)

    def _why_not_write(self) -> str | None:
        return self._why_not(EditText(section=self.section, text=""))

    def _do(self, act: Act) -> None:
        self.draft.save()
        self.bridge.do(act, lambda: self._told(""), self._refused)

    def _refused(self, words: str) -> None:
        self.message.say(words)
        self._show_all()

    # -- acts

    def _style(self, level: int) -> None:
        change = editing.as_heading(level) if level else editing.as_text
        self.page.command(lambda cursor: editing.set_lines(cursor, change))

    def _list(self, ordered: bool) -> None:
        self.page.command(lambda cursor: editing.toggle_list(cursor, ordered=ordered))

    def _ask_link(self) -> None:
        cursor = self.page.textCursor()
        address = cursor.charFormat().anchorHref()
        if not cursor.hasSelection() and not address:
            self.message.say("Select the words that shall be the link first.", "info")
            return
        self.link_bar.ask(address)

    def _set_link(self, address: str) -> None:
        if address and ":" not in address:
            address = f"mailto:{address}" if "@" in address else f"https://{address}"
        self.page.command(lambda cursor: editing.set_link(editing.with_link(cursor), address))

    def mark_claim(self) -> None:
        """Makes the selected words a claim; its kind is chosen next, by 1 to 5."""
        cursor = self.page.textCursor()
        reason = self._why_not_write() or editing.why_not_claim(cursor)
        if reason:
            self.message.say(reason, "info")
            return
        claim = new_id("claim")
        self.draft.save()
        self._fresh.add(claim)
        editing.set_claim(cursor, claim)
        self.message.clear()
        self.draft.save_claims({claim: ""})
        self._show_chips()
        self.page.go_to_claim(claim)
        self._show_claim()
        self.inspector.show_claim_tab()
        if self.inspector.isVisible():
            self.inspector.claim.kinds.setFocus()

    def remove_claim(self) -> None:
        """Takes the mark off the current claim; its words stay."""
        claim = self.page.current_claim
        if not claim:
            self.message.say("Put the caret into a claim first.", "info")
        elif claim in self._claims:
            self._do(RemoveClaim(claim=ClaimId(claim)))

    def find_evidence(self) -> None:
        """Goes to the evidence with the current claim, to bind what it rests on."""
        claim = self.page.current_claim
        if not claim:
            self.message.say("Put the caret into a claim first.", "info")
            return
        self.draft.save()
        self.navigator.go("evidence", {"claim": claim})

    def _mark_ready(self) -> None:
        self._do(MarkReady(section=self.section))

    def _rename(self) -> None:
        self.list.show()
        self.list.view.setFocus()
        self.list.view.edit(self.list.view.currentIndex())

    def _move(self, section: str, by: int) -> None:
        order = [row.id for row in self._rows]
        there = order.index(SectionId(section)) + by
        if 0 <= there < len(order):
            rest = [item for item in order if item != section]
            after = rest[there - 1] if there else ""
            self._do(MoveSection(section=SectionId(section), after=after))

    def _take_pasted(self, lines: list[Line]) -> list[Line]:
        sef = self.bridge.sef
        standing = {*writing.numbered_claims(sef)} - {*self._claims} | {*self.page.claims.places()}
        found, made = with_own_claims(lines, standing, sef.claims)
        if made:
            self._fresh |= set(made)
            self.draft.expect_claims(made)
        return found

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

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.list.setVisible(self._wanted.get("list", self.width() >= _LIST_FROM))
        self.inspector.setVisible(self._wanted.get("inspector", self.width() >= _INSPECTOR_FROM))
