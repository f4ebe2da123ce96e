"""What the files of a pack are called: in words, and safe for portals and for Windows."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MANIFEST: Final = "manifest.json"
TABLE: Final = "manifest.csv"

_NOT_PORTAL: Final = re.compile(r"[^A-Za-z0-9 -]+")
_LONGEST_AREA: Final = 60


@dataclass(frozen=True, slots=True)
class PackNames:
    """The file names of one pack."""

    word: str
    narrative: str
    bound: str


def pack_names(area: str, date: str) -> PackNames:
    """The names for an area and an ISO date: "Westmere SEF 2026-09-30.docx" and so on.

    Only letters without accents, digits, spaces and hyphens: portals refuse more than file systems
    do. An area with none of these is called "Area".
    """
    plain = unicodedata.normalize(
        "NFKD", area.replace("&", " and ").replace("’", "").replace("'", "")
    )
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = " ".join(_NOT_PORTAL.sub(" ", plain).split())
    name = words[:_LONGEST_AREA].strip(" -") or "Area"
    return PackNames(
        word=f"{name} SEF {date}.docx",
        narrative=f"{name} SEF {date}.pdf",
        bound=f"{name} bound pack {date}.pdf",
    )
