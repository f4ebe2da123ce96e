"""The PDFs of a pack, read by pypdf, which made none of them."""

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, cast

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


def narrative_problems(manifest: Manifest, file: ListedFile, data: bytes) -> Iterator[str]:
    """What isn't as promised in the narrative by itself, as sentences."""
    try:
        yield from _common_problems(manifest, file, _Pages(data))
    except _UNREADABLE as error:
        yield _damaged(error)


def bound_problems(manifest: Manifest, file: ListedFile, data: bytes) -> Iterator[str]:
    """What isn't as promised in the bound pack, as sentences."""
    try:
        pages = _Pages(data)
        yield from _common_problems(manifest, file, pages)
        yield from _claim_problems(manifest, pages)
        yield from _divider_problems(manifest, pages)
        yield from _outline_problems(manifest, pages)
        yield from _stamp_problems(pages)
    except _UNREADABLE as error:
        yield _damaged(error)


class _Pages:
    """One PDF, with every link of every page resolved to the page it opens."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(data))
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
    promised = Counter(
        (reference.stands, reference.target, reference.label)
        for claim in manifest.claims
        for reference in claim.references
    )
    bound = {item.id: item for item in manifest.evidence if item.how == "bound"}
    needed: Counter[tuple[int, int]] = Counter()
    for (stands, target, label), times in promised.items():
        if not stands or not target:
            yield f"The reference {label} has no link."
            continue
        needed[stands, target] += times
        if pages.links.get(stands, Counter())[target] < needed[stands, target]:
            yield f"On page {stands} the link of {label} doesn't open page {target}."
    for claim in manifest.claims:
        for reference in claim.references:
            item = bound.get(reference.evidence)
            last = item.first_page + item.pages if item else 0
            if item and not item.divider <= reference.target < last:
                yield f"The link of {reference.label} leads outside {item.number}'s pages."


def _divider_problems(manifest: Manifest, pages: _Pages) -> Iterator[str]:
    """Each divider and slip sheet names its item and opens every claim that rests on it."""
    sheets = sorted(
        (item for item in manifest.evidence if item.divider), key=lambda item: item.divider
    )
    ends = [*(item.divider for item in sheets[1:]), len(pages.pages) + 1]
    for item, end in zip(sheets, ends, strict=True):
        if item.divider > len(pages.pages):
            yield f"{item.number}'s divider should be page {item.divider}; there is no such page."
            continue
        last = item.first_page if item.how == "bound" else end
        links: Counter[int] = Counter()
        for number in range(item.divider, min(last, end)):
            links.update(pages.links[number])
        if item.number not in pages.text(item.divider):
            yield f"Page {item.divider} should be {item.number}'s divider and doesn't name it."
        if item.how == "bound" and item.first_page + item.pages != end:
            yield f"{item.number} fills pages {item.first_page} to {end - 1}, not {item.pages}."
        for claim in manifest.claims:
            uses = any(reference.evidence == item.id for reference in claim.references)
            if uses and not links[claim.page]:
                yield (
                    f"{item.number}'s divider on page {item.divider} doesn't open the claim on "
                    f"page {claim.page}."
                )


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


def _stamp_problems(pages: _Pages) -> Iterator[str]:
    """The number that stands printed on each page is the page's own."""
    for number, page in enumerate(pages.pages, 1):
        shown = _NUMBER.findall(_stamp(page))
        if str(number) not in shown:
            yield f"Page {number} has “{' '.join(shown)}” printed as its number."


def _stamp(page: PageObject) -> str:
    """The words of the page's last content stream: stamps are drawn over everything else."""
    contents = page.get("/Contents")
    contents = _direct(contents)
    if not isinstance(contents, ArrayObject) or not contents:
        return ""
    last = PageObject()
    last[NameObject("/Resources")] = page.get("/Resources", DictionaryObject())
    stream = _direct(contents[-1])
    if not isinstance(stream, StreamObject):
        return ""
    last[NameObject("/Contents")] = stream
    return last.extract_text()


def _direct(value: PdfObject | None) -> PdfObject | None:
    found = value.get_object() if value is not None else None
    return None if isinstance(found, NullObject) else found


def _damaged(error: Exception) -> str:
    return f"It is damaged: no independent reader can read it ({type(error).__name__})."
