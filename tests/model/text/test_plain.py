from sefwriter.model.text.parse import blocks
from sefwriter.model.text.plain import plain_text, word_count

MARKDOWN = (
    "# Head\n\nA **b** [c](claim:ca) [d](https://a.b).\n\n- one\n    - two\n\n"
    "| h | i |\n|---|---|\n| k | 71 % |\n\n> said\n\nx<br>y ![alt](picture:ab)"
)


def test_words_without_markup_each_stretch_on_a_line() -> None:
    plain = "Head\nA b c d.\none\ntwo\nh\ni\nk\n71 %\nsaid\nx\ny "
    assert plain_text(MARKDOWN) == plain.rstrip() + " " == plain_text(blocks(MARKDOWN))


def test_words_are_what_a_reader_would_count() -> None:
    assert word_count(MARKDOWN) == 14
    assert word_count("It’s the area’s well-being – 20% of 0.5") == 7
    assert word_count("") == 0
