import re
from dataclasses import asdict
from pathlib import Path

import pytest

from sefwriter.exchange import framework as exchange
from sefwriter.exchange.framework import load_framework, shipped_frameworks
from sefwriter.model.words import PARTNERS
from sefwriter.store.faults import WorldError


@pytest.mark.parametrize("name", shipped_frameworks())
def test_every_shipped_pack_is_named_as_its_file_and_says_what_it_rests_on(name: str) -> None:
    pack = load_framework(name)
    assert pack.id == name
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", pack.checked_on)
    assert pack.sources
    assert pack.not_known
    assert "own words" in pack.own_words


def test_the_area_send_pack_has_its_eighteen_sections_and_uses_every_line_of_inquiry() -> None:
    pack = load_framework("area-send-2025")
    assert [section.ref for section in pack.sections] == [f"S{n:02}" for n in range(1, 19)]
    assert [item.id for item in pack.inquiries] == [f"K{n}" for n in range(1, 10)]
    asked = {
        inquiry
        for section in pack.sections
        if len(section.inquiries) < len(pack.inquiries)
        for inquiry in section.inquiries
    }
    assert asked == {item.id for item in pack.inquiries}
    assert {partner for section in pack.sections for partner in section.partners} == set(PARTNERS)
    assert all(2 <= len(section.good) <= 4 for section in pack.sections)
    assert len(pack.checklist) == 5
    assert "6 June 2025" in pack.basis


def test_the_pack_speaks_neutrally() -> None:
    words = str(asdict(load_framework("area-send-2025"))).lower()
    assert not re.search(r"\b(grades?|graded|judgements?|judgments?|judged)\b", words)


def test_an_unknown_pack_is_refused_with_those_there_are() -> None:
    with pytest.raises(WorldError, match=r"no framework “send-2016”.*area-send-2025"):
        load_framework("send-2016")


def test_a_name_cannot_leave_the_folder() -> None:
    with pytest.raises(WorldError, match="no framework"):
        load_framework("../demo/demo")


@pytest.mark.parametrize("content", ["{", '{"id": "broken"}', "[]"])
def test_a_damaged_pack_is_said_to_be_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    folder = tmp_path / "framework"
    folder.mkdir()
    (folder / "broken.json").write_text(content, "utf-8")
    monkeypatch.setattr(exchange, "resource", tmp_path.joinpath)
    with pytest.raises(WorldError, match=r"broken\.json is damaged.*Install sefwriter again"):
        load_framework("broken")
