import pytest
from hypothesis import given

from sefwriter.model.text.blocks import Block, Heading, ListBlock, Paragraph, Quote, Run, Table
from sefwriter.model.text.normal import clean
from sefwriter.model.text.parse import blocks, parse
from sefwriter.model.text.serialise import rewrite, serialise, serialise_block
from tests.model.text import trees


@trees.modest
@given(trees.trees)
def test_what_is_written_reads_back_as_it_was(tree: tuple[Block, ...]) -> None:
    assert blocks(serialise(tree)) == tree


@trees.modest
@given(trees.markdownish.map(clean))
def test_normalising_keeps_the_meaning_and_a_second_round_changes_nothing(markdown: str) -> None:
    once = serialise(blocks(markdown))
    assert blocks(once) == blocks(markdown)
    assert serialise(blocks(once)) == once


def _written(markdown: str) -> str:
    return serialise(blocks(markdown))


def test_normal_form_of_every_kind_of_block() -> None:
    markdown = (
        "# Head\n\n"
        "A **bold**, *italic*, ***both*** and `code` word.<br>[A link](https://a.b)\n\n"
        "- one\n    1. first\n    2. second\n- two\n\n"
        "| a | b |\n| --- | ---: |\n| 1 | x<br>y |\n\n"
        "> Somebody said\n>\n> this.\n\n"
        "___\n\n"
        '![Chart](picture:ab12 "60%") [71 %](measure:m1 "claim:c1")[ rose](claim:c1)'
    )
    assert _written(markdown) == markdown


@pytest.mark.parametrize(
    ("markdown", "normal"),
    [
        ("Head\n====\nwords\nof one\nparagraph", "# Head\n\nwords of one paragraph"),
        ("Aims:\n- one\n  - two\n\n* other", "Aims:\n\n- one\n    - two\n\n* other"),
        ("a  \nb\\\nc", "a<br>b<br>c"),
        ("1) x\n2) y", "1. x\n2. y"),
        ("***a** b*", "***a** b*"),
        ("#1 of our aims", "\\#1 of our aims"),
        ("snake_case and 5 * 3 and 2*3", "snake_case and 5 \\* 3 and 2\\*3"),
        ("<https://a.b/c>", "[https://a.b/c](https://a.b/c)"),
        ("-", "-"),
        ("> a\n\n> b", "> a\n\n> b"),
        ("- a\n\n  b\n- c", "- a\n\n    b\n\n- c"),
    ],
)
def test_common_markdown_comes_to_normal_form(markdown: str, normal: str) -> None:
    assert _written(markdown) == normal


ONCE_MARKUP = (
    *("# x", "- x", "+ x", "12. x", "3) x", "> x", "---", "~~~", "<b>x</b>", "[x](y)", "![x](y)"),
    *("&amp;", "**x**", "__x__", "`x`", "| a | b |", "\\*", "[x]: y", "===", "***", "- - -", "\\"),
    *(
        "https://a.b/c_d_e",
        "a_b_",
        "_a_b",
        "\u00a0x\u00a0",
        "1.",
        "-",
        "#",
        "C#",
        "!",
        "<!-- x -->",
    ),
)


@pytest.mark.parametrize(
    "text",
    ONCE_MARKUP,
)
def test_no_text_becomes_markup(text: str) -> None:
    paragraph = Paragraph((Run(text),))
    heading = Heading(2, (Run(text),))
    cell = Table(((Run(text),),), (((Run(text),),),))
    item = ListBlock(True, ((paragraph,), (paragraph, paragraph)))
    tree = (paragraph, heading, cell, item, Quote((paragraph,)))
    assert blocks(serialise(tree)) == tree


def test_an_exclamation_before_a_link_makes_no_picture() -> None:
    tree = (Paragraph((Run("Yes!"), Run("here", link="https://a.b"))),)
    assert blocks(serialise(tree)) == tree


def test_white_space_sheds_its_look() -> None:
    paragraph = Paragraph((Run("a"), Run(" b ", bold=True), Run("c")))
    assert serialise((paragraph,)) == "a **b** c"


def test_neighbouring_lists_of_a_kind_stay_two() -> None:
    one = ListBlock(False, ((Paragraph((Run("a"),)),),))
    assert serialise((one, one, one)) == "- a\n\n* a\n\n- a"
    assert blocks(serialise((one, one, one))) == (one, one, one)


def test_paragraphs_without_words_are_left_out() -> None:
    assert serialise((Paragraph(()), Paragraph((Run("a"),)), Paragraph((Run("  "),)))) == "a"


def test_rewriting_one_block_leaves_the_rest_byte_for_byte() -> None:
    markdown = "a  b\nc\n\n\n* x\n- old *words*\n\n  last\n"
    found = parse(markdown)
    changed = ListBlock(False, ((Paragraph((Run("new"),)),),))
    assert rewrite(markdown, found, {1: changed}) == "a  b\nc\n\n\n* new\n- old *words*\n\n  last\n"
    assert rewrite(markdown, found, {2: changed}) == "a  b\nc\n\n\n* x\n- new\n"


def test_the_level_of_a_heading_stays_between_one_and_six() -> None:
    assert serialise_block(Heading(9, (Run("x"),))) == "###### x"
    assert serialise_block(Heading(0, (Run("x"),))) == "# x"
