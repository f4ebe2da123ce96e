import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.ledger.canonical import NotCanonical, canonical, parse

VALUES = st.recursive(
    st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150)
@given(VALUES)
def test_what_is_written_reads_back_and_is_written_alike(value: object) -> None:
    data = canonical(value)
    assert parse(data) == json.loads(data)
    assert canonical(parse(data)) == data


@settings(max_examples=200)
@given(VALUES)
def test_any_other_spelling_is_refused(value: object) -> None:
    data = canonical(value)
    for other in (
        json.dumps(json.loads(data)).encode(),
        json.dumps(json.loads(data), ensure_ascii=False, indent=1).encode(),
        data + b" ",
        b"\xef\xbb\xbf" + data,
    ):
        if other != data:
            with pytest.raises(NotCanonical):
                parse(other)


@settings(max_examples=200)
@given(st.binary(max_size=40))
def test_bytes_are_canonical_or_refused(data: bytes) -> None:
    try:
        value = parse(data)
    except NotCanonical:
        return
    assert canonical(value) == data


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b"[1.0]",
        b"1e3",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b"true",
        b"null",
        b'"\\u0041"',
        b'"\\ud800"',
        b'"\\/"',
        b'"\xed\xa0\x80"',
        b"\xff",
        b"",
        b"[" * 100_000 + b"]" * 100_000,
        b"9" * 5000,
    ],
)
def test_refused_spellings(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse(data)


@pytest.mark.parametrize("value", [1.5, True, None, {1: "a"}, {"a": {"b": False}}, b"x", {1, 2}])
def test_values_that_have_no_place(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


def test_values_nested_too_deep_are_refused() -> None:
    value: list[object] = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(NotCanonical, match="deep"):
        canonical(value)


def test_a_lone_surrogate_becomes_one_replacement_character() -> None:
    assert canonical({"a\ud800": "x\udfffy"}) == '{"a\ufffd":"x\ufffdy"}'.encode()
    assert canonical("é😀") == '"é😀"'.encode()


def test_keys_stand_by_code_point() -> None:
    assert canonical({"\uffff": 1, "😀": 2, "Z": 3, "a": 4}) == (
        '{"Z":3,"a":4,"\uffff":1,"😀":2}'.encode()
    )
