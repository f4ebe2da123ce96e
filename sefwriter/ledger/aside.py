"""Entries kept aside: what they say, for people, and a log whose numbers were used twice.

A laptop and its SEF folder that are both put back to an old state write a second history under
numbers that are taken: the others have the first one. As soon as the writer's own laptop sees the
first history, it takes it in place of its own, which is kept aside to be read and written again.
"""

from typing import Final, cast

from sefwriter.ledger.chain import Chain
from sefwriter.ledger.entry import Entry
from sefwriter.ledger.stored import stored_entry, stored_json
from sefwriter.ledger.tables import Tables
from sefwriter.ledger.waiting import Line, keep_aside, place_all
from sefwriter.ledger.yjs import NotOurUpdate, decoded, read_update

FORK: Final = "fork"


def forked(database: Tables, log: str) -> bool:
    """Whether another entry than ours was seen under a number of this log."""
    found = database.first("SELECT 1 FROM parked WHERE log=? AND why=?", (log, FORK))
    return found is not None


def take_the_others(database: Tables, chain: Chain, log: str) -> bool:
    """The history that others have of a log takes the place of the one here; whether it could.

    What was written on top of ours is kept aside with it. Changes entries only: whoever calls
    reads the tables again.
    """
    theirs = _entries(database, "SELECT signature, header, body FROM parked WHERE why='fork'")
    begins = next((e for e in theirs if e.header.log == log and _follows(chain, e)), None)
    if begins is None:
        return False  # where the two part isn't known yet
    rows = database.rows("SELECT id, vv FROM entry")
    gone = {str(name) for name, vv in rows if stored_json(vv).get(log, 0) >= begins.header.n}
    everything = _entries(database, "SELECT signature, header, body FROM entry")
    for entry in everything:
        if entry.id in gone:
            keep_aside(database, entry, FORK)
            database.run("DELETE FROM entry WHERE id=?", (entry.id,))
            database.run("DELETE FROM signing WHERE entry=?", (entry.id,))
    chain.forget()
    place_all(database, chain, (_line(entry) for entry in theirs))
    return True


def says(entry: Entry) -> tuple[str, ...]:
    """What an entry adds, in words: stretches of text, and fields with their values."""
    found: list[str] = []
    for op in entry.ops:
        if op.get("op") == "text":
            try:
                update = read_update(decoded(op))
            except NotOurUpdate:
                continue  # nothing that can be read
            found += [stretch.text for stretch in update.stretches if stretch.text]
        fields = op.get("fields")
        if isinstance(fields, dict):
            named = cast("dict[str, object]", fields)
            found += [f"{name}: {value}" for name, value in named.items() if value]
    return tuple(found)


def _follows(chain: Chain, entry: Entry) -> bool:
    before = chain.row(entry.header.log, entry.header.n - 1)
    return before is not None and before[0] == entry.header.prev


def _entries(database: Tables, query: str) -> list[Entry]:
    return [stored_entry(*row) for row in database.rows(query)]


def _line(entry: Entry) -> Line:
    return entry.signature, entry.header_bytes, entry.body_bytes
