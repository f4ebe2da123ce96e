import time
from pathlib import Path

import pytest

from sefwriter.desk.doing import do_request
from sefwriter.desk.evidence_list import (
    evidence_rows,
    longer_words,
    numbered_claims,
    passages_on,
    search_pages,
)
from sefwriter.desk.home import Home
from sefwriter.desk.project import Project, desk_of, found_sef
from sefwriter.ledger.keystore import KeyStore
from tests.evidence import made_files

TEXT = "Families wait 71 weeks. Posts are vacant.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    home = Home(tmp_path / "laptop")
    store = KeyStore(home.people)
    store.create("SEND lead", "Council", "education", "")
    desk = desk_of(store, "SEND lead", "", writing=True)
    founded = found_sef(home, tmp_path / "SEF", desk, "Area", "area-send-2025", time.time, ["S01"])
    made = founded.project
    do_request(made, "EditText", {"section": "S01", "text": TEXT})
    for quote in ("Families wait 71 weeks", "Posts are vacant"):
        do_request(made, "MarkClaim", {"section": "S01", "quote": quote})
    for name, pages in (("a", ("families wait", "long weeks")), ("b", ("nothing",))):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(made_files.pdf(*pages))
        do_request(made, "AddEvidence", {"path": str(path), "review_by": "2026-01-31"})
    return made


def test_a_row_says_what_needs_attention_most(project: Project) -> None:
    claim = next(iter(project.sef().claims))
    do_request(project, "LinkPassage", {"claim": claim, "evidence": "E1", "page": 1})
    do_request(project, "LinkPassage", {"claim": claim, "evidence": "E1", "page": 2})
    before, after = (evidence_rows(project.sef(), day) for day in ("2026-01-31", "2026-02-01"))
    assert [(row.state, row.stale, row.claims) for row in before] == [
        ("", False, 1),
        ("unused", False, 0),
    ]
    assert [row.state for row in after] == ["stale", "stale"]
    do_request(project, "SetEvidence", {"evidence": "E2", "evidence_class": "restricted"})
    assert evidence_rows(project.sef(), "2026-02-01")[1].state == "restricted"
    project.close()


def test_claims_are_numbered_as_they_are_read(project: Project) -> None:
    first, second = numbered_claims(project.sef()).values()
    assert (first.number, first.words) == ("1.1", "Families wait 71 weeks")
    assert (second.number, second.words) == ("1.2", "Posts are vacant")
    for claim in (second.id, first.id):
        do_request(project, "LinkPassage", {"claim": claim, "evidence": "E1", "page": 1})
    found = passages_on(project.sef(), project.sef().evidence[0].id)
    assert [claim.number for _, claim in found] == ["1.1", "1.2"]
    project.close()


def test_pages_with_all_words_come_first(project: Project) -> None:
    narrow = search_pages(project, "families wait", 9)
    assert ([page.page for page in narrow.pages], narrow.whole) == ([1], 1)
    wide = search_pages(project, "families weeks", 9)
    assert ({page.page for page in wide.pages}, wide.whole) == ({1, 2}, 0)
    widened = search_pages(project, "families wait weeks long", 9, widen=True)
    assert widened.whole == 0
    widened = search_pages(project, "families wait", 9, widen=True)
    assert ([page.page for page in widened.pages], widened.whole) == ([1], 1)
    assert search_pages(project, "elephants", 9).pages == ()
    project.close()


def test_longer_words_of_a_claim_keep_figures_and_their_order() -> None:
    words = "In September 2026, 3,912 children had a plan; the children's plans cost more"
    assert longer_words(words) == "September 2026 3,912 children children's plans"
    assert longer_words("a b c") == ""
