"""Blocks of a section → the data that resources/typst/blocks.typ sets.

Everything a person wrote is a string in this data. Where each link of a page leads is decided here:
into the file (a label) or to an address.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final
from urllib.parse import quote

from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Opaque,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
)
from sefwriter.pack.phrases import claim_numbers, plain, visible
from sefwriter.pack.plan import PackPlan, PlanClaim, Reference
from sefwriter.pack.runs import runs_of

Data = dict[str, object]
Pieces = list[Data]

CLAIM_URL: Final = "https://sef.invalid/c/"
PASSAGE_URL: Final = "https://sef.invalid/p/"
EVIDENCE_URL: Final = "https://sef.invalid/e/"
"""Addresses that the binder turns into jumps inside the bound pack; each ends with an id."""

_DEEPEST: Final = 8
"""Lists and quotes inside one another; what lies deeper is set at this depth. typst's own limit on
nested layout is not far beyond what people could paste."""

_PAGE_WIDTH: Final = 164
"""Of the text on an upright page, in millimetres."""
_BODY_FIT: Final = 56
"""Characters without a gap that surely fit in one line of body text."""
_LONGEST_WHOLE: Final = 32
"""Characters of a reference that is kept on one line."""
_MOST_COLUMNS: Final = 8
_WEB: Final = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
_LONGEST_ADDRESS: Final = 2000
_INSIDE: Final = ("section", "claim", "evidence", "action")


def label(kind: str, object_id: str) -> str:
    """The name of a place inside the narrative; headings' names are also in the PDF's name tree."""
    return f"{kind}-{object_id}"


def to_label(name: str) -> Data:
    """A link into the same file."""
    return {"is": "label", "at": name}


def to_address(address: str) -> Data:
    """A link to an address."""
    return {"is": "address", "at": address}


def breakable(text: str, fit: int = _BODY_FIT) -> str:
    """The text with a place to break after each character of words longer than `fit`.

    Plain words of up to 24 letters are left to typst, which hyphenates English in narrow columns.
    """

    def broken(match: re.Match[str]) -> str:
        word = match[0]
        return word if word.isalpha() and len(word) <= 24 else "\u200b".join(word)

    return re.sub(rf"\S{{{fit + 1},}}", broken, text)


@dataclass
class PageBlocks:
    """Turns the blocks of one narrative into data, in reading order.

    `reference` gives a reference's words and target; `pictures` maps SHA-256 to the file name that
    the template finds, without those that can't be shown. Claims whose place is in the text are
    collected in `placed`: only those can be linked to.
    """

    plan: PackPlan
    reference: Callable[[Reference], Data]
    pictures: Mapping[str, str]
    bound: bool
    runs_left: Counter[str] = field(default_factory=Counter[str])
    level: int = 1

    def __post_init__(self) -> None:
        self.numbers = claim_numbers(self.plan)
        for section in self.plan.sections:
            for runs in runs_of(section.blocks):
                self.runs_left.update(run.claim for run in runs if run.claim)
        self.placed = frozenset(self.runs_left) & frozenset(self.plan.claims)
        self._inside = {
            *(label("section", section.id) for section in self.plan.sections),
            *(label("claim", claim) for claim in self.placed),
            *(label("evidence", item.id) for item in self.plan.evidence),
            *(label("action", action.id) for action in self.plan.actions),
        }

    def section(self, blocks: Iterable[Block]) -> list[Data]:
        """The data of one section's blocks; headings begin below the section's own title."""
        self.level = 1
        return self._blocks(blocks, 0)

    def claim_links(self, claims: Iterable[str]) -> list[Data]:
        """Each claim's number and a link to it, where it stands in the text."""
        return [
            {"words": self.numbers.get(claim, claim), "target": self.inside("claim", claim)}
            for claim in claims
            if claim in self.plan.claims
        ]

    def inside(self, kind: str, object_id: str) -> Data | None:
        """A link to an object's place in this file; None where it has none."""
        name = label(kind, object_id)
        return to_label(name) if name in self._inside else None

    def _blocks(self, blocks: Iterable[Block], depth: int) -> list[Data]:
        made: list[Data] = []
        for block in blocks:
            made += self._block(block, depth)
        return made

    def _block(self, block: Block, depth: int) -> list[Data]:
        match block:
            case Paragraph(runs):
                made: list[Data] = self._paragraphs(runs)
            case Heading():
                made = self._heading(block, depth)
            case ListBlock():
                made = self._list(block, depth)
            case Table():
                made = self._table(block)
            case Quote(blocks):
                made = self._blocks(blocks, depth + 1)
                if depth < _DEEPEST:
                    made = [{"is": "quote", "blocks": made}]
            case Rule():
                made = [{"is": "rule"}]
            case Opaque(source):
                lines = [breakable(line.replace("  ", "\xa0 ")) for line in source.splitlines()]
                made = [{"is": "opaque", "lines": lines}]
        return made

    def _heading(self, heading: Heading, depth: int) -> list[Data]:
        """A heading never skips a level; inside a list or quote it is a paragraph in bold."""
        shown = self._paragraphs(heading.runs, strong=True)
        titled = any(
            visible(run.text) for run in heading.runs if not run.picture and not run.line_break
        )
        if depth or not titled:
            return shown
        self.level = min(heading.level + 1, self.level + 1)
        first = next(place for place, block in enumerate(shown) if block.get("strong"))
        shown[first] = {"is": "heading", "level": self.level, "pieces": shown[first]["pieces"]}
        return shown

    def _list(self, block: ListBlock, depth: int) -> list[Data]:
        if depth >= _DEEPEST:
            return [each for item in block.items for each in self._blocks(item, depth)]
        items = [self._blocks(item, depth + 1) for item in block.items]
        return [{"is": "list", "ordered": block.ordered, "start": block.start, "items": items}]

    def _table(self, table: Table) -> list[Data]:
        """A table, or where it has too many columns several, each with the first column again.

        A header with a claim isn't repeated on the next page: a claim has one place.
        """
        columns = max(map(len, (table.header, *table.rows)))
        if not columns:
            return []
        rows = [_padded(row, columns) for row in (table.header, *table.rows)]
        align = [*table.align, *[""] * columns][:columns]
        spans = _column_spans(columns)
        widest = max(len(span) for span in spans)
        fit = max(5, int((_PAGE_WIDTH / widest - 4) / 1.7))  # 4 mm of inset, 1.7 mm a letter
        parts: list[Data] = []
        for span in spans:
            header, *body = [
                [self._cell(row[column], fit, again=column == 0 and bool(parts)) for column in span]
                for row in rows
            ]
            parts.append(
                {
                    "note": _part_note(span, columns),
                    "columns": len(span),
                    "align": [align[column] for column in span],
                    "header": header,
                    "repeat": not any(run.claim for runs in rows[0] for run in runs),
                    "rows": body,
                }
            )
        return [{"is": "table", "parts": parts}]

    def _cell(self, runs: Runs, fit: int, *, again: bool) -> list[Data]:
        if again:
            runs = tuple(Run(run.text) for run in runs)
        return self._paragraphs(runs, fit=fit)

    def _paragraphs(self, runs: Runs, *, fit: int = _BODY_FIT, strong: bool = False) -> list[Data]:
        """A paragraph; its pictures stand on their own between the parts of its text."""
        made: list[Data] = []
        for is_picture, group in groupby(runs, key=lambda run: run.picture in self.pictures):
            if is_picture:
                for run in group:
                    made += [self._picture(run), *self._claim_below(run)]
                continue
            pieces = self._pieces(group, fit)
            if pieces:
                made.append({"is": "paragraph", "pieces": pieces, "strong": strong})
        return made

    def _picture(self, run: Run) -> Data:
        share = run.width.strip().removesuffix("%")
        return {
            "is": "picture",
            "file": self.pictures[run.picture],
            "alt": run.text.strip() if visible(run.text) else "Picture without a description",
            "width": min(int(share), 100) if share.isascii() and share.isdecimal() else 0,
        }

    def _claim_below(self, run: Run) -> list[Data]:
        """Kind and references of a claim that ends with a picture."""
        pieces = self._pieces([Run("", claim=run.claim)], _BODY_FIT)
        ended = any(piece.get("end") for piece in pieces)
        return [{"is": "paragraph", "pieces": pieces, "strong": False}] if ended else []

    def _pieces(self, runs: Iterable[Run], fit: int) -> Pieces:
        made: Pieces = []
        for claim_id, group in groupby(runs, key=lambda run: run.claim):
            run_group = list(group)
            pieces = [self._piece(run, fit) for run in run_group]
            claim = self.plan.claims.get(claim_id or "")
            if claim is None:
                made += pieces
                continue
            self.runs_left[claim.id] -= len(run_group)
            end = None if self.runs_left[claim.id] else self._end(claim)
            made.append({"is": "claim", "kind": claim.kind, "pieces": pieces, "end": end})
        return made

    def _piece(self, run: Run, fit: int) -> Data:
        if run.line_break:
            return {"is": "break"}
        text = f"[Picture not shown: {run.text}]" if run.picture else run.text
        return {
            "is": "text",
            "text": breakable(text, fit),
            "bold": run.bold,
            "italic": run.italic,
            "code": run.code,
            "target": self._target(run) if visible(text) else None,
        }

    def _target(self, run: Run) -> Data | None:
        kind, _, object_id = run.link.partition(":")
        if kind in _INSIDE:
            return self.inside(kind, object_id)
        address = quote(run.link, safe="%/:?#[]@!$&'()*+,;=~-._")
        if _WEB.fullmatch(address) and len(address) <= _LONGEST_ADDRESS:
            return to_address(address)
        return None

    def _end(self, claim: PlanClaim) -> Data:
        number = self.numbers.get(claim.id, "")
        linked = any(not each.held for each in claim.references)
        return {
            "kind": claim.kind,
            "words": f"{plain(claim.kind)} {number}".rstrip(),
            "label": label("claim", claim.id),
            # For the binder, which else finds the claim by the links of its references.
            "url": CLAIM_URL + claim.id if self.bound and not linked else "",
            "references": [_whole(self.reference(each)) for each in claim.references],
        }


def _whole(reference: Data) -> Data:
    """The reference, kept on one line where it is short: its link is one rectangle."""
    return {**reference, "whole": len(str(reference["words"])) <= _LONGEST_WHOLE}


def _padded(row: tuple[Runs, ...], columns: int) -> tuple[Runs, ...]:
    return (*row, *((),) * (columns - len(row)))


def _column_spans(columns: int) -> list[list[int]]:
    if columns <= _MOST_COLUMNS:
        return [list(range(columns))]
    step = _MOST_COLUMNS - 1
    starts = range(1, columns, step)
    return [[0, *range(start, min(start + step, columns))] for start in starts]


def _part_note(span: list[int], columns: int) -> str:
    if len(span) == columns:
        return ""
    return f"Columns {span[1] + 1} to {span[-1] + 1} of {columns}, beside column 1"
