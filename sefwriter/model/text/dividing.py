"""Where the blocks of a Markdown text lie, by lines. Python-Markdown doesn't say, so this does.

Kinder than the library and nearer to CommonMark: a list or quote needs no blank line before it,
lists nest by two to four spaces, another bullet sign begins another list, and a blank line ends a
quote.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

_FENCE: Final = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_HEADING: Final = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_RULE: Final = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_QUOTE: Final = re.compile(r" {0,3}>")
_ITEM: Final = re.compile(r"( {0,3})([-+*]|(\d{1,9})[.)])(?:([ ]+)|$)")
_UNDERLINE: Final = re.compile(r"(?:-+|=+)[ \t]*$")
_TABLE_LINE: Final = re.compile(r"(?=.*\|)(?=.*-)[ |:-]+$")
_DEFINITION: Final = re.compile(r" {0,3}\[(?:[^\[\]\\`]|\\.)+\]:")
_EARLY_TAB: Final = re.compile(r"[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]*)?")
_HTML: Final = re.compile(
    r" {0,3}<(?:!--|\?|![A-Z\[]|/?(?:address|article|aside|blockquote|body|center|col|colgroup|dd"
    r"|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|h[1-6]|head|header|hr"
    r"|html|iframe|legend|li|link|main|menu|nav|ol|optgroup|option|p|pre|script|section|style|summary"
    r"|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$))",
    re.IGNORECASE,
)
_HTML_TO_END: Final = (
    (re.compile(r" *<!--"), "-->"),
    (re.compile(r" *<(?:script|pre|style|textarea)\b", re.IGNORECASE), "</"),
)

Kind = Literal["leaf", "list", "quote", "opaque"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """One top-level block: lines[first:end], none of its outer lines blank."""

    kind: Kind
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Marker:
    """The sign before a list item. `sign` is the bullet, or "." or ")" after a number."""

    base: int
    width: int
    sign: str
    number: int | None
    content: int

    @property
    def threshold(self) -> int:
        """The indent, in spaces, from which a following line is inside the item."""
        return self.base + min(self.width + 1, 4)


def item_marker(line: str) -> Marker | None:
    """The list marker a line begins with. `content` is where the item's own words start."""
    found = _ITEM.match(line)
    if found is None or _RULE.match(line):
        return None
    spaces = len(found[4] or "")
    # Five spaces or more: one parts the marker from code that is indented by the others.
    content = found.end() if spaces <= 4 else found.end() - spaces + 1
    number = int(found[3]) if found[3] else None
    return Marker(len(found[1]), len(found[2]), found[2][-1], number, content)


def indent(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def interrupts(line: str) -> bool:
    """Whether a line ends the paragraph before it without a blank line between."""
    marker = item_marker(line)
    if marker is not None:
        return marker.number in (None, 1) and bool(line[marker.content :].strip())
    return any(shape.match(line) for shape in (_FENCE, _HEADING, _RULE, _QUOTE, _HTML))


def spaced(line: str) -> str:
    """A line with the tabs before its words, and round its list marker, as spaces."""
    if "\t" not in line:
        return line
    found = _EARLY_TAB.match(line)
    end = found.end() if found else 0
    return line[:end].expandtabs(4) + line[end:]


def divide(lines: Sequence[str]) -> list[Chunk]:
    """The blocks of a text, given as lines that went through `spaced`. Blank lines are in none."""
    chunks: list[Chunk] = []
    position = 0
    while position < len(lines):
        if not lines[position].strip():
            position += 1
            continue
        kind, end = _extent(lines, position)
        while not lines[end - 1].strip():
            end -= 1
        chunks.append(Chunk(kind, position, end))
        position = end
    return chunks


def _extent(lines: Sequence[str], first: int) -> tuple[Kind, int]:
    line = lines[first]
    opaque_end = _opaque_end(lines, first)
    if opaque_end is not None:
        return "opaque", opaque_end
    if _QUOTE.match(line):
        return "quote", _while(
            lines, first, lambda other: bool(_QUOTE.match(other)) or not interrupts(other)
        )
    if marker := item_marker(line):
        return "list", _list_end(lines, first, marker)
    return "leaf", _leaf_end(lines, first)


def _opaque_end(lines: Sequence[str], first: int) -> int | None:
    """Where code, raw HTML or a link's definition ends, if it is that which begins here."""
    line = lines[first]
    if fence := _FENCE.match(line):
        return _fence_end(lines, first, fence[1])
    if _HTML.match(line):
        return _html_end(lines, first)
    if indent(line) >= 4:
        return _while(lines, first, lambda other: indent(other) >= 4)
    if _DEFINITION.match(line):
        return _while(lines, first, lambda other: not interrupts(other))
    return None


def _leaf_end(lines: Sequence[str], first: int) -> int:
    if _HEADING.match(lines[first]) or _RULE.match(lines[first]):
        return first + 1
    following = lines[first + 1] if first + 1 < len(lines) else ""
    if _UNDERLINE.match(following):
        return first + 2
    if _TABLE_LINE.match(following):
        return _while(lines, first, lambda _: True)
    return _while(lines, first, lambda other: not interrupts(other))


def _while(lines: Sequence[str], first: int, belongs: Callable[[str], bool]) -> int:
    end = first + 1
    while end < len(lines) and lines[end].strip() and belongs(lines[end]):
        end += 1
    return end


def _fence_end(lines: Sequence[str], first: int, fence: str) -> int:
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t\r]*$")
    for end in range(first + 1, len(lines)):
        if closing.match(lines[end]):
            return end + 1
    return len(lines)


def _html_end(lines: Sequence[str], first: int) -> int:
    for opening, closing in _HTML_TO_END:
        if opening.match(lines[first]):
            for end in range(first, len(lines)):
                if closing in lines[end]:
                    return end + 1
            return len(lines)
    return _while(lines, first, lambda _: True)


def _list_end(lines: Sequence[str], first: int, marker: Marker) -> int:
    end = first + 1
    threshold = marker.threshold
    while end < len(lines):
        line = lines[end]
        if not line.strip():
            end += 1
            continue
        other = item_marker(line)
        if indent(line) >= threshold:
            pass
        elif other is not None and other.sign == marker.sign:
            threshold = other.threshold
        elif not lines[end - 1].strip() or interrupts(line):
            break
        end += 1
    return end


def list_items(lines: Sequence[str]) -> list[tuple[Marker, list[str]]]:
    """The items of a list: each one's marker, and its lines without marker and indent."""
    items: list[tuple[Marker, list[str]]] = []
    unit = 0
    for line in lines:
        marker = item_marker(line)
        if marker and (not items or indent(line) < items[-1][0].threshold):
            items.append((marker, [line[marker.content :]]))
            unit = 0
            continue
        last, content = items[-1]
        own = indent(line)
        if line.strip() and own >= last.threshold and not unit:
            unit = min(own, last.base + max(4, last.width + 1))
        content.append(line[min(own, unit) :])
    return items


def quoted_lines(lines: Sequence[str]) -> list[str]:
    """The lines of a quote without their signs; a line without one is the paragraph going on."""
    return [re.sub(r"^ {0,3}> ?", "", line) for line in lines]
