"""An entry: one act of one person, signed, chained and never changed (docs/format.md).

The format is final. An entry is three pieces of bytes: a signature, a canonical header, a canonical
body. The header holds the body's hash, so a body can be erased while every chain still verifies.
"""

import hashlib
import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, cast

from sefwriter.ledger.canonical import NotCanonical, canonical, parse
from sefwriter.ledger.keys import SigningKey, log_id, person_id, signature_holds

VERSION: Final = 1
KINDS: Final = ("genesis", "roster", "sign", "edit", "erase")
NEVER_ERASED: Final = frozenset({"genesis", "roster", "sign"})
MAXIMUM_HEADER: Final = 1 << 20
MAXIMUM_BODY: Final = 64 << 20
_LARGEST: Final = 1 << 53
"""Numbers stay below what JavaScript and SQLite both hold exactly."""


class BadEntry(ValueError):
    """Bytes that are no entry, or one that can't be true. The message says which rule it broke."""


@dataclass(frozen=True)
class Header:
    """An entry's header, read. `seen` maps a log to the number and id of its head as known then."""

    v: int
    sef: str
    log: str
    n: int
    prev: str
    seen: Mapping[str, tuple[int, str]]
    lam: int
    t: int
    person: str
    kind: str
    obj: str
    bh: str
    key: str = ""
    random: str = ""


@dataclass(frozen=True)
class Entry:
    """A whole entry whose signature, hash and shape hold. `body` is None when it was erased."""

    signature: bytes
    header_bytes: bytes
    body_bytes: bytes | None
    header: Header

    @cached_property
    def id(self) -> str:
        """SHA-256 of the header, 64 hex digits."""
        return hashlib.sha256(self.header_bytes).hexdigest()

    @cached_property
    def body(self) -> Mapping[str, object]:
        """The body as read; empty when it was erased."""
        if self.body_bytes is None:
            return {}
        return cast("Mapping[str, object]", parse(self.body_bytes))

    @cached_property
    def ops(self) -> Sequence[Mapping[str, object]]:
        """The ops in the body; those that aren't objects are left out."""
        found = self.body.get("ops")
        if not isinstance(found, list):
            return ()
        return [
            cast("Mapping[str, object]", op)
            for op in cast("list[object]", found)
            if isinstance(op, dict)
        ]

    @property
    def act(self) -> str:
        """The name of the act, for history; "" when the body was erased."""
        return str(self.body.get("act", ""))

    def line(self) -> bytes:
        """The entry as a line of a segment file: signature, header, body or "-", no line end."""
        body = b"-" if self.body_bytes is None else self.body_bytes
        return b" ".join((b64encode(self.signature), self.header_bytes, body))


def make_entry(
    key: SigningKey,
    fields: Mapping[str, object],
    act: str,
    ops: Sequence[Mapping[str, object]],
) -> Entry:
    """A new signed entry. `fields` are the header's but for v and bh."""
    body = canonical({"salt": secrets.token_hex(16), "act": act, "ops": list(ops)})
    header = canonical({**fields, "v": VERSION, "bh": hashlib.sha256(body).hexdigest()})
    return read_entry(key.sign(header), header, body)


def read_entry(signature: bytes, header_bytes: bytes, body_bytes: bytes | None) -> Entry:
    """The entry these bytes are. Raises BadEntry; says nothing of its place in a chain.

    The first entry of each log carries the key, and the log's id is the hash of it, so that a
    signature can be checked before anybody's roster is known. `check_signature` does the checking.
    """
    if len(header_bytes) > MAXIMUM_HEADER or len(body_bytes or b"") > MAXIMUM_BODY:
        raise BadEntry("too large")
    if b" " in header_bytes:
        raise BadEntry("a header with white space")
    try:
        header = _header(parse(header_bytes))
    except NotCanonical as error:
        raise BadEntry(f"unreadable header: {error}") from None
    if body_bytes is None:
        if header.kind in NEVER_ERASED:
            raise BadEntry("its words are missing, and those of its kind are never erased")
    else:
        if hashlib.sha256(body_bytes).hexdigest() != header.bh:
            raise BadEntry("the body is not the one that was signed")
        try:
            body = parse(body_bytes)
        except NotCanonical as error:
            raise BadEntry(f"unreadable body: {error}") from None
        if not isinstance(body, dict):
            raise BadEntry("a body that is no object")
    if len(signature) != 64:
        raise BadEntry("no signature")
    return Entry(signature, header_bytes, body_bytes, header)


def check_signature(entry: Entry, key: str) -> None:
    """Raises BadEntry unless the entry is signed by this public key (hex), its log's."""
    if not signature_holds(bytes.fromhex(key), entry.header_bytes, entry.signature):
        raise BadEntry("bad signature")


def is_signed(first: Entry) -> bool:
    """Whether the first entry of a log, which carries its key, is signed by that key."""
    return signature_holds(bytes.fromhex(first.header.key), first.header_bytes, first.signature)


def _header(value: object) -> Header:
    if not isinstance(value, dict):
        raise BadEntry("a header that is no object")
    fields = cast("dict[str, object]", value)
    header = Header(
        v=_number(fields, "v"),
        sef=_word(fields, "sef"),
        log=_word(fields, "log"),
        n=_number(fields, "n"),
        prev=_word(fields, "prev"),
        seen=_seen(fields.get("seen")),
        lam=_number(fields, "lam"),
        t=_number(fields, "t"),
        person=_word(fields, "person"),
        kind=_word(fields, "kind"),
        obj=_word(fields, "obj"),
        bh=_word(fields, "bh"),
        key=_word(fields, "key") if "key" in fields else "",
        random=_word(fields, "random") if "random" in fields else "",
    )
    if header.n < 1 or header.lam < 1:
        raise BadEntry("numbers begin at 1")
    if (header.n == 1) != (header.prev == ""):
        raise BadEntry("only the first entry has none before it")
    if (header.n == 1) != bool(header.key):
        raise BadEntry("the first entry of a log, and only it, carries the key")
    if header.key:
        _certify(header)
    if header.kind == "genesis" and (header.n != 1 or header.sef or header.seen):
        raise BadEntry("a genesis that is not the beginning")
    if header.kind != "genesis" and not header.sef:
        raise BadEntry("of no SEF")
    return header


def _certify(header: Header) -> None:
    try:
        key, random = bytes.fromhex(header.key), bytes.fromhex(header.random)
    except ValueError:
        raise BadEntry("a key that is no key") from None
    if len(key) != 32 or len(random) != 16:
        raise BadEntry("a key that is no key")
    if log_id(key, random) != header.log:
        raise BadEntry("a log whose name is not its key's")
    if person_id(key) != header.person:
        raise BadEntry("a person whose id is not the key's")


def _number(fields: Mapping[str, object], name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or not 0 <= value < _LARGEST:
        raise BadEntry(f"no number {name}")
    return value


def _word(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise BadEntry(f"no {name}")
    return value


def _seen(value: object) -> Mapping[str, tuple[int, str]]:
    if not isinstance(value, dict):
        raise BadEntry("no seen")
    found: dict[str, tuple[int, str]] = {}
    for log, head in cast("dict[str, object]", value).items():
        pair = cast("list[object]", head) if isinstance(head, list) else []
        if len(pair) != 2 or not isinstance(pair[0], int) or not isinstance(pair[1], str):
            raise BadEntry("no seen")
        if not 0 < pair[0] < _LARGEST:
            raise BadEntry("no seen")
        found[log] = (pair[0], pair[1])
    return found
