"""Folding entries into tables: the merge rules. The same entries give the same tables.

Fields are registers: the last by (lam, log) is shown, and a value that nobody has knowingly
overwritten stays beside it. Objects that are added never change. A deletion holds only if it had
seen every edit of the thing. Text is Yjs.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from sefwriter.ledger.crdt import SectionText, client_prefix
from sefwriter.ledger.entry import VERSION, Entry
from sefwriter.ledger.roster import Roster, fold_roster, in_order
from sefwriter.ledger.stored import stored_entry, stored_json
from sefwriter.ledger.tables import PROJECTED, Tables, open_database
from sefwriter.ledger.yjs import NotOurUpdate, decoded, read_update, writers
from sefwriter.model.acts import ACTS
from sefwriter.model.ids import LETTERS, SEF_OBJECT, PersonId, is_id
from sefwriter.model.permissions import may_write
from sefwriter.model.sef import Person

Heads = Mapping[str, int]
"""The causal past of an entry, or what a replica has: each log's last number."""

SIGNED = frozenset(LETTERS[kind] for kind in ("sign-off", "withdrawal", "agreement"))
"""The letters of what is signed: added once, and never set or deleted by anybody."""
_OPS = frozenset({"add", "set", "delete", "text"})


class Fold:
    """The tables of one database, and the section texts that are open in memory."""

    def __init__(self, database: Tables, log: str = "0" * 32) -> None:
        self.db = database
        self.log = log
        self._texts: dict[str, SectionText] = {}
        self._behind: set[str] = set()
        self._stale: set[str] = set()
        self._roster_entries: list[Entry] = []
        self._rosters: dict[frozenset[str], Roster] = {}
        self.roster = Roster()
        self._late: dict[str, int] = {}
        self.reload()

    def reload(self, *, written_elsewhere: bool = False) -> None:
        """Forgets what is in memory: another process wrote, or a transaction was rolled back.

        In the first case the open texts are still true, only behind; so undo outlives it.
        """
        if written_elsewhere:
            self._behind = set(self._texts)
        else:
            self._texts.clear()
            self._behind.clear()
        self._stale.clear()
        self._rosters.clear()
        rows = self.db.rows(
            "SELECT signature, header, body FROM entry WHERE kind IN ('genesis', 'roster')"
        )
        self._roster_entries = [stored_entry(*row) for row in rows]
        self.roster = fold_roster(self._roster_entries)
        self._late = self._late_numbers()

    def text(self, section: str) -> SectionText:
        """The section's text with its history, loaded when it isn't open yet."""
        if section in self._behind:
            self._catch_up(section)
        if section not in self._texts:
            opened = SectionText(self.log)
            opened.apply(row[0] for row in self._current_updates(section))
            self._texts[section] = opened
        return self._texts[section]

    def _catch_up(self, section: str) -> None:
        """Takes in what another process wrote; what it left out or began anew is loaded afresh."""
        self._behind.discard(section)
        opened = self._texts.pop(section, None)
        if opened is None:
            return
        opened.apply(row[0] for row in self._current_updates(section))
        row = self.db.first("SELECT text FROM text WHERE obj=?", (section,))
        if row is not None and row[0] == str(opened):
            self._texts[section] = opened

    def take(self, entries: Sequence[Entry], *, afresh: bool = False) -> None:
        """Folds entries whose rows are in the table `entry` already, causes before effects.

        `afresh` when words came that had been missing: others were folded without them.
        """
        roster_changed = [e for e in entries if e.header.kind in ("genesis", "roster")]
        if roster_changed:
            alone = len(entries) == 1 and self._is_harmless(roster_changed[0])
            self._roster_entries += roster_changed
            self._rosters.clear()
            self.roster = fold_roster(self._roster_entries)
            self._late = self._late_numbers()
            if not alone:
                self.rebuild()
                return
        if self._lets_in_more(entries) or afresh:
            self.rebuild()
            return
        for entry in in_order(entries):
            self._apply(entry)
        self._flush()

    def rebuild(self) -> None:
        """Everything again from the entries."""
        for table in PROJECTED:
            # What a sign-off was judged on lies in its own past, which never changes.
            if table != "signing":
                self.db.run(f"DELETE FROM {table}")  # noqa: S608
        self._texts.clear()
        self._behind.clear()
        self._stale.clear()
        for entry in self.entries():
            self._apply(entry)
        self._flush()

    def entries(self, within: Heads | None = None) -> Iterable[Entry]:
        """All entries in order, or those of a causal past."""
        rows = self.db.rows(
            "SELECT log, n, signature, header, body FROM entry ORDER BY lam, log, n"
        )
        for log, n, signature, header, body in rows:
            if within is None or n <= within.get(log, 0):
                yield stored_entry(signature, header, body)

    def roster_at(self, past: Heads) -> Roster:
        """The roster as somebody with this causal past knew it."""
        known = [e for e in self._roster_entries if e.header.n <= past.get(e.header.log, 0)]
        name = frozenset(entry.id for entry in known)
        if name not in self._rosters:
            self._rosters[name] = fold_roster(known)
        return self._rosters[name]

    def _is_harmless(self, entry: Entry) -> bool:
        """Whether a roster entry comes last and re-judges nothing that is folded already."""
        order = (entry.header.lam, entry.header.log)
        if any((e.header.lam, e.header.log) > order for e in self._roster_entries):
            return False
        if entry.header.kind == "genesis":
            return True
        if any(op.get("op") == "delete" for op in entry.ops):
            return False
        admitted = [str(op.get("obj")) for op in entry.ops if op.get("op") == "add"]
        marks = ",".join("?" * len(admitted))
        waiting = self.db.first(
            f"SELECT count(*) FROM entry WHERE person IN ({marks})",  # noqa: S608
            admitted,
        )[0]
        return not waiting

    def _late_numbers(self) -> dict[str, int]:
        """For logs that a removal capped: the last number that somebody still here had built on.

        Text that others wrote beside needs the characters it stands beside; without them Yjs would
        hold the others' words back, and no word may be lost. Whoever knew of the removal lets
        nothing more in.
        """
        late: dict[str, int] = {}
        if self.roster.caps:
            capped = self._capped_logs()
            for person, log, vv in self.db.rows("SELECT person, log, vv FROM entry"):
                self._note_late(late, capped, person, log, stored_json(vv))
        return late

    def _lets_in_more(self, entries: Sequence[Entry]) -> bool:
        """Whether entries without a change of the roster built on more of a capped log."""
        if not self.roster.caps:
            return False
        late, capped = dict(self._late), self._capped_logs()
        for entry in entries:
            log, n = entry.header.log, entry.header.n
            vv = self.db.first("SELECT vv FROM entry WHERE log=? AND n=?", (log, n))[0]
            self._note_late(late, capped, entry.header.person, log, stored_json(vv))
        before, self._late = self._late, late
        return late != before

    def _capped_logs(self) -> dict[str, str]:
        """The logs that a removal capped, and the keys that write them."""
        marks = ",".join("?" * len(self.roster.caps))
        rows = self.db.rows(
            f"SELECT DISTINCT log, person FROM entry WHERE person IN ({marks})",  # noqa: S608
            list(self.roster.caps),
        )
        return dict(rows)

    def _note_late(
        self, late: dict[str, int], capped: Mapping[str, str], person: str, log: str, past: Heads
    ) -> None:
        if log in capped or self.roster.person(person) is None:
            return
        for other, key_id in capped.items():
            remover, place = self.roster.removals[key_id]
            n = past.get(other, 0)
            beyond = n > (self.roster.cap(key_id, other) or 0)
            if beyond and n > late.get(other, 0) and past.get(remover, 0) < place:
                late[other] = n

    def _refusal(self, entry: Entry, past: Heads) -> str:
        """Why an entry has no effect; "" when it has. Judged on its own causal past."""
        header = entry.header
        if header.kind in ("genesis", "roster"):
            return self.roster.refused.get(entry.id, "")
        person = self.roster_at(past).person(header.person) or self._first_known(header.person)
        if person is None:
            return "not admitted"
        cap = self.roster.cap(header.person, header.log)
        if cap is not None and header.n > max(cap, self._late.get(header.log, 0)):
            return "written after the person was removed"
        if header.kind == "erase" and "owner" not in person.roles:
            return "only an owner may erase"
        for op in entry.ops:
            target = str(op.get("obj", ""))
            if op.get("op") in _OPS and target != SEF_OBJECT and not is_id(target):
                return "an object whose id is none"
            if is_id(target, "person"):
                return "the roster is changed by entries of its own kind"
            signed = target != SEF_OBJECT and target[:1] in SIGNED
            if signed != (header.kind == "sign"):
                return "a signature and an edit in each other's place"
            if signed and op.get("op") != "add":
                return "a signature can't be changed or taken out"
            if not may_write(person.roles, target):
                return f"the role {' and '.join(person.roles) or 'none'} may not"
            mark = op.get("op") == "add" and target[:1] == LETTERS["mark"]
            if mark and not _may_mark(person.roles, str(_fields(op).get("state", ""))):
                return "this mark is another role's"
        return self._foreign_text(entry, past)

    def _first_known(self, key_id: str) -> Person | None:
        """Somebody admitted only later: as they were first admitted; what they wrote flows in."""
        for entry in in_order(self._roster_entries):
            for op in entry.ops:
                if op.get("op") == "add" and op.get("obj") == key_id and self.roster.person(key_id):
                    known = [e for e in self._roster_entries if _not_after(e, entry)]
                    return fold_roster(known).person(key_id)
        return None

    def _foreign_text(self, entry: Entry, past: Heads) -> str:
        """Text must be under the log's own name, and the name not one taken from somebody.

        29 bits can be searched for: a log whose name is that of another in its past writes no text.
        """
        own = entry.header.log
        prefix = client_prefix(own)
        if any(log != own and client_prefix(log) == prefix for log in past):
            return "text under a name that was taken already"
        for op in entry.ops:
            if op.get("op") == "text":
                try:
                    update = read_update(decoded(op))
                except NotOurUpdate as error:
                    return f"text that can't be read: {error}"
                if any(client >> 24 != prefix for client in writers(update)):
                    return "text under another's name"
        return ""

    def _apply(self, entry: Entry) -> None:
        header = entry.header
        past: Heads = stored_json(
            self.db.first("SELECT vv FROM entry WHERE log=? AND n=?", (header.log, header.n))[0]
        )
        refusal = self._refusal(entry, past)
        if not refusal:
            vv = json.dumps(past, sort_keys=True)
            try:
                for place, op in enumerate(entry.ops):
                    self._apply_op(entry, place, op, past, vv)
            except NotOurUpdate as error:
                refusal = f"text that can't be read: {error}"
        self.db.run(
            "UPDATE entry SET refused=? WHERE log=? AND n=?", (refusal, header.log, header.n)
        )

    def _apply_op(
        self, entry: Entry, place: int, op: Mapping[str, object], past: Heads, vv: str
    ) -> None:
        header, target, kind = entry.header, str(op.get("obj", "")), op.get("op")
        if is_id(target, "person"):
            return
        newer = header.v > VERSION or kind not in _OPS or entry.act not in _KNOWN_ACTS
        stamp = (header.lam, header.log, header.n)
        if kind == "add":
            self._add(target, _fields(op), stamp)
        elif kind == "set":
            for name, value in _fields(op).items():
                self._set(target, name, value, stamp, past)
        elif kind == "delete":
            self.db.run(
                "INSERT OR IGNORE INTO deletion VALUES(?,?,?,?)", (target, header.log, header.n, vv)
            )
            return
        elif kind == "text":
            self._edit(target, op, place, stamp, vv)
        self.db.run(
            "INSERT INTO touch VALUES(?,?,?,?) ON CONFLICT(obj, log) DO UPDATE SET "
            "n=max(n, excluded.n), newer=max(newer, excluded.newer)",
            (target, header.log, header.n, int(newer)),
        )

    def _add(self, target: str, fields: Mapping[str, object], stamp: tuple[int, str, int]) -> None:
        self.db.run(
            "INSERT OR IGNORE INTO object VALUES(?,?,?,?,?)",
            (target, json.dumps(fields, ensure_ascii=False, sort_keys=True), *stamp),
        )

    def _set(
        self, target: str, name: str, value: object, stamp: tuple[int, str, int], past: Heads
    ) -> None:
        known = self.db.rows("SELECT log, n FROM register WHERE obj=? AND field=?", (target, name))
        for log, n in known:
            if past.get(log, 0) >= n:
                self.db.run(
                    "DELETE FROM register WHERE obj=? AND field=? AND log=? AND n=?",
                    (target, name, log, n),
                )
        self.db.run(
            "INSERT OR REPLACE INTO register VALUES(?,?,?,?,?,?)",
            (target, name, json.dumps(value, ensure_ascii=False, sort_keys=True), *stamp),
        )

    def _edit(
        self,
        target: str,
        op: Mapping[str, object],
        place: int,
        stamp: tuple[int, str, int],
        vv: str,
    ) -> None:
        update, begins = decoded(op), int(bool(op.get("begins")))
        if target in self._behind:
            self._catch_up(target)
        self.db.run(
            "INSERT OR REPLACE INTO textop VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            (
                target,
                *stamp,
                place,
                str(op.get("epoch", "")),
                begins,
                update,
                json.dumps(op.get("touched", {}), sort_keys=True),
                json.dumps(op.get("authors", [])),
                vv,
            ),
        )
        self._stale.add(target)
        if begins or op.get("epoch"):
            # A new beginning (after an erasure): which updates count is decided afresh.
            self._texts.pop(target, None)
        elif target in self._texts:
            self._texts[target].apply((update,))

    def _current_updates(self, section: str) -> list[tuple[bytes, str]]:
        """The updates of the section's present epoch in order, with their named authors."""
        row = self.db.first(
            "SELECT epoch FROM textop WHERE obj=? AND begins=1 ORDER BY lam DESC, log DESC LIMIT 1",
            (section,),
        )
        return self.db.rows(
            "SELECT yjs, authors FROM textop WHERE obj=? AND epoch=? ORDER BY lam, log, n, place",
            (section, row[0] if row else ""),
        )

    def _flush(self) -> None:
        for section in sorted(self._stale):
            text = self.text(section)
            logs = {
                client_prefix(log): log
                for (log,) in self.db.rows(
                    "SELECT DISTINCT log FROM textop WHERE obj=?", (section,)
                )
            }
            people = {
                self.person_of_log(logs[prefix])
                for prefix in text.standing_prefixes()
                if prefix in logs
            }
            for _, authors in self._current_updates(section):
                people.update(stored_json(authors))
            self.db.run(
                "INSERT OR REPLACE INTO text VALUES(?,?,?)",
                (section, str(text), json.dumps(sorted(people))),
            )
        self._stale.clear()

    def person_of_log(self, log: str) -> PersonId:
        """Whose log it is: the person of the roster, or the key's own id for a stranger."""
        row = self.db.first("SELECT person FROM entry WHERE log=? LIMIT 1", (log,))
        key_id = str(row[0]) if row else ""
        return self.roster.alias.get(key_id, PersonId(key_id))


