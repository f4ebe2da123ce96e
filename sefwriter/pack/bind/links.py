"""The narrative's and the dividers' references, made into jumps within the pack.

Their makers can't know pages of the pack as PDF objects, so they write web addresses at a name that
never exists, https://sef.invalid/KIND/ID:

- p/PASSAGE  opens the page of evidence that holds the passage
- e/EVIDENCE opens the evidence's divider, or the slip sheet in its place
- c/CLAIM    on the narrative: marks where the claim stands; on a divider: opens that place

Marks are taken out once their place is known. No such address remains in the pack.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, String

from sefwriter.pack.bind.objects import annotations, array_at, dictionary_at, text_at
from sefwriter.pack.bind.sheet import sheet
from sefwriter.pack.bind.tags import Tags, drop_annotation

_ADDRESS: Final = re.compile(r"https://sef\.invalid/([a-z])/([^/?#]+)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the pack: page number from 1, and a point in that page's own space."""

    page: int
    x: float
    y: float


Goal = tuple[Place, str]
"""Where a link leads, and the words in which it is read aloud."""


def claim_places(pages: Sequence[Object]) -> dict[str, Place]:
    """Where each claim is marked in the narrative, by id; the first of several marks."""
    places: dict[str, Place] = {}
    for number, page in enumerate(pages, start=1):
        found: list[tuple[float, float, str]] = []
        for annotation in annotations(page):
            address = _address(annotation)
            if address is not None and address[0] == "c":
                left, top = _corner(annotation)
                found.append((-top, left, address[1]))
        for down, left, marked in sorted(found):
            places.setdefault(marked, Place(number, left, -down))
    return places


def rewrite(
    page: Object,
    resolve: Callable[[str, str], Goal | None],
    pages: Sequence[Object],
    tags: Tags,
) -> tuple[int, list[str]]:
    """Turn this page's addresses into jumps; those that `resolve` knows no goal for are taken out.

    Returns how many lead somewhere now, and the addresses ("c/ID") taken out.
    """
    kept: list[Object] = []
    dropped: list[str] = []
    made = 0
    for annotation in annotations(page):
        address = _address(annotation)
        goal = resolve(*address) if address is not None else None
        if goal is not None:
            _lead(annotation, *goal, pages)
            made += 1
        elif address is not None:
            drop_annotation(tags, annotation)
            dropped.append("/".join(address))
            continue
        kept.append(annotation)
    if dropped:
        page["/Annots"] = Array(kept)
    return made, dropped


def top_of(page: Object, number: int) -> Place:
    """The reader's top left corner of a page."""
    return Place(number, *sheet(page).top_left)


def _address(annotation: Object) -> tuple[str, str] | None:
    action = dictionary_at(annotation, "/A")
    match = _ADDRESS.fullmatch(text_at(action, "/URI")) if action is not None else None
    return (match[1], match[2]) if match is not None else None


def _corner(annotation: Object) -> tuple[float, float]:
    left, bottom, right, top = (
        float(str(number)) for number in array_at(annotation, "/Rect") or ()
    )
    return min(left, right), max(bottom, top)


def _lead(annotation: Object, place: Place, words: str, pages: Sequence[Object]) -> None:
    annotation["/A"] = Dictionary(
        S=Name.GoTo,
        D=Array([pages[place.page - 1], Name.XYZ, round(place.x, 2), round(place.y, 2), None]),
    )
    annotation["/Contents"] = String(words)
