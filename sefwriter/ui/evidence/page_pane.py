"""The middle pane: a toolbar, the claim that is bound for, the pages, what is chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
)

from sefwriter.desk.evidence_list import NumberedClaim
from sefwriter.desk.page_pictures import PagePictures
from sefwriter.ui.evidence.controls import Chip, EmptyPane, IconButton, SearchField
from sefwriter.ui.evidence.page_view import PageView
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Rule, Words

_MANY = 3
"""Lines that the words of the claim at hand take at most."""

_ZOOM_ROOM = 640
"""Width in px below which the tools for zoom go: they have keys, the wheel and the menu View."""


class PagePane(Ground):
    """Pages and what is done with them; what binding means is the screen's matter."""

    bind_asked = Signal()
    done_asked = Signal()
    back_asked = Signal()
    find_asked = Signal(str)
    next_asked = Signal(int)
    facts_asked = Signal()

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__("sunken")
        self.setAccessibleName("Pages")
        self.view = PageView(pictures)
        self.view.page_changed.connect(self._say_page)
        self.view.zoom_changed.connect(lambda zoom: self._zoom.setText(f"{zoom} %"))
        self.view.chosen_changed.connect(self.say_chosen)
        self.claim: NumberedClaim | None = None
        self._why_not: str | None = None
        self.message = Message()
        self.state = Message()
        self.empty = EmptyPane("ph.file-search")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for piece in (self._make_tools(), Rule(), self._make_claim_bar()):
            column.addWidget(piece)
        said = QVBoxLayout()
        said.setContentsMargins(16, 0, 16, 0)
        said.setSpacing(8)
        said.addWidget(self.state)
        said.addWidget(self.message)
        column.addLayout(said)
        column.addWidget(self.stack, 1)
        column.addWidget(self._make_foot())
        self.show_claim(None)
        self._say_page(0)

    @property
    def stance(self) -> str:
        """Whether what is bound next supports or qualifies."""
        return "qualifies" if self.qualifies.isChecked() else "supports"

    def turn_stance(self) -> None:
        """The other stance."""
        (self.supports if self.qualifies.isChecked() else self.qualifies).setChecked(True)

    def show_claim(self, claim: NumberedClaim | None) -> None:
        """The claim that is bound for; None while none is at hand."""
        self.claim = claim
        self.claim_bar.setVisible(claim is not None)
        if claim:
            self.claim_words.setText(f"Binding for claim {claim.number}: {claim.words}")
            self.claim_words.setToolTip(claim.words)
        self.say_chosen()

    def tell_why(self, reason: str | None) -> None:
        """Why nothing can be bound here; None where it can."""
        self._why_not = reason
        self.say_chosen()

    def show_hits(self, now: int, total: int, looking: bool) -> None:
        """Which of how many hits in this file is looked at, from 1."""
        words = f"{now} of {total}" if total else "No hits" if looking else ""
        self.hits.setText(words)

    def say_chosen(self) -> None:
        """What is chosen, and what the Bind button would do."""
        view = self.view
        count = len(list(view.chosen.texts(view.words))) if view.chosen else 0
        words = f"{count} word{'s' * (count != 1)} chosen"
        hint = "Choose words with the mouse, or with Shift and the arrow keys"
        if not view.readable:
            hint = "Whole pages only"
        self.chosen_words.setText(words if count else hint if view.pages else "")
        to = f" to {self.claim.number}" if self.claim else ""
        text = f"Bind{to}" if count or not view.page else f"Bind page {view.page}{to}"
        self.bind.setText(text)
        self.bind.setAccessibleName(text)
        self.bind.updateGeometry()
        self.bind.tell_why(self._why_not)

    # -- inside

    def _make_tools(self) -> Ground:
        bar = Ground("surface")
        bar.setFixedHeight(THEME.scaled(44))
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(2)
        self._page = Words("", wrap=False)
        self._zoom = Words("100 %", wrap=False)
        view = self.view
        up = IconButton("ph.caret-up", "Page before", "Ctrl+Page Up")
        up.clicked.connect(lambda: view.go_to(view.page - 1))
        down = IconButton("ph.caret-down", "Next page", "Ctrl+Page Down")
        down.clicked.connect(lambda: view.go_to(view.page + 1))
        smaller = IconButton("ph.magnifying-glass-minus", "Smaller", "Ctrl+-")
        smaller.clicked.connect(lambda: view.zoom_step(-1))
        larger = IconButton("ph.magnifying-glass-plus", "Larger", "Ctrl++")
        larger.clicked.connect(lambda: view.zoom_step(1))
        fit = IconButton("ph.arrows-out-line-horizontal", "Fit the width", "Ctrl+9")
        fit.clicked.connect(view.fit_width)
        self.field = SearchField("Find in this file", 30)
        self.field.setMaximumWidth(THEME.scaled(220))
        self.field.setMinimumWidth(THEME.scaled(120))
        self.field.textChanged.connect(self.find_asked)
        self.field.returnPressed.connect(lambda: self.next_asked.emit(1))
        self.hits = Words("", "small", "text_2", wrap=False)
        self.bind = Button("Bind", "ph.link", "primary", "Ctrl+B")
        self.bind.clicked.connect(self.bind_asked)
        for piece in (up, down, self._page):
            row.addWidget(piece)
        row.addSpacing(8)
        self._zooming = (smaller, self._zoom, larger, fit)
        for piece in self._zooming:
            row.addWidget(piece)
        row.addSpacing(8)
        row.addWidget(self.field, 1, Qt.AlignmentFlag.AlignRight)
        row.addSpacing(6)
        row.addWidget(self.hits)
        row.addSpacing(6)
        facts = IconButton("ph.layout", "Show or fold the facts", "F4")
        facts.clicked.connect(self.facts_asked)
        row.addWidget(self.bind)
        row.addWidget(facts)
        return bar

    def _make_claim_bar(self) -> Ground:
        self.claim_bar = Ground("accent_tint", "b")
        self.claim_bar.setAccessibleName("Claim at hand")
        row = QHBoxLayout(self.claim_bar)
        row.setContentsMargins(16, 6, 12, 6)
        self.claim_words = Words("", colour="text")
        self.claim_words.setMaximumHeight(THEME.line_height("body") * _MANY)
        back = Button("Back", "ph.arrow-left", "ghost", "Alt+Left")
        back.clicked.connect(self.back_asked)
        done = Button("Done", "ph.check", "ghost")
        done.clicked.connect(self.done_asked)
        row.addWidget(back)
        row.addWidget(self.claim_words, 1)
        row.addWidget(done)
        return self.claim_bar

    def _make_foot(self) -> Ground:
        foot = Ground("window", "t")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 3, 12, 3)
        self.chosen_words = Words("", "small", "text", wrap=False)
        self.chosen_words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.supports = Chip("Supports", swatch="quote")
        self.qualifies = Chip("Qualifies", swatch="qualify", dashed=True)
        self._stances = QButtonGroup(self)
        for chip in (self.supports, self.qualifies):
            self._stances.addButton(chip)
            chip.setAccessibleName(f"What is bound next {chip.text().lower()} the claim")
            chip.setToolTip("What is bound next supports or qualifies the claim (Q)")
        self.supports.setChecked(True)
        row.addWidget(self.chosen_words, 1)
        row.addWidget(self.supports)
        row.addWidget(self.qualifies)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        wide = self.width() >= THEME.scaled(_ZOOM_ROOM)
        for piece in self._zooming:
            piece.setVisible(wide)

    def _say_page(self, page: int) -> None:
        sizes = self.view.pages.sizes if self.view.pages else ()
        self._page.setText(f"Page {page} of {len(sizes)}" if sizes else "")
        self.view.setAccessibleName(f"Page {page} of {len(sizes)}" if sizes else "Pages")
        self.say_chosen()
