from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.model.numbers import labels, next_number


def test_twins_become_b_and_c_for_good() -> None:
    assert labels("E", [1, 2, 2, 3, 2]) == ("E1", "E2", "E2b", "E3", "E2c")
    many = labels("A", [7] * 30)
    assert many[0] == "A7"
    assert many[24:28] == ("A7y", "A7z", "A7bb", "A7bc")


def test_the_next_number_is_one_more_than_the_highest() -> None:
    assert next_number([]) == 1
    assert next_number(["E1", "E13b", "E4"]) == 14
    assert next_number(["something else", "E2"]) == 3


@settings(max_examples=100)
@given(st.lists(st.integers(1, 4), max_size=120))
def test_labels_are_never_doubled_and_earlier_ones_never_change(minted: list[int]) -> None:
    found = labels("E", minted)
    assert len(set(found)) == len(found)
    for end in range(len(minted)):
        assert labels("E", minted[:end]) == found[:end]
    assert next_number(found) == max(minted, default=0) + 1
