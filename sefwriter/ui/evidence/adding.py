"""The foot of the list: where files can be dropped, how adding goes on, what became of each."""

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QProgressBar, QVBoxLayout

from sefwriter.desk.bringing import Added
from sefwriter.ui.evidence.controls import IconButton
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Ground, Sign, Words

_HINT = "Drop files or folders anywhere here"


def told(added: Added) -> str:
    """What became of one file, in a line."""
    name = PurePath(added.path).name
    if added.state == "refused":
        return f"{name}: not added. {added.reason}"
    if added.state == "here":
        return f"{name}: is {added.number} already"
    if added.state == "ready" and not added.reason:
        return f"{name}: added as {added.number}"
    return f"{name}: added as {added.number}. {added.reason}"


def summary(done: Sequence[Added], *, stopped: bool) -> str:
    """What became of them all, in a sentence."""
    new = sum(1 for item in done if item.state not in ("here", "refused"))
    here = sum(1 for item in done if item.state == "here")
    refused = len(done) - new - here
    parts = [f"{new} file{'s' * (new != 1)} added"]
    parts += [f"{here} here already"] if here else []
    parts += [f"{refused} not added"] if refused else []
    words = ", ".join(parts)
    return f"Stopped: {words}. Nothing else was left behind." if stopped else words


class _Results(QListView):
    """As tall as its rows are at its width, up to a limit."""

    def fit(self) -> None:
        """Its rows, or its width, are others now."""
        self.doItemsLayout()  # a row's own size hint knows nothing of where its words wrap
        self.setFixedHeight(min(self.contentsSize().height() + 4, THEME.scaled(180)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.fit()


class AddingStrip(Ground):
    """One line while nothing goes on; a count with Cancel; then the list of what happened."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__("window", "t")
        self.setAccessibleName("Adding files")
        self.words = Words(_HINT, "small", "text_2")
        self._sign = Sign("ph.tray", "text_2", 18)
        self.cancel = Button("Cancel", kind="link", keys="Esc")
        self.cancel.clicked.connect(self.cancelled)
        self._close = IconButton("ph.x", "Close this list")
        self._close.clicked.connect(self.rest)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.setAccessibleName("Files added")
        self.results = _Results()
        self.results.setModel(QStringListModel(self.results))
        self.results.setAccessibleName("What became of each file")
        self.results.setFrameShape(QFrame.Shape.NoFrame)
        self.results.setWordWrap(True)
        self.results.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.results.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.results.setResizeMode(QListView.ResizeMode.Adjust)
        self.results.viewport().setAutoFillBackground(False)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self.words, 1)
        row.addWidget(self.cancel)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 8)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.results)
        self.rest()

    def rest(self) -> None:
        """Nothing goes on."""
        self._show(_HINT, busy=False, results=False)

    def invite(self, count: int) -> None:
        """Files are held over the window."""
        self.words.setText(f"Let go to add {count} file{'s' * (count != 1)} or folders")
        self._sign.show_icon("ph.tray", "accent")

    def progress(self, name: str, done: int, total: int) -> None:
        """How far it is: the count, and the file at hand."""
        words = f"{done + 1} of {total} · {name}" if total else "Reading the files…"
        self._show(words, busy=True, results=False)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def ended(self, done: Sequence[Added], *, stopped: bool) -> None:
        """What became of each."""
        self.results.model().setStringList([told(item) for item in done])  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
        if len(done) == 1 and not stopped:
            self._show(told(done[0]), busy=False, results=False)
            return
        self._show(summary(done, stopped=stopped), busy=False, results=bool(done))
        self.results.fit()

    def _show(self, words: str, *, busy: bool, results: bool) -> None:
        self.words.setText(words)
        self._sign.show_icon("ph.tray", "text_2")
        self.cancel.setVisible(busy)
        self.bar.setVisible(busy)
        self.results.setVisible(results)
        self._close.setVisible(not busy and words != _HINT)
