import time
from pathlib import Path

import pytest

from sefwriter.desk.doing import do_request
from sefwriter.desk.entering import add_person, begin_sef, enter
from sefwriter.desk.home import Home
from sefwriter.desk.newcomer import Newcomer
from sefwriter.desk.watching import Watcher
from sefwriter.ledger.keystore import KeyStore
from sefwriter.store.faults import WorldError

OWNER = Newcomer("SEND lead", "Council", "education", ("owner",))
REVIEWER = Newcomer("QA reviewer", "Council", "education", ("reviewer",), "nine quiet words")


@pytest.fixture
def sef(tmp_path: Path) -> Path:
    folder = tmp_path / "Area SEF"
    with begin_sef(Home(tmp_path / "one"), folder, "Area", OWNER).project as project:
        add_person(project, REVIEWER)
    return folder


@pytest.fixture
def laptop(tmp_path: Path) -> Home:
    return Home(tmp_path / "one")


def test_a_new_sef_has_its_owner_at_the_desk_and_24_words(tmp_path: Path) -> None:
    home = Home(tmp_path / "one")
    founded = begin_sef(home, tmp_path / "Area SEF", "Area", OWNER)
    with founded.project as project:
        assert len(founded.recovery.split()) == 24
        assert [person.name for person in project.sef().people] == ["SEND lead"]
        assert len(project.sef().sections) > 10
    at_desk = KeyStore(home.people).at_desk()
    assert at_desk is not None
    assert at_desk.name == "SEND lead"


def test_whoever_belongs_opens_it(laptop: Home, sef: Path) -> None:
    stranger = KeyStore(laptop.people).create("Somebody else")
    KeyStore(laptop.people).use(stranger)
    with enter(laptop, sef) as project:
        assert project.desk.person is not None
        assert project.desk.person.name in ("SEND lead", "QA reviewer")


def test_a_locked_key_reads_only_until_its_passphrase_comes(laptop: Home, sef: Path) -> None:
    with enter(laptop, sef, "QA reviewer") as project:
        assert project.desk.key is None
        assert project.sef().name == "Area"
    with enter(laptop, sef, "QA reviewer", "nine quiet words") as project:
        assert project.desk.key is not None
    with pytest.raises(WorldError, match="not the passphrase"):
        enter(laptop, sef, "QA reviewer", "ten quiet words")


def test_a_reviewer_needs_a_passphrase_and_nobody_is_made_without(laptop: Home, sef: Path) -> None:
    with enter(laptop, sef, "SEND lead") as project:
        with pytest.raises(WorldError, match="passphrase"):
            add_person(project, Newcomer("Second reviewer", roles=("reviewer",)))
        assert len(project.desk_people().people()) == 2


def test_who_is_no_owner_gets_six_words_for_one(laptop: Home, sef: Path) -> None:
    with enter(laptop, sef, "QA reviewer", "nine quiet words") as project:
        told = add_person(project, Newcomer("Health commissioner"))
        assert "six words" in told
        assert "Health commissioner" not in {person.name for person in project.sef().people}


def test_another_laptops_work_comes_in_with_the_name_of_who_did_it(
    laptop: Home, sef: Path, tmp_path: Path
) -> None:
    with enter(laptop, sef, "SEND lead") as here:
        watcher = Watcher(here)
        watcher.look()
        assert watcher.look().sef is None
        with enter(laptop, sef, "QA reviewer", "nine quiet words") as there:
            section = there.sef().sections[0].id
            do_request(there, "AddComment", {"section": section, "text": "Which year?"})
        seen = watcher.look()
        assert seen.sef is not None
        assert [comment.text for comment in seen.sef.comments] == ["Which year?"]
        assert seen.people == ("QA reviewer",)
        assert watcher.look().sef is None


def test_ones_own_work_is_no_news(laptop: Home, sef: Path) -> None:
    with enter(laptop, sef, "SEND lead") as here:
        watcher = Watcher(here)
        watcher.look()
        section = here.sef().sections[0].id
        do_request(here, "AddComment", {"section": section, "text": "Which year?"})
        assert [watcher.look().sef for _ in range(4)] == [None] * 4


def test_evidence_that_comes_after_its_entry_is_taken_in(
    laptop: Home, sef: Path, tmp_path: Path
) -> None:
    page = tmp_path / "Waits.txt"
    page.write_text("The median wait is 68 weeks.", "utf-8")
    with enter(laptop, sef, "SEND lead") as here:
        do_request(here, "AddEvidence", {"path": str(page)})
        here.publish()
    evidence = (sef / "evidence").rename(sef / "still on its way")
    with enter(Home(tmp_path / "two"), sef) as there:
        watcher = Watcher(there)
        assert watcher.look().sef is None
        evidence.rename(sef / "evidence")
        seen = watcher.look()
        assert seen.sef is not None
        assert seen.sef.evidence[0].current is not None
        assert seen.sef.page_facts(seen.sef.evidence[0].current.sha256).state == "ready"
        assert watcher.look().sef is None


def test_what_was_written_here_goes_into_the_folder_once_it_is_quiet(
    laptop: Home, sef: Path
) -> None:
    with enter(laptop, sef, "SEND lead") as here:
        watcher = Watcher(here)
        watcher.look()
        before = len(list((sef / "log").iterdir()))
        section = here.sef().sections[0].id
        do_request(here, "AddComment", {"section": section, "text": "Which year?"})
        watcher.look()
        assert len(list((sef / "log").iterdir())) == before
        watcher.look()
        assert len(list((sef / "log").iterdir())) == before + 1


def test_a_folder_out_of_reach_is_told_and_comes_back(laptop: Home, sef: Path) -> None:
    with enter(laptop, sef, "SEND lead") as here:
        watcher = Watcher(here)
        away = sef.rename(sef.with_name("gone"))
        assert "can't be reached" in watcher.look().fault
        away.rename(sef)
        assert not watcher.look().fault


def test_looking_takes_no_time_when_nothing_is_new(laptop: Home, sef: Path) -> None:
    with enter(laptop, sef, "SEND lead") as here:
        watcher = Watcher(here)
        watcher.look()
        watcher.look()
        begun = time.process_time()
        for _ in range(50):
            watcher.look()
        assert time.process_time() - begun < 1.0
