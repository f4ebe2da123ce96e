"""Words, emphasis, links, claims, measures and pictures inside one paragraph, heading or cell.

Python-Markdown reads the blocks; this reads what stands in them, in place of its inline patterns.
Claims must read alike on every laptop, and the library's rules for emphasis change between
releases; it leaves stash marks; and claims that overlap after a merge need a rule of our own: the
innermost brackets own their words, the outer claim keeps the pieces before and after.

Stars are switches: one turns italic, two bold, three both; on before a letter, off after one. So
every sequence of looks can be written, and common Markdown reads as people expect.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from html.entities import html5
from typing import Final

from sefwriter.model.ids import ClaimId, MeasureId
from sefwriter.model.text.blocks import Run, Runs
from sefwriter.model.text.runs import plain, tidy

ENTITY: Final = r"&(?:[#]\d{1,7}|[#][xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
PUNCTUATION: Final = r"[!-/:-@\[-`{-~]"

_TOKEN: Final = re.compile(
    rf"""
      \\(?P<escaped>{PUNCTUATION})
    | (?P<hard>(?:\\|(?<![ \t])[ ]{{2,}})\n[ \t]*)
    | (?P<soft>(?<![ \t])[ \t\r]*\n[ \t]*)
    | (?P<ticks>`+)
    | (?P<stars>\*+|_+)
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<entity>{ENTITY})
    | <(?P<address>[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>
    | (?P<line_break><[bB][rR][ ]*/?>)
    | (?P<html><(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|!--|\?|![A-Za-z\[]))
    """,
    re.VERBOSE,
)
_TARGET: Final = re.compile(
    r"""
    \(\s*
    (?: <(?P<quoted>(?:[^<>\\\n]|\\.)*)>
      | (?P<bare>(?:[^\s()<>\\]|\\\S|\((?:[^\s()<>\\]|\\\S)*\))*)
    )
    (?:\s+(?P<title>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))?
    \s*\)
    """,
    re.VERBOSE,
)
_DECODE: Final = re.compile(rf"\\({PUNCTUATION})|{ENTITY}")
_CLAIM: Final = re.compile(r"claim:([A-Za-z0-9]+)")
_MEASURE: Final = re.compile(r"measure:([A-Za-z0-9]+)")
_PICTURE: Final = re.compile(r"picture:([0-9a-f]+)")
_STARS: Final = {"italic": 1, "bold": 2}
_PICTURE_TITLE: Final = re.compile(r"(\d{1,3}%)?(?:(?:^| )claim:([A-Za-z0-9]+))?")


class NotOurs(Exception):
    """The text holds Markdown that the page can't show as rich text; its block becomes Opaque."""


@dataclass(frozen=True, slots=True)
class Inline:
    """Runs in normal form, and the claims whose brackets lay in one another."""

    runs: Runs
    met: frozenset[ClaimId]


def read_inline(text: str) -> Inline:
    """Read one paragraph, heading or cell. Raises NotOurs for raw HTML and foreign pictures."""
    return _Reader(text.strip(" \t\r\n")).read()


@dataclass(frozen=True, slots=True)
class _Stars:
    char: str
    count: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class _Bracket:
    literal: str


_Part = str | _Stars | _Bracket | Runs


@dataclass(slots=True)
class _Reader:
    """One pass from left to right; brackets wait on a stack for their end."""

    text: str
    parts: list[_Part] = field(default_factory=list[_Part])
    brackets: list[int] = field(default_factory=list[int])
    met: set[ClaimId] = field(default_factory=set[ClaimId])
    tick_ends: dict[int, list[int]] | None = None

    def read(self) -> Inline:
        position = 0
        while (found := _TOKEN.search(self.text, position)) is not None:
            if found.start() > position:
                self.parts.append(self.text[position : found.start()])
            position = self._take(found)
        self.parts.append(self.text[position:])
        return Inline(tidy(_styled(self.parts)), frozenset(self.met))

    def _take(self, found: re.Match[str]) -> int:
        kind, token = str(found.lastgroup), found.group()
        match kind:
            case "escaped":
                self.parts.append(found["escaped"])
            case "hard" | "line_break":
                self.parts.append((Run("", line_break=True),))
            case "soft":
                self.parts.append(" ")
            case "ticks":
                return self._code(found)
            case "stars":
                self.parts.append(self._stars(found))
            case "open":
                self.brackets.append(len(self.parts))
                self.parts.append(_Bracket(token))
            case "close":
                return self._close(found.end())
            case "entity":
                self.parts.append(decode(token))
            case "address":
                address = found["address"]
                target = address if ":" in address else f"mailto:{address}"
                self.parts.append((Run(address, link=target),))
            case _:
                raise NotOurs("raw HTML")
        return found.end()

    def _code(self, found: re.Match[str]) -> int:
        if self.tick_ends is None:
            self.tick_ends = {}
            for run in re.finditer("`+", self.text):
                self.tick_ends.setdefault(len(run.group()), []).append(run.start())
        length = len(found.group())
        ends = self.tick_ends.get(length, [])
        place = bisect_right(ends, found.start())
        if place == len(ends):
            self.parts.append(found.group())
            return found.end()
        inside = re.sub(r"\r?\n", " ", self.text[found.end() : ends[place]])
        if inside.strip(" ") and inside[0] == inside[-1] == " ":
            inside = inside[1:-1]
        self.parts.append((Run(inside, code=True),))
        return ends[place] + length

    def _stars(self, found: re.Match[str]) -> _Stars:
        before = self.text[found.start() - 1] if found.start() else " "
        after = self.text[found.end()] if found.end() < len(self.text) else " "
        in_word = found.group()[0] == "_"
        return _Stars(
            found.group()[0],
            len(found.group()),
            opens=not after.isspace() and not (in_word and before.isalnum()),
            closes=not before.isspace() and not (in_word and after.isalnum()),
        )

    def _close(self, end: int) -> int:
        target = _TARGET.match(self.text, end) if self.brackets else None
        if not self.brackets:
            self.parts.append("]")
            return end
        start = self.brackets.pop()
        if target is None:
            self.parts.append("]")
            return end
        bracket = self.parts[start]
        inside = tidy(_styled(self.parts[start + 1 :]))
        del self.parts[start:]
        address = decode(target["quoted"] if target["quoted"] is not None else target["bare"])
        title = decode((target["title"] or '""')[1:-1])
        image = isinstance(bracket, _Bracket) and bracket.literal == "!["
        self.parts.append(
            _picture(inside, address, title) if image else self._link(inside, address, title)
        )
        return target.end()

    def _link(self, inside: Runs, address: str, title: str) -> Runs:
        """Bracketed runs with what the brackets say; what is further inside has the last word."""
        if claim := _CLAIM.fullmatch(address):
            if title:
                raise NotOurs("a claim with a title")
            return self._claimed(inside, ClaimId(claim[1]))
        owner = _CLAIM.fullmatch(title)
        if (title and not owner) or not address or not inside:
            raise NotOurs("a link with a title, or without an address or words")
        if measure := _MEASURE.fullmatch(address):
            value = MeasureId(measure[1])
            inside = tuple(replace(run, measure=run.measure or value) for run in inside)
        else:
            inside = tuple(replace(run, link=run.link or address) for run in inside)
        return self._claimed(inside, ClaimId(owner[1])) if owner else inside

    def _claimed(self, inside: Runs, claim: ClaimId) -> Runs:
        others = {run.claim for run in inside if run.claim is not None} - {claim}
        if others:
            self.met |= {claim, *others}
        return tuple(run if run.claim else replace(run, claim=claim) for run in inside)


def decode(text: str) -> str:
    """Text with backslash escapes and entities resolved; an unknown entity stays as it is."""
    return _DECODE.sub(lambda found: found[1] or _character(found[0]), text)


def _character(entity: str) -> str:
    if entity[1] != "#" and entity[1:] not in html5:
        return entity
    return unescape(entity) or entity


def _picture(inside: Runs, address: str, title: str) -> Runs:
    picture = _PICTURE.fullmatch(address)
    extra = _PICTURE_TITLE.fullmatch(title)
    if picture is None or extra is None:
        raise NotOurs("a picture that isn't in the vault")
    claim = ClaimId(extra[2]) if extra[2] else None
    return (Run(plain(inside), picture=picture[1], width=extra[1] or "", claim=claim),)


def _styled(parts: Sequence[_Part]) -> Iterable[Run]:
    """Turn the switches. One that nothing turns off again was a star, and stands as one."""
    runs: list[Run] = []
    opened: dict[str, tuple[int, str]] = {}
    for part in parts:
        if isinstance(part, _Stars):
            _switch(part, runs, opened)
        elif isinstance(part, tuple):
            runs += part
        else:
            runs.append(Run(part if isinstance(part, str) else part.literal))
    for look, (start, char) in opened.items():
        runs[start] = replace(runs[start], text=char * _STARS[look])
    return runs


def _switch(stars: _Stars, runs: list[Run], opened: dict[str, tuple[int, str]]) -> None:
    """Off goes before on. An empty run keeps the place of what may prove to be mere stars."""
    left = stars.count
    looks = {1: ("italic",), 2: ("bold",), 3: ("italic", "bold")}.get(left, ())
    turned_off = [
        look for look in looks if stars.closes and look in opened and opened[look][1] == stars.char
    ]
    for look in turned_off:
        start, _ = opened.pop(look)
        for index in range(start, len(runs)):
            bold, italic = look == "bold", look == "italic"
            run = runs[index]
            runs[index] = replace(run, bold=run.bold or bold, italic=run.italic or italic)
        left -= _STARS[look]
    for look in looks:
        if look not in turned_off and look not in opened and stars.opens:
            opened[look] = len(runs), stars.char
            runs.append(Run(""))
            left -= _STARS[look]
    if left:
        runs.append(Run(stars.char * left))
