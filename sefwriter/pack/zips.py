"""One canonical zip step: the same parts give the same bytes, whatever library wrote them."""

import io
import re
from datetime import date
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
"""Where readers of Office files look first; some sniff a file's type from the first entry."""

_CORE: Final = "docProps/core.xml"
_CORE_TIMES: Final = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(?=</dcterms:\2>)")
_FIRST_DAY: Final = date(1980, 1, 1)
_LAST_DAY: Final = date(2107, 12, 31)
_MS_DOS: Final = 0
_LEVEL: Final = 6


def canonical_zip(data: bytes, when: str) -> bytes:
    """The same zip with fixed times, order, attributes and compression.

    `when` is an ISO date: every entry is of that day, midnight, and so are the times of creation
    and change in an Office file's core properties. Zip knows no day before 1980 and none after
    2107; the entries have its first or last day instead. Raises ValueError for a date that isn't
    one and zipfile.BadZipFile for bytes that aren't a zip.
    """
    day = date.fromisoformat(when)
    known = min(max(day, _FIRST_DAY), _LAST_DAY)
    stamp = (known.year, known.month, known.day, 0, 0, 0)
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(made, "w") as target:
        for name in sorted(source.namelist(), key=_place):
            content = source.read(name)
            if name == _CORE:
                content = _CORE_TIMES.sub(rb"\g<1>%sT00:00:00Z" % day.isoformat().encode(), content)
            entry = ZipInfo(name, stamp)
            # Python writes the machine's own system here, and with it other bytes on Windows.
            entry.create_system = _MS_DOS
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=_LEVEL)
    return made.getvalue()


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
