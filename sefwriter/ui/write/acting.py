"""What can be done on the page with keys, buttons and menus. What is shown is the screen's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from sefwriter.desk import writing
from sefwriter.desk.writing import ClaimFacts
from sefwriter.model.acts import Act, RemoveClaim, why_not
from sefwriter.model.acts.writing import EditText, MoveSection
from sefwriter.model.ids import ClaimId, SectionId, new_id
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.write import editing
from sefwriter.ui.write.clipboard import with_own_claims
from sefwriter.ui.write.draft import Draft
from sefwriter.ui.write.lines import Line
from sefwriter.ui.write.page import PageView

_NOBODY: Final = "Nobody is at the desk. Say who you are first."
_NO_CLAIM: Final = "Put the caret into a claim first."

Rows = Sequence[tuple[str, str, str, str, Callable[[], object]]]
"""Acts by (name, words, keys, icon, what it does)."""


def make_actions(widget: QWidget, rows: Rows) -> dict[str, tuple[QAction, str]]:
    """The acts as actions that hold inside the widget, each with its icon's name, by name."""
    found: dict[str, tuple[QAction, str]] = {}
    for name, words, keys, icon_name, act in rows:
        action = QAction(words, widget)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(f"{words.rstrip('…')} ({keys})" if keys else words)
        action.triggered.connect(lambda _=False, act=act: act())
        widget.addAction(action)
        found[name] = (action, icon_name)
    return found


class Acting(QObject):
    """Acts on the section of the draft. `claims` are those that stand in it, `fresh` those that
    were just made and aren't in the SEF yet.

    `said` is why something can't be done now ("" for nothing any more), `refused` a sentence of the
    desk, `marked` the id of a claim just made.
    """

    said = Signal(str)
    refused = Signal(str)
    marked = Signal(str)
    link_asked = Signal(str)
    evidence_wanted = Signal(str)

    def __init__(self, bridge: Bridge, page: PageView, draft: Draft) -> None:
        super().__init__(page)
        self._bridge, self._page, self._draft = bridge, page, draft
        self.claims: Mapping[str, ClaimFacts] = {}
        self.fresh: set[str] = set()
        page.take_pasted = self._take_pasted

    # -- may they

    def why_not(self, act: Act) -> str | None:
        """Why an act can't be done now; None when it can."""
        person = self._bridge.desk.person
        return _NOBODY if person is None else why_not(self._bridge.sef, person.id, act)

    def why_not_write(self) -> str | None:
        """Why nothing can be written in the section; None when it can."""
        return self.why_not(EditText(section=self._draft.section, text=""))

    def do(self, act: Act) -> None:
        """An act, after what was written before it."""
        self._draft.save()
        self._bridge.do(act, lambda: self.said.emit(""), self.refused.emit)

    # -- blocks and links

    def style(self, level: int) -> None:
        """Makes the chosen blocks headings of a level, or text for 0."""
        change = editing.as_heading(level) if level else editing.as_text
        self._page.command(lambda cursor: editing.set_lines(cursor, change))

    def bullets(self) -> None:
        """Makes the chosen blocks a bulleted list, or text again."""
        self._page.command(lambda cursor: editing.toggle_list(cursor, ordered=False))

    def numbers(self) -> None:
        """Makes the chosen blocks a numbered list, or text again."""
        self._page.command(lambda cursor: editing.toggle_list(cursor, ordered=True))

    def ask_link(self) -> None:
        """Asks for the address of what is selected, or of the link with the caret."""
        cursor = self._page.textCursor()
        address = cursor.charFormat().anchorHref()
        if not cursor.hasSelection() and not address:
            self.said.emit("Select the words that shall be the link first.")
            return
        self.link_asked.emit(address)

    def set_link(self, address: str) -> None:
        """Makes it a link to this address; "" takes the link off."""
        if address and ":" not in address:
            address = f"mailto:{address}" if "@" in address else f"https://{address}"
        self._page.command(lambda cursor: editing.set_link(editing.with_link(cursor), address))

    # -- claims

    def mark(self) -> None:
        """Makes the selected words a claim."""
        cursor = self._page.textCursor()
        reason = self.why_not_write() or editing.why_not_claim(cursor)
        if reason:
            self.said.emit(reason)
            return
        claim = new_id("claim")
        self._draft.save()
        self.fresh.add(claim)
        editing.set_claim(cursor, claim)
        self.said.emit("")
        self._draft.save_claims({claim: ""})
        self._page.go_to_claim(claim)
        self.marked.emit(claim)

    def unmark(self) -> None:
        """Takes the mark off the current claim; its words stay."""
        claim = self._page.current_claim
        if not claim:
            self.said.emit(_NO_CLAIM)
        elif claim in self.claims:
            self.do(RemoveClaim(claim=ClaimId(claim)))

    def find_evidence(self) -> None:
        """Asks for evidence that the current claim can rest on."""
        claim = self._page.current_claim
        if not claim:
            self.said.emit(_NO_CLAIM)
            return
        self._draft.save()
        self.evidence_wanted.emit(claim)

    def _take_pasted(self, lines: list[Line]) -> list[Line]:
        sef = self._bridge.sef
        elsewhere = {*writing.numbered_claims(sef)} - {*self.claims}
        standing = elsewhere | {*self._page.claims.places()}
        found, made = with_own_claims(lines, standing, sef.claims)
        if made:
            self.fresh |= set(made)
            self._draft.expect_claims(made)
        return found

    # -- sections

    def move(self, section: str, by: int) -> None:
        """Moves a section up or down by so many places."""
        order = [item.id for item in self._bridge.sef.sections]
        there = order.index(SectionId(section)) + by
        if 0 <= there < len(order):
            rest = [item for item in order if item != section]
            after = rest[there - 1] if there else ""
            self.do(MoveSection(section=SectionId(section), after=after))
