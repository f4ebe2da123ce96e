"""The replica's tables.

`entry` and `parked` hold the truth; the rest is read from it and can be rebuilt.
"""

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from sefwriter.store.faults import WorldError
from sefwriter.store.files import told_kindly

SCHEMA: Final = 1

PROJECTED: Final = ("object", "register", "deletion", "touch", "textop", "text", "signing")
"""The tables that are read from entries: verify rebuilds them and compares every column."""

_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

_CREATE: Final = """
CREATE TABLE IF NOT EXISTS entry(
  log TEXT, n INTEGER, id TEXT UNIQUE, lam INTEGER, t INTEGER, person TEXT, kind TEXT, obj TEXT,
  act TEXT, vv TEXT, header BLOB, body BLOB, signature BLOB, refused TEXT, PRIMARY KEY(log, n));
CREATE INDEX IF NOT EXISTS entry_kind ON entry(kind);
CREATE INDEX IF NOT EXISTS entry_order ON entry(lam, log, n);
CREATE TABLE IF NOT EXISTS parked(
  id TEXT PRIMARY KEY, log TEXT, n INTEGER, header BLOB, body BLOB, signature BLOB, why TEXT);
CREATE TABLE IF NOT EXISTS object(
  obj TEXT, fields TEXT, lam INTEGER, log TEXT, n INTEGER, PRIMARY KEY(obj, log, n));
CREATE TABLE IF NOT EXISTS register(
  obj TEXT, field TEXT, value TEXT, lam INTEGER, log TEXT, n INTEGER,
  PRIMARY KEY(obj, field, log, n));
CREATE TABLE IF NOT EXISTS deletion(obj TEXT, log TEXT, n INTEGER, vv TEXT,
  PRIMARY KEY(obj, log, n));
CREATE TABLE IF NOT EXISTS touch(obj TEXT, log TEXT, n INTEGER, newer INTEGER,
  PRIMARY KEY(obj, log));
CREATE TABLE IF NOT EXISTS textop(
  obj TEXT, lam INTEGER, log TEXT, n INTEGER, place INTEGER, epoch TEXT, begins INTEGER,
  yjs BLOB, touched TEXT, authors TEXT, vv TEXT, PRIMARY KEY(obj, lam, log, n, place));
CREATE TABLE IF NOT EXISTS text(obj TEXT PRIMARY KEY, text TEXT, standing TEXT);
CREATE TABLE IF NOT EXISTS signing(
  entry TEXT, obj TEXT, reviewer INTEGER, authors TEXT, PRIMARY KEY(entry, obj));
CREATE TABLE IF NOT EXISTS local(name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS pulled(name TEXT PRIMARY KEY);
"""


class Tables(Database):
    """The replica's database, with the three calls we make of it typed."""

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """Runs a statement, inside whatever transaction is open."""
        with _told():
            self.conn.execute(sql, values)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Every row a query gives."""
        with _told():
            return self.conn.execute(sql, values).fetchall()

    def first(self, sql: str, values: Sequence[object] = ()) -> Any:  # noqa: ANN401
        """The first row a query gives; None when there is none."""
        with _told():
            return self.conn.execute(sql, values).fetchone()


def open_database(path: Path | None, patience: float = 30) -> Tables:
    """The replica's database at this path (in memory for None), made when it isn't there.

    Every commit is on the disk before it returns (WAL, synchronous=FULL). `patience` is how many
    seconds it waits for others who write. Raises WorldError when the file is no database or was
    made by a newer version.
    """
    if path:
        with told_kindly(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # No implicit transactions: every write takes BEGIN IMMEDIATE itself (settled decision 11).
        connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, timeout=patience, check_same_thread=False
        )
        database = Tables(connection)
        database.run("PRAGMA journal_mode=WAL")
        database.run("PRAGMA synchronous=FULL")
        found = int(database.first("PRAGMA user_version")[0])
        if found > SCHEMA:
            raise WorldError(
                "This laptop's copy of the SEF was made by a newer version of sefwriter. Update "
                "sefwriter, then open it again."
            )
        if found < SCHEMA:
            with transaction(database):
                for statement in _CREATE.split(";\n"):
                    if statement.strip():
                        database.run(statement)
                database.run(f"PRAGMA user_version={SCHEMA}")
    except sqlite3.OperationalError as error:
        raise _world(error) or damaged(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise damaged(str(error)) from error
    return database


def damaged(what: str) -> WorldError:
    """The sentence for a replica whose file was changed from outside, and what to do."""
    return WorldError(
        f"This laptop's copy of the SEF is damaged ({what}). Make it anew from the SEF folder and "
        "from what can still be read of it: sefwriter rebuild SEF."
    )


@contextmanager
def _told() -> Generator[None]:
    """The world's faults, and what a torn file or a lost table says, told in a sentence."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        torn = getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE
        if torn or str(error).startswith(("no such table", "no such column")):
            raise damaged(str(error)) from error
        told = _world(error) if isinstance(error, sqlite3.OperationalError) else None
        if told:
            raise told from error
        raise


@contextmanager
def transaction(database: Tables) -> Generator[None]:
    """Everything inside, or nothing. Takes the write lock at once, waiting for others.

    Raises WorldError for a full disk, a read-only file or a lock that doesn't come free.
    """
    database.run("BEGIN IMMEDIATE")
    try:
        yield
        database.run("COMMIT")
    except BaseException:
        if database.conn.in_transaction:
            database.run("ROLLBACK")
        raise


@contextmanager
def reading(database: Tables) -> Generator[None]:
    """Everything read inside belongs to one moment, whatever others write meanwhile."""
    database.run("BEGIN")
    try:
        yield
    finally:
        database.run("COMMIT")


def integrity_faults(database: Tables) -> tuple[str, ...]:
    """What SQLite itself finds wrong with the file; empty when it finds nothing."""
    rows = [str(row[0]) for row in database.rows("PRAGMA integrity_check")]
    return () if rows == ["ok"] else tuple(rows)


def _world(error: sqlite3.OperationalError) -> WorldError | None:
    """The fault of the world behind an SQLite error; None when it is our own bug."""
    text = str(error)
    if "full" in text:
        return WorldError(
            "Nothing was saved: the disk is full on which this laptop keeps its copy of the SEF, "
            "and sefwriter needs some room there even to read. Make room, then try again."
        )
    if "locked" in text or "busy" in text:
        return WorldError(
            "Another sefwriter on this laptop is busy with this SEF, so nothing was done. Try "
            "again in a moment."
        )
    if "readonly" in text or "read-only" in text:
        return WorldError("Not saved: this laptop's private folder can't be written to.")
    if "unable to open" in text:
        return WorldError(
            "This laptop's copy of the SEF can't be opened in the private folder. See that you "
            "may write there and that its disk isn't full, then try again."
        )
    if "disk I/O" in text:
        return WorldError(
            "Not saved: the disk failed or is full. Make room; if that isn't it, copy the SEF "
            "folder away and have the disk looked at."
        )
    return None
