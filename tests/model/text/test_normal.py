import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sefwriter.model.text.normal import clean
from tests.model.text import trees


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x0bb\u2028c\u2029d\x85e", "a\nb\nc\nd\ne"),
        ("e\u0301", "é"),
        ("a\x00b\x02c\x7fd\ufffee\ufefff", "abcdef"),
        ("\ud800x", "\ufffdx"),
        ("\uf0b7 one \uf0a7 two \uf0fc", "• one • two ✓"),
        ("tab\tstays", "tab\tstays"),
        ("plain", "plain"),
    ],
)
def test_text_is_fit_to_be_stored(raw: str, stored: str) -> None:
    assert clean(raw) == stored


@trees.modest
@given(st.text(st.characters(exclude_categories=[])))
def test_cleaning_twice_changes_nothing_and_can_be_stored(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode("utf-8").decode("utf-8") == once
    assert not any(
        unicodedata.category(sign) in ("Cc", "Cs") for sign in once if sign not in "\n\t"
    )
