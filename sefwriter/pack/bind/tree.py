"""The tags of one file, as its author left them: whole or damaged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, PdfError

from sefwriter.pack.bind.objects import dictionary_at, indirect, name_at, value_at

_MOST_ELEMENTS: Final = 500_000


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's own tags, copied into the pack: its top elements, and all there are.

    `parents` is its own tree of parents, by the numbers of the file itself.
    """

    root: Object
    tops: tuple[Object, ...]
    elements: tuple[Object, ...]
    parents: dict[int, Object]


class TagError(ValueError):
    """A file's tags are damaged; its pages are then bound without them."""


def is_tagged(pdf: Pdf) -> bool:
    """Whether the file says that it carries tags for reading aloud."""
    mark = dictionary_at(pdf.Root, "/MarkInfo")
    says_so = mark is not None and mark.get("/Marked") is True
    return says_so and dictionary_at(pdf.Root, "/StructTreeRoot") is not None


def page_of(element: Object) -> tuple[int, int] | None:
    """The page (its object number) that the first content below an element is on."""
    stack: list[Object] = [element]
    for _ in range(_MOST_ELEMENTS):
        if not stack:
            return None
        current = stack.pop(0)
        page = dictionary_at(current, "/Pg")
        if page is not None:
            return page.objgen
        stack = [*one_or_many(value_at(current, "/K")), *stack]
    return None


def copied(target: Pdf, source: Pdf) -> Tree:
    """The tags of a file, copied after its pages were. Raises TagError where they are damaged."""
    original = tree_of(source)
    try:
        root = target.copy_foreign(indirect(source, original))
    except (PdfError, RuntimeError, ValueError, TypeError) as fault:
        raise TagError(str(fault)) from fault
    parents = parents_of(root)
    tops = tuple(one_or_many(value_at(root, "/K")))
    elements: list[Object] = []
    seen: set[tuple[int, int]] = set()
    stack: list[Object] = list(tops)
    while stack:
        element = stack.pop()
        if "/S" not in element:
            continue  # a marked-content or object reference, which needs no look
        if element.is_indirect:
            if element.objgen in seen:
                raise TagError("an element stands in two places")
            seen.add(element.objgen)
        elements.append(element)
        if len(elements) > _MOST_ELEMENTS:
            raise TagError("too many elements")
        stack += one_or_many(value_at(element, "/K"))
    if not elements:
        raise TagError("no elements")
    return Tree(root, unwrapped(tops), tuple(elements), parents)


def tree_of(pdf: Pdf) -> Dictionary:
    """The root of a file's tags. Raises TagError where it has none."""
    root = dictionary_at(pdf.Root, "/StructTreeRoot")
    if root is None or dictionary_at(root, "/ParentTree") is None:
        raise TagError("no tree of parents")
    return root


def parents_of(root: Object) -> dict[int, Object]:
    """The tree of parents: what belongs to each number. Raises TagError where it is damaged."""
    try:
        numbered: Mapping[int, object] = pikepdf.NumberTree(root["/ParentTree"])
        return {
            number: value
            for number, value in numbered.items()
            if isinstance(value, Dictionary | Array)
        }
    except (PdfError, RuntimeError, ValueError, TypeError) as fault:
        raise TagError(str(fault)) from fault


def unwrapped(tops: Sequence[Object]) -> tuple[Object, ...]:
    """The top elements, those below it in place of one that only says "this is a document"."""
    tops = [top for top in tops if "/S" in top]
    if len(tops) == 1 and name_at(tops[0], "/S") == "/Document":
        own = value_at(tops[0], "/K")
        kids = one_or_many(own)
        if len(kids) == (len(own) if isinstance(own, Array) else 1):
            return tuple(kid for kid in kids if "/S" in kid)
    return tuple(tops)


def one_or_many(value: object) -> list[Dictionary]:
    """The dictionaries of an entry that may be one, or an array of them and others."""
    if isinstance(value, Array):
        return [kid for kid in value if isinstance(kid, Dictionary)]
    return [value] if isinstance(value, Dictionary) else []
