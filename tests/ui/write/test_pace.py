"""How long a key takes from press to paint, in a long section with many claims."""

import time

from PySide6.QtWidgets import QApplication

from sefwriter.model.acts.writing import MarkWords
from sefwriter.model.ids import new_id
from sefwriter.ui.write.chips import Chip
from sefwriter.ui.write.page import PageView
from sefwriter.ui.write.screen import WriteScreen
from tests.ui.stage import Stage
from tests.ui.write.hands import KEY, Hands

LIMIT = 0.016


def long_section() -> tuple[str, list[str]]:
    """3,000 words in sixty paragraphs, with headings, lists and 120 claims."""
    claims = [new_id("claim") for _ in range(120)]
    paragraphs: list[str] = []
    for place in range(60):
        one, other = claims[2 * place], claims[2 * place + 1]
        words = "the service reaches families **sooner** than it did in the year before "
        paragraphs.append(
            f"In the quarter [{words}](claim:{one}) and {words}, so "
            f"[fewer wait {place} weeks](claim:{other}) for help. {words.capitalize()}."
        )
        if place % 10 == 0:
            paragraphs.append(f"## Part {place}\n\n- one item\n- another item")
    return "\n\n".join(paragraphs), claims


def test_a_key_from_press_to_paint(
    stage: Stage[WriteScreen], hands: Hands, app: QApplication
) -> None:
    text, claims = long_section()
    assert len(text.split()) > 3000
    act = MarkWords(section=stage.screen.section, text=text, claims=tuple(claims))
    stage.do(act)
    stage.until(lambda: "fewer wait 59 weeks" in hands.shown)
    hands.caret("fewer wait 30 weeks", end=True)
    spent: list[float] = []
    for character in "and so we write on with many words here " * 5:
        begun = time.thread_time()
        hands.type(character)
        app.processEvents()
        spent.append(time.thread_time() - begun)
    hands.key(KEY.Key_Return)
    spent.sort()
    p95 = spent[int(len(spent) * 0.95)]
    print(f"key to paint: median {spent[100] * 1e3:.1f} ms, p95 {p95 * 1e3:.1f} ms")
    assert p95 < LIMIT


def test_opening_and_reading_a_long_section(app: QApplication) -> None:
    text, claims = long_section()
    view = PageView()
    view.resize(760, 700)
    begun = time.thread_time()
    view.show_section("Long", text)
    view.show_claims({claim: Chip(claim, "impact", "1.1", "E1 p.2") for claim in claims})
    opened = time.thread_time() - begun
    view.type_in("x")
    begun = time.thread_time()
    view.page.read()
    read = time.thread_time() - begun
    begun = time.thread_time()
    view.show_text(text.replace("fewer wait 30 weeks", "fewer wait 31 weeks"))
    patched = time.thread_time() - begun
    print(f"open {opened * 1e3:.0f} ms, read {read * 1e3:.1f} ms, patch {patched * 1e3:.1f} ms")
    assert read < 0.05
    view.deleteLater()
