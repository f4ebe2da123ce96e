"""The Evidence screen: find, read and bind, from left to right."""

import datetime
from collections.abc import Callable, Mapping
from typing import cast

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtGui import QKeySequence as Keys
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from sefwriter.desk.evidence_list import (
    FoundPages,
    evidence_rows,
    longer_words,
    numbered_claims,
    search_pages,
)
from sefwriter.desk.page_pictures import PagePictures
from sefwriter.model.acts import Act, DeleteEvidence, why_not
from sefwriter.model.ids import ClaimId
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.evidence.binding import Binder
from sefwriter.ui.evidence.bringing import Bringing, files_held
from sefwriter.ui.evidence.carrying import Courier, make_actions
from sefwriter.ui.evidence.claim_picker import ClaimPicker
from sefwriter.ui.evidence.facts import FactsPane
from sefwriter.ui.evidence.list_pane import ListPane
from sefwriter.ui.evidence.looking import Looking
from sefwriter.ui.evidence.page_pane import PagePane
from sefwriter.ui.screen import Navigator, Screen

MOST_HITS = 60
_NARROW, _WIDE = 1180, 1300
"""Widths in px: below the first the facts fold away, from the second on the list is wide."""

_LIST, _FACTS = 372, 312
"""Widths in px at first; people move them."""

_TOAST = 6000
"""Milliseconds that a message about what was done stays."""


