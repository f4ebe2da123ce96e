"""The page: a section's text to write in, its claims under the words, their chips beside them."""

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QWidget

from sefwriter.ui.theme.theme import CLAIM_LOOKS, THEME
from sefwriter.ui.write.chips import NARROW, WIDE, Chip, ChipColumn
from sefwriter.ui.write.painting import ClaimMap, Under, boxes
from sefwriter.ui.write.typed import TypedText

MEASURE: Final = 640
_LEAST_MEASURE: Final = 440
"""Widths of the text in px at 100 %: at most, and at least while the chips are whole."""

_MARGIN: Final = 30


class PageView(TypedText):
    """The page. It holds no section's id and does no act: the screen does."""

    claim_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.claims = ClaimMap(self.page.document)
        self._under = Under(self.claims)
        self.chips = ChipColumn(self)
        self._kinds: Mapping[str, str] = {}
        self._dressed: tuple[str, int] | None = None
        self._current = ""
        self._chips_behind = True
        self._title = ""
        self.setAccessibleName("Text of the section")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setCursorWidth(2)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._moved())
        self.page.document.documentLayout().documentSizeChanged.connect(lambda _: self._moved())
        self.page.document.contentsChanged.connect(self._moved)
        self._dress()

    # -- what is shown

    def show_section(self, title: str, text: str) -> None:
        """Another section, from its beginning."""
        self._title = title
        self._lay_out()
        self.page.show(text, force=True)
        self._current = ""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        self._caret_moved()
        self.setAccessibleDescription(title)

    def show_title(self, title: str) -> None:
        """The section's title was changed."""
        if title != self._title:
            self._title = title
            self._lay_out()
            self.viewport().update()

    def show_text(self, text: str, *, go: bool = False) -> None:
        """What the section says now; the caret and what is seen stay, or `go` to what changed."""
        top = self._top_line()
        place = self.page.show(text)
        if place is None:
            return
        if go:
            cursor = self.textCursor()
            cursor.setPosition(place)
            self.setTextCursor(cursor)
        else:
            self._keep_seen(*top)

    def _top_line(self) -> tuple[QTextCursor, int]:
        """A cursor that moves with the first words that can be seen, and where they are."""
        cursor = self.cursorForPosition(QPoint(0, 0))
        return cursor, self.cursorRect(cursor).top()

    def _keep_seen(self, cursor: QTextCursor, top: int) -> None:
        moved = self.cursorRect(cursor).top() - top
        if moved:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def show_claims(self, chips: Mapping[str, Chip]) -> None:
        """The claims of the section: their kinds, and what their chips say."""
        self._kinds = {claim: chip.kind for claim, chip in chips.items()}
        self.chips.show_chips(chips)
        self._moved()

    # -- claims

    @property
    def current_claim(self) -> str:
        """The claim with the caret in it; "" for none."""
        return self._current

    def go_to_claim(self, claim: str) -> bool:
        """Puts the caret into a claim and shows it; False where it doesn't stand here."""
        place = self.claims.places().get(claim)
        if place is None:
            return False
        cursor = self.textCursor()
        cursor.setPosition(place)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._set_current(claim)
        return True

    def words_of(self, claim: str) -> str:
        """A claim's words as they stand."""
        place = self.claims.places().get(claim)
        if place is None:
            return ""
        block = self.document().findBlock(place)
        found = [
            block.text()[span.start : span.end]
            for span in self.claims.spans(block)
            if span.claim == claim
        ]
        return " ".join(found)

    def next_claim(self, by: int) -> str:
        """Goes to the next claim, or with -1 to the one before; "" where there is none."""
        order = list(self.claims.places().items())
        if not order:
            return ""
        here = self.textCursor().position()
        if by > 0:
            after = [claim for claim, place in order if place > here and claim != self._current]
            claim = after[0] if after else order[0][0]
        else:
            before = [claim for claim, place in order if place < here and claim != self._current]
            claim = before[-1] if before else order[-1][0]
        self.go_to_claim(claim)
        return claim

    def _caret_moved(self) -> None:
        self._set_current(self.claims.at(self.textCursor().position()))
        self.looks_changed.emit()

    def _set_current(self, claim: str) -> None:
        if claim != self._current:
            self._current = claim
            self.viewport().update()
            self.chips.point_at(claim, 0)
            self.claim_changed.emit(claim)

    # -- looks

    def _dress(self) -> None:
        self._dressed = (THEME.name, THEME.text_size)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        self.document().setDefaultFont(THEME.font("page_text"))

    def dress(self) -> None:
        """Another theme or text size: everything is built anew, the caret stays."""
        place = self.textCursor().position()
        seen = self.verticalScrollBar().value()
        self._dress()
        self._lay_out()
        self.page.show(self.page.read(), force=True)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(seen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """The text's measure, the margin for chips, and room for the title."""
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar - 2 * THEME.scaled(_MARGIN)
        whole = room >= THEME.scaled(_LEAST_MEASURE + WIDE - _MARGIN)
        column = THEME.scaled(WIDE if whole else NARROW)
        spare = max(0, room - column - THEME.scaled(MEASURE)) // 2
        left = THEME.scaled(_MARGIN) + spare
        right = column + spare + (0 if whole else 4)
        self.setViewportMargins(left, 0, right + THEME.scaled(16), 0)
        box = self.viewport().geometry()
        self.chips.setGeometry(box.right() + 1, box.top(), column + 8, box.height())
        metrics = self._title_box()
        top = THEME.scaled(26) + round(metrics.height()) + THEME.scaled(10)
        self.page.set_edges(top, max(THEME.scaled(80), box.height() // 2))
        self._moved()

    def _title_box(self) -> QRectF:
        width = self.viewport().width()
        found = QFontMetrics(THEME.font("page_h1")).boundingRect(
            0, 0, width, 4000, Qt.TextFlag.TextWordWrap, self._title
        )
        return QRectF(0, THEME.scaled(26), width, found.height())

    def _moved(self) -> None:
        """Words stand elsewhere now: the chips follow with the next painting, once for all."""
        self._chips_behind = True
        self.viewport().update()

    def _place_chips(self) -> None:
        self._chips_behind = False
        wanted: list[tuple[str, float]] = []
        for claim, place in self.claims.places().items():
            block = self.document().findBlock(place)
            found = self._boxes_of(block, claim)
            if found:
                wanted.append((claim, found[0].top() - 2))
        self.chips.place(wanted, self.verticalScrollBar().value())

    def _boxes_of(self, block: QTextBlock, claim: str) -> list[QRectF]:
        self.document().documentLayout().blockBoundingRect(block)  # lays the block out
        return [
            box
            for span in self.claims.spans(block)
            if span.claim == claim
            for box in boxes(block, span)
        ]

    def visible_blocks(self) -> Iterable[QTextBlock]:
        """The blocks of which something can be seen, in order."""
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        block = self.cursorForPosition(QPoint(0, 0)).block()
        block = block.previous() if block.previous().isValid() else block
        while block.isValid() and block.layout().position().y() <= bottom:
            yield block
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._chips_behind:
            self._place_chips()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scroll = self.verticalScrollBar().value()
        painter.translate(0, -scroll)
        painter.setFont(THEME.font("page_h1"))
        painter.setPen(THEME.colour("text"))
        painter.drawText(self._title_box(), Qt.TextFlag.TextWordWrap, self._title)
        chosen = self._under.paint(
            painter,
            list(self.visible_blocks()),
            self._kinds,
            self._current,
            self.viewport().width(),
        )
        if chosen:
            self._lead(painter, chosen[0])
            self.chips.point_at(self._current, chosen[0].center().y() - scroll)
        painter.end()
        super().paintEvent(event)

    def _lead(self, painter: QPainter, box: QRectF) -> None:
        """The thin line to the margin, from the end of the line that the claim begins on."""
        look = CLAIM_LOOKS.get(self._kinds.get(self._current, ""))
        block = self.document().findBlock(self.claims.places()[self._current])
        layout, y = block.layout(), box.center().y()
        if look is None:
            return
        for number in range(layout.lineCount()):
            words = layout.lineAt(number).naturalTextRect().translated(layout.position())
            if words.top() <= y <= words.bottom():
                painter.setPen(QPen(THEME.colour(look.role), 1.4))
                left = max(words.right(), box.right()) + 3
                painter.drawLine(QPointF(left, y), QPointF(self.viewport().width(), y))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if self._dressed and self._dressed != (THEME.name, THEME.text_size):
            self.dress()
