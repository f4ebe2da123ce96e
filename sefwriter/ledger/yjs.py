"""Reading the Yjs update format, version 1, as far as our texts use it.

Needed for two questions that the CRDT library doesn't answer: which clients does this update write
for (an entry may only write for its own log), and whose characters still stand (four eyes).
Format: the Yjs project's own description of its update encoding (lib0 variable-length integers).
"""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

ROOT: Final = "t"
"""The name of the shared text in a section's Yjs document."""

_SKIP: Final = 10
_GC: Final = 0
_DELETED: Final = 1
_STRING: Final = 4


class NotOurUpdate(ValueError):
    """Bytes that are no Yjs update of a plain text."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one client wrote: UTF-16 units from `clock` on; `kept` when the words are there."""

    client: int
    clock: int
    length: int
    kept: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """What an update writes and what it deletes: (client, clock, length) for the latter."""

    stretches: tuple[Stretch, ...]
    deleted: tuple[tuple[int, int, int], ...]


def decoded(op: Mapping[str, object]) -> bytes:
    """The update in a text op. Raises NotOurUpdate."""
    try:
        return b64decode(str(op.get("yjs", "")), validate=True)
    except ValueError:
        raise NotOurUpdate("no base64") from None


def read_update(data: bytes) -> Update:
    """The update these bytes are. Raises NotOurUpdate for anything but a text's, cut or longer."""
    reader = _Reader(data)
    stretches = tuple(_structs(reader))
    deleted = tuple(
        (client, reader.number(), reader.number())
        for _ in range(reader.number())
        for client in (reader.number(),)
        for _ in range(reader.number())
    )
    if not reader.at_end():
        raise NotOurUpdate("more bytes than the update has")
    return Update(stretches, deleted)


def writers(update: Update) -> frozenset[int]:
    """The clients an update writes for."""
    return frozenset(stretch.client for stretch in update.stretches)


def standing_clients(state: bytes) -> frozenset[int]:
    """The clients with at least one character in the text whose whole state this is."""
    update = read_update(state)
    gone: dict[int, list[tuple[int, int]]] = {}
    for client, clock, length in update.deleted:
        gone.setdefault(client, []).append((clock, clock + length))
    return frozenset(
        stretch.client
        for stretch in update.stretches
        if stretch.kept and not _covered(stretch, gone.get(stretch.client, []))
    )


def _covered(stretch: Stretch, gone: list[tuple[int, int]]) -> bool:
    position, end = stretch.clock, stretch.clock + stretch.length
    for start, stop in sorted(gone):
        if start > position:
            break
        position = max(position, stop)
    return position >= end


def _structs(reader: "_Reader") -> Iterator[Stretch]:
    for _ in range(reader.number()):
        count, client, clock = reader.number(), reader.number(), reader.number()
        for _ in range(count):
            info = reader.byte()
            content = info & 31
            if content in (_GC, _SKIP):
                length = reader.number()
                if content == _GC:
                    yield Stretch(client, clock, length, kept=False)
                clock += length
                continue
            _origins(reader, info)
            words = ""
            if content == _DELETED:
                length = reader.number()
            elif content == _STRING:
                words = reader.text()
                length = len(words.encode("utf-16-le")) // 2
            else:
                raise NotOurUpdate(f"content of kind {content} in a text")
            yield Stretch(client, clock, length, content == _STRING, words)
            clock += length


def _origins(reader: "_Reader", info: int) -> None:
    if info & 0x80:
        reader.number()
        reader.number()
    if info & 0x40:
        reader.number()
        reader.number()
    if info & 0xC0:
        return
    # Without neighbours an item names its parent: in our texts that is always the one shared text.
    if reader.number() != 1 or reader.text() != ROOT or info & 0x20:
        raise NotOurUpdate("something else than the section's text")


class _Reader:
    """Bytes with a place in them, and lib0's ways to read a number and a text."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def at_end(self) -> bool:
        return self._place == len(self._data)

    def byte(self) -> int:
        if self._place >= len(self._data):
            raise NotOurUpdate("cut short")
        self._place += 1
        return self._data[self._place - 1]

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
            if shift > 63:
                raise NotOurUpdate("a number too large")

    def text(self) -> str:
        length = self.number()
        if self._place + length > len(self._data):
            raise NotOurUpdate("cut short")
        piece = self._data[self._place : self._place + length]
        self._place += length
        try:
            return piece.decode("utf-8")
        except UnicodeDecodeError:
            raise NotOurUpdate("text that is no UTF-8") from None
