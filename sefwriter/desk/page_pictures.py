"""What a window shows of a file's pages: pictures, words with their boxes, passages, words found.

Pictures and words come from a thread and a process of their own, so that neither the desk nor long
work waits for them. The newest wish wins: pages scrolled past are never drawn.
"""

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Literal

from sefwriter.desk.home import Home
from sefwriter.desk.project import Project
from sefwriter.evidence.folding import fold
from sefwriter.evidence.pages import Box, Cut, PageReader, PageWords, Picture, places_of
from sefwriter.evidence.passages import find_again
from sefwriter.model.ids import EvidenceId, PassageId
from sefwriter.model.sef import Evidence, Sef
from sefwriter.model.text.sentences import sentences
from sefwriter.model.words import PassageState
from sefwriter.store.faults import WorldError
from sefwriter.store.vault import Vault

__all__ = ["Box", "Cut", "PageWords", "Picture", "places_of"]

Wish = Cut | int
"""A part of a page to be drawn, or the number of a page whose words are wanted."""

Got = Picture | PageWords | str
"""What came of a wish; a sentence for people where it can't be granted."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one evidence file: the PDF, and its pages' sizes in points as they are seen."""

    pdf: Path
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PassageNow:
    """Where a passage stands in the file as it is now; `quote` are the words that stand there."""

    passage: PassageId
    state: PassageState
    page: int
    quote: str


def pages_of(home: Home, sef: Sef, item: Evidence) -> Pages | None:
    """The pages of evidence as it is now; None where it has none on this laptop."""
    if item.current is None:
        return None
    facts = sef.page_facts(item.current.sha256)
    rendition = sef.renditions.get(item.current.sha256)
    pdf = Vault(home.vault).path(rendition.sha256 if rendition else item.current.sha256)
    return Pages(pdf, facts.sizes) if facts.sizes and pdf.is_file() else None


class PagePictures:
    """Grants wishes for pages, one after the other, newest list first. Close it at the end.

    `deliver` calls what it is given on the thread that wants to hear.
    """

    def __init__(self, deliver: Callable[[Callable[[], None]], None]) -> None:
        self._deliver = deliver
        self._news = threading.Condition()
        self._wishes: list[tuple[Path, Wish]] = []
        self._at_work: tuple[Path, Wish] | None = None
        self._granted: Callable[[Path, Wish, Got], None] = _nobody
        self._closed = False
        self._thread: threading.Thread | None = None

    def want(
        self, pdf: Path, wishes: Sequence[Wish], granted: Callable[[Path, Wish, Got], None]
    ) -> None:
        """Wants these in this order, and nothing that was wanted before."""
        with self._news:
            self._wishes = [(pdf, wish) for wish in wishes if (pdf, wish) != self._at_work]
            self._granted = granted
            self._news.notify()
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._work, name="pages", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Ends the thread and its process."""
        with self._news:
            self._closed = True
            self._news.notify()
        if self._thread:
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        with PageReader() as reader:
            while True:
                with self._news:
                    while not self._wishes and not self._closed:
                        self._news.wait()
                    if self._closed:
                        return
                    self._at_work = pdf, wish = self._wishes.pop(0)
                    granted = self._granted
                self._grant(granted, pdf, wish, _got(reader, pdf, wish))

    def _grant(
        self, granted: Callable[[Path, Wish, Got], None], pdf: Path, wish: Wish, got: Got
    ) -> None:
        if not self._closed:
            self._deliver(lambda: granted(pdf, wish, got))


def _nobody(pdf: Path, wish: Wish, got: Got) -> None:
    del pdf, wish, got


def _got(reader: PageReader, pdf: Path, wish: Wish) -> Got:
    try:
        return reader.words(pdf, wish) if isinstance(wish, int) else reader.draw(pdf, wish)
    except WorldError as error:
        return str(error)


# -- words chosen, bound and found


def chosen_quote(words: Sequence[str], first: int, last: int) -> tuple[str, int]:
    """The words from first to last as a quote, and the how-manieth on their page they are."""
    quote = " ".join(words[first : last + 1])
    so_far = fold(" ".join(words[: last + 1])).text
    return quote, max(1, so_far.count(fold(quote).text.strip()))


def passage_place(
    words: Sequence[str], quote: str, before: str, *, part: Literal["all", "begins", "ends"] = "all"
) -> tuple[int, int] | None:
    """First and last word of a passage on a page that has these words, None where it isn't there.

    Where its words stand more than once, those win that have most of `before` before them. A quote
    that runs over a page's end `begins` on one page and `ends` on another.
    """
    places = places_of(words, quote)
    if places:
        tail = fold(before).text.strip()

        def fit(place: tuple[int, int]) -> int:
            head = fold(" ".join(words[max(0, place[0] - 12) : place[0]])).text.strip()
            pairs = zip(reversed(head), reversed(tail), strict=False)
            return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

        return max(places, key=fit)
    pieces = quote.split()
    for length in range(len(pieces) - 1, 0, -1) if part != "all" else ():
        if part == "begins" and (found := places_of(words, " ".join(pieces[:length]))):
            return found[-1]
        if part == "ends" and (found := places_of(words, " ".join(pieces[-length:]))):
            return found[0]
    return None


def sentence_around(words: Sequence[str], at: int) -> tuple[int, int]:
    """First and last word of the sentence that a word of a page stands in."""
    first = 0
    for sentence in sentences(" ".join(words)):
        last = first + len(sentence.split()) - 1
        if first <= at <= last:
            return first, last
        first = last + 1
    return at, at


def passages_now(project: Project, evidence: EvidenceId) -> tuple[PassageNow, ...]:
    """Every passage of this evidence, found again in the file as it is now."""
    sef = project.sef()
    item = sef.evidence_by_id.get(evidence)
    if item is None or item.current is None:
        return ()
    texts = sef.page_facts(item.current.sha256).texts
    found: list[PassageNow] = []
    for passage in sef.passages:
        if passage.evidence != evidence:
            continue
        if not passage.quote or not any(texts):
            state: PassageState = "not-read" if passage.quote else "page-only"
            found.append(PassageNow(passage.id, state, passage.page, ""))
            continue
        now = find_again(passage.quote, passage.before, passage.after, passage.page, texts)
        found.append(PassageNow(passage.id, now.state, now.page, now.quote))
    return tuple(found)


def pages_with(texts: Sequence[str], words: str) -> tuple[tuple[int, int], ...]:
    """The pages, from 1, on which these words stand in this row in any case, and how often."""
    wanted = fold(words).text.strip().lower()
    if not wanted:
        return ()
    counted = ((at, fold(text).text.lower().count(wanted)) for at, text in enumerate(texts, 1))
    return tuple((page, times) for page, times in counted if times)


def words_like(words: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """The words of a page that are, or begin like, one of those wanted: marks for a search.

    A number doesn't begin like another: 20 isn't in 2026.
    """
    stems = [fold(word).text.strip().lower() for word in wanted if len(word) > 1]
    if not any(stems):
        return []
    likes = "|".join(re.escape(stem) + r"(?!\d)" * stem[-1].isdigit() for stem in stems if stem)
    like = re.compile(r"\W*(?:" + likes + ")")
    return [(at, at) for at, word in enumerate(words) if like.match(fold(word).text.lower())]
