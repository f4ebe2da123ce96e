import io
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader

from sefwriter.pack.dividers import divided, is_slip, make_dividers
from sefwriter.pack.narrative import Numbering
from sefwriter.pack.plan import PackPlan
from tests.pack import plans
from tests.pack.links import addresses


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def words(page: str) -> str:
    return " ".join(page.split())


def crowded(claims: int) -> PackPlan:
    plan = plans.wendlebury()
    known = dict(plan.claims)
    used = [f"c{number:016}" for number in range(claims)]
    for number, claim_id in enumerate(used):
        known[claim_id] = plans.claim(
            claim_id,
            "impact",
            f"Claim {number} " + "with many words and more of them " * 12,
            plans.SECOND,
            plans.reference(9, plans.SURVEY, "E2 p.2", 2),
        )
    evidence = tuple(
        replace(item, used_by=tuple(used)) if item.id == plans.SURVEY else item
        for item in plan.evidence
    )
    sections = tuple(
        replace(section, claims=tuple(used)) if section.id == plans.SECOND else section
        for section in plan.sections
    )
    return replace(plan, claims=known, evidence=evidence, sections=sections)


BOTTOM_MARGIN = 60  # points


def lowest_link(pdf: bytes) -> float:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return min(float(note.Rect[1]) for page in opened.pages for note in page.get("/Annots", []))


def test_one_page_each_in_order_and_none_for_restricted() -> None:
    plan = plans.wendlebury()
    pages = texts(make_dividers(plan, numbers=None))
    assert [item.number for item in divided(plan)] == ["E1", "E2", "E4"]
    assert len(pages) == 3
    for page, item in zip(pages, divided(plan), strict=True):
        assert item.number in page
        assert item.title in page
        assert item.sha256 in page
        assert item.file_name in page
    assert "Case audit" not in "".join(pages)


def test_the_claims_proved_are_listed_with_page_and_link() -> None:
    pdf = make_dividers(plans.wendlebury(), numbers=Numbering(claims={plans.TIMELY: 3}))
    first = texts(pdf)[0]
    assert "plans are now agreed within 20 weeks for 71 % of children" in first
    assert "E1 p.3; E1 p.7" in first
    assert "section 1, page 3" in first
    wanted = {f"https://sef.invalid/c/{claim}" for claim in (plans.TIMELY, plans.WAITS)}
    assert set(addresses(pdf, 0)) == wanted


def test_how_it_became_pages_and_what_needs_reading_is_said() -> None:
    _, survey, broken = texts(make_dividers(plans.wendlebury(), numbers=None))
    assert "made from the file by LibreOffice" in survey
    assert "No text on pages 3, 4: needs OCR." in survey
    assert "Slip sheet" in broken
    assert "This file is damaged" in broken
    assert "The original file is attached" in broken


@pytest.mark.parametrize(
    ("size", "said"),
    [(1, "is attached to this PDF"), (200 << 20, "too large to be attached"), (0, "")],
)
def test_a_slip_sheet_says_where_its_original_is(size: int, said: str) -> None:
    item = plans.evidence(plans.REPORT, "E1", "Report", bound=False, size=size)
    page = " ".join(texts(make_dividers(plans.plan_of(evidence=(item,)), numbers=None))[0].split())
    assert said in page
    assert ("original" in page) == bool(said)


@pytest.mark.parametrize("claims", [0, 1, 9, 60, 400])
def test_any_number_of_claims_keeps_one_page(claims: int) -> None:
    plan = crowded(claims)
    pages = texts(make_dividers(plan, numbers=None))
    assert len(pages) == 3
    assert lowest_link(make_dividers(plan, numbers=None)) > BOTTOM_MARGIN
    if claims >= 60:
        shown = pages[1].count("E2 p.2")
        assert 5 < shown < claims
        assert f"and {claims - shown} more, see the evidence index: 2." in words(pages[1])


@pytest.mark.parametrize("claims", [60, 400, 1500])
def test_no_claim_lacks_its_way_back(claims: int) -> None:
    plan = crowded(claims)
    pdf = make_dividers(plan, numbers=None)
    wanted = {f"https://sef.invalid/c/{claim}" for claim in plan.evidence[1].used_by}
    assert set(addresses(pdf, 1)) == wanted
    assert len(texts(pdf)) == 3
    assert lowest_link(pdf) > BOTTOM_MARGIN


def test_the_longest_facts_keep_one_page_and_room_for_claims() -> None:
    plan = crowded(60)
    long = replace(
        plan.evidence[1],
        number="E123bcdefghij",
        title="W" * 3000,
        kind="kind " * 200,
        owner="O" * 900,
        file_name="x" * 400 + ".pdf",
        reason="reason " * 300,
        no_text_pages=tuple(range(1, 400)),
    )
    plan = replace(plan, evidence=(long, replace(long, id="e" + "y" * 16, bound=False)))
    pages = texts(make_dividers(plan, numbers=None))
    assert len(pages) == 2
    assert all("Claim 0" in page for page in pages)


def test_file_is_tagged_titled_and_the_same_twice() -> None:
    plan = plans.wendlebury()
    pdf = make_dividers(plan, numbers=None)
    assert pdf == make_dividers(plan, numbers=None)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.Root.Lang) == "en-GB"


def test_no_evidence_to_divide_is_refused() -> None:
    with pytest.raises(ValueError, match="no evidence"):
        make_dividers(plans.plan_of(), numbers=None)


def test_slips_are_what_has_no_pages() -> None:
    item = plans.evidence(plans.REPORT, "E1", "Report")
    assert not is_slip(item)
    assert is_slip(replace(item, path=""))
    assert is_slip(replace(item, bound=False))
