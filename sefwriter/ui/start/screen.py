"""The start screen: returning is one Enter, starting is one choice."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sefwriter.desk.recent import RecentSef
from sefwriter.ui.start.card import Card
from sefwriter.ui.start.founding import FoundingForm, RecoveryWords
from sefwriter.ui.start.logo import Logo
from sefwriter.ui.start.recent_list import RecentList, RecentModel
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Words
from sefwriter.ui.widgets.progress import Progress

_PANEL_FROM = 1100
"""Narrower windows show no panel at the left, in px."""


class StartScreen(QWidget):
    """`open_wanted` carries a location and, for the demonstration, the private folder it goes with.

    `begin_wanted` carries (area, owner, folder), `demo_wanted` asks for the demonstration.
    """

    open_wanted = Signal(Path, str)
    begin_wanted = Signal(str, object, Path)
    demo_wanted = Signal()
    help_wanted = Signal()
    words_written = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Start")
        self._panel = _promise()
        self.message = Message()
        self.progress = Progress("Making the demonstration SEF")
        self.recent = RecentList()
        self.recent.activated.connect(self._open_recent)
        self.recent.clicked.connect(self._open_recent)
        self.founding = FoundingForm()
        self.founding.wanted.connect(self.begin_wanted)
        self.founding.left.connect(self.show_choices)
        self.words = RecoveryWords()
        self.words.done.connect(self._words_written)
        self._carry_on = Words("Carry on", "heading")
        self._pages = QStackedWidget()
        self._choices = _scrolling(self._make_choices())
        self._pages.addWidget(self._choices)
        self._founding_page = _scrolling(_narrow(self.founding))
        self._words_page = _scrolling(_narrow(self.words))
        self._pages.addWidget(self._founding_page)
        self._pages.addWidget(self._words_page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._panel)
        row.addWidget(self._pages, 1)

    def show_recents(self, recents: tuple[RecentSef, ...]) -> None:
        """SEFs to carry on with."""
        self.recent.show_recents(recents)
        self.recent.setVisible(bool(recents))
        self._carry_on.setVisible(bool(recents))

    def show_reach(self, out_of_reach: frozenset[str]) -> None:
        """Which of them can't be reached now."""
        model = self.recent.model()
        if isinstance(model, RecentModel):
            model.show_reach(out_of_reach)

    def show_choices(self) -> None:
        """Where one carries on or begins."""
        self._pages.setCurrentWidget(self._choices)
        if self.recent.isVisibleTo(self):
            self.recent.setFocus()
        else:
            self._start_ours.setFocus()

    def show_founding(self) -> None:
        """The form for a SEF of one's own."""
        self._pages.setCurrentWidget(self._founding_page)
        self.founding.begin()

    def show_words(self, words: str) -> None:
        """The recovery words of the SEF just made."""
        self._pages.setCurrentWidget(self._words_page)
        self.words.show_words(words)

    def refused(self, sentence: str) -> None:
        """Why a SEF can't be opened or made, where it was asked for."""
        self.progress.end()
        if self._pages.currentWidget() is self._founding_page:
            self.founding.refused(sentence)
        else:
            self.message.say(sentence)

    def choose_folder(self) -> None:
        """Asks for a SEF folder."""
        self._choose("The SEF folder", QFileDialog.FileMode.Directory, "")

    def choose_file(self) -> None:
        """Asks for a hand-over file."""
        kinds = "Hand-over files (*.sef)"
        self._choose("The hand-over file", QFileDialog.FileMode.ExistingFile, kinds)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._panel.setVisible(event.size().width() >= _PANEL_FROM)
        self._panel.setFixedWidth(400 if event.size().width() >= 1300 else 320)

    def _make_choices(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(64, 20, 64, 20)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(self.message)
        column.addWidget(self.progress)
        column.addWidget(self._carry_on)
        column.addWidget(self.recent)
        column.addSpacing(10)
        column.addWidget(Words("Begin", "heading"))
        self._start_ours = Card(
            "Start ours",
            "Name the area and the partners. The sections and their questions are there.",
            "ph.plus-circle",
        )
        self._start_ours.clicked.connect(self.show_founding)
        join = Card(
            "Join a team",
            "Choose the team’s SEF folder. You read six words to the owner, who lets you in.",
            "ph.users-three",
        )
        join.clicked.connect(self.choose_folder)
        demo = Card(
            "Look round the demonstration SEF",
            "An invented area with claims, evidence, a plan and gaps to mend.",
            "ph.compass",
        )
        demo.clicked.connect(self.demo_wanted)
        cards = QGridLayout()
        cards.setSpacing(14)
        for place, card in enumerate((self._start_ours, join, demo)):
            cards.addWidget(card, 0, place)
        column.addLayout(cards)
        column.addSpacing(4)
        foot = QHBoxLayout()
        for words, name, keys, act in (
            ("Open a SEF folder…", "ph.folder-open", "Ctrl+O", self.choose_folder),
            ("Open a hand-over file…", "ph.file-arrow-down", "", self.choose_file),
        ):
            button = Button(words, name, "ghost", keys)
            button.clicked.connect(act)
            foot.addWidget(button)
        foot.addStretch(1)
        keys_button = Button("Keys", "ph.keyboard", "ghost", "F1")
        keys_button.clicked.connect(self.help_wanted)
        foot.addWidget(keys_button)
        column.addLayout(foot)
        column.addStretch(1)
        return page

    def _open_recent(self) -> None:
        recent = self.recent.currentIndex().data(Qt.ItemDataRole.UserRole)
        if isinstance(recent, RecentSef):
            self.open_wanted.emit(Path(recent.location), recent.laptop)

    def _words_written(self) -> None:
        self.words.forget()
        self.words_written.emit()

    def _choose(self, title: str, mode: QFileDialog.FileMode, kinds: str) -> None:
        dialog = QFileDialog(self.window(), title)
        dialog.setFileMode(mode)
        if kinds:
            dialog.setNameFilter(kinds)
        dialog.fileSelected.connect(lambda path: self.open_wanted.emit(Path(path), ""))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _promise() -> QWidget:
    """What the program is for, and what stays private."""
    panel = Ground("promise", "r")
    panel.setAccessibleName("About sefwriter")
    column = QVBoxLayout(panel)
    column.setContentsMargins(40, 72, 40, 40)
    column.setSpacing(0)
    column.addWidget(Logo(52))
    column.addSpacing(20)
    column.addWidget(Words("sefwriter", "display", "promise_text"))
    column.addSpacing(4)
    promise = (
        "Write the self-evaluation. Tie every claim to the page that proves it. Be ready before "
        "the call."
    )
    column.addWidget(Words(promise, "title", "promise_text", weight=400))
    column.addStretch(1)
    private = "Everything stays on this laptop until you share it. No account and no server."
    column.addWidget(Words(private, "body", "promise_text"))
    return panel


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


def _narrow(form: QWidget) -> QWidget:
    """A form in the middle of its page, 640 px wide."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 24, 24, 24)
    column.addStretch(1)
    row = QHBoxLayout()
    row.addStretch(1)
    form.setMaximumWidth(640)
    row.addWidget(form, 100)
    row.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    return page
