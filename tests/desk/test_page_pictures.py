import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sefwriter.desk.page_pictures import (
    Cut,
    PagePictures,
    PageWords,
    Picture,
    chosen_quote,
    pages_with,
    passage_place,
    sentence_around,
    words_like,
)
from tests.evidence import made_files

Calls = queue.Queue[Callable[[], None]]


@pytest.fixture
def calls() -> Calls:
    return queue.Queue()


@pytest.fixture
def pictures(calls: Calls) -> Iterator[PagePictures]:
    made = PagePictures(calls.put)
    yield made
    made.close()


def test_wishes_are_granted_in_their_order(
    pictures: PagePictures, calls: Calls, tmp_path: Path
) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(made_files.pdf("one", "two"))
    got: list[object] = []
    pictures.want(pdf, [Cut(1, 1.0, 0, 0, 50, 50), 2, 9], lambda _, __, what: got.append(what))
    for _ in range(3):
        calls.get(timeout=20)()
    picture, words, fault = got
    assert isinstance(picture, Picture)
    assert isinstance(words, PageWords)
    assert words.words == ("two",)
    assert "can't be drawn" in str(fault)


def test_only_the_newest_wishes_are_granted(
    pictures: PagePictures, calls: Calls, tmp_path: Path
) -> None:
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(made_files.pdf(*(f"page {at}" for at in range(1, 60))))
    got: list[object] = []
    granted: Callable[..., None] = lambda _, wish, __: got.append(wish)  # noqa: E731
    pictures.want(pdf, list(range(1, 50)), granted)
    calls.get(timeout=20)()
    pictures.want(pdf, [57, 58], granted)
    while got[-1] != 58:
        calls.get(timeout=20)()
    assert got[-2:] == [57, 58]
    assert len(got) < 49


def test_nothing_is_delivered_after_closing(calls: Calls, tmp_path: Path) -> None:
    pictures = PagePictures(calls.put)
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(made_files.pdf("one"))
    pictures.want(pdf, [1], lambda *_: None)
    pictures.close()
    pictures.want(pdf, [1], lambda *_: None)
    assert calls.empty() or calls.get()


def test_a_choice_of_words_is_a_quote_with_its_place() -> None:
    words = ["North:", "68", "weeks", "South:", "68", "weeks", "East:", "6", "weeks"]
    assert chosen_quote(words, 1, 2) == ("68 weeks", 1)
    assert chosen_quote(words, 4, 5) == ("68 weeks", 2)
    assert chosen_quote(words, 0, 0) == ("North:", 1)


def test_a_sentence_is_chosen_round_a_word() -> None:
    words = ["One", "thing.", "Two", "things", "are", "here.", "Three"]
    assert [sentence_around(words, at) for at in (0, 3, 6)] == [(0, 1), (2, 5), (6, 6)]


def test_a_passage_is_placed_by_what_stands_before_it() -> None:
    words = ["North:", "68", "weeks", "South:", "68", "weeks"]
    assert passage_place(words, "68 weeks", "North: 68 weeks South:") == (4, 5)
    assert passage_place(words, "68 weeks", "North:") == (1, 2)
    assert passage_place(words, "70 weeks", "") is None


def test_a_passage_over_a_page_end_is_placed_on_both() -> None:
    quote = "the gap has narrowed by five weeks"
    first, second = (
        ["Since", "March", "the", "gap", "has"],
        ["narrowed", "by", "five", "weeks", "since"],
    )
    assert passage_place(first, quote, "", part="begins") == (2, 4)
    assert passage_place(second, quote, "", part="ends") == (0, 3)
    assert passage_place(first, quote, "") is None


def test_pages_with_words_are_counted_in_any_case() -> None:
    assert pages_with(("Wait and wait", "", "a long-\nwait"), "WAIT") == ((1, 2), (3, 1))
    assert pages_with(("Wait",), " ") == ()


def test_words_like_those_looked_for_are_marked() -> None:
    words = ["Plans", "(plan)", "explain", "a", "waits"]
    assert words_like(words, ["plan", "wait", "a"]) == [(0, 0), (1, 1), (4, 4)]
    assert words_like(words, []) == []
    assert words_like(["2026", "20%", "(20"], ["20"]) == [(1, 1), (2, 2)]
