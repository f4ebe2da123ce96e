"""Our styles, and nothing else, so that Word's style list shows what the document uses.

Calibri, not the pack's Source Sans 3: partners edit this file, and every Word since 2007 on Windows
and Mac has Calibri (LibreOffice has Carlito, of the same widths), while a font they lack would be
replaced by one we can't foresee, and Aptos is only in the newest. Word finds emoji by itself.
"""

from typing import Final
from xml.etree.ElementTree import Element

from sefwriter.pack.word.xml import node, ordered, properties

FONT: Final = "Calibri"
MONOSPACED: Final = "Consolas"
PETROL: Final = "0E5560"
PETROL_TINT: Final = "DCEAEC"
INK: Final = "1C2326"
QUIET: Final = "4C565B"
RULE: Final = "858179"

BODY: Final = "Normal"
TITLE: Final = "Title"
SUBTITLE: Final = "Subtitle"
CONTENTS_HEADING: Final = "TOCHeading"
CONTENTS_LINE: Final = "TOC1"
LIST: Final = "ListParagraph"
QUOTE: Final = "Quote"
CAPTION: Final = "Caption"
HEADER: Final = "Header"
FOOTER: Final = "Footer"
LINK: Final = "Hyperlink"
TABLE: Final = "SefTable"
CELL: Final = "SefCell"
CELL_HEADER: Final = "SefCellHeader"
STATUS: Final = "SefStatus"
SIGN_OFF: Final = "SefSignOff"
VERBATIM: Final = "SefVerbatim"
CODE: Final = "SefCode"
REFERENCE: Final = "SefReference"
RULE_LINE: Final = "SefRule"
NOTE: Final = "SefNote"
GAP: Final = "SefGap"

CLAIM_STYLES: Final = {
    "strength": "SefClaimStrength",
    "to-improve": "SefClaimToImprove",
    "impact": "SefClaimImpact",
    "voice": "SefClaimVoice",
    "context": "SefClaimContext",
}
"""Claim kind to its character style. Kinds differ by underline as well as by colour."""

_CLAIM_LOOKS: Final = {
    "strength": ("Claim: strength", "thick", "1C6638", "E2F1E6"),
    "to-improve": ("Claim: to improve", "dash", "8C4600", "FBEAD5"),
    "impact": ("Claim: impact", "double", "1F52A0", "E2ECF9"),
    "voice": ("Claim: voice", "dotted", "753786", "F3E7F6"),
    "context": ("Claim: context", "single", "50575C", "EAEAE7"),
}
_HEADING_SIZES: Final = (32, 26, 23, 22, 22, 22)
"""Half-points, Heading 1 first."""


def heading_style(level: int) -> str:
    """The style id of a heading; Word's contents and navigation take nine levels, we use six."""
    return f"Heading{max(1, min(level, len(_HEADING_SIZES)))}"


def claim_style(kind: str) -> str:
    """The style id for a claim's words; context's for a kind that a newer version made."""
    return CLAIM_STYLES.get(kind, CLAIM_STYLES["context"])


def style_sheet() -> list[Element]:
    """The children of the styles part: defaults, then every style."""
    return [
        _defaults(),
        *_text_styles(),
        *(_heading(level, size) for level, size in enumerate(_HEADING_SIZES, 1)),
        *_page_styles(),
        *_our_paragraphs(),
        *_characters(),
        *_tables(),
    ]


