import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sefwriter.model.ids import ClaimId
from sefwriter.model.text.blocks import Block, Opaque, Run
from sefwriter.model.text.claims import (
    QuoteNotFound,
    QuoteTaken,
    claim_spans,
    claim_words,
    doubled,
    in_the_way,
    mark_claim,
    mark_words,
    met,
    unmark_claim,
)
from sefwriter.model.text.normal import clean
from sefwriter.model.text.parse import blocks, parse
from sefwriter.model.text.plain import plain_text
from sefwriter.model.text.runs import plain
from sefwriter.model.text.serialise import serialise
from sefwriter.model.text.slots import slots, words_of
from tests.model.text import trees

A, B, NEW = ClaimId("ca"), ClaimId("cb"), ClaimId("cnew")


def test_spans_say_whose_words_stand_where() -> None:
    spans = claim_spans("[One **two**](claim:ca) x\n\n- [three](claim:ca) [four](claim:cb)")
    assert [(span.claim, span.block, span.words, span.group) for span in spans] == [
        (A, 0, "One two", 0),
        (A, 1, "three", 1),
        (B, 1, "four", 0),
    ]


def test_words_of_a_claim_over_two_paragraphs_join_with_a_space() -> None:
    markdown = "x [one\ntwo](claim:ca)\n\n[three](claim:ca) y"
    assert claim_words(markdown) == {A: "one two three"}
    assert doubled(markdown) == ()


@pytest.mark.parametrize(
    ("markdown", "twice"),
    [
        ("[a](claim:ca) [b](claim:ca)", False),
        ("[a](claim:ca) [x](claim:cb) [b](claim:ca)", False),
        ("[a](claim:ca)\n\n- [b](claim:ca)\n- [c](claim:ca)", False),
        ("[a](claim:ca) and [a](claim:ca)", True),
        ("[a](claim:ca)\n\nbetween\n\n[a](claim:ca)", True),
        ("[a](claim:ca) ![p](picture:ab) [a](claim:ca)", True),
        ("[a](claim:ca)\n\n<hr>\n\n[a](claim:ca)", True),
    ],
)
def test_a_claim_stands_twice_where_other_words_lie_between(markdown: str, twice: bool) -> None:
    assert doubled(markdown) == ((A,) if twice else ())


def test_links_and_measures_inside_a_claim_are_part_of_it() -> None:
    markdown = (
        '[In ](claim:ca)[71 %](measure:m1 "claim:ca")'
        '[ of ](claim:ca)[plans](https://a.b "claim:ca")'
    )
    assert claim_words(markdown) == {A: "In 71 % of plans"}
    assert len(claim_spans(markdown)) == 1
    assert serialise(blocks(markdown)) == markdown


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("[aa [bb](claim:cb) cc](claim:ca)", {A: "aa cc", B: "bb"}),
        ("[aa **[bb](claim:cb)** cc](claim:ca)", {A: "aa cc", B: "bb"}),
        ("[[aa](claim:ca) bb](claim:cb)", {A: "aa", B: "bb"}),
        ('[aa [b](https://x.y "claim:cb") cc](claim:ca)', {A: "aa cc", B: "b"}),
    ],
)
def test_claims_that_met_both_survive(markdown: str, words: dict[ClaimId, str]) -> None:
    assert claim_words(markdown) == words
    assert met(markdown) == (A, B)
    mended = serialise(blocks(markdown))
    assert claim_words(mended) == words
    assert met(mended) == ()
    assert doubled(markdown) == doubled(mended) == ()


def test_a_link_round_a_claim_and_in_one_is_both() -> None:
    for markdown in ("[a [b](claim:ca) c](https://x.y)", '[b](https://x.y "claim:ca")'):
        runs = [run for found in slots(blocks(markdown)[0]) for run in words_of(found)]
        assert Run("b", claim=A, link="https://x.y") in runs
        assert met(markdown) == ()


TEXT = (
    "# Knowing our area\n\n"
    "We  know *our* **children** well, as “plans” show –\nmostly.\n\n"
    "Second paragraph. Second time.\n\n"
    "- one thing\n- 71 [per](https://x.y) cent\n\n"
    "| head | two |\n|---|---|\n| cell one | plain |\n\n"
    "<div>not ours</div>\n"
)


@pytest.mark.parametrize(
    ("quote", "words", "count"),
    [
        ("know our children well", "know our children well", 1),
        ('as "plans" show - mostly.', "as “plans” show – mostly.", 1),
        ("WE KNOW", "We know", 1),
        ("71  per cent", "71 per cent", 1),
        ("cell one", "cell one", 1),
        ("mostly. Second paragraph.", "mostly. Second paragraph.", 2),
        ("time.\n\none thing 71 per", "time. one thing 71 per", 3),
        ("Knowing our area We", "Knowing our area We", 2),
        ("  plain ", "plain", 1),
    ],
)
def test_quoted_words_become_a_claim(quote: str, words: str, count: int) -> None:
    marked = mark_claim(TEXT, quote, NEW)
    assert claim_words(marked) == {NEW: words}
    assert len(claim_spans(marked)) == count
    assert doubled(marked) == ()
    assert plain_text(marked) == plain_text(TEXT)
    assert unmark_claim(marked, NEW).split() == serialise_touched(TEXT, marked).split()


