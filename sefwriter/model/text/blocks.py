"""The block tree: what a section's Markdown means, for writers, checks and the page.

One tree, read by every writer; no writer reads Markdown. Everything is frozen. Text in runs is
plain (entities and escapes resolved), NFC, with no line ends but those marked by `line_break`.
"""

from dataclasses import dataclass

from sefwriter.model.ids import ClaimId, MeasureId


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of characters with one look and one meaning.

    A claim that contains bold words, a link or a measure is several runs with the same `claim`.
    `link` is a web, mail or internal address, never a claim's or measure's. `picture` is the
    SHA-256 of a vault file; then `text` is the alternative text and `width` a share of the page's
    width such as "60%" ("" means as it comes). A run with `line_break` is a break and has no text.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    claim: ClaimId | None = None
    measure: MeasureId | None = None
    picture: str = ""
    width: str = ""
    line_break: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; level 1 is the highest below the section's own title."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list. Each item is blocks: mostly one Paragraph, then nested lists."""

    ordered: bool
    items: tuple[tuple["Block", ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row.

    Cells are runs. `align` has "", left, center or right a column.
    """

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    align: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote, for voices."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """Markdown that the page does not show as rich text (raw HTML, code blocks, anything else).

    Kept byte for byte. Writers print `source` as it stands, as data, in a plain look.
    """

    source: str


Block = Paragraph | Heading | ListBlock | Table | Quote | Rule | Opaque


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A top-level block with its place in the section's Markdown: text[start:end], code points.

    The slice has no blank lines around it.
    """

    block: Block
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClaimSpan:
    """One stretch of a claim's words. A claim over two paragraphs is two spans.

    `block` counts top-level blocks from 0; `words` is the plain text. `group` counts stretches of
    adjacent spans of one claim id from 0: more than one group means the claim stands twice.
    """

    claim: ClaimId
    block: int
    words: str
    group: int
