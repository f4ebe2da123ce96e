"""The power goes at every named step: what was acknowledged is there, and the next try heals."""

import hashlib
import re
from pathlib import Path

import pytest

from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.handover import Handover
from sefwriter.ledger.keys import SigningKey
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.ledger.verify import verify_folder, verify_replica
from sefwriter.model.acts.writing import AddSection
from sefwriter.store.faults import WorldError
from sefwriter.store.steps import STEPS
from tests.ledger.test_processes import child, founded

FILE_STEPS = sorted(name for name in STEPS if name.startswith("file: "))
DYING = sorted(
    (task, name)
    for name in STEPS
    for task in ("work", "publish", "hand over")
    if name in FILE_STEPS or name.startswith({"work": "replica"}.get(task, task))
)
# What a hand-over writes is no file of blocks: it is written in place and has no half.
DYING = [pair for pair in DYING if pair != ("hand over", "file: half written")]


def words_of(replica: Replica) -> set[str]:
    sef = replica.sef()
    found = {section.title for section in sef.sections} | {item.text for item in sef.comments}
    texts = " ".join(section.text for section in sef.sections)
    return found | set(re.findall(r"w\d*-\d+", texts))


def opened(folder: Path, sef: str, key: SigningKey) -> tuple[Replica, Marks]:
    marks = Marks(folder / "marks")
    return Replica(folder / "replica.sqlite", type(sef)(sef), marks, key), marks  # pyright: ignore


@pytest.mark.slow
@pytest.mark.parametrize(("task", "step"), DYING)
def test_a_sudden_end_loses_nothing_that_was_said_to_be_saved(
    task: str, step: str, tmp_path: Path
) -> None:
    sef, lead, _ = founded(tmp_path)
    evidence = b"%PDF evidence"
    (tmp_path / "evidence.pdf").write_bytes(evidence)
    before = child(tmp_path, sef, lead, "work", 6, "w0")
    said, error = before.communicate(timeout=60)
    assert before.returncode == 0, error
    dying = child(tmp_path, sef, lead, task, 6, "w1", {"SEFWRITER_DIE_AT": step})
    more, error = dying.communicate(timeout=60)
    assert dying.returncode in (-9, 137), (dying.returncode, error)
    assert "done" not in more
    acknowledged = {word for word in (said + more).split() if word != "done"}

    replica, marks = opened(tmp_path, sef, lead)
    assert acknowledged <= words_of(replica)
    assert not verify_replica(replica, marks)
    if task == "hand over":
        target = tmp_path / "Area.sef"
        if target.exists():
            handover = Handover(target)
            assert handover.faults() == ()
            handover.close()
    folder = SefFolder(tmp_path / "share")
    reader = Replica(None, sef, Marks(tmp_path / "reader"))
    folder.pull(reader)
    true = {entry.id for entry in replica.entries()}
    assert {entry.id for entry in reader.entries()} <= true
    assert not [segment for _, segment in folder.segments() if segment.fault]
    # The next one goes on where this ended, and the folder is whole again.
    replica.do(AddSection(title="After the power came back"))
    folder.publish(replica, [(hashlib.sha256(evidence).hexdigest(), tmp_path / "evidence.pdf")])
    folder.pull(reader)
    assert reader.sef() == replica.sef()
    assert not list(verify_folder(folder, replica))
    replica.close()
    again, marks = opened(tmp_path, sef, lead)
    again.do(AddSection(title="And again"))
    assert not verify_replica(again, marks)


def test_every_step_of_ledger_and_files_is_tried() -> None:
    ours = {name for name in STEPS if name.startswith(("replica", "publish", "hand over", "file"))}
    assert {name for _, name in DYING} == ours


def test_a_sef_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sef, lead, _ = founded(tmp_path)
    replica, marks = opened(tmp_path, sef, lead)
    (tmp_path / "share").write_bytes(b"a file in the folder's place")
    folder = SefFolder(tmp_path / "share")
    with pytest.raises(WorldError):
        folder.publish(replica, [])
    (tmp_path / "share").unlink()
    for name in ("file: written, not renamed", "publish: before segment"):
        monkeypatch.setenv("SEFWRITER_FAIL_AT", name)
        with pytest.raises((WorldError, OSError)):
            folder.publish(replica, [])
        monkeypatch.delenv("SEFWRITER_FAIL_AT")
        assert not list((tmp_path / "share").rglob("*.tmp"))
    folder.publish(replica, [])
    assert not list(verify_folder(folder, replica))
    assert not verify_replica(replica, marks)