def serialise_touched(before: str, after: str) -> str:
    """What unmarking must leave: the touched blocks in normal form, the others as they were."""
    touched = {span.block for span in claim_spans(after)}
    pieces = [
        serialise((found.block,)) if index in touched else before[found.start : found.end]
        for index, found in enumerate(parse(before))
    ]
    return "\n\n".join(pieces)


def test_only_touched_blocks_are_rewritten() -> None:
    marked = mark_claim(TEXT, "Second time", NEW)
    assert marked == TEXT.replace("Second time", "[Second time](claim:cnew)")


def test_case_counts_where_it_can_and_occurrences_are_counted() -> None:
    text = "Second. second. Second."
    assert mark_claim(text, "second", NEW) == "Second. [second](claim:cnew). Second."
    assert mark_claim(text, "Second", NEW, 2) == "Second. second. [Second](claim:cnew)."
    for occurrence in (0, 3):
        with pytest.raises(QuoteNotFound):
            mark_claim(text, "Second", NEW, occurrence)


def test_words_that_are_not_there_name_the_nearest() -> None:
    with pytest.raises(QuoteNotFound) as caught:
        mark_claim(TEXT, "We knew our children very well, as plans showed", NEW)
    assert caught.value.nearest == "We  know our children well, as “plans” show – mostly."
    for quote in ("xqz", "", " ", "not ours"):
        with pytest.raises(QuoteNotFound):
            mark_claim(TEXT, quote, NEW)


def test_a_quote_does_not_run_over_what_can_not_be_marked() -> None:
    for markdown in ("one\n\n<hr>\n\ntwo", "- one\n\n        code\n- two"):
        with pytest.raises(QuoteNotFound):
            mark_claim(markdown, "one two", NEW)


def test_words_of_another_claim_are_taken() -> None:
    text = "one [two three](claim:ca) four"
    for quote in ("three four", "one two", "two", "one two three four"):
        with pytest.raises(QuoteTaken) as caught:
            mark_claim(text, quote, NEW)
        assert caught.value.claim == A
    assert mark_claim(text, "four", NEW) == text.replace("four", "[four](claim:cnew)")


def test_words_are_marked_by_their_place_in_a_block() -> None:
    text = "a **bc** d\n\n| x | y |\n|---|---|\n| one | two |"
    assert mark_words(text, 0, 0, 4, NEW) == text.replace("a **bc**", "[a **bc**](claim:cnew)")
    assert claim_words(mark_words(text, 1, 4, 11, NEW)) == {NEW: "one two"}
    with pytest.raises(QuoteNotFound):
        mark_words(text, 0, 1, 2, NEW)
    with pytest.raises(IndexError):
        mark_words(text, 7, 0, 1, NEW)


def test_unmarking_an_unknown_claim_changes_nothing() -> None:
    assert unmark_claim(TEXT, NEW) == TEXT


@trees.modest
@given(trees.trees, st.data())
def test_marking_and_unmarking_keeps_words_and_other_claims(
    tree: tuple[Block, ...], data: st.DataObject
) -> None:
    markdown = serialise(tree)
    places = [index for index, block in enumerate(tree) if plain_text((block,)).strip()]
    assume(places)
    index = data.draw(st.sampled_from(places))
    words = plain_text((tree[index],))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    before = claim_spans(markdown)
    try:
        marked = mark_words(markdown, index, start, end, NEW)
    except (QuoteNotFound, QuoteTaken):
        return
    assert plain_text(marked) == plain_text(markdown)
    assert [span.words for span in claim_spans(marked) if span.claim != NEW] == [
        span.words for span in before
    ]
    assert claim_words(marked)[NEW] == " ".join(words[start:end].split())
    assert unmark_claim(marked, NEW) == markdown


@trees.modest
@given(trees.markdownish.map(clean), st.data())
def test_any_words_of_a_section_can_be_quoted(markdown: str, data: st.DataObject) -> None:
    ours = [slot for block in blocks(markdown) for slot in slots(block)]
    words = [
        word
        for slot in ours
        if not isinstance(slot, Opaque)
        for word in plain(slot).split()
        if word.isalnum()
    ]
    assume(words)
    quote = data.draw(st.sampled_from(words))
    try:
        marked = mark_claim(markdown, quote, NEW)
    except QuoteTaken:
        return
    assert claim_words(marked)[NEW].casefold() == quote.casefold()
    assert plain_text(unmark_claim(marked, NEW)) == plain_text(markdown)


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("Waits are <b>long</b> in the north.", "waits are long", True),
        ("Waits are <b>long</b> in the north.", "Waits  are", True),
        ("Waits are long.\n\n<div>Plans</div>\n", "Plans", True),
        ("Waits are long.\n\n<div>Plans</div>\n", "Waits", False),
        ("Waits are long.", "Plans", False),
    ],
)
def test_words_in_what_is_kept_as_it_is(text: str, quote: str, found: bool) -> None:
    assert in_the_way(text, quote) is found
