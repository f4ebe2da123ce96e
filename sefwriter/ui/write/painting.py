"""What is painted under the words: claims by kind, list signs, and the quiet blocks' look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextBlock, QTextDocument, QTextLine

from sefwriter.ui.theme.theme import CLAIM_LOOKS, THEME
from sefwriter.ui.write.formats import claim_of, line_kind
from sefwriter.ui.write.lines import Line


@dataclass(frozen=True, slots=True)
class Span:
    """A claim's stretch of one block, in the block's own positions."""

    claim: str
    start: int
    end: int


class ClaimMap:
    """Which claims stand where in a document. Kept up block by block as it changes."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._spans: list[tuple[Span, ...]] = []
        document.contentsChange.connect(self._changed)

    def spans(self, block: QTextBlock) -> tuple[Span, ...]:
        """The claims of a block."""
        self._fill()
        number = block.blockNumber()
        return self._spans[number] if number < len(self._spans) else ()

    def places(self) -> dict[str, int]:
        """Where each claim begins, in reading order, in the document's positions."""
        self._fill()
        found: dict[str, int] = {}
        for number, spans in enumerate(self._spans):
            for span in spans:
                if span.claim not in found:
                    block = self._document.findBlockByNumber(number)
                    found[span.claim] = block.position() + span.start
        return found

    def at(self, position: int) -> str:
        """The claim at a place of the document, its edges included; "" for none."""
        block = self._document.findBlock(position)
        inside = position - block.position()
        touching = [span for span in self.spans(block) if span.start <= inside <= span.end]
        # Between two claims the one that begins here is meant: the caret stands before its words.
        return max(touching, key=lambda span: span.start).claim if touching else ""

    def _fill(self) -> None:
        if len(self._spans) != self._document.blockCount():
            self._spans = [_spans_of(block) for block in _blocks(self._document.begin())]

    def _changed(self, position: int, _removed: int, added: int) -> None:
        if len(self._spans) != self._document.blockCount():
            self._spans = []
            return
        for block in _blocks(self._document.findBlock(position)):
            if block.position() > position + added:
                break
            self._spans[block.blockNumber()] = _spans_of(block)


def _blocks(block: QTextBlock) -> Iterator[QTextBlock]:
    while block.isValid():
        yield block
        block = block.next()


def _spans_of(block: QTextBlock) -> tuple[Span, ...]:
    found: list[Span] = []
    iterator = block.begin()
    start = block.position()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        claim = claim_of(fragment.charFormat())
        first = fragment.position() - start
        last = first + fragment.length()
        if claim and found and found[-1].claim == claim and found[-1].end == first:
            found[-1] = Span(claim, found[-1].start, last)
        elif claim:
            found.append(Span(claim, first, last))
        iterator += 1
    return tuple(found)


def boxes(block: QTextBlock, span: Span) -> list[QRectF]:
    """Where a span's words stand, a box for each line, in the document's coordinates."""
    layout, text = block.layout(), block.text()
    found: list[QRectF] = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = max(span.start, line.textStart())
        last = min(span.end, line.textStart() + line.textLength())
        while last > first and text[last - 1].isspace() and last < span.end:
            last -= 1
        if first < last:
            left, right = _x(line, first), _x(line, last)
            base = layout.position().y() + line.y() + line.ascent()
            left, right = min(left, right), max(left, right)
            found.append(
                QRectF(
                    layout.position().x() + left,
                    base - THEME.scaled(16),
                    right - left,
                    THEME.scaled(22),
                )
            )
    return found


def _x(line: QTextLine, position: int) -> float:
    found: object = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


