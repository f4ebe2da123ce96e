"""Looking now and then what others did to an open SEF: other windows, and the SEF folder."""

from dataclasses import dataclass

from sefwriter.desk.fence import files_of
from sefwriter.desk.project import Project
from sefwriter.ledger.folder import SefFolder
from sefwriter.model.sef import Sef
from sefwriter.store.faults import WorldError


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found. `sef` is None where nothing changed.

    `people` are the names of those whose entries came in. `fault` says why the SEF folder couldn't
    be met; "" while it can.
    """

    sef: Sef | None = None
    people: tuple[str, ...] = ()
    fault: str = ""


class Watcher:
    """Looks at one project, from its opening on, in the desk's own thread."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._data_version = _data_version(project)
        self._listing: frozenset[tuple[str, int, int]] = frozenset()
        self._missing: tuple[str, ...] = ()
        self._heads: dict[str, int] = project.replica.heads()
        self._published = self._heads

    def look(self) -> Seen:
        """Takes in what others wrote, and puts into the folder what was written here."""
        project = self._project
        version = _data_version(project)
        changed = version != self._data_version
        self._data_version = version
        before = self._heads
        fault = ""
        if project.folder:
            try:
                changed = self._meet(project, project.folder) or changed
            except WorldError as error:
                fault = str(error)
        if not changed:
            return Seen(fault=fault)
        return Seen(project.sef(), _people(project, before), fault)

    def _meet(self, project: Project, folder: SefFolder) -> bool:
        """Publishes once nothing was written since the last look; pulls when the folder differs.

        Whether anything came in.
        """
        heads = project.replica.heads()
        if project.desk.key and heads == self._heads and heads != self._published:
            project.publish()
            self._published = heads
        self._heads = heads
        listing = _listing(folder)
        arrived = any(folder.file(sha256).exists() for sha256 in self._missing)
        if listing == self._listing and not arrived:
            return False
        taken = project.pull()
        self._listing = listing
        self._missing = _missing(project)
        if taken.new:
            self._heads = self._published = project.replica.heads()
        return bool(taken.new) or arrived


def _data_version(project: Project) -> int:
    """Changes when another connection wrote to the replica, and only then (SQLite's pragma)."""
    return int(project.replica.db.first("PRAGMA data_version")[0])


def _people(project: Project, before: dict[str, int]) -> tuple[str, ...]:
    """Whose entries there are that weren't, by name; not those of who is at the desk here."""
    replica, sef = project.replica, project.replica.sef()
    here = project.desk.person
    logs = [log for log, n in replica.heads().items() if n > before.get(log, 0)]
    people = {replica.fold.person_of_log(log) for log in logs}
    return tuple(sorted({sef.name_of(p) for p in people if here is None or p != here.id}))


def _missing(project: Project) -> tuple[str, ...]:
    """Files of general evidence that were named but haven't arrived on this laptop."""
    sef, vault = project.replica.sef(), project.library.vault
    general = [item for item in sef.evidence if item.evidence_class == "general"]
    hashes = {sha256 for item in general for sha256 in files_of(sef, item)}
    return tuple(sorted(sha256 for sha256 in hashes if not vault.has(sha256)))


def _listing(folder: SefFolder) -> frozenset[tuple[str, int, int]]:
    """What lies in the folder's log, without reading it. Raises WorldError when out of reach."""
    try:
        states = [(file.name, file.stat()) for file in (folder.path / "log").iterdir()]
    except OSError as error:
        raise WorldError(
            f"The SEF folder {folder.path} can't be reached. Everything is safe here and goes "
            "there as soon as it can."
        ) from error
    return frozenset((name, state.st_size, state.st_mtime_ns) for name, state in states)
