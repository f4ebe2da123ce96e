"""The middle of Pack: what the pack will be, its making step by step, and what came of it."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from sefwriter.desk.exporting import Exported
from sefwriter.desk.packing import Outline
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Sign, Words

_STEPS = (
    ("Opening evidence", "Opening evidence", "files"),
    ("Setting the narrative", "Setting the narrative", ""),
    ("Writing the Word file", "Writing the Word file", ""),
    ("Numbering the pages", "Numbering the pages", ""),
    ("Binding evidence", "Binding", "files"),
    ("Writing the pack", "Writing the pack", "per cent"),
    ("Checking what was written", "Checking what was written", ""),
)
"""A step of the export, how it is said, and what is counted in it."""


def step_in_words(what: str, done: int, total: int) -> str:
    """A step as people read it: "Binding 3 of 8 files"."""
    said, unit = next(((words, unit) for name, words, unit in _STEPS if name == what), (what, ""))
    if unit == "per cent":
        return f"{said}, {done} per cent"
    return f"{said} {done} of {total} {unit}" if unit and total else said


def part_done(what: str, done: int, total: int) -> int:
    """How far an export is, in thousandths: every step counts the same."""
    names = [name for name, _, _ in _STEPS]
    place = names.index(what) if what in names else 0
    share = done / total if total else 0.0
    return int(1000 * (place + share) / len(names))


class Cover(QWidget):
    """The pack's first page, small."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ("", "", True)
        self.setFixedSize(QSize(218, 300))
        self.setAccessibleName("The pack's first page")

    def show_cover(self, area: str, date: str, *, draft: bool) -> None:
        """What stands on it."""
        self._words = (area, date, draft)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        area, date, draft = self._words
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), THEME.colour("paper"))
        painter.setPen(QPen(THEME.colour("line_strong"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.fillRect(QRect(1, 1, self.width() - 2, 8), THEME.colour("accent"))
        place = QRect(24, 54, self.width() - 40, 70)
        painter.setPen(THEME.colour("text"))
        painter.setFont(THEME.font("heading"))
        used = painter.drawText(place, Qt.TextFlag.TextWordWrap, area)
        place.moveTop(used.bottom() + 2)  # type: ignore[union-attr]
        painter.setFont(THEME.font("body"))
        painter.drawText(place, Qt.TextFlag.TextWordWrap, "Area SEND self-evaluation")
        place.moveTop(place.top() + THEME.scaled(22))
        painter.setFont(THEME.font("small"))
        painter.setPen(THEME.colour("text_2"))
        painter.drawText(place, Qt.TextFlag.TextWordWrap, date)
        if draft:
            painter.translate(self.width() / 2, 190)
            painter.rotate(-35)
            painter.setFont(THEME.font("display"))
            painter.setPen(THEME.colour("text_3"))
            painter.drawText(QRect(-90, -25, 180, 50), Qt.AlignmentFlag.AlignCenter, "DRAFT")


class Figures(QWidget):
    """A few large numbers, each with its noun."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs = [
            (Words("", "figure", wrap=False), Words("", "small", "text_2", wrap=False))
            for _ in range(4)
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        for number, noun in self._pairs:
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(number)
            column.addWidget(noun)
            row.addLayout(column)
        row.addStretch(1)

    def show_figures(self, outline: Outline) -> None:
        """The numbers of a pack."""
        nouns = ("sections", "claims", "evidence pages", "actions")
        numbers = (outline.sections, outline.claims, outline.pages, outline.actions)
        for (figure, words), number, noun in zip(self._pairs, numbers, nouns, strict=True):
            figure.setText(f"{number:,}")
            words.setText(noun)


class Progress(Ground):
    """The making of a pack: the step, how far, and Cancel."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__("surface", card=True)
        self.title = Words("", "title")
        self.step = Words("", "body", "text_2")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName("How far the pack is")
        self.cancel = Button("Cancel", keys="Esc")
        self.cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addWidget(self.step, 1)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.hide()

    def begin(self, title: str, *, can_stop: bool = True) -> None:
        """A new piece of work."""
        self.title.setText(title)
        self.bar.setRange(0, 1000 if can_stop else 0)
        self.bar.setValue(0)
        self.step.setText("")
        self.cancel.setVisible(can_stop)
        self.cancel.tell_why(None)
        self.show()
        self.cancel.setFocus()

    def show_step(self, what: str, done: int, total: int) -> None:
        """What is being done."""
        self.step.setText(step_in_words(what, done, total))
        self.bar.setValue(part_done(what, done, total))

    def stopping(self) -> None:
        """Cancel was pressed; the step at hand ends first."""
        self.step.setText("Stopping …")
        self.cancel.tell_why("It stops as soon as the step at hand ends.")


class Result(Ground):
    """What came of an export: the files, and what to do with them."""

    open_file = Signal(object)
    verify = Signal(object)

    def __init__(self) -> None:
        super().__init__("surface", card=True)
        self.folder = Path()
        self._sign = Sign("ph.check-circle-fill", "ok")
        self.title = Words("", "title")
        self.where = Words("", "small", "text_2")
        self.files = Words("", "body")
        self.verdict = Message()
        self.buttons = {
            "word": Button("Open Word file", "ph.file-text"),
            "bound": Button("Open bound PDF", "ph.book-open"),
            "folder": Button("Open folder", "ph.folder-open"),
            "verify": Button("Verify", "ph.shield-check"),
        }
        self._names: dict[str, str] = {}
        for what, button in self.buttons.items():
            button.clicked.connect(lambda _=False, what=what: self._act(what))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self._sign)
        row.addWidget(self.title, 1)
        column.addLayout(row)
        column.addWidget(self.where)
        column.addWidget(self.files)
        row = QHBoxLayout()
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.verdict)
        self.hide()

    def show_result(self, made: Exported) -> None:
        """A finished pack."""
        value = made.value
        self.folder = Path(str(value["folder"]))
        draft = bool(value["draft"])
        files = cast("list[dict[str, object]]", value["files"])
        self._names = {str(file["kind"]): str(file["name"]) for file in files}
        self.title.setText(
            "The draft is made. DRAFT stands on every page." if draft else "The pack is made."
        )
        self.where.setText(str(self.folder))
        self.files.setText(
            "\n".join(
                f"{file['name']}" + (f", {file['pages']:,} pages" if file["pages"] else "")
                for file in files
            )
        )
        for kind in ("word", "bound"):
            self.buttons[kind].setVisible(kind in self._names)
        self.verdict.clear()
        self.show()

    def show_verdict(self, folder: Path, found: list[dict[str, str]]) -> None:
        """What verifying said."""
        if not found:
            self.verdict.say(f"The pack in {folder} is whole and true.", "ok")
            return
        rows = [f"{row['where']}: {row['what']}" for row in found[:12]]
        more = [f"… and {len(found) - 12} more"] if len(found) > 12 else []
        self.verdict.say("\n".join(["The pack is not as it was exported.", *rows, *more]))

    def _act(self, what: str) -> None:
        if what == "verify":
            self.verify.emit(self.folder)
        else:
            self.open_file.emit(self.folder / self._names.get(what, ""))
