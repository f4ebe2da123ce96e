"""How a line of the evidence list is drawn: two lines an item, a page and its words for a hit."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sefwriter.desk.evidence_list import MARKS, EvidenceRow
from sefwriter.desk.library import FoundPage
from sefwriter.ui.evidence.list_model import STATES, Role, file_icon, second_line, use_of
from sefwriter.ui.theme.paint import draw_icon, draw_state, elided
from sefwriter.ui.theme.theme import THEME, KindLook

_CLAIMS = "ph.link"
_INDENT = 84


class EvidenceDelegate(QStyledItemDelegate):
    """Draws lines by their model's roles."""

    def sizeHint(  # noqa: N802, D102 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        height = 50 if index.data(Role.HIT) is None else 46
        return QSize(0, THEME.scaled(height))

    def paint(  # noqa: D102
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        chosen = _ground(painter, option, rect)
        hit = index.data(Role.HIT)
        if hit is None:
            _draw_item(painter, rect, index.data(Role.ROW), chosen=chosen)
        else:
            _draw_hit(painter, rect, hit, chosen=chosen)
        painter.restore()


def ink(role: str, *, chosen: bool) -> str:
    """The role to write in: a chosen row of high contrast is bright, so all on it is black."""
    return "text_on_accent" if chosen and THEME.name == "high-contrast" else role


def _ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> bool:
    state = option.state  # pyright: ignore[reportAttributeAccessIssue]
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    if chosen:
        painter.fillRect(rect, THEME.colour("selected"))
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), THEME.colour("accent"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, THEME.colour("hover"))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(THEME.colour("focus"), 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
    return chosen


def _draw_item(painter: QPainter, rect: QRect, row: EvidenceRow, *, chosen: bool) -> None:
    top = QRect(rect.left() + 14, rect.top(), rect.width() - 28, rect.height() // 2 + 2)
    low = QRect(top.left(), top.bottom() - 2, top.width(), rect.height() - top.height() - 2)
    strong = THEME.font("body", weight=600)
    painter.setFont(strong)
    painter.setPen(THEME.colour(ink("text", chosen=chosen)))
    middle = top.adjusted(0, 4, 0, 0)
    painter.drawText(middle, Qt.AlignmentFlag.AlignVCenter, row.number)
    size = THEME.scaled(16)
    across = THEME.scaled(42)
    icon_at = QRect(top.left() + across, rect.top() + (rect.height() - size) // 2, size, size)
    draw_icon(painter, icon_at, file_icon(row), ink("text_2", chosen=chosen))
    left = across + size + 12
    font = strong if chosen else THEME.font("body")
    painter.setFont(font)
    title = middle.adjusted(left, 0, 0, 0)
    words = elided(row.title, QFontMetrics(font), title.width())
    painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, words)
    taken = _draw_right(painter, low, row, chosen=chosen)
    small = THEME.font("small")
    painter.setFont(small)
    painter.setPen(THEME.colour(ink("text_2", chosen=chosen)))
    second = low.adjusted(left, 0, -taken - 8, 0)
    about = elided(second_line(row), QFontMetrics(small), second.width())
    painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, about)


def _draw_right(painter: QPainter, low: QRect, row: EvidenceRow, *, chosen: bool) -> int:
    look = STATES[row.state] if row.state else KindLook(use_of(row), _CLAIMS, "text_2")
    width = QFontMetrics(THEME.font("small")).horizontalAdvance(look.word) + THEME.scaled(14) + 6
    look = replace(look, role=ink(look.role, chosen=chosen))
    draw_state(painter, QRect(low.right() - width, low.top(), width, low.height()), look)
    return width


def _draw_hit(painter: QPainter, rect: QRect, hit: FoundPage, *, chosen: bool) -> None:
    left = rect.left() + 14 + THEME.scaled(42) - 14
    small = THEME.font("small", weight=600)
    painter.setFont(small)
    painter.setPen(THEME.colour(ink("link", chosen=chosen)))
    page = QRect(left, rect.top() + 3, THEME.scaled(_INDENT) - 42, THEME.scaled(20))
    painter.drawText(page, Qt.AlignmentFlag.AlignVCenter, f"p.{hit.page}")
    words = QRect(page.right(), page.top(), rect.right() - 14 - page.right(), rect.height() - 6)
    _draw_snippet(painter, words, hit.snippet, ink("text_2", chosen=chosen))


def _draw_snippet(painter: QPainter, rect: QRect, snippet: str, role: str) -> None:
    """Two lines of the words around a hit; those found are bold on the colour of a quote."""
    plain, bold = THEME.font("small"), THEME.font("small", weight=600)
    height = THEME.line_height("small")
    x, y = rect.left(), rect.top() + 1
    found = False
    for piece in _pieces(snippet):
        if piece in MARKS:
            found = piece == MARKS[0]
            continue
        font = bold if found else plain
        width = QFontMetrics(font).horizontalAdvance(piece)
        if x + width > rect.right() and x > rect.left():
            x, y = rect.left(), y + height
            piece = piece.lstrip()  # noqa: PLW2901 - a line begins without a blank
            if y + height > rect.bottom() + 2:
                return
        place = QRectF(x, y, width, height)
        if found:
            painter.fillRect(place.adjusted(-1, 1, 1, -1), THEME.colour("quote"))
        painter.setFont(font)
        painter.setPen(THEME.colour("quote_text" if found else role))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, piece)
        x += width


def _pieces(snippet: str) -> list[str]:
    """Words with the blank that follows, and marks by themselves."""
    pieces: list[str] = []
    word = ""
    for letter in snippet:
        if letter in MARKS:
            pieces += [word, letter]
            word = ""
            continue
        word += letter
        if letter == " ":
            pieces.append(word)
            word = ""
    pieces.append(word)
    return [piece for piece in pieces if piece]
