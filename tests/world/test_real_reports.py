"""The whole job on eleven reports: written, claimed, bound, signed, edited, put back, exported.

What the bound PDF says is read by pypdf, which did not write it; the quotes are drawn from the
reports by pypdfium2 directly, not by our own reader.
"""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from tests.samples import samples
from tests.world.terminal import Terminal

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(300)]

SEED = 20261124
SECRET = "correct horse battery"


@dataclass(frozen=True)
class Quote:
    """Words of a report, as somebody would copy them from the page."""

    report: Path
    words: str
    page: int
    kind: str
    page_to: int = 0
    occurrence: int = 1


def test_every_claim_of_a_pack_on_real_reports_opens_the_page_that_proves_it(
    terminal: Terminal, tmp_path: Path
) -> None:
    reports = sorted((samples() / "reports").glob("*.pdf"))
    quotes = draw_quotes(reports, random.Random(SEED))
    kinds = [quote.kind for quote in quotes]
    assert len({quote.report for quote in quotes}) == 11
    assert kinds.count("over a line end") >= 4
    assert kinds.count("hyphenated") >= 2
    assert {"over two pages", "stands twice"} <= set(kinds)

    sef = tmp_path / "Area SEF"
    made = terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    sections = [row["id"] for row in made["sections"]]
    evidence: dict[Path, str] = {}
    for report in reports:
        done = terminal("do", sef, "AddEvidence", f"path={report}", f"title={report.stem[:40]}")
        evidence[report] = subject(done, "evidence")

    claims = write_and_claim(terminal, sef, sections, len(quotes))
    action = subject(terminal("do", sef, "AddAction", "text=Open a second clinic"), "action")
    terminal("do", sef, "LinkAction", f"claim={claims[0]}", f"action={action}")
    bound: dict[str, tuple[str, Quote]] = {}
    for claim, quote in zip(claims, quotes, strict=True):
        done = terminal(
            "do",
            sef,
            "LinkPassage",
            f"claim={claim}",
            f"evidence={evidence[quote.report]}",
            f"quote={quote.words}",
            *([f"page={quote.page}"] if quote.kind == "stands twice" else []),
        )
        bound[subject(done, "passage")] = (claim, quote)
    for row in terminal("show", sef, "passages"):
        _, quote = bound[row["id"]]
        assert (row["state"], row["page"]) == ("found", quote.page), (quote, row)
        assert row["page_to"] == (quote.page_to or quote.page), quote

    sign_edit_and_put_back(terminal, sef, sections[0])

    pack = tmp_path / "pack"
    exported = terminal("export", sef, "--to", pack, "--date", "2026-11-24", "--as", "SEND lead")
    assert terminal("verify", pack) == []
    assert terminal("verify", sef) == []
    assert exported["not_bound"] == []
    file = next(pack.glob("*bound pack*.pdf"))
    check_links(file, json.loads((pack / "manifest.json").read_bytes()), bound)


def write_and_claim(
    terminal: Terminal, sef: Path, sections: Sequence[str], count: int
) -> list[str]:
    """Three sections whose claims stand in every kind of place; the ids of `count` claims."""
    special = [
        ("Families wait too long for a first appointment", "paragraph"),
        ("Schools call the advisory line before they exclude", "list"),
        ("Two of three plans are on time", "cell"),
        ("Parents **trust** the annual review", "bold"),
        ("Young people say they are heard.\n\nThey also say that little changes", "paragraphs"),
    ]
    rest = [f"Statement number {n} of this area says something checkable" for n in range(count - 5)]
    text = "\n\n".join(
        [
            "## Our evaluation",
            f"What we know is mixed. {special[0][0]}, and we say so.",
            f"* A first point\n* {special[1][0]} and get help\n* A last point",
            f"| what | how much |\n| --- | --- |\n| plans | {special[2][0]} |",
            f"It is good that {special[3][0]} as a rule.",
            special[4][0] + ".",
        ]
    )
    terminal("do", sef, "EditText", f"section={sections[0]}", f"text={text}")
    half = len(rest) // 2
    for section, part in ((sections[1], rest[:half]), (sections[2], rest[half:])):
        body = "\n\n".join(f"Here is a beginning. {words}, and here an end." for words in part)
        terminal("do", sef, "EditText", f"section={section}", f"text={body}")
    claims: list[str] = []
    kinds = ("to-improve", "strength", "impact", "context", "voice")
    plain = [(sections[0], words.replace("**", "").replace("\n\n", " ")) for words, _ in special]
    plain += [(sections[1] if n < half else sections[2], words) for n, words in enumerate(rest)]
    for n, (section, words) in enumerate(plain):
        done = terminal(
            "do",
            sef,
            "MarkClaim",
            f"section={section}",
            f"quote={words}",
            f"claim_kind={kinds[n % 5]}",
            "partners=education,health",
        )
        claims.append(subject(done, "claim"))
    shown = {row["id"]: row for row in terminal("show", sef, "claims")}
    for claim, (_, words) in zip(claims, plain, strict=True):
        assert letters(shown[claim]["text"]) == letters(words)
    return claims


