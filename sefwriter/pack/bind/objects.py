"""Reading PDF objects that somebody else wrote: any key may be missing or hold the wrong thing.

A key is asked for before it is read: pikepdf's own `get` throws and catches for each missing one,
which takes eight times as long, and most keys asked for are missing.
"""

from collections.abc import Iterable, Iterator
from typing import cast

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String


def value_at(holder: Object, key: str) -> Object | None:
    """What is at this key, or None."""
    return holder[key] if key in holder else None  # noqa: SIM401 see above


def dictionary_at(holder: Object, key: str) -> Dictionary | None:
    """The dictionary at this key, or None."""
    value = value_at(holder, key)
    return value if isinstance(value, Dictionary) else None


def array_at(holder: Object, key: str) -> Array | None:
    """The array at this key, or None."""
    value = value_at(holder, key)
    return value if isinstance(value, Array) else None


def whole_at(holder: Object, key: str) -> int | None:
    """The whole number at this key, or None."""
    value = cast("object", value_at(holder, key))
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def numbers_at(holder: Object, key: str) -> list[float]:
    """The numbers of the array at this key; none where anything else stands in it."""
    array = array_at(holder, key)
    if array is None:
        return []
    # As text, because each number read by itself comes as a Decimal, three times as slowly.
    words = array.unparse(resolved=True).split()[1:-1]
    if b"R" in words:
        words = [str(value).encode() for value in array]
    try:
        return [float(word) for word in words]
    except ValueError:
        return []


def name_at(holder: Object, key: str) -> str:
    """The name at this key with its slash, or ""."""
    value = value_at(holder, key)
    return str(value) if isinstance(value, Name) else ""


def text_at(holder: Object, key: str) -> str:
    """The text string at this key, or ""."""
    value = value_at(holder, key)
    return str(value) if isinstance(value, String) else ""


def dictionaries(array: Array | None) -> Iterator[Dictionary]:
    """The dictionaries in an array; anything else in it is passed over."""
    for value in array if array is not None else ():
        if isinstance(value, Dictionary):
            yield value


def annotations(page: Object) -> Iterator[Dictionary]:
    """The annotations of a page."""
    return dictionaries(array_at(page, "/Annots"))


def streams(page: Object) -> list[Object]:
    """The content streams of a page, in order."""
    contents = value_at(page, "/Contents")
    pieces = list(contents) if isinstance(contents, Array) else [contents]
    return [piece for piece in pieces if isinstance(piece, Stream)]


def indirect(pdf: Pdf, value: Object) -> Object:
    """The value as an object of its own, so that it can be copied and pointed at."""
    return value if value.is_indirect else pdf.make_indirect(value)


def fields_below(tops: Iterable[Object]) -> Iterator[Object]:
    """Form fields and all their kids, each once, though a damaged file may lead in circles."""
    stack = list(tops)
    seen: set[tuple[int, int]] = set()
    while stack:
        field = stack.pop()
        if field.is_indirect:
            if field.objgen in seen:
                continue
            seen.add(field.objgen)
        yield field
        stack += dictionaries(array_at(field, "/Kids"))
