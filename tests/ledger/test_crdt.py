import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.ledger.crdt import (
    SectionText,
    byte_position,
    client_prefix,
    new_client,
)
from sefwriter.ledger.yjs import NotOurUpdate, read_update, writers
from sefwriter.model.text.splices import Splice, apply, splices
from sefwriter.model.text.units import from_utf16, utf16_position

WORDS = st.text(st.sampled_from("ab é😀中\n\U0001f469\u200d\u0301"), max_size=12)
LOG = "f" * 32


@settings(max_examples=150)
@given(st.text(max_size=30), st.data())
def test_positions_in_each_unit(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    assert text.encode()[: byte_position(text, place)].decode() == text[:place]
    assert from_utf16(text, utf16_position(text, place)) == place


def test_a_position_inside_a_pair_is_the_one_before_it() -> None:
    assert [from_utf16("a😀b", units) for units in range(5)] == [0, 1, 1, 2, 3]


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[Splice, ...]]:
    text = ""
    found: list[tuple[Splice, ...]] = []
    for _ in range(draw(st.integers(1, 6))):
        round_: list[Splice] = []
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(text)))
            cut = draw(st.integers(0, len(text) - start))
            insert = draw(WORDS)
            if cut or insert:
                round_.append(Splice(start, cut, insert))
                text = apply(text, round_[-1:])
        if round_:
            found.append(tuple(round_))
    return found


@settings(max_examples=100)
@given(edits())
def test_edits_equal_slicing_and_the_updates_give_the_same_text(
    rounds: list[tuple[Splice, ...]],
) -> None:
    section, plain = SectionText(LOG), ""
    updates: list[bytes] = []
    for round_ in rounds:
        updates.append(section.edit(round_))
        plain = apply(plain, round_)
        assert str(section) == plain
        assert writers(read_update(updates[-1])) <= {
            client
            for client in writers(read_update(updates[-1]))
            if client >> 24 == client_prefix(LOG)
        }
    again = SectionText()
    again.apply(updates)
    assert str(again) == plain
    again.apply(updates)
    assert str(again) == plain, "taken in twice"


@settings(max_examples=60)
@given(WORDS, WORDS, WORDS)
def test_two_writers_meet_in_either_order(base: str, one: str, other: str) -> None:
    first, second = SectionText("a" * 32), SectionText("b" * 32)
    begun = first.edit([Splice(0, 0, base + ".")])
    second.apply([begun])
    mine = first.edit(splices(base + ".", base + "." + one) or [Splice(0, 0, "x")])
    theirs = second.edit(splices(base + ".", other + base + ".") or [Splice(0, 0, "y")])
    first.apply([theirs])
    second.apply([mine])
    assert str(first) == str(second)
    third = SectionText()
    third.apply([begun, theirs, mine])
    assert str(third) == str(first)


def test_an_update_says_only_its_own_edit() -> None:
    section = SectionText(LOG)
    section.edit([Splice(0, 0, "word " * 2000)])
    for _ in range(50):
        section.edit([Splice(10, 5, "")])
    assert len(section.edit([Splice(0, 0, "x")])) < 80


def test_client_ids_carry_the_log_and_fit_javascript() -> None:
    for log in ("0" * 32, "f" * 32, "0123456789abcdef" * 2):
        client = new_client(log)
        assert client >> 24 == client_prefix(log)
        assert client < 1 << 53
    assert new_client(LOG) != new_client(LOG)


def test_standing_prefixes() -> None:
    first, second = SectionText("a" * 32), SectionText("b" * 32)
    second.apply([first.edit([Splice(0, 0, "one ")])])
    second.edit([Splice(4, 0, "two")])
    assert second.standing_prefixes() == {client_prefix("a" * 32), client_prefix("b" * 32)}
    second.edit([Splice(0, 4, "")])
    assert second.standing_prefixes() == {client_prefix("b" * 32)}


def test_bytes_that_are_no_update_are_refused() -> None:
    with pytest.raises(NotOurUpdate):
        SectionText().apply([b"\x01\x02\x03"])
