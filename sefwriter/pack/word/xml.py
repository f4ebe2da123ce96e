"""WordprocessingML as the standard library's elements, with children in the schema's order.

Tags carry their prefix as literal text ("w:p"), and the part's root declares the prefixes. Word is
strict about the order of properties and calls a file damaged when it is wrong, so `properties` puts
them in order. Source of the orders: ECMA-376 part 1, annex A, wml.xsd.
"""

import re
from collections.abc import Sequence
from typing import Final
from xml.etree.ElementTree import Element, tostring

NAMESPACES: Final = {
    "xmlns:w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "xmlns:r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "xmlns:wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xmlns:a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xmlns:pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}

_PARAGRAPH = """pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing
    ind contextualSpacing jc outlineLvl rPr sectPr"""
_RUN = "rStyle rFonts b bCs i iCs noProof webHidden color sz szCs u shd lang"
_TABLE = "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption"
_STYLE = "name basedOn next uiPriority qFormat pPr rPr tblPr tcPr tblStylePr"

ORDERS: Final[dict[str, Sequence[str]]] = {
    "pPr": _PARAGRAPH.split(),
    "rPr": _RUN.split(),
    "tblPr": _TABLE.split(),
    "trPr": ["cantSplit", "tblHeader"],
    "tcPr": ["tcW", "shd"],
    "sectPr": ["headerReference", "footerReference", "pgSz", "pgMar"],
    "style": _STYLE.split(),
}
"""The properties we write, in the order the schema asks for."""

# XML 1.0 has no place for these; a file that holds one is not XML.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LINE_END: Final = re.compile("\r\n?")
_BREAKS: Final = re.compile("([\n\t])")


def clean(text: str) -> str:
    """The text without characters that XML can't hold, line ends \\n, half an emoji U+FFFD."""
    return _ILLEGAL.sub("", _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text)))


def node(name: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """An element of the w: namespace; attributes too. Children that are None are left out."""
    made = Element(f"w:{name}", {f"w:{key}": clean(str(to)) for key, to in attributes.items()})
    made.extend(child for child in children if child is not None)
    return made


def ordered(name: str, *children: Element | None) -> Element:
    """An element with its children in the schema's order.

    Raises ValueError for a child that ORDERS doesn't know there.
    """
    order = ORDERS[name]
    present = [child for child in children if child is not None]
    return node(name, *sorted(present, key=lambda child: order.index(child.tag[len("w:") :])))


def properties(name: str, *children: Element | None) -> Element | None:
    """A property element with its children in the schema's order; None when there are none."""
    return ordered(name, *children) if any(child is not None for child in children) else None


def text_run(text: str, *look: Element | None) -> Element:
    """A run with this text; line ends and tabs become Word's own. `look` are run properties."""
    run = node("r", properties("rPr", *look))
    for piece in _BREAKS.split(clean(text)):
        if piece == "\n":
            run.append(node("br"))
        elif piece == "\t":
            run.append(node("tab"))
        elif piece:
            held = Element("w:t", {"xml:space": "preserve"})
            held.text = piece
            run.append(held)
    return run


def paragraph(style: str, *content: Element, look: tuple[Element | None, ...] = ()) -> Element:
    """A paragraph in a style, by the style's id. `look` are further paragraph properties."""
    return node("p", properties("pPr", node("pStyle", val=style), *look), *content)


def part_bytes(root: Element) -> bytes:
    """A part's XML. Declares the prefixes on the root."""
    for name, address in NAMESPACES.items():
        root.set(name, address)
    return tostring(root, encoding="utf-8", xml_declaration=True)
