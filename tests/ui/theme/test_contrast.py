"""Contrast of every pair of roles that the window puts on each other, in each theme (WCAG 2.2)."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from sefwriter.ui.theme.theme import (
    CLAIM_LOOKS,
    LEVEL_LOOKS,
    RAG_LOOKS,
    SECTION_LOOKS,
    THEME,
    THEMES,
    ThemeName,
)

GROUNDS = ("window", "surface", "sunken", "raised", "paper", "hover")
LOOKS = [*CLAIM_LOOKS.values(), *SECTION_LOOKS.values(), *LEVEL_LOOKS.values(), *RAG_LOOKS.values()]
ROLES = sorted({look.role for look in LOOKS})
WORDS = [
    *((ink, ground) for ink in ("text", "text_2", "text_3") for ground in GROUNDS),
    *((ink, ground) for ink in ("accent", "link", "error") for ground in ("window", "surface")),
    *((role, ground) for role in ROLES for ground in ("window", "surface", "paper")),
    *((role, f"{role}_tint") for role in ROLES if not role.startswith(("rag", "text"))),
    *(("text", f"{role}_tint") for role in ("info", "ok", "warning", "error")),
    *((role, "selected") for role in (*ROLES, "text", "text_2", "accent", "link")),
    ("text_on_accent", "accent"),
    ("text_on_accent", "accent_hover"),
    ("promise_text", "promise"),
    ("quote_text", "quote"),
    ("quote_text", "qualify"),
    ("added", "added_tint"),
    ("removed", "removed_tint"),
    ("moved", "moved_tint"),
]
EDGES = [
    *((edge, ground) for edge in ("line_strong", "focus") for ground in GROUNDS[:5]),
    ("accent", "surface"),
    ("accent", "window"),
]


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(THEME.colour(one)), luminance(THEME.colour(other))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read_on_their_ground(app: QApplication, theme: ThemeName) -> None:
    THEME.show(theme, 100)
    poor = {pair: round(contrast(*pair), 2) for pair in WORDS if contrast(*pair) < 4.5}
    THEME.show("light", 100)
    assert not poor


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_rings_can_be_seen(app: QApplication, theme: ThemeName) -> None:
    THEME.show(theme, 100)
    poor = {pair: round(contrast(*pair), 2) for pair in EDGES if contrast(*pair) < 3.0}
    THEME.show("light", 100)
    assert not poor


def test_the_measure_itself(app: QApplication) -> None:
    THEME.show("high-contrast", 100)
    assert contrast("text", "window") == pytest.approx(21.0)
    THEME.show("light", 100)
