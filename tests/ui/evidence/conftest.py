"""A real SEF of one person with two claims, its bridge, and the screen over it."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sefwriter.desk.doing import do_request
from sefwriter.desk.home import Home
from sefwriter.desk.project import desk_of, found_sef, open_sef
from sefwriter.ledger.keystore import KeyStore
from sefwriter.model.ids import ClaimId
from sefwriter.model.sef import Evidence
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.evidence.screen import EvidenceScreen
from sefwriter.ui.screen import Navigator
from tests.evidence import made_files
from tests.ui.conftest import let_run, wait_until

TEXT = (
    "Families in the north wait 71 weeks for an assessment.\n\n"
    "Two of five clinical posts are vacant.\n"
)


@dataclass
class Desk:
    """The screen with what a test asks of it."""

    screen: EvidenceScreen
    bridge: Bridge
    folder: Path
    went: list[tuple[str, object]] = field(default_factory=list)
    faults: list[object] = field(default_factory=list)

    def until(self, true: Callable[[], object]) -> None:
        """Lets the window run until this is so."""
        wait_until(lambda: self.faults or true())
        assert not self.faults, self.faults

    def file(self, name: str, *pages: str) -> Path:
        """A PDF with these lines of text."""
        path = self.folder / name
        path.write_bytes(made_files.pdf(*pages))
        return path

    def add(self, *paths: Path, evidence_class: str = "general") -> list[str]:
        """Adds files as the button does, and waits; what became of each."""
        bringing = self.screen.bringing
        bringing.ask_files = lambda title, several: list(paths)
        bringing.ask(evidence_class)
        self.until(lambda: not bringing.busy)
        told: list[str] = self.screen.list.strip.results.model().stringList()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
        numbers = {found[1] for line in told if (found := re.search(r"added as (E\d+)", line))}
        self.until(lambda: numbers <= {row.number for row in self.screen.list.model.rows})
        return told

    def item(self, number: str) -> Evidence:
        return next(item for item in self.bridge.sef.evidence if item.number == number)

    def open(self, number: str, page: int = 0) -> None:
        """Shows evidence and waits for the words of its page."""
        self.screen.show_place({"evidence": self.item(number).id, "page": page})
        view = self.screen.page.view
        self.until(lambda: view.words.get(page or 1) is not None or not view.readable)

    def claim(self, nth: int) -> ClaimId:
        return tuple(self.bridge.sef.claims)[nth]

    @property
    def message(self) -> str:
        return self.screen.page.message.text


@pytest.fixture
def desk(app: QApplication, tmp_path: Path) -> Iterator[Desk]:
    home = Home(tmp_path / "laptop")
    store = KeyStore(home.people)
    store.create("SEND lead", "Council", "education", "")
    person = desk_of(store, "SEND lead", "", writing=True)
    folder = tmp_path / "Area SEF"
    founded = found_sef(home, folder, person, "Area", "area-send-2025", time.time, ["S01"])
    with founded.project as project:
        section = project.sef().sections[0].id
        do_request(project, "EditText", {"section": section, "text": TEXT})
        for line, kind in zip(TEXT.split("\n\n"), ("to-improve", "context"), strict=True):
            quote = line.strip().rstrip(".")
            claim = {"section": section, "quote": quote, "claim_kind": kind}
            do_request(project, "MarkClaim", claim)
        project.publish()
    bridge, navigator = Bridge(home), Navigator()
    screen = EvidenceScreen(bridge, navigator)
    screen.resize(1364, 824)
    made = Desk(screen, bridge, tmp_path)
    navigator.went.connect(lambda name, place: made.went.append((name, place)))
    bridge.crashed.connect(made.faults.append)
    bridge.refused.connect(made.faults.append)
    screen.show()
    bridge.open(folder, lambda: open_sef(home, folder, person), made.faults.append)
    made.until(lambda: bridge.sef.name)
    yield made
    screen.close()
    screen.pictures.close()
    bridge.close()
    screen.deleteLater()
    let_run(1)
    assert not made.faults
