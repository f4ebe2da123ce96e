import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sefwriter.model.text.splices import Splice, apply, splices
from tests.model.text import trees

_words = st.lists(
    st.sampled_from(["the", "plan", "a", ".", "\n", "\n\n", " ", "  ", "é\U0001f600"])
)
_texts = st.one_of(_words.map("".join), st.text(max_size=40), trees.markdownish)


@trees.modest
@given(_texts, _texts)
def test_splices_lead_from_old_to_new(old: str, new: str) -> None:
    found = splices(old, new)
    assert apply(old, found) == new
    assert all(splice.cut or splice.insert for splice in found)
    ends = [splice.position + splice.cut for splice in found]
    starts = [splice.position for splice in found]
    assert all(end <= start for start, end in zip(starts, ends[1:], strict=False))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b c", "a b c", ()),
        ("a b c", "a new b c", (Splice(2, 0, "new "),)),
        ("a b c", "a c", (Splice(2, 2, ""),)),
        ("one. two", "one more. two again", (Splice(8, 0, " again"), Splice(3, 0, " more"))),
        ("unacceptable", "acceptable", (Splice(0, 12, "acceptable"),)),
        ("", "x", (Splice(0, 0, "x"),)),
        ("x\n\ny", "", (Splice(0, 4, ""),)),
    ],
)
def test_whole_words_are_spliced_and_no_more(
    old: str, new: str, expected: tuple[Splice, ...]
) -> None:
    assert splices(old, new) == expected


def test_replacing_a_word_everywhere_leaves_the_other_words_alone() -> None:
    old = "\n\n".join(f"Paragraph {n} of children in the area and the plan." for n in range(900))
    started = time.perf_counter()
    found = splices(old, old.replace("children", "young people"))
    assert time.perf_counter() - started < 5
    assert len(found) == 900
    assert {splice.cut for splice in found} == {len("children")}


def test_a_long_text_without_lines_takes_no_time_to_speak_of() -> None:
    old = " ".join(f"w{n * n % 9973} the of" for n in range(10_000))
    new = old.replace("w4 ", "").replace(" w9 ", " w9 new ")
    started = time.perf_counter()
    found = splices(old, new)
    assert time.perf_counter() - started < 5
    assert apply(old, found) == new
    assert max(splice.cut for splice in found) < 200


def test_a_table_brought_up_to_date_keeps_its_signs() -> None:
    rows = [[f"| n{r} | {r * 7 + c}.{c} |" for c in range(8)] for r in range(60)]
    old = "\n".join(" ".join(row) for row in rows)
    new = old.replace(".", ".9")
    started = time.perf_counter()
    found = splices(old, new)
    assert time.perf_counter() - started < 5
    assert apply(old, found) == new
    assert all("|" not in splice.insert for splice in found)


def test_a_splice_outside_the_text_is_refused() -> None:
    for splice in (Splice(4, 0, "x"), Splice(2, 2, ""), Splice(-1, 1, ""), Splice(1, -1, "")):
        with pytest.raises(ValueError, match="does not lie"):
            apply("abc", (splice,))
