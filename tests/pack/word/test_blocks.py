import re
from collections.abc import Iterable, Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Opaque,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from sefwriter.pack.word import make_word
from sefwriter.pack.word.tables import widths_for
from tests.pack.word.plans import (
    FIRST,
    REPORT,
    SECOND,
    STRENGTH,
    UNKNOWN,
    claim,
    evidence,
    plan_of,
    reference,
    said,
    section,
)
from tests.pack.word.reading import W, judge, root, section_paragraphs, style_of, text_of

BOOKMARK = f"sef_section_{FIRST}"


def written(*blocks: Block) -> bytes:
    made = make_word(
        plan_of(
            section(*blocks),
            claims={STRENGTH: claim(STRENGTH, "strength", "x", reference(REPORT, "E1 p.1"))},
            evidence=(evidence(REPORT, "E1", "Report"),),
        )
    )
    judge(made)
    return made


def shown(data: bytes) -> list[tuple[str, str]]:
    return [(style_of(it), text_of(it)) for it in section_paragraphs(data, BOOKMARK)]


def marks(data: bytes) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for paragraph in section_paragraphs(data, BOOKMARK):
        number = paragraph.find(f"{W}pPr/{W}numPr")
        if number is not None:
            level, instance = (child.get(f"{W}val", "") for child in number)
            found.append((text_of(paragraph), level, instance))
    return found


def starts(data: bytes) -> dict[str, tuple[str, str]]:
    return {
        number.get(f"{W}numId", ""): (
            override.get(f"{W}ilvl", ""),
            override[0].get(f"{W}val", ""),
        )
        for number in root(data, "word/numbering.xml").iter(f"{W}num")
        for override in number.iter(f"{W}lvlOverride")
    }


def items(*texts: str) -> tuple[tuple[Block, ...], ...]:
    return tuple((said(text),) for text in texts)


def test_each_numbered_list_begins_anew() -> None:
    data = written(
        ListBlock(True, items("a", "b")), said("between"), ListBlock(True, items("c", "d"), start=4)
    )
    (_, _, first), (_, _, same), (_, _, second), _ = marks(data)
    assert first == same != second
    assert starts(data) == {first: ("0", "1"), second: ("0", "4")}


def test_a_nested_list_has_its_own_level_and_count() -> None:
    inner = ListBlock(True, items("x"))
    data = written(ListBlock(True, ((said("a"), inner), (said("b"), inner))))
    found = marks(data)
    assert [(text, level) for text, level, _ in found] == [
        ("a", "0"),
        ("x", "1"),
        ("b", "0"),
        ("x", "1"),
    ]
    outer, first, again, second = (instance for _, _, instance in found)
    assert outer == again
    assert len({outer, first, second}) == 3


def test_a_second_paragraph_of_an_item_has_no_mark_but_its_indent() -> None:
    data = written(ListBlock(False, ((said("a"), said("more")),)))
    assert [text for text, _, _ in marks(data)] == ["a"]
    more = list(section_paragraphs(data, BOOKMARK))[1]
    indent = more.find(f"{W}pPr/{W}ind")
    assert indent is not None
    assert indent.get(f"{W}left") == "425"


def test_an_item_that_begins_with_a_table_or_is_empty_keeps_its_mark() -> None:
    table = Table(((Run("h"),),), (((Run("c"),),),))
    data = written(ListBlock(True, ((table,), (), (said("last"),))))
    assert [text for text, _, _ in marks(data)] == ["", "", "last"]


def test_lists_deeper_than_word_knows_stay_at_its_deepest_level() -> None:
    block: Block = said("bottom")
    for _ in range(12):
        block = ListBlock(True, ((block,),))
    data = written(block)
    assert marks(data)[-1][:2] == ("bottom", "8")


def test_headings_begin_below_the_section_title_skip_no_level_and_stop_at_six() -> None:
    data = written(*(Heading(level, (Run(f"h{level}"),)) for level in (3, 1, 4, 3, 4, 5, 6)))
    assert shown(data) == [
        ("Heading2", "h3"),
        ("Heading2", "h1"),
        ("Heading3", "h4"),
        ("Heading4", "h3"),
        ("Heading5", "h4"),
        ("Heading6", "h5"),
        ("Heading6", "h6"),
    ]


def test_each_section_begins_its_headings_anew() -> None:
    deep = (Heading(1, (Run("a"),)), Heading(2, (Run("b"),)))
    data = make_word(
        plan_of(section(*deep), section(Heading(2, (Run("c"),)), section_id=SECOND, number=2))
    )
    judge(data)
    (last,) = section_paragraphs(data, f"sef_section_{SECOND}")
    assert style_of(last) == "Heading2"


def test_a_heading_in_a_list_or_quote_or_without_words_is_a_paragraph() -> None:
    heading = Heading(1, (Run("h"),))
    data = written(ListBlock(True, ((heading,),)), Quote((heading,)), Heading(1, (Run(" "),)))
    assert shown(data) == [("ListParagraph", "h"), ("Quote", "h"), ("Normal", " ")]
    assert [text for text, _, _ in marks(data)] == ["h"]


