"""Several people and processes at one laptop's replica."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from sefwriter.ledger.genesis import FirstOwner, make_genesis
from sefwriter.ledger.keys import SigningKey, new_key
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.ledger.verify import verify_replica
from sefwriter.model.acts.people import AdmitPerson
from sefwriter.model.acts.writing import AddSection, EditText
from sefwriter.model.ids import SefId
from tests.ledger.team import NOW

ROOT = Path(__file__).resolve().parents[2]


def founded(folder: Path) -> tuple[SefId, SigningKey, SigningKey]:
    """A replica on disk with one section and two people of this laptop."""
    lead, other = new_key(), new_key()
    genesis, _ = make_genesis(lead, FirstOwner("lead"), "Area", "f", lambda: NOW)
    replica = Replica(folder / "replica.sqlite", SefId(genesis.id), Marks(folder / "marks"), lead)
    replica.begin(genesis)
    replica.do(
        AdmitPerson(person=other.person, key=other.public.hex(), name="other", roles=("author",))
    )
    replica.do(AddSection(title="One"))
    replica.do(EditText(section=replica.sef().sections[0].id, text="Opening words."))
    replica.close()
    return SefId(genesis.id), lead, other


def child(
    folder: Path,
    sef: str,
    key: SigningKey,
    task: str,
    times: int = 0,
    word: str = "w",
    environment: Mapping[str, str] | None = None,
) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.ledger.desk_child",
            str(folder),
            sef,
            key.seed.hex(),
            task,
            str(times),
            word,
        ],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.slow
def test_four_processes_of_two_people_write_at_once(tmp_path: Path) -> None:
    sef, lead, other = founded(tmp_path)
    running = [
        child(tmp_path, sef, key, "work", 25, f"p{place}")
        for place, key in enumerate((lead, other, lead, other))
    ]
    said: list[str] = []
    for process in running:
        out, error = process.communicate(timeout=100)
        assert process.returncode == 0, error
        said += [word for word in out.split() if word != "done"]
    assert len(said) == 100
    marks = Marks(tmp_path / "marks")
    replica = Replica(tmp_path / "replica.sqlite", sef, marks, lead)
    assert sum(replica.heads().values()) == 108
    found = replica.sef()
    words = " ".join(
        [
            *(section.text for section in found.sections),
            *(section.title for section in found.sections),
            *(comment.text for comment in found.comments),
        ]
    )
    titles = {section.title for section in found.sections}
    comments = {comment.text for comment in found.comments}
    for word in said:
        kind = int(word.rpartition("-")[2]) % 5
        assert word in (titles if kind == 4 else comments if kind == 3 else words), word
    assert not verify_replica(replica, marks)
    assert not replica.waiting()


def test_two_open_replicas_of_one_file_see_each_other(tmp_path: Path) -> None:
    sef, lead, other = founded(tmp_path)
    marks = Marks(tmp_path / "marks")
    one = Replica(tmp_path / "replica.sqlite", sef, marks, lead)
    two = Replica(tmp_path / "replica.sqlite", sef, marks, other)
    assert one.sef() == two.sef()
    section = one.sef().sections[0].id
    for number in range(6):
        writer, reader = (one, two) if number % 2 else (two, one)
        text = writer.sef().sections[0].text
        writer.do(EditText(section=section, text=f"{text} More {number}."))
        assert f"More {number}." in reader.sef().sections[0].text
    third = new_key()
    one.do(AdmitPerson(person=third.person, key=third.public.hex(), name="third"))
    assert third.person in two.sef().person_by_id
    assert not verify_replica(two, marks)
    assert len(one.heads()) == 2
