from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.model.ids import ActionId
from sefwriter.model.planning import (
    actions_with,
    date_from_words,
    is_late,
    long_date,
    measure_words,
    short_date,
)
from sefwriter.model.sef import Action

ACTION = Action(ActionId("a1"), "A7", "Fill the posts", owner="ICB", due="2026-10-31")


@pytest.mark.parametrize(
    "words",
    [
        "31 January 2027",
        "31 jan 27",
        " 31st  Jan. 2027 ",
        "31/1/27",
        "31.01.2027",
        "31-1-2027",
        "2027-01-31",
        "2027-1-31",
    ],
)
def test_a_date_as_people_write_it(words: str) -> None:
    assert date_from_words(words) == "2027-01-31"


@pytest.mark.parametrize("words", ["31 Feb 27", "soon", "1/31/27", "31 ju 27", "31 Jan", "2027"])
def test_what_is_no_date(words: str) -> None:
    assert date_from_words(words) is None


def test_no_words_are_no_date_on_purpose() -> None:
    assert date_from_words("  ") == ""


@settings(max_examples=200)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_said_in_full_is_the_date_again(day: date) -> None:
    assert date_from_words(long_date(day.isoformat())) == day.isoformat()


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_any_words_are_a_date_or_none(words: str) -> None:
    found = date_from_words(words)
    assert not found or date.fromisoformat(found)


def test_dates_in_words() -> None:
    assert (long_date("2027-01-05"), short_date("2027-01-05")) == ("5 January 2027", "Jan 27")
    assert (long_date("spring"), short_date("")) == ("spring", "")


def test_late_is_due_before_today_and_not_done() -> None:
    assert is_late(ACTION, "2026-11-01")
    assert not is_late(ACTION, "2026-10-31")
    assert not is_late(replace(ACTION, status="embedded"), "2026-11-01")
    assert not is_late(replace(ACTION, due=""), "2026-11-01")


def test_a_measure_in_words() -> None:
    assert measure_words(replace(ACTION, baseline="81", target="40")) == "81 → 40"
    assert measure_words(replace(ACTION, target="40")) == "to 40"
    assert measure_words(replace(ACTION, measure="waits")) == "waits"
    assert measure_words(ACTION) == ""


def test_a_filter_takes_every_word_wherever_it_stands() -> None:
    other = replace(ACTION, id=ActionId("a2"), number="A8", owner="SEND lead")
    assert actions_with((ACTION, other), "posts icb") == (ACTION,)
    assert actions_with((ACTION, other), "not started") == (ACTION, other)
    assert actions_with((ACTION, other), "A8") == (other,)
