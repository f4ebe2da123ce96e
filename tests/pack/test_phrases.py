from dataclasses import replace

import pytest

from sefwriter.pack.phrases import (
    plain_date,
    section_title,
    shortened,
    sign_off_line,
    standing,
    where_it_is,
)
from sefwriter.pack.plan import PlanSignOff
from tests.pack import plans

SIGNED = PlanSignOff(
    "R. Viewer", "ICB", "reviewer", "lapsed", "A fair account.", "2026-09-21", "", "", ("the text",)
)


def test_a_date_reads_alike_everywhere_and_other_words_stay() -> None:
    assert plain_date("2026-09-03") == "3 September 2026"
    assert plain_date("spring") == "spring"
    assert plain_date("2026-02-30") == "2026-02-30"
    assert plain_date("0000-01-01") == "0000-01-01"


def test_how_far_sign_off_has_come() -> None:
    first, second = plans.section(1, "One", status="signed-off"), plans.section(2, "Two")
    assert standing(plans.plan_of()) == ["This self-evaluation has no sections yet."]
    assert standing(plans.plan_of(first)) == ["It is signed off."]
    assert standing(plans.plan_of(first, second)) == [
        "1 of 2 sections signed off.",
        "The others: 1 drafting.",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "In the bound pack"),
        ({"reason": "It was mended."}, "It was mended."),
        ({"bound": False, "reason": "It is empty."}, "Not bound: It is empty."),
        ({"evidence_class": "restricted"}, "Held by Wendlebury Council, not in this pack"),
    ],
)
def test_where_an_item_is(fields: dict[str, object], said: str) -> None:
    assert where_it_is(plans.evidence(plans.REPORT, "E1", "Report", **fields)) == said


def test_a_section_without_a_title_still_has_a_heading() -> None:
    assert section_title(plans.section(3, "Three")) == "3. Three"
    assert section_title(plans.section(3, " \u200b")) == "3. Untitled section"
    assert section_title(plans.section(0, "Foreword")) == "Foreword"


def test_a_sign_off_says_who_when_and_what_was_changed_since() -> None:
    assert sign_off_line(SIGNED) == (
        "Sign-off, lapsed: R. Viewer, ICB (reviewer), 21 September 2026. “A fair account.” "
        "Changed since: the text."
    )
    agreed = replace(SIGNED, role="health", state="valid", when="", statement="", differs=())
    assert sign_off_line(agreed) == "Agreement, valid: R. Viewer, ICB (health)."


def test_words_are_cut_between_words() -> None:
    assert shortened("one  two\nthree", 13) == "one two three"
    assert shortened("one two three", 12) == "one two…"
