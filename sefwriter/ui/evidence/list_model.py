"""The list's rows: evidence, and beneath each item the pages on which words were found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sefwriter.desk.evidence_list import MARKS, EvidenceRow, FoundPages
from sefwriter.desk.library import FoundPage
from sefwriter.model.ids import EvidenceId
from sefwriter.model.words import PLAIN
from sefwriter.ui.evidence.dates import month_of
from sefwriter.ui.theme.theme import KindLook

Index = QModelIndex | QPersistentModelIndex

STATES: Final[Mapping[str, KindLook]] = {
    "restricted": KindLook("Restricted", "ph.lock-simple-fill", "text_2"),
    "reading": KindLook("Being read", "ph.hourglass", "text_3"),
    "no-text": KindLook("No page text", "ph.text-aa", "warning"),
    "locked": KindLook("Locked", "ph.lock-key-fill", "error"),
    "damaged": KindLook("Damaged", "ph.warning-octagon-fill", "error"),
    "empty": KindLook("Empty", "ph.file-dotted", "error"),
    "unsupported": KindLook("No pages", "ph.file-x", "warning"),
    "too-big": KindLook("Too big", "ph.warning-fill", "warning"),
    "missing": KindLook("Not here yet", "ph.cloud-slash", "warning"),
    "stale": KindLook("Stale", "ph.warning-fill", "warning"),
    "unused": KindLook("Unused", "ph.circle-dashed", "text_3"),
}
"""How what needs attention looks. The words are states, never acts."""

_ICONS: Final = {
    "application/pdf": "ph.file-pdf",
    "image/png": "ph.image",
    "image/jpeg": "ph.image",
    "text/plain": "ph.file-text",
}


class Role(IntEnum):
    """What the delegate asks for."""

    ROW = Qt.ItemDataRole.UserRole + 1
    HIT = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows: `state` "" for all, `unused` or `stale`; `partner` "" for all."""

    state: str = ""
    partner: str = ""

    def lets(self, row: EvidenceRow) -> bool:
        """Whether the row is shown."""
        if self.state == "unused" and row.claims:
            return False
        if self.state == "stale" and not row.stale:
            return False
        return not self.partner or row.partner == self.partner


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: an item, or a page found in it."""

    row: EvidenceRow
    hit: FoundPage | None = None


@dataclass
class _Content:
    rows: Sequence[EvidenceRow] = ()
    found: FoundPages | None = None
    filter: Filter = field(default_factory=Filter)


class EvidenceModel(QAbstractListModel):
    """Evidence as lines. With a search, only items that have hits or are named by the words."""

    def __init__(self) -> None:
        super().__init__()
        self._content = _Content()
        self._lines: list[Line] = []

    @property
    def rows(self) -> Sequence[EvidenceRow]:
        """Every item, those not shown too."""
        return self._content.rows

    @property
    def found(self) -> FoundPages | None:
        """What the search gave; None without one."""
        return self._content.found

    @property
    def filter(self) -> Filter:
        """What is shown."""
        return self._content.filter

    def show_rows(self, rows: Sequence[EvidenceRow]) -> None:
        """Other items."""
        self._content.rows = rows
        self._make()

    def show_found(self, found: FoundPages | None) -> None:
        """The hits of a search; None for no search."""
        self._content.found = found
        self._make()

    def show_only(self, wanted: Filter) -> None:
        """Another filter."""
        self._content.filter = wanted
        self._make()

    def line(self, index: Index | int) -> Line | None:
        """The line at an index, None where there is none."""
        at = index if isinstance(index, int) else index.row()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def index_of(self, evidence: str, page: int = 0) -> QModelIndex:
        """The index of an item, or of its hit on a page; an empty one where it isn't shown."""
        for at, line in enumerate(self._lines):
            if line.row.id == evidence and page == (line.hit.page if line.hit else 0):
                return self.index(at)
        return QModelIndex() if not page else self.index_of(evidence)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802, D102 - Qt's
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        line = self.line(index)
        if line is None:
            return None
        if role == Role.ROW:
            return line.row
        if role == Role.HIT:
            return line.hit
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.row.number} {line.row.title}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.row.title if line.hit is None else _unmarked(line.hit.snippet)
        return None

    def _make(self) -> None:
        self.beginResetModel()
        self._lines = list(_lines(self._content))
        self.endResetModel()


def _lines(content: _Content) -> list[Line]:
    lines: list[Line] = []
    found = content.found
    hits: dict[EvidenceId, list[FoundPage]] = {}
    for page in found.pages if found else ():
        hits.setdefault(page.evidence, []).append(page)
    rows = [row for row in content.rows if content.filter.lets(row)]
    if found:
        best = {evidence: at for at, evidence in enumerate(hits)}
        rows = [row for row in rows if row.id in hits or _named(row, found.words)]
        rows.sort(key=lambda row: best.get(row.id, len(best)))
    for row in rows:
        lines.append(Line(row))
        lines += [Line(row, hit) for hit in hits.get(row.id, ())]
    return lines


def _named(row: EvidenceRow, words: str) -> bool:
    name = f"{row.number} {row.title}".lower()
    return all(word in name for word in words.lower().split())


def file_icon(row: EvidenceRow) -> str:
    """The icon of a kind of file."""
    return "ph.lock-simple-fill" if row.state == "restricted" else _ICONS.get(row.media, "ph.file")


def second_line(row: EvidenceRow) -> str:
    """What stands beneath a title: partner, date, pages."""
    if row.state == "restricted":
        return "Restricted · never in the bound pack"
    partner = {"families": "Families"}.get(row.partner, PLAIN.get(row.partner, ""))
    pages = f"{row.pages} page{'s' * (row.pages != 1)}" if row.pages > 1 else ""
    return " · ".join(part for part in (partner, month_of(row.as_at), pages) if part)


def use_of(row: EvidenceRow) -> str:
    """How many claims rest on it, with the noun."""
    return f"{row.claims} claim{'s' * (row.claims != 1)}"


def spoken(line: Line) -> str:
    """A line for a screen reader: "E22, Short breaks statement 2025, Social care, May 2025, …"."""
    row = line.row
    if line.hit:
        return f"Page {line.hit.page} of {row.number}: {_unmarked(line.hit.snippet)}"
    state = STATES[row.state].word if row.state else ""
    parts = (row.number, row.title, *second_line(row).split(" · "), use_of(row), state)
    return ", ".join(part for part in parts if part)


def _unmarked(snippet: str) -> str:
    return snippet.replace(MARKS[0], "").replace(MARKS[1], "")
