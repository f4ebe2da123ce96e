import re

from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.pack.names import pack_names


def test_the_names_say_area_what_and_when() -> None:
    names = pack_names("St Mary’s & Môn", "2026-09-30")
    assert names.word == "St Marys and Mon SEF 2026-09-30.docx"
    assert names.narrative == "St Marys and Mon SEF 2026-09-30.pdf"
    assert names.bound == "St Marys and Mon bound pack 2026-09-30.pdf"


@settings(max_examples=100)
@given(st.text())
def test_any_area_gives_names_that_portals_take(area: str) -> None:
    names = pack_names(area, "2026-09-30")
    for name in (names.word, names.narrative, names.bound):
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 -]*\.(docx|pdf)", name)
        assert len(name) < 100
