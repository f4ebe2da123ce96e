import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from sefwriter.model.ids import ClaimId
from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Opaque,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from sefwriter.pack.narrative import Numbering, front_pages, make_narrative
from sefwriter.pack.plan import PackPlan
from sefwriter.store.faults import WorldError
from tests.pack import plans
from tests.pack.links import addresses, jumps, places
from tests.pack.plans import plan_of, said, section

NUMBERS = Numbering(
    evidence={plans.REPORT: 12, plans.SURVEY: 25, plans.BROKEN: 30},
    passages={plans.made_id("p", number): 13 + number for number in range(7)},
)


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    return " ".join(" ".join(texts(pdf)).split())


def set_alone(*blocks: Block, **fields: object) -> bytes:
    return make_narrative(plan_of(section(1, "Alone", *blocks), **fields), numbers=None)


def test_standalone_is_tagged_titled_outlined_and_the_same_twice() -> None:
    pdf = make_narrative(plans.wendlebury(), numbers=None)
    assert pdf == make_narrative(plans.wendlebury(), numbers=None)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.Root.Lang) == "en-GB"
        assert "Wendlebury" in str(opened.docinfo["/Title"])
        with opened.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles == [
        "Contents",
        "How to read this pack",
        "1. Identifying and assessing need",
        "2. Children’s and families’ experience",
        "3. Leadership, strategy and the local context",
        "Action plan",
        "Evidence index",
        "Sign-off",
    ]


def test_contents_name_the_pages_where_sections_begin() -> None:
    pdf = make_narrative(plans.wendlebury(), numbers=None)
    page = places(pdf)[f"section-{plans.SECOND}"]
    contents = next(text for text in texts(pdf) if "Contents" in text)
    line = next(line for line in contents.splitlines() if line.startswith("2. Children"))
    assert line.endswith(str(page + 1))
    assert texts(pdf)[page].count("2. Children’s and families’ experience") >= 1


def test_standalone_references_lead_to_the_evidence_index() -> None:
    pdf = make_narrative(plans.wendlebury(), numbers=None)
    assert not [address for address in addresses(pdf) if "sef.invalid" in address]
    where = places(pdf)
    index, first = where["evidence"], where[f"section-{plans.FIRST}"]
    assert jumps(pdf).count((first, index)) >= 5  # E1 p.3, E1 p.7, E1 p.9, E3, E4
    assert (where["actions"], first) in jumps(pdf)
    assert (index, first) in jumps(pdf)


def test_bound_references_carry_their_passage_and_claims_without_any_their_id() -> None:
    plan = plans.wendlebury()
    pdf = make_narrative(plan, numbers=NUMBERS)
    found = addresses(pdf)
    references = [each for claim in plan.claims.values() for each in claim.references]
    passages = [each.passage for each in references if not each.held]
    held = [each.passage for each in references if each.held]
    assert set(found) >= {f"https://sef.invalid/p/{passage}" for passage in passages}
    assert not set(found) & {f"https://sef.invalid/p/{passage}" for passage in held}
    assert [address for address in found if "/c/" in address] == [
        f"https://sef.invalid/c/{plans.GROWING}"
    ]
    rows = {address for address in found if "/e/" in address}
    assert rows == {f"https://sef.invalid/e/{item}" for item in NUMBERS.evidence}


def test_a_claim_that_rests_on_held_evidence_only_carries_its_id() -> None:
    proof = plans.reference(1, plans.CASES, "E3, held by the council", 2, held=True)
    known = {plans.TIMELY: plans.claim(plans.TIMELY, "impact", "So it is", plans.FIRST, proof)}
    text = said(Run("So it is", claim=plans.TIMELY))
    plan = plan_of(section(1, "Alone", text, claims=tuple(known)), claims=known)
    found = addresses(make_narrative(plan, numbers=NUMBERS))
    assert found == [f"https://sef.invalid/c/{plans.TIMELY}"]


def test_held_evidence_leads_to_its_row_in_both() -> None:
    for numbers in (None, NUMBERS):
        pdf = make_narrative(plans.wendlebury(), numbers=numbers)
        where = places(pdf)
        assert (where[f"section-{plans.FIRST}"], where["evidence"]) in jumps(pdf)
        assert "held by Wendlebury Council, not in this pack" in words(pdf)


