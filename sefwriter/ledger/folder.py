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
from sefwriter.ledger.segments import Segment, first_line, pack, segment_name, unpack
from sefwriter.ledger.tables import transaction
from sefwriter.ledger.waiting import Line
from sefwriter.model.ids import SefId
from sefwriter.store.faults import WorldError
from sefwriter.store.files import read_whole, told_kindly, write_whole
from sefwriter.store.steps import step

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
        """Puts in what this replica wrote since the last time, and evidence the folder lacks.

        `files` are (sha256, path) of general evidence only: the caller fences restricted ones.
        """
        sent = 0
        marks = self._published(replica)
        heads = replica.heads()
        for log in sorted(replica.own_logs()):
            last = marks.get(log, 0)
            if heads.get(log, 0) > last:
                lines = [line for _, _, line in replica.lines({log: last})]
                self._write_segment(log, last + 1, lines)
                self._set_published(replica, log, last + len(lines))
                sent += len(lines)
        return Published(sent, self._put_files(files))

    def repair(self, replica: Replica, files: Iterable[tuple[str, Path]]) -> Published:
        """Writes back every entry the folder lacks, whoever made it: everybody holds them all."""
        have = {
            (entry.header.log, entry.header.n)
            for _, segment in self.segments()
            for entry in _readable(segment.lines)
        }
        sent = 0
        run: list[tuple[str, int, bytes]] = []
        for line in (*replica.lines(), ("", 0, b"")):
            missing = line[0] and (line[0], line[1]) not in have
            if run and (not missing or run[-1][0] != line[0] or run[-1][1] + 1 != line[1]):
                self._write_segment(run[0][0], run[0][1], [data for _, _, data in run])
                sent += len(run)
                run = []
            if missing:
                run.append(line)
        return Published(sent, self._put_files(files))

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

    def _write_segment(self, log: str, first: int, lines: list[bytes]) -> None:
        data = pack(lines)
        name = segment_name(log, first, first + len(lines) - 1, data)
        with told_kindly(self.path / "log" / name):
            step("publish: before segment")
            (self.path / "log").mkdir(parents=True, exist_ok=True)
            write_whole(self.path / "log" / name, data)
            step("publish: segment written")

    def _put_files(self, files: Iterable[tuple[str, Path]]) -> int:
        sent = 0
        for sha256, path in files:
            target = self.file(sha256)
            if not target.exists():
                with told_kindly(target):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    write_whole(target, _pieces(path))
                    step("publish: file written")
                sent += 1
        return sent

    def _published(self, replica: Replica) -> dict[str, int]:
        prefix = f"out:{self.path.resolve()}:"
        rows = replica.db.rows(
            "SELECT name, value FROM local WHERE substr(name, 1, ?)=?", (len(prefix), prefix)
        )
        return {str(name)[len(prefix) :]: int(value) for name, value in rows}

    def _set_published(self, replica: Replica, log: str, n: int) -> None:
        with transaction(replica.db):
            replica.db.run(
                "INSERT OR REPLACE INTO local VALUES(?,?)",
                (f"out:{self.path.resolve()}:{log}", str(n)),
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
