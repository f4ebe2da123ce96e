"""Reads a Word file again with zipfile and lxml alone, and judges it as Word would."""

import io
import posixpath
from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

# The sequences of the schema (ECMA-376, wml.xsd), whole, not only what we write.
SEQUENCES = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr
        suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct
        topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind
        contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
        noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect
        bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW
        jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption
        tblDescription""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection
        tcFitText vAlign hideMark""",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc
        pgBorders lnNumType pgNumType cols""",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden
        unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "numbering": "numPicBullet abstractNum num",
    "settings": "zoom defaultTabStop characterSpacingControl compat rsids themeFontLang"
    " clrSchemeMapping decimalSymbol listSeparator",
}


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as held:
        assert held.testzip() is None
        assert len(held.namelist()) == len(set(held.namelist()))
        return {name: held.read(name) for name in held.namelist()}


def root(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(data)[part])


def judge(data: bytes) -> None:
    """Fails where Word would call the file damaged, or a link would lead nowhere."""
    held = parts(data)
    for name, content in held.items():
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
            _judge_order(etree.fromstring(content))
    document = etree.fromstring(held["word/document.xml"])
    _judge_marks(document)
    _judge_relations(document, held)
    _judge_styles(document, etree.fromstring(held["word/styles.xml"]))
    _judge_numbering(document, etree.fromstring(held["word/numbering.xml"]))
    _judge_fields(document)
    for cell in document.iter(f"{W}tc"):
        assert cell[-1].tag == f"{W}p"
    body = document[0]
    assert body[-1].tag == f"{W}sectPr"
    for table in body.iterchildren(f"{W}tbl"):
        after = table.getnext()
        assert after is not None and after.tag == f"{W}p"
        widths = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        assert all(len(row.findall(f"{W}tc")) == widths for row in table.iter(f"{W}tr"))


def _judge_order(top: etree._Element) -> None:
    for element in top.iter(etree.Element):
        sequence = SEQUENCES.get(etree.QName(element).localname)
        if sequence and element.tag.startswith(W):
            order = sequence.split()
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), etree.tostring(element)


def _judge_marks(document: etree._Element) -> None:
    starts = list(document.iter(f"{W}bookmarkStart"))
    names = [start.get(f"{W}name") for start in starts]
    numbers = [start.get(f"{W}id") for start in starts]
    ends = [end.get(f"{W}id") for end in document.iter(f"{W}bookmarkEnd")]
    assert len(names) == len(set(names))
    assert len(numbers) == len(set(numbers))
    assert sorted(numbers) == sorted(ends)
    assert all(name is not None and len(name) <= 40 for name in names)
    anchors = [link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")]
    assert {anchor for anchor in anchors if anchor} <= set(names)
    drawings = [shape.get("id") for shape in document.iter(f"{DRAWING}docPr")]
    assert len(drawings) == len(set(drawings))


def _judge_relations(document: etree._Element, held: dict[str, bytes]) -> None:
    relations = etree.fromstring(held["word/_rels/document.xml.rels"])
    known = {relation.get("Id") for relation in relations}
    used = {
        value
        for element in document.iter(etree.Element)
        for key, value in element.attrib.items()
        if key.startswith(R)
    }
    assert used <= known
    for relation in relations:
        if relation.get("TargetMode") != "External":
            assert posixpath.normpath(f"word/{relation.get('Target')}") in held


def _judge_styles(document: etree._Element, sheet: etree._Element) -> None:
    known = {style.get(f"{W}styleId") for style in sheet.iter(f"{W}style")}
    for tag in ("pStyle", "rStyle", "tblStyle"):
        assert {used.get(f"{W}val") for used in document.iter(f"{W}{tag}")} <= known
    for tag in ("basedOn", "next"):
        assert {used.get(f"{W}val") for used in sheet.iter(f"{W}{tag}")} <= known


def _judge_numbering(document: etree._Element, numbering: etree._Element) -> None:
    known = {number.get(f"{W}numId") for number in numbering.iter(f"{W}num")}
    assert {used.get(f"{W}val") for used in document.iter(f"{W}numId")} <= known
    levels = {int(level.get(f"{W}val", "99")) for level in document.iter(f"{W}ilvl")}
    assert levels <= set(range(9))


def _judge_fields(document: etree._Element) -> None:
    depth = 0
    for mark in document.iter(f"{W}fldChar"):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(f"{W}fldCharType", "")]
        assert depth >= 0
        assert mark.get(f"{W}dirty") is None
    assert depth == 0


def text_of(element: etree._Element, *, without: str = "") -> str:
    """The words in an element; runs of the style `without` are left out."""
    made = ""
    for piece in element.iter(f"{W}t", f"{W}br", f"{W}tab"):
        run = piece.getparent()
        style = run.find(f"{W}rPr/{W}rStyle") if run is not None else None
        if (
            run is None
            or run.tag != f"{W}r"
            or (style is not None and style.get(f"{W}val") == without)
        ):
            continue
        made += {f"{W}t": piece.text or "", f"{W}br": "\n", f"{W}tab": "\t"}[str(piece.tag)]
    return made


def style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def section_paragraphs(data: bytes, bookmark: str) -> Iterator[etree._Element]:
    """The paragraphs of one section, cells too, from below its status line to the next part."""
    inside = False
    for paragraph in root(data)[0].iter(f"{W}p"):
        names = [mark.get(f"{W}name") for mark in paragraph.iter(f"{W}bookmarkStart")]
        if bookmark in names:
            inside = True
        elif inside and (
            any(str(name).startswith(("sef_section_", "sef_part_")) for name in names)
            or paragraph.find(f"{W}pPr/{W}sectPr") is not None
        ):
            return
        elif inside and style_of(paragraph) not in ("SefStatus", "SefNote", "SefSignOff", "SefGap"):
            yield paragraph