def sign_edit_and_put_back(terminal: Terminal, sef: Path, section: str) -> None:
    """A second person signs; one edited word lapses it and is named; put back, it is valid."""
    key = terminal("person", "new", "QA reviewer", SEFWRITER_PASSPHRASE=SECRET)["key"]
    terminal("do", sef, "AdmitPerson", f"key={key}", "name=QA reviewer", "roles=reviewer")
    assert "passphrase" in terminal.refused(
        "do", sef, "SignOff", f"section={section}", "--as", "QA reviewer"
    )
    assert "not the passphrase" in terminal.refused(
        "do", sef, "SignOff", f"section={section}", "--as", "QA reviewer", SEFWRITER_PASSPHRASE="x"
    )
    terminal(
        "do",
        sef,
        "SignOff",
        f"section={section}",
        "--as",
        "QA reviewer",
        SEFWRITER_PASSPHRASE=SECRET,
    )
    assert state(terminal, sef) == ("valid", [])
    text = terminal("show", sef, "sections", section)["text"]
    edited = text.replace("mixed", "muddled")
    terminal("do", sef, "EditText", f"section={section}", f"text={edited}")
    assert state(terminal, sef) == ("lapsed", ["the text was changed"])
    difference = terminal("show", sef, "sign-offs")[0]["text_differs"]
    changed = [
        (part["kind"], part["text"].strip()) for part in difference if part["kind"] != "same"
    ]
    assert ("taken-out", "mixed") in changed
    assert ("added", "muddled") in changed
    terminal("do", sef, "EditText", f"section={section}", f"text={text}")
    assert state(terminal, sef) == ("valid", [])
    assert terminal("show", sef, "sections", section)["status"] == "signed-off"


def state(terminal: Terminal, sef: Path) -> tuple[str, list[str]]:
    row = terminal("show", sef, "sign-offs")[0]
    return row["state"], row["differs"]


def check_links(file: Path, manifest: dict[str, Any], bound: dict[str, tuple[str, Quote]]) -> None:
    """Each claim's link lands on the page with the quote, each divider's links on the claim."""
    reader = pypdf.PdfReader(file)
    pages = [page.extract_text() for page in reader.pages]
    targets = [link_targets(reader, page) for page in reader.pages]
    stands = {claim["id"]: claim["page"] for claim in manifest["claims"]}
    for claim in manifest["claims"]:
        for reference in claim["references"]:
            _, quote = bound[reference["passage"]]
            target = reference["target"]
            assert target in targets[reference["stands"] - 1], quote
            assert stands_there(quote, pages[target - 1 : target + 1]), quote
    dividers = {row["id"]: row["divider"] for row in manifest["evidence"]}
    for claim in manifest["claims"]:
        for reference in claim["references"]:
            back = targets[dividers[reference["evidence"]] - 1]
            assert stands[claim["id"]] in back
    assert len(bound) == sum(len(claim["references"]) for claim in manifest["claims"])


def stands_there(quote: Quote, pages: Sequence[str]) -> bool:
    """Whether a page has the quote's words; of one over two pages, the first its first half."""
    if not quote.page_to:
        return letters(quote.words) in letters(pages[0])
    words = quote.words.split()
    first, second = " ".join(words[:5]), " ".join(words[5:])
    return letters(first) in letters(pages[0]) and letters(second) in letters(pages[1])


def link_targets(reader: pypdf.PdfReader, page: pypdf.PageObject) -> list[int]:
    """The pages, from 1, that the links of a page go to."""
    numbers = {p.indirect_reference.idnum: n for n, p in enumerate(reader.pages, 1)}  # pyright: ignore[reportOptionalMemberAccess]
    found: list[int] = []
    for annotation in page.get("/Annots", []):
        link = annotation.get_object()
        goal = link.get("/Dest") or link.get("/A", {}).get("/D")
        if link["/Subtype"] == "/Link" and goal is not None:
            found.append(numbers[goal[0].idnum])
    return found


