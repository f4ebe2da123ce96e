"""What the binder is given and what it tells afterwards."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sefwriter.pack.bind.links import Place
from sefwriter.pack.bind.sources import How, Measured


@dataclass(frozen=True, slots=True)
class BindPlan:
    """What goes into one bound pack.

    `front` is the narrative and `dividers` one page for each item in order (for one without pages,
    its slip sheet), both PDFs with the addresses described in `links`. `passages` maps a passage to
    its evidence and page there, from 1, `claims` a passage to the claim that rests on it. `date` is
    the only date in the pack: the same plan gives the same bytes.
    """

    front: bytes
    dividers: bytes
    items: tuple[Measured, ...]
    passages: Mapping[str, tuple[str, int]]
    claims: Mapping[str, str]
    title: str
    date: datetime.date
    draft: bool
    language: str = "en-GB"


@dataclass(frozen=True, slots=True)
class BoundItem:
    """What became of one item. Page numbers are those of the pack, from 1.

    `first` is the page after the divider, and the divider itself where it is a slip sheet. `tagged`
    says whether its author's tags were kept, `attached` the name of the original attached
    or "". `reason` is a sentence for people about what was lost, or "".
    """

    id: str
    number: str
    divider: int
    first: int
    pages: int
    how: How
    reason: str
    tagged: bool
    signed: bool
    attached: str


@dataclass(frozen=True, slots=True)
class BoundReport:
    """What was bound. `claims` says where each claim stands in the narrative.

    `links` counts the jumps made; `dead` are the references ("p/ID") that led nowhere and were
    taken out.
    """

    pages: int
    front_pages: int
    items: tuple[BoundItem, ...]
    claims: Mapping[str, Place]
    links: int
    dead: tuple[str, ...]
