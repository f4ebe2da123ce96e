"""Where our own marks lie in a PDF that typst made."""

import io
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject


def link_pages(pdf: bytes, address: str) -> dict[str, int]:
    """The page, from 1, of the first link to each address that begins so, by the rest of it."""
    found: dict[str, int] = {}
    for number, link in _links(pdf):
        if link.startswith(address):
            found.setdefault(link.removeprefix(address), number)
    return found


def named_pages(pdf: bytes) -> dict[str, int]:
    """The page, from 1, of each named destination."""
    reader = PdfReader(io.BytesIO(pdf))
    found: dict[str, int] = {}
    for name, destination in reader.named_destinations.items():
        number = reader.get_destination_page_number(destination)
        if number is not None:
            found[name] = number + 1
    return found


def _links(pdf: bytes) -> Iterator[tuple[int, str]]:
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, 1):
        annotations = page.get("/Annots", ArrayObject()).get_object()
        for annotation in annotations if isinstance(annotations, ArrayObject) else ():
            held = annotation.get_object()
            action = held.get("/A") if isinstance(held, DictionaryObject) else None
            action = action.get_object() if action is not None else None
            if isinstance(action, DictionaryObject) and "/URI" in action:
                yield number, str(action["/URI"])
