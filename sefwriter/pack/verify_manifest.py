"""Reading `manifest.json` back, trusting nothing: shapes first, then typed rows.

Written apart from `manifest.py` on purpose: a verifier that shares code with the writer repeats its
mistakes.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

SIGNED: Final = b"sefwriter-pack-1\n"
_FORMAT: Final = "sefwriter-pack"
_VERSION: Final = 1


class ManifestError(Exception):
    """The bytes are no manifest that can be read here; the message says why, in plain words."""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file as the manifest promises it."""

    name: str
    kind: str
    size: int
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class ListedEvidence:
    """An evidence item as the manifest promises it; pages are the bound pack's, 0 for none."""

    id: str
    number: str
    sha256: str
    restricted: bool
    pages: int
    how: str
    divider: int
    first_page: int
    attached: str


@dataclass(frozen=True, slots=True)
class ListedReference:
    """One link from a claim: stands on `stands`, opens `target`; both 0 where nothing is bound."""

    evidence: str
    label: str
    stands: int
    target: int


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim and the page it stands on."""

    id: str
    page: int
    references: tuple[ListedReference, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest whose shape is right. `rows` is the JSON itself."""

    rows: dict[str, object]
    draft: bool
    files: tuple[ListedFile, ...]
    evidence: tuple[ListedEvidence, ...]
    claims: tuple[ListedClaim, ...]
    counts: dict[str, int]
    sections: tuple[str, ...]
    signer: dict[str, str]
    people: tuple[dict[str, str], ...]
    signature: str


def read_manifest(data: bytes) -> Manifest:
    """The manifest in these bytes. Raises ManifestError."""
    try:
        loaded: object = json.loads(data)
    except (ValueError, RecursionError):
        raise ManifestError("it is damaged: it is no JSON") from None
    rows = _dictionary(loaded)
    if rows.get("format") != _FORMAT:
        raise ManifestError("it is not the manifest of a sefwriter pack")
    if rows.get("version") != _VERSION:
        raise ManifestError("a newer version of sefwriter made it; verify it with that version")
    if _spelled(rows) != data:
        raise ManifestError("its spelling was changed after export")
    return Manifest(
        rows=rows,
        draft=_text(rows, "draft") == "yes",
        files=tuple(_file(row) for row in _rows(rows, "files")),
        evidence=tuple(_evidence(row) for row in _rows(rows, "evidence")),
        claims=tuple(_claim(row) for row in _rows(rows, "claims")),
        counts={key: _whole(value) for key, value in _dictionary(rows.get("counts")).items()},
        sections=tuple(_text(row, "id") for row in _rows(rows, "sections")),
        signer=_texts(rows.get("exported_by")),
        people=tuple(_texts(row) for row in _rows(rows, "people")),
        signature=_text(rows, "signature"),
    )


def rows_of(manifest: Manifest, key: str) -> list[dict[str, object]]:
    """A list of the manifest as it stands in the file. Raises ManifestError where it is none."""
    return _rows(manifest.rows, key)


def signature_problems(
    manifest: Manifest,
    verify_signature: Callable[[bytes, bytes, bytes], bool],
    known_keys: Mapping[str, str] | None,
) -> list[str]:
    """What is wrong with who signed, as sentences.

    The key must be that of one of the people whom the manifest names and, where the SEF is on this
    laptop (`known_keys`: key in hex → name), that person's there too. Only the latter tells a whole
    forgery from a true pack; without it the fingerprint is there to be compared.
    """
    key, name = manifest.signer.get("key", ""), manifest.signer.get("name", "")
    problems: list[str] = []
    unsigned = {field: value for field, value in manifest.rows.items() if field != "signature"}
    try:
        public, signature = bytes.fromhex(key), bytes.fromhex(manifest.signature)
    except ValueError:
        return ["The signature is damaged: key or signature is no hexadecimal number."]
    if signature.hex() != manifest.signature or not verify_signature(
        public, SIGNED + _spelled(unsigned), signature
    ):
        problems.append(
            f"The signature of {name or 'nobody'} does not fit: the manifest was changed after "
            "export, or somebody else signed it."
        )
    if manifest.signer.get("fingerprint") != _fingerprint(public):
        problems.append(f"The fingerprint shown for {name} is another key's.")
    owners = [person for person in manifest.people if key in person.get("keys", "").split(", ")]
    if name not in {person.get("name") for person in owners}:
        problems.append(f"{name} is not among the enrolled people with the key that signed.")
    if known_keys is not None and known_keys.get(key) != name:
        owner = known_keys.get(key)
        problems.append(
            f"On this laptop the key that signed is {owner}'s, not {name}'s."
            if owner
            else f"On this laptop the SEF knows no {name} with the key that signed."
        )
    return problems


def _fingerprint(public: bytes) -> str:
    digits = hashlib.sha256(public).hexdigest()[:24]
    return " ".join(digits[start : start + 4] for start in range(0, 24, 4))


def _spelled(rows: dict[str, object]) -> bytes:
    text = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "replace")


def _file(row: dict[str, object]) -> ListedFile:
    return ListedFile(
        name=_text(row, "name"),
        kind=_text(row, "kind"),
        size=_number(row, "size"),
        sha256=_text(row, "sha256"),
        pages=_number(row, "pages"),
    )


def _evidence(row: dict[str, object]) -> ListedEvidence:
    return ListedEvidence(
        id=_text(row, "id"),
        number=_text(row, "number"),
        sha256=_text(row, "sha256"),
        restricted=_text(row, "class") == "restricted",
        pages=_number(row, "pages"),
        how=_text(row, "how"),
        divider=_number(row, "divider"),
        first_page=_number(row, "first_page"),
        attached=_text(row, "attached"),
    )


def _claim(row: dict[str, object]) -> ListedClaim:
    return ListedClaim(
        id=_text(row, "id"),
        page=_number(row, "page"),
        references=tuple(
            ListedReference(
                evidence=_text(reference, "evidence"),
                label=_text(reference, "label"),
                stands=_number(reference, "stands"),
                target=_number(reference, "target"),
            )
            for reference in _rows(row, "references")
        ),
    )


def _dictionary(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ManifestError("a part of it has another shape than a manifest's")
    return cast("dict[str, object]", value)


def _rows(row: dict[str, object], key: str) -> list[dict[str, object]]:
    value = row.get(key)
    if not isinstance(value, list):
        raise ManifestError(f"its list “{key}” is missing")
    return [_dictionary(item) for item in cast("list[object]", value)]


def _text(row: dict[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise ManifestError(f"its “{key}” is missing or no text")
    return value


def _number(row: dict[str, object], key: str) -> int:
    return _whole(row.get(key))


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ManifestError("a number in it is missing or no whole number")
    return value


def _texts(value: object) -> dict[str, str]:
    return {key: str(item) for key, item in _dictionary(value).items()}
