"""Words found on pages, and found again in another version of the file (settled decision 22)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from sefwriter.evidence.folding import Folded, fold
from sefwriter.evidence.running_lines import without_running_lines
from sefwriter.model.words import PassageState
from sefwriter.store.faults import WorldError

CONTEXT: Final = 32
"""Characters kept on each side of a quote."""

_ALIKE: Final = 80.0
"""From this likeness on (of 100) words are the same words changed."""

_NEAR: Final = 60.0
"""Below this likeness (of 100) naming the nearest words would only puzzle."""

_EDGE: Final = 12
"""Characters on each side of changed words that must stand as they did."""

_LINE_HYPHEN: Final = re.compile("[-\u2010\u00ad]\\s*\\n\\s*|[\\x02\ufffe\u00ad]\\s*")


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quote stands: pages from 1, and the page's own words with spaces folded.

    `before` and `after` are up to 32 characters beside it. `occurrences` says how often the same
    words stand where they were looked for.
    """

    page: int
    page_to: int
    quote: str
    before: str
    after: str
    occurrences: int


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a passage. `page` is where it is now, where it was if it is gone.

    `quote` are the words that stand there now, "" if it is gone or a whole page was bound.
    """

    state: PassageState
    page: int
    quote: str = ""


class QuoteNotFound(WorldError):
    """The words aren't there. `nearest` are the likest words, on `page`; "" and 0 if none are."""

    def __init__(self, sentence: str, nearest: str = "", page: int = 0) -> None:
        super().__init__(sentence)
        self.nearest = nearest
        self.page = page


def locate(
    quote: str, texts: Sequence[str], *, page: int | None = None, occurrence: int = 1
) -> Located:
    """Where the quote stands in a file whose pages have these texts, on one page if it is named.

    Line ends, hyphens at line ends, kinds of dash, quotation mark and space make no difference, and
    a quote may run over a page's end, past running heads and feet. `occurrence` counts from 1 where
    the words stand more than once. Raises QuoteNotFound where they don't stand, or not as often.
    """
    book, wanted, places = _read(texts, quote)
    if page is not None:
        places = [at for at in places if book.page_of(at) == page]
    if not places:
        raise _not_found(book, wanted.text, page)
    if not 1 <= occurrence <= len(places):
        times = "once" if len(places) == 1 else f"{len(places)} times"
        raise QuoteNotFound(f"These words stand there {times}, not {occurrence} times.")
    at = places[occurrence - 1]
    end = at + len(wanted.text)
    return Located(
        page=book.page_of(at),
        page_to=book.page_of(end - 1),
        quote=_own_words(book, at, end, wanted, quote),
        before=_flat(book.text[: book.key.starts[at]][-4 * CONTEXT :])[-CONTEXT:],
        after=_flat(book.text[book.key.ends[end - 1] :][: 4 * CONTEXT])[:CONTEXT],
        occurrences=len(places),
    )


def find_again(quote: str, before: str, after: str, page: int, texts: Sequence[str]) -> Found:
    """What became of a passage in a file whose pages have these texts.

    Where its words stand more than once, those win that have the most of `before` and `after`
    beside them, then those on `page`, then the nearest. An empty quote binds a whole page.
    """
    if not quote.strip():
        return Found("page-only" if 1 <= page <= len(texts) else "gone", page)
    book, wanted, places = _read(texts, quote)
    if places:
        length = len(wanted.text)
        left, right = fold(before).text.strip(), fold(after).text.strip()

        def fit(at: int) -> tuple[int, int]:
            return _shared(book, at, at + length, left, right), -abs(book.page_of(at) - page)

        best = max(places, key=fit)
        now = book.page_of(best)
        words = _own_words(book, best, best + length, wanted, quote)
        return Found("found" if now == page else "moved", now, words)
    score, start, end = _likest(book, wanted.text)
    if score < _ALIKE:
        start, end = _between(
            book, fold(before).text.strip(), fold(after).text.strip(), wanted.text
        )
    if start == end:
        return Found("gone", page)
    return Found("changed", book.page_of(start), book.words(start, end))


@dataclass(frozen=True)
class _Book:
    """All pages of a file as one text, folded once; `firsts` is where each page begins in it."""

    text: str
    firsts: tuple[int, ...]
    key: Folded

    def page_of(self, at: int) -> int:
        """The page, from 1, of a place in the folded text."""
        return bisect_right(self.firsts, self.key.starts[at])

    def words(self, start: int, end: int) -> str:
        """The pages' own words between two places in the folded text."""
        return _flat(self.text[self.key.starts[start] : self.key.ends[end - 1]])


@lru_cache(maxsize=8)
def _book(texts: tuple[str, ...]) -> _Book:
    firsts: list[int] = []
    at = 0
    for text in texts:
        firsts.append(at)
        at += len(text) + 1
    joined = "\n".join(texts)
    return _Book(joined, tuple(firsts), fold(joined))


