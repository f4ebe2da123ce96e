"""Tables: one header row that repeats, no merged cells, widths that follow the content."""

from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element

from sefwriter.pack.word import styles
from sefwriter.pack.word.xml import node, ordered, paragraph, properties

PORTRAIT: Final = 9638
"""The text's width on an upright A4 page, in twentieths of a point: 17 cm."""

LANDSCAPE: Final = 14570
"""The same on a page laid across: 25.7 cm."""

_MARGINS: Final = 200
_LETTER: Final = 125
"""What a cell's sides and a wide letter of its text take, in twentieths of a point."""

Cell = Sequence[Element]
"""What stands in a cell: the children of its one paragraph."""

_ALIGNED: Final = {"left": "left", "center": "center", "right": "right"}


def table(
    header: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[int],
    *,
    align: Sequence[str] = (),
    indent: int = 0,
    caption: str = "",
) -> list[Element]:
    """A table, and a thin paragraph after it, without which Word joins two tables that meet.

    `widths` are twentieths of a point, one a column; short rows are filled up with empty cells.
    `caption` is read out by screen readers.
    """
    made = node(
        "tbl",
        ordered(
            "tblPr",
            node("tblStyle", val=styles.TABLE),
            node("tblW", w=sum(widths), type="dxa"),
            node("tblInd", w=indent, type="dxa") if indent else None,
            node("tblLayout", type="fixed"),
            node(
                "tblLook",
                val="0020",
                firstRow=1,
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
            node("tblCaption", val=caption) if caption else None,
        ),
        node("tblGrid", *(node("gridCol", w=width) for width in widths)),
        _row(header, widths, align, head=True),
        *(_row(row, widths, align, head=False) for row in rows),
    )
    return [made, paragraph(styles.GAP)]


def widths_for(rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Column widths that add up to `total`, for tables with these texts in their cells.

    A column is wide enough for its longest word, where all columns can be. The rest is shared out
    by the longest cell, but slowly (by the root), so that a column of figures stays narrow and a
    column of prose doesn't take all.
    """
    count = max((len(row) for row in rows), default=0)
    columns = [[row[at] for row in rows if at < len(row)] for at in range(count)]
    shares = [max(min(max(map(len, column)), 400), 9) ** 0.5 for column in columns]
    needs = [_MARGINS + _LETTER * max(map(_longest_word, column)) for column in columns]
    spare = total - sum(needs)
    if spare < 0:
        needs, spare = [0] * count, total
    widths = [
        need + int(spare * share / sum(shares)) for need, share in zip(needs, shares, strict=True)
    ]
    if widths:
        widths[-1] += total - sum(widths)
    return widths


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _row(
    cells: Sequence[Cell], widths: Sequence[int], align: Sequence[str], *, head: bool
) -> Element:
    look = properties("trPr", node("cantSplit"), node("tblHeader") if head else None)
    style = styles.CELL_HEADER if head else styles.CELL
    row = node("tr", look)
    for at, width in enumerate(widths):
        side = _ALIGNED.get(align[at] if at < len(align) else "")
        content = cells[at] if at < len(cells) else ()
        text = paragraph(style, *content, look=(node("jc", val=side) if side else None,))
        row.append(node("tc", properties("tcPr", node("tcW", w=width, type="dxa")), text))
    return row