def test_bound_index_prints_pack_pages_and_volumes() -> None:
    pdf = make_narrative(plans.wendlebury(), numbers=NUMBERS)
    index = texts(pdf)[places(pdf)["evidence"]]
    for number, page in (("E1", 12), ("E2", 25), ("E4", 30)):
        assert f"{page} {number}" in " ".join(index.split())
    volumes = replace(NUMBERS, volumes={plans.REPORT: 1, plans.SURVEY: 2, plans.BROKEN: 2})
    in_volumes = words(make_narrative(plans.wendlebury(), numbers=volumes))
    assert "Vol 2 p.25" in in_volumes
    assert "[E2 p.1, Vol 2 p.17]" in in_volumes


def test_page_numbers_are_left_to_the_binder_when_bound() -> None:
    alone = texts(make_narrative(plans.wendlebury(), numbers=None))
    bound = make_narrative(plans.wendlebury(), numbers=NUMBERS)
    assert alone[2].split()[-1] == "3"
    assert texts(bound)[2].split()[-1] != "3"
    assert front_pages(bound) == len(alone)


def test_kind_stands_in_words_once_after_a_claim_over_two_paragraphs() -> None:
    text = words(make_narrative(plans.wendlebury(), numbers=None))
    assert text.count("Voice 2.2") == 1
    assert "when the plan was written. Voice 2.2 [E2 p.2] It grew." in text
    assert "of children Strength 1.1 [E1 p.3; E1 p.7], up from" in text


def test_draft_stands_on_every_page_and_only_then() -> None:
    draft = texts(make_narrative(plans.wendlebury(), numbers=None))
    assert all("DRAFT" in page for page in draft)
    final = texts(make_narrative(plans.wendlebury(draft=False), numbers=None))
    assert not any("DRAFT" in page for page in final)


def test_what_is_to_mend_stands_in_a_draft_only() -> None:
    plan = plans.wendlebury()
    gone = "The words bound at E1 p.3 do not stand there."
    claims = plan.claims | {plans.TIMELY: replace(plan.claims[plans.TIMELY], problems=(gone,))}
    plan = replace(plan, claims=claims, problems=("E4 Broken is not bound. It is damaged.",))
    draft = words(make_narrative(plan, numbers=None))
    assert f"every month. To mend: Claim 1.1: {gone} Sign-off, valid" in draft
    assert "What is not right yet • E4 Broken is not bound. It is damaged. People" in draft
    final = words(make_narrative(replace(plan, draft=False), numbers=None))
    assert "To mend" not in final
    assert "not right" not in final


def test_bound_the_draft_mark_is_left_to_the_binder() -> None:
    cover, *others = texts(make_narrative(plans.wendlebury(), numbers=NUMBERS))
    assert "DRAFT" in cover
    assert not any("DRAFT" in page for page in others)


