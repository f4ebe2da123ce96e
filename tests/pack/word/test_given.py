import io
from dataclasses import replace

import docx
import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from sefwriter.pack.word import make_word
from sefwriter.pack.word.given import NAMESPACE
from tests.pack.word.plans import FIRST, SECOND, plan_of, said, section
from tests.pack.word.reading import judge, parts

ONE, TWO = "1" * 64, "2" * 64
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@pytest.fixture(scope="module")
def made() -> bytes:
    return make_word(
        plan_of(
            section(said("One."), text_sha256=ONE),
            section(said("Two."), section_id=SECOND, number=2, text_sha256=TWO),
        )
    )


def given(data: bytes) -> dict[str, str]:
    """The sections and hashes as whoever takes a returned file in would find them."""
    found = [
        etree.fromstring(content)
        for name, content in parts(data).items()
        if name.startswith("customXml/item") and NAMESPACE.encode() in content
    ]
    (item,) = [root for root in found if root.tag == f"{{{NAMESPACE}}}given"]
    assert item.get("sef") == "f" * 64
    assert item.get("date") == "2026-09-30"
    return {each.get("id"): each.get("text-sha256") for each in item}


def test_the_file_says_which_text_of_which_section_it_shows(made: bytes) -> None:
    judge(made)
    assert given(made) == {FIRST: ONE, SECOND: TWO}


def test_it_outlives_being_opened_and_saved(made: bytes) -> None:
    document = docx.Document(io.BytesIO(made))
    document.add_paragraph("A partner writes.")
    again = io.BytesIO()
    document.save(again)
    assert given(again.getvalue()) == {FIRST: ONE, SECOND: TWO}


def test_word_finds_the_part_by_relationships_and_types(made: bytes) -> None:
    held = parts(made)
    kinds = {
        each.get("PartName"): each.get("ContentType")
        for each in etree.fromstring(held["[Content_Types].xml"]).iter(f"{TYPES}Override")
    }
    assert kinds["/customXml/itemProps1.xml"].endswith("customXmlProperties+xml")
    (to_item,) = [
        each
        for each in etree.fromstring(held["word/_rels/document.xml.rels"])
        if each.get("Type").endswith("/customXml")
    ]
    assert to_item.get("Target") == "../customXml/item1.xml"
    (to_properties,) = etree.fromstring(held["customXml/_rels/item1.xml.rels"])
    assert to_properties.get("Type").endswith("/customXmlProps")
    assert to_properties.get("Target") == "itemProps1.xml"


def test_an_id_that_is_no_xml_does_not_spoil_the_file(made: bytes) -> None:
    spoilt = make_word(replace(plan_of(), sef="\x00<&\ud800"))
    judge(spoilt)
