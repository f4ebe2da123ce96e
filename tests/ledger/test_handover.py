import hashlib
import random
import zipfile
from pathlib import Path

import pytest

from sefwriter.ledger.handover import Handover, write_handover
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.store.faults import WorldError
from tests.ledger.team import Team, comparable


@pytest.fixture
def handed(tmp_path: Path) -> tuple[Team, Path, str]:
    team = Team(tmp_path, {"author": ("author",)})
    team.lead.do("AddSection", title="One")
    team.author.replica.take([])
    team.sync()
    team.author.write("Words é 😀.")
    file = tmp_path / "file.pdf"
    file.write_bytes(b"%PDF evidence" * 1000)
    name = hashlib.sha256(file.read_bytes()).hexdigest()
    target = tmp_path / "Area.sef"
    count = write_handover(target, team.author.replica, "Area", [(name, file)])
    assert count == sum(team.author.replica.heads().values())
    return team, target, name


def taken(team: Team, handover: Handover, folder: Path) -> Replica:
    replica = Replica(None, team.id, Marks(folder / "taken"))
    replica.take(handover.lines())
    return replica


def test_round_trip(handed: tuple[Team, Path, str], tmp_path: Path) -> None:
    team, target, name = handed
    handover = Handover(target)
    assert handover.sef_id() == team.id
    assert handover.faults() == ()
    assert [(n, hashlib.sha256(f.read()).hexdigest()) for n, f in handover.files()] == [
        (name, name)
    ]
    assert comparable(taken(team, handover, tmp_path).sef()) == comparable(team.author.sef())
    handover.close()
    before = target.read_bytes()
    write_handover(target, team.author.replica, "Area", [(name, tmp_path / "file.pdf")])
    assert target.read_bytes() == before


def test_without_its_name_file_the_entries_say_whose_it_is(
    handed: tuple[Team, Path, str], tmp_path: Path
) -> None:
    team, target, _ = handed
    for name_file in (None, b"{", b"[]", b'{"sef":5}', b'{"sef":"short"}'):
        other = tmp_path / "other.sef"
        with zipfile.ZipFile(target) as whole, zipfile.ZipFile(other, "w") as archive:
            for info in whole.infolist():
                if info.filename != "sef.json":
                    archive.writestr(info, whole.read(info))
            if name_file is not None:
                archive.writestr("sef.json", name_file)
        handover = Handover(other)
        assert handover.sef_id() == team.id
        handover.close()


def test_what_is_no_hand_over_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="isn't there"):
        Handover(tmp_path / "none.sef")
    for data in (b"", b"plain words", b"PK\x03\x04" + bytes(100)):
        (tmp_path / "bad.sef").write_bytes(data)
        with pytest.raises(WorldError, match="damaged"):
            Handover(tmp_path / "bad.sef")
    with zipfile.ZipFile(tmp_path / "empty.sef", "w") as archive:
        archive.writestr("notes.txt", "hello")
    with pytest.raises(WorldError, match="no SEF"):
        Handover(tmp_path / "empty.sef").sef_id()


def test_every_damage_is_told_or_harmless(handed: tuple[Team, Path, str], tmp_path: Path) -> None:
    team, target, name = handed
    whole = target.read_bytes()
    true = {entry.id for entry in team.author.replica.entries()}
    evidence = (tmp_path / "file.pdf").read_bytes()
    chance = random.Random(11)
    silent = 0
    for turn in range(150):
        damaged = bytearray(whole)
        if turn % 3:
            for _ in range(chance.randint(1, 3)):
                # Half of the damage goes where a zip keeps its own book.
                start = chance.choice([0, len(whole) - 600])
                place = chance.randrange(max(start, 0), len(whole))
                damaged[place] = chance.randrange(256)
        else:
            del damaged[chance.randrange(len(damaged)) :]
        (tmp_path / "damaged.sef").write_bytes(bytes(damaged))
        try:
            handover = Handover(tmp_path / "damaged.sef")
        except WorldError:
            continue
        lines, faults = handover.lines(), handover.faults()
        replica = Replica(None, team.id, Marks(tmp_path / "victim"))
        replica.take(lines)
        got = {entry.id for entry in replica.entries()}
        assert got <= true
        if got != true and not faults:
            silent += 1
        for found, file in handover.files():
            if file.read() != evidence or found != name:
                assert faults
        handover.close()
    # A file that vanished from the zip's own list leaves no trace in it.
    assert silent <= 5