class Under:
    """Paints under the words of the blocks that can be seen."""

    def __init__(self, claims: ClaimMap) -> None:
        self._claims = claims

    def paint(
        self,
        painter: QPainter,
        visible: Sequence[QTextBlock],
        kinds: Mapping[str, str],
        current: str,
        width: float,
    ) -> list[QRectF]:
        """Paints in the document's coordinates; the boxes of the current claim."""
        chosen: list[QRectF] = []
        for block in visible:
            line = line_kind(block)
            if line.kind == "quiet":
                self._quiet(painter, block, line, width)
            elif line.kind == "item":
                _sign(painter, block, line)
            for span in self._claims.spans(block):
                found = boxes(block, span)
                kind = kinds.get(span.claim, "")
                _mark(painter, found, kind, chosen=span.claim == current)
                chosen += found if span.claim == current else []
        return chosen

    def _quiet(self, painter: QPainter, block: QTextBlock, line: Line, width: float) -> None:
        layout = block.layout()
        if not layout.lineCount():
            return
        first, last = layout.lineAt(0), layout.lineAt(layout.lineCount() - 1)
        top, height = layout.position().y() + first.y(), last.y() + last.height() - first.y()
        box = QRectF(0, top, width, height).adjusted(0, -2, 0, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        if line.look == "quote":
            painter.fillRect(QRectF(0, box.top(), 3, box.height()), THEME.colour("voice"))
        elif line.look == "rule":
            middle = box.center().y()
            painter.setPen(QPen(THEME.colour("line_strong"), 1))
            painter.drawLine(QPointF(0, middle), QPointF(width, middle))
        elif line.look in ("table", "table-head"):
            if line.look == "table-head":
                painter.fillRect(box, THEME.colour("sunken"))
            painter.setPen(QPen(THEME.colour("line"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        else:
            painter.setBrush(THEME.colour("sunken"))
            painter.drawRoundedRect(box, 4, 4)


def _sign(painter: QPainter, block: QTextBlock, line: Line) -> None:
    """An item's bullet or number, left of its words."""
    if not block.layout().lineCount():
        return
    first = block.layout().lineAt(0)
    left = block.layout().position().x() + first.x()
    base = block.layout().position().y() + first.y() + first.ascent()
    if line.ordered:
        painter.setFont(THEME.font("page_text"))
        painter.setPen(THEME.colour("text"))
        words = f"{number_of(block, line)}."
        width = QFontMetrics(painter.font()).horizontalAdvance(words)
        painter.drawText(QPointF(left - width - 6, base), words)
        return
    painter.setPen(QPen(THEME.colour("text"), 1.2))
    filled = line.level % 2 == 0
    painter.setBrush(THEME.colour("text") if filled else Qt.BrushStyle.NoBrush)
    reach = THEME.scaled(24) / 10
    painter.drawEllipse(QPointF(left - THEME.scaled(13), base - THEME.scaled(5)), reach, reach)


def number_of(block: QTextBlock, line: Line) -> int:
    """The number that an item of a numbered list has."""
    count, before = 0, block.previous()
    while before.isValid():
        other = line_kind(before)
        if other.kind != "item" or other.level < line.level:
            break
        if other.level == line.level:
            if not other.ordered:
                break
            count += 1
        before = before.previous()
    return line.start + count


def _mark(painter: QPainter, found: Sequence[QRectF], kind: str, *, chosen: bool) -> None:
    role = CLAIM_LOOKS[kind].role if kind in CLAIM_LOOKS else "text_3"
    tint = f"{role}_tint" if kind in CLAIM_LOOKS else "sunken"
    for rect in found:
        box = rect.adjusted(-2, 0, 2, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(THEME.colour(tint))
        painter.drawRoundedRect(box, 3, 3)
        if chosen:
            painter.setPen(QPen(THEME.colour(role), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, -1, 0, 1), 3, 3)
        else:
            _underline(painter, rect, kind, role)


def _underline(painter: QPainter, rect: QRectF, kind: str, role: str) -> None:
    """Each kind has its own line, so that it is told apart without colour."""
    pen = QPen(THEME.colour(role), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    y = rect.bottom() - 1
    if kind == "to-improve":
        pen.setDashPattern([4, 2.4])
    elif kind == "voice":
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setWidthF(2)
        pen.setDashPattern([0.1, 2.2])
    elif kind == "impact":
        pen.setWidthF(1)
        painter.setPen(pen)
        painter.drawLine(QPointF(rect.left(), y - 2.5), QPointF(rect.right(), y - 2.5))
    elif kind != "strength":
        pen.setWidthF(0.9)
    painter.setPen(pen)
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
