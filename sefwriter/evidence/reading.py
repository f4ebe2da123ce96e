"""What reading one file gives, and how far it may go."""

from dataclasses import dataclass
from typing import Final

from sefwriter.model.sef import PageFacts

READER_VERSION: Final = 1
"""Rises when the same bytes would be read into other facts; older prepared facts are then stale."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far reading may go. Bytes; picture elements; seconds of the worker process."""

    max_bytes: int = 2 * 1024**3
    max_pages: int = 10_000
    max_text_bytes: int = 5_000_000
    max_pixels: int = 150_000_000
    max_memory: int = 3 * 1024**3
    seconds: float = 60.0
    seconds_per_page: float = 0.02


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading found.

    `pages_pdf` are pages made here for a file that has none of its own (a picture, a text), None
    where there are none or the file is the PDF itself; `converter` says how they came about and is
    "" without pages. `facts` are of those pages, so they hold for the version and the rendition.
    """

    facts: PageFacts
    pages_pdf: bytes | None = None
    converter: str = ""


def without_pages(state: str, reason: str, media: str = "") -> Reading:
    """The reading of a file that gives no pages: a word of EvidenceState and why."""
    return Reading(PageFacts(state=state, reason=reason, media=media))
