"""The demonstration SEF as data: what it promises, it holds; and its files say what is quoted."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from sefwriter.desk.demo_files import make_demo_files
from sefwriter.exchange.framework import load_framework
from sefwriter.model.ids import ClaimId
from sefwriter.model.text.claims import claim_words, mark_claim
from sefwriter.model.text.plain import plain_text, word_count
from sefwriter.model.words import (
    ACTION_STATUSES,
    CLAIM_KINDS,
    EVIDENCE_CLASSES,
    PARTNERS,
    PRIORITIES,
    RAGS,
    ROLES,
    STANCES,
)
from sefwriter.resources import resource

DEMO: dict[str, Any] = json.loads(resource("demo", "demo.json").read_text("utf-8"))
EVIDENCE: dict[str, dict[str, str]] = {item["id"]: item for item in DEMO["evidence"]}
PROMISED_PAGES = {
    "dashboard": 12,
    "health-report": 6,
    "short-breaks-review": 4,
    "parent-survey": 8,
    "ap-review": 2,
}
DATE = re.compile(r"20\d\d-\d\d-\d\d")


def section_text(section: dict[str, Any]) -> str:
    return "\n".join(section["text"])


def claims() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for section in DEMO["sections"]:
        for claim in section["claims"]:
            yield section, claim


def passages() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for _, claim in claims():
        for passage in claim["passages"]:
            yield claim, passage


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    paths = make_demo_files(tmp_path_factory.mktemp("evidence"))
    return dict(zip(EVIDENCE, paths, strict=True))


@pytest.fixture(scope="module")
def page_texts(made: dict[str, Path]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"board-minutes": [made["board-minutes"].read_text("utf-8")]}
    for name in PROMISED_PAGES:
        with pypdfium2.PdfDocument(made[name]) as document:
            found[name] = [page.get_textpage().get_text_range() for page in document]
    return found


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\x02", "").replace("\ufffe", ""))


def test_it_is_as_large_as_promised() -> None:
    assert len(DEMO["sections"]) == 8
    assert sum(1 for _ in claims()) == 40
    assert len(EVIDENCE) == 8
    assert len(DEMO["actions"]) == 12
    assert sum(1 for _ in passages()) >= 34


def test_its_gaps_are_there_on_purpose() -> None:
    assert sum(not claim["passages"] for _, claim in claims()) == 4
    assert sum("not_on_page" in passage for _, passage in passages()) == 1
    assert sum(passage["stance"] == "qualifies" for _, passage in passages()) >= 3
    silent = [
        section["ref"]
        for section in DEMO["sections"]
        if not any("families" in claim["partners"] for claim in section["claims"])
    ]
    assert "S11" in silent
    acts = Counter(step["act"] for step in DEMO["steps"])
    assert acts["SignOff"] == 2
    assert acts["ReturnSection"] == 1
    assert [item["review_by"] for item in DEMO["evidence"] if "" < item["review_by"] < DEMO["date"]]


def test_every_claims_words_stand_where_its_section_says() -> None:
    for section, claim in claims():
        text = section_text(section)
        assert plain_text(text).count(claim["quote"]) >= claim["occurrence"], claim
        if claim["occurrence"] == 1:
            assert plain_text(text).count(claim["quote"]) == 1, claim["quote"]


def test_all_claims_of_a_section_can_be_marked_one_after_the_other() -> None:
    for section in DEMO["sections"]:
        text = section_text(section)
        plain = plain_text(text)
        for claim in section["claims"]:
            text = mark_claim(text, claim["quote"], ClaimId(claim["id"]), claim["occurrence"])
        assert claim_words(text) == {claim["id"]: claim["quote"] for claim in section["claims"]}
        assert plain_text(text) == plain


def test_every_passages_words_stand_on_the_page_named(page_texts: dict[str, list[str]]) -> None:
    for claim, passage in passages():
        if "quote" not in passage:
            assert passage["evidence"] in {"waits-chart", "youth-display"}
            continue
        page = folded(page_texts[passage["evidence"]][passage["page"] - 1])
        stands = folded(passage["quote"]) in page
        assert stands is not passage.get("not_on_page", False), (claim["id"], passage)


def test_every_figure_of_a_bound_claim_stands_on_one_of_its_pages(
    page_texts: dict[str, list[str]],
) -> None:
    for _, claim in claims():
        pages = [
            folded(page_texts[passage["evidence"]][passage["page"] - 1])
            for passage in claim["passages"]
            if passage["evidence"] in page_texts
        ]
        for figure in re.findall(r"\d[\d,.]*%?", claim["quote"]) if pages else []:
            assert any(figure.rstrip(".,") in page for page in pages), (claim["quote"], figure)


def test_the_files_are_of_their_kinds_and_sizes(made: dict[str, Path]) -> None:
    assert [path.name for path in made.values()] == [item["file"] for item in DEMO["evidence"]]
    for name, pages in PROMISED_PAGES.items():
        with pypdfium2.PdfDocument(made[name]) as document:
            assert len(document) == pages
    with Image.open(made["waits-chart"]) as chart:
        assert (chart.format, chart.size) == ("PNG", (1600, 900))
    with Image.open(made["youth-display"]) as photograph:
        assert (photograph.format, photograph.size) == ("JPEG", (1600, 1200))


def test_making_them_again_gives_the_same_bytes(made: dict[str, Path], tmp_path: Path) -> None:
    again = make_demo_files(tmp_path / "new" / "folder")
    first = [hashlib.sha256(path.read_bytes()).hexdigest() for path in made.values()]
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in again] == first


def test_sections_are_the_frameworks_and_of_readable_length() -> None:
    framework = load_framework(DEMO["framework"])
    inquiries = {item.id for item in framework.inquiries}
    for section in DEMO["sections"]:
        assert framework.section(section["ref"])
        assert 120 <= word_count(section_text(section)) <= 350
        for claim in section["claims"]:
            assert set(claim["inquiries"]) <= inquiries


def test_every_value_is_a_word_of_the_glossary() -> None:
    names = {person["name"] for person in DEMO["people"]}
    actions = {action["id"]: action for action in DEMO["actions"]}
    assert DEMO["people"][0]["roles"] == ["owner", "author"]
    assert {role for person in DEMO["people"] for role in person["roles"]} <= set(ROLES)
    assert {section["author"] for section in DEMO["sections"]} <= names
    assert {item["by"] for item in [*DEMO["comments"], *DEMO["steps"]]} <= names
    for _, claim in claims():
        assert claim["claim_kind"] in CLAIM_KINDS
        assert set(claim["partners"]) <= set(PARTNERS)
        assert not claim["as_at"] or DATE.fullmatch(claim["as_at"])
        assert set(claim["actions"]) <= set(actions)
    assert {claim["claim_kind"] for _, claim in claims()} == set(CLAIM_KINDS)
    for _, passage in passages():
        assert passage["stance"] in STANCES
        assert passage["evidence"] in EVIDENCE
    for item in EVIDENCE.values():
        assert item["partner"] in PARTNERS
        assert item["evidence_class"] in EVIDENCE_CLASSES
    for action in actions.values():
        assert action["priority"] in PRIORITIES
        assert action["status"] in ACTION_STATUSES
        assert action["rag"] in ("", *RAGS)
        assert action["start"] < action["due"]
    linked = {action for _, claim in claims() for action in claim["actions"]}
    assert linked == set(actions)


def test_the_words_edited_after_a_sign_off_stand_there_once() -> None:
    texts = {section["ref"]: section_text(section) for section in DEMO["sections"]}
    edits = [step for step in DEMO["steps"] if step["act"] == "EditText"]
    assert edits
    for step in edits:
        assert texts[step["section"]].count(step["find"]) == 1


def test_it_speaks_neutrally_and_of_roles() -> None:
    words = json.dumps([DEMO, json.loads(resource("demo", "evidence.json").read_text("utf-8"))])
    assert not re.search(r"\b(grade[sd]?|judge?ments?|judged)\b", words, re.IGNORECASE)
    assert not re.search(r"\b(Mrs?|Ms|Miss|Dr)\b", words)
    assert not re.search(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{10}\b|@", words)
