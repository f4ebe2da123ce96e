"""The program with a window: application, theme, window, and what becomes of our own bugs."""

import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox

from sefwriter.desk.faults import WorldError
from sefwriter.desk.home import Home, home
from sefwriter.desk.recent import Memory
from sefwriter.desk.reports import describe, keep_report
from sefwriter.ui.application import make_application
from sefwriter.ui.shell.places import dress_as_remembered
from sefwriter.ui.shell.window import MainWindow
from sefwriter.ui.start.logo import window_icon


def run_window(location: Path | None) -> int:
    """Shows the window until it is closed; the exit code. `location` is opened at once."""
    application = make_application()
    try:
        laptop = home()
    except WorldError as fault:
        QMessageBox.critical(None, "sefwriter", str(fault))
        return 2
    memory = Memory(laptop)
    dress_as_remembered(memory)
    application.setWindowIcon(window_icon())
    window = MainWindow(laptop, memory)
    bugs = Bugs(laptop, window)
    bugs.told.connect(window.tell_bug)
    bugs.watch(window)
    window.show()
    if location:
        # After the first paint, so that the window is there at once.
        QTimer.singleShot(0, lambda: window.open_sef(location.absolute()))
    return application.exec()


class Bugs(QObject):
    """Keeps a report of each of our bugs and tells of it in a sentence, whichever thread it was."""

    told = Signal(str)

    def __init__(self, laptop: Home, parent: QObject) -> None:
        super().__init__(parent)
        self._home = laptop
        self._known: set[str] = set()

    def watch(self, window: MainWindow) -> None:
        """From now on nothing that goes wrong is silent, nor a traceback."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self.keep(args.exc_value)
        window.bridge.crashed.connect(self.keep)

    def keep(self, error: BaseException | None) -> None:
        """Keeps a report, once for each bug, and tells."""
        if error is None or isinstance(error, KeyboardInterrupt | SystemExit):
            return
        described = describe(error)
        if described in self._known:
            return
        self._known.add(described)
        sentence = "Something in sefwriter went wrong. Your work is saved."
        try:
            path = keep_report(self._home, described)
            sentence += f" A report without your words is kept in {path}."
        except WorldError as fault:
            sentence += f" A report could not be kept: {fault}"
        self.told.emit(sentence)

    def _hook(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self.keep(error)
