"""The replica's tables. `entry` and `parked` hold the truth; the rest is read from it and can be rebuilt."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from sefwriter.store.faults import WorldError
from sefwriter.store.files import told_kindly

SCHEMA: Final = 1

PROJECTED: Final = ("object", "register", "deletion", "touch", "textop", "text", "signing")
"""The tables that are read from entries: verify rebuilds them and compares every column."""

_CREATE: Final = """
CREATE TABLE IF NOT EXISTS entry(
  log TEXT, n INTEGER, id TEXT UNIQUE, lam INTEGER, t INTEGER, person TEXT, kind TEXT, obj TEXT,
  act TEXT, vv TEXT, header BLOB, body BLOB, signature BLOB, refused TEXT, PRIMARY KEY(log, n));
CREATE INDEX IF NOT EXISTS entry_kind ON entry(kind);
CREATE INDEX IF NOT EXISTS entry_order ON entry(lam, log, n);
CREATE TABLE IF NOT EXISTS parked(
  id TEXT PRIMARY KEY, log TEXT, n INTEGER, header BLOB, body BLOB, signature BLOB, why TEXT);
CREATE TABLE IF NOT EXISTS object(
  obj TEXT PRIMARY KEY, fields TEXT, lam INTEGER, log TEXT, n INTEGER);
CREATE TABLE IF NOT EXISTS register(
  obj TEXT, field TEXT, value TEXT, lam INTEGER, log TEXT, n INTEGER,
  PRIMARY KEY(obj, field, log, n));
CREATE TABLE IF NOT EXISTS deletion(obj TEXT, log TEXT, n INTEGER, vv TEXT, PRIMARY KEY(obj, log, n));
CREATE TABLE IF NOT EXISTS touch(obj TEXT, log TEXT, n INTEGER, newer INTEGER, PRIMARY KEY(obj, log));
CREATE TABLE IF NOT EXISTS textop(
  obj TEXT, lam INTEGER, log TEXT, n INTEGER, place INTEGER, epoch TEXT, begins INTEGER,
  yjs BLOB, touched TEXT, authors TEXT, vv TEXT, PRIMARY KEY(obj, lam, log, n, place));
CREATE TABLE IF NOT EXISTS text(obj TEXT PRIMARY KEY, text TEXT, standing TEXT);
CREATE TABLE IF NOT EXISTS signing(entry TEXT PRIMARY KEY, reviewer INTEGER, authors TEXT);
CREATE TABLE IF NOT EXISTS local(name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS pulled(name TEXT PRIMARY KEY);
"""


def open_database(path: Path | None) -> Database:
    """The replica's database at this path (in memory for None), made when it isn't there.

    Every commit is on the disk before it returns (WAL, synchronous=FULL). Raises WorldError when
    the file is no database or was made by a newer version.
    """
    if path:
        with told_kindly(path):
            path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # No implicit transactions: every write takes BEGIN IMMEDIATE itself (settled decision 11).
        connection = sqlite3.connect(
            path or ":memory:", isolation_level=None, timeout=30, check_same_thread=False
        )
        database = Database(connection)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        found = _one(database, "PRAGMA user_version")
        if found > SCHEMA:
            raise WorldError(
                "This laptop's copy of the SEF was made by a newer version of sefwriter. Update "
                "sefwriter, then open it again."
            )
        if found < SCHEMA:
            with transaction(database):
                for statement in _CREATE.split(";\n"):
                    if statement.strip():
                        database.execute(statement)
                database.execute(f"PRAGMA user_version={SCHEMA}")
    except sqlite3.DatabaseError as error:
        raise WorldError(f"This laptop's copy of the SEF can't be opened: {error}.") from error
    return database


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """Everything inside, or nothing. Takes the write lock at once, waiting up to 30 s for others.

    Raises WorldError for a full disk, a read-only file or a lock that doesn't come free.
    """
    try:
        database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise _world(error) or error from error
    try:
        yield
        database.execute("COMMIT")
    except BaseException as error:
        if database.conn.in_transaction:
            database.execute("ROLLBACK")
        told = _world(error) if isinstance(error, sqlite3.OperationalError) else None
        if told:
            raise told from error
        raise


@contextmanager
def reading(database: Database) -> Iterator[None]:
    """Everything read inside belongs to one moment, whatever others write meanwhile."""
    database.execute("BEGIN")
    try:
        yield
    finally:
        database.execute("COMMIT")


def integrity_faults(database: Database) -> tuple[str, ...]:
    """What SQLite itself finds wrong with the file; empty when it finds nothing."""
    rows = [str(row[0]) for row in database.execute("PRAGMA integrity_check").fetchall()]
    return () if rows == ["ok"] else tuple(rows)


def _one(database: Database, sql: str) -> int:
    return int(database.execute(sql).fetchone()[0])


def _world(error: sqlite3.OperationalError) -> WorldError | None:
    """The fault of the world behind an SQLite error; None when it is our own bug."""
    text = str(error)
    if "full" in text:
        return WorldError("Not saved: the disk is full. Make room, then try again.")
    if "locked" in text or "busy" in text:
        return WorldError(
            "Not saved: another sefwriter on this laptop is busy with this SEF. Try again."
        )
    if "readonly" in text or "read-only" in text:
        return WorldError("Not saved: this laptop's private folder can't be written to.")
    if "disk I/O" in text:
        return WorldError("Not saved: the disk failed. Copy the SEF folder away and have it looked at.")
    return None
