import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.model.order import between, place_after, settled


@settings(max_examples=100)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_a_place_can_always_be_made_between_two_others(spots: list[float]) -> None:
    places: list[str] = []
    for spot in spots:
        index = round(spot * len(places))
        before = places[index - 1] if index else ""
        after = places[index] if index < len(places) else ""
        made = between(before, after)
        assert before < made
        assert not after or made < after
        places.insert(index, made)
    assert places == sorted(places)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("end", ["first", "last", "middle"])
def test_places_at_one_spot_for_ever_stay_short(end: str) -> None:
    low, high = between("", ""), ""
    if end != "last":
        high = between(low, "")
    made = low
    for _ in range(300):
        made = between("" if end == "first" else low, "" if end == "last" else high)
        if end == "first":
            high = made
        else:
            low = made
    assert len(made) < 400


def test_two_laptops_make_different_places_at_one_spot() -> None:
    assert len({between("a1", "b1") for _ in range(50)}) > 45


@pytest.mark.parametrize(("before", "after"), [("b", "a"), ("a", "a"), ("ab", "a")])
def test_there_is_no_place_where_the_order_is_wrong(before: str, after: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        between(before, after)


def test_a_place_is_made_among_places_that_are_alike_or_forged() -> None:
    places = [settled(place) for place in ("ééz", "m000", "m", "", "0000", "q")]
    assert places == ["z", "m", "m", "", "", "q"]
    made = place_after("m", places)
    assert "m" < made < "q"
    assert place_after("z", places) > "z"
