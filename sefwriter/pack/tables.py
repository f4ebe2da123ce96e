"""`manifest.csv`: the manifest's files, evidence and sign-offs as one table that Excel opens."""

import csv
import io
from typing import Final, cast

from sefwriter.pack.manifest import Row

COLUMNS: Final = (
    "row",
    "number",
    "name",
    "title",
    "class",
    "how",
    "state",
    "reason",
    "pages",
    "divider",
    "first_page",
    "size",
    "sha256",
    "person",
    "organisation",
    "role",
    "when",
    "statement",
    "differs",
    "digest",
    "fingerprint",
)
"""`row` is "file", "evidence" or "sign-off"; the others are the manifest's own keys."""

_ROWS: Final = (("file", "files"), ("evidence", "evidence"), ("sign-off", "sign_offs"))
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def manifest_table(manifest: Row) -> bytes:
    """The table, in UTF-8 with the mark by which Excel knows it, and no cell that is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for kind, key in _ROWS:
        for row in cast("list[Row]", manifest[key]):
            writer.writerow([kind, *(harmless(str(row.get(name, ""))) for name in COLUMNS[1:])])
    return text.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before what Excel would run or reckon."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
