import dataclasses
import io
import time
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from sefwriter.pack.word import make_word
from tests.pack.word.plans import (
    ACTION,
    FIRST,
    IMPROVE,
    REPORT,
    SECOND,
    STRENGTH,
    VOICE,
    claim,
    full_plan,
    plan_of,
    said,
    section,
    signed,
    words,
)
from tests.pack.word.reading import DRAWING, W, judge, parts, root, style_of, text_of

PAGES = {"reading": 2, FIRST: 3, SECOND: 5, "actions": 7, "evidence": 8}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_word(full_plan(tmp_path_factory.mktemp("pictures")), pages=PAGES)


def test_nothing_in_it_would_make_word_repair_it(made: bytes) -> None:
    judge(made)


def test_same_plan_same_bytes(tmp_path: Path) -> None:
    plan = full_plan(tmp_path)
    assert make_word(plan) == make_word(plan)


def test_a_plan_of_nothing_still_makes_a_document() -> None:
    made = make_word(plan_of())
    judge(made)
    assert "has no sections" in text_of(root(made))


def test_contents_name_every_first_level_heading_with_its_page(made: bytes) -> None:
    body = root(made)[0]
    entries = [line for line in body.iter(f"{W}p") if style_of(line) == "TOC1"]
    headings = [line for line in body.iter(f"{W}p") if style_of(line) == "Heading1"]
    shown = [text_of(entry).split("\t")[0] for entry in entries]
    assert shown == [text_of(heading) for heading in headings]
    assert [text_of(entry).split("\t")[1:] for entry in entries] == [
        ["2"],
        ["3"],
        ["5"],
        ["7"],
        ["8"],
        [],
        [],
    ]
    for entry, heading in zip(entries, headings, strict=True):
        link = entry.find(f"{W}hyperlink")
        mark = heading.find(f"{W}bookmarkStart")
        assert link is not None and mark is not None
        assert link.get(f"{W}anchor") == mark.get(f"{W}name")


def test_opening_it_asks_for_no_update(made: bytes) -> None:
    held = parts(made)
    assert b"updateFields" not in held["word/settings.xml"]
    assert b"dirty" not in held["word/document.xml"]


def test_python_docx_finds_language_title_and_the_plans_date(made: bytes) -> None:
    document = docx.Document(io.BytesIO(made))
    known = document.core_properties
    assert known.title == "Testshire: SEND self-evaluation"
    assert known.language == "en-GB"
    assert known.created == known.modified == datetime(2026, 9, 30, tzinfo=UTC)
    assert b'w:lang w:val="en-GB"' in parts(made)["word/styles.xml"]
    assert b"python-docx" not in parts(made)["docProps/core.xml"]


def test_draft_stands_in_the_header_of_a_draft_only(made: bytes) -> None:
    assert text_of(root(made, "word/header1.xml")).startswith("DRAFT · ")
    final = make_word(plan_of())
    assert "DRAFT" not in text_of(root(final, "word/header1.xml"))
    assert "DRAFT" not in text_of(root(final))


def test_what_is_to_mend_stands_in_a_draft_only() -> None:
    gone = claim(STRENGTH, "strength", "x", problems=("The words do not stand there.",))
    plan = plan_of(
        section(said("Text."), claims=(STRENGTH,)),
        claims={STRENGTH: gone},
        problems=("E4 is not bound.",),
        draft=True,
    )
    draft = make_word(plan)
    judge(draft)
    lines = [text_of(line) for line in root(draft).iter(f"{W}p")]
    assert lines[lines.index("Text.") + 1] == "To mend: Claim 1.1: The words do not stand there."
    assert lines[lines.index("What is not right yet") + 1] == "E4 is not bound."
    final = text_of(root(make_word(dataclasses.replace(plan, draft=False))))
    assert "To mend" not in final
    assert "not right" not in final


def test_every_page_has_header_and_footer_with_page_numbers(made: bytes) -> None:
    layouts = list(root(made).iter(f"{W}sectPr"))
    assert len(layouts) == 2
    for layout in layouts:
        assert layout.find(f"{W}headerReference") is not None
        assert layout.find(f"{W}footerReference") is not None
    footer = root(made, "word/footer1.xml")
    assert [code.text for code in footer.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]


def test_section_bookmark_holds_title_and_status_stands_below(made: bytes) -> None:
    body = root(made)[0]
    heading = next(
        line
        for line in body.iter(f"{W}p")
        if any(
            mark.get(f"{W}name") == f"sef_section_{FIRST}"
            for mark in line.iter(f"{W}bookmarkStart")
        )
    )
    assert text_of(heading) == "1. Identifying & assessing need"
    status = heading.getnext()
    assert status is not None
    assert text_of(status) == "Status: Signed off · Owner: SEND lead"


