from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from sefwriter.model.text.blocks import Block, Heading, Run
from sefwriter.pack.word import make_word
from tests.pack.word.plans import (
    FIRST,
    IMPROVE,
    MINUTES,
    REPORT,
    STRENGTH,
    UNKNOWN,
    claim,
    evidence,
    plan_of,
    reference,
    said,
    section,
    words,
)
from tests.pack.word.reading import R, W, judge, parts, section_paragraphs, text_of

LOST = "e" + "q" * 16


def written(*blocks: Block) -> bytes:
    made = make_word(
        plan_of(
            section(*blocks, claims=(STRENGTH, IMPROVE)),
            claims={
                STRENGTH: claim(
                    STRENGTH,
                    "strength",
                    "x",
                    reference(REPORT, "E12 p.3"),
                    reference(MINUTES, "E7 cells B4:C9"),
                    reference(LOST, "E99 p.1"),
                ),
                IMPROVE: claim(IMPROVE, "made-by-a-newer-version", "y"),
            },
            evidence=(evidence(REPORT, "E12", "Report"), evidence(MINUTES, "E7", "Minutes")),
        )
    )
    judge(made)
    return made


def paragraphs(data: bytes) -> list[etree._Element]:
    return list(section_paragraphs(data, f"sef_section_{FIRST}"))


def inside_bookmark(paragraph: etree._Element, name: str) -> str:
    shown, on = "", False
    for child in paragraph:
        if child.get(f"{W}name") == name:
            on = True
        elif child.tag == f"{W}bookmarkEnd":
            on = False
        elif on:
            shown += text_of(child)
    return shown


def targets(data: bytes) -> list[str]:
    relations = etree.fromstring(parts(data)["word/_rels/document.xml.rels"])
    return [it.get("Target", "") for it in relations if it.get("TargetMode") == "External"]


def test_the_bookmark_holds_a_claims_words_and_the_references_follow() -> None:
    data = written(
        said(
            "Before ", words("all ", claim=STRENGTH), words("of it", claim=STRENGTH, bold=True), "."
        )
    )
    (paragraph,) = paragraphs(data)
    assert inside_bookmark(paragraph, f"sef_claim_{STRENGTH}") == "all of it"
    assert text_of(paragraph) == "Before all of it Strength 1.1 [E12 p.3; E7 cells B4:C9; E99 p.1]."


def test_references_open_their_rows_and_stay_words_where_there_is_no_row() -> None:
    (paragraph,) = paragraphs(written(said(words("a", claim=STRENGTH))))
    links = {text_of(link): link.get(f"{W}anchor") for link in paragraph.iter(f"{W}hyperlink")}
    assert links == {
        "E12 p.3": f"sef_evidence_{REPORT}",
        "E7 cells B4:C9": f"sef_evidence_{MINUTES}",
    }


def test_a_claim_over_two_paragraphs_has_two_bookmarks_and_references_after_the_last() -> None:
    first, second = paragraphs(
        written(said(words("one", claim=STRENGTH)), said(words("two", claim=STRENGTH), " more"))
    )
    assert inside_bookmark(first, f"sef_claim_{STRENGTH}") == "one"
    assert inside_bookmark(second, f"sef_claim_{STRENGTH}_2") == "two"
    assert text_of(first) == "one"
    assert text_of(second).startswith("two Strength 1.1 [E12 p.3;")


def test_two_claims_that_touch_keep_their_own_bookmarks() -> None:
    (paragraph,) = paragraphs(
        written(said(words("one", claim=STRENGTH), words("two", claim=IMPROVE)))
    )
    assert inside_bookmark(paragraph, f"sef_claim_{STRENGTH}") == "one"
    assert inside_bookmark(paragraph, f"sef_claim_{IMPROVE}") == "two"


def test_an_unknown_claim_is_plain_words() -> None:
    (paragraph,) = paragraphs(written(said("a ", words("b", claim=UNKNOWN))))
    assert text_of(paragraph) == "a b"
    assert not list(paragraph.iter(f"{W}bookmarkStart", f"{W}rStyle"))


def test_claims_stand_in_headings_too() -> None:
    (paragraph,) = paragraphs(written(Heading(1, (words("head", claim=IMPROVE),))))
    assert inside_bookmark(paragraph, f"sef_claim_{IMPROVE}") == "head"


def test_addresses_are_real_links_and_escaped_to_be_addresses() -> None:
    data = written(said(words("a", link="https://example.org/a b?x=é&y=50%"), "."))
    (paragraph,) = paragraphs(data)
    (link,) = paragraph.iter(f"{W}hyperlink")
    assert text_of(link) == "a"
    assert link.get(f"{R}id")
    assert targets(data) == ["https://example.org/a%20b?x=%C3%A9&y=50%25"]


def test_the_same_address_twice_is_one_relationship() -> None:
    data = written(*(said(words("a", link="mailto:send@example.org")) for _ in range(2)))
    assert targets(data) == ["mailto:send@example.org"]


def test_what_a_reader_should_not_open_stays_words() -> None:
    for address in (
        "javascript:alert(1)",
        "file:///C:/x",
        "http://[",
        "//host/share",
        "x",
        "http:",
    ):
        data = written(said(words("words", link=address)))
        assert targets(data) == []
        assert text_of(paragraphs(data)[0]) == "words"


def test_an_address_inside_the_document_leads_there() -> None:
    data = written(said(words("row", link=f"evidence:{REPORT}"), words("gone", link="evidence:x")))
    (paragraph,) = paragraphs(data)
    assert [(text_of(it), it.get(f"{W}anchor")) for it in paragraph.iter(f"{W}hyperlink")] == [
        ("row", f"sef_evidence_{REPORT}")
    ]


def test_bold_italic_and_code_are_told_apart() -> None:
    (paragraph,) = paragraphs(
        written(said(Run("b", bold=True), Run("i", italic=True), Run("c", code=True), "p"))
    )
    looks = [
        [etree.QName(look).localname for look in run.iterfind(f"{W}rPr/*")]
        for run in paragraph.iter(f"{W}r")
    ]
    assert looks == [["b", "bCs"], ["i", "iCs"], ["rStyle"], []]
