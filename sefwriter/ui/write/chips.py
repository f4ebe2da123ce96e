"""The chips in the page's margin: each claim's kind, number, and what it rests on or lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from sefwriter.ui.theme.paint import draw_icon, elided
from sefwriter.ui.theme.theme import CLAIM_LOOKS, LEVEL_LOOKS, THEME, KindLook

WIDE: Final = 164
NARROW: Final = 72
"""Widths of the column in px at 100 %."""

HEIGHT: Final = 44
BETWEEN: Final = 6
_UNKNOWN: Final = KindLook("Unknown", "ph.question", "text_2")


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip says. `level` is a check's level, "" while the claim rests well."""

    claim: str
    kind: str
    number: str
    rests: str
    level: str = ""
    message: str = ""

    @property
    def look(self) -> KindLook:
        """Word, shape and colour of the claim's kind."""
        return CLAIM_LOOKS.get(self.kind, _UNKNOWN)

    @property
    def name(self) -> str:
        """All of it, for a screen reader."""
        said = f"{self.level}: {self.message}" if self.level else self.rests
        return f"Claim {self.number}, {self.look.word.lower()}, {said}"


def placed(wanted: Sequence[tuple[str, float]], height: int) -> list[tuple[str, float]]:
    """Claims with the top of their chip: beside their words, pushed down so that none overlap."""
    free = float("-inf")
    found: list[tuple[str, float]] = []
    for claim, top in wanted:
        place = max(top, free)
        found.append((claim, place))
        free = place + height + BETWEEN
    return found


class ChipColumn(QWidget):
    """The margin. One widget draws and hits all chips; it scrolls with the page."""

    chosen = Signal(str)
    asked = Signal(str, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Claims beside the text")
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._chips: Mapping[str, Chip] = {}
        self._places: list[tuple[str, float]] = []
        self._scroll = 0
        self._current = ""
        self._lead = 0.0
        self._pointed = ""

    @property
    def narrow(self) -> bool:
        """Whether there is room for shape and number only."""
        return self.width() < THEME.scaled(120)

    @property
    def height_of_one(self) -> int:
        """How high a chip is."""
        return THEME.scaled(26 if self.narrow else HEIGHT)

    def show_chips(self, chips: Mapping[str, Chip]) -> None:
        """What the claims of the section are."""
        self._chips = chips
        self.update()

    def place(self, wanted: Sequence[tuple[str, float]], scroll: int) -> None:
        """Where the claims begin, from the document's top, and how far that is scrolled."""
        known = [(claim, top) for claim, top in wanted if claim in self._chips]
        places = placed(known, self.height_of_one)
        if places != self._places or scroll != self._scroll:
            self._places, self._scroll = places, scroll
            self.update()

    def point_at(self, current: str, lead: float) -> None:
        """The current claim, and the height at which its words end, for the line to its chip."""
        if (current, lead) != (self._current, self._lead):
            self._current, self._lead = current, lead
            self.update()

    def chip_at(self, position: QPoint) -> Chip | None:
        """The chip under a point of this widget."""
        for claim, top in self._places:
            if self._box(top).contains(QPointF(position)):
                return self._chips.get(claim)
        return None

    def box_of(self, claim: str) -> QRect:
        """Where a claim's chip is drawn; an empty box for one that has none."""
        for other, top in self._places:
            if other == claim:
                return self._box(top).toRect()
        return QRect()

    def _box(self, top: float) -> QRectF:
        return QRectF(8, top - self._scroll, self.width() - 16, self.height_of_one)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), THEME.colour("paper"))
        for claim, top in self._places:
            box = self._box(top)
            if box.bottom() < 0 or box.top() > self.height():
                continue
            chip = self._chips.get(claim)
            if chip is not None:
                self._draw(painter, box, chip)

    def _draw(self, painter: QPainter, box: QRectF, chip: Chip) -> None:
        look = chip.look
        if chip.claim == self._current:
            painter.setPen(QPen(THEME.colour(look.role), 1.4))
            knee = box.top() + THEME.scaled(12)
            painter.drawPolyline(
                [
                    QPointF(0, self._lead),
                    QPointF(4, self._lead),
                    QPointF(4, knee),
                    QPointF(8, knee),
                ]
            )
            tint = f"{look.role}_tint" if chip.kind in CLAIM_LOOKS else "sunken"
            painter.setBrush(THEME.colour(tint))
            painter.drawRoundedRect(box, 6, 6)
        elif chip.claim == self._pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(THEME.colour("hover"))
            painter.drawRoundedRect(box, 6, 6)
        size, left = THEME.scaled(13), round(box.left()) + 8
        top, line = round(box.top()) + 3, THEME.scaled(19)
        draw_icon(painter, QRect(left, top + (line - size) // 2, size, size), look.icon, look.role)
        if self.narrow:
            self._words(painter, left + size + 4, top, chip.number, "text_2", 0)
            return
        at = left + size + 6
        at += self._words(painter, at, top, look.word, look.role, 600) + 6
        self._words(painter, at, top, chip.number, "text_3", 0)
        self._second(painter, left, top + line - 1, chip)

    def _second(self, painter: QPainter, left: int, top: int, chip: Chip) -> None:
        level = LEVEL_LOOKS.get(chip.level)
        name, role = (level.icon, level.role) if level else ("ph.link-bold", "text_2")
        size = THEME.scaled(13)
        draw_icon(
            painter, QRect(left, top + (THEME.scaled(19) - size) // 2, size, size), name, role
        )
        self._words(painter, left + size + 6, top, chip.rests, role, 600 if level else 0)

    def _words(
        self, painter: QPainter, left: int, top: int, words: str, role: str, weight: int
    ) -> int:
        font = THEME.font("small", weight=weight)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(THEME.colour(role))
        shown = elided(words, metrics, self.width() - 12 - left)
        place = QRect(QPoint(left, top), QSize(self.width() - left, THEME.scaled(19)))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        chip = self.chip_at(event.position().toPoint())
        if chip is None:
            return
        self.chosen.emit(chip.claim)
        if event.button() == Qt.MouseButton.RightButton:
            self.asked.emit(chip.claim, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        chip = self.chip_at(event.position().toPoint())
        self._point(chip.claim if chip else "")

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().leaveEvent(event)
        self._point("")

    def _point(self, claim: str) -> None:
        if claim != self._pointed:
            self._pointed = claim
            self.update()

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            chip = self.chip_at(event.pos())
            QToolTip.showText(event.globalPos(), chip.name if chip else "", self)
            return True
        return super().event(event)
