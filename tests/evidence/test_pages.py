import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.evidence.pages import Cut, PageReader, PageWords, Picture, page_words, places_of
from sefwriter.store.faults import WorldError
from tests.evidence import made_files
from tests.samples import samples


def kept(folder: Path, data: bytes, name: str = "a.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def ink(picture: Picture) -> int:
    """How many pixels aren't white."""
    blue = picture.data[0::4]
    return sum(value < 200 for value in blue)


def test_words_come_in_reading_order_with_their_boxes(tmp_path: Path) -> None:
    found = page_words(kept(tmp_path, made_files.pdf("one two\nthree")), 1)
    assert found.words == ("one", "two", "three")
    (left, top, right, bottom), second, third = found.boxes
    assert (left, top, bottom) == (
        pytest.approx(40, abs=1),
        pytest.approx(46, abs=1),
        pytest.approx(58, abs=1),
    )
    assert left < right < second[0]
    assert third[1] > top


def test_a_turned_page_gives_boxes_as_it_is_seen(tmp_path: Path) -> None:
    upright = page_words(kept(tmp_path, made_files.pdf("one")), 1).boxes[0]
    turned = page_words(kept(tmp_path, made_files.pdf("one", rotate=90), "b.pdf"), 1).boxes[0]
    # Turned clockwise, what was the left edge is the top: y is where x was.
    assert turned[1] == pytest.approx(upright[0], abs=0.1)
    assert turned[2] == pytest.approx(842 - upright[1], abs=0.1)


def test_parts_of_a_page_are_the_page(tmp_path: Path) -> None:
    path = kept(tmp_path, made_files.pdf("one two three four five six seven"))
    with PageReader() as reader:
        whole = reader.draw(path, Cut(1, 2.0, 0, 0, 1190, 1684))
        left = reader.draw(path, Cut(1, 2.0, 0, 0, 200, 1684))
        right = reader.draw(path, Cut(1, 2.0, 200, 0, 990, 1684))
        assert ink(whole) == ink(left) + ink(right) > 500
        assert (left.width, len(left.data)) == (200, 200 * 1684 * 4)
        assert reader.words(path, 1).words[-1] == "seven"


def hang(pdf: Path, cut: Cut) -> Picture:
    del pdf, cut
    time.sleep(60)
    raise AssertionError


def die(pdf: Path, cut: Cut) -> Picture:
    del pdf, cut
    os._exit(3)


@pytest.mark.parametrize(("work", "says"), [(hang, "took too long"), (die, "damaged")])
def test_a_worker_that_hangs_or_dies_is_told_and_the_next_page_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: object, says: str
) -> None:
    path = kept(tmp_path, made_files.pdf("one"))
    with PageReader(seconds=1.0) as reader:
        with monkeypatch.context() as patched:
            patched.setattr("sefwriter.evidence.pages.draw_cut", work)
            with pytest.raises(WorldError, match=says):
                reader.draw(path, Cut(1, 1.0, 0, 0, 10, 10))
        assert reader.words(path, 1) == PageWords(("one",), reader.words(path, 1).boxes)


def test_a_file_that_is_gone_or_broken_is_told(tmp_path: Path) -> None:
    with PageReader() as reader:
        with pytest.raises(WorldError, match="not on this laptop"):
            reader.words(tmp_path / "gone.pdf", 1)
        with pytest.raises(WorldError, match="damaged"):
            reader.words(kept(tmp_path, b"%PDF-1.7 no more"), 1)
        with pytest.raises(WorldError, match="damaged"):
            reader.words(kept(tmp_path, made_files.pdf("one"), "b.pdf"), 2)


def test_places_are_found_as_passages_are() -> None:
    words = ["The", "co-", "production", "of", "“plans”", "–", "co-production", "of", "plans"]
    assert places_of(words, "coproduction of") == [(1, 3), (6, 7)]
    assert places_of(words, '"plans" -') == [(4, 5)]
    assert places_of(words, "PLANS") == []
    assert places_of(words, "PLANS", any_case=True) == [(4, 4), (8, 8)]
    assert places_of(words, "  ") == []
    assert places_of([], "plans") == []


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("abcé-İ“'", min_size=1, max_size=6), min_size=1, max_size=30), st.data())
def test_words_of_a_page_are_found_among_themselves(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = " ".join(words[first : last + 1])
    for any_case in (False, True):
        for start, end in places_of(words, quote, any_case=any_case):
            assert 0 <= start <= end < len(words)


@pytest.mark.real
def test_real_reports_give_every_word_a_box_on_its_page() -> None:
    for path in sorted((samples() / "reports").glob("*.pdf"))[:3]:
        found = page_words(path, 3)
        assert len(found.words) == len(found.boxes) > 100
        assert all(0 <= box[0] < box[2] <= 600 for box in found.boxes)
        assert all(0 <= box[1] < box[3] <= 850 for box in found.boxes)


@pytest.mark.real
def test_odd_pdfs_give_words_and_pictures() -> None:
    with PageReader() as reader:
        for path in sorted((samples() / "odd_pdfs").glob("*.pdf")):
            found = reader.words(path, 1)
            assert len(found.words) == len(found.boxes)
            assert len(reader.draw(path, Cut(1, 1.0, 0, 0, 300, 300)).data) == 360_000
