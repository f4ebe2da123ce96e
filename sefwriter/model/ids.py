"""Object ids: one letter and 16 lower-case base32 characters.

No punctuation, so that an id is valid in a Word bookmark, an NTFS name and a URL as it stands.
Entry, log and SEF ids are hashes and are made in the ledger.
"""

import re
import secrets
from typing import Final, NewType

SefId = NewType("SefId", str)
PersonId = NewType("PersonId", str)
SectionId = NewType("SectionId", str)
ClaimId = NewType("ClaimId", str)
EvidenceId = NewType("EvidenceId", str)
VersionId = NewType("VersionId", str)
RenditionId = NewType("RenditionId", str)
PassageId = NewType("PassageId", str)
ActionId = NewType("ActionId", str)
LinkId = NewType("LinkId", str)
MeasureId = NewType("MeasureId", str)
ValueId = NewType("ValueId", str)
CommentId = NewType("CommentId", str)
SignOffId = NewType("SignOffId", str)
MarkId = NewType("MarkId", str)
EntryId = NewType("EntryId", str)

LETTERS: Final[dict[str, str]] = {
    "person": "h",
    "section": "s",
    "claim": "c",
    "evidence": "e",
    "version": "v",
    "rendition": "r",
    "passage": "p",
    "action": "a",
    "link": "l",
    "measure": "m",
    "value": "u",
    "comment": "k",
    "reply": "y",
    "sign-off": "g",
    "mark": "d",
    "withdrawal": "w",
    "agreement": "n",
    "settlement": "b",
    "picture": "i",
}
"""The letter each kind of object's id begins with; the ledger tells kinds apart by it alone."""

SEF_OBJECT: Final = "sef"
"""The one object whose id is a word: the SEF itself, for its name, framework and settings."""

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz234567"
_SHAPE: Final = re.compile(r"[a-z][a-z2-7]{16}")


def new_id(kind: str) -> str:
    """A fresh random id (80 bits) for an object of this kind, a key of LETTERS."""
    return LETTERS[kind] + "".join(secrets.choice(_ALPHABET) for _ in range(16))


def is_id(text: str, kind: str | None = None) -> bool:
    """Whether text has the shape of an object id (of that kind, when one is named)."""
    return bool(_SHAPE.fullmatch(text)) and (kind is None or text[0] == LETTERS[kind])


def from_bytes(kind: str, digest: bytes) -> str:
    """An id that is a hash: the first 80 bits of a digest. For ids that must certify themselves."""
    number = int.from_bytes(digest[:10], "big")
    return LETTERS[kind] + "".join(_ALPHABET[(number >> shift) & 31] for shift in range(75, -1, -5))
