import time
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sefwriter.evidence.folding import fold
from sefwriter.evidence.passages import Located, QuoteNotFound, find_again, locate
from sefwriter.evidence.pdf import read_pdf
from sefwriter.evidence.reading import Limits
from tests.samples import samples

PAGE_ONE = (
    "Leaders measure the time-\nliness of plans each term. “Most” children wait, they\n"
    "say, and co\ufffeproduction is new. The number rose"
)
PAGE_TWO = "to 71 % in May. Children wait, too – far too long. Children wait, too."
PAGES = (PAGE_ONE, PAGE_TWO)

WORDS = st.text("abcdefghij", min_size=1, max_size=9)
SENTENCE = st.lists(WORDS, min_size=3, max_size=12).map(" ".join)


def test_a_quote_is_located_with_its_surroundings() -> None:
    assert locate("in May", PAGES) == Located(
        page=2,
        page_to=2,
        quote="in May",
        before="tion is new. The number rose to 71 %"[-32:],
        after=". Children wait, too – far too long."[:32],
        occurrences=1,
    )


@pytest.mark.parametrize(
    ("quote", "own"),
    [
        ("timeliness of plans", "timeliness of plans"),
        ("time-liness of plans", "time-liness of plans"),
        ("time-\nliness of plans", "time-liness of plans"),
        ("co-production is", "co-production is"),
        ("coproduction is", "coproduction is"),
        ('"Most" children', "“Most” children"),
        ("they say,   and", "they say, and"),
        ("too - far", "too – far"),
        ("  in May  ", "in May"),
        ("-\nliness", "liness"),
    ],
)
def test_kinds_of_hyphen_quote_and_space_make_no_difference(quote: str, own: str) -> None:
    assert locate(quote, PAGES).quote == own


def test_a_quote_may_run_over_a_page_end() -> None:
    found = locate("The number rose to 71 %", PAGES)
    assert (found.page, found.page_to) == (1, 2)
    assert found.quote == "The number rose to 71 %"
    assert locate("half a word", ["this is half a wo-", "rd broken"]).page_to == 2


def test_words_that_stand_more_than_once_say_so_and_can_be_chosen() -> None:
    first = locate("Children wait, too", PAGES)
    second = locate("Children wait, too", PAGES, occurrence=2)
    assert (first.occurrences, second.occurrences) == (2, 2)
    assert first.after.startswith("– far")
    assert second.after == "."
    with pytest.raises(QuoteNotFound, match="stand there 2 times"):
        locate("Children wait, too", PAGES, occurrence=3)


def test_a_page_may_be_named() -> None:
    assert locate("wait, t", PAGES, page=1).page == 1
    assert locate("wait, t", PAGES, page=2).occurrences == 2
    with pytest.raises(QuoteNotFound, match="not on page 1") as refusal:
        locate("to 71 % in May", PAGES, page=1)
    assert (refusal.value.page, refusal.value.nearest) == (2, "to 71 % in May.")


def test_the_nearest_words_are_named_whole() -> None:
    with pytest.raises(QuoteNotFound) as refusal:
        locate("the timelines of plan each ter", PAGES)
    assert refusal.value.page == 1
    assert refusal.value.nearest == "the time-liness of plans each term."


@pytest.mark.parametrize("quote", ["", "  ", "-", "\u00ad", "quantum chromodynamics"])
def test_what_is_nowhere_near_is_not_found(quote: str) -> None:
    with pytest.raises(QuoteNotFound):
        locate(quote, ["the partnership board met"])
    with pytest.raises(QuoteNotFound):
        locate(quote, [])


def test_a_short_page_is_not_taken_for_a_long_quote() -> None:
    with pytest.raises(QuoteNotFound) as refusal:
        locate("a quote that is very much longer than the page", ["page"])
    assert refusal.value.nearest == ""
    assert find_again("much longer than the page", "", "", 1, ["page"]).state == "gone"


def test_figures_are_not_mixed_up() -> None:
    with pytest.raises(QuoteNotFound):
        locate("pages 12", ["see pages 1-2"])


