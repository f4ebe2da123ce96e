"""typst itself, called with our fonts only; its refusals and its crashes as one typed fault."""

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, cast

import typst

from sefwriter.paper.fonts import page_fonts

_MISSING: Final = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


class Refusal(Exception):
    """typst made no pages. `message` is its own sentence, `hint` its advice or "".

    `missing` are the stretches of text that it says no font can show.
    """

    def __init__(self, message: str, hint: str = "", missing: frozenset[str] = frozenset()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.missing = missing


def compile_pages(
    source: bytes | Path,
    inputs: Mapping[str, str],
    *,
    standards: Sequence[str],
    root: Path | None = None,
    timestamp: datetime.datetime | None = None,
) -> bytes:
    """The PDF of a typst source: its text, or a file below `root`. Raises Refusal.

    typst can panic over rare texts (a Hebrew letter with a foreign mark and a format character,
    0.15.2); that arrives as an exception beyond Exception, which must not end the program.
    """
    try:
        return typst.compile(
            source,  # pyright: ignore[reportArgumentType]  # its constrained type takes either
            root=root,
            font_paths=page_fonts(),
            ignore_system_fonts=True,
            sys_inputs=dict(inputs),
            pdf_standards=cast("list[typst.PDFStandard]", list(standards)),
            timestamp=timestamp,
        )
    except typst.TypstError as refusal:
        missing = frozenset(map(_unescaped, _MISSING.findall(refusal.diagnostic)))
        raise Refusal(refusal.message, " ".join(refusal.hints), missing) from refusal
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # the class can't be imported
            raise
        raise Refusal(f"the typesetter broke down ({panic})") from panic


def _unescaped(quoted: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match[1]:
            return chr(int(match[1], 16))
        return _ESCAPED.get(match[2], match[2])

    return _ESCAPE.sub(character, quoted)
