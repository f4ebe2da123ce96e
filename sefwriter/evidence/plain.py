"""Plain text whose encoding nobody wrote down."""

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS: Final = frozenset(map(chr, range(32))) - frozenset("\t\n\v\f\r\x1b") | {"\x7f"}


def decode(data: bytes, *, cut_short: bool = False) -> str | None:
    """The text in these bytes, or None where they are no text.

    A byte order mark decides; else UTF-8 where it fits, UTF-16 where every other byte is zero as in
    English text, and last the Windows code page 1252. `cut_short` says that data is the beginning
    of something longer and may end within a character.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, cut_short=cut_short)
    for encoding in ("utf-8", *_without_mark(data), "cp1252"):
        text = _decoded(data, encoding, cut_short=cut_short)
        if text is not None:
            return text
    return None


def _decoded(data: bytes, encoding: str, *, cut_short: bool) -> str | None:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data, final=not cut_short)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.intersection(text) else text


def _without_mark(data: bytes) -> tuple[str, ...]:
    """UTF-16 leaves zeros at every other place; a third of the places is enough to tell."""
    half = max(1, len(data) // 2)
    if data[1::2].count(0) > half / 3 and data[0::2].count(0) == 0:
        return ("utf-16-le",)
    if data[0::2].count(0) > half / 3 and data[1::2].count(0) == 0:
        return ("utf-16-be",)
    return ()
