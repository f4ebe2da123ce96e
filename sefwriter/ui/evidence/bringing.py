"""Files on their way in: chosen, dropped or pasted; added one batch after the other."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from sefwriter.desk.bringing import Added, add_files, replace_file
from sefwriter.desk.office import Ticket
from sefwriter.model.acts import AddEvidence, why_not
from sefwriter.model.ids import EvidenceId
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.evidence.adding import AddingStrip

_LOOK_AGAIN = 1500
"""Milliseconds between two looks at the SEF while files come in."""


def files_held(data: QMimeData) -> list[Path]:
    """The files and folders that a drop or the clipboard holds."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Bringing(QObject):
    """Adds files. `ask_files` is how somebody is asked for them; tests put in their own."""

    refused = Signal(str)
    added = Signal(str)

    def __init__(self, bridge: Bridge, strip: AddingStrip, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._strip = strip
        self._window = parent
        self._ticket: Ticket | None = None
        self._waiting: list[tuple[Sequence[Path], str]] = []
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_AGAIN)
        self._look.timeout.connect(self._look_again)
        self.ask_files: Callable[[str, bool], list[Path]] = self._ask_by_dialog

    @property
    def busy(self) -> bool:
        """Whether files are coming in."""
        return self._ticket is not None

    def why_not(self) -> str | None:
        """Why nobody can add files now; None where they can."""
        person = self._bridge.desk.person
        if person is None:
            return "Nobody is at the desk. Say who you are first."
        return why_not(self._bridge.sef, person.id, AddEvidence(sha256="0" * 64, name="", size=0))

    def ask(self, evidence_class: str) -> None:
        """Asks for files, and adds them as general or restricted evidence."""
        self.add(self.ask_files("Add evidence", True), evidence_class)

    def paste(self) -> bool:
        """Adds the files on the clipboard; whether there were any."""
        paths = files_held(QGuiApplication.clipboard().mimeData())
        self.add(paths)
        return bool(paths)

    def add(self, paths: Sequence[Path], evidence_class: str = "general") -> None:
        """Adds files and folders; those that come while others are added wait for their turn."""
        reason = self.why_not() if paths else None
        if reason:
            self.refused.emit(reason)
        elif paths and self.busy:
            self._waiting.append((paths, evidence_class))
        elif paths:
            self._begin(paths, evidence_class)

    def cancel(self) -> None:
        """Stops after the file at hand, which leaves nothing behind."""
        self._waiting.clear()
        if self._ticket:
            self._ticket.stop()

    def replace(self, evidence: str) -> None:
        """Asks for a file, and makes it the new version of this evidence."""
        paths = self.ask_files("Replace file", False)
        reason = self.why_not() if paths else None
        if reason or self.busy:
            self.refused.emit(reason or "Files are being added. Wait until they are here.")
        elif paths:
            self._work(
                "Replace file",
                lambda ticket, office: (
                    replace_file(office, ticket, EvidenceId(evidence), paths[0]),
                ),
            )

    # -- inside

    def _begin(self, paths: Sequence[Path], evidence_class: str) -> None:
        fields = {"evidence_class": evidence_class}
        self._work("Add evidence", lambda ticket, office: add_files(office, ticket, paths, fields))

    def _work(self, what: str, job: Callable[..., tuple[Added, ...]]) -> None:
        self._strip.progress("", 0, 0)
        self._look.start()
        self._ticket = self._bridge.work(what, job, self._ended, self._failed, self._told)

    def _told(self, ticket: Ticket) -> None:
        if ticket is self._ticket:
            self._strip.progress(*ticket.progress)

    def _ended(self, done: tuple[Added, ...]) -> None:
        stopped = self._ticket is not None and self._ticket.is_stopped()
        self._strip.ended(done, stopped=stopped)
        new = [item.evidence for item in done if item.evidence]
        self._rest(new[-1] if new else "")

    def _failed(self, sentence: str) -> None:
        self._strip.rest()
        self.refused.emit(sentence)
        self._rest("")

    def _rest(self, last: str) -> None:
        self._ticket = None
        self._look.stop()
        self._look_again(last)
        if self._waiting:
            self._begin(*self._waiting.pop(0))

    def _look_again(self, last: str = "") -> None:
        """The list shows what has come so far."""

        def then(sef: object) -> None:
            self._bridge.take(sef)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            if last:
                self.added.emit(last)

        self._bridge.ask(lambda project: project.sef(), then, self.refused.emit)

    def _ask_by_dialog(self, title: str, several: bool) -> list[Path]:
        if several:
            names, _ = QFileDialog.getOpenFileNames(self._window, title)
        else:
            name, _ = QFileDialog.getOpenFileName(self._window, title)
            names = [name] if name else []
        return [Path(name) for name in names]