class EvidenceScreen(Screen):
    """Evidence on the left, its pages in the middle, its facts on the right.

    Places: `evidence` an id, `page`, `passage` an id, `claim` an id to bind for, `search` words.
    """

    name = "evidence"
    word = "Evidence"
    icon_name = "ph.files"

    def __init__(self, bridge: Bridge, navigator: Navigator, parent: QWidget | None = None) -> None:
        super().__init__(bridge, navigator, parent)
        self._courier = Courier()
        self.pictures = PagePictures(self._courier.carried.emit)
        self.destroyed.connect(self.pictures.close)
        application = QCoreApplication.instance()
        if application:
            application.aboutToQuit.connect(self.pictures.close)
        self.list = ListPane()
        self.page = PagePane(self.pictures)
        self.facts = FactsPane()
        self.binder = Binder(bridge, self)
        self.bringing = Bringing(bridge, self.list.strip, self)
        self.picker = ClaimPicker(self)
        self.looking = Looking(bridge, self.page, self.facts, self)
        self._claim = ""
        self._claim_words = ""
        self._undo: Callable[[], None] = _nothing
        self._facts_wanted: bool | None = None
        self._sized = False
        self._toast = self._timer(_TOAST, self._end_toast)
        self._lay_out()
        self._connect()
        self._make_actions()
        self.setAcceptDrops(True)

    # -- what a screen does

    def refresh(self, touched: frozenset[str]) -> None:
        """Shows the SEF as it is."""
        del touched
        sef = self.bridge.sef
        self.list.show_rows(evidence_rows(sef, datetime.date.today().isoformat()))
        reason = self.bringing.why_not()
        self.list.add_button.tell_why(reason)
        self.list.restricted.setEnabled(reason is None)
        self.page.show_claim(numbered_claims(sef).get(ClaimId(self._claim)))
        self.looking.refresh()
        self._say_why_not()

    def show_place(self, place: Mapping[str, object]) -> None:
        """Shows evidence, a page of it or a passage; or a claim's words looked for everywhere."""
        if self._stale:
            self._stale = False
            self.refresh(frozenset({"*"}))
        if place.get("claim", "") != self._claim:
            self.page.message.clear()  # what was bound for the claim before
        self._claim = str(place.get("claim", ""))
        claim = numbered_claims(self.bridge.sef).get(ClaimId(self._claim))
        self.page.show_claim(claim)
        evidence = str(place.get("evidence", ""))
        words = str(place.get("search", ""))
        if claim and not evidence and not words:
            words = self._claim_words = longer_words(claim.words)
        if words:
            self.list.search_for(words)
            self.list.field.setFocus()
        if evidence:
            self.list.choose(evidence)
            page = int(cast("int", place.get("page", 0) or 0))
            self.open_evidence(evidence, page, str(place.get("passage", "")))
            self.page.view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().hideEvent(event)
        self.looking.rest()

    def menu_actions(self) -> Mapping[str, list[QAction]]:
        """Binding and finding under Edit, zoom and facts under View, pages under Go."""
        return self._actions

    # -- searching

    def _search_every_page(self, words: str) -> None:
        self.looking.found_words = words
        self.looking.mark_found()
        if not words:
            self.list.show_found(None)
            return

        def then(found: FoundPages) -> None:
            if found.words == self.looking.found_words:
                self.list.show_found(found)

        widen = words == self._claim_words
        self.bridge.ask(
            lambda project: search_pages(project, words, MOST_HITS, widen=widen), then, self.say
        )

    # -- binding

    def open_evidence(self, evidence: str, page: int = 0, passage: str = "") -> None:
        """Shows an item, at a page or a passage of it."""
        self.looking.open(evidence, page, passage)
        self._say_why_not()

    def _say_why_not(self) -> None:
        item = self.looking.item
        self.page.tell_why(self._why_not_bind())
        if item:
            delete = DeleteEvidence(evidence=item.id)
            why = why_not(self.bridge.sef, self.binder.person, delete)
            self.facts.tell_why(self.bringing.why_not(), why)

    def _why_not_bind(self) -> str | None:
        item, claim = self.looking.item, self.page.claim
        if item and self.page.view.pages is None:
            return f"{item.number} has no pages here that could be bound."
        return self.binder.why_not(item, claim.id if claim else None)

    def bind(self) -> None:
        """Binds what is chosen to the claim at hand, or asks to which."""
        item, claim = self.looking.item, self.page.claim
        reason = self._why_not_bind()
        if item is None or reason:
            self.say(reason or "Choose evidence first.")
        elif claim:
            self.binder.bind(self.page.view, item.id, claim, self.page.stance)
        else:
            claims = tuple(numbered_claims(self.bridge.sef).values())
            self.picker.ask(claims, self.page.bind)

    def _bind_to(self, claim: str) -> None:
        item = self.looking.item
        if item:
            found = numbered_claims(self.bridge.sef)[ClaimId(claim)]
            self.binder.bind(self.page.view, item.id, found, self.page.stance)

    def _bound(self, passage: str, number: str) -> None:
        self.page.view.choose(None)
        self.page.view.here = passage
        self.tell(f"Bound to {number}", lambda: self.binder.unbind(passage))

    # -- saying

    def say(self, sentence: str) -> None:
        """A fault, in place, until something else is said."""
        self._toast.stop()
        self.page.message.say(sentence, "error")
        self._announce(sentence)

    def tell(self, words: str, undo: Callable[[], None], act: str = "Undo") -> None:
        """What was done, with the way back."""
        self._undo = undo
        self.page.message.say(words, "ok" if act == "Undo" else "warning", act)
        self._announce(words)
        if act == "Undo":
            self._toast.start()

    def _announce(self, words: str) -> None:
        """Read aloud, for whoever doesn't see it come."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _act_of_message(self) -> None:
        self.page.message.clear()
        self._undo()

    def _end_toast(self) -> None:
        message = self.page.message
        pointed = message.underMouse() or message.isAncestorOf(self.focusWidget() or self)
        if pointed:
            self._toast.start()
        else:
            message.clear()

    # -- facts

    def _set(self, act: Act) -> None:
        self.facts.message.clear()
        self.bridge.do(act, failed=self.facts.message.say)

    def _delete(self) -> None:
        item = self.looking.item
        if item is None:
            return

        def delete() -> None:
            self.bridge.do(DeleteEvidence(evidence=item.id), failed=self.say)

        words = f"Delete {item.number} {item.title}? Nothing rests on it; this can't be undone."
        self.tell(words, delete, "Delete")

    def toggle_facts(self) -> None:
        """Folds the facts away, or shows them."""
        self._facts_wanted = self.facts.isHidden()
        self.facts.setVisible(self._facts_wanted)

    # -- files coming in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802, D102 - Qt's name
        paths = files_held(event.mimeData())
        if paths and self.bringing.why_not() is None:
            self.list.strip.invite(len(paths))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802, D102 - Qt's name
        del event
        self.list.strip.rest()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802, D102 - Qt's name
        event.acceptProposedAction()
        self.bringing.add(files_held(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.matches(Keys.StandardKey.Paste) and self.bringing.paste():
            return
        if event.key() == Qt.Key.Key_Escape:
            self.bringing.cancel()
            self.page.message.clear()
        elif event.matches(Keys.StandardKey.Back):
            self.navigator.back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        if self._facts_wanted is None:
            self.facts.setVisible(self.width() >= _NARROW)
        if not self._sized:
            self._sized = True
            left = _LIST if self.width() >= _WIDE else self.list.minimumWidth()
            self.splitter.setSizes([left, self.width() - left - _FACTS, _FACTS])

    # -- making

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for pane, least in ((self.list, 300), (self.page, 360), (self.facts, 260)):
            pane.setMinimumWidth(least)
            self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setStretchFactor(2, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)

    def _connect(self) -> None:
        listed, page, facts = self.list, self.page, self.facts
        listed.opened.connect(self.open_evidence)
        listed.entered.connect(page.view.setFocus)
        listed.words_asked.connect(self._search_every_page)
        listed.add_asked.connect(self.bringing.ask)
        listed.strip.cancelled.connect(self.bringing.cancel)
        page.bind_asked.connect(self.bind)
        page.done_asked.connect(self._done)
        page.back_asked.connect(self.navigator.back)
        page.find_asked.connect(self.looking.find)
        page.next_asked.connect(self.looking.next_hit)
        page.facts_asked.connect(self.toggle_facts)
        page.message.acted.connect(self._act_of_message)
        page.empty.acted.connect(lambda: self.bringing.replace(self.looking.evidence))
        page.view.claim_asked.connect(self._go_to_claim)
        page.view.key_typed.connect(self._typed)
        facts.set_asked.connect(self._set)
        facts.claim_asked.connect(self._go_to_claim)
        facts.passage_asked.connect(self.looking.show_passage)
        facts.replace_asked.connect(lambda: self.bringing.replace(self.looking.evidence))
        facts.delete_asked.connect(self._delete)
        self.binder.bound.connect(self._bound)
        self.binder.refused.connect(self.say)
        self.looking.refused.connect(self.say)
        self.picker.picked.connect(self._bind_to)
        self.bringing.refused.connect(self.say)
        self.bringing.added.connect(self._show_added)

    def _make_actions(self) -> None:
        view, looking = self.page.view, self.looking
        self._actions = make_actions(
            self,
            {
                "Edit": (
                    ("Bind", self.bind, "Ctrl+B"),
                    ("Find in this file", self._find, "Ctrl+F"),
                    ("Next hit", lambda: looking.next_hit(1), "F3"),
                    ("Hit before", lambda: looking.next_hit(-1), "Shift+F3"),
                ),
                "View": (
                    ("Larger", lambda: view.zoom_step(1), "Ctrl++", "Ctrl+="),
                    ("Smaller", lambda: view.zoom_step(-1), "Ctrl+-"),
                    ("100 %", lambda: view.set_zoom(1.0), "Ctrl+0"),
                    ("Fit the width", view.fit_width, "Ctrl+9"),
                    ("Facts", self.toggle_facts, "F4"),
                ),
                "Go": (
                    ("Next page", lambda: view.go_to(view.page + 1), "Ctrl+PgDown"),
                    ("Page before", lambda: view.go_to(view.page - 1), "Ctrl+PgUp"),
                ),
            },
        )

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def _find(self) -> None:
        self.page.field.setFocus()
        self.page.field.selectAll()

    def _typed(self, letter: str) -> None:
        if letter == "q":
            self.page.turn_stance()

    def _done(self) -> None:
        self._claim = ""
        self.page.show_claim(None)

    def _go_to_claim(self, claim: str) -> None:
        self.navigator.go("write", {"claim": claim})

    def _show_added(self, evidence: str) -> None:
        """The last file added is looked at, unless somebody looks at another."""
        if not self.looking.evidence:
            self.list.choose(evidence)
            self.open_evidence(evidence)


def _nothing() -> None:
    """No way back."""
