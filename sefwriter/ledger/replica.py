"""The replica: this laptop's whole copy of one SEF, in one SQLite file. Entries in, Sef out.

Several people and several processes may use it: each write takes the lock, looks whether somebody
else wrote meanwhile, and only then decides.
"""

import secrets
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sefwriter.ledger.aside import forked, take_the_others
from sefwriter.ledger.build import build_sef
from sefwriter.ledger.chain import Chain
from sefwriter.ledger.entry import Entry, make_entry
from sefwriter.ledger.fold import Fold, encode_update, fold_within
from sefwriter.ledger.heads import last_numbers, news_for
from sefwriter.ledger.keys import SigningKey, log_id
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.signings import judge_sign_offs
from sefwriter.ledger.stored import stored_entry, stored_json
from sefwriter.ledger.tables import damaged, open_database, reading, transaction
from sefwriter.ledger.undo import Undoing
from sefwriter.ledger.waiting import Line, place_all
from sefwriter.model.acts import Act, why_not
from sefwriter.model.acts.writing import EditText
from sefwriter.model.ids import EntryId, SectionId, SefId, is_id
from sefwriter.model.ops import Add, Delete, EditSplices, Op, Set
from sefwriter.model.sef import Sef
from sefwriter.model.text.sentences import TOUCHED_VERSION, touched
from sefwriter.model.text.splices import apply
from sefwriter.store.faults import WorldError
from sefwriter.store.steps import step


