"""The Word file around our parts: python-docx's package, stripped to what a SEF needs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol, cast
from xml.etree.ElementTree import Element

import docx
from docx.document import Document
from docx.opc.rel import Relationships
from docx.oxml import parse_xml

from sefwriter.pack.phrases import plain_date, title_of
from sefwriter.pack.plan import PackPlan
from sefwriter.pack.word.given import keep_given
from sefwriter.pack.word.styles import style_sheet
from sefwriter.pack.word.xml import clean, node, ordered, part_bytes

_NOT_OURS: Final = (
    "webSettings",
    "fontTable",
    "stylesWithEffects",
    "customXml",
    "thumbnail",
    "extended-properties",
)
"""Ends of the types of relationship to what python-docx's template says of its own maker."""


class _Fillable(Protocol):
    """What we need of an lxml element; lxml has no types of its own."""

    def clear(self) -> None: ...
    def extend(self, elements: Iterable[object], /) -> None: ...


def new_document(plan: PackPlan) -> Document:
    """An empty document with our styles, settings, properties, and what it was made from."""
    document = docx.Document()
    _strip(document.part.rels)
    package = document.part.package
    if package is not None:
        _strip(package.rels)
    fill(document.styles.element, style_sheet())
    fill(document.settings.element, _settings())
    _describe(document, plan)
    keep_given(document, plan)
    return document


def fill(target: object, children: Iterable[Element]) -> None:
    """Replace everything inside one of python-docx's elements by ours."""
    wrapper = node("body")
    wrapper.extend(children)
    parsed = cast(Iterable[object], parse_xml(part_bytes(wrapper)))
    place = cast(_Fillable, target)
    place.clear()
    place.extend(list(parsed))


def page_layout(header: str, footer: str, *, landscape: bool) -> Element:
    """A section's page: A4 with 2 cm around, the header and footer of these relationship ids."""
    upright = {"w": 11906, "h": 16838}
    across = {"w": 16838, "h": 11906, "orient": "landscape"}
    references = node("headerReference", type="default"), node("footerReference", type="default")
    for reference, relation in zip(references, (header, footer), strict=True):
        reference.set("r:id", relation)
    margins = node(
        "pgMar", top=1134, right=1134, bottom=1134, left=1134, header=567, footer=567, gutter=0
    )
    size = node("pgSz", **(across if landscape else upright))
    return ordered("sectPr", *references, size, margins)


def _strip(relations: Relationships) -> None:
    for key in [key for key, to in relations.items() if to.reltype.endswith(_NOT_OURS)]:
        del relations[key]


def _settings() -> list[Element]:
    """Word 2013 and later in full, no compatibility mode, British English."""
    uri = "http://schemas.microsoft.com/office/word"
    mode = node("compatSetting", name="compatibilityMode", uri=uri, val=15)
    scheme = {f"accent{number}": f"accent{number}" for number in range(1, 7)}
    return [
        node("zoom", percent=100),
        node("defaultTabStop", val=720),
        node("characterSpacingControl", val="doNotCompress"),
        node("compat", mode),
        node("themeFontLang", val="en-GB"),
        node(
            "clrSchemeMapping",
            bg1="light1",
            t1="dark1",
            bg2="light2",
            t2="dark2",
            **scheme,
            hyperlink="hyperlink",
            followedHyperlink="followedHyperlink",
        ),
        node("decimalSymbol", val="."),
        node("listSeparator", val=","),
    ]


def _describe(document: Document, plan: PackPlan) -> None:
    """Core properties. Office allows 255 characters; times come from the plan, no clock."""
    properties = document.core_properties
    when = datetime.fromisoformat(plan.date)
    properties.title = clean(title_of(plan))[:255]
    properties.subject = clean(f"As of {plain_date(plan.date)}")[:255]
    properties.author = clean(plan.area)[:255]
    properties.last_modified_by = "sefwriter"
    properties.keywords = clean(f"SEF {plan.sef}")[:255]
    properties.comments = ""
    properties.language = "en-GB"
    properties.revision = 1
    properties.created = when
    properties.modified = when
