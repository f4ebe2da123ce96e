"""Ways to harm or forge a pack. Imports nothing of the program: only the standard library, pypdf
and PyNaCl, as a stranger would.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import nacl.signing
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

Manifest = dict[str, Any]


def flip(path: Path, place: float) -> None:
    """Change one bit of the byte at this share of the file: 0 is the first, 1 the last."""
    data = bytearray(path.read_bytes())
    data[round(place * (len(data) - 1))] ^= 0x20
    path.write_bytes(data)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def swap(one: Path, other: Path) -> None:
    data = one.read_bytes()
    shutil.copy(other, one)
    other.write_bytes(data)


def read_manifest(folder: Path) -> Manifest:
    return json.loads((folder / "manifest.json").read_bytes())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / "manifest.json").write_bytes(_canonical(manifest))


def edit_manifest(folder: Path, edit: Callable[[Manifest], object]) -> None:
    """Edit and write it back in the right spelling, without a new signature."""
    manifest = read_manifest(folder)
    edit(manifest)
    write_manifest(folder, manifest)


def sign_manifest(folder: Path, key: nacl.signing.SigningKey, *, as_own: bool = False) -> None:
    """Sign what there is; `as_own` also writes this key and its fingerprint as the exporter's."""
    manifest = read_manifest(folder)
    manifest.pop("signature")
    if as_own:
        public = bytes(key.verify_key)
        digits = hashlib.sha256(public).hexdigest()[:24]
        manifest["exported_by"]["key"] = public.hex()
        manifest["exported_by"]["fingerprint"] = " ".join(
            digits[at : at + 4] for at in range(0, 24, 4)
        )
    message = b"sefwriter-pack-1\n" + _canonical(manifest)
    write_manifest(folder, {**manifest, "signature": key.sign(message).signature.hex()})


def take_in(folder: Path, path: Path) -> None:
    """Let the manifest promise the file as it is now, as its first forger would."""

    def edit(manifest: Manifest) -> None:
        (row,) = (row for row in manifest["files"] if row["name"] == path.name)
        data = path.read_bytes()
        row["size"], row["sha256"] = len(data), hashlib.sha256(data).hexdigest()

    edit_manifest(folder, edit)


def rewrite_pdf(path: Path, edit: Callable[[PdfWriter], object]) -> None:
    writer = PdfWriter(clone_from=path)
    edit(writer)
    writer.write(path)


def links_of(writer: PdfWriter, page: int) -> list[DictionaryObject]:
    """The jumps of a page (from 1): link annotations with an action of their own."""
    held = writer.pages[page - 1].get("/Annots", ArrayObject())
    annotations = cast("ArrayObject", held.get_object())
    found = [cast("DictionaryObject", each.get_object()) for each in annotations]
    return [link for link in found if "/A" in link]


def retarget(page: int, to: int) -> Callable[[PdfWriter], None]:
    """Let every jump of a page open another page."""

    def edit(writer: PdfWriter) -> None:
        for link in links_of(writer, page):
            action = cast("DictionaryObject", link["/A"])
            if "/D" in action:
                place = cast("ArrayObject", action["/D"])
                reference = writer.pages[to - 1].indirect_reference
                assert reference is not None
                place[0] = reference

    return edit


def drop_links(page: int) -> Callable[[PdfWriter], None]:
    def edit(writer: PdfWriter) -> None:
        writer.pages[page - 1].pop("/Annots")

    return edit


def drop_one_link(page: int) -> Callable[[PdfWriter], None]:
    def edit(writer: PdfWriter) -> None:
        cast("ArrayObject", writer.pages[page - 1]["/Annots"].get_object()).pop()

    return edit


def swap_contents(one: int, other: int) -> Callable[[PdfWriter], None]:
    """Swap what two pages show, their stamps with it."""

    def edit(writer: PdfWriter) -> None:
        first, second = writer.pages[one - 1], writer.pages[other - 1]
        for key in ("/Contents", "/Resources"):
            a, b = first.raw_get(key), second.raw_get(key)
            first[NameObject(key)], second[NameObject(key)] = b, a

    return edit


def leave_address(page: int) -> Callable[[PdfWriter], None]:
    def edit(writer: PdfWriter) -> None:
        action = cast("DictionaryObject", links_of(writer, page)[0]["/A"])
        action.clear()
        action[NameObject("/S")] = NameObject("/URI")
        action[NameObject("/URI")] = TextStringObject("https://sef.invalid/p/pabc")

    return edit


def retitle_bookmark(writer: PdfWriter) -> None:
    outlines = cast("DictionaryObject", writer.root_object["/Outlines"])
    first = cast("DictionaryObject", outlines["/First"])
    first[NameObject("/Title")] = TextStringObject("Narrative · p. 7")


def drop_outline(writer: PdfWriter) -> None:
    del writer.root_object["/Outlines"]


def attach(name: str, data: bytes) -> Callable[[PdfWriter], object]:
    return lambda writer: writer.add_attachment(name, data)


def drop_last_page(writer: PdfWriter) -> None:
    writer.remove_page(len(writer.pages) - 1)


def _canonical(manifest: Manifest) -> bytes:
    return json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
