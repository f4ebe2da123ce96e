"""The PDFs of a pack, read by pypdf, which made none of them."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from sefwriter.pack.verify_manifest import ListedFile, Manifest

_UNREADABLE: Final = (
    PyPdfError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    OSError,
    OverflowError,
)
"""What pypdf raises on files that aren't PDFs inside: it has no one error for it."""

_NUMBER: Final = re.compile(r"\d+")
_FONT: Final = re.compile(rb"/(\S+)\s+[\d.]+\s+Tf")


def narrative_problems(manifest: Manifest, file: ListedFile, stream: BinaryIO) -> Iterator[str]:
    """What isn't as promised in the narrative by itself, as sentences."""
    try:
        yield from _common_problems(manifest, file, _Pages(stream))
    except _UNREADABLE as error:
        yield _damaged(error)


def bound_problems(manifest: Manifest, file: ListedFile, stream: BinaryIO) -> Iterator[str]:
    """What isn't as promised in the bound pack, as sentences."""
    try:
        pages = _Pages(stream)
        yield from _common_problems(manifest, file, pages)
        yield from _claim_problems(manifest, pages)
        yield from _divider_problems(manifest, pages)
        yield from _outline_problems(manifest, pages)
        yield from _stamp_problems(manifest, pages)
    except _UNREADABLE as error:
        yield _damaged(error)


class _Pages:
    """One PDF, with every link of every page resolved to the page it opens."""

    def __init__(self, stream: BinaryIO) -> None:
        self.reader = PdfReader(stream)
        self.pages = list(self.reader.pages)
        self.numbers = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(self.pages, 1)
            if page.indirect_reference is not None
        }
        self.addresses: set[str] = set()
        self.links = {number: self._links_of(page) for number, page in enumerate(self.pages, 1)}

    def text(self, number: int) -> str:
        """The words of a page."""
        return self.pages[number - 1].extract_text()

    def target(self, destination: PdfObject | None) -> int:
        """The page that a destination opens, 0 for one that leads nowhere."""
        destination = _direct(destination)
        if isinstance(destination, TextStringObject | NameObject):
            named = self.reader.named_destinations.get(str(destination).lstrip("/"))
            page = named.page if named is not None else None
        elif isinstance(destination, ArrayObject) and destination:
            page = destination[0]
        else:
            return 0
        return self.numbers.get(page.idnum, 0) if isinstance(page, IndirectObject) else 0

    def _links_of(self, page: PageObject) -> Counter[int]:
        found: Counter[int] = Counter()
        annotations = _direct(page.get("/Annots"))
        for held in annotations if isinstance(annotations, ArrayObject) else ():
            annotation = _direct(held)
            if (
                not isinstance(annotation, DictionaryObject)
                or annotation.get("/Subtype") != "/Link"
            ):
                continue
            action = _direct(annotation.get("/A"))
            destination = annotation.get("/Dest")
            if isinstance(action, DictionaryObject):
                self.addresses.add(str(action.get("/URI", "")))
                destination = action.get("/D") if action.get("/S") == "/GoTo" else destination
            found[self.target(destination)] += 1
        return found


def _common_problems(manifest: Manifest, file: ListedFile, pages: _Pages) -> Iterator[str]:
    count = len(pages.pages)
    if count != file.pages:
        yield f"It has {count} pages instead of {file.pages}."
    if any("sef.invalid" in address for address in pages.addresses):
        yield "It holds a link that was never given its page (sef.invalid)."
    if count and ("DRAFT" in pages.text(1)) != manifest.draft:
        yield "Its first page and the manifest disagree on whether it is a draft."
    restricted = {item.sha256: item.number for item in manifest.evidence if item.restricted}
    for name, contents in pages.reader.attachments.items():
        for content in contents:
            number = restricted.get(hashlib.sha256(content).hexdigest())
            if number:
                yield f"It holds {number}, which is restricted, as the attachment “{name}”."


def _claim_problems(manifest: Manifest, pages: _Pages) -> Iterator[str]:
    """Each reference of each claim stands as a link on its page, and opens the page promised."""
    items = {item.id: item for item in manifest.evidence}
    needed: Counter[tuple[int, int]] = Counter()
    for claim in manifest.claims:
        for reference in claim.references:
            item = items.get(reference.evidence)
            if item is None:
                yield f"The reference {reference.label} is to evidence that isn't listed."
                continue
            if item.how == "held":
                if reference.target:
                    yield f"The reference {reference.label} opens a page; its file is restricted."
                continue
            place = reference.stands, reference.target
            needed[place] += 1
            if pages.links.get(reference.stands, Counter())[reference.target] < needed[place]:
                yield (
                    f"On page {reference.stands} the link of {reference.label} doesn't open page "
                    f"{reference.target}."
                )
            last = item.first_page + item.pages - 1 if item.how == "bound" else item.divider
            if not max(item.divider, item.first_page) <= reference.target <= last:
                yield f"The link of {reference.label} leads outside {item.number}'s pages."