class Refused(WorldError):
    """An act that may not or can't be done now; the message is the sentence of `why_not`."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What an act or a pull changed: the entry it became ("" for none), and the objects touched."""

    entry: EntryId
    touched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking entries in: how many were new, and why others wait or were refused."""

    new: int
    touched: frozenset[str] = frozenset()
    waiting: Mapping[str, str] = field(default_factory=dict[str, str])


class Replica:
    """One open replica. `key` is the person at the desk; without one it can only be read."""

    def __init__(
        self,
        path: Path | None,
        sef: SefId,
        marks: Marks,
        key: SigningKey | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.sef_id = sef
        # Somebody who only looks isn't kept waiting as long as somebody who writes.
        self.db = open_database(path, patience=30 if key else 5)
        self._key = key
        self._marks = marks
        self._clock = clock
        self._chain = Chain(self.db, sef)
        self._sef: Sef | None = None
        self._log = self._choose_log() if key else "0" * 32
        self._undoing = Undoing()
        # Before the fold reads: what another process writes meanwhile shall be noticed.
        self._data_version = self._read_data_version()
        self.fold = Fold(self.db, self._log)
        if key and forked(self.db, self._log):
            with transaction(self.db):
                self._leave_forked_log()

    def close(self) -> None:
        """Lets go of the file."""
        self.db.conn.close()

    # -- reading

    def sef(self) -> Sef:
        """The frozen SEF as it is now, other processes' work included."""
        self._refresh()
        if self._sef is None:
            with reading(self.db):
                self._sef = build_sef(self.fold, self.sef_id)
        return self._sef

    def sef_at(self, past: Mapping[str, int]) -> Sef:
        """The SEF as somebody knew it whose causal past this is."""
        return build_sef(fold_within(self.fold, past), self.sef_id)

    def entries(self) -> Iterable[Entry]:
        """All entries, causes before effects."""
        return self.fold.entries()

    def past_of(self, entry: EntryId) -> Mapping[str, int]:
        """The causal past of an entry that is here, itself included. Raises KeyError."""
        row = self.db.first("SELECT vv FROM entry WHERE id=?", (entry,))
        if row is None:
            raise KeyError(entry)
        return stored_json(row[0])

    def has_begun(self) -> bool:
        """Whether the SEF's first entry is here; without it nothing else counts."""
        return self.db.first("SELECT 1 FROM entry WHERE kind='genesis'") is not None

    def heads(self) -> dict[str, int]:
        """Each log's last number here."""
        rows = self.db.rows("SELECT log, max(n) FROM entry GROUP BY log")
        return {str(log): int(n) for log, n in rows}

    def entry_id(self, log: str, n: int) -> str:
        """The id of the entry that is here under a number of a log; "" when none is."""
        row = self._chain.row(log, n)
        return row[0] if row else ""

    def waiting(self) -> tuple[tuple[str, int, str], ...]:
        """Entries kept aside: (log, number, why)."""
        rows = self.db.rows("SELECT log, n, why FROM parked ORDER BY log, n")
        return tuple((str(log), int(n), str(why)) for log, n, why in rows)

    def kept_aside(self) -> Iterable[tuple[Entry, str]]:
        """Entries kept aside, each with why."""
        rows = self.db.rows("SELECT signature, header, body, why FROM parked ORDER BY log, n")
        for signature, header, body, why in rows:
            yield stored_entry(signature, header, body), str(why)

    def lines(self, logs: Mapping[str, int] | None = None) -> Iterable[tuple[str, int, bytes]]:
        """Entries as lines, (log, number, line): all, or those after a number of the logs named."""
        rows = self.db.rows("SELECT log, n, signature, header, body FROM entry ORDER BY log, n")
        for log, n, signature, header, body in rows:
            if logs is None or n > logs.get(log, n):
                yield log, n, stored_entry(signature, header, body).line()

    def own_logs(self) -> frozenset[str]:
        """The logs this replica wrote, whoever was at the desk."""
        rows = self.db.rows("SELECT value FROM local WHERE name LIKE 'wrote:%'")
        return frozenset(str(row[0]) for row in rows)

    # -- writing

    def wrote(self, people: Collection[str]) -> None:
        """Says that the logs here of these people's keys are this laptop's (after a rebuilding)."""
        with transaction(self.db):
            for log, person in self.db.rows("SELECT log, person FROM entry WHERE n=1"):
                if person in people:
                    self.db.run("INSERT OR REPLACE INTO local VALUES(?,?)", (f"wrote:{log}", log))

    def begin(self, genesis: Entry) -> None:
        """Takes in the genesis this desk just made (`genesis.py`) and goes on in its log."""
        with transaction(self.db):
            self._take([(genesis.signature, genesis.header_bytes, genesis.body_bytes)])
            self._own(genesis.header.log, genesis.header.person)
        self._log = self.fold.log = genesis.header.log
        self._sef = None
        self._mark(genesis)

    def do(self, act: Act, given: Callable[[Sef], Sef] | None = None) -> ChangeSet:
        """One act: may this person, is it valid, then entry, commit, and what changed.

        Committed to the disk before it returns. Raises Refused with the sentence of `why_not`.
        `given` adds to the SEF what the ledger doesn't know (page facts) before the act is judged.
        """
        if self._key is None:
            raise Refused("Nobody is at the desk: say who writes.")
        entry: Entry | None = None
        try:
            with transaction(self.db):
                sef = self._sef_inside()
                sef = given(sef) if given else sef
                me = self.fold.roster.alias.get(self._key.person, self._key.person)
                refused = why_not(sef, me, act)
                if refused:
                    raise Refused(refused)
                ops = act.ops(sef)
                if not ops:
                    return ChangeSet(EntryId(""))
                encoded = [self._encode(op) for op in ops]
                entry = self._write(type(act).__name__, act.entry_kind, act.subject, encoded)
                step("replica: before commit")
        except Refused:
            raise
        except BaseException:
            # What the failed write left in memory (an edited text, a roster) is not on the disk.
            self._forget()
            raise
        step("replica: after commit")
        self._mark(entry)
        self._undoing.note(sef, ops)
        return ChangeSet(EntryId(entry.id), tuple((op.obj, _HOW[type(op)]) for op in ops))

    def undo_text(self, section: SectionId) -> ChangeSet:
        """Takes back the last edit of this section made here and not yet undone: a new entry.

        Others' words stay, and so do signatures. Raises Refused.
        """
        return self._step_back(section, again=False)

    def redo_text(self, section: SectionId) -> ChangeSet:
        """Makes the edit that was undone last again: a new entry. Raises Refused."""
        return self._step_back(section, again=True)

    def undo_depth(self, section: SectionId) -> tuple[int, int]:
        """How many edits of this section can be undone here, and how many made again."""
        return self.fold.text(section).depth

    def _step_back(self, section: SectionId, *, again: bool) -> ChangeSet:
        if self._key is None:
            raise Refused("Nobody is at the desk: say who writes.")
        try:
            with transaction(self.db):
                sef = self._sef_inside()
                me = self.fold.roster.alias.get(self._key.person, self._key.person)
                text = self.fold.text(section)
                if not text.depth[again]:
                    raise Refused(
                        f"There is nothing of yours to {'redo' if again else 'undo'} here."
                    )
                if refused := why_not(sef, me, EditText(section=section, text="")):
                    raise Refused(refused)
                before = str(text)
                update = text.redo() if again else text.undo()
                if again:
                    ops = self._undoing.redone(section, text.depth[1]).again()
                else:
                    ops = self._undoing.undone(section, text.depth[0]).back(sef)
                encoded = [self._encode(op) for op in ops]
                words = self._text_op(section, update, before, str(text))
                entry = self._write("EditText", "edit", section, [words, *encoded])
        except Refused:
            raise
        except BaseException:
            self._forget()
            raise
        self._mark(entry)
        touched = ((section, "edited"), *((op.obj, _HOW[type(op)]) for op in ops))
        return ChangeSet(EntryId(entry.id), touched)

    def take(self, lines: Iterable[Line]) -> Taken:
        """Takes entries in, in any order, repeated, damaged or forged. Union is the only rule.

        What can't be placed yet is kept aside and tried again each time; nothing is dropped.
        """
        try:
            with transaction(self.db):
                self._refresh()
                taken = self._take(lines)
                self._leave_forked_log()
        except BaseException:
            self._forget()
            raise
        self._sef = None
        return taken

    # -- inside

    def _take(self, lines: Iterable[Line]) -> Taken:
        placed = place_all(self.db, self._chain, lines)
        if placed.accepted:
            self.fold.take(placed.accepted, afresh=placed.filled)
            judge_sign_offs(self.fold, self.sef_id)
        objects = (str(op.get("obj", "")) for entry in placed.accepted for op in entry.ops)
        return Taken(len(placed.accepted), frozenset(objects), placed.refused)

    def _write(
        self, act: str, kind: str, subject: str, ops: Sequence[Mapping[str, object]]
    ) -> Entry:
        assert self._key is not None  # noqa: S101 (checked by the callers)
        head = self.heads().get(self._log, 0)
        mine = self._chain.row(self._log, head) if head else None
        seen, lam = news_for(self.fold, self._log, head)
        lam = max(lam, mine[1] if mine else 0)
        fields: dict[str, object] = {
            "sef": "" if kind == "genesis" else self.sef_id,
            "log": self._log,
            "n": head + 1,
            "prev": mine[0] if mine else "",
            "seen": seen,
            "lam": lam + 1,
            "t": int(self._clock()),
            "person": self._key.person,
            "kind": kind,
            "obj": subject,
        }
        if not head:
            fields |= {"key": self._key.public.hex(), "random": self._random}
        entry = make_entry(self._key, fields, act, ops)
        self._chain.insert(entry)
        if not head:
            self._own(self._log, self._key.person)
        self.fold.take([entry])
        judge_sign_offs(self.fold, self.sef_id)
        self._sef = None
        return entry

    def _encode(self, op: Op) -> dict[str, object]:
        if isinstance(op, Add):
            return {"op": "add", "obj": op.obj, "fields": dict(op.fields)}
        if isinstance(op, Set):
            return {"op": "set", "obj": op.obj, "fields": dict(op.fields)}
        if isinstance(op, Delete):
            found: dict[str, object] = {"op": "delete", "obj": op.obj}
            if is_id(op.obj, "person"):
                found["last"] = last_numbers(self.fold, op.obj)
            return found
        return self._encode_text(op)

    def _encode_text(self, op: EditSplices) -> dict[str, object]:
        text = self.fold.text(op.obj)
        before = str(text)
        row = self.db.first("SELECT text FROM text WHERE obj=?", (op.obj,))
        if before != (row[0] if row else ""):
            # The splices are of the words in the table: in others they would write nonsense.
            raise damaged("a section's words are not those of its entries")
        update = text.edit(op.splices)
        return self._text_op(op.obj, update, before, apply(before, op.splices))

    def _text_op(self, section: str, update: bytes, before: str, after: str) -> dict[str, object]:
        return {
            "op": "text",
            "obj": section,
            "yjs": encode_update(update),
            "touched": {"v": TOUCHED_VERSION, "sentences": list(touched(before, after))},
            "epoch": self._epoch(section),
        }

    def _epoch(self, section: str) -> str:
        row = self.db.first(
            "SELECT epoch FROM textop WHERE obj=? AND begins=1 ORDER BY lam DESC, log DESC LIMIT 1",
            (section,),
        )
        return str(row[0]) if row else ""

    # -- this desk's log

    def _choose_log(self) -> str:
        """The log of this replica and this person; a fresh one when marks outside don't fit.

        A restored backup or a cloned laptop must not write on: that would be a second history
        under numbers that are taken.
        """
        assert self._key is not None  # noqa: S101
        self._random = secrets.token_hex(16)
        name = f"log:{self._key.person}"
        row = self.db.first("SELECT value FROM local WHERE name=?", (name,))
        if row:
            log = str(row[0])
            head = self.heads().get(log, 0)
            if head and self._marks.fits(log, head):
                return log
        return log_id(self._key.public, bytes.fromhex(self._random))

    def _leave_forked_log(self) -> None:
        """Another entry was seen under a number of this desk's log: it goes on in a fresh one.

        The history that the others have of it is taken in place of ours, so that what both sides
        write from now on can be placed everywhere.
        """
        if self._key is None or not forked(self.db, self._log):
            return
        if take_the_others(self.db, self._chain, self._log):
            self._forget()
            self.fold.rebuild()
            judge_sign_offs(self.fold, self.sef_id)
        self.db.run("DELETE FROM local WHERE name=?", (f"log:{self._key.person}",))
        self._random = secrets.token_hex(16)
        self._log = self.fold.log = log_id(self._key.public, bytes.fromhex(self._random))
        self._undoing = Undoing()
        self._forget()

    def _own(self, log: str, person: str) -> None:
        for name in (f"log:{person}", f"wrote:{log}"):
            self.db.run("INSERT OR REPLACE INTO local VALUES(?,?)", (name, log))

    def _mark(self, entry: Entry) -> None:
        """Remembers outside the file how far this desk's log has come."""
        try:
            self._marks.reached(self._log, entry.header.n)
        except WorldError:
            return  # the entry is saved, and a mark that stays behind costs a fresh log at most

    # -- other processes

    def _read_data_version(self) -> int:
        return int(self.db.first("PRAGMA data_version")[0])

    def _refresh(self) -> None:
        version = self._read_data_version()
        if version != self._data_version:
            self._data_version = version
            self._forget(written_elsewhere=True)
            if self.db.conn.in_transaction:
                self._leave_forked_log()

    def _forget(self, *, written_elsewhere: bool = False) -> None:
        self._sef = None
        self._chain.forget()
        try:
            self.fold.reload(written_elsewhere=written_elsewhere)
        except sqlite3.ProgrammingError:
            return  # closed meanwhile

    def _sef_inside(self) -> Sef:
        self._refresh()
        if self._sef is None:
            self._sef = build_sef(self.fold, self.sef_id)
        return self._sef


_HOW = {Add: "added", Set: "set", Delete: "deleted", EditSplices: "edited"}
