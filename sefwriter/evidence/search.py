"""Words searched in all evidence: an SQLite FTS5 index of our own, a cache and no more."""

import json
import re
import sqlite3
import threading
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self, TypeVar

from sqlite_utils import Database

from sefwriter.store.faults import WorldError
from sefwriter.store.files import told_kindly

MARKS: Final = ("⟦", "⟧")
"""What stands before and after the words found in a snippet."""

_APPLICATION: Final = 0x5EF15EA7
"""Written into the file's head (PRAGMA application_id), so that a foreign database is known."""

_VERSION: Final = 1
"""Rises when the index is made otherwise; an older one is made anew."""

_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_WORLD: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)

_TOKEN: Final = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_BROKEN: Final = re.compile(r"(\w+)-\n(\w+)")

_QUERY: Final = """
    select p.sha256, p.page, p.text, snippet(pages_fts, 0, :left, :right, '…', 24), best.score
    from (
        select f.rowid as id, f.rank as score
        from pages_fts f join pages on pages.id = f.rowid
        where pages_fts match :query and pages.sha256 in (select value from json_each(:among))
        order by f.rank, f.rowid limit :limit
    ) best
    join pages_fts on pages_fts.rowid = best.id
    join pages p on p.id = best.id
    where pages_fts match :query
    order by best.score, best.id
"""

_DROP: Final = "delete from pages where sha256 = ?"

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Hit:
    """A page with the words. `snippet` is a stretch of it with MARKS; a lower score is better."""

    sha256: str
    page: int
    snippet: str
    score: float


