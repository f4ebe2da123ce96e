"""The left of Pack: which files, what goes into them, the date, and where they go."""

from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sefwriter.desk.packing import Outline, folder_for_pack
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Ground, Rule, Words

_PARTS = (
    ("word", "Word file", "the narrative, to be edited and read"),
    ("pdf", "PDF", "the narrative alone"),
    ("bound", "Bound PDF", "narrative and evidence, every claim opens its page"),
)


class Contents(Ground):
    """What shall be exported, as somebody chose it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("surface", "r")
        self.area = ""
        self.parts = {name: QCheckBox(word) for name, word, _ in _PARTS}
        self.date = QDateEdit(QDate.currentDate())
        self.date.setDisplayFormat("d MMMM yyyy")
        self.date.setCalendarPopup(True)
        self.date.setAccessibleName("Date on the pack")
        for inside in self.date.findChildren(QLineEdit):
            inside.setTextMargins(6, 0, 0, 0)  # as the style does for a field by itself
        self.folder = QLineEdit()
        self.folder.setAccessibleName("Where the pack goes")
        self.folder.textChanged.connect(self.changed)
        self.choose = Button("Choose…", "ph.folder-open")
        self.choose.setAccessibleName("Choose where the pack goes")
        self.choose.clicked.connect(self._choose)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("Passphrase")
        self.passphrase.textChanged.connect(self.changed)
        self._passphrase_words = Words("", "small", "text_2", weight=600)
        self._lines = {
            name: Words("", "small", "text_2")
            for name in ("sections", "claims", "actions", "bound", "not bound")
        }
        self._lay_out()
        self.ask_passphrase("")

    @property
    def only(self) -> frozenset[str]:
        """The parts that are ticked."""
        return frozenset(name for name, box in self.parts.items() if box.isChecked())

    @property
    def iso_date(self) -> str:
        """The date on the pack."""
        return self.date.date().toString("yyyy-MM-dd")

    def show_outline(self, outline: Outline) -> None:
        """The counts of what goes in."""
        words = {
            "sections": counted(outline.sections, "section"),
            "claims": counted(outline.claims, "claim"),
            "actions": counted(outline.actions, "action"),
            "bound": f"{counted(len(outline.bound), 'evidence file')} bound, "
            f"{counted(outline.pages, 'page')}",
            "not bound": "\n".join(
                [
                    f"{counted(len(outline.not_bound), 'evidence file')} without pages in it:",
                    *(f"{name}. {why}" for name, why in outline.not_bound),
                ]
            ),
        }
        for name, line in self._lines.items():
            line.setText(words[name])
        self._lines["not bound"].setVisible(bool(outline.not_bound))

    def ask_passphrase(self, person: str) -> None:
        """Asks for the passphrase of this person's key; "" when it isn't needed."""
        self._passphrase_words.setText(f"Passphrase of {person}, who signs the pack")
        self._passphrase_words.setVisible(bool(person))
        self.passphrase.setVisible(bool(person))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(Words("What goes in", "title"))
        for name, _, what in _PARTS:
            box = self.parts[name]
            box.setChecked(True)
            box.setAccessibleDescription(what)
            box.toggled.connect(self.changed)
            with_words = QVBoxLayout()
            with_words.setSpacing(1)
            with_words.addWidget(box)
            with_words.addWidget(_indented(Words(what, "small", "text_2")))
            column.addLayout(with_words)
        column.addWidget(Rule())
        for line in self._lines.values():
            column.addWidget(line)
        column.addWidget(Rule())
        for label, field in (
            (Words("Date on the pack", "small", "text_2", weight=600), self.date),
            (Words("Where to", "small", "text_2", weight=600), self.folder),
        ):
            label.setBuddy(field)
            field.setMinimumHeight(THEME.scaled(32))
            column.addWidget(label)
            column.addWidget(field)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addStretch(1)
        column.addLayout(row)
        self.passphrase.setMinimumHeight(THEME.scaled(32))
        column.addWidget(self._passphrase_words)
        column.addWidget(self.passphrase)
        column.addStretch(1)

    def _choose(self) -> None:
        now = Path(self.folder.text())
        start = next((str(place) for place in (now, *now.parents) if place.is_dir()), "")
        chosen = QFileDialog.getExistingDirectory(self, "Where the pack goes", start)
        if chosen:
            self.folder.setText(str(folder_for_pack(Path(chosen), self.area, self.iso_date)))


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 page", "1,204 pages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _indented(words: Words) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(THEME.scaled(18) + 10, 0, 0, 2)
    row.addWidget(words)
    return holder
