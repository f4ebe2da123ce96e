import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.evidence.folding import fold

ODD = st.text(
    st.one_of(
        st.sampled_from("ab1 -\n\t–\u00ad\ufffe\x02\u200b’“e\u0301ﬁ½\u00a0_´`ᄀ\u1161\x1f"),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("time-\nliness", "timeliness"),
        ("time\ufffeliness", "timeliness"),
        ("time\x02\r\nliness", "timeliness"),
        ("time\u00ad\nliness", "timeliness"),
        ("time\u00adliness", "timeliness"),
        ("time-liness", "timeliness"),
        ("pre- and", "preand"),
        ("1-2", "1-2"),
        ("2019–\n20", "2019-20"),
        ("SEND – the  plan", "SEND - the plan"),
        ("rise -\nfall", "rise - fall"),
        ("“It’s”", '"It\'s"'),
        ("ﬁfty\u00a0%", "fifty %"),
        ("Cafe\u0301", "Café"),
        ("a--b -- c", "ab - c"),
        ("-5 °C", "-5 °C"),
    ],
)
def test_what_reads_the_same_folds_the_same(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(ODD)
@settings(max_examples=300)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(ODD)
@settings(max_examples=300)
def test_every_folded_character_knows_where_it_stood(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    for character, start, end in zip(folded.text, folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)
        if character not in " -":
            assert character in fold(text[start:end]).text
