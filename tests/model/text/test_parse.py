import threading

import pytest
from hypothesis import given

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
from sefwriter.model.text.parse import blocks, parse
from sefwriter.model.text.plain import plain_text
from tests.model.text import trees


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


@trees.modest
@given(trees.markdownish)
def test_slices_and_gaps_give_the_text_back_and_gaps_are_blank(markdown: str) -> None:
    end = 0
    for found in parse(markdown):
        assert found.start < found.end
        assert not markdown[end : found.start].strip()
        assert markdown[found.start : found.end].strip()
        end = found.end
    assert not markdown[end:].strip()


@trees.modest
@given(trees.markdownish)
def test_no_letter_or_figure_is_lost(markdown: str) -> None:
    # The letters of markup (addresses, tags, entities) may go, but these stand only in words.
    marked = markdown.replace("word", "żółw").replace("one", "ñandú")
    kept = plain_text(marked)
    for sign in ("żółw", "ñandú"):
        assert kept.count(sign) == marked.count(sign)


@pytest.mark.parametrize(
    ("markdown", "tree"),
    [
        ("a\n# B\nc", (_paragraph("a"), Heading(1, (Run("B"),)), _paragraph("c"))),
        ("a\n---\nb", (Heading(2, (Run("a"),)), _paragraph("b"))),
        ("a\nb\n---\nc", (_paragraph("a b"), Rule(), _paragraph("c"))),
        ("a\n> b\nlazy\n\nc", (_paragraph("a"), Quote((_paragraph("b lazy"),)), _paragraph("c"))),
        ("a in\n1998. b", (_paragraph("a in 1998. b"),)),
        ("**a", (_paragraph("**a"),)),
        ("a * b * c", (_paragraph("a * b * c"),)),
        ("a&nbsp;&bogus;&amp;lt;", (_paragraph("a\u00a0&bogus;&lt;"),)),
        ("[not a link] (x)", (_paragraph("[not a link] (x)"),)),
        ("a\\", (_paragraph("a\\"),)),
        ("", ()),
        ("\n \n\t\n", ()),
    ],
)
def test_blocks_are_read_as_people_expect(markdown: str, tree: tuple[Block, ...]) -> None:
    assert blocks(markdown) == tree


@pytest.mark.parametrize("spaces", [2, 3, 4])
def test_lists_nest_by_two_to_four_spaces(spaces: int) -> None:
    margin = " " * spaces
    markdown = f"- a\n{margin}- b\n{margin * 2}- c\n- d"
    third = ListBlock(False, ((_paragraph("c"),),))
    second = ListBlock(False, ((_paragraph("b"), third),))
    assert blocks(markdown) == (ListBlock(False, ((_paragraph("a"), second), (_paragraph("d"),))),)


def test_a_numbered_list_keeps_its_first_number() -> None:
    assert blocks("7. a\n9. b") == (ListBlock(True, ((_paragraph("a"),), (_paragraph("b"),)), 7),)


def test_an_empty_item_is_an_empty_paragraph() -> None:
    assert blocks("- a\n-\n- c") == (
        ListBlock(False, ((_paragraph("a"),), (Paragraph(()),), (_paragraph("c"),))),
    )


def test_a_table_has_its_header_cells_and_alignment() -> None:
    table = Table(
        ((Run("a"),), (Run("b"),)),
        (((Run("1"),), ()), ((Run("x|y"),), (Run("p|q", code=True),))),
        ("", "center"),
    )
    assert blocks("| a | b |\n|---|:-:|\n| 1 |\n| x\\|y | `p|q` |") == (table,)
    assert blocks("| a |\n|---|") == (Table(((Run("a"),),), ()),)


def test_looks_and_links_become_runs() -> None:
    assert blocks('**a *b*** [c **d**](<x y>) `e` ![f](picture:12ab "40%")') == (
        Paragraph(
            (
                Run("a ", bold=True),
                Run("b", bold=True, italic=True),
                Run(" "),
                Run("c ", link="x y"),
                Run("d", bold=True, link="x y"),
                Run(" "),
                Run("e", code=True),
                Run(" "),
                Run("f", picture="12ab", width="40%"),
            )
        ),
    )


@pytest.mark.parametrize(
    "source",
    [
        "<div>\nx\n</div>",
        "<!-- a\n\nb -->",
        "```\n# a\n\n- b\n```",
        "~~~\nnever closed\n\nx",
        "    code\n     more",
        "a <b>c</b> d",
        "![x](https://a.b/c.png)",
        '[x](https://a.b "title")',
        '[x](claim:c1 "title")',
        "[ref]: https://a.b",
        "| a | b |\n|---|---|\n| 1 | 2 | 3 |",
    ],
)
def test_what_is_not_ours_is_kept_byte_for_byte(source: str) -> None:
    assert blocks(f"before\n\n{source}\n\nafter")[1] == Opaque(source) or blocks(source) == (
        Opaque(source),
    )


def test_depth_without_end_is_opaque_and_no_crash() -> None:
    for deep in (">" * 3000 + " x", "- " * 3000 + "x", "[" * 3000 + "x", "**a " * 3000):
        assert "x" in plain_text(deep) or "a" in plain_text(deep)


def test_several_threads_may_read_at_once() -> None:
    texts = [f"| a{n} | b |\n|---|---|\n| {n} | x |" for n in range(300)]
    wrong: list[str] = []

    def read(own: list[str]) -> None:
        wrong.extend(text for text in own if not isinstance(blocks(text)[0], Table))

    threads = [threading.Thread(target=read, args=(texts[start::4],)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
