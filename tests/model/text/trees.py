"""Hypothesis strategies for block trees in normal form, and for text that looks like Markdown."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sefwriter.model.ids import ClaimId, MeasureId
from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
)
from sefwriter.model.text.runs import tidy

modest = settings(
    max_examples=50,
    # Trees of trees are slow to draw on a busy machine; that says nothing about what is tested.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

NASTY = "abZ \u00a0éx19.,*_`[]()<>!#+-=~|\\&;:\"'/^${}@%—•"
PIECES = (
    "word",
    " ",
    "1. ",
    "- ",
    "&amp;",
    "&#35;",
    "<b>",
    "**",
    "](claim:ca)",
    "]: ",
    "# ",
    "> ",
    "---",
    "```",
    "~~~",
    "e\u0301",
    "\\",
    "!",
    "https://a.b/c_d?x=1&copy;",
    "71 %",
    "[^1]: ",
    "\U0001f600",
)
texts = st.one_of(
    st.text(NASTY, min_size=1, max_size=8),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join),
)
claim_ids = st.sampled_from([ClaimId("ca" + "a" * 15), ClaimId("cb" + "b" * 15)])
links = st.sampled_from(
    [
        "https://example.org/a",
        "mailto:a@b.c",
        "a b",
        "x(y",
        "p|q",
        "r\\s\\",
        "&lt;",
        "t`u<v>",
        "#top",
    ]
)

_looks = st.builds(
    Run,
    texts,
    bold=st.booleans(),
    italic=st.booleans(),
    code=st.sampled_from([False, False, False, True]),
    claim=st.none() | claim_ids,
    link=st.just("") | links,
    measure=st.none() | st.just(MeasureId("m" + "a" * 16)),
)
_pictures = st.builds(
    Run,
    st.text(NASTY, max_size=6).map(str.strip),
    picture=st.just("ab" * 32),
    width=st.sampled_from(["", "60%"]),
    claim=st.none() | claim_ids,
)
_breaks = st.builds(Run, st.just(""), claim=st.none() | claim_ids, line_break=st.just(True))


def _without_space_at_ends(runs: Runs) -> Runs:
    """Plain spaces at a line's ends are no part of the normal form."""
    kept = list(runs)
    while kept and _is_bare(kept[0]) and kept[0].text.lstrip(" ") != kept[0].text:
        rest = kept[0].text.lstrip(" ")
        kept[0:1] = [Run(rest, kept[0].bold, kept[0].italic)] if rest else []
    while kept and _is_bare(kept[-1]) and kept[-1].text.rstrip(" ") != kept[-1].text:
        rest = kept[-1].text.rstrip(" ")
        kept[-1:] = [Run(rest, kept[-1].bold, kept[-1].italic)] if rest else []
    return tuple(kept)


def _is_bare(run: Run) -> bool:
    return not (run.code or run.claim or run.link or run.measure or run.picture or run.line_break)


runs = (
    st.lists(st.one_of(_looks, _looks, _looks, _pictures, _breaks), max_size=6)
    .map(tidy)
    .map(_without_space_at_ends)
)
some_runs = runs.filter(bool)

paragraphs = st.builds(Paragraph, some_runs)
headings = st.builds(Heading, st.integers(1, 6), runs)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 3))
    row = st.tuples(*[runs] * columns)
    align = draw(st.tuples(*[st.sampled_from(["", "left", "center", "right"])] * columns))
    return Table(draw(row), tuple(draw(st.lists(row, max_size=3))), align if any(align) else ())


def _lists(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[ListBlock]:
    empty = st.just(Paragraph(()))
    first = st.one_of(paragraphs, paragraphs, empty, inside).map(
        lambda block: Paragraph(()) if isinstance(block, ListBlock) else block
    )
    item = st.tuples(first, st.lists(inside, max_size=2)).map(lambda parts: (parts[0], *parts[1]))
    items = st.lists(item, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(ListBlock, st.just(False), items),
        st.builds(ListBlock, st.just(True), items, st.sampled_from([1, 0, 3, 9, 99, 100])),
    )


blocks: st.SearchStrategy[Block] = st.recursive(
    st.one_of(paragraphs, headings, tables(), st.just(Rule())),
    lambda inside: st.one_of(
        _lists(inside), st.builds(Quote, st.lists(inside, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=5,
)
trees = st.lists(blocks, max_size=4).map(tuple)

_LINES = (
    "",
    "",
    "word and word",
    "a **b** *c*",
    "# Head",
    "#no head",
    "- one",
    "  - two",
    "    - four",
    "-",
    "* star",
    "1. first",
    "2) second",
    "   three",
    "\ttab",
    "> quote",
    ">",
    "---",
    "===",
    "***",
    "| a | b |",
    "|---|:-:|",
    "| c |",
    "| d | e | f |",
    "```",
    "~~~ py",
    "<div>",
    "</div>",
    "<!-- note",
    "-->",
    "text <b>bold</b>",
    '[x](https://a.b "t")',
    "[aa [bb](claim:cb) cc](claim:ca)",
    '[71 %](measure:m1 "claim:ca")',
    '![p](picture:abc "60%")',
    "![p](https://a.b/c.png)",
    "[ref]: https://a.b",
    "end  ",
    "end\\",
    "`code",
    "code`",
    "\u00a0",
    "\u2028",
    "\x1c",
)
markdownish = st.lists(
    st.one_of(st.sampled_from(_LINES), st.text(NASTY + "\t\r\x0b", max_size=12)), max_size=10
).map("\n".join)
