"""The left pane: add files, search every page, filter, and the list."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sefwriter.desk.evidence_list import EvidenceRow, FoundPages
from sefwriter.model.words import PARTNERS, PLAIN
from sefwriter.ui.evidence.adding import AddingStrip
from sefwriter.ui.evidence.controls import Chip, EmptyPane, IconButton, SearchField
from sefwriter.ui.evidence.list_delegate import EvidenceDelegate
from sefwriter.ui.evidence.list_model import EvidenceModel, Filter
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Ground, Words

PAUSE = 200
"""Milliseconds without a key until the words are looked for."""


class ListPane(Ground):
    """Evidence to choose from. `opened` is told an item and the page of a hit (0 for none)."""

    opened = Signal(str, int)
    entered = Signal()
    words_asked = Signal(str)
    add_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("window", "r")
        self.model = EvidenceModel()
        self.setAccessibleName("Evidence list")
        self.add_button = Button("Add files", "ph.plus", "primary")
        self.add_button.clicked.connect(lambda: self.add_asked.emit("general"))
        self.more = IconButton("ph.dots-three-vertical", "More ways to add")
        self.more.clicked.connect(self._show_more)
        self.restricted = QAction("Add restricted files…", self)
        self.restricted.triggered.connect(lambda: self.add_asked.emit("restricted"))
        self.field = SearchField("Search every page", 32)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.returnPressed.connect(self._open_first)
        self._make_filters()
        self.view = _List()
        self.view.setModel(self.model)
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.view.activated.connect(self._entered)
        self.empty = EmptyPane("ph.files")
        self.empty.acted.connect(self._help)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self.note = Words(role="small", colour="text_2")
        self.note.setContentsMargins(14, 6, 14, 6)
        self.strip = AddingStrip()
        self._lay_out()
        self._quiet = False

    # -- what is shown

    def show_rows(self, rows: Sequence[EvidenceRow]) -> None:
        """The items of the SEF; what was chosen stays chosen."""
        evidence, page = self.current()
        self._quietly(lambda: self.model.show_rows(rows))
        self.choose(evidence, page)
        count = len(rows)
        files = f"{count} file{'s' * (count != 1)}"
        self.field.call(f"Search every page of {files}")
        self.field.setEnabled(count > 0)
        self._all.say(f"All {count}")
        self._unused.say(f"Unused {sum(1 for row in rows if not row.claims)}")
        self._stale.say(f"Stale {sum(1 for row in rows if row.stale)}")
        self._say_empty()

    def show_found(self, found: FoundPages | None) -> None:
        """What a search gave, None for no search."""
        evidence, page = self.current()
        self._quietly(lambda: self.model.show_found(found))
        self.choose(evidence, page)
        self._say_empty()

    def search_for(self, words: str) -> None:
        """Puts words into the field and looks for them at once."""
        self.field.setText(words)
        self.field.setCursorPosition(0)
        self._ask()

    def current(self) -> tuple[str, int]:
        """The item chosen and the page of its hit; ("", 0) for none."""
        line = self.model.line(self.view.currentIndex())
        return (line.row.id, line.hit.page if line.hit else 0) if line else ("", 0)

    def choose(self, evidence: str, page: int = 0) -> None:
        """Chooses an item without opening it again."""
        index = self.model.index_of(evidence, page)
        self._quietly(lambda: self.view.setCurrentIndex(index))
        if index.isValid():
            self.view.scrollTo(index)

    # -- inside

    def _make_filters(self) -> None:
        self._all, self._unused, self._stale = Chip("All"), Chip("Unused"), Chip("Stale")
        self._filters = QButtonGroup(self)
        for chip, state in ((self._all, ""), (self._unused, "unused"), (self._stale, "stale")):
            self._filters.addButton(chip)
            chip.clicked.connect(lambda _=False, s=state: self._filter(state=s))
        self._all.setChecked(True)
        self._partner = IconButton("ph.funnel", "Only one partner's evidence")
        self._partner.clicked.connect(self._show_partners)
        self._partner_chip = Chip("")
        self._partner_chip.setCheckable(False)
        self._partner_chip.clicked.connect(lambda: self._filter(partner=""))
        self._partner_chip.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Words("Evidence", "title", wrap=False))
        head.addStretch()
        head.addWidget(self.add_button)
        head.addWidget(self.more)
        filters = QHBoxLayout()
        filters.setSpacing(4)
        for piece in (self._all, self._unused, self._stale, self._partner_chip):
            filters.addWidget(piece)
        filters.addStretch()
        filters.addWidget(self._partner)
        top = QVBoxLayout()
        top.setContentsMargins(14, 10, 12, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.field)
        top.addLayout(filters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.note)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)

    def _quietly(self, act: object) -> None:
        self._quiet = True
        act()  # type: ignore[operator]  # pyright: ignore[reportCallIssue]
        self._quiet = False

    def _chosen(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line and not self._quiet:
            self.opened.emit(line.row.id, line.hit.page if line.hit else 0)

    def _entered(self, index: QModelIndex) -> None:
        self._chosen(index)
        self.entered.emit()

    def _open_first(self) -> None:
        if self._pause.isActive():
            self._ask()
            return
        first = next(
            (at for at in range(self.model.rowCount()) if self.model.line(at).hit),  # pyright: ignore[reportOptionalMemberAccess]
            0,
        )
        if self.model.rowCount():
            self.view.setFocus()
            self.view.setCurrentIndex(self.model.index(first))

    def _ask(self) -> None:
        self._pause.stop()
        self.words_asked.emit(self.field.text().strip())

    def _filter(self, state: str | None = None, partner: str | None = None) -> None:
        now = self.model.filter
        wanted = Filter(
            now.state if state is None else state, now.partner if partner is None else partner
        )
        evidence, page = self.current()
        self._quietly(lambda: self.model.show_only(wanted))
        self.choose(evidence, page)
        self._partner_chip.setVisible(bool(wanted.partner))
        self._partner_chip.say(f"{_partner_word(wanted.partner)} ×")
        self._partner_chip.setAccessibleName(
            f"Show all partners again, not only {_partner_word(wanted.partner)}"
        )
        self._say_empty()

    def _show_partners(self) -> None:
        menu = QMenu(self)
        for partner in ("", *PARTNERS):
            action = menu.addAction(_partner_word(partner) or "All partners")
            action.setCheckable(True)
            action.setChecked(self.model.filter.partner == partner)
            action.triggered.connect(lambda _=False, p=partner: self._filter(partner=p))
        menu.popup(self._partner.mapToGlobal(self._partner.rect().bottomLeft()))

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.restricted)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _say_empty(self) -> None:
        found = self.model.found
        note = ""
        if found and found.whole < len(found.pages):
            count = found.whole
            have = f"{count} pages have" if count > 1 else "1 page has" if count else "No page has"
            rest = "the others" if count else "these"
            note = f"{have} all of these words; {rest} have the most of them."
        self.note.setText(note)
        self.note.setVisible(bool(note))
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.view)
            return
        if not self.model.rows:
            self.empty.say(
                "No evidence yet",
                "Reports, minutes, surveys and data go here. Add files, or drop them anywhere on "
                "this screen; each page is then read, searched and bound to claims.",
            )
        elif found:
            self.empty.say(
                "Not on any page",
                "No page has these words. Try fewer, or other forms of them. Restricted files and "
                "pages without text aren't searched.",
                "Clear the search",
            )
        else:
            self.empty.say("None of these", "No evidence is like this.", "Show all")
        self._stack.setCurrentWidget(self.empty)

    def _help(self) -> None:
        if self.model.found:
            self.search_for("")
            return
        self._all.setChecked(True)
        self._filter(state="", partner="")


class _List(QListView):
    """The list itself: keys and mouse as in any list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(EvidenceDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Evidence")
        self._dress()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._dress()

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, THEME.colour("window"))
        self.setPalette(palette)


def _partner_word(partner: str) -> str:
    return {"families": "Families"}.get(partner, PLAIN.get(partner, ""))
