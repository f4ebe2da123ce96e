"""The SEF folder: a carrier of entries and files, on any disk or share. Never the truth.

sef.json                          format, SEF id, name; a convenience
log/<log>-<from>-<to>-<hash>.seg  write-once
evidence/ab/<sha256>              write-once; general evidence only
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from sefwriter.ledger.entry import BadEntry, Entry, is_signed, read_entry
from sefwriter.ledger.replica import Replica, Taken
from sefwriter.ledger.segments import (
    Segment,
    first_line,
    named_range,
    pack,
    segment_name,
    unpack,
)
from sefwriter.ledger.tables import transaction
from sefwriter.ledger.waiting import Line
from sefwriter.model.ids import SefId
from sefwriter.store.faults import WorldError
from sefwriter.store.files import read_whole, told_kindly, write_whole
from sefwriter.store.steps import step
from sefwriter.store.vault import Vault

FORMAT: Final = "sefwriter-folder-1"
_ID: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Published:
    """How many entries and files went into the folder."""

    entries: int
    files: int


class SefFolder:
    """One SEF folder on some disk, share or stick."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def sef_id(self) -> SefId:
        """Whose folder it is: by sef.json where no entry speaks against it, else by its entries.

        Raises WorldError where there is none, or more than one SEF.
        """
        named = None
        if (self.path / "sef.json").exists():
            named = named_sef(read_whole(self.path / "sef.json"))
        ids = self.beginnings()
        if named:
            if ids and named not in ids:
                raise WorldError(
                    f"“{self.path.name}” holds the entries of another SEF than its “sef.json” "
                    "names. Put the right “sef.json” back, or delete it: the entries say whose "
                    "they are."
                )
            return named
        if len(ids) != 1:
            raise WorldError(
                f"“{self.path.name}” is no SEF folder. Choose the folder that holds “sef.json” and "
                "“log”."
                if not ids
                else f"“{self.path.name}” holds the entries of more than one SEF. Take them apart."
            )
        return next(iter(ids))

    def beginnings(self) -> frozenset[SefId]:
        """The SEFs whose first entry is here: looked for where it belongs, then everywhere."""
        found: set[SefId] = set()
        for file in sorted((self.path / "log").glob("*-1-*.seg*")):
            try:
                with file.open("rb") as stream:
                    line = first_line(stream)
            except OSError:
                continue  # a placeholder that isn't on this machine yet: next time
            found.update(genesis_ids([line] if line else []))
        if not found:
            for _, segment in self.segments():
                found.update(genesis_ids(segment.lines))
        return frozenset(found)

    def write_name(self, sef: SefId, name: str) -> None:
        """Writes sef.json unless it is there."""
        if not (self.path / "sef.json").exists():
            fields = {"format": FORMAT, "sef": sef, "name": name}
            data = json.dumps(fields, ensure_ascii=False, indent=1).encode()
            write_whole(self.path / "sef.json", data)

    def segments(self) -> Iterator[tuple[str, Segment]]:
        """Every file that may be a segment, whatever a sync client made of its name."""
        for file in sorted((self.path / "log").glob("*.seg*")):
            if not file.name.startswith("."):
                try:
                    yield file.name, unpack(file.name, file.read_bytes())
                except OSError:
                    continue  # a placeholder that isn't on this machine yet: next time

    def publish(self, replica: Replica, files: Iterable[tuple[str, Path]]) -> Published:
        """Puts in what this replica wrote and the folder lacks, and the files it lacks.

        Looked up in the folder itself, whatever went into it before: another stick may lie at the
        same path, or an old state of the folder.
        """
        sent = 0
        held = self._held(replica)
        for log in sorted(replica.own_logs()):
            rows = replica.db.rows("SELECT n FROM entry WHERE log=? ORDER BY n", (log,))
            lacking = [int(row[0]) for row in rows if row[0] not in held.get(log, ())]
            if lacking:
                wanted = frozenset(lacking)
                lines = replica.lines({log: lacking[0] - 1})
                sent += self._write_runs(replica, (line for line in lines if line[1] in wanted))
        return Published(sent, self._put_files(files))

    def repair(self, replica: Replica, files: Iterable[tuple[str, Path]]) -> Published:
        """Writes back every entry the folder lacks, whoever made it: everybody holds them all."""
        have = {entry.id for _, segment in self.segments() for entry in _readable(segment.lines)}
        names = {
            (str(log), int(n)): str(name)
            for log, n, name in replica.db.rows("SELECT log, n, id FROM entry")
        }
        lines = (line for line in replica.lines() if names[line[0], line[1]] not in have)
        return Published(
            self._write_runs(replica, lines), self._put_files(files, look_at_bytes=True)
        )

    def sent_before(self, replica: Replica) -> frozenset[tuple[str, int]]:
        """Own entries, (log, number), that went into this or another folder of the SEF before."""
        rows = replica.db.rows("SELECT name FROM local WHERE name LIKE 'held:%'")
        found: set[tuple[str, int]] = set()
        for (row,) in rows:
            log, first, last = _range_of(str(row))
            found.update((log, n) for n in range(first, last + 1))
        return frozenset(found)

    def _held(self, replica: Replica) -> dict[str, set[int]]:
        """The numbers of own logs whose very entries lie in the folder.

        A segment is read once: its name has the hash of its bytes, so the name stands for them as
        long as the file is as long as it was.
        """
        own = replica.own_logs()
        known = {
            str(row[0])
            for row in replica.db.rows("SELECT name FROM local WHERE name LIKE 'held:%'")
        }
        held: dict[str, set[int]] = {}
        for file in sorted((self.path / "log").glob("*.seg")):
            promised = named_range(file.name)
            if promised is None or promised[0] not in own:
                continue
            try:
                mark = f"held:{file.name}:{file.stat().st_size}"
                if mark not in known:
                    if not _is_ours(replica, unpack(file.name, file.read_bytes())):
                        continue
                    self._remember(replica, mark)
            except OSError:
                continue  # a placeholder that isn't on this machine: written once more at worst
            held.setdefault(promised[0], set()).update(range(promised[1], promised[2] + 1))
        return held

    def _write_runs(self, replica: Replica, lines: Iterable[tuple[str, int, bytes]]) -> int:
        """Writes lines as segments of numbers in a row; how many."""
        own = replica.own_logs()
        sent = 0
        run: list[tuple[str, int, bytes]] = []
        for line in (*lines, ("", 0, b"")):
            if run and (run[-1][0], run[-1][1] + 1) != line[:2]:
                mark = self._write_segment(run[0][0], run[0][1], [data for _, _, data in run])
                if run[0][0] in own:
                    self._remember(replica, mark)
                sent += len(run)
                run = []
            if line[0]:
                run.append(line)
        return sent

    def _remember(self, replica: Replica, mark: str) -> None:
        with transaction(replica.db):
            replica.db.run("INSERT OR REPLACE INTO local VALUES(?,'')", (mark,))

    def pull(self, replica: Replica) -> Taken:
        """Takes in whatever the folder has and the replica doesn't."""
        known = {str(row[0]) for row in replica.db.rows("SELECT name FROM pulled")}
        lines: list[Line] = []
        names: list[str] = []
        for file in sorted((self.path / "log").glob("*.seg*")):
            if file.name.startswith("."):
                continue
            try:
                state = file.stat()
                name = f"{file.name}:{state.st_size}:{state.st_mtime_ns}"
                if name in known:
                    continue
                segment = unpack(file.name, file.read_bytes())
            except OSError:
                continue  # a placeholder that isn't on this machine yet: next time
            lines += segment.lines
            if not segment.fault:
                names.append(name)
        if not lines and not names:
            return Taken(0)  # without waiting for anybody who writes just now
        taken = replica.take(lines)
        with transaction(replica.db):
            for name in names:
                replica.db.run("INSERT OR IGNORE INTO pulled VALUES(?)", (name,))
        return taken

    def file(self, sha256: str) -> Path:
        """Where the folder keeps a file of evidence, whether it is there or not."""
        return self.path / "evidence" / sha256[:2] / sha256

    def take_away(self, sha256: str) -> bool:
        """Takes a file out again (evidence that became restricted); whether it was there."""
        path = self.file(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise WorldError(
                f"A file that is restricted now still lies in the SEF folder: {path}. Delete it "
                "there."
            ) from error
        return True

    def _write_segment(self, log: str, first: int, lines: list[bytes]) -> str:
        """Writes a segment; the mark by which `_held` knows it again."""
        data = pack(lines)
        name = segment_name(log, first, first + len(lines) - 1, data)
        with told_kindly(self.path / "log" / name):
            step("publish: before segment")
            (self.path / "log").mkdir(parents=True, exist_ok=True)
            write_whole(self.path / "log" / name, data)
            step("publish: segment written")
        return f"held:{name}:{len(data)}"

    def _put_files(self, files: Iterable[tuple[str, Path]], *, look_at_bytes: bool = False) -> int:
        """Copies files the folder lacks; a repair looks at the bytes of those that are there."""
        sent = 0
        for sha256, path in files:
            target = self.file(sha256)
            with told_kindly(target):
                there = target.is_file() and target.stat().st_size == path.stat().st_size
                if there and not (look_at_bytes and not Vault.is_true(target, sha256)):
                    continue
                if not Vault.is_true(path, sha256):
                    continue  # damage isn't spread; verify names it
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, _pieces(path))
                step("publish: file written")
            sent += 1
        return sent


