"""The chains of entries: where an entry belongs, and what stands against it."""

import json
from typing import Final, cast

from sefwriter.ledger.entry import BadEntry, Entry, check_signature
from sefwriter.ledger.stored import stored_entry, stored_json
from sefwriter.ledger.tables import Tables
from sefwriter.model.ids import SefId

FILLED: Final = "filled"
"""What `place` gives for an entry whose words were missing here until now."""


class Chain:
    """The table `entry` of one SEF: every entry in its log's order, its causes before it."""

    def __init__(self, database: Tables, sef: SefId) -> None:
        self.db = database
        self.sef = sef
        self._logs: dict[str, tuple[str, str]] = {}

    def place(self, entry: Entry) -> str | None:
        """Puts an entry into its chain: "" when new, None when it was here, else why it waits.

        FILLED when it was here without its words, and nobody erased them.
        """
        header = entry.header
        row = self.db.first(
            "SELECT id, body FROM entry WHERE log=? AND n=?", (header.log, header.n)
        )
        if row and row[0] == entry.id:
            if row[1] is None and entry.body_bytes is not None and entry.id not in self.erased():
                self.db.run(
                    "UPDATE entry SET body=?, act=? WHERE id=?",
                    (entry.body_bytes, entry.act, entry.id),
                )
                return FILLED
            return None
        faulty = self._fault(entry)
        if faulty:
            return faulty
        if row:
            return "fork"
        self.insert(entry)
        return ""

    def _fault(self, entry: Entry) -> str:
        """What stands against an entry's place in its chain; "" when nothing does."""
        header = entry.header
        if header.kind == "genesis":
            if entry.id != self.sef:
                return "of another SEF"
        elif header.sef != self.sef:
            return "of another SEF"
        key, person = (header.key, header.person) if header.n == 1 else self._log_key(header.log)
        if not key:
            return "waits for its log's beginning"
        try:
            check_signature(entry, key)
        except BadEntry as error:
            return str(error)
        if person != header.person:
            return "bad signature"
        lam = 0
        if header.n > 1:
            before = self.row(header.log, header.n - 1)
            if before is None:
                return "waits for the entry before it"
            if before[0] != header.prev:
                return "fork"
            lam = before[1]
        for log, (n, name) in header.seen.items():
            cause = self.row(log, n)
            if cause is None:
                return "waits for what it has seen"
            if not name or not cause[0].startswith(name):
                return "fork"
            lam = max(lam, cause[1])
        return "" if header.lam == lam + 1 else "out of order"

    def erased(self) -> frozenset[str]:
        """The ids of entries whose words an owner erased."""
        rows = self.db.rows(
            "SELECT signature, header, body FROM entry WHERE kind='erase' AND refused=''"
        )
        found: set[str] = set()
        for row in rows:
            names = stored_entry(*row).body.get("erased")
            if isinstance(names, list):
                found.update(str(name) for name in cast("list[object]", names))
        return frozenset(found)

    def forget(self) -> None:
        """Forgets what is in memory: another process wrote, or a transaction was rolled back."""
        self._logs.clear()

    def row(self, log: str, n: int) -> tuple[str, int] | None:
        """Id and Lamport counter of an entry of a log; None when it isn't here."""
        row = self.db.first("SELECT id, lam FROM entry WHERE log=? AND n=?", (log, n))
        return (str(row[0]), int(row[1])) if row else None

    def _log_key(self, log: str) -> tuple[str, str]:
        if log not in self._logs:
            row = self.db.first(
                "SELECT signature, header, body FROM entry WHERE log=? AND n=1", (log,)
            )
            if row is None:
                return "", ""
            first = stored_entry(*row).header
            self._logs[log] = (first.key, first.person)
        return self._logs[log]

    def insert(self, entry: Entry) -> None:
        """Puts an entry whose place was looked at into the table."""
        header = entry.header
        past = json.dumps(self.past_of(entry), sort_keys=True)
        self.db.run(
            "INSERT INTO entry VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                header.log,
                header.n,
                entry.id,
                header.lam,
                header.t,
                header.person,
                header.kind,
                header.obj,
                entry.act,
                past,
                entry.header_bytes,
                entry.body_bytes,
                entry.signature,
                "",
            ),
        )

    def past_of(self, entry: Entry) -> dict[str, int]:
        """The causal past of an entry whose causes are all here, itself included."""
        header = entry.header
        past: dict[str, int] = {}
        causes = [(log, n) for log, (n, _) in header.seen.items()]
        if header.n > 1:
            causes.append((header.log, header.n - 1))
        for log, n in causes:
            row = self.db.first("SELECT vv FROM entry WHERE log=? AND n=?", (log, n))
            for other, seen in stored_json(row[0]).items():
                past[other] = max(past.get(other, 0), seen)
        past[header.log] = header.n
        return past
