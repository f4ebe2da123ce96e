"""A real SEF of a lead and a reviewer, with evidence, claims and actions, made once and copied."""

import shutil
import time
from pathlib import Path

import pytest

from sefwriter.desk.doing import do_request
from sefwriter.desk.home import Home
from sefwriter.desk.project import Desk, Project, desk_of, found_sef, open_sef
from sefwriter.ledger.keystore import KeyStore
from tests.evidence import made_files

LEAD, REVIEWER, PASSPHRASE = "SEND lead", "QA reviewer", "nine quiet words"
TEXT = (
    "Families in the north wait 71 weeks for an assessment. Clinics are full.\n\n"
    "- Two of five clinical posts are vacant.\n"
)
BOUND, UNBOUND = "Families in the north wait 71 weeks", "Two of five clinical posts are vacant"


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make_sef(folder)
    return folder


@pytest.fixture
def home(made_once: Path, tmp_path: Path) -> Home:
    """A laptop with the SEF beside it, all the test's own."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return Home(tmp_path / "laptop")


def make_sef(folder: Path) -> None:
    """Two sections, two claims (one bound), two actions; a reviewer under a passphrase."""
    home = Home(folder / "laptop")
    store = KeyStore(home.people)
    store.create(LEAD, "Council", "education", "")
    store.create(REVIEWER, "Council", "health", PASSPHRASE)
    lead = desk_of(store, LEAD, "", writing=True)
    only = ["S01", "S04"]
    founded = found_sef(home, folder / "SEF", lead, "Westmere", "area-send-2025", time.time, only)
    waits = folder / "waits.pdf"
    waits.write_bytes(made_files.pdf("Families in the north wait 71 weeks", title="Waits"))
    with founded.project as project:
        do_request(project, "AdmitPerson", {"person": REVIEWER, "roles": "reviewer"})
        section = project.sef().sections[1].id
        do_request(project, "EditText", {"section": section, "text": TEXT})
        for quote in (BOUND, UNBOUND):
            claim = {"section": section, "quote": quote, "claim_kind": "to-improve"}
            do_request(project, "MarkClaim", claim)
        evidence = do_request(project, "AddEvidence", {"path": str(waits), "title": "Waits"})
        sef = project.sef()
        claims = list(sef.claims)
        passage = {"claim": claims[0], "evidence": evidence.subject, "page": 1, "quote": BOUND}
        do_request(project, "LinkPassage", passage)
        first = {
            "text": "Fill the northern posts",
            "claim": claims[0],
            "owner": "ICB commissioner",
            "partner": "health",
            "start": "2026-01-05",
            "due": "2026-02-01",
            "priority": "must",
            "rag": "amber",
            "baseline": "81 weeks",
            "target": "40 weeks",
            "measure": "median wait",
        }
        do_request(project, "AddAction", first)
        do_request(project, "AddAction", {"text": "One contact for each family"})
        project.publish()


def a_desk(home: Home, person: str = LEAD, passphrase: str = "", *, writing: bool = True) -> Desk:
    return desk_of(KeyStore(home.people), person, passphrase, writing=writing)


def a_project(home: Home, person: str = LEAD, passphrase: str = "") -> Project:
    """The same SEF opened once more, as the person named; the caller closes it."""
    return open_sef(home, home.folder.parent / "SEF", a_desk(home, person, passphrase))
