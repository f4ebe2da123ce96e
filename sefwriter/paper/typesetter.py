"""Pages by typst: a template of ours and data, as an accessible PDF for keeping.

What people wrote reaches a template as data (JSON), never as markup: "#", "@", "$" and "<" mean
nothing in it. A template begins with `#let data = json(bytes(sys.inputs.data))`.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Final, cast

from sefwriter.paper.engine import Refusal, compile_pages
from sefwriter.paper.text import printable
from sefwriter.paper.workplace import laid_out
from sefwriter.resources import resource
from sefwriter.store.faults import WorldError

FILES: Final = "files"
"""The folder in which a template finds the files given to it: `image("files/NAME")`."""


class TypesettingError(WorldError):
    """typst refused to make the pages: an unreadable picture, say, or a skipped heading level.

    `message` is typst's own sentence, `hint` its advice or "".
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"These pages could not be made: {message}. {hint}".rstrip())
        self.message = message
        self.hint = hint


def typeset(
    template: str,
    data: object,
    *,
    files: Mapping[str, bytes] | None = None,
    date: datetime.date,
    standards: tuple[str, ...] = ("ua-1", "a-2a"),
) -> bytes:
    """The PDF that a template in resources/typst makes of this data.

    `data` is whatever JSON can say; each string in it is made `printable` first. `files` are
    pictures and the like by plain file name, found by the template below FILES. `date` is the only
    date in the file: the same input gives the same bytes. `standards` are typst's names for the
    kinds of PDF claimed; PDF/UA-1 is tagged.

    Raises TypesettingError where typst refuses, WorldError where the temporary folder has no room,
    FileNotFoundError where the template is missing.
    """
    source = resource("typst", template)
    noon = datetime.datetime.combine(date, datetime.time(12), datetime.UTC)
    templates = {path.name: path for path in source.parent.glob("*.typ")}
    pictures = {f"{FILES}/{name}": content for name, content in (files or {}).items()}
    with laid_out({**templates, **pictures}) as root:
        try:
            return compile_pages(
                root / template,
                {"data": json.dumps(_printable(data))},
                standards=standards,
                root=root,
                timestamp=noon,
            )
        except Refusal as refusal:
            raise TypesettingError(refusal.message, refusal.hint) from refusal


def _printable(data: object) -> object:
    """The same data with each string in it printable; names of fields are ours and stay."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, Mapping):
        mapping = cast("Mapping[object, object]", data)
        return {key: _printable(value) for key, value in mapping.items()}
    if isinstance(data, Sequence):
        return [_printable(item) for item in cast("Sequence[object]", data)]
    return data