def test_quotes_rules_and_opaque_source_have_their_looks() -> None:
    data = written(Quote((said("heard"),)), Rule(), Opaque("<b>\n\tx & y"))
    assert shown(data) == [
        ("Quote", "heard"),
        ("SefRule", ""),
        ("SefVerbatim", "<b>\n\tx & y"),
    ]


def test_line_ends_of_every_system_become_words_own() -> None:
    data = written(Opaque("one\r\ntwo\rthree\nfour"))
    (paragraph,) = section_paragraphs(data, BOOKMARK)
    assert len(list(paragraph.iter(f"{W}br"))) == 3
    assert [piece.text for piece in paragraph.iter(f"{W}t")] == ["one", "two", "three", "four"]


def test_table_head_repeats_columns_align_and_ragged_rows_are_filled() -> None:
    rows = (((Run("1"),),), ((Run("2"),), (Run("3"),), (Run("4"),)))
    data = written(Table(((Run("A"),), (Run("B"),)), rows, ("", "right")))
    table = next(root(data).iter(f"{W}tbl"))
    assert [len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")] == [3, 3, 3]
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")] == [
        True,
        False,
        False,
    ]
    sides = [
        [paragraph.find(f"{W}pPr/{W}jc") is not None for paragraph in row.iter(f"{W}p")]
        for row in table.iter(f"{W}tr")
    ]
    assert sides == [[False, True, False]] * 3
    assert shown(data)[:3] == [
        ("SefCellHeader", "A"),
        ("SefCellHeader", "B"),
        ("SefCellHeader", ""),
    ]


def test_table_widths_fill_the_page_and_prose_gets_more_than_figures() -> None:
    table = Table(((Run("No."),), (Run("What"),)), (((Run("1"),), (Run("words " * 40),)),))
    data = written(table)
    widths = [int(column.get(f"{W}w", "")) for column in root(data).iter(f"{W}gridCol")][:2]
    assert sum(widths) == 9638
    assert widths[0] * 3 < widths[1]


def test_a_column_is_wide_enough_for_its_longest_word_where_all_can_be() -> None:
    prose = "what it means for children " * 15
    wide, _ = widths_for([["Communication", prose]], 9638)
    assert wide > 13 * 110
    crowded = widths_for([["w" * 60, "v" * 60, "x"]], 9638)
    assert sum(crowded) == 9638
    assert min(crowded) > 0


# Half emoji, control characters, private-use bullets and joined emoji among the rest.
texts = st.text(
    st.one_of(
        st.characters(), st.sampled_from("\x00\x07\x0b\r\n\t\ud83d\ufffe\uf0b7\u00ad\u202e🎓👩‍👧")
    ),
    max_size=12,
)
addresses = st.sampled_from(
    [
        "",
        "",
        "https://example.org/a b",
        "http://[",
        "javascript:x",
        "mailto:a@b.uk",
        "section:x",
        "é",
    ]
)
runs = st.lists(
    st.one_of(
        st.builds(
            Run,
            text=texts,
            bold=st.booleans(),
            italic=st.booleans(),
            code=st.booleans(),
            link=addresses,
            claim=st.sampled_from([None, None, STRENGTH, UNKNOWN]),
        ),
        st.just(Run("", line_break=True)),
    ),
    max_size=4,
).map(tuple)
leaves = st.one_of(
    st.builds(Paragraph, runs),
    st.builds(Heading, st.integers(1, 7), runs),
    st.builds(Opaque, texts),
    st.just(Rule()),
    st.builds(
        Table,
        st.lists(runs, max_size=3).map(tuple),
        st.lists(st.lists(runs, max_size=4).map(tuple), max_size=2).map(tuple),
    ),
)
blocks = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            ListBlock,
            st.booleans(),
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple),
            st.integers(0, 5),
        ),
    ),
    max_leaves=8,
)


def wanted(tree: Iterable[Block]) -> Iterator[str]:
    """The text of each paragraph and cell, by another way than the writer's."""
    for block in tree:
        if isinstance(block, Paragraph | Heading):
            yield "".join("\n" if run.line_break else run.text for run in block.runs)
        elif isinstance(block, Opaque):
            yield block.source
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                for cell in row:
                    yield "".join("\n" if run.line_break else run.text for run in cell)
        elif isinstance(block, Quote):
            yield from wanted(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from wanted(item)


def legal(text: str) -> str:
    kept = re.sub("\r\n|\r", "\n", text)
    return "".join(
        "\ufffd" if "\ud800" <= sign <= "\udfff" else sign
        for sign in kept
        if sign in "\n\t" or (sign >= " " and sign not in "\ufffe\uffff")
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, max_size=4))
def test_every_word_of_the_tree_is_in_the_document_once_and_in_order(tree: list[Block]) -> None:
    data = written(*tree)
    found = [text_of(it, without="SefReference") for it in section_paragraphs(data, BOOKMARK)]
    expected = [legal(text) for text in wanted(tree)]
    assert [text for text in found if text] == [text for text in expected if text]
