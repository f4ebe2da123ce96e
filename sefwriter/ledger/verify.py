"""Is the SEF whole and true? Everything checked again from the bytes up, by rebuilding it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sefwriter.ledger.aside import FORK
from sefwriter.ledger.build import build_sef
from sefwriter.ledger.chain import Chain
from sefwriter.ledger.entry import BadEntry, read_entry
from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.ledger.segments import named_range
from sefwriter.ledger.tables import PROJECTED, integrity_faults
from sefwriter.model.digest import digest_of_parts, section_digest


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that isn't as it should be: where, and what, in plain words."""

    where: str
    what: str


def verify_replica(replica: Replica, marks: Marks) -> tuple[Finding, ...]:
    """Rebuilds the replica from its own entries and compares every stored column."""
    found = [Finding("this laptop's copy", fault) for fault in integrity_faults(replica.db)]
    fresh = Replica(None, replica.sef_id, marks)
    try:
        found += _retake(replica, fresh)
        found += _differences(replica, fresh)
        found += _erasures(fresh)
        found += _digests(fresh)
    finally:
        fresh.close()
    return tuple(found)


def _retake(replica: Replica, fresh: Replica) -> list[Finding]:
    """Takes every stored entry in as if it came from a stranger."""
    found: list[Finding] = []
    rows = replica.db.rows("SELECT log, n, signature, header, body FROM entry ORDER BY lam, log, n")
    lines: list[tuple[bytes, bytes, bytes | None]] = []
    for log, n, signature, header, body in rows:
        try:
            entry = read_entry(
                _bytes(signature), _bytes(header), None if body is None else _bytes(body)
            )
        except BadEntry as error:
            found.append(Finding(f"entry {n} of log {log[:8]}", f"is no true entry: {error}"))
            continue
        if (entry.header.log, entry.header.n) != (log, n):
            found.append(Finding(f"entry {n} of log {log[:8]}", "stands in another's place"))
        lines.append((entry.signature, entry.header_bytes, entry.body_bytes))
    for name, why in fresh.take(lines).waiting.items():
        found.append(Finding(f"entry {name[:16]}", f"does not hold: {why}"))
    return found


def _differences(replica: Replica, fresh: Replica) -> Iterator[Finding]:
    """Every column of every table that is read from entries, and of the entries themselves."""
    for table in ("entry", *PROJECTED):
        query = f"SELECT * FROM {table}"  # noqa: S608 (names are ours)
        columns = [row[1] for row in replica.db.rows(f"PRAGMA table_info({table})")]
        stored = {tuple(row) for row in replica.db.rows(query)}
        true = {tuple(row) for row in fresh.db.rows(query)}
        missing = sorted(true - stored, key=repr)
        for row in sorted(stored - true, key=repr):
            twins = [other for other in missing if other[0] == row[0]]
            if not twins:
                yield Finding(_row_name(table, row), "was changed or added")
                continue
            twin = min(twins, key=lambda other: len(_unlike(row, other)))
            missing.remove(twin)
            wrong = ", ".join(columns[place] for place in _unlike(row, twin))
            yield Finding(_row_name(table, row), f"column {wrong} was changed")
        for row in missing:
            yield Finding(_row_name(table, row), "is missing")


def _unlike(row: tuple[object, ...], other: tuple[object, ...]) -> list[int]:
    """The places of the columns in which two rows of a table differ."""
    return [place for place, value in enumerate(row) if value != other[place]]


def _row_name(table: str, row: tuple[object, ...]) -> str:
    return f"table {table}, {' '.join(str(value)[:24] for value in row[:3])}"


def _erasures(true: Replica) -> Iterator[Finding]:
    """A missing body is well only if an Erase names it, and never for rosters and signatures."""
    named = Chain(true.db, true.sef_id).erased()
    for log, n, name in true.db.rows("SELECT log, n, id FROM entry WHERE body IS NULL"):
        if name not in named:
            where = f"entry {n} of log {log[:8]}"
            yield Finding(where, "its words are missing, and no erasure accounts for that")


def _digests(replica: Replica) -> Iterator[Finding]:
    """A sign-off's parts must give its digest, and its digest what its signer had before them.

    So one that was copied from another section, or made up, is found even where it is well signed.
    """
    sef = build_sef(replica.fold, replica.sef_id)
    for sign_off in (*sef.sign_offs, *sef.agreements):
        if digest_of_parts(sign_off.parts) != sign_off.digest:
            yield Finding(f"sign-off {sign_off.id}", "its parts don't give its digest")
            continue
        known = replica.sef_at(replica.past_of(sign_off.entry))
        there = sign_off.section in known.section_by_id
        if not there or section_digest(known, sign_off.section).hex != sign_off.digest:
            what = "it isn't about a state that its signer had seen"
            yield Finding(f"sign-off {sign_off.id}", what)


def verify_waiting(replica: Replica) -> Iterator[Finding]:
    """Entries kept aside on this laptop, and why."""
    roster = replica.fold.roster
    for entry, why in replica.kept_aside():
        person = roster.person(entry.header.person)
        name = person.name if person else "somebody not admitted"
        where = f"entry {entry.header.n} of {name}, log {entry.header.log[:8]}"
        told = "two histories were written under one name" if why == FORK else why
        yield Finding(where, f"kept aside: {told}")


def verify_folder(folder: SefFolder, replica: Replica) -> Iterator[Finding]:
    """The folder's segments against their names, and against what the replica holds."""
    held = {
        (str(log), int(n)): str(name)
        for log, n, name in replica.db.rows("SELECT log, n, id FROM entry")
    }
    published: set[str] = set()
    for name, segment in folder.segments():
        if segment.fault:
            yield Finding(f"log/{name}", segment.fault)
        place = 0
        log = ""
        promised = named_range(name)
        for signature, header, body in segment.lines:
            try:
                entry = read_entry(signature, header, body)
            except BadEntry as error:
                yield Finding(f"log/{name}", f"holds a line that is no true entry: {error}")
                continue
            if log == entry.header.log and entry.header.n != place + 1:
                yield Finding(f"log/{name}", "its entries are out of order, or one was dropped")
            log, place = entry.header.log, entry.header.n
            if promised and not (promised[0] == log and promised[1] <= place <= promised[2]):
                yield Finding(f"log/{name}", f"its name is not that of entry {place} in it")
            published.add(entry.id)
            if held.get((log, place)) != entry.id:
                yield Finding(f"log/{name}", f"entry {place} is not one this SEF accepts")
            else:
                row = replica.db.first(
                    "SELECT signature FROM entry WHERE log=? AND n=?", (log, place)
                )
                if row[0] != signature:
                    yield Finding(f"log/{name}", f"entry {place} is signed by another key")
    # What was written here and never sent lacks nowhere: it goes in with the next publishing.
    own, sent = replica.own_logs(), folder.sent_before(replica)
    lacking = sum(
        name not in published and (place[0] not in own or place in sent)
        for place, name in held.items()
    )
    if lacking:
        yield Finding(
            "log/", f"the folder lacks {lacking} entries that this laptop has: run repair"
        )


def verify_files(
    hashes: Mapping[str, str], is_true: Callable[[str], bool | None]
) -> Iterator[Finding]:
    """Evidence files against their hashes: what people call each by sha256. None: not here."""
    for sha256, label in hashes.items():
        state = is_true(sha256)
        if state is False:
            yield Finding(label, "its file was changed: the bytes are not those that were added")


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")
