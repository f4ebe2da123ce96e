import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.evidence.prepared import Prepared
from sefwriter.model.ids import SefId
from sefwriter.model.sef import NOT_READ, PageFacts, Sef

FACTS = PageFacts(
    state="ready",
    reason="Page 2 can't be read: damaged.",
    media="application/pdf",
    texts=("one “two”\n", ""),
    sizes=((595.28, 841.89), (842.0, 595.0)),
    rotations=(0, 90),
    title="Minutes",
    no_text_pages=(2,),
)
ONE, TWO = "1" * 64, "2" * 64


def test_facts_are_kept_from_one_run_to_the_next(tmp_path: Path) -> None:
    Prepared(tmp_path / "prepared").keep(ONE, FACTS)
    again = Prepared(tmp_path / "prepared")
    assert again.facts(ONE) == FACTS
    assert again.facts(TWO) is None
    again.forget(ONE)
    assert again.facts(ONE) is None
    assert Prepared(tmp_path / "prepared").facts(ONE) is None


def test_it_serves_as_the_facts_of_a_sef(tmp_path: Path) -> None:
    prepared = Prepared(tmp_path)
    sef = Sef(id=SefId("x"), name="", framework="", facts=prepared)
    assert sef.page_facts(ONE) is NOT_READ
    prepared.keep(ONE, FACTS)
    assert sef.page_facts(ONE) == FACTS
    assert dict(prepared) == {ONE: FACTS}
    assert len(prepared) == 1
    assert "" not in prepared


@settings(max_examples=60)
@given(st.data())
def test_a_single_changed_byte_is_noticed_and_the_file_read_again(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Prepared(Path(folder)).keep(ONE, FACTS)
        (path,) = Path(folder).iterdir()
        content = bytearray(path.read_bytes())
        if data.draw(st.booleans()):
            content = content[: data.draw(st.integers(0, len(content) - 1))]
        else:
            content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        prepared = Prepared(Path(folder))
        assert list(prepared) == []
        assert prepared.facts(ONE) is None
        assert not path.exists()
        prepared.keep(ONE, FACTS)
        assert Prepared(Path(folder)).facts(ONE) == FACTS


def test_facts_of_an_older_reader_are_not_seen(tmp_path: Path) -> None:
    Prepared(tmp_path).keep(ONE, FACTS)
    (path,) = tmp_path.iterdir()
    path.rename(tmp_path / path.name.replace("reader1", "reader0"))
    assert list(Prepared(tmp_path)) == []


def test_what_is_no_hash_never_becomes_a_path(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a SHA-256"):
        Prepared(tmp_path).keep("../x", FACTS)
