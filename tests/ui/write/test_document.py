import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from sefwriter.model.text.parse import blocks, parse
from sefwriter.model.text.serialise import serialise
from sefwriter.ui.write.document import PageDocument
from sefwriter.ui.write.formats import is_quiet
from sefwriter.ui.write.lines import blocks_of, lines_of
from tests.model.text import trees

pytestmark = pytest.mark.usefixtures("app")

CLAIM = "c" + "a" * 16
OTHER = "c" + "b" * 16
TEXT = f"""# Heading *one*

We find **need** [earlier](claim:{CLAIM}) than before,
says the [forum](https://example.org) 😀.
## Straight after
- one
- two **bold**
    - deeper
1. first
2. second

> Voice of a [parent](claim:{OTHER})

| A | B |
| --- | ---: |
| 1 | [2](claim:{OTHER}) |

___

<div>raw</div>

Last   line.


"""


texts = st.one_of(trees.trees.map(serialise), trees.markdownish)


def page(text: str) -> PageDocument:
    found = PageDocument()
    found.show(text)
    return found


def touch_all(found: PageDocument) -> None:
    """As if somebody had looked into every block without changing anything."""
    found._contents_change(0, 0, found.document.characterCount())
    assert not found._read


KEEP = QTextCursor.MoveMode.KeepAnchor


def touches_quiet(found: PageDocument, cursor: QTextCursor) -> bool:
    first = found.document.findBlock(cursor.selectionStart()).blockNumber()
    last = found.document.findBlock(cursor.selectionEnd()).blockNumber()
    return any(is_quiet(block) for block in list(found._blocks())[first : last + 1])


def splits_a_pair(cursor: QTextCursor) -> bool:
    """Qt's own moves never do."""
    ends = (cursor.position(), cursor.anchor())
    return any("\udc00" <= cursor.document().characterAt(end) <= "\udfff" for end in ends)


def cursor_at(found: PageDocument, words: str, *, end: bool = False) -> QTextCursor:
    cursor = found.document.find(words)
    assert not cursor.isNull(), words
    cursor.setPosition(cursor.selectionEnd() if end else cursor.selectionStart())
    return cursor


def test_opening_and_reading_changes_no_byte() -> None:
    found = page(TEXT)
    assert found.read() == TEXT
    touch_all(found)
    assert found.read() == TEXT


@settings(max_examples=60, deadline=None)
@given(texts)
def test_no_text_changes_by_being_opened(app: QApplication, text: str) -> None:
    found = page(text)
    assert found.read() == text
    touch_all(found)
    assert found.read() == text


def test_typing_rewrites_only_its_block() -> None:
    found = page(TEXT)
    cursor_at(found, "Last", end=True).insertText("ing")
    assert found.read() == TEXT.replace("Last   line", "Lasting   line")
    cursor_at(found, "earlier", end=False).insertText("much ")
    now = found.read()
    assert f"**need** much [earlier](claim:{CLAIM}) than before, says the" in now
    assert now.endswith("Lasting   line.\n\n\n")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_random_edits_read_back_as_they_look(app: QApplication, seed: int) -> None:
    chance = random.Random(seed)
    found = page(TEXT)
    for _ in range(6):
        cursor = QTextCursor(found.document)
        cursor.setPosition(chance.randrange(found.document.characterCount()))
        what = chance.random()
        last = min(cursor.position() + chance.randrange(12), found.document.characterCount() - 1)
        cursor.setPosition(last if what > 0.5 else cursor.position(), KEEP)
        if what > 0.8:
            found.show(chance.choice([TEXT, TEXT.replace("earlier", "sooner"), "One.\n\nTwo."]))
        elif touches_quiet(found, cursor) or splits_a_pair(cursor):
            continue
        elif what < 0.3:
            cursor.insertText(chance.choice(["word ", "😀", "*", "# ", "- ", "1. ", "é"]))
        elif what < 0.5:
            cursor.insertBlock()
        else:
            cursor.removeSelectedText()
        text = found.read()
        again = page(text)
        assert again.read() == text
        wanted = [block.text() for block in found._blocks() if block.text().strip()]
        assert [block.text() for block in again._blocks() if block.text().strip()] == wanted


@settings(max_examples=40, deadline=None)
@given(texts, texts)
def test_another_text_is_shown_as_if_opened(app: QApplication, one: str, other: str) -> None:
    found = page(one)
    found.show(other)
    assert found.read() == other
    touch_all(found)
    assert found.read() == other
    fresh = page(other)
    assert [b.text() for b in found._blocks()] == [b.text() for b in fresh._blocks()]


def test_a_change_elsewhere_leaves_the_caret_at_its_word() -> None:
    found = page(TEXT)
    cursor = cursor_at(found, "before")
    found.show(
        TEXT.replace("# Heading", "New words.\n\n# Another heading").replace("need", "needs")
    )
    assert found.document.toPlainText()[cursor.position() :].startswith("before")


def test_empty_paragraphs_are_not_written_and_outlive_a_change_elsewhere() -> None:
    found = page("One.\n\nTwo.")
    cursor = cursor_at(found, "One.", end=True)
    cursor.insertBlock()
    assert found.read() == "One.\n\nTwo."
    found.show("One.\n\nTwo more.")
    assert [block.text() for block in found._blocks()] == ["One.", "", "Two more."]
    cursor.insertText("Between.")
    assert found.read() == "One.\n\nBetween.\n\nTwo more."


def test_lists_that_meet_become_one() -> None:
    found = page("- a\n\nMiddle\n\n- b")
    cursor = found.document.find("Middle")
    cursor.movePosition(QTextCursor.MoveOperation.NextBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    text = found.read()
    assert len(parse(text)) == 1
    cursor_at(found, "b", end=True).insertText("c")
    assert found.read() == "- a\n- bc"


@settings(max_examples=60, deadline=None)
@given(trees.trees)
def test_lines_read_back_as_the_block(tree: object) -> None:
    for block in blocks(serialise(tree)):  # pyright: ignore[reportArgumentType]
        lines = lines_of(block)
        assert lines
        if all(line.kind != "quiet" for line in lines):
            assert blocks_of(lines) == [(block, len(lines))]
