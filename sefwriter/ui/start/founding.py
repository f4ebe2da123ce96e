"""Starting a SEF of one's own: its names, its folder, and the recovery words shown once."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sefwriter.desk.newcomer import Newcomer
from sefwriter.model.words import PARTNERS, PLAIN
from sefwriter.ui.widgets.fields import labelled
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Words


class FoundingForm(QWidget):
    """`wanted` carries (area, owner, folder); `left` is heard when it shan't be."""

    wanted = Signal(str, object, Path)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Start ours")
        self.area, self.person = QLineEdit(), QLineEdit()
        self._organisation, self.folder = QLineEdit(), QLineEdit()
        self._partner = QComboBox()
        for partner in PARTNERS:
            self._partner.addItem(PLAIN[partner], partner)
        self._own_folder = False
        self.area.textEdited.connect(self._propose_folder)
        self.folder.textEdited.connect(self._keep_folder)
        choose = Button("Choose…", "ph.folder-open")
        choose.clicked.connect(self._choose)
        self.message = Message()
        self.create_button = Button("Create", "ph.plus-circle", "primary", "Enter")
        self.create_button.clicked.connect(self._create)
        later = Button("Back", "ph.arrow-left", "ghost", "Esc")
        later.clicked.connect(self.left)
        for field in (self.area, self.person, self._organisation, self.folder):
            field.returnPressed.connect(self._create)
        folder = QHBoxLayout()
        folder.addLayout(labelled("Folder, best in the team’s shared drive", self.folder), 1)
        folder.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        foot = QHBoxLayout()
        foot.addWidget(later)
        foot.addStretch(1)
        foot.addWidget(self.create_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(Words("Start ours", "heading"))
        about = "The sections and their questions are there as soon as it has a name."
        column.addWidget(Words(about, "body", "text_2"))
        column.addLayout(labelled("Area", self.area, "As in “Ambleshire”."))
        names = QGridLayout()
        names.setHorizontalSpacing(16)
        names.addLayout(labelled("Your name or role", self.person), 0, 0)
        names.addLayout(labelled("Organisation", self._organisation), 0, 1)
        column.addLayout(names)
        column.addLayout(labelled("Partner", self._partner))
        column.addLayout(folder)
        column.addWidget(self.message)
        column.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def begin(self) -> None:
        """The form, with the keys in its first field."""
        self.message.clear()
        self.create_button.tell_why(None)
        self.area.setFocus()

    def refused(self, sentence: str) -> None:
        """Why it can't be made."""
        self.create_button.tell_why(None)
        self.message.say(sentence)

    def _create(self) -> None:
        missing = [
            words
            for words, field in (
                ("the area", self.area),
                ("your name or role", self.person),
                ("a folder", self.folder),
            )
            if not field.text().strip()
        ]
        if missing:
            self.message.say(f"Still needed: {', '.join(missing)}.")
            return
        self.message.clear()
        self.create_button.tell_why("This is being done.")
        owner = Newcomer(
            self.person.text().strip(),
            self._organisation.text().strip(),
            str(self._partner.currentData()),
            ("owner",),
        )
        self.wanted.emit(self.area.text().strip(), owner, Path(self.folder.text().strip()))

    def _propose_folder(self, area: str) -> None:
        if not self._own_folder:
            place = QStandardPaths.StandardLocation.DocumentsLocation
            documents = Path(QStandardPaths.writableLocation(place))
            name = "".join(letter for letter in area.strip() if letter not in '<>:"/\\|?*')
            self.folder.setText(str(documents / f"{name} SEF") if name else "")

    def _keep_folder(self) -> None:
        self._own_folder = True

    def _choose(self) -> None:
        dialog = QFileDialog(self, "A new folder for the SEF")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, folder: str) -> None:
        self._own_folder = True
        self.folder.setText(folder)


class RecoveryWords(QWidget):
    """The 24 words of the recovery key, which are kept nowhere else. `done` once written down."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Recovery key")
        self._words = ""
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._labels: list[Words] = []
        for number in range(24):
            label = Words("", "body", wrap=False)
            self._labels.append(label)
            self._grid.addWidget(label, number % 6, number // 6)
        card = Ground("surface", card=True)
        card.setLayout(self._grid)
        self._grid.setContentsMargins(20, 16, 20, 16)
        copy = Button("Copy", "ph.copy")
        copy.clicked.connect(self._copy)
        self.written = QCheckBox("I have written them down, or printed them and locked them away")
        self.go_on = Button("Go on", kind="primary", keys="Enter")
        self.go_on.clicked.connect(self.done)
        self.written.toggled.connect(self._ready)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(Words("The recovery key of your SEF", "heading"))
        about = (
            "These 24 words bring an owner back when every owner’s laptop is lost. They are kept "
            "nowhere: this is the only time they are shown."
        )
        column.addWidget(Words(about, "body", "text_2"))
        column.addWidget(card)
        column.addWidget(self.written)
        column.addLayout(foot)

    @property
    def shown_words(self) -> str:
        """The words shown now; "" once they are gone."""
        return self._words

    def show_words(self, words: str) -> None:
        """These words, once."""
        self._words = words
        for number, (label, word) in enumerate(zip(self._labels, words.split(), strict=True), 1):
            label.setText(f"{number}  {word}")
            label.setAccessibleName(f"Word {number}: {word}")
        self.written.setChecked(False)
        self._ready(False)
        self.written.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        # Qt has default buttons in dialogs only.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on.click()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """The words are gone from the window, too."""
        self._words = ""
        for label in self._labels:
            label.setText("")

    def _ready(self, written: bool) -> None:
        self.go_on.tell_why(None if written else "Write the words down first, then tick the box.")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
