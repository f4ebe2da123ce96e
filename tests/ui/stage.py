"""A real SEF of a lead and a reviewer, with evidence, claims and actions, and a screen over it."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from sefwriter.desk.doing import do_request
from sefwriter.desk.home import Home
from sefwriter.desk.project import Desk, Project, desk_of, found_sef, open_sef
from sefwriter.ledger.keystore import KeyStore
from sefwriter.model.acts import Act
from sefwriter.model.sef import Sef
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.screen import Navigator, Screen
from sefwriter.ui.theme.style import Style
from sefwriter.ui.theme.theme import THEME
from tests.evidence import made_files

HARMLESS = ("propagateSizeHints", "does not support raise", "does not support grabbing")
"""What the offscreen platform says of every window."""

LEAD, REVIEWER, PASSPHRASE = "SEND lead", "QA reviewer", "nine quiet words"
TEXT = (
    "Families in the north wait 71 weeks for an assessment. Clinics are full.\n\n"
    "- Two of five clinical posts are vacant.\n"
)
BOUND, UNBOUND = "Families in the north wait 71 weeks", "Two of five clinical posts are vacant"

AnyScreen = TypeVar("AnyScreen", bound=Screen)


@pytest.fixture(scope="session")
def app() -> QApplication:
    running = QApplication.instance()
    made = running if isinstance(running, QApplication) else QApplication([])
    made.setStyle(Style())
    THEME.install()
    return made


@pytest.fixture(autouse=True)
def no_warnings_from_qt() -> Iterator[None]:
    said: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        del context
        bad = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg)
        if bad and not any(word in message for word in HARMLESS):
            said.append(message)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert not said


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


@dataclass
class Stage(Generic[AnyScreen]):
    """A screen over an open SEF, with what tests ask of it."""

    screen: AnyScreen
    bridge: Bridge
    folder: Path
    went: list[tuple[str, object]] = field(default_factory=list)
    faults: list[object] = field(default_factory=list)

    @property
    def sef(self) -> Sef:
        return self.bridge.sef

    def until(self, true: Callable[[], object], seconds: float = 20.0) -> None:
        """Lets the window run until this is so."""
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, "it never came"
            assert not self.faults, self.faults
            QTest.qWait(10)

    def do(self, act: Act) -> None:
        """An act of the person at the desk, waited for."""
        done: list[bool] = []
        self.bridge.do(act, lambda: done.append(True), self.faults.append)
        self.until(lambda: done)

    def close(self) -> None:
        self.screen.close()
        self.bridge.close()
        self.screen.deleteLater()
        QTest.qWait(1)
        assert not self.faults


def open_stage(
    make: Callable[[Bridge, Navigator], AnyScreen], home: Home, desk: Desk
) -> Stage[AnyScreen]:
    """The screen shown over the SEF, as this person."""
    bridge, navigator = Bridge(home), Navigator()
    screen = make(bridge, navigator)
    screen.resize(1290, 644)
    stage = Stage(screen, bridge, home.folder.parent)
    navigator.went.connect(lambda name, place: stage.went.append((name, place)))
    bridge.crashed.connect(stage.faults.append)
    bridge.refused.connect(stage.faults.append)
    screen.show()
    QTest.qWaitForWindowExposed(screen)
    folder = stage.folder / "SEF"
    bridge.open(folder, lambda: open_sef(home, folder, desk), stage.faults.append)
    stage.until(lambda: bridge.sef.name)
    return stage
