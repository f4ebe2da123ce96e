import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sefwriter.desk.bringing import add_files, files_in, replace_file
from sefwriter.desk.home import Home
from sefwriter.desk.office import Office, Ticket
from sefwriter.desk.project import Desk, desk_of, found_sef
from sefwriter.ledger.keystore import KeyStore
from sefwriter.model.sef import Sef
from sefwriter.store.faults import Cancelled, WorldError
from tests.evidence import made_files


def pdf(folder: Path, name: str, *pages: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made_files.pdf(*pages))
    return path


@pytest.fixture
def person(tmp_path: Path) -> Desk:
    store = KeyStore(Home(tmp_path / "laptop").people)
    store.create("SEND lead", "Council", "education", "")
    return desk_of(store, "SEND lead", "", writing=True)


@pytest.fixture
def office(tmp_path: Path, person: Desk) -> Iterator[Office]:
    home, folder = Home(tmp_path / "laptop"), tmp_path / "SEF"
    made = Office(lambda call: call())
    founded = found_sef(home, folder, person, "Area", "area-send-2025", time.time, ["S01"])
    opened: list[Sef] = []
    made.open(lambda: founded.project, opened.append, opened.append)  # type: ignore[arg-type]
    made.ask_and_wait(lambda project: project.sef())
    yield made
    made.close()


def sef_of(office: Office) -> Sef:
    return office.ask_and_wait(lambda project: project.sef())


def test_folders_are_unfolded_without_hidden_files_each_once(tmp_path: Path) -> None:
    one, two = pdf(tmp_path, "a/1.pdf"), pdf(tmp_path, "a/deep/2.pdf")
    pdf(tmp_path, "a/.git/no.pdf")
    pdf(tmp_path, "a/.no.pdf")
    assert files_in([two, tmp_path / "a", one]) == [two, one]


def test_a_bad_file_does_not_stop_the_rest(office: Office, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7")
    paths = [
        tmp_path / "gone.pdf",
        tmp_path / "empty.pdf",
        tmp_path / "bad.pdf",
        pdf(tmp_path, "the_waits.pdf", "68 weeks"),
        pdf(tmp_path, "same.pdf", "68 weeks"),
    ]
    ticket = Ticket("add")
    done = add_files(office, ticket, paths, {"partner": "health"})
    assert [(item.number, item.state) for item in done] == [
        ("", "refused"),
        ("E1", "empty"),
        ("E2", "damaged"),
        ("E3", "ready"),
        ("E3", "here"),
    ]
    assert "not there" in done[0].reason
    assert done[4].reason == "It is the waits."
    assert ticket.progress == ("same.pdf", 4, 5)
    sef = sef_of(office)
    assert [(e.title, e.partner) for e in sef.evidence][2] == ("the waits", "health")
    found = office.ask_and_wait(lambda project: project.library.search(sef, "weeks", 5))
    assert [page.evidence for page in found] == [sef.evidence[2].id]


def test_restricted_files_are_not_searched(office: Office, tmp_path: Path) -> None:
    path = pdf(tmp_path, "case.pdf", "Child A")
    add_files(office, Ticket("add"), [path], {"evidence_class": "restricted"})
    sef = sef_of(office)
    assert sef.evidence[0].evidence_class == "restricted"
    assert not office.ask_and_wait(lambda project: project.library.search(sef, "Child", 5))


def test_stopping_keeps_what_was_added_and_nothing_else(office: Office, tmp_path: Path) -> None:
    class Stopping(Ticket):
        def is_stopped(self) -> bool:
            return self.progress[1] >= 2

    paths = [pdf(tmp_path, f"{at}.pdf", str(at)) for at in range(5)]
    done = add_files(office, Stopping("add"), paths, {})
    assert [item.number for item in done] == ["E1", "E2"]
    assert len(sef_of(office).evidence) == 2


def test_what_may_not_be_added_is_told_for_each_file(office: Office, tmp_path: Path) -> None:
    done = add_files(office, Ticket("add"), [pdf(tmp_path, "a.pdf", "a")], {"as_at": "soon"})
    assert (done[0].state, "must be a date" in done[0].reason) == ("refused", True)


def test_a_new_version_takes_the_place_of_the_old(office: Office, tmp_path: Path) -> None:
    first, second = pdf(tmp_path, "a.pdf", "one"), pdf(tmp_path, "b.pdf", "two")
    add_files(office, Ticket("add"), [first], {})
    evidence = sef_of(office).evidence[0].id
    assert replace_file(office, Ticket("replace"), evidence, second).number == "E1"
    item = sef_of(office).evidence[0]
    assert [version.name for version in item.versions] == ["a.pdf", "b.pdf"]
    with pytest.raises(WorldError, match="very file"):
        replace_file(office, Ticket("replace"), evidence, second)
    stopped = Ticket("replace")
    stopped.stop()
    with pytest.raises(Cancelled):
        replace_file(office, stopped, evidence, first)