def test_cover_says_in_words_how_far_sign_off_has_come(made: bytes) -> None:
    said_there = text_of(root(made))
    assert "1 of 2 sections signed off." in said_there
    assert "The others: 1 drafting." in said_there
    done = make_word(plan_of(section(said("x"), status="signed-off")))
    assert "It is signed off." in text_of(root(done))


def test_sign_off_lines_stand_below_their_section_and_say_what_changed() -> None:
    line = signed(state="lapsed", differs=("the text", "E12 p.3"))
    made = make_word(plan_of(section(said("Words."), sign_offs=(line,))))
    shown = [text_of(it) for it in root(made)[0].iter(f"{W}p") if style_of(it) == "SefSignOff"]
    assert shown == [
        "Sign-off, lapsed: Q. Reviewer, Testshire Council (reviewer), 28 September 2026. "
        "“I have read each claim beside its page.” Changed since: the text; E12 p.3."
    ]


def test_four_tables_at_the_end_repeat_their_heads_and_count_themselves(made: bytes) -> None:
    body = root(made)[0]
    tables = list(body.iterchildren(f"{W}tbl"))[-4:]
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}tblHeader") is None for row in rows[1:])
        assert table.find(f"{W}tblPr/{W}tblCaption") is not None
        assert not list(table.iter(f"{W}gridSpan", f"{W}vMerge"))
    captions = [text_of(it) for it in body.iter(f"{W}p") if style_of(it) == "Caption"]
    assert captions == [
        "Table 1. Action plan",
        "Table 2. Evidence index",
        "Table 3. Sign-off",
        "Table 4. People",
    ]


def test_rows_of_actions_and_evidence_link_back_to_their_claims(made: bytes) -> None:
    rows = {
        mark.get(f"{W}name"): row
        for row in root(made).iter(f"{W}tr")
        for mark in row.iter(f"{W}bookmarkStart")
    }
    back_links = {
        name: [link.get(f"{W}anchor") for link in row.iter(f"{W}hyperlink")]
        for name, row in rows.items()
    }
    assert back_links[f"sef_action_{ACTION}"] == [f"sef_claim_{IMPROVE}"]
    assert back_links[f"sef_evidence_{REPORT}"] == [
        f"sef_claim_{STRENGTH}",
        f"sef_claim_{IMPROVE}",
    ]
    assert "1.2 Waits are too long" in text_of(rows[f"sef_action_{ACTION}"])
    assert "Amber" in text_of(rows[f"sef_action_{ACTION}"])


def test_a_claim_that_stands_nowhere_is_named_without_a_link(tmp_path: Path) -> None:
    plan = full_plan(tmp_path)
    made = make_word(dataclasses.replace(plan, sections=()))
    judge(made)
    assert "Waits are too long" in text_of(root(made))


def test_picture_has_its_words_and_keeps_its_shape(made: bytes) -> None:
    shape = next(root(made).iter(f"{DRAWING}inline"))
    extent = shape.find(f"{DRAWING}extent")
    described = shape.find(f"{DRAWING}docPr")
    assert extent is not None and described is not None
    assert described.get("descr") == "Bar chart of plans by area"
    wide, high = int(extent.get("cx", "")), int(extent.get("cy", ""))
    assert wide == 17 * 360_000 * 60 // 100
    assert wide == high * 2


@pytest.mark.parametrize("content", [None, b"not a picture"])
def test_picture_that_cannot_be_shown_leaves_its_words(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "lost.png"
    if content is not None:
        path.write_bytes(content)
    plan = plan_of(
        section(said(words("Plans by area", picture="ab" * 32))), pictures={"ab" * 32: str(path)}
    )
    made = make_word(plan)
    judge(made)
    assert "[Picture not shown: Plans by area]" in text_of(root(made))


def test_claim_kinds_differ_by_underline_as_well_as_colour(made: bytes) -> None:
    sheet = root(made, "word/styles.xml")
    looks = [
        style.find(f"{W}rPr/{W}u").get(f"{W}val")
        for style in sheet.iter(f"{W}style")
        if style.get(f"{W}styleId", "").startswith("SefClaim")
    ]
    assert len(looks) == len(set(looks)) == 5


def test_claims_are_all_bookmarked(made: bytes) -> None:
    names = {mark.get(f"{W}name") for mark in root(made).iter(f"{W}bookmarkStart")}
    assert {f"sef_claim_{claim}" for claim in (STRENGTH, IMPROVE, VOICE)} <= names
    assert f"sef_claim_{IMPROVE}_2" in names


def test_a_thousand_paragraphs_take_less_than_three_seconds() -> None:
    blocks = tuple(
        said(f"Paragraph {number} says ", words("something bold", bold=True), " about the area.")
        for number in range(1000)
    )
    begun = time.perf_counter()
    made = make_word(plan_of(section(*blocks)))
    assert time.perf_counter() - begun < 3
    assert len(docx.Document(io.BytesIO(made)).paragraphs) > 1000
