"""Which files of evidence may travel, and what may be known of those that may not.

Settled decision 23: restricted bytes stay on the laptop that added them, and nothing is quoted.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sefwriter.model.sef import Evidence, PageFacts, Sef

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def files_of(sef: Sef, item: Evidence) -> list[str]:
    """The hashes of an item's versions and of their pages, each once.

    What another laptop wrote as a hash and is none names no file, and never a path.
    """
    found: list[str] = []
    for version in item.versions:
        rendition = sef.renditions.get(version.sha256)
        found += [version.sha256, *((rendition.sha256,) if rendition else ())]
    return [sha256 for sha256 in dict.fromkeys(found) if _SHA256.fullmatch(sha256)]


def general_files(sef: Sef) -> Mapping[str, str]:
    """The files that may travel: what people call each, by hash. Pages too."""
    return _files(sef, "general")


def restricted_files(sef: Sef) -> Mapping[str, str]:
    """The files that only restricted evidence has, in whichever version: what people call each."""
    general = general_files(sef)
    return {
        sha256: label
        for sha256, label in _files(sef, "restricted").items()
        if sha256 not in general
    }


def _files(sef: Sef, evidence_class: str) -> dict[str, str]:
    return {
        sha256: f"{item.number} {item.title}"
        for item in reversed(sef.evidence)
        if (item.evidence_class == "restricted") == (evidence_class == "restricted")
        for sha256 in files_of(sef, item)
    }


def fenced(facts: PageFacts) -> PageFacts:
    """Facts without the words: what may be known of restricted evidence."""
    return replace(facts, texts=tuple("" for _ in facts.texts), title="")


def is_fenced(facts: PageFacts) -> bool:
    """Whether words were taken out of these facts: pages are empty that are not said to be."""
    return not any(facts.texts) and len(facts.no_text_pages) < len(facts.texts)
