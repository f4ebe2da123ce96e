"""Between the office's threads and the window's: one QObject, heard on the window's thread.

The desk itself (ledger, readers, binder) is loaded after the window's first paint, beside it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sefwriter.desk.home import Home
from sefwriter.model.ids import SefId
from sefwriter.model.sef import Sef

if TYPE_CHECKING:
    from sefwriter.desk.office import Office, Ticket
    from sefwriter.desk.project import Desk, Project
    from sefwriter.desk.watching import Seen, Watcher
    from sefwriter.model.acts import Act

_Result = TypeVar("_Result")
Failed = Callable[[str], None]

_UNSAVED = "Not saved:"
"""How the ledger begins a sentence about a disk that took nothing."""

EMPTY = Sef(SefId(""), "", "")


class Bridge(QObject):
    """All that a screen knows of the desk: the frozen SEF, acts to do, and what changed.

    `opened` follows a SEF opened afresh; `changed` carries the ids of the objects touched, and
    every view decides whether that means it. `saving` is True while something is on its way to the
    disk, `unsaved` says why the disk took nothing. `refused` carries a sentence for which no screen
    had a better place, and `seen` what others did to the SEF meanwhile. A screen emits `done` for
    an act worth a toast, as (sentence, what takes it back or None).
    """

    opened = Signal()
    changed = Signal(frozenset)
    saving = Signal(bool)
    unsaved = Signal(str)
    refused = Signal(str)
    done = Signal(str, object)
    seen = Signal(object)
    busy = Signal()
    crashed = Signal(object)
    _call = Signal(object)

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self.sef = EMPTY
        self.location: Path | None = None
        self._waiting = 0
        self._looking = False
        self._watcher: Watcher | None = None
        self._call.connect(self._run)

    @cached_property
    def desk(self) -> Desk:
        """Who is at the desk, and their key while it is needed; nobody before a SEF is open."""
        from sefwriter.desk.project import Desk  # noqa: PLC0415 - see the module's first lines

        return Desk()

    @cached_property
    def _office(self) -> Office:
        from sefwriter.desk.office import Office  # noqa: PLC0415 - see the module's first lines

        office = Office(self._call.emit)
        office.crashed = self.crashed.emit
        return office

    def load(self, modules: tuple[str, ...], then: Callable[[], None]) -> None:
        """Loads modules beside the window, which would hold it up; `then` hears when it is done."""

        def run() -> None:
            for module in modules:
                import_module(module)
            self._call.emit(then)

        threading.Thread(target=run, name="loading", daemon=True).start()

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        call()

    @property
    def work_under_way(self) -> tuple[Ticket, ...]:
        """Long work that hasn't ended."""
        return self._office.busy if "_office" in self.__dict__ else ()

    def open(self, location: Path, make: Callable[[], Project], failed: Failed) -> None:
        """Opens a SEF; `opened` follows, with whoever is at the desk in `desk`."""

        def then(sef: Sef, project: Project) -> None:
            self.sef, self.location = sef, location
            self.home, self.desk = project.home, project.desk
            self._looking = False
            self.opened.emit()

        made: list[Project] = []

        def make_and_keep() -> Project:
            project = make()
            made.append(project)
            from sefwriter.desk.watching import Watcher  # noqa: PLC0415 - in the desk's thread

            self._watcher = Watcher(project)
            return project

        self._office.open(make_and_keep, lambda sef: then(sef, made[0]), failed)

    def look(self) -> None:
        """Asks what others did, in other windows and in the SEF folder; `seen` tells."""
        if self._looking or self._watcher is None:
            return
        self._looking = True
        self._office.ask(self._look, self._looked, self._not_looked)

    def _look(self, _: Project) -> Seen:
        """In the desk's thread, where another SEF may have been opened meanwhile."""
        assert self._watcher is not None  # noqa: S101 - `look` has looked
        return self._watcher.look()

    def _looked(self, seen: Seen) -> None:
        self._looking = False
        if seen.sef is not None:
            self.take(seen.sef)
        self.seen.emit(seen)

    def _not_looked(self, sentence: str) -> None:
        from sefwriter.desk.watching import Seen  # noqa: PLC0415 - a look was made, so it is there

        self._looking = False
        self.seen.emit(Seen(fault=sentence))

    def do(
        self,
        act: Act,
        then: Callable[[], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """One act. The SEF is the new one before `changed` and `then` are heard of it."""
        self._begin()

        def done(touched: frozenset[str], sef: Sef) -> None:
            self._end()
            self.sef = sef
            self.changed.emit(touched)
            if then:
                then()

        self._office.do(act, done, self._failing(failed))

    def ask(
        self,
        question: Callable[[Project], _Result],
        then: Callable[[_Result], None],
        failed: Failed | None = None,
    ) -> None:
        """A question to the project, answered on its own thread; `then` hears the answer here."""
        self._office.ask(question, then, failed or self.refused.emit)

    def act_and_tell(
        self,
        question: Callable[[Project], _Result],
        then: Callable[[_Result], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Several acts in a row; afterwards the SEF is read anew and `changed` is heard of all."""
        self._begin()

        def run(project: Project) -> tuple[_Result, Sef]:
            return question(project), project.sef()

        def done(found: tuple[_Result, Sef]) -> None:
            self._end()
            self.take(found[1])
            if then:
                then(found[0])

        self._office.ask(run, done, self._failing(failed))

    def take(self, sef: Sef) -> None:
        """The SEF is this one now; everything may have changed."""
        self.sef = sef
        self.changed.emit(frozenset({"*"}))

    def work(
        self,
        what: str,
        job: Callable[[Ticket, Office], _Result],
        then: Callable[[_Result], None],
        failed: Failed | None = None,
        told: Callable[[Ticket], None] = lambda _: None,
    ) -> Ticket:
        """Long work beside the desk; `told` hears of progress, `busy` of its beginning and end."""

        def ended(result: _Result) -> None:
            self.busy.emit()
            then(result)

        def refused(sentence: str) -> None:
            self.busy.emit()
            (failed or self.refused.emit)(sentence)

        ticket = self._office.work(
            what, lambda ticket: job(ticket, self._office), ended, refused, told
        )
        self.busy.emit()
        return ticket

    def close(self) -> None:
        """Stops long work, waits for what is being written, lets go of everything."""
        self._office.close()

    def close_then(self, then: Callable[[str], None]) -> None:
        """Closes without making the window wait; `then` hears why the SEF folder wasn't met."""
        if "_office" not in self.__dict__:
            QTimer.singleShot(0, self, lambda: then(""))  # nothing was ever opened
            return

        def run() -> None:
            self._office.close()
            self._call.emit(lambda: then(self._office.unmet))

        threading.Thread(target=run, name="closing").start()

    def _begin(self) -> None:
        self._waiting += 1
        self.saving.emit(True)

    def _end(self) -> None:
        self._waiting -= 1
        if not self._waiting:
            self.saving.emit(False)

    def _failing(self, failed: Failed | None) -> Failed:
        def told(sentence: str) -> None:
            self._end()
            if sentence.startswith(_UNSAVED):
                self.unsaved.emit(sentence)
            (failed or self.refused.emit)(sentence)

        return told
