from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Object

from sefwriter.pack.bind.sheet import mend, sheet


@pytest.mark.parametrize(
    ("turn", "bottom_left", "top_left"),
    [
        (0, (10, 20), (10, 820)),
        (90, (610, 20), (10, 20)),
        (180, (610, 820), (610, 20)),
        (270, (10, 820), (610, 820)),
        (-90, (10, 820), (610, 820)),
        (450, (610, 20), (10, 20)),
    ],
)
def test_corners_follow_the_rotation(
    turn: int, bottom_left: tuple[int, int], top_left: tuple[int, int]
) -> None:
    shown = sheet(Dictionary(MediaBox=[10, 20, 610, 820], Rotate=turn))
    assert shown.at(0, 0) == bottom_left
    assert shown.top_left == top_left
    assert shown.size == ((800, 600) if turn % 180 else (600, 800))


def test_only_the_crop_box_within_the_media_box_is_shown() -> None:
    page = Dictionary(MediaBox=[0, 0, 600, 800], CropBox=[900, 50, 100, -50], UserUnit=Decimal("2"))
    assert sheet(page).box == (100, 0, 600, 50)
    assert sheet(page).unit == 2


NONSENSE = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.just(Name.Foo),
    st.lists(st.one_of(st.integers(-1000, 1000), st.just(Name.Foo)), max_size=5).map(Array),
)


@given(
    st.fixed_dictionaries(dict.fromkeys(("MediaBox", "CropBox", "Rotate", "UserUnit"), NONSENSE))
)
def test_nonsense_gives_some_page_with_a_size(entries: dict[str, Object | None]) -> None:
    page = Dictionary()
    for key, value in entries.items():
        if value is not None:
            page[f"/{key}"] = value
    mend(page)
    assert len(page.MediaBox) == 4
    shown = sheet(page)
    assert min(shown.size) >= 1
    assert shown.turn in {0, 90, 180, 270}
    assert shown.unit > 0
