"""The links of a PDF, read without the code that made them."""

import io

import pikepdf


def addresses(pdf: bytes, page: int | None = None) -> list[str]:
    """The addresses that links of one page (from 0), or of all, lead to, in order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = list(opened.pages) if page is None else [opened.pages[page]]
        return [
            str(note.A.URI)
            for each in pages
            for note in each.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]


def jumps(pdf: bytes) -> list[tuple[int, int]]:
    """Each link inside the file: the page it stands on and the page it leads to, from 0."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        by_object = _numbered(opened)
        names = _names(opened)
        found: list[tuple[int, int]] = []
        for index, page in enumerate(opened.pages):
            for note in page.get("/Annots", []):
                target = note.get("/Dest")
                if target is None:
                    continue
                place = names[str(target)] if isinstance(target, pikepdf.String) else target
                found.append((index, by_object[_objgen(place)]))
        return found


def places(pdf: bytes) -> dict[str, int]:
    """Named places of a PDF and the page (from 0) each stands on."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        by_object = _numbered(opened)
        return {name: by_object[_objgen(place)] for name, place in _names(opened).items()}


def _names(opened: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return dict(pikepdf.NameTree(opened.Root.Names.Dests).items())


def _objgen(place: pikepdf.Object) -> tuple[int, int]:
    return place[0].objgen  # type: ignore[index]


def _numbered(opened: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: index for index, page in enumerate(opened.pages)}
