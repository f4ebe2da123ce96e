"""A quote found in a section's words, however its spaces, quotation marks or dashes are written."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from sefwriter.model.text.blocks import Opaque, SourceBlock
from sefwriter.model.text.normal import clean
from sefwriter.model.text.plain import plain_text
from sefwriter.model.text.runs import plain
from sefwriter.model.text.sentences import sentences
from sefwriter.model.text.slots import slots

_FOLDED: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060", None),
    }
)
_BARRIER: Final = "\ufffc"
"""Stands for what isn't words we may mark; no quote has it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of one slot's plain text: from start to end, slot by its place in its block."""

    block: int
    slot: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Letter:
    """A folded character and where it came from; slot ends and barriers came from nowhere."""

    text: str
    block: int = -1
    slot: int = -1
    place: int = -1


def find(found: Sequence[SourceBlock], quote: str) -> list[tuple[Stretch, ...]]:
    """Every place of the quoted words, in order; each a stretch for every slot it runs over.

    If no place has the words in their very case, those that differ only in it.
    """
    letters = _letters(found)
    wanted = "".join(letter.text for letter in _fold(clean(quote), -1, -1)).strip()
    if not wanted:
        return []
    text = "".join(letter.text for letter in letters)
    starts = _starts(text, wanted)
    if not starts:
        # Lower case letter by letter, so that places stay; İ and ß stand as they are.
        starts = _starts(_lower(text), _lower(wanted))
    return [_stretches(letters[start : start + len(wanted)]) for start in starts]


def nearest(found: Sequence[SourceBlock], quote: str) -> str:
    """The sentence of the text most like the quote, for "did you mean"; "" where none is at all."""
    best, likeness = "", 0.4
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(quote.casefold())
    for sentence in sentences(plain_text(place.block for place in found)):
        matcher.set_seq1(sentence.casefold())
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = sentence, ratio
    return best


def folded(text: str) -> str:
    """Words for comparing: spaces, quotation marks, dashes and case as one."""
    return "".join(letter.text for letter in _fold(clean(text), -1, -1)).strip().casefold()


def _letters(found: Sequence[SourceBlock]) -> list[_Letter]:
    letters: list[_Letter] = []
    for index, place in enumerate(found):
        for number, slot in enumerate(slots(place.block)):
            if isinstance(slot, Opaque):
                letters.append(_Letter(_BARRIER))
                continue
            if letters and letters[-1].text != " ":
                letters.append(_Letter(" "))
            folded = _fold(plain(slot), index, number)
            if letters and letters[-1].text == " " and folded and folded[0].text == " ":
                del folded[0]
            letters += folded
    return letters


def _fold(text: str, block: int, slot: int) -> list[_Letter]:
    letters: list[_Letter] = []
    for place, character in enumerate(text):
        folded = unicodedata.normalize("NFKC", character.translate(_FOLDED)).translate(_FOLDED)
        for piece in folded:
            kept = " " if piece.isspace() else piece
            if kept == " " and letters and letters[-1].text == " ":
                continue
            letters.append(_Letter(kept, block, slot, place))
    return letters


def _lower(text: str) -> str:
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _starts(text: str, wanted: str) -> list[int]:
    starts: list[int] = []
    start = text.find(wanted)
    while start >= 0:
        starts.append(start)
        start = text.find(wanted, start + len(wanted))
    return starts


def _stretches(letters: Sequence[_Letter]) -> tuple[Stretch, ...]:
    stretches: list[Stretch] = []
    for letter in letters:
        if letter.place < 0 or letter.text == " ":
            continue
        end = letter.place + 1
        last = stretches[-1] if stretches else None
        if last and (last.block, last.slot) == (letter.block, letter.slot):
            stretches[-1] = Stretch(last.block, last.slot, last.start, end)
        else:
            stretches.append(Stretch(letter.block, letter.slot, letter.place, end))
    return tuple(stretches)
