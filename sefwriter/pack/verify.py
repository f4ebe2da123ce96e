"""Is a pack whole and true? Everything is read again by readers that did not write it.

pypdf, zipfile, ElementTree, json and csv only; none of the code that makes packs. What is looked at
and what may be found wrong stands in `verify_pack`.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sefwriter.pack.verify_manifest import (
    ListedFile,
    Manifest,
    ManifestError,
    read_manifest,
    rows_of,
    signature_problems,
)
from sefwriter.pack.verify_pdf import bound_problems, narrative_problems
from sefwriter.pack.verify_word import word_problems
from sefwriter.store.faults import WorldError
from sefwriter.store.files import read_whole, told_kindly

MANIFEST: Final = "manifest.json"
_TABLE_LISTS: Final = {"file": "files", "evidence": "evidence", "sign-off": "sign_offs"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a pack that isn't as promised: in which file, and a sentence for people."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


def verify_pack(
    folder: Path,
    *,
    verify_signature: Callable[[bytes, bytes, bytes], bool],
    known_keys: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with the pack in this folder; empty means whole and true.

    - manifest.json: shape, spelling, signature, and that the signer is enrolled; with `known_keys`
      (public key in hex → name, where the SEF is on this laptop) that she is enrolled there
    - every file: there, listed, of the promised size and SHA-256
    - manifest.csv: says what manifest.json says
    - Word file: a whole archive, with a bookmark for each section, claim, action and evidence item
    - both PDFs: pages, DRAFT; in the bound one each claim's links, each divider's links back, the
      stamped page numbers, bookmarks with page numbers
    - no evidence that is restricted, under whatever name

    `verify_signature` is told public key, message and signature. Raises WorldError where the folder
    or a file in it can't be read at all.
    """
    if not folder.is_dir():
        raise WorldError(f"{folder} is not a folder. Choose the folder a pack was exported to.")
    path = folder / MANIFEST
    if not path.is_file():
        return (Finding(MANIFEST, "It is missing, so nothing says what this pack should hold."),)
    try:
        manifest = read_manifest(read_whole(path))
        found = list(_findings(folder, manifest, verify_signature, known_keys))
    except ManifestError as error:
        return (Finding(MANIFEST, f"It can't be trusted: {error}."),)
    return tuple(found)


def _findings(
    folder: Path,
    manifest: Manifest,
    verify_signature: Callable[[bytes, bytes, bytes], bool],
    known_keys: Mapping[str, str] | None,
) -> Iterator[Finding]:
    for problem in signature_problems(manifest, verify_signature, known_keys):
        yield Finding(MANIFEST, problem)
    for problem in _count_problems(manifest):
        yield Finding(MANIFEST, problem)
    yield from _strangers(folder, manifest)
    restricted = {item.sha256: item.number for item in manifest.evidence if item.restricted}
    for file in manifest.files:
        if not _is_plain(file.name):
            yield Finding(MANIFEST, f"It lists “{file.name}”, which is no plain file name.")
            continue
        path = folder / file.name
        if not path.is_file():
            yield Finding(file.name, "The manifest lists it, but it is missing.")
            continue
        if file.sha256 in restricted:
            yield Finding(file.name, f"It is {restricted[file.sha256]}, which is restricted.")
        problem = _changed(file, path)
        if problem:
            yield Finding(file.name, problem)
            continue  # its inside can't be as promised, and may be made to harm a reader
        for problem in _inside(manifest, file, path):
            yield Finding(file.name, problem)


def _inside(manifest: Manifest, file: ListedFile, path: Path) -> Iterator[str]:
    match file.kind:
        case "word":
            yield from word_problems(manifest, read_whole(path))
        case "table":
            yield from _table_problems(manifest, file, read_whole(path))
        case "pdf" | "bound":
            # A bound pack may be larger than memory; pypdf reads what it needs.
            with told_kindly(path), path.open("rb") as stream:
                problems = narrative_problems if file.kind == "pdf" else bound_problems
                yield from problems(manifest, file, stream)
        case _:
            yield f"The manifest calls it “{file.kind}”, which this version doesn't know."


def _changed(file: ListedFile, path: Path) -> str:
    with told_kindly(path), path.open("rb") as stream:
        size = path.stat().st_size
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if size != file.size:
        return f"It was changed after export: {size} bytes instead of {file.size}."
    if digest != file.sha256:
        return "It was changed after export: its SHA-256 is not the one in the manifest."
    return ""


def _strangers(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    listed = {MANIFEST, *(file.name for file in manifest.files)}
    with told_kindly(folder):
        there = sorted(path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())
    for path in there:
        if path.as_posix() not in listed:
            yield Finding(path.as_posix(), "It is in the folder, but the manifest doesn't list it.")


def _is_plain(name: str) -> bool:
    return bool(name) and not set(name) & set("/\\:\0") and name not in (".", "..")


def _count_problems(manifest: Manifest) -> Iterator[str]:
    counted = {
        "sections": len(manifest.sections),
        "claims": len(manifest.claims),
        "references": sum(len(claim.references) for claim in manifest.claims),
        "evidence": len(manifest.evidence),
    }
    for what, number in counted.items():
        if manifest.counts.get(what) != number:
            yield f"It promises {manifest.counts.get(what)} {what} and lists {number}."
    names = [file.name for file in manifest.files]
    if len(set(names)) != len(names):
        yield "It lists a file twice."


def _table_problems(manifest: Manifest, file: ListedFile, data: bytes) -> Iterator[str]:
    """Each row against the manifest's, cell by cell, in order; its own row isn't in the table."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        yield "It is no table in UTF-8."
        return
    for word, key in _TABLE_LISTS.items():
        shown = [row for row in rows if row.get("row") == word]
        promised = [row for row in rows_of(manifest, key) if row.get("name") != file.name]
        if len(shown) != len(promised):
            yield f"It has {len(shown)} rows for “{word}” where the manifest has {len(promised)}."
        for number, (row, truth) in enumerate(zip(shown, promised, strict=False), 1):
            for column in sorted(set(row) & set(truth) - {"row"}):
                if row[column] not in (str(truth[column]), f"'{truth[column]}"):
                    yield f"Row {number} of “{word}” differs from the manifest in “{column}”."