def draw_quotes(reports: Sequence[Path], chance: random.Random) -> list[Quote]:
    """At least one quote a report, and the hard ones: over lines or pages, hyphens, said twice."""
    found: list[Quote] = []
    hyphenated: list[Quote] = []
    crossing: list[Quote] = []
    twice: list[Quote] = []
    for report in reports:
        document = pypdfium2.PdfDocument(report)
        texts = [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
        document.close()
        found.append(draw_lines(report, texts, chance, over=len(found) % 2 == 0))
        hyphenated += draw_hyphenated(report, texts)
        crossing += draw_crossing(report, texts)
        twice += draw_twice(report, texts)
    found += chance.sample(hyphenated, 2)
    found.append(chance.choice(crossing))
    found.append(chance.choice(twice))
    return found


def draw_lines(report: Path, texts: Sequence[str], chance: random.Random, *, over: bool) -> Quote:
    """A run of words from a middle page, over a line end or within a line; standing once only."""
    while True:
        page = chance.randrange(1, len(texts) - 1)
        lines = [line.strip() for line in texts[page].split("\n") if len(line.split()) > 8]
        if len(lines) < 4:
            continue
        at = chance.randrange(len(lines) - 1)
        words = (
            lines[at].split()[-4:] + lines[at + 1].split()[:5] if over else lines[at].split()[1:8]
        )
        quote = " ".join(words)
        whole = letters(" ".join(texts))
        joined = re.sub(r"\s+", " ", texts[page])
        if "\ufffe" in quote or quote not in joined or whole.count(letters(quote)) != 1:
            continue
        return Quote(report, quote, page + 1, "over a line end" if over else "within a line")


def draw_hyphenated(report: Path, texts: Sequence[str]) -> list[Quote]:
    """Words whose hyphen stands at a line's end, copied as a person would: in one piece."""
    found: list[Quote] = []
    whole = letters(" ".join(texts))
    for number, text in enumerate(texts[:-1], 1):
        joined = re.sub(r"\s+", " ", re.sub("[\ufffe\x02]\\s*", "\ufffe", text))
        for match in re.finditer(r"(?:\S+ ){3}\w+\ufffe\w+(?: \S+){3}", joined):
            quote = match.group(0).replace("\ufffe", "-")
            if whole.count(letters(quote)) == 1:
                found.append(Quote(report, quote, number, "hyphenated"))
    return found


def draw_crossing(report: Path, texts: Sequence[str]) -> list[Quote]:
    """Words that begin on one page and end on the next, without the running head between them."""
    heads = [[re.sub(r"\d+", "", line) for line in text.split("\n")[:4]] for text in texts]
    found: list[Quote] = []
    for number, (text, after) in enumerate(pairwise(texts), 1):
        lines = after.split("\n")
        while lines and sum(re.sub(r"\d+", "", lines[0]) in head for head in heads) > 2:
            del lines[0]
        end, begin = text.split()[-5:], " ".join(lines).split()[:5]
        running = begin and begin[0][:1].islower() and not text.rstrip().endswith((".", ":"))
        if running and len(end) == 5 and not any("\ufffe" in word for word in end + begin):
            found.append(Quote(report, " ".join(end + begin), number, "over two pages", number + 1))
    return found


def draw_twice(report: Path, texts: Sequence[str]) -> list[Quote]:
    """Words that stand on two pages of a report; the later page is meant."""
    pages: dict[str, list[int]] = {}
    for number, text in enumerate(texts[:-1], 1):
        words = text.split()
        for at in range(0, len(words) - 6):
            run = " ".join(words[at : at + 6])
            if "\ufffe" not in run and run.isascii() and letters(run):
                pages.setdefault(run, []).append(number)
    return [
        Quote(report, run, numbers[1], "stands twice")
        for run, numbers in pages.items()
        if len(numbers) == 2 and numbers[0] < numbers[1]
    ]


def letters(text: str) -> str:
    """Only letters and digits: what no two PDF readers differ about."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def subject(done: dict[str, Any], kind: str) -> str:
    return next(row["id"] for row in done["touched"] if row["kind"] == kind)
