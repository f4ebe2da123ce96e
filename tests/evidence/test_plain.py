import pytest
from hypothesis import given
from hypothesis import strategies as st

from sefwriter.evidence.plain import decode

LETTERS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60)
ENGLISH = st.text("abc def.\n£é–“", min_size=1, max_size=60)


@given(LETTERS, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_decides(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(LETTERS.filter(lambda text: not text.startswith("\ufeff")))
def test_utf_8_needs_no_mark(text: str) -> None:
    assert decode(text.encode()) == text


@given(st.text("abc def.\n", min_size=1), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf_16_of_english_needs_no_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["£5 – “yes”", "naïve café"])
def test_windows_text_is_told_by_what_utf_8_forbids(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


@given(st.binary(max_size=80))
def test_any_bytes_are_text_or_none(data: bytes) -> None:
    text = decode(data)
    assert text is None or "\0" not in text


@given(ENGLISH, st.integers(0, 200), st.sampled_from(["utf-8", "utf-16"]))
def test_a_beginning_may_end_within_a_character(text: str, end: int, encoding: str) -> None:
    begun = decode(text.encode(encoding)[:end], cut_short=True)
    if encoding == "utf-8" or end >= 2:
        assert begun is not None
        assert text.startswith(begun)


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"a\x00b", b"\x81\x8d", b"\xff\xfe\x00"])
def test_what_is_no_text_is_none(data: bytes) -> None:
    assert decode(data) is None