@pytest.mark.parametrize(
    ("pages", "state", "page"),
    [
        (PAGES, "found", 2),
        (("New cover", *PAGES), "moved", 3),
        ((PAGE_ONE, PAGE_TWO.replace("71 % in May", "72 % in June")), "changed", 2),
        ((PAGE_ONE, PAGE_TWO.replace("to 71 % in May", "")), "gone", 2),
        ((PAGE_ONE, "Nothing of it stands here now."), "gone", 2),
        ((), "gone", 2),
    ],
)
def test_a_passage_is_found_again(pages: tuple[str, ...], state: str, page: int) -> None:
    found = find_again("to 71 % in May", "The number rose", ". Children wait, too", 2, pages)
    assert (found.state, found.page) == (state, page)


def test_context_decides_between_equal_words() -> None:
    pages = ["Health: none seen. More.", "Care: none seen. Less.", "Health: none seen. More."]
    assert find_again("none seen", "Care:", ". Less", 1, pages).page == 2
    assert find_again("none seen", "Health:", ". More", 3, pages).state == "found"
    assert find_again("none seen", "Health:", ". More", 1, pages).state == "found"


def test_changed_words_are_told() -> None:
    found = find_again("the plan is late", "", "", 1, ["We know that the plans are late now."])
    assert (found.state, found.quote) == ("changed", "the plans are late")
    pages = ["In March 64 % of plans were finished in time."]
    found = find_again("71 %", "In May and in March", "of plans were finished", 1, pages)
    assert found.state == "gone", "one side alone is not enough"
    found = find_again("71 %", "and so it was: In March", "of plans were finished", 1, pages)
    assert found.state == "gone"
    pages = ["It says: in May and in March 64 % of plans were finished in time."]
    found = find_again("71 %", "in May and in March", "of plans were finished", 1, pages)
    assert (found.state, found.quote) == ("changed", "64 %")


def test_a_whole_page_needs_only_to_be_there() -> None:
    assert find_again("", "", "", 2, PAGES).state == "page-only"
    assert find_again("", "", "", 3, PAGES).state == "gone"


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.data())
@settings(max_examples=150)
def test_any_part_of_a_folded_page_is_located(pages: list[str], data: st.DataObject) -> None:
    folded = fold(data.draw(st.sampled_from(pages))).text
    start = data.draw(st.integers(0, len(folded)))
    quote = folded[start : data.draw(st.integers(start, len(folded)))]
    assume(quote.strip(" -"))
    found = locate(quote, pages)
    assert found.occurrences >= 1
    again = locate(found.quote, pages)
    assert again.occurrences >= 1


@given(st.lists(SENTENCE, min_size=2, max_size=5), st.data())
@settings(max_examples=150)
def test_line_ends_and_hyphens_put_in_anywhere_hide_nothing(
    sentences: list[str], data: st.DataObject
) -> None:
    quote = data.draw(st.sampled_from(sentences))
    page = ". ".join(sentences)
    breaks = data.draw(st.lists(st.integers(1, len(page) - 1), max_size=8, unique=True))
    mark = st.sampled_from(["-\n", "\ufffe", "\x02\n", "\u00ad\n", "\u00ad", "-\r\n"])
    broken = page
    for at in sorted(breaks, reverse=True):
        if page[at] == " ":
            broken = broken[:at] + "\n" + broken[at + 1 :]
        elif page[at - 1].isalpha() and page[at].isalpha():
            broken = broken[:at] + data.draw(mark) + broken[at:]
    found = locate(quote, [broken])
    assert found.quote == quote
    context = found.before, found.after
    assert find_again(found.quote, *context, 1, [broken]).state == "found"


@pytest.mark.real
def test_four_hundred_real_pages_are_searched_at_once() -> None:
    texts: list[str] = []
    for path in sorted((samples() / "reports").glob("*.pdf")):
        texts.extend(read_pdf(path, Limits(), lambda *_: None).facts.texts)
    pages = [f"{text}\npage {number}" for number, text in enumerate(texts * 5, 1)][:400]
    assert len(pages) == 400
    quote = " ".join(pages[390].split()[40:60])
    locate(quote, pages)
    begun = time.perf_counter()
    for page in range(380, 400):
        words = " ".join(pages[page].split()[20:40])
        assert locate(words, pages, page=page + 1).page == page + 1
    assert time.perf_counter() - begun < 1.0


@pytest.mark.real
def test_a_real_hyphen_at_a_line_end_is_found_either_way() -> None:
    (path,) = Path(samples() / "reports").glob("west sussex*.pdf")
    texts = read_pdf(path, Limits(), lambda *_: None).facts.texts
    either = [locate(quote, texts) for quote in ("pre-school children", "preschool children")]
    assert either[0].page == either[1].page
    assert either[0].quote == "pre-school children"
