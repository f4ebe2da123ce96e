"""The narrative's and the dividers' references, made into jumps within the pack.

Their makers can't know pages of the pack as PDF objects, so they write web addresses at a name that
never exists, https://sef.invalid/KIND/ID:

- p/PASSAGE  opens the page of evidence that holds the passage
- e/EVIDENCE opens the evidence's divider, or the slip sheet in its place
- c/CLAIM    on the narrative: marks where the claim stands; on a divider: opens that place

Only claims without a p/PASSAGE are marked; the others stand where their first such link is.
Marks are taken out once their place is known. No such address remains in the pack.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from sefwriter.pack.bind.objects import annotations, dictionary_at, numbers_at, text_at
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

Reference = tuple[str, str]
"""An address's kind and id."""


class Linked:
    """A page with what its annotations refer to: each annotation with its address, or None."""

    def __init__(self, page: Object) -> None:
        self.page = page
        self.annotations = [(one, _address(one)) for one in annotations(page)]


class Jumps:
    """The places that links lead to; those that lead to the same place share it."""

    def __init__(self, target: Pdf, pages: Sequence[Object]) -> None:
        self._target = target
        self._pages = pages
        self._made: dict[Place, Object] = {}

    def to(self, place: Place) -> Object:
        """The action that opens this place."""
        if place not in self._made:
            point = round(place.x, 2), round(place.y, 2)
            opened = Array([self._pages[place.page - 1], Name.XYZ, *point, None])
            action = Dictionary(S=Name.GoTo, D=opened)
            self._made[place] = self._target.make_indirect(action)
        return self._made[place]


def claim_places(pages: Sequence[Linked], claims: Mapping[str, str]) -> dict[str, Place]:
    """Where each claim stands in the narrative, by id: at its first reference, or at its mark.

    `claims` says whose each passage is.
    """
    places: dict[str, Place] = {}
    for number, linked in enumerate(pages, start=1):
        found: list[tuple[float, float, str]] = []
        for annotation, address in linked.annotations:
            kind, of = address or ("", "")
            claim = of if kind == "c" else claims.get(of) if kind == "p" else None
            if claim is not None and claim not in places:
                left, top = _corner(annotation)
                found.append((-top, left, claim))
        for down, left, claim in sorted(found):
            places.setdefault(claim, Place(number, left, -down))
    return places


def rewrite(
    linked: Linked, resolve: Callable[[str, str], Goal | None], jumps: Jumps, tags: Tags
) -> tuple[int, list[str]]:
    """Turn a page's addresses into jumps; those that `resolve` knows no goal for are taken out.

    Returns how many lead somewhere now, and the addresses ("c/ID") taken out.
    """
    kept: list[Object] = []
    dropped: list[str] = []
    made = 0
    for annotation, address in linked.annotations:
        goal = resolve(*address) if address is not None else None
        if goal is not None:
            place, words = goal
            annotation["/A"] = jumps.to(place)
            annotation["/Contents"] = String(words)
            made += 1
        elif address is not None:
            drop_annotation(tags, annotation)
            dropped.append("/".join(address))
            continue
        kept.append(annotation)
    if dropped:
        linked.page["/Annots"] = Array(kept)
    return made, dropped


def top_of(page: Object, number: int) -> Place:
    """The reader's top left corner of a page."""
    return Place(number, *sheet(page).top_left)


def _address(annotation: Object) -> Reference | None:
    action = dictionary_at(annotation, "/A")
    match = _ADDRESS.fullmatch(text_at(action, "/URI")) if action is not None else None
    return (match[1], match[2]) if match is not None else None


def _corner(annotation: Object) -> tuple[float, float]:
    left, bottom, right, top = numbers_at(annotation, "/Rect")
    return min(left, right), max(bottom, top)
