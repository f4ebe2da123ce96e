"""The Word file of a pack, read by zipfile and ElementTree."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from sefwriter.pack.verify_manifest import Manifest, rows_of

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BYTES: Final = 400_000_000
"""More than any narrative with pictures; a small file that swells further is made to harm."""


def word_problems(manifest: Manifest, data: bytes) -> Iterator[str]:
    """What isn't as promised inside the Word file, as sentences."""
    try:
        parts = _parts(data)
        document = ElementTree.fromstring(parts["word/document.xml"])  # noqa: S314 - hash checked
    except (zipfile.BadZipFile, zlib.error, KeyError, ElementTree.ParseError, EOFError):
        yield "It is damaged: Word could not open it."
        return
    bookmarks = {mark.get(f"{_W}name", "") for mark in document.iter(f"{_W}bookmarkStart")}
    for kind, key in (("section", "sections"), ("claim", "claims"), ("evidence", "evidence")):
        for row in rows_of(manifest, key):
            if f"sef_{kind}_{row.get('id')}" not in bookmarks:
                yield f"It has no place for the {kind} {row.get('number') or row.get('id')}."
    actions = sum(name.startswith("sef_action_") for name in bookmarks)
    if actions != manifest.counts.get("actions"):
        yield f"It has {actions} actions where the manifest has {manifest.counts.get('actions')}."
    header = b"".join(data for name, data in parts.items() if name.startswith("word/header"))
    if (b"DRAFT" in header) != manifest.draft:
        yield "Its pages and the manifest disagree on whether it is a draft."
    restricted = {item.sha256: item.number for item in manifest.evidence if item.restricted}
    for name, held in parts.items():
        number = restricted.get(hashlib.sha256(held).hexdigest())
        if number:
            yield f"It holds {number}, which is restricted, as “{name}”."
    if any(b"sef.invalid" in data for data in parts.values()):
        yield "It holds a link that was never given its page (sef.invalid)."


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(item.file_size for item in archive.infolist()) > _MOST_BYTES:
            raise zipfile.BadZipFile("swells")
        return {item.filename: archive.read(item) for item in archive.infolist()}