class SearchIndex:
    """An index of page texts in one file. May be called from several threads and processes.

    A damaged or foreign file at its place is set aside as `NAME.damaged` and an empty index begun:
    `known` then says what is left to put in. Every method raises WorldError where the disk fails.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()
        with told_kindly(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._database = self._opened()

    def put(self, sha256: str, texts: Sequence[str]) -> None:
        """Index a file's pages by their texts, in place of what was indexed of it."""
        rows = [
            {"sha256": sha256, "page": page, "text": _storable(text), "joined": _joined(text)}
            for page, text in enumerate(texts, 1)
        ]

        def act(database: Database) -> None:
            with _writing(database):
                database.conn.execute(_DROP, [sha256])
                database.table("pages").insert_all(rows)

        self._run(act)

    def drop(self, sha256: str) -> None:
        """Take a file out of the index."""

        def act(database: Database) -> None:
            with _writing(database):
                database.conn.execute(_DROP, [sha256])

        self._run(act)

    def known(self) -> frozenset[str]:
        """The hashes of the files that are in the index with at least one page."""
        rows = self._run(lambda it: it.conn.execute("select distinct sha256 from pages").fetchall())
        return frozenset(str(sha256) for (sha256,) in rows)

    def search(self, words: str, *, among: Collection[str], limit: int = 20) -> list[Hit]:
        """The pages of these files that have all the words, the best first.

        Words in any form match (plan, plans); "in quotation marks" they match in a row; -word takes
        pages with that word out. Any string will do; one without a word to find finds nothing.
        """
        query = match_query(words)
        if not query:
            return []
        values = {
            "query": query,
            "among": json.dumps(sorted(among)),
            "limit": limit,
            "left": MARKS[0],
            "right": MARKS[1],
        }
        rows = self._run(lambda it: it.conn.execute(_QUERY, values).fetchall())
        return [
            Hit(str(sha256), int(page), _snippet(str(snippet), str(text), words), float(score))
            for sha256, page, text, snippet, score in rows
        ]

    def close(self) -> None:
        """Let the file go."""
        self._database.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, act: Callable[[Database], _Result]) -> _Result:
        with self._turn:
            try:
                return act(self._database)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise _told(error, self.path) from error
            self._database.conn.close()
            self._set_aside()
            self._database = self._opened()
            return act(self._database)

    def _opened(self) -> Database:
        try:
            return _open(self.path)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise _told(error, self.path) from error
        self._set_aside()
        return _open(self.path)

    def _set_aside(self) -> None:
        with told_kindly(self.path):
            for ending in ("-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            self.path.replace(self.path.with_name(self.path.name + ".damaged"))


def match_query(words: str) -> str:
    """What people type as an FTS5 query that is always valid, "" where nothing is to be found.

    Every word is quoted, so that "A&E", "20%", "it's", NOT and NEAR are words like any other.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in _TOKEN.findall(_storable(words)):
        text = phrase or word
        if any(character.isalnum() for character in text):
            (unwanted if minus else wanted).append(f'"{text.replace(chr(34), chr(34) * 2)}"')
    if not wanted:
        return ""
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _open(path: Path) -> Database:
    """The index at path, made where there is none; sqlite3.DatabaseError where it can't be used."""
    connection = sqlite3.connect(path, timeout=10, check_same_thread=False, isolation_level=None)
    try:
        database = Database(connection)
        # Asked before the marks are: another process makes tables and marks in one transaction.
        empty = not database.table_names()
        marks = (
            connection.execute("pragma application_id").fetchone()[0],
            connection.execute("pragma user_version").fetchone()[0],
        )
        if marks != (_APPLICATION, _VERSION) and not empty:
            raise _ForeignFileError
        database.enable_wal()
        connection.execute("pragma secure_delete = on")
        if empty:
            _make(database)
    except BaseException:
        connection.close()
        raise
    return database


@contextmanager
def _writing(database: Database) -> Generator[None]:
    """One transaction. It takes the lock at once: one begun by reading can't wait for it later."""
    database.conn.execute("begin immediate")
    try:
        yield
    except BaseException:
        database.rollback()
        raise
    database.commit()


def _make(database: Database) -> None:
    with _writing(database):
        if database.table_names():
            return  # another process was quicker
        pages = database.table("pages")
        pages.create(
            {"id": int, "sha256": str, "page": int, "text": str, "joined": str},
            pk="id",
            not_null={"sha256", "page", "text", "joined"},
        )
        pages.create_index(["sha256"])
        pages.enable_fts(
            ["text", "joined"],
            create_triggers=True,
            tokenize="porter unicode61 remove_diacritics 2",
        )
        database.conn.execute(f"pragma application_id = {_APPLICATION}")
        database.conn.execute(f"pragma user_version = {_VERSION}")


class _ForeignFileError(sqlite3.DatabaseError):
    """A database that is not ours, or not of this version."""


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    if isinstance(error, _ForeignFileError):
        return True
    # The low byte is the kind of fault, the rest says more (<https://sqlite.org/rescode.html>).
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def _told(error: sqlite3.DatabaseError, path: Path) -> Exception:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _WORLD:
        return WorldError(
            f"The search index {path.name} can't be used ({error}). See that the disk isn't full "
            "and no other program holds the file, then search again."
        )
    return error


def _storable(text: str) -> str:
    """SQLite takes no half of a surrogate pair, and a string ends for it at a zero."""
    return text.replace("\0", " ").encode(errors="replace").decode()


def _joined(text: str) -> str:
    """The words that a line's end breaks, whole, so that they are found as people type them."""
    return " ".join(first + second for first, second in _BROKEN.findall(_storable(text)))


def _snippet(snippet: str, text: str, words: str) -> str:
    """The snippet on one line; one for a word broken at a line's end is made here."""
    if MARKS[0] not in snippet:
        for word in re.findall(r"\w{2,}", words):
            found = re.search(r"(?:-\n)?".join(word), text, re.IGNORECASE)
            if found:
                start, end = found.span()
                marked = f"{MARKS[0]}{found[0]}{MARKS[1]}"
                snippet = f"…{text[max(0, start - 60) : start]}{marked}{text[end : end + 60]}…"
                break
    return " ".join(snippet.replace("-\n", "-").split())
