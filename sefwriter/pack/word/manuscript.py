"""What the writers of one document share: the plan, its anchors, and the file being made."""

import re
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE

from sefwriter.pack.phrases import claim_numbers
from sefwriter.pack.plan import PackPlan
from sefwriter.pack.runs import runs_of
from sefwriter.pack.word.fields import Bookmarks
from sefwriter.pack.word.numbering import Numbering

_SCHEMES: Final = ("http", "https", "mailto")
_LONE_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_LEGAL: Final = ";/?:@&=+$,#%-_.!~*'()[]"


class Manuscript:
    """One document in the making. `anchors` are the bookmarks it has or will have.

    `heading_level` is that of the last heading written, 1 for a section's own title.
    """

    def __init__(self, plan: PackPlan, document: Document) -> None:
        self.plan = plan
        self.document = document
        self.numbering = Numbering()
        self.bookmarks = Bookmarks()
        self.spans_left = Counter(
            claim
            for section in plan.sections
            for runs in runs_of(section.blocks)
            for claim, _ in groupby(runs, key=lambda run: run.claim)
            if claim is not None and claim in plan.claims
        )
        self.anchors = {
            *(f"sef_section_{section.id}" for section in plan.sections),
            *(f"sef_evidence_{item.id}" for item in plan.evidence),
            *(f"sef_action_{action.id}" for action in plan.actions),
            *(f"sef_claim_{claim}" for claim in self.spans_left),
        }
        self.claim_numbers = claim_numbers(plan)
        self.heading_level = 1
        self.drawings = 0
        self.captions = 0
        self._addresses: dict[str, str] = {}

    def address_id(self, address: str) -> str:
        """The relationship id for a web or mail address, "" for anything a reader shouldn't open.

        Word calls a file damaged when an address isn't a URI, so what a URI can't hold is escaped.
        """
        if address not in self._addresses:
            self._addresses[address] = self._relate(address)
        return self._addresses[address]

    def _relate(self, address: str) -> str:
        try:
            parts = urlsplit(address.strip())
        except ValueError:  # a bracket that doesn't close, where a host should be
            return ""
        if parts.scheme not in _SCHEMES or not (parts.netloc or parts.path):
            return ""
        target = quote(_LONE_PERCENT.sub("%25", address.strip()), safe=_LEGAL)
        return self.document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def picture(self, sha256: str) -> tuple[str, int, int] | None:
        """A picture's relationship id, width and height in EMU at its own size.

        None when it isn't on this laptop, or of a kind that Word doesn't show.
        """
        path = self.plan.pictures.get(sha256, "")
        if not path or not Path(path).is_file():
            return None
        try:
            relation, image = self.document.part.get_or_add_image(path)
        except UnrecognizedImageError:
            return None
        return relation, int(image.width), int(image.height)
