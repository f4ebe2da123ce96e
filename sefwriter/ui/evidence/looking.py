"""What is looked at: one file's pages with its passages and the words found, and its facts."""

from PySide6.QtCore import QObject, QTimer, Signal

from sefwriter.desk.evidence_list import numbered_claims
from sefwriter.desk.page_pictures import (
    PassageNow,
    pages_of,
    pages_with,
    passages_now,
    places_of,
    words_like,
)
from sefwriter.model.ids import EvidenceId
from sefwriter.model.sef import Evidence
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.evidence.facts import FactsPane
from sefwriter.ui.evidence.marks import PassageMark
from sefwriter.ui.evidence.page_pane import PagePane
from sefwriter.ui.evidence.search import FileSearch
from sefwriter.ui.evidence.states import say_state

_PAUSE = 120
"""Milliseconds that a file is looked at before its passages are found again in it."""


class Looking(QObject):
    """Shows one item in the pages' pane and the facts. `refused` is told what can't be had."""

    refused = Signal(str)

    def __init__(self, bridge: Bridge, page: PagePane, facts: FactsPane, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._page = page
        self._facts = facts
        self._now: tuple[PassageNow, ...] = ()
        self._to_show = ""
        self.evidence = ""
        self.found_words = ""
        self.search = FileSearch()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._ask_passages)

    @property
    def item(self) -> Evidence | None:
        """The evidence looked at, None for none."""
        return self._bridge.sef.evidence_by_id.get(EvidenceId(self.evidence))

    def open(self, evidence: str, page: int = 0, passage: str = "") -> None:
        """Shows an item, at a page or a passage of it."""
        if evidence != self.evidence:
            self.evidence = evidence
            self._now = ()
            self.search = FileSearch()
            self._page.field.clear()
            self._page.message.clear()
            self.refresh()
        if page:
            self._page.view.go_to(page)
            self.mark_found(page)
        self._to_show = passage
        self.show_passage(passage)

    def refresh(self) -> None:
        """Shows the item as the SEF has it now."""
        if self.item is None:
            self.evidence = ""
        item, view, sef = self.item, self._page.view, self._bridge.sef
        pages = pages_of(self._bridge.home, sef, item) if item else None
        view.show_pages(pages, readable=item is not None and item.evidence_class != "restricted")
        say_state(self._page, sef, item, has_pages=pages is not None)
        self._page.say_chosen()
        self._show_passages()
        if item:
            self._later.start()
            if view.finder is None:
                self.mark_found()

    def show_passage(self, passage: str) -> None:
        """Goes to a passage of this file."""
        mark = next((m for m in self._page.view.marks if m.passage == passage), None)
        if mark:
            self._page.view.go_to_passage(mark)

    def rest(self) -> None:
        """Nobody looks any more."""
        self._later.stop()

    # -- passages

    def _show_passages(self) -> None:
        sef, item = self._bridge.sef, self.item
        marks = self._marks(item) if item else ()
        self._page.view.show_marks(marks, self._page.view.here)
        self._facts.show_item(sef, item, self._now)

    def _marks(self, item: Evidence) -> tuple[PassageMark, ...]:
        sef = self._bridge.sef
        now = {passage.passage: passage for passage in self._now}
        claims = numbered_claims(sef)
        marks: list[PassageMark] = []
        for passage in sef.passages:
            if passage.evidence != item.id:
                continue
            here = now.get(passage.id)
            page = here.page if here else passage.page
            marks.append(
                PassageMark(
                    passage=passage.id,
                    claim=passage.claim,
                    number=claims[passage.claim].number if passage.claim in claims else "",
                    stance=passage.stance,
                    page=page,
                    page_to=page + passage.page_to - passage.page,
                    quote=(here.quote if here else "") or passage.quote,
                    before=passage.before,
                )
            )
        return tuple(marks)

    def _ask_passages(self) -> None:
        wanted = EvidenceId(self.evidence)

        def then(now: tuple[PassageNow, ...]) -> None:
            if wanted == self.evidence:
                self._now = now
                self._show_passages()
                # A passage that moved is shown where it is now, once.
                self.show_passage(self._to_show)
                self._to_show = ""

        self._bridge.ask(lambda project: passages_now(project, wanted), then, self.refused.emit)

    # -- words found

    def mark_found(self, page: int = 0) -> None:
        """Marks the words of the search over every page; goes to the first on this page."""
        words = self.found_words.replace('"', " ").split()
        finder = (lambda there: words_like(there, words)) if words else None
        self._page.view.show_found(finder, page if words else 0)

    def find(self, words: str) -> None:
        """Finds words in this file, and shows the first from the page looked at on."""
        item, view = self.item, self._page.view
        if item is None or item.current is None or not words.strip():
            self.search = FileSearch()
            self._page.show_hits(0, 0, looking=False)
            view.show_found(None)
            return
        texts = self._bridge.sef.page_facts(item.current.sha256).texts

        def then(pages: tuple[tuple[int, int], ...]) -> None:
            if words == self._page.field.text() and item.id == self.evidence:
                self.search.begin(words, pages, view.page)
                self._show_hit()

        self._bridge.ask(lambda _: pages_with(texts, words), then, self.refused.emit)

    def next_hit(self, by: int) -> None:
        """The next hit in this file, or the one before."""
        self.search.step(by)
        self._show_hit()

    def _show_hit(self) -> None:
        words = self.search.words
        self._page.show_hits(self.search.now, self.search.total, looking=bool(words))
        self._page.view.show_found(
            lambda there: places_of(there, words, any_case=True), *self.search.place()
        )
