"""The whole job in the window, with nothing but keys and mouse; another process checks it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTextBrowser,
    QTextEdit,
)

from sefwriter.ui.evidence.page_view import PageView
from sefwriter.ui.shell.window import MainWindow
from tests.samples import samples
from tests.ui.conftest import app, bugs, new_window, no_warnings_from_qt
from tests.world.hands import ALT, CTRL, KEY, Hands

__all__ = ["app", "bugs", "new_window", "no_warnings_from_qt"]

pytestmark = pytest.mark.real

AREA, LEAD, REVIEWER, PASSPHRASE = "Ambleshire", "SEND lead", "QA reviewer", "three blue herons"
STRENGTH = "Plans are now finished on time"
GAP = "Children wait too long for health assessments"
IMPACT = "More young people go on to further education"
TEXT = f"{STRENGTH}. {GAP}, and parents say so. {IMPACT} than two years ago."
CLAIMS = (
    (STRENGTH, KEY.Key_1, "Strength"),
    (GAP, KEY.Key_2, "To improve"),
    (IMPACT, KEY.Key_3, "Impact"),
)
QUOTES = (
    (STRENGTH, "rutland", "All assessments are completed within statutory timescales."),
    (
        GAP,
        "rutland",
        "waiting too long for some specialist health assessments, according to national guidance,",
    ),
    (
        IMPACT,
        "rutland",
        "The number of those who progress into further education or employment is high.",
    ),
)
ACTION = "Open a second assessment clinic"
NewWindow = Callable[[], MainWindow]


@pytest.fixture
def hands(
    new_window: NewWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Hands:
    monkeypatch.setenv("SEFWRITER_HOME", str(tmp_path / "laptop"))
    return Hands(new_window(), tmp_path / "pictures", mouse=request.param == "mouse")


@pytest.fixture
def terminal(tmp_path: Path) -> Callable[..., Any]:
    """Another process, which prints JSON."""

    def run(*arguments: object) -> Any:  # noqa: ANN401 - whatever the JSON says
        words = [sys.executable, "-m", "sefwriter", *(str(word) for word in arguments), "--json"]
        environment = {**os.environ, "SEFWRITER_HOME": str(tmp_path / "laptop")}
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)

    return run


def reports() -> list[Path]:
    found = sorted((samples() / "reports").glob("*.pdf"))
    return [path for path in found if path.name.startswith(("rutland", "halton"))]


@pytest.mark.parametrize("hands", ["mouse", "keys alone"], indirect=True)
def test_the_whole_job(hands: Hands, tmp_path: Path, terminal: Callable[..., Any]) -> None:
    sef, out = tmp_path / "Our SEF", tmp_path / "Pack"
    start_ours(hands, sef)
    page = write(hands)
    for words, key, kind in CLAIMS:
        hands.mark(page, words)
        hands.key(KEY.Key_M, CTRL)
        hands.key(key)
        hands.until(lambda kind=kind: hands.focus.startswith(f"Kind of claim, {kind}"), kind)
        hands.key(KEY.Key_Return)
    hands.look("three claims")
    add_reports(hands)
    for number, (words, report, quote) in enumerate(QUOTES, start=1):
        bind(hands, page, number, words, report, quote)
    act_on_the_gap(hands, page)
    new_reviewer(hands)
    become(hands, REVIEWER, LEAD)
    sign_off(hands)
    become(hands, LEAD, REVIEWER)
    edit(hands)
    see_the_lapse(hands)
    export(hands, out)
    checked_elsewhere(terminal, sef, out)


def start_ours(hands: Hands, folder: Path) -> None:
    hands.look("start")
    hands.press("Start ours")
    for name, words in (
        ("Area", AREA),
        ("Your name or role", LEAD),
        ("Organisation", "Ambleshire Council"),
        ("Folder, best in the team’s shared drive", str(folder)),
    ):
        hands.fill(name, words)
    hands.look("start ours")
    hands.press("Create")
    hands.find("Go on")
    hands.look("recovery words")
    hands.press("I have written them down, or printed them and locked them away")
    if hands.mouse:
        hands.press("Go on")
    else:
        hands.key(KEY.Key_Return)  # as the button says
    hands.reads(f"At the desk: {LEAD}")


def write(hands: Hands) -> QTextEdit:
    hands.look("write, empty")
    hands.choose_row("Sections", "2, ")
    hands.go_to("Text of the section")
    hands.type(TEXT)
    hands.look("text")
    return hands.find("Text of the section", QTextEdit)


def add_reports(hands: Hands) -> None:
    hands.key(KEY.Key_2, ALT)
    hands.reads("No evidence yet")
    hands.look("evidence, empty")
    hands.answer_file_dialog(reports())
    hands.press("Add files")
    hands.until(lambda: len(hands.rows("Evidence")) == len(reports()), "the reports")
    hands.reads("2 files added")
    hands.look("evidence, added")


def bind(hands: Hands, page: QTextEdit, number: int, words: str, report: str, quote: str) -> None:
    hands.key(KEY.Key_1, ALT)
    hands.mark(page, words[2:-2])
    hands.reads(f"Claim 2.{number}")
    hands.look(f"claim {number}")
    hands.press("Find evidence")
    hands.reads("Binding for claim")
    hands.look(f"looked for claim {number}")
    hands.fill("Search every page of 2 files", "")
    hands.key(KEY.Key_Delete)
    hands.until(lambda: len(hands.rows("Evidence")) == len(reports()), "all evidence")
    hands.choose_row("Evidence", report)
    view = page_view(hands)
    at, first, count = place_of(hands, view, quote)
    chosen = hands.choose(view, at, first, count)
    assert chosen == quote
    hands.look(f"chosen for claim {number}")
    hands.key(KEY.Key_B, CTRL)
    hands.reads(f"Bound to 2.{number}")
    hands.look(f"bound to claim {number}")


def page_view(hands: Hands) -> PageView:
    (view,) = [view for view in hands.window.findChildren(PageView) if view.isVisible()]
    hands.until(lambda: view.pages is not None, "pages")
    return view


def place_of(hands: Hands, view: PageView, quote: str) -> tuple[int, int, int]:
    """Page, first word and count of words of a quote, which is looked for in the file."""
    hands.fill("Find in this file", " ".join(quote.split()[:5]))
    hands.key(KEY.Key_Return)
    found: list[tuple[int, int, int]] = []

    def is_read() -> bool:
        found[:] = places(view, quote.split())
        return bool(found)

    hands.until(is_read, quote)
    return found[0]


def places(view: PageView, wanted: list[str]) -> list[tuple[int, int, int]]:
    """Where words stand one after the other on the pages that are read."""
    return [
        (page, at, len(wanted))
        for page, words in view.words.items()
        for at in range(len(words.words))
        if list(words.words[at : at + len(wanted)]) == wanted
    ]


def act_on_the_gap(hands: Hands, page: QTextEdit) -> None:
    hands.key(KEY.Key_1, ALT)
    hands.mark(page, GAP[2:-2])
    hands.reads("Claim 2.2")
    hands.press("New action")
    hands.type(ACTION)
    hands.key(KEY.Key_Return)
    hands.reads("A1")
    assert hands.focus == "New action"
    hands.look("action")
    hands.key(KEY.Key_3, ALT)
    hands.find("Actions", QAbstractItemView)
    hands.look("plan")


def new_reviewer(hands: Hands) -> None:
    hands.press(f"At the desk: {LEAD}")
    hands.look("person menu")
    hands.take("New person on this laptop…")
    hands.find("Name or role")
    hands.type(REVIEWER)
    hands.fill("Organisation", "Ambleshire ICB")
    for role in ("Author", "Reviewer"):
        hands.press(role)
    hands.fill("Passphrase", PASSPHRASE)
    hands.fill("Passphrase again", PASSPHRASE)
    hands.look("new person")
    hands.press("Add person")
    hands.reads(f"{REVIEWER} is in this SEF")
    hands.look("person added")


def become(hands: Hands, name: str, before: str) -> None:
    hands.press(f"At the desk: {before}")
    hands.take(name)
    if name == REVIEWER:
        hands.find("Passphrase")
        hands.type(PASSPHRASE)
        hands.look("passphrase")
        hands.press("Switch")
    hands.find(f"At the desk: {name}")


def sign_off(hands: Hands) -> None:
    hands.key(KEY.Key_4, ALT)
    hands.choose_row("Sections", "2")
    hands.look("review")
    hands.press("Sign off")
    hands.fill("Passphrase", PASSPHRASE)
    hands.look("sign off")
    hands.press("Sign off")
    hands.reads("Signed off")
    hands.look("signed off")


def edit(hands: Hands) -> None:
    hands.key(KEY.Key_1, ALT)
    page = hands.find("Text of the section", QTextEdit)
    hands.until(lambda: GAP in page.toPlainText(), "the section where one was")
    hands.mark(page, "two years")
    hands.type("three years")
    hands.until(lambda: any("Lapsed" in row for row in hands.rows("Sections")), "Lapsed")
    hands.look("lapsed")


def see_the_lapse(hands: Hands) -> None:
    hands.key(KEY.Key_4, ALT)
    hands.press("What changed")
    page = hands.find("The section as it will be read", QTextBrowser)
    hands.until(lambda: {"two", "three"} <= set(coloured(page)), "the coloured difference")
    looks = coloured(page)
    assert looks["two"].fontStrikeOut()
    assert looks["three"].fontUnderline()
    assert looks["two"].background().color() != looks["three"].background().color()
    hands.look("what changed")


def coloured(page: QTextBrowser) -> dict[str, QTextCharFormat]:
    """The words on a ground of their own, with how they look."""
    found: dict[str, QTextCharFormat] = {}
    block = page.document().begin()
    while block.isValid():
        for stretch in block:  # type: ignore[attr-defined]  # pyright: ignore[reportGeneralTypeIssues]
            piece = stretch.fragment()
            if piece.charFormat().background().style() != Qt.BrushStyle.NoBrush:
                found[piece.text()] = piece.charFormat()
        block = block.next()
    return found


def export(hands: Hands, out: Path) -> None:
    hands.key(KEY.Key_5, ALT)
    hands.fill("Where the pack goes", str(out))
    hands.look("pack")
    if hands.mouse:
        hands.press("Export draft")
    else:
        hands.key(KEY.Key_Tab)  # in a field Ctrl+E is the line's end on X11
        hands.key(KEY.Key_E, CTRL)
    hands.reads("is made")
    hands.look("pack made")


def checked_elsewhere(terminal: Callable[..., Any], sef: Path, out: Path) -> None:
    claims = {claim["claim_kind"]: claim for claim in terminal("show", sef, "claims")}
    words = {kind: claim["text"] for kind, claim in claims.items()}
    assert words == {"strength": STRENGTH, "to-improve": GAP, "impact": IMPACT}
    passages = {passage["id"]: passage for passage in terminal("show", sef, "passages")}
    quotes = {c["text"]: passages[c["passages"][0]]["quote"] for c in claims.values()}
    assert quotes == {words: quote for words, _, quote in QUOTES}
    (action,) = terminal("show", sef, "actions")
    assert (action["text"], action["claims"]) == (ACTION, [claims["to-improve"]["id"]])
    (signed,) = terminal("show", sef, "sign-offs")
    assert (signed["person"], signed["state"]) == (REVIEWER, "lapsed")
    changed = [(row["kind"], row["text"]) for row in signed["text_differs"]]
    assert ("taken-out", "two") in changed
    assert ("added", "three") in changed
    assert terminal("verify", sef) == []
    assert terminal("verify", out) == []
    made = {path.suffix for path in out.iterdir()}
    assert made == {".docx", ".pdf", ".csv", ".json"}
