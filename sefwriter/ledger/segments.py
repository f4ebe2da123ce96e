"""Segment files: write-once gzip files of entries, a line each, named by their own hash."""

import gzip
import hashlib
import re
import zlib
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Final

from sefwriter.ledger.waiting import Line

_NAME: Final = re.compile(r"([0-9a-f]{32})-(\d+)-(\d+)-([0-9a-f]{32})\.seg")
_LARGEST: Final = 1 << 30
"""A segment that unpacks to more than this is no segment of ours."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What a segment file gave: its good lines, and what is wrong in words ("" for nothing)."""

    lines: tuple[Line, ...]
    fault: str


def pack(lines: Iterable[bytes]) -> bytes:
    """The bytes of a segment file; the same lines give the same bytes."""
    return gzip.compress(b"".join(line + b"\n" for line in lines), mtime=0)


def segment_name(log: str, first: int, last: int, data: bytes) -> str:
    """`<log>-<from>-<to>-<hash>.seg`, the hash being that of the file's bytes."""
    return f"{log}-{first}-{last}-{hashlib.sha256(data).hexdigest()[:32]}.seg"


def named_range(name: str) -> tuple[str, int, int] | None:
    """The log and the numbers that a segment's name speaks of; None where it isn't one."""
    parts = _NAME.fullmatch(name)
    return (parts.group(1), int(parts.group(2)), int(parts.group(3))) if parts else None


def unpack(name: str, data: bytes) -> Segment:
    """The lines of a segment file, whatever its state: a torn file gives those before the tear.

    The name counts only for saying what is wrong: gzip's own check doesn't see every changed bit,
    the hash in the name does.
    """
    faults: list[str] = []
    parts = _NAME.fullmatch(name)
    if parts is None:
        faults.append("its name is not a segment's")
    elif hashlib.sha256(data).hexdigest()[:32] != parts.group(4):
        faults.append("its bytes are not those its name says")
    text, whole = _inflate(data)
    if not whole:
        faults.append("it is cut short or damaged")
    lines: list[Line] = []
    for row in text.split(b"\n"):
        if row:
            line = _line(row)
            if line is None:
                faults.append("a line can't be read")
            else:
                lines.append(line)
    if parts and len(lines) != int(parts.group(3)) - int(parts.group(2)) + 1:
        faults.append("it doesn't hold as many entries as its name says")
    return Segment(tuple(lines), "; ".join(dict.fromkeys(faults)))


def first_line(stream: IO[bytes]) -> Line | None:
    """The first line of a segment file, without reading more of it; None where there is none."""
    decompressor = zlib.decompressobj(31)
    found = b""
    try:
        while b"\n" not in found and len(found) < _LARGEST and (piece := stream.read(4096)):
            found += decompressor.decompress(piece)
    except zlib.error:
        return None
    row, end, _ = found.partition(b"\n")
    return _line(row) if end else None


def _inflate(data: bytes) -> tuple[bytes, bool]:
    decompressor = zlib.decompressobj(31)
    found: list[bytes] = []
    size = 0
    try:
        # In small pieces, so that what stands before a damaged place is still given.
        for start in range(0, len(data), 1024):
            found.append(decompressor.decompress(data[start : start + 1024], _LARGEST - size))
            size += len(found[-1])
            if size >= _LARGEST:
                return b"".join(found), False
    except zlib.error:
        return b"".join(found), False
    return b"".join(found), decompressor.eof and not decompressor.unused_data


def _line(row: bytes) -> Line | None:
    pieces = row.split(b" ", 2)
    if len(pieces) != 3:
        return None
    try:
        signature = b64decode(pieces[0], validate=True)
    except ValueError:
        return None
    return signature, pieces[1], None if pieces[2] == b"-" else pieces[2]
