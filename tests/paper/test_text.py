import datetime
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.paper import typesetter
from sefwriter.paper.text import printable
from sefwriter.paper.typesetter import typeset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain £20 – “quoted” é ≥ → ✓", "plain £20 – “quoted” é ≥ → ✓"),
        ("e\u0301", "é"),
        ("\U0001f600", "[character U+1F600]"),
        ("\uf0b7 first", "• first"),
        ("\uf123", "[character U+F123]"),
        ("a\x00b\x0cc\td\ne", "ab c\td\ne"),
        ("\ud800", "[character U+D800]"),
        ("₥", "[character U+20A5]"),
        ("中", "[character U+4E2D]"),
        ("مرحبا שלום", "مرحبا שלום"),
        ("a\u202ebc", "abc"),
        ("6\ufe0f\u0354 and 6", "6[character U+0354] and 6"),
        ("\u05e0\u1de6\ufe0d\u206f", "\u05e0[character U+1DE6]"),
        ("\u064a\u0327\u1de9\u200d", "\u064a[character U+0327][character U+1DE9]"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
    ],
)
def test_only_what_no_font_has_is_changed(text: str, expected: str) -> None:
    assert printable(text) == expected


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_printing_twice_changes_nothing_more(text: str) -> None:
    once = printable(text)
    assert printable(once) == once
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n" for c in once)


BASES = st.sampled_from("aé6Яשןيﺎ\ufbfeत्")
MARKS = st.text(st.characters(categories=["Mn", "Mc", "Me", "Cf", "So", "Lo", "Ll"]), max_size=12)
LIKELY = st.text(st.characters(codec="utf-8"), max_size=40) | st.builds(str.__add__, BASES, MARKS)


@given(st.lists(LIKELY, min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_text_makes_pages_in_every_face(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        path = Path(__file__).parent / "faces.typ"
        patch.setattr(typesetter, "resource", lambda *_: path)
        assert typeset("faces.typ", texts, date=datetime.date(2026, 1, 1))
