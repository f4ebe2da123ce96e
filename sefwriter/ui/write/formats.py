"""How lines and runs look in a QTextDocument, and how they are read back from it.

What a run means is kept as format properties, never guessed from its look: a claim is its id and
nothing else (its tint is painted, `painting.py`).
"""

from dataclasses import replace
from functools import lru_cache
from typing import Final, cast

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextOption,
)

from sefwriter.model.ids import ClaimId, MeasureId
from sefwriter.model.text.blocks import Run, Runs
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.write.lines import STRANGE, Kind, Line, Look

_USER: Final = QTextFormat.Property.UserProperty.value
CLAIM: Final = _USER + 1
MEASURE: Final = _USER + 2
CODE: Final = _USER + 3
KIND: Final = _USER + 11
LEVEL: Final = _USER + 12
ORDERED: Final = _USER + 13
START: Final = _USER + 14
LOOK: Final = _USER + 15
COLUMNS: Final = _USER + 16

BREAK: Final = "\u2028"
"""How Qt writes a line break inside a block."""

INDENT: Final = 24
"""How far an item's words stand from its list's edge, in px at 100 %."""

_BOLD: Final = 700


def role_of(line: Line) -> str:
    """The type role of a line's words."""
    if line.kind == "heading":
        return "page_h2" if line.level <= 2 else "page_h3"
    return "body" if line.look in ("table", "table-head", "source") else "page_text"


def block_format(line: Line) -> QTextBlockFormat:
    """A line's block format: what it is, and the space round it."""
    return _block_format(
        line.kind, line.level, line.ordered, line.start, line.look, line.columns, THEME.text_size
    )


@lru_cache(maxsize=256)
def _block_format(
    kind: Kind, level: int, ordered: bool, start: int, look: Look, columns: int, _size: int
) -> QTextBlockFormat:
    found = QTextBlockFormat()
    for name, value in (
        (KIND, kind),
        (LEVEL, level),
        (ORDERED, int(ordered)),
        (START, start),
        (LOOK, look),
        (COLUMNS, columns),
    ):
        found.setProperty(name, value)
    role = role_of(Line(kind, level=level, look=look))
    above, below = {"page_h2": (14, 6), "page_h3": (8, 4)}.get(role, (0, 11))
    if kind == "item":
        below = 6
        found.setLeftMargin(THEME.scaled(INDENT) * (level + 1))
    elif look in ("quote", "source"):
        found.setLeftMargin(THEME.scaled(22))
    elif look in ("table", "table-head"):
        below = 4
        found.setLeftMargin(THEME.scaled(8))
    elif look == "rule":
        above = below = 12
    found.setTopMargin(THEME.scaled(above))
    found.setBottomMargin(THEME.scaled(below))
    found.setLineHeight(
        THEME.line_height(role), QTextBlockFormat.LineHeightTypes.MinimumHeight.value
    )
    if columns:
        width = THEME.scaled(TABLE_WIDTH) / columns
        found.setTabPositions(
            [
                QTextOption.Tab(width * place, QTextOption.TabType.LeftTab)
                for place in range(1, columns)
            ]
        )
    return found


TABLE_WIDTH: Final = 470
"""The width over which a quiet table's cells are spread, in px at 100 %."""


def char_format(line: Line, run: Run) -> QTextCharFormat:
    """The character format of a run on a line."""
    bold = run.bold or line.look == "table-head"
    return QTextCharFormat(
        _char_format(
            role_of(line),
            bold,
            run.italic,
            run.code,
            run.link,
            run.claim,
            run.measure,
            (THEME.name, THEME.text_size),
        )
    )


@lru_cache(maxsize=2048)
def _char_format(
    role: str,
    bold: bool,
    italic: bool,
    code: bool,
    link: str,
    claim: ClaimId | None,
    measure: MeasureId | None,
    _theme: tuple[str, int],
) -> QTextCharFormat:
    found = QTextCharFormat()
    font = THEME.font(role, weight=_BOLD if bold else 0, italic=italic)
    found.setFont(font)
    if code:
        found.setProperty(CODE, 1)
        found.setFontFamilies([*_MONOSPACE])
    if link:
        found.setAnchor(True)
        found.setAnchorHref(link)
        found.setForeground(THEME.colour("link"))
        found.setFontUnderline(True)
    if claim:
        found.setProperty(CLAIM, claim)
    if measure:
        found.setProperty(MEASURE, measure)
    return found


_MONOSPACE: Final = ("Cascadia Mono", "Consolas", "DejaVu Sans Mono")


def claim_of(found: QTextFormat) -> str:
    """The id of the claim that a character format belongs to; "" for none."""
    return str(found.property(CLAIM) or "")


def run_of(found: QTextCharFormat, text: str) -> Run:
    """The run that a stretch of characters is."""
    return Run(
        text,
        bold=found.fontWeight() >= _BOLD,
        italic=found.fontItalic(),
        code=bool(found.property(CODE)),
        link=found.anchorHref(),
        claim=ClaimId(claim_of(found)) or None,
        measure=MeasureId(str(found.property(MEASURE) or "")) or None,
    )


def broken(run: Run) -> Runs:
    """A run whose text holds Qt's line breaks, as runs with breaks between."""
    if BREAK not in run.text:
        return (run,)
    pieces: list[Run] = []
    for place, piece in enumerate(run.text.split(BREAK)):
        if place:
            pieces.append(
                Run("", line_break=True, claim=run.claim, link=run.link, measure=run.measure)
            )
        if piece:
            pieces.append(replace(run, text=piece))
    return tuple(pieces)


def shown_text(run: Run) -> str:
    """A run's characters as the page has them."""
    return BREAK if run.line_break else STRANGE.sub(" ", run.text)


def line_kind(block: QTextBlock) -> Line:
    """What a block of the page is, without its words."""
    found = block.blockFormat()
    kind = cast("Kind", found.property(KIND) or "text")
    if kind == "text":
        return Line("text")
    return Line(
        kind,
        level=int(found.property(LEVEL) or 0),
        ordered=bool(found.property(ORDERED)),
        start=int(found.property(START)),
        look=cast("Look", found.property(LOOK) or ""),
        columns=int(found.property(COLUMNS) or 0),
    )


def is_quiet(block: QTextBlock) -> bool:
    """Whether a block is shown and left alone."""
    return block.blockFormat().property(KIND) == "quiet"


def runs_of(block: QTextBlock) -> Runs:
    """A block's words, as they stand (not yet in normal form)."""
    runs: list[Run] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        runs += broken(run_of(fragment.charFormat(), fragment.text()))
        iterator += 1
    return tuple(runs)


def line_of(block: QTextBlock) -> Line:
    """What a block of the page is, with its words."""
    return replace(line_kind(block), runs=runs_of(block))
