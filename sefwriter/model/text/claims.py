"""Claims in a section's Markdown: which there are, their words, and marking and unmarking them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from sefwriter.model.ids import ClaimId
from sefwriter.model.text.blocks import Block, ClaimSpan, Opaque, Run, Runs
from sefwriter.model.text.finding import Stretch, find, folded, nearest
from sefwriter.model.text.parse import blocks, met_claims, parse
from sefwriter.model.text.runs import plain, tidy
from sefwriter.model.text.serialise import rewrite
from sefwriter.model.text.slots import slots, with_slots, words_of


class QuoteNotFound(Exception):
    """The words don't stand in the text (so often). `nearest` is the likest sentence, or ""."""

    def __init__(self, nearest: str) -> None:
        super().__init__("These words are not in the section's text.")
        self.nearest = nearest


class QuoteTaken(Exception):
    """Some of the words belong to a claim already."""

    def __init__(self, claim: ClaimId) -> None:
        super().__init__("Some of these words belong to a claim already.")
        self.claim = claim


@lru_cache(maxsize=128)
def claim_spans(markdown: str) -> tuple[ClaimSpan, ...]:
    """Every span of every claim, in reading order."""
    spans: list[ClaimSpan] = []
    groups: dict[ClaimId, int] = {}
    # Claims whose last span has nothing but white space, other claims and block ends after it.
    going_on: set[ClaimId] = set()
    for index, block in enumerate(blocks(markdown)):
        for claim, words in _stretches(block):
            if claim is None:
                if words.strip():
                    going_on.clear()
                continue
            if claim not in going_on:
                groups[claim] = groups.get(claim, -1) + 1
                going_on.add(claim)
            spans.append(ClaimSpan(claim, index, words, groups[claim]))
    return tuple(spans)


def claim_words(markdown: str) -> dict[ClaimId, str]:
    """Each claim's words in reading order, white space folded."""
    words: dict[ClaimId, list[str]] = {}
    for span in claim_spans(markdown):
        words.setdefault(span.claim, []).append(span.words)
    return {claim: " ".join(" ".join(pieces).split()) for claim, pieces in words.items()}


def doubled(markdown: str) -> tuple[ClaimId, ...]:
    """The claims that stand in more than one place, by id."""
    return tuple(sorted({span.claim for span in claim_spans(markdown) if span.group > 0}))


def met(markdown: str) -> tuple[ClaimId, ...]:
    """The claims whose brackets lie in one another after a merge, by id: somebody should look."""
    return tuple(sorted(met_claims(markdown)))


def mark_claim(markdown: str, quote: str, claim: ClaimId, occurrence: int = 1) -> str:
    """The text with the quoted words marked as the claim; only blocks they stand in are rewritten.

    White space, quotation marks and dashes needn't be those of the text, nor case, if no place has
    the very case. `occurrence` counts from 1. Raises QuoteNotFound, QuoteTaken.
    """
    found = parse(markdown)
    places = find(found, quote)
    if not 1 <= occurrence <= len(places):
        raise QuoteNotFound(nearest(found, quote))
    return _mark(markdown, places[occurrence - 1], claim)


def in_the_way(markdown: str, quote: str) -> bool:
    """Whether the quoted words stand in what is kept as it is, where nothing can be marked."""
    kept = [
        slot.source
        for place in parse(markdown)
        for slot in slots(place.block)
        if isinstance(slot, Opaque)
    ]
    wanted = folded(quote)
    return any(
        wanted in words for source in kept for words in (folded(source), folded(_bare(source)))
    )


def mark_words(markdown: str, block_index: int, start: int, end: int, claim: ClaimId) -> str:
    """The text with part of one top-level block marked: code points of that block's `plain_text`.

    White space at the ends is left out. Raises QuoteNotFound for no words, QuoteTaken, and
    IndexError for no such block.
    """
    block = parse(markdown)[block_index].block
    stretches: list[Stretch] = []
    offset = 0
    for index, slot in enumerate(slots(block)):
        words = plain(words_of(slot))
        first, last = max(start - offset, 0), min(end - offset, len(words))
        inside = words[first:last] if first < last else ""
        if inside.strip() and not isinstance(slot, Opaque):
            first += len(inside) - len(inside.lstrip())
            last -= len(inside) - len(inside.rstrip())
            stretches.append(Stretch(block_index, index, first, last))
        offset += len(words) + 1
    if not stretches:
        raise QuoteNotFound("")
    return _mark(markdown, stretches, claim)


def unmark_claim(markdown: str, claim: ClaimId) -> str:
    """The text without the claim's marks; its words, links and measures stay."""
    found = parse(markdown)
    changed: dict[int, Block] = {}
    for index, place in enumerate(found):
        if any(run.claim == claim for slot in slots(place.block) for run in words_of(slot)):
            changed[index] = _each_run(
                place.block, lambda run: replace(run, claim=None) if run.claim == claim else run
            )
    return rewrite(markdown, found, changed)


def _bare(source: str) -> str:
    """The words between the tags of HTML, roughly: for telling only."""
    return re.sub("<[^<>]*>", "", source)


def _stretches(block: Block) -> Iterator[tuple[ClaimId | None, str]]:
    """A block's words by whose they are. A picture outside any claim counts as words between."""
    for slot in slots(block):
        for claim, members in groupby(words_of(slot), key=lambda run: run.claim):
            stretch = tuple(members)
            words = plain(stretch)
            if claim is None and any(run.picture for run in stretch):
                words += "\ufffc"
            yield claim, words


def _mark(markdown: str, stretches: Sequence[Stretch], claim: ClaimId) -> str:
    found = parse(markdown)
    changed: dict[int, Block] = {}
    for stretch in stretches:
        block = changed.get(stretch.block, found[stretch.block].block)
        filled = list(slots(block))
        runs = words_of(filled[stretch.slot])
        filled[stretch.slot] = _marked(runs, stretch.start, stretch.end, claim)
        changed[stretch.block] = with_slots(block, filled)
    return rewrite(markdown, found, changed)


def _marked(runs: Runs, start: int, end: int, claim: ClaimId) -> Runs:
    marked: list[Run] = []
    offset = 0
    for run in runs:
        length = len(plain((run,)))
        first, last = max(start - offset, 0), min(end - offset, length)
        within = first < last or (not length and start < offset < end)
        offset += length
        if not within:
            marked.append(run)
            continue
        if run.claim is not None:
            raise QuoteTaken(run.claim)
        if last - first == length or not length:
            marked.append(replace(run, claim=claim))
            continue
        marked += [
            replace(run, text=run.text[:first]),
            replace(run, text=run.text[first:last], claim=claim),
            replace(run, text=run.text[last:]),
        ]
    return tidy(marked)


def _each_run(block: Block, change: Callable[[Run], Run]) -> Block:
    return with_slots(
        block, [tuple(change(run) for run in words_of(slot)) for slot in slots(block)]
    )