def _defaults() -> Element:
    fonts = node("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    language = node("lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA")
    run = properties("rPr", fonts, color(INK), *size(22), language)
    text = properties("pPr", spacing(after=120, line=276))
    return node("docDefaults", node("rPrDefault", run), node("pPrDefault", text))


def size(half_points: int) -> tuple[Element, Element]:
    """A font size, for plain and for complex scripts."""
    return node("sz", val=half_points), node("szCs", val=half_points)


def bold() -> tuple[Element, Element]:
    """Bold, for plain and for complex scripts."""
    return node("b"), node("bCs")


def italic() -> tuple[Element, Element]:
    """Italic, for plain and for complex scripts."""
    return node("i"), node("iCs")


def color(rgb: str) -> Element:
    """A text colour."""
    return node("color", val=rgb)


def monospaced() -> Element:
    """A font of even widths."""
    return node("rFonts", ascii=MONOSPACED, hAnsi=MONOSPACED, cs=MONOSPACED)


def spacing(*, before: int = 0, after: int = 0, line: int = 240) -> Element:
    """Space around a paragraph in twentieths of a point; `line` 240 is single."""
    return node("spacing", before=before, after=after, line=line, lineRule="auto")


def _shade(rgb: str) -> Element:
    return node("shd", val="clear", color="auto", fill=rgb)


def _line(side: str, rgb: str, *, width: int = 4, space: int = 4) -> Element:
    return node(side, val="single", sz=width, space=space, color=rgb)


def _style(
    kind: str,
    style_id: str,
    name: str,
    *,
    text: tuple[Element | None, ...] = (),
    run: tuple[Element | None, ...] = (),
    based_on: str = "",
    following: str = "",
    hidden: bool = False,
    table: tuple[Element | None, ...] = (),
    default: bool = False,
) -> Element:
    made = ordered(
        "style",
        node("name", val=name),
        node("basedOn", val=based_on) if based_on else None,
        node("next", val=following) if following else None,
        node("uiPriority", val=99 if hidden else 1),
        None if hidden else node("qFormat"),
        properties("pPr", *text),
        properties("rPr", *run),
        *table,
    )
    made.set("w:type", kind)
    if default:
        made.set("w:default", "1")
    if style_id.startswith("Sef"):
        made.set("w:customStyle", "1")
    made.set("w:styleId", style_id)
    return made


def _text_styles() -> list[Element]:
    side = node("pBdr", _line("left", PETROL, width=18, space=10))
    return [
        _style("paragraph", BODY, "Normal", default=True),
        _style(
            "paragraph",
            TITLE,
            "Title",
            based_on=BODY,
            following=SUBTITLE,
            text=(spacing(before=2400, after=120),),
            run=(*bold(), color(PETROL), *size(56)),
        ),
        _style(
            "paragraph",
            SUBTITLE,
            "Subtitle",
            based_on=BODY,
            following=BODY,
            text=(spacing(after=480),),
            run=(color(QUIET), *size(28)),
        ),
        _style(
            "paragraph",
            LIST,
            "List Paragraph",
            based_on=BODY,
            text=(spacing(after=120, line=264), node("contextualSpacing")),
        ),
        _style(
            "paragraph",
            QUOTE,
            "Quote",
            based_on=BODY,
            text=(side, node("ind", left=284, right=284), spacing(after=80, line=264)),
            run=(color(QUIET),),
        ),
        _style(
            "paragraph",
            CAPTION,
            "caption",
            based_on=BODY,
            following=BODY,
            text=(node("keepNext"), spacing(before=120, after=80)),
            run=(*bold(), color(QUIET), *size(20)),
        ),
    ]


def _heading(level: int, half_points: int) -> Element:
    look = (node("keepNext"), node("keepLines"), node("outlineLvl", val=level - 1))
    return _style(
        "paragraph",
        heading_style(level),
        f"heading {level}",
        based_on=BODY,
        following=BODY,
        text=(*look, spacing(before=360 if level == 1 else 220, after=100)),
        run=(*bold(), *(italic() if level > 4 else ()), color(PETROL), *size(half_points)),
    )


def _page_styles() -> list[Element]:
    dots = node("tabs", node("tab", val="right", leader="dot", pos=9638))
    return [
        _style(
            "paragraph",
            CONTENTS_HEADING,
            "TOC Heading",
            based_on=BODY,
            following=BODY,
            text=(node("keepNext"), node("pageBreakBefore"), spacing(after=160)),
            run=(*bold(), color(PETROL), *size(32)),
        ),
        _style(
            "paragraph",
            CONTENTS_LINE,
            "toc 1",
            based_on=BODY,
            following=BODY,
            text=(dots, spacing(after=60)),
        ),
        _style(
            "paragraph",
            HEADER,
            "header",
            based_on=BODY,
            text=(spacing(), node("pBdr", _line("bottom", RULE))),
            run=(color(QUIET), *size(18)),
            hidden=True,
        ),
        _style(
            "paragraph",
            FOOTER,
            "footer",
            based_on=BODY,
            text=(spacing(), node("jc", val="right")),
            run=(color(QUIET), *size(18)),
            hidden=True,
        ),
    ]


def _our_paragraphs() -> list[Element]:
    return [
        _style(
            "paragraph",
            STATUS,
            "SEF status",
            based_on=BODY,
            following=BODY,
            text=(node("keepNext"), spacing(after=160)),
            run=(color(QUIET), *size(20)),
        ),
        _style(
            "paragraph",
            SIGN_OFF,
            "SEF sign-off",
            based_on=BODY,
            text=(_shade(PETROL_TINT), spacing(before=60, after=60), node("keepLines")),
            run=size(20),
        ),
        _style(
            "paragraph",
            NOTE,
            "SEF note",
            based_on=BODY,
            text=(spacing(before=60, after=60),),
            run=(color(QUIET), *size(20)),
        ),
        _style("paragraph", CELL, "SEF cell", based_on=BODY, text=(spacing(),), run=size(19)),
        _style(
            "paragraph",
            CELL_HEADER,
            "SEF cell header",
            based_on=CELL,
            text=(node("keepNext"),),
            run=(*bold(), color("FFFFFF")),
        ),
        _style(
            "paragraph",
            VERBATIM,
            "SEF verbatim",
            based_on=BODY,
            text=(_shade("F5F4F1"), spacing(after=120)),
            run=(monospaced(), node("noProof"), *size(19)),
        ),
        _style(
            "paragraph",
            RULE_LINE,
            "SEF rule",
            based_on=BODY,
            text=(node("pBdr", _line("bottom", RULE, width=6)), spacing(after=160)),
            run=size(8),
        ),
        _style("paragraph", GAP, "SEF gap", based_on=BODY, text=(spacing(),), run=size(12)),
    ]


def _characters() -> list[Element]:
    thin = node("u", val="single")
    return [
        _style(
            "character", "DefaultParagraphFont", "Default Paragraph Font", default=True, hidden=True
        ),
        _style("character", LINK, "Hyperlink", run=(color(PETROL), thin), hidden=True),
        _style("character", CODE, "SEF code", run=(monospaced(), node("noProof"))),
        _style("character", REFERENCE, "SEF reference", run=(color(PETROL), *size(18))),
        *(
            _style(
                "character",
                CLAIM_STYLES[kind],
                name,
                run=(node("u", val=underline, color=ink), _shade(tint)),
            )
            for kind, (name, underline, ink, tint) in _CLAIM_LOOKS.items()
        ),
    ]


def _tables() -> list[Element]:
    margins = node(
        "tblCellMar",
        node("top", w=50, type="dxa"),
        node("left", w=90, type="dxa"),
        node("bottom", w=50, type="dxa"),
        node("right", w=90, type="dxa"),
    )
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = node("tblBorders", *(_line(side, "C9C5BC", space=0) for side in sides))
    head = node("tblStylePr", properties("tcPr", _shade(PETROL)), type="firstRow")
    plain = properties("tblPr", node("tblInd", w=0, type="dxa"), margins)
    ours = properties("tblPr", borders)
    return [
        _style("table", "TableNormal", "Normal Table", default=True, hidden=True, table=(plain,)),
        _style("table", TABLE, "SEF table", based_on="TableNormal", table=(ours, head)),
    ]
