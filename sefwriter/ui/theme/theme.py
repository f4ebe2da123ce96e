"""The theme in use: colours by role, fonts by role, scaled by the user's own text size.

Widgets ask for a role ("accent", "body"), never for a colour or a size of their own. A change of
theme or text size reaches them as QEvent.PaletteChange or FontChange, as Qt does it by itself.
"""

import json
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from sefwriter.desk.fonts import font_files
from sefwriter.resources import resource

ThemeName = Literal["light", "dark", "high-contrast"]
THEMES: Final[tuple[ThemeName, ...]] = ("light", "dark", "high-contrast")
FAMILY: Final = "Source Sans Pro"


@dataclass(frozen=True, slots=True)
class KindLook:
    """How a kind of claim, a state or a level looks: its word, icon and colour role."""

    word: str
    icon: str
    role: str


CLAIM_LOOKS: Final[dict[str, KindLook]] = {
    "strength": KindLook("Strength", "ph.triangle-fill", "strength"),
    "to-improve": KindLook("To improve", "ph.diamond-fill", "improve"),
    "impact": KindLook("Impact", "ph.target-bold", "impact"),
    "voice": KindLook("Voice", "ph.chat-centered-text-fill", "voice"),
    "context": KindLook("Context", "ph.square-fill", "context"),
}
SECTION_LOOKS: Final[dict[str, KindLook]] = {
    "not-started": KindLook("Not started", "ph.circle-dashed", "text_3"),
    "drafting": KindLook("Drafting", "ph.circle-half-fill", "context"),
    "ready": KindLook("Ready for review", "ph.arrow-circle-right-fill", "info"),
    "returned": KindLook("Returned", "ph.arrow-u-up-left-bold", "improve"),
    "signed-off": KindLook("Signed off", "ph.circle-wavy-check-fill", "ok"),
    "lapsed": KindLook("Lapsed", "ph.link-break-bold", "error"),
}
LEVEL_LOOKS: Final[dict[str, KindLook]] = {
    "error": KindLook("Error", "ph.warning-octagon-fill", "error"),
    "warning": KindLook("Warning", "ph.warning-fill", "warning"),
    "hint": KindLook("Hint", "ph.lightbulb-fill", "info"),
}
RAG_LOOKS: Final[dict[str, KindLook]] = {
    "red": KindLook("Red", "ph.x-square-fill", "rag_red"),
    "amber": KindLook("Amber", "ph.triangle-fill", "rag_amber"),
    "green": KindLook("Green", "ph.circle-fill", "rag_green"),
    "blue": KindLook("Blue", "ph.star-fill", "rag_blue"),
}

SPACE: Final = (0, 4, 8, 12, 16, 24, 32, 48)
"""Distances in logical px: SPACE[1] is the smallest, SPACE[4] a pane's padding."""


class Theme:
    """Colours and fonts of the running application. One instance, made by `install`."""

    def __init__(self) -> None:
        tokens = json.loads(resource("ui", "tokens.json").read_text(encoding="utf-8"))
        self._colours: dict[str, list[str]] = tokens["colour"]
        self._type: dict[str, list[int]] = tokens["type"]
        self._name: ThemeName = "light"
        self._scale = 100
        self._family = FAMILY

    @property
    def name(self) -> ThemeName:
        """The theme shown now."""
        return self._name

    @property
    def text_size(self) -> int:
        """The user's own text size in per cent, 90 to 200."""
        return self._scale

    def install(self) -> None:
        """Loads the fonts and dresses the application; needs a QApplication."""
        for file in font_files():
            QFontDatabase.addApplicationFont(str(file))
        if FAMILY not in QFontDatabase.families():
            self._family = "Segoe UI"
        self.show(self._name, self._scale)

    def show(self, name: ThemeName, text_size: int) -> None:
        """Shows this theme at this text size everywhere."""
        self._name = name
        self._scale = min(200, max(90, text_size))
        QApplication.setPalette(self.palette())
        QApplication.setFont(self.font("body"))

    def colour(self, role: str) -> QColor:
        """The colour of a role. Raises KeyError for a role there isn't."""
        return QColor(self._colours[role][THEMES.index(self._name)])

    def hex(self, role: str) -> str:
        """The colour of a role as #RRGGBB."""
        return self._colours[role][THEMES.index(self._name)]

    def font(self, role: str = "body", *, weight: int = 0, italic: bool = False) -> QFont:
        """The font of a role, at the user's text size. Figures are tabular."""
        pixels, normal, _ = self._type[role]
        font = QFont(self._family)
        font.setPixelSize(self.scaled(pixels))
        font.setWeight(QFont.Weight(weight or normal))
        font.setItalic(italic)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if role == "figure":
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def line_height(self, role: str) -> int:
        """The line height of a role in px, at the user's text size."""
        return self.scaled(self._type[role][2])

    def scaled(self, pixels: int) -> int:
        """A size that goes with the text size: row heights, icons."""
        return round(pixels * self._scale / 100)

    def palette(self) -> QPalette:
        """The palette that goes with the theme."""
        palette = QPalette()
        pairs = {
            QPalette.ColorRole.Window: "window",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "sunken",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.BrightText: "text_on_accent",
            QPalette.ColorRole.Highlight: "selected",
            QPalette.ColorRole.HighlightedText: "text",
            QPalette.ColorRole.PlaceholderText: "text_3",
            QPalette.ColorRole.Link: "link",
            QPalette.ColorRole.LinkVisited: "link",
            QPalette.ColorRole.ToolTipBase: "raised",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.Light: "surface",
            QPalette.ColorRole.Midlight: "hover",
            QPalette.ColorRole.Mid: "line",
            QPalette.ColorRole.Dark: "line_strong",
            QPalette.ColorRole.Shadow: "line_strong",
            QPalette.ColorRole.Accent: "accent",
        }
        for place, role in pairs.items():
            palette.setColor(place, self.colour(role))
        for place in (
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, place, self.colour("text_3"))
        return palette


THEME: Final = Theme()
"""The theme of this process: one window, one look."""
