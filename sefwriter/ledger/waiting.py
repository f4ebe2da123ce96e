"""The waiting room: entries that can't be placed yet, tried again each time something comes in."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from sefwriter.ledger.chain import FILLED, Chain
from sefwriter.ledger.entry import BadEntry, Entry, read_entry
from sefwriter.ledger.stored import stored_entry
from sefwriter.ledger.tables import Tables

Line = tuple[bytes, bytes, bytes | None]
"""An entry as it travels: signature, header, body (None when erased)."""

_NEVER = frozenset({"bad signature", "fork", "of another SEF", "out of order"})
"""Reasons that time doesn't mend: such an entry isn't tried again."""

_NOT_KEPT = frozenset({"bad signature", "of another SEF"})
"""Damage and strangers are named where they lie (verify), not kept aside for ever."""


@dataclass
class Placed:
    """What became of entries: those now in their chains, and why others aren't, by id.

    `filled` says that an entry which was here without its words has them now.
    """

    accepted: list[Entry] = field(default_factory=list[Entry])
    refused: dict[str, str] = field(default_factory=dict[str, str])
    filled: bool = False


def place_all(database: Tables, chain: Chain, lines: Iterable[Line]) -> Placed:
    """Places whatever can be placed, of these lines and of what waits; keeps the rest aside."""
    placed = Placed()
    pool = _pool(database, lines, placed)
    rest = sorted(pool.values(), key=lambda entry: (entry.header.lam, entry.header.n))
    reasons: dict[str, str] = {}
    moved = True
    while rest and moved:
        moved = False
        waiting: list[Entry] = []
        for entry in rest:
            why = chain.place(entry)
            if why in (None, "", FILLED):
                moved = moved or why == ""
                placed.filled = placed.filled or why == FILLED
                if why is not None:
                    placed.accepted.append(entry)
                database.run("DELETE FROM parked WHERE id=?", (_name(entry),))
            else:
                reasons[_name(entry)] = str(why)
                waiting.append(entry)
        rest = waiting
    for entry in rest:
        why = placed.refused[entry.id] = reasons[_name(entry)]
        if why not in _NOT_KEPT:
            keep_aside(database, entry, why)
    return placed


def _pool(database: Tables, lines: Iterable[Line], placed: Placed) -> dict[str, Entry]:
    pool: dict[str, Entry] = {}
    for signature, header, body, why in database.rows(
        "SELECT signature, header, body, why FROM parked"
    ):
        if why not in _NEVER:
            entry = stored_entry(signature, header, body)
            pool[_name(entry)] = entry
    for signature, header, body in lines:
        try:
            entry = read_entry(signature, header, body)
        except BadEntry as error:
            placed.refused[_shown(signature, header)] = str(error)
            continue
        known = pool.get(_name(entry))
        # Of the same entry with and without its words, the one that has them.
        pool[_name(entry)] = entry if known is None or known.body_bytes is None else known
    return pool


def keep_aside(database: Tables, entry: Entry, why: str) -> None:
    """Puts an entry into the waiting room, with why it is there."""
    header = entry.header
    database.run(
        "INSERT OR REPLACE INTO parked VALUES(?,?,?,?,?,?,?)",
        (
            _name(entry),
            header.log,
            header.n,
            entry.header_bytes,
            entry.body_bytes,
            entry.signature,
            why,
        ),
    )


def _name(entry: Entry) -> str:
    """Header and signature together: the same header under a false signature is another thing."""
    return hashlib.sha256(entry.signature + entry.header_bytes).hexdigest()


def _shown(signature: bytes, header: bytes) -> str:
    return header[:80].decode("utf-8", "replace") or signature[:20].hex()
