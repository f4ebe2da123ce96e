from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sefwriter.model.differences import Difference, word_differences
from tests.model.text import trees

_words = st.lists(st.sampled_from(["the", "plan", "works", "well", ".", "\n", " ", " of "])).map(
    "".join
)


@trees.modest
@given(_words | st.text(max_size=30), _words | st.text(max_size=30))
def test_differences_join_to_both_texts(old: str, new: str) -> None:
    found = word_differences(old, new)
    assert "".join(part.text for part in found if part.kind != "added") == old
    assert "".join(part.text for part in found if part.kind != "taken-out") == new
    assert all(part.text for part in found)
    kinds = [part.kind for part in found]
    assert all(one != other for one, other in pairwise(kinds))


def test_a_changed_word_is_shown_whole() -> None:
    assert word_differences("All plans are late.", "All plans were late.") == (
        Difference("same", "All plans "),
        Difference("taken-out", "are"),
        Difference("added", "were"),
        Difference("same", " late."),
    )


def test_scraps_between_changes_are_not_shown_as_kept() -> None:
    found = word_differences(
        "Waiting times for the autism pathway fell.", "Children reach the speech service sooner."
    )
    assert [part.kind for part in found] == ["taken-out", "added", "same"]


def test_changes_in_two_paragraphs_stay_two() -> None:
    found = word_differences("Old one\nOld two", "New one\nNew two")
    assert [part.kind for part in found] == ["taken-out", "added", "same"] * 2


def test_equal_texts_are_one_stretch() -> None:
    assert word_differences("x y", "x y") == (Difference("same", "x y"),)
    assert word_differences("", "") == ()