def fold_within(fold: Fold, past: Mapping[str, int]) -> Fold:
    """A fold in memory of just the entries of a causal past."""
    database = open_database(None)
    database.run("BEGIN")
    rows = fold.db.rows("SELECT * FROM entry ORDER BY lam, log, n")
    kept = [row for row in rows if row[1] <= past.get(row[0], 0)]
    database.conn.executemany(
        "INSERT INTO entry VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)", [tuple(row) for row in kept]
    )
    inner = Fold(database)
    inner.rebuild()
    database.run("COMMIT")
    return inner


_KNOWN_ACTS = frozenset({"NewSef", *ACTS})


def encode_update(update: bytes) -> str:
    """A Yjs update as it stands in an op."""
    return b64encode(update).decode("ascii")


def _fields(op: Mapping[str, object]) -> Mapping[str, object]:
    found = op.get("fields")
    return cast("Mapping[str, object]", found) if isinstance(found, dict) else {}


def _may_mark(roles: Sequence[str], state: str) -> bool:
    needed = {"returned": {"reviewer"}, "ready": {"owner", "author"}}.get(state)
    return needed is None or not needed.isdisjoint(roles)


def _not_after(entry: Entry, other: Entry) -> bool:
    mine, theirs = entry.header, other.header
    return (mine.lam, mine.log, mine.n) <= (theirs.lam, theirs.log, theirs.n)
