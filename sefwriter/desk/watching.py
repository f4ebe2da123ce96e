"""Looking now and then what others did to an open SEF: other windows, and the SEF folder."""

from dataclasses import dataclass

from sefwriter.desk.project import Project
from sefwriter.model.sef import Sef
from sefwriter.store.faults import WorldError


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found. `sef` is None where nothing changed.

    `new` counts the entries that came in, and `people` names whose they are. `fault` says why the
    SEF folder couldn't be met; "" while it can.
    """

    sef: Sef | None = None
    new: int = 0
    people: tuple[str, ...] = ()
    fault: str = ""


class Watcher:
    """Looks at one project after the other, in the desk's own thread."""

    def __init__(self) -> None:
        self._project: Project | None = None
        self._base: Sef | None = None
        self._listing: frozenset[tuple[str, int, int]] = frozenset()
        self._heads: dict[str, int] = {}
        self._published: dict[str, int] = {}

    def look(self, project: Project) -> Seen:
        """Takes in what others wrote, and puts into the folder what was written here."""
        first = project is not self._project
        if first:
            self._project, self._base = project, project.replica.sef()
            self._heads = self._published = project.replica.heads()
            self._listing = frozenset()
        new, people, fault = 0, frozenset[str](), ""
        if project.folder:
            try:
                new, people = self._meet(project)
            except WorldError as error:
                fault = str(error)
        base = project.replica.sef()
        changed = base is not self._base
        self._base = base
        return Seen(project.sef() if changed else None, new, tuple(sorted(people)), fault)

    def _meet(self, project: Project) -> tuple[int, frozenset[str]]:
        """Publishes once nothing was written since the last look; pulls when the folder differs."""
        assert project.folder is not None  # noqa: S101 (the caller has looked)
        heads = project.replica.heads()
        if project.desk.key and heads == self._heads and heads != self._published:
            project.publish()
            self._published = heads
        self._heads = heads
        listing = _listing(project)
        if listing == self._listing:
            return 0, frozenset()
        taken = project.pull()
        self._listing = listing
        after = project.replica.heads()
        sef = project.replica.sef()
        logs = [log for log, n in after.items() if n > heads.get(log, 0)]
        people = frozenset(sef.name_of(project.replica.fold.person_of_log(log)) for log in logs)
        self._heads = self._published = after
        return taken.new, people


def _listing(project: Project) -> frozenset[tuple[str, int, int]]:
    """What lies in the folder's log, without reading it. Raises WorldError when out of reach."""
    assert project.folder is not None  # noqa: S101 (the caller has looked)
    log = project.folder.path / "log"
    try:
        states = [(file.name, file.stat()) for file in log.iterdir()]
    except OSError as error:
        raise WorldError(
            f"The SEF folder {project.folder.path} can't be reached. Everything is safe here and "
            "goes there as soon as it can."
        ) from error
    return frozenset((name, state.st_size, state.st_mtime_ns) for name, state in states)