def test_a_short_reference_is_one_rectangle_wherever_its_line_ends() -> None:
    proved = {
        f"c{number:016}": plans.claim(
            f"c{number:016}",
            "impact",
            "x",
            plans.FIRST,
            plans.reference(1, plans.REPORT, "E1 p.3, qualifies", 3),
        )
        for number in range(60, 100)
    }
    lines = [said(Run("so " * (int(claim[1:]) // 3), claim=ClaimId(claim))) for claim in proved]
    plan = plan_of(section(1, "Alone", *lines), claims=proved)
    with pikepdf.open(io.BytesIO(make_narrative(plan, numbers=NUMBERS))) as opened:
        links = [
            note
            for page in opened.pages
            for note in page.get("/Annots", [])
            if "/p/" in str(note.get("/A", {}).get("/URI", ""))
        ]
        assert len(links) == len(proved)
        assert all(len(link.get("/QuadPoints", [])) <= 8 for link in links)


def test_state_of_sign_off_and_people_are_in_words() -> None:
    text = words(make_narrative(plans.wendlebury(), numbers=None))
    for said_so in (
        "1 of 3 sections signed off. The others: 1 ready for review, 1 drafting.",
        "Lapsed 2 August 2026 Changed since: the text",
        "Key a1b2 c3d4 e5f6 0718",
        "3f9a11c0" * 2,
        "Amber",
        "Blue",
    ):
        assert said_so in text


MARKUP = "#panic() = * _a_ $x$ @ref <lab> \\ `c` // /* x */ [a](b) ~ -- ' \" #[ ] {"


def test_what_people_wrote_is_never_markup() -> None:
    plan = plans.wendlebury()
    everywhere = plan_of(
        section(1, MARKUP, said(MARKUP), Opaque(MARKUP), owner=MARKUP),
        actions=(replace(plan.actions[0], text=MARKUP, measure=MARKUP, claims=()),),
        evidence=(replace(plan.evidence[0], title=MARKUP, used_by=()),),
        people=(replace(plan.people[0], name=MARKUP),),
        area=MARKUP,
    )
    shown = words(make_narrative(everywhere, numbers=None)).replace(" ", "")
    assert shown.count(MARKUP.replace(" ", "")) >= 6


def test_long_words_break_and_stay_whole_for_those_who_search() -> None:
    long = "abcdefghij" * 30
    table = Table(((Run("A"),), (Run("B"),)), (((Run(long),), (Run(long),)),))
    with_words = set_alone(said(long), table, Opaque(long))
    shown = "".join("".join(texts(with_words)).split())
    assert shown.count(long) == 4 or shown.count("abcdefghij") == 120
    with pikepdf.open(io.BytesIO(with_words)) as opened:
        assert "\u200b" not in "".join(texts(with_words))
        assert len(opened.pages) < 9


def test_a_table_of_many_columns_is_shown_in_parts_with_its_first_column() -> None:
    header = tuple((Run(f"H{column}"),) for column in range(40))
    row = tuple((Run("Name" if column == 0 else f"v{column}"),) for column in range(40))
    text = words(set_alone(Table(header, (row,))))
    assert all(text.count(f"v{column} ") == 1 for column in range(1, 39))
    assert text.count("Name") == 6
    assert "Columns 37 to 40 of 40, beside column 1" in text


def test_a_claim_in_the_repeated_column_is_not_repeated() -> None:
    claimed = (Run("claimed", claim=plans.TIMELY),)
    row = (claimed, *(((Run("v"),),) * 9), (Run("its end", claim=plans.TIMELY),))
    known = {plans.TIMELY: plans.wendlebury().claims[plans.TIMELY]}
    plan = plan_of(section(1, "T", Table(row, ()), claims=(plans.TIMELY,)), claims=known)
    text = words(make_narrative(plan, numbers=NUMBERS))
    assert text.count("claimed") == 2
    assert text.count("its end Strength 1.1 [E1 p.3; E1 p.7]") == 1


def test_a_claim_in_the_header_of_a_long_table_has_one_place() -> None:
    header = ((Run("claimed", claim=plans.TIMELY),), (Run("B"),))
    table = Table(header, tuple(((Run("a"),), (Run("b"),)) for _ in range(90)))
    known = {plans.TIMELY: plans.wendlebury().claims[plans.TIMELY]}
    plan = plan_of(section(1, "T", table, claims=(plans.TIMELY,)), claims=known)
    found = addresses(make_narrative(plan, numbers=NUMBERS))
    assert found == [
        f"https://sef.invalid/p/{each.passage}" for each in known[plans.TIMELY].references
    ]


def test_a_table_of_many_rows_repeats_its_header() -> None:
    rows = tuple(((Run(f"item {number}"),), (Run("x"),)) for number in range(300))
    pages = texts(set_alone(Table(((Run("Column"),), (Run("Other"),)), rows)))
    with_rows = [page for page in pages if "item " in page and "Alone" in page]
    assert len(with_rows) > 5
    assert all("Column" in page for page in with_rows)
    assert sum(page.count("item ") for page in with_rows) == 300


def test_headings_never_skip_a_level() -> None:
    pdf = set_alone(
        Heading(3, (Run("Deep"),)), Heading(1, (Run("Top"),)), Heading(6, (Run("Six"),))
    )
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        alone = next(item for item in outline.root if item.title == "1. Alone")
        assert [item.title for item in alone.children] == ["Deep", "Top"]
        assert [item.title for item in alone.children[1].children] == ["Six"]


def test_headings_and_titles_of_nothing_seen_are_no_headings() -> None:
    unseen = "\u200b \x07\ufeff"
    runs = (Run(unseen), Run("x", line_break=True))
    blocks = (Heading(1, runs), Heading(1, ()), said(Run(unseen, link="https://example.org")))
    plan = plan_of(section(0, unseen, *blocks))
    pdf = make_narrative(plan, numbers=None)
    assert "Untitled section" in words(pdf)
    assert not addresses(pdf)


def test_only_web_and_mail_and_known_places_are_links() -> None:
    runs = [
        Run("a", link="javascript:alert(1)"),
        Run("b", link="file:///c:/x"),
        Run("c", link="action:unknown"),
        Run("d", link="https://example.org/ü?q=<a b>"),
        Run("e", link="mailto:send@example.org"),
        Run("f", link="https://example.org/" + "x" * 9000),
        Run(" ", link="https://example.org/blank"),
    ]
    found = addresses(set_alone(said(*runs)))
    assert found == ["https://example.org/%C3%BC?q=%3Ca%20b%3E", "mailto:send@example.org"]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "chart.png"
    Image.new("RGB", (400, 3000), "#0E5560").save(path)
    return path


def test_pictures_have_their_words_and_fit_the_page(picture: Path) -> None:
    shown = said("See ", Run("A tall chart", picture="ab", width="90%"), " above")
    pdf = set_alone(shown, pictures={"ab": str(picture)})
    assert b"A tall chart" in _all_text_strings(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert sum(len(page.get_images()) for page in opened.pages) == 1
    assert front_pages(pdf) <= 8


def _all_text_strings(pdf: bytes) -> bytes:
    found: list[bytes] = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for each in opened.objects:
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each:
                found.append(str(each.Alt).encode())
    return b"\n".join(found)


def test_a_claim_that_is_or_ends_with_a_picture_keeps_its_references(picture: Path) -> None:
    proofs = [plans.reference(number, plans.REPORT, "E1 p.3", 3) for number in range(2)]
    known = {
        each: plans.claim(each, "impact", "", plans.FIRST, proof)
        for each, proof in zip(plans.CLAIMS, proofs, strict=False)
    }
    alone, last = (
        Run("A tall chart", picture="ab", width="10%", claim=claim) for claim in plans.CLAIMS[:2]
    )
    plan = plan_of(
        section(
            1,
            "Alone",
            Heading(1, (alone, Run("A heading"))),
            said(Run("So it is", claim=plans.CLAIMS[1]), last),
            claims=tuple(known),
        ),
        claims=known,
        pictures={"ab": str(picture)},
    )
    pdf = make_narrative(plan, numbers=NUMBERS)
    assert "Impact 1.1 [E1 p.3] A heading So it is Impact 1.2 [E1 p.3]" in words(pdf)
    assert addresses(pdf) == [f"https://sef.invalid/p/{proof.passage}" for proof in proofs]


def test_a_damaged_or_unknown_picture_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    blocks = said(Run("One", picture="ab"), Run("Two", picture="cd"))
    text = words(set_alone(blocks, pictures={"ab": str(tmp_path / "bad.png")}))
    assert "[Picture not shown: One]" in text
    assert "[Picture not shown: Two]" in text


def test_a_picture_gone_from_the_disk_is_the_worlds_fault(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="picture"):
        set_alone(said("x"), pictures={"ab": str(tmp_path / "gone.png")})


def test_lists_and_quotes_as_deep_as_can_be_pasted() -> None:
    inner: Block = said("core")
    for number in range(60):
        inner = ListBlock(bool(number % 2), ((said(f"n{number}"), inner),))
    for _ in range(60):
        inner = Quote((inner,))
    assert "core" in words(set_alone(inner))


def test_an_empty_plan_still_makes_pages() -> None:
    empty: PackPlan = plan_of()
    assert "no sections yet" in words(make_narrative(empty, numbers=None))


RUNS = st.lists(
    st.builds(
        Run,
        st.text(max_size=12),
        bold=st.booleans(),
        italic=st.booleans(),
        code=st.booleans(),
        link=st.sampled_from(["", "https://example.org", "evidence:x", "x"]),
        claim=st.sampled_from([None, plans.TIMELY, plans.WAITS]),
        picture=st.sampled_from(["", "", "", "ab"]),
        line_break=st.booleans(),
    ),
    max_size=4,
).map(tuple)
LEAVES = st.one_of(
    st.builds(Paragraph, RUNS),
    st.builds(Heading, st.integers(1, 6), RUNS),
    st.builds(
        Table,
        st.lists(RUNS, max_size=10).map(tuple),
        st.lists(st.lists(RUNS, max_size=3).map(tuple), max_size=3).map(tuple),
        st.lists(st.sampled_from(["", "left", "right", "center"]), max_size=4).map(tuple),
    ),
    st.just(Rule()),
    st.builds(Opaque, st.text(max_size=20)),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            ListBlock,
            st.booleans(),
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple),
            st.integers(0, 5),
        ),
    ),
    max_leaves=6,
)


@given(st.lists(BLOCKS, max_size=4))
@settings(max_examples=12, deadline=None)
def test_any_blocks_make_pages(blocks: list[Block]) -> None:
    plan = plan_of(
        section(1, "Any", *blocks, claims=(plans.TIMELY, plans.WAITS)),
        claims=plans.wendlebury().claims,
        evidence=plans.wendlebury().evidence,
        actions=plans.wendlebury().actions,
    )
    assert make_narrative(plan, numbers=None)
    assert make_narrative(plan, numbers=NUMBERS)
