"""What was given out, inside the Word file itself, so that a returned one can be matched to it.

A custom XML part, which Word keeps while people work in the file and never shows:

    <given xmlns="urn:sefwriter:given:1" sef="SEF ID" date="2026-09-30">
      <section id="SECTION ID" text-sha256="SHA-256 of the section's Markdown, UTF-8, in hex"/>
    </given>
"""

import uuid
from typing import Final
from xml.etree.ElementTree import Element, tostring

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from sefwriter.pack.plan import PackPlan
from sefwriter.pack.word.xml import clean

NAMESPACE: Final = "urn:sefwriter:given:1"

_ITEM: Final = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)}}}".upper()
"""Word finds its parts by such ids; the same in every file, for there is one part in each."""

_DATA_STORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def keep_given(document: Document, plan: PackPlan) -> None:
    """Put into the document which text of which section it shows."""
    given = Element("given", {"xmlns": NAMESPACE, "sef": clean(plan.sef), "date": plan.date})
    for section in plan.sections:
        given.append(Element("section", {"id": section.id, "text-sha256": section.text_sha256}))
    item = _part(document, "item1", CONTENT_TYPE.XML, given)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    about = Element("ds:datastoreItem", {"xmlns:ds": _DATA_STORE, "ds:itemID": _ITEM})
    schemas = Element("ds:schemaRefs")
    schemas.append(Element("ds:schemaRef", {"ds:uri": NAMESPACE}))
    about.append(schemas)
    properties = _part(document, "itemProps1", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, about)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _part(document: Document, name: str, content_type: str, root: Element) -> Part:
    content = tostring(root, encoding="utf-8", xml_declaration=True)
    return Part(PackURI(f"/customXml/{name}.xml"), content_type, content, document.part.package)
