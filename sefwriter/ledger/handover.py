"""The hand-over file: one `.sef`, a zip of what a SEF folder holds. Opening it takes the union."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from sefwriter.ledger.folder import FORMAT, genesis_ids, named_sef
from sefwriter.ledger.replica import Replica
from sefwriter.ledger.segments import first_line, pack, segment_name, unpack
from sefwriter.ledger.waiting import Line
from sefwriter.model.ids import SefId
from sefwriter.store.faults import WorldError
from sefwriter.store.files import replacing
from sefwriter.store.steps import step
from sefwriter.store.vault import Vault

_FIXED: Final = (1980, 1, 1, 0, 0, 0)
_LARGEST_SEGMENT: Final = 1 << 28
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    NotImplementedError,  # a zip version or a method that isn't there: a damaged byte says so
    RuntimeError,  # said to be encrypted
    ValueError,
    zlib.error,
)
"""What Python's zip reader raises for one damaged file in an archive."""


def write_handover(
    target: Path, replica: Replica, name: str, files: Iterable[tuple[str, Path]]
) -> int:
    """Writes everything into one file; how many entries. `files` are general evidence only."""
    logs: dict[str, list[bytes]] = {}
    for log, _, line in replica.lines():
        logs.setdefault(log, []).append(line)
    with replacing(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        fields = {"format": FORMAT, "sef": replica.sef_id, "name": name}
        _put(archive, "sef.json", json.dumps(fields, ensure_ascii=False, indent=1).encode())
        for log, lines in sorted(logs.items()):
            data = pack(lines)
            _put(archive, f"log/{segment_name(log, 1, len(lines), data)}", data)
        for sha256, path in files:
            if not Vault.is_true(path, sha256):
                continue  # damage isn't spread; verify names it
            info = zipfile.ZipInfo(f"evidence/{sha256[:2]}/{sha256}", _FIXED)
            with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as sink:
                while piece := source.read(1 << 20):
                    sink.write(piece)
        step("hand over: before rename")
    return sum(len(lines) for lines in logs.values())


def refuse_target(target: Path, sef: SefId, folder: Path | None) -> None:
    """Raises WorldError where writing this SEF's hand-over there would cost somebody something.

    `folder` is the SEF's own, whose entries and evidence are nobody else's.
    """
    if target.suffix.lower() != ".sef":
        raise WorldError(f"Name a file that ends in .sef, not “{target.name}”.")
    inside = [folder.resolve() / name for name in ("log", "evidence")] if folder else []
    if any(target.resolve().is_relative_to(place) for place in inside):
        raise WorldError(f"“{target}” lies in the SEF's own folder. Choose another place.")
    if not target.exists():
        return
    taken = WorldError(
        f"“{target}” is there already and is no hand-over of this SEF. Choose another name."
    )
    try:
        handover = Handover(target)
    except WorldError:
        raise taken from None
    try:
        if handover.sef_id() != sef:
            raise taken
    finally:
        handover.close()


class Handover:
    """A hand-over file to read. Raises WorldError where it is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise WorldError(f"“{path}” isn't there. Look for the file and try again.") from None
        except _UNREADABLE as error:
            raise WorldError(
                f"“{path.name}” is no hand-over file, or it is damaged. Ask for it again."
            ) from error

    def close(self) -> None:
        """Lets go of the file."""
        self._archive.close()

    def sef_id(self) -> SefId:
        """Whose hand-over it is. Raises WorldError where the file doesn't say, or says two."""
        try:
            found = named_sef(self._archive.read("sef.json"))
        except (KeyError, *_UNREADABLE):
            found = None  # a convenience only: the entries themselves say it
        ids = self.beginnings()
        if found and ids and found not in ids:
            raise WorldError(
                f"“{self.path.name}” holds the entries of another SEF than it names. Ask for it "
                "again."
            )
        if found:
            return found
        if len(ids) != 1:
            raise WorldError(f"“{self.path.name}” holds no SEF that can be read. Ask for it again.")
        return next(iter(ids))

    def beginnings(self) -> frozenset[SefId]:
        """The SEFs whose first entry is in the file."""
        found: set[SefId] = set()
        for info in self._archive.infolist():
            if info.filename.startswith("log/"):
                try:
                    with self._archive.open(info) as stream:
                        line = first_line(stream)
                except _UNREADABLE:
                    continue
                found.update(genesis_ids([line] if line else []))
        return frozenset(found)

    def lines(self) -> list[Line]:
        """Every good line of its segments."""
        found: list[Line] = []
        for info in self._archive.infolist():
            if info.filename.startswith("log/") and info.file_size <= _LARGEST_SEGMENT:
                try:
                    data = self._archive.read(info)
                except _UNREADABLE:
                    continue  # union: what can be read is taken, verify says what could not
                found += unpack(info.filename.rpartition("/")[2], data).lines
        return found

    def files(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Its evidence files that are whole: (sha256, bytes to read)."""
        for info in self._archive.infolist():
            name = info.filename.rpartition("/")[2]
            if info.filename.startswith("evidence/") and self._sha256(info) == name:
                with self._archive.open(info) as file:
                    yield name, file

    def faults(self) -> tuple[str, ...]:
        """What is damaged in the file, in sentences."""
        found: list[str] = []
        for info in self._archive.infolist():
            name = info.filename.rpartition("/")[2]
            sha256 = self._sha256(info)
            if not sha256:
                found.append(f"{info.filename} is damaged")
            elif info.filename.startswith("log/"):
                fault = unpack(name, self._archive.read(info)).fault
                found += [f"{info.filename}: {fault}"] if fault else []
            elif info.filename.startswith("evidence/") and sha256 != name:
                found.append(f"{info.filename} is not the file its name says")
        return tuple(found)

    def _sha256(self, info: zipfile.ZipInfo) -> str:
        """The hash of a file in the archive, read piece by piece; "" where it can't be read."""
        running = hashlib.sha256()
        try:
            with self._archive.open(info) as file:
                while piece := file.read(1 << 20):
                    running.update(piece)
            return running.hexdigest()
        except _UNREADABLE:
            return ""


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _FIXED), data)
