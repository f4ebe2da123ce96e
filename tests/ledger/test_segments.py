from pathlib import Path

import pytest

from sefwriter.ledger.segments import pack, segment_name, unpack
from tests.ledger.team import Team, line


@pytest.fixture
def true(tmp_path: Path) -> tuple[str, bytes, list]:
    team = Team(tmp_path, {"author": ("author",)})
    team.lead.do("AddSection", title="É 😀")
    entries = list(team.lead.replica.entries())
    data = pack(entry.line() for entry in entries)
    name = segment_name(entries[0].header.log, 1, len(entries), data)
    return name, data, [line(entry) for entry in entries]


def test_round_trip_and_the_same_lines_give_the_same_bytes(true: tuple) -> None:
    name, data, lines = true
    found = unpack(name, data)
    assert list(found.lines) == lines
    assert found.fault == ""
    assert pack(lines_of(lines)) == data


def lines_of(lines: list) -> list[bytes]:
    from sefwriter.ledger.entry import read_entry

    return [read_entry(*parts).line() for parts in lines]


def test_body_that_was_erased_travels_as_a_dash(true: tuple) -> None:
    name, _, lines = true
    signature, header, _ = lines[-1]
    bare = pack(lines_of([(signature, header, None)]))
    assert unpack(name, bare).lines == ((signature, header, None),)


def test_torn_file_gives_the_lines_before_the_tear(true: tuple) -> None:
    name, data, lines = true
    seen = set()
    for end in range(len(data)):
        found = unpack(name, data[:end])
        good = [got for got in found.lines if got in lines]
        assert found.fault
        assert good == lines[: len(good)]
        # At most the last line is half there, and such a line is told apart by its hash later.
        assert len(found.lines) - len(good) <= 1
        seen.add(len(good))
    assert max(seen) >= 1


def test_every_flipped_byte_is_noticed(true: tuple) -> None:
    name, data, _ = true
    for place in range(len(data)):
        damaged = bytearray(data)
        damaged[place] ^= 0xFF
        assert unpack(name, bytes(damaged)).fault, place


def test_renamed_and_doubled_files_still_give_their_lines(true: tuple) -> None:
    name, data, lines = true
    for other in ("conflicted copy of x.seg", name.replace(".seg", "-LAPTOP-7.seg"), name.upper()):
        found = unpack(other, data)
        assert list(found.lines) == lines
        assert "name" in found.fault


@pytest.mark.parametrize("shift", [(-1, 0), (0, 1), (0, -1)])
def test_wrong_counts_in_the_name_are_noticed(true: tuple, shift: tuple[int, int]) -> None:
    name, data, lines = true
    log, first, last, rest = name.split("-")
    renamed = f"{log}-{int(first) - shift[0]}-{int(last) + shift[1]}-{rest}"
    found = unpack(renamed, data)
    assert list(found.lines) == lines
    assert "as many entries" in found.fault


@pytest.mark.parametrize("data", [b"", b"\0" * 500, b"plain text", b"\x1f\x8b" + b"\xff" * 50])
def test_what_is_no_segment_gives_nothing(true: tuple, data: bytes) -> None:
    found = unpack(true[0], data)
    assert not found.lines
    assert found.fault


def test_bytes_after_the_end_are_noticed(true: tuple) -> None:
    name, data, lines = true
    found = unpack(name, data + b"more")
    assert list(found.lines) == lines
    assert found.fault


def test_lines_that_are_none_are_left_out(true: tuple) -> None:
    name, _, lines = true
    data = pack([b"one two", b"", b"*** {} {}", *lines_of(lines), b"x"])
    found = unpack(name, data)
    assert list(found.lines) == lines
    assert "can't be read" in found.fault
