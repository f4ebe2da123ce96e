"""One open SEF for a window: every act and every reading in one thread, long work beside it.

The window asks (`ask`, `do`, `work`) and never waits; what comes back is handed to `deliver`, which
the window sets to something that calls on its own thread. Results that nobody wants any more are
dropped by their ticket.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sefwriter.desk.home import Home
from sefwriter.desk.project import Desk, Project, open_sef
from sefwriter.model.acts import Act
from sefwriter.model.sef import Sef
from sefwriter.store.faults import Cancelled, WorldError

_Result = TypeVar("_Result")
Deliver = Callable[[Callable[[], None]], None]


@dataclass
class Ticket:
    """A piece of long work that may be stopped. `progress` is what it told last."""

    what: str
    stopped: threading.Event = field(default_factory=threading.Event)
    progress: tuple[str, int, int] = ("", 0, 0)

    def stop(self) -> None:
        """Asks the work to end; it leaves nothing behind."""
        self.stopped.set()

    def is_stopped(self) -> bool:
        """Whether somebody pressed Cancel."""
        return self.stopped.is_set()


class Office:
    """The SEF behind one window.

    `crashed` is told of our own bugs; `unmet` says after closing why the SEF folder wasn't met.
    """

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._desk = ThreadPoolExecutor(1, "desk")
        self._workers = ThreadPoolExecutor(2, "work")
        self._project: Project | None = None
        self._tickets: list[Ticket] = []
        self.crashed: Callable[[BaseException], None] = _raise
        self.unmet = ""
        self._closed = False

    # -- opening and closing

    def open(
        self,
        make: Callable[[], Project],
        then: Callable[[Sef], None],
        failed: Callable[[str], None],
    ) -> None:
        """Opens a SEF (the one before is closed) and hands out its first state."""

        def run() -> Sef:
            project = make()
            if self._project:
                self._project.close()
            self._project = project
            return project.sef()

        self._submit(run, then, failed)

    def open_at(
        self,
        home: Home,
        location: Path,
        desk: Desk,
        then: Callable[[Sef], None],
        failed: Callable[[str], None],
    ) -> None:
        """Opens a SEF folder or a hand-over file."""
        self.open(lambda: open_sef(home, location, desk), then, failed)

    def close(self) -> None:
        """Stops long work, waits for what is being written, publishes, lets go of everything."""
        if self._closed:
            return
        for ticket in list(self._tickets):
            ticket.stop()
        self._workers.shutdown(wait=True)
        self._desk.submit(self._close_project)
        self._closed = True
        self._desk.shutdown(wait=True)

    @property
    def busy(self) -> tuple[Ticket, ...]:
        """Long work under way."""
        return tuple(self._tickets)

    # -- acts and questions, one after the other

    def do(
        self,
        act: Act,
        then: Callable[[frozenset[str], Sef], None],
        failed: Callable[[str], None],
    ) -> None:
        """One act: the ids it touched, and the SEF as it is then. `failed` hears why not."""

        def run() -> tuple[frozenset[str], Sef]:
            project = self._open_project()
            touched = frozenset(obj for obj, _ in project.do(act).touched)
            return touched, project.sef()

        self._submit(run, lambda found: then(*found), failed)

    def ask(
        self,
        question: Callable[[Project], _Result],
        then: Callable[[_Result], None],
        failed: Callable[[str], None],
    ) -> None:
        """Anything that reads or does several acts in a row, on the desk's own thread."""
        self._submit(lambda: question(self._open_project()), then, failed)

    def ask_and_wait(self, question: Callable[[Project], _Result]) -> _Result:
        """As `ask`, from a worker's thread, which may wait. Raises what the question raises."""
        return self._desk.submit(lambda: question(self._open_project())).result()

    # -- long work beside it

    def work(
        self,
        what: str,
        job: Callable[[Ticket], _Result],
        then: Callable[[_Result], None],
        failed: Callable[[str], None],
        told: Callable[[Ticket], None] = lambda _: None,
    ) -> Ticket:
        """Long work on a thread of its own. `told` hears of progress, at most every 50 ms."""
        ticket = Ticket(what)
        self._tickets.append(ticket)
        beat = threading.Event()

        def watch() -> None:
            last = ticket.progress
            while not beat.wait(0.05):
                if ticket.progress != last:
                    last = ticket.progress
                    self._deliver(lambda: told(ticket))

        def run() -> _Result:
            threading.Thread(target=watch, daemon=True).start()
            try:
                return job(ticket)
            finally:
                beat.set()
                self._tickets.remove(ticket)

        self._finish(self._workers.submit(run), then, failed)
        return ticket

    # -- inside

    def _open_project(self) -> Project:
        if self._project is None:
            raise WorldError("No SEF is open.")
        return self._project

    def _close_project(self) -> None:
        if self._project is None:
            return
        project, self._project = self._project, None
        try:
            if project.folder and project.desk.key:
                project.publish()
        except WorldError as fault:
            # What is saved here is saved; the folder is met again at the next opening.
            self.unmet = str(fault)
        finally:
            project.close()

    def _submit(
        self,
        run: Callable[[], _Result],
        then: Callable[[_Result], None],
        failed: Callable[[str], None],
    ) -> None:
        # A window may still ask while it goes away; nobody is there to hear the answer.
        if not self._closed:
            self._finish(self._desk.submit(run), then, failed)

    def _finish(
        self,
        future: "Future[_Result]",
        then: Callable[[_Result], None],
        failed: Callable[[str], None],
    ) -> None:
        def done(future: "Future[_Result]") -> None:
            error = future.exception()
            if error is None:
                result = future.result()
                self._deliver(lambda: then(result))
            elif isinstance(error, WorldError):
                self._deliver(lambda: failed(str(error)))
            elif isinstance(error, Cancelled):
                self._deliver(lambda: failed("Stopped. Nothing was left behind."))
            else:
                self._deliver(lambda: self.crashed(error))

        future.add_done_callback(done)


def _raise(error: BaseException) -> None:
    raise error