def _range_of(mark: str) -> tuple[str, int, int]:
    log, first, last, _ = mark.removeprefix("held:").split("-")
    return log, int(first), int(last)


def _is_ours(replica: Replica, segment: Segment) -> bool:
    """Whether a segment is whole and every entry in it is one this replica has there."""
    return not segment.fault and all(
        (found := replica.entry_id(entry.header.log, entry.header.n)) and found == entry.id
        for entry in _readable(segment.lines)
    )


def named_sef(data: bytes) -> SefId | None:
    """The SEF that a sef.json names; None for a damaged one: the entries themselves say it."""
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return None
    found = cast("dict[str, object]", fields).get("sef") if isinstance(fields, dict) else None
    # Folders are made by this name, so nothing but a hash will do.
    return SefId(found) if isinstance(found, str) and _ID.fullmatch(found) else None


def genesis_ids(lines: Iterable[Line]) -> list[SefId]:
    """The ids of SEFs whose genesis is among these lines."""
    return [SefId(e.id) for e in _readable(lines) if e.header.kind == "genesis" and is_signed(e)]


def _readable(lines: Iterable[Line]) -> Iterator[Entry]:
    for signature, header, body in lines:
        try:
            yield read_entry(signature, header, body)
        except BadEntry:
            continue


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            yield piece