def _read(texts: Sequence[str], quote: str) -> tuple[_Book, Folded, list[int]]:
    """The pages as one text, the folded quote and where it stands in them.

    Words that run over a page's end are copied without the running head that stands between them,
    so where nothing is found the pages are read without heads and feet.
    """
    book = _book(tuple(texts))
    wanted, places = _places(book, quote)
    if not places:
        bare = _book(without_running_lines(texts))
        found, across = _places(bare, quote)
        if across:
            return bare, found, across
    return book, wanted, places


def _places(book: _Book, quote: str) -> tuple[Folded, list[int]]:
    """The folded quote, and where it stands in the folded book.

    A selection may begin or end with the half of a hyphen that folding joins; so it is tried
    without, once nothing else is found.
    """
    folded = fold(quote)
    for edge in (" ", " -"):
        wanted = _stripped(folded, edge)
        found = _all_places(book.key.text, wanted.text)
        if found:
            return wanted, found
    return _stripped(folded, " "), []


def _stripped(folded: Folded, edge: str) -> Folded:
    start = len(folded.text) - len(folded.text.lstrip(edge))
    end = max(start, len(folded.text.rstrip(edge)))
    return Folded(folded.text[start:end], folded.starts[start:end], folded.ends[start:end])


def _all_places(text: str, wanted: str) -> list[int]:
    places: list[int] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + len(wanted))
    return places


def _own_words(book: _Book, start: int, end: int, wanted: Folded, quote: str) -> str:
    """The page's words. A hyphen at a line's end stays only if the quote has one there too."""
    first = book.key.starts[start]

    def hyphen(match: re.Match[str]) -> str:
        after = bisect_left(book.key.starts, first + match.end()) - start
        if not 0 < after < len(wanted.text) or wanted.text[after - 1] == "-":
            return "-"
        return "-" if quote[wanted.ends[after - 1] : wanted.starts[after]].strip() else ""

    return " ".join(_LINE_HYPHEN.sub(hyphen, book.text[first : book.key.ends[end - 1]]).split())


def _flat(text: str) -> str:
    return " ".join(_LINE_HYPHEN.sub("-", text).split())


def _shared(book: _Book, start: int, end: int, left: str, right: str) -> int:
    """How many characters of a passage's context stand beside a place in the folded book."""
    before = book.key.text[max(0, start - len(left) - 1) : start].rstrip()
    after = book.key.text[end : end + len(right) + 1].lstrip()
    return _common(before[::-1], left[::-1]) + _common(after, right)


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, (mine, theirs) in enumerate(pairs) if mine != theirs),
        min(len(one), len(other)),
    )


def _likest(book: _Book, wanted: str) -> tuple[float, int, int]:
    """Likeness (0 to 100), start and end of the folded book's words most like those wanted."""
    text = book.key.text
    if not wanted or not text:
        return 0.0, 0, 0
    if len(text) < len(wanted):
        # A window as long as the quote isn't there, and rapidfuzz would turn the question round.
        return fuzz.ratio(wanted, text), 0, len(text)
    best = fuzz.partial_ratio_alignment(wanted, text)
    if best is None or best.dest_end <= best.dest_start:
        return 0.0, 0, 0
    start = text.rfind(" ", 0, best.dest_start + 1) + 1
    end = text.find(" ", best.dest_end - 1)
    end = max(end if end >= 0 else len(text), start + 1)
    # The window is as long as the quote; whole words may be likelier than a window that cuts them.
    return max(best.score, fuzz.ratio(wanted, text[start:end])), start, end


def _between(book: _Book, left: str, right: str, wanted: str) -> tuple[int, int]:
    """Where other words stand between a passage's own surroundings: a figure brought up to date.

    Start and end in the folded book, equal if there is no such place.
    """
    left, right = left[-_EDGE:], right[:_EDGE]
    if min(len(left), len(right)) < _EDGE:
        return 0, 0
    text = book.key.text
    for at in _all_places(text, left):
        start = at + len(left)
        end = text.find(right, start, start + 2 * len(wanted) + _EDGE + len(right))
        words = text[start : max(start, end)]
        if words.strip(" -"):
            start += len(words) - len(words.lstrip())
            return start, start + len(words.strip())
    return 0, 0


def _not_found(book: _Book, wanted: str, page: int | None) -> QuoteNotFound:
    where = "in this file" if page is None else f"on page {page}"
    score, start, end = _likest(book, wanted)
    if score < _NEAR:
        return QuoteNotFound(f"These words are not {where}, and nothing like them is.")
    nearest, at = book.words(start, end), book.page_of(start)
    return QuoteNotFound(
        f"These words are not {where}. The nearest are on page {at}: “{nearest}”.", nearest, at
    )