def _divider_problems(manifest: Manifest, pages: _Pages) -> Iterator[str]:
    """Each divider names its item, and opens each claim that rests on it by a link of its own."""
    sheets = sorted(
        (item for item in manifest.evidence if item.divider), key=lambda item: item.divider
    )
    ends = [*(item.divider for item in sheets), len(pages.pages) + 1][1:]
    for item, end in zip(sheets, ends, strict=True):
        if item.divider > len(pages.pages):
            yield f"{item.number}'s divider should be page {item.divider}; there is no such page."
            continue
        words = pages.text(item.divider)
        if item.number not in words:
            yield f"Page {item.divider} should be {item.number}'s divider and doesn't name it."
        has = item.divider + (item.pages if item.how == "bound" else 0) + 1
        if has != end:
            yield f"{item.number} has the pages to {end - 1} where {has - 1} should be its last."
        needed = Counter(
            claim.page
            for claim in manifest.claims
            if any(reference.evidence == item.id for reference in claim.references)
        )
        closed = sorted(needed - pages.links[item.divider])
        if closed:
            yield (
                f"{item.number}'s divider on page {item.divider} doesn't open the claims on the "
                f"pages {', '.join(map(str, closed))}."
            )
    yield from _attachment_problems(manifest, pages)


def _attachment_problems(manifest: Manifest, pages: _Pages) -> Iterator[str]:
    attached = pages.reader.attachments
    for item in manifest.evidence:
        if not item.attached:
            continue
        hashes = {hashlib.sha256(data).hexdigest() for data in attached.get(item.attached, ())}
        if hashes != {item.sha256}:
            yield f"The original of {item.number} is not attached as “{item.attached}”."


def _outline_problems(manifest: Manifest, pages: _Pages) -> Iterator[str]:
    """Bookmarks show the page number that they open, and there is one for each divider."""
    opened: set[int] = set()
    for title, number in _outline(pages):
        opened.add(number)
        shown = _NUMBER.findall(title)
        if not number or not shown or int(shown[-1]) != number:
            yield f"The bookmark “{title}” opens page {number}."
    for item in manifest.evidence:
        if item.divider and item.divider not in opened:
            yield f"{item.number} has no bookmark."


def _outline(pages: _Pages) -> Iterator[tuple[str, int]]:
    root = _direct(cast("PdfObject | None", pages.reader.root_object.get("/Outlines")))
    waiting = [root.get("/First")] if isinstance(root, DictionaryObject) else []
    seen: set[int] = set()
    while waiting:
        entry = _direct(waiting.pop())
        if not isinstance(entry, DictionaryObject) or id(entry) in seen:
            continue
        seen.add(id(entry))
        waiting += [entry.get("/Next"), entry.get("/First")]
        action = _direct(entry.get("/A"))
        destination = action.get("/D") if isinstance(action, DictionaryObject) else None
        yield str(entry.get("/Title", "")), pages.target(entry.get("/Dest") or destination)


def _stamp_problems(manifest: Manifest, pages: _Pages) -> Iterator[str]:
    """The number that stands printed on each page is the page's own; a draft says so on each."""
    for number, page in enumerate(pages.pages, 1):
        shown = _stamp(page)
        if str(number) not in _NUMBER.findall(shown):
            yield f"Page {number} has “{shown.strip()}” printed where its number should be."
        if ("DRAFT" in shown) != manifest.draft:
            yield f"Page {number} and the manifest disagree on whether it is a draft."


def _stamp(page: PageObject) -> str:
    """The words of the page's last content stream: stamps are drawn over everything else.

    Only the fonts that it uses are read, or a page with many fonts would take a tenth of a second.
    """
    contents = _direct(page.get("/Contents"))
    stream = _direct(contents[-1]) if isinstance(contents, ArrayObject) and contents else contents
    if not isinstance(stream, StreamObject):
        return ""
    used = {f"/{name.decode('latin-1')}" for name in _FONT.findall(stream.get_data())}
    resources = _direct(page.get("/Resources"))
    fonts = _direct(resources.get("/Font")) if isinstance(resources, DictionaryObject) else None
    own = DictionaryObject()
    if isinstance(fonts, DictionaryObject):
        own.update({NameObject(name): fonts.raw_get(name) for name in used if name in fonts})
    last = PageObject()
    last[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): own})
    last[NameObject("/Contents")] = stream
    return last.extract_text()


def _direct(value: PdfObject | None) -> PdfObject | None:
    found = value.get_object() if value is not None else None
    return None if isinstance(found, NullObject) else found


def _damaged(error: Exception) -> str:
    return f"It is damaged: no independent reader can read it ({type(error).__name__})."
