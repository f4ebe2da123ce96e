"""What is drawn on a page: passages, words chosen, words found, and tags in the margin."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from sefwriter.desk.page_pictures import Box
from sefwriter.ui.theme.theme import THEME

TAG_HEIGHT: Final = 20


@dataclass(frozen=True, slots=True)
class PassageMark:
    """A passage on its pages. No `quote` means the whole page; `number` is its claim's."""

    passage: str
    claim: str
    number: str
    stance: str
    page: int
    page_to: int
    quote: str
    before: str


def draw_passage(painter: QPainter, lines: list[QRectF], stance: str, *, chosen: bool) -> None:
    """Supports is yellow with a solid line, qualifies orange with a dashed edge."""
    qualifies = stance == "qualifies"
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for line in lines:
        painter.fillRect(line, THEME.colour("qualify" if qualifies else "quote"))
    painter.restore()
    edge = THEME.colour("qualify_line" if qualifies else "quote_line")
    style = Qt.PenStyle.DashLine if qualifies else Qt.PenStyle.SolidLine
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, 1.4, style))
    for line in lines:
        if qualifies or chosen:
            painter.drawRect(line.adjusted(-1, -0.5, 1, 0.5))
        else:
            painter.drawLine(line.bottomLeft(), line.bottomRight())


def draw_chosen(painter: QPainter, lines: list[QRectF]) -> None:
    """The words just chosen: outlined, on the colour of a quote."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for line in lines:
        painter.fillRect(line, THEME.colour("quote"))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(THEME.colour("quote_line"), 1.6))
    for line in lines:
        painter.drawRoundedRect(line.adjusted(-1, -0.5, 1, 0.5), 2, 2)


def draw_found(painter: QPainter, lines: list[QRectF], *, current: bool) -> None:
    """Words found: tinted, and the one looked at has an edge too."""
    tint = THEME.colour("info")
    tint.setAlpha(70 if current else 40)
    for line in lines:
        painter.fillRect(line, tint)
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor("#1257C7"), 2))
            painter.drawRect(line.adjusted(-1, -1, 1, 1))


def tag_width(number: str) -> int:
    """How wide a tag is."""
    return QFontMetrics(THEME.font("caption", weight=600)).horizontalAdvance(number) + 14


def draw_tag(painter: QPainter, place: QRect, number: str, stance: str, *, here: bool) -> None:
    """A claim's number in the margin, edged as its passage is."""
    qualifies = stance == "qualifies"
    edge = THEME.colour("qualify_line" if qualifies else "quote_line")
    style = Qt.PenStyle.DashLine if qualifies else Qt.PenStyle.SolidLine
    painter.setBrush(THEME.colour("qualify" if qualifies else "quote") if here else QColor("white"))
    painter.setPen(QPen(edge, 2 if here else 1.4, style))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(THEME.font("caption", weight=600))
    painter.setPen(edge)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)


def word_at(boxes: tuple[Box, ...], x: float, y: float, *, near: bool) -> int:
    """The word of a page at a place in points; with `near` the nearest in reading; -1 for none."""
    for at, (left, top, right, bottom) in enumerate(boxes):
        if left <= x <= right and top <= y <= bottom:
            return at
    if not near or not boxes:
        return -1

    def distance(at: int) -> tuple[float, float]:
        left, top, right, bottom = boxes[at]
        return max(top - y, y - bottom, 0.0), max(left - x, x - right, 0.0)

    return min(range(len(boxes)), key=distance)
