import shutil
from pathlib import Path

import pytest

from sefwriter.ledger.genesis import FirstOwner, make_genesis
from sefwriter.ledger.keys import SigningKey, new_key
from sefwriter.ledger.marks import Marks, this_machine
from sefwriter.ledger.replica import Replica
from sefwriter.ledger.verify import verify_replica
from sefwriter.model.acts.writing import AddSection
from sefwriter.model.ids import SefId
from tests.ledger.team import NOW, lines

LOG = "a" * 32


def test_mark_fits_this_machine_up_to_the_number_reached(tmp_path: Path) -> None:
    marks = Marks(tmp_path)
    assert not marks.fits(LOG, 5), "no mark"
    marks.reached(LOG, 5)
    assert marks.fits(LOG, 5)
    assert marks.fits(LOG, 6), "a mark that is behind is harmless"
    assert not marks.fits(LOG, 4), "an old backup was put back"
    assert not Marks(tmp_path, lambda: "another").fits(LOG, 5)
    assert this_machine() == this_machine()


@pytest.mark.parametrize("damage", ["", "{", "[]", "5", '"x"', '{"n":"5"}', '{"n":5}', "null"])
def test_damaged_mark_does_not_fit(tmp_path: Path, damage: str) -> None:
    marks = Marks(tmp_path)
    (tmp_path / LOG).write_text(damage)
    assert not marks.fits(LOG, 5)


def founded(tmp_path: Path) -> tuple[SigningKey, SefId, Marks, Replica]:
    key = new_key()
    genesis, _ = make_genesis(key, FirstOwner("lead"), "Area", "f", lambda: NOW)
    sef = SefId(genesis.id)
    marks = Marks(tmp_path / "marks", lambda: "one")
    replica = Replica(tmp_path / "a.sqlite", sef, marks, key)
    replica.begin(genesis)
    replica.do(AddSection(title="One"))
    return key, sef, marks, replica


def test_reopened_replica_goes_on_in_its_log(tmp_path: Path) -> None:
    key, sef, marks, replica = founded(tmp_path)
    replica.close()
    again = Replica(tmp_path / "a.sqlite", sef, marks, key)
    again.do(AddSection(title="Two"))
    assert len(again.heads()) == 1


def test_restored_backup_begins_a_fresh_log_and_both_histories_meet(tmp_path: Path) -> None:
    key, sef, marks, replica = founded(tmp_path)
    replica.close()
    shutil.copy(tmp_path / "a.sqlite", tmp_path / "backup.sqlite")
    later = Replica(tmp_path / "a.sqlite", sef, marks, key)
    later.do(AddSection(title="Lost on the broken disk, but published"))
    published = lines(later)
    later.close()
    restored = Replica(tmp_path / "backup.sqlite", sef, marks, key)
    restored.do(AddSection(title="After the backup came back"))
    assert len(restored.heads()) == 2
    assert restored.take(published).new == 1
    assert {s.title for s in restored.sef().sections} == {
        "One",
        "Lost on the broken disk, but published",
        "After the backup came back",
    }
    assert not restored.waiting()
    assert not verify_replica(restored, marks)


def test_cloned_laptop_begins_a_fresh_log(tmp_path: Path) -> None:
    key, sef, _, replica = founded(tmp_path)
    replica.close()
    shutil.copy(tmp_path / "a.sqlite", tmp_path / "clone.sqlite")
    shutil.copytree(tmp_path / "marks", tmp_path / "marks-clone")
    clone = Replica(
        tmp_path / "clone.sqlite", sef, Marks(tmp_path / "marks-clone", lambda: "two"), key
    )
    clone.do(AddSection(title="On the clone"))
    first = Replica(tmp_path / "a.sqlite", sef, Marks(tmp_path / "marks", lambda: "one"), key)
    first.do(AddSection(title="On the first"))
    assert not first.take(lines(clone)).waiting
    assert len(first.heads()) == 2
    assert {s.title for s in first.sef().sections} == {"One", "On the clone", "On the first"}
