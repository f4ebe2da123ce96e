from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.model.text.rebase import rebase

words = st.lists(
    st.sampled_from(["we", "wait", "for", "help", "now", "😀", "café", "."]), max_size=12
)
fresh = st.integers(0, 12)


def put(base: list[str], place: int, word: str) -> list[str]:
    return [*base[:place], word, *base[place:]]


@settings(max_examples=200)
@given(words, fresh, fresh)
def test_words_that_both_put_in_survive(base: list[str], mine: int, theirs: int) -> None:
    merged = rebase(
        " ".join(base), " ".join(put(base, mine, "MINE")), " ".join(put(base, theirs, "THEIRS"))
    )
    assert merged.count("MINE") == 1
    assert merged.count("THEIRS") == 1
    rest = merged.replace("MINE", " ").replace("THEIRS", " ").split()
    assert rest == base


@settings(max_examples=200)
@given(words, words, words)
def test_with_one_side_still_the_other_side_is_the_result(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    one, two, three = " ".join(base), " ".join(mine), " ".join(theirs)
    assert rebase(one, two, one) == two
    assert rebase(one, one, three) == three
    assert rebase(one, two, two) == two


@settings(max_examples=200)
@given(words, words, words)
def test_no_character_comes_from_nowhere(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    merged = rebase(" ".join(base), " ".join(mine), " ".join(theirs))
    assert set(merged) <= set(" ".join([*base, *mine, *theirs, ""]) + " ")


def test_what_one_took_out_is_gone_and_what_the_other_put_inside_it_stays() -> None:
    assert rebase("One two three four.", "One four.", "One two NEW three four.") == "One NEW four."


def test_both_replaced_one_word() -> None:
    assert rebase("71 weeks", "68 weeks", "70 weeks") == "7068 weeks"


def test_the_same_change_made_by_both_is_made_once() -> None:
    assert rebase("We wait.", "We do wait.", "We do wait. Long.") == "We do wait. Long."
