"""Bookmarks: the narrative's own headings, then every item with the bookmarks its file had."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from sefwriter.pack.bind.destinations import Destinations
from sefwriter.pack.bind.objects import dictionary_at, name_at, text_at, value_at

_LEVELS: Final = 3
"""How many levels of a file's own bookmarks are kept below its own."""
_MOST: Final = 2000
"""How many of one file's bookmarks are kept; damaged files may lead in circles."""
_LONGEST: Final = 120


@dataclass(slots=True)
class Bookmark:
    """A bookmark to a page (its index from 0), with those below it, seen at once if `is_open`."""

    title: str
    page: int
    below: list["Bookmark"] = field(default_factory=list["Bookmark"])
    is_open: bool = False


def bookmarks(pdf: Pdf, first: int) -> list[Bookmark]:
    """The bookmarks of a file whose first page has the index `first` in the pack."""
    outlines = dictionary_at(pdf.Root, "/Outlines")
    if outlines is None:
        return []
    pages = [page.obj for page in pdf.pages]
    reader = _Reader(Destinations(pdf, pages), first)
    return reader.below(outlines, 1)


def write(target: Pdf, pages: Sequence[Object], tops: Sequence[Bookmark]) -> None:
    """Write these bookmarks into the file. Each title ends with the page's number in the pack."""
    root = target.make_indirect(Dictionary(Type=Name.Outlines))
    root["/Count"] = _write_below(target, pages, root, tops)
    target.Root["/Outlines"] = root


class _Reader:
    def __init__(self, destinations: Destinations, first: int) -> None:
        self._destinations = destinations
        self._first = first
        self._seen: set[tuple[int, int]] = set()

    def below(self, parent: Object, level: int) -> list[Bookmark]:
        found: list[Bookmark] = []
        for entry in self._chain(parent):
            below = self.below(entry, level + 1) if level < _LEVELS else []
            page = self._page(entry)
            title = " ".join(text_at(entry, "/Title").split())[:_LONGEST]
            if title and page is not None:
                found.append(Bookmark(title, self._first + page, below))
            else:
                # A bookmark that leads nowhere gives its place to those below it.
                found += below
        return found

    def _chain(self, parent: Object) -> Iterator[Object]:
        entry = dictionary_at(parent, "/First")
        while entry is not None and len(self._seen) < _MOST and entry.objgen not in self._seen:
            self._seen.add(entry.objgen)
            yield entry
            entry = dictionary_at(entry, "/Next")

    def _page(self, entry: Object) -> int | None:
        action = dictionary_at(entry, "/A")
        if action is not None and name_at(action, "/S") == "/GoTo":
            return self._destinations.page_index(value_at(action, "/D"))
        return self._destinations.page_index(value_at(entry, "/Dest"))


def _write_below(
    target: Pdf, pages: Sequence[Object], parent: Object, marks: Sequence[Bookmark]
) -> int:
    """Write a chain below its parent; returns how many of its lines are seen when it is open."""
    entries = [
        target.make_indirect(
            Dictionary(
                Title=_text_string(f"{mark.title} · p. {mark.page + 1}"),
                Parent=parent,
                Dest=Array([pages[mark.page], Name.Fit]),
            )
        )
        for mark in marks
    ]
    seen = len(entries)
    for index, (entry, mark) in enumerate(zip(entries, marks, strict=True)):
        if index:
            entry["/Prev"] = entries[index - 1]
        if index + 1 < len(entries):
            entry["/Next"] = entries[index + 1]
        if mark.below:
            count = _write_below(target, pages, entry, mark.below)
            entry["/Count"] = count if mark.is_open else -count
            seen += count if mark.is_open else 0
    if entries:
        parent["/First"], parent["/Last"] = entries[0], entries[-1]
    return seen


def _text_string(text: str) -> String:
    """Text as every reader reads it alike: UTF-16 with its mark (ISO 32000-1, 7.9.2.2).

    PDFDocEncoding leaves some codes undefined, such as the one U+FFFD would have.
    """
    return String(b"\xfe\xff" + text.encode("utf-16-be", "replace"))
