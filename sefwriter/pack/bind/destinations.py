"""Where links and bookmarks of a file lead: names and page numbers made into pages.

Names must go before files are joined: two files may use the same name for different places.
"""

from collections.abc import Sequence
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, String

from sefwriter.pack.bind.objects import annotations, dictionary_at, name_at, text_at, value_at

_DEAD_PAGE_KEYS: Final = ("/AA", "/B", "/Dur", "/Metadata", "/PieceInfo", "/Thumb", "/Trans")
"""Page entries that run something, point into the rest of the file, or carry its maker's data."""

_OPENED_SCHEMES: Final = ("http:", "https:", "mailto:", "tel:")


class Destinations:
    """The places in one file, found when first asked for."""

    def __init__(self, pdf: Pdf, pages: Sequence[Object]) -> None:
        self._pdf = pdf
        self._pages = pages
        self._indexes = {page.objgen: index for index, page in enumerate(pages)}
        self._names: dict[str, Object] | None = None

    def page_index(self, target: object) -> int | None:
        """Which page of the file, from 0, a destination leads to; None for none."""
        place = self.explicit(target)
        return None if place is None else self._indexes[place[0].objgen]

    def explicit(self, target: object) -> Array | None:
        """The destination as an array whose first element is a page of this file; None for none."""
        if isinstance(target, String | Name):
            target = self._named().get(str(target).removeprefix("/"))
        if isinstance(target, Dictionary):
            target = value_at(target, "/D")
        if not isinstance(target, Array) or len(target) == 0:
            return None
        page: object = target[0]
        if isinstance(page, int) and 0 <= page < len(self._pages):
            return Array([self._pages[page], *list(target)[1:]])
        known = isinstance(page, Dictionary) and page.objgen in self._indexes
        return target if known else None

    def _named(self) -> dict[str, Object]:
        if self._names is None:
            self._names = {}
            root = self._pdf.Root
            old = dictionary_at(root, "/Dests")
            if old is not None:
                self._names.update((key.removeprefix("/"), value) for key, value in old.items())
            names = dictionary_at(root, "/Names")
            tree = dictionary_at(names, "/Dests") if names is not None else None
            if tree is not None:
                self._names.update(name_tree(tree))
        return self._names


def name_tree(tree: Object) -> dict[str, Object]:
    """The names and values of a name tree; none where it is too damaged to be read."""
    try:
        return dict(pikepdf.NameTree(tree).items())
    except (PdfError, RuntimeError, ValueError, TypeError):
        # qpdf gives up on loops and wrong types; then no link can say where it leads.
        return {}


def disarm(page: Object, destinations: Destinations) -> None:
    """Leave a page only what may stand in a pack: places to go to and web addresses.

    Whatever runs something goes: JavaScript, launching, submitting, reaching into other files, and
    every action on opening or typing. Named destinations become explicit.
    """
    for key in _DEAD_PAGE_KEYS:
        if key in page:
            del page[key]
    for annotation in annotations(page):
        disarm_actions(annotation, destinations)


def disarm_actions(holder: Object, destinations: Destinations) -> None:
    """The same for one annotation or form field."""
    if "/AA" in holder:
        del holder["/AA"]
    action = value_at(holder, "/A")
    if action is not None:
        _disarm_action(holder, action, destinations)
    if "/Dest" in holder:
        place = destinations.explicit(holder["/Dest"])
        if place is None:
            del holder["/Dest"]
        else:
            holder["/Dest"] = place


def _disarm_action(holder: Object, action: Object, destinations: Destinations) -> None:
    kind = name_at(action, "/S") if isinstance(action, Dictionary) else ""
    if kind == "/URI" and text_at(action, "/URI").lower().startswith(_OPENED_SCHEMES):
        if "/Next" in action:
            del action["/Next"]
        return
    place = destinations.explicit(value_at(action, "/D")) if kind == "/GoTo" else None
    del holder["/A"]
    if place is not None and "/Dest" not in holder:
        holder["/Dest"] = place
