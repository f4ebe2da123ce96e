import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sefwriter.store.names import safe_name

RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in "123456789¹²³")}
PIECES = st.sampled_from(["con", "NUL", "com¹", ".", "..", " ", "-", "_vti_", "desktop.ini", "é"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minutes: SEND board 3/5", "Minutes- SEND board 3-5"),
        ("Cafe\u0301 rota", "Café rota"),
        ("CON", "-CON"),
        ("nul.pdf", "-nul.pdf"),
        ("CON .0", "-CON .0"),
        ("console", "console"),
        ("report. . .", "report"),
        (" \t\n", "-"),
        ("", "-"),
        (".hidden", "hidden"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00b", "a b"),
        ("\ud800", "-"),
    ],
)
def test_names_as_people_meet_them(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_cut_never_makes_a_kept_name() -> None:
    assert safe_name("console", 3) == "co-"
    assert safe_name("nul.pdf", 4) == "-nul"


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.integers(3, 120))
def test_every_name_is_safe_and_settled(text: str, maximum: int) -> None:
    name = safe_name(text, maximum)
    assert name
    assert len(name) <= maximum
    assert len(name.encode()) <= 200
    assert not set(name) & set('<>:"/\\|?*~#%&{}+')
    assert name.isprintable()
    assert not name.endswith((".", " "))
    assert not name.startswith((".", " "))
    assert name.split(".")[0].rstrip().lower() not in RESERVED
    assert unicodedata.is_normalized("NFC", name)
    assert safe_name(name, maximum) == name
