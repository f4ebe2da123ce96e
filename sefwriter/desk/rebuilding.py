"""A damaged copy of a SEF on this laptop is made anew from what can still be read, by union."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sefwriter.desk.home import Home
from sefwriter.desk.project import Desk, open_sef, sef_at
from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.handover import Handover
from sefwriter.ledger.keystore import KeyStore
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.ledger.waiting import Line
from sefwriter.store.files import told_kindly

_SIDES = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a new copy was made of: where the old one lies now, and how many entries there are."""

    aside: Path | None
    entries: int
    waiting: int


def rebuild(home: Home, location: Path, store: KeyStore) -> Rebuilt:
    """Sets this laptop's copy aside and makes a new one of its readable entries and the folder's.

    Nothing is deleted. What the people of this laptop write goes on in fresh logs. Raises
    WorldError where `location` is no SEF.
    """
    sef = sef_at(location)
    path = home.replica(sef)
    aside = _set_aside(path) if path.exists() else None
    replica = Replica(path, sef, Marks(home.marks))
    try:
        # First what the others have: of a history that was written twice, theirs counts.
        _take_theirs(replica, location)
        if aside:
            replica.take(_readable(aside))
        replica.wrote({person.id for person in store.people()})
    finally:
        replica.close()
    with open_sef(home, location, Desk()) as project:
        made = project.replica
        return Rebuilt(aside, sum(made.heads().values()), len(made.waiting()))


def _take_theirs(replica: Replica, location: Path) -> None:
    if location.is_dir():
        SefFolder(location).pull(replica)
        return
    handover = Handover(location)
    try:
        replica.take(handover.lines())
    finally:
        handover.close()


def _set_aside(path: Path) -> Path:
    """Renames the file and what SQLite keeps beside it, and gives its new place."""
    when = time.strftime("%Y-%m-%d-%H%M%S")
    aside = path.with_name(f"replica-damaged-{when}.sqlite")
    for side in _SIDES:
        source, target = Path(f"{path}{side}"), Path(f"{aside}{side}")
        with told_kindly(source):
            if source.exists():
                source.rename(target)
    return aside


def _readable(damaged: Path) -> Iterator[Line]:
    """Every entry that can be read out of the file, row by row; false ones `take` refuses."""
    for table in ("entry", "parked"):
        place = 0
        while True:
            try:
                with closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro", uri=True)) as opened:
                    query = f"SELECT rowid, signature, header, body FROM {table} WHERE rowid > ?"  # noqa: S608
                    for rowid, *line in opened.execute(f"{query} ORDER BY rowid", (place,)):
                        place = int(rowid)
                        if all(isinstance(piece, bytes) for piece in line if piece is not None):
                            signature, header, body = line
                            if signature and header:
                                yield signature, header, body
                break
            except sqlite3.DatabaseError:
                if not place:
                    break
                place += 1  # past the torn row; behind the last one nothing is found
                if place > _last(damaged, table):
                    break


def _last(damaged: Path, table: str) -> int:
    try:
        with closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro", uri=True)) as opened:
            row = opened.execute(f"SELECT max(rowid) FROM {table}").fetchone()  # noqa: S608
            return int(row[0] or 0)
    except sqlite3.DatabaseError:
        return 0
