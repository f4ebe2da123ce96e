import pytest
from hypothesis import given
from hypothesis import strategies as st

from sefwriter.model.ids import ClaimId
from sefwriter.model.text.claims import mark_claim
from sefwriter.model.text.sentences import sentences, touched
from tests.model.text import trees

TEXT = "We know our children. We act early!\n\n- It works. Does it?\n- Yes\n"


def test_sentences_end_with_stops_quotes_and_lines() -> None:
    assert sentences("A b. “C d.” (E!) 3.5 % f\nG h") == [
        "A b.",
        "“C d.”",
        "(E!)",
        "3.5 % f",
        "G h",
    ]
    assert sentences(" \n ") == []


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        (TEXT, TEXT, 0),
        (TEXT, TEXT.replace("early! ", "early! New one. ").replace("early!", "early! New."), 0),
        (TEXT, "New first. " + TEXT + "- new last", 0),
        (TEXT, TEXT.replace("act", "**act**"), 0),
        (TEXT, TEXT.replace("We act early!\n", "We act\nearly!\n"), 0),
        (TEXT, TEXT.replace("act", "will act"), 1),
        (TEXT, TEXT.replace("It works. ", ""), 1),
        (TEXT, TEXT.replace("children. We", "children, and we"), 2),
        ("One. Two. Three.", "Three. One. Two.", 1),
        ("", "All new.", 0),
        ("All old.", "", 1),
    ],
)
def test_an_edit_touches_the_sentences_it_replaced(before: str, after: str, count: int) -> None:
    assert len(touched(before, after)) == count


def test_hashes_are_pinned() -> None:
    # Other laptops compare these: a change needs another TOUCHED_VERSION.
    assert touched("We know  our\nchildren. Yes.", "Yes.") == ("d3d89734ce1e",)


def test_two_people_in_one_sentence_share_a_hash_in_two_they_do_not() -> None:
    mine = touched(TEXT, TEXT.replace("know", "knew"))
    theirs = touched(TEXT, TEXT.replace("our children", "all children"))
    others = touched(TEXT, TEXT.replace("act", "acted"))
    assert set(mine) & set(theirs)
    assert not set(mine) & set(others)


def test_marking_a_claim_touches_nothing() -> None:
    assert touched(TEXT, mark_claim(TEXT, "children. We act", ClaimId("ca"))) == ()


@trees.modest
@given(st.lists(st.sampled_from(["One.", "Two!", "Three", "4?"]), max_size=6))
def test_no_letter_of_a_sentence_is_lost(parts: list[str]) -> None:
    text = " ".join(parts)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
