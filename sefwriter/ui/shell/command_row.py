"""The row at the top: menus, search, whether it is saved, what came in, who is at the desk."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QMenuBar, QPushButton, QSizePolicy

from sefwriter.ui.theme.icons import icon
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Ground, Sign, Words

if TYPE_CHECKING:
    from sefwriter.desk.watching import Seen

_LATE = 150
"""Milliseconds: what is saved sooner doesn't flicker to "Saving…" and back."""


class CommandRow(Ground):
    """`searched` carries the words to look for on every page of evidence."""

    searched = Signal(str)

    def __init__(self, menus: QMenuBar, person_menu: QMenu) -> None:
        super().__init__("surface", "b")
        self.setAccessibleName("Commands")
        self.search = _SearchField()
        self.search.returnPressed.connect(self._search)
        self._sign = Sign("ph.check-circle-fill", "ok", 16)
        self._saved = Words("", "small", wrap=False)
        self._saved.setMaximumWidth(420)
        self._news = Words("", "small", "text_2", wrap=False)
        self._news.hide()
        self.person = QPushButton("")
        self.person.setProperty("kind", "ghost")
        self.person.setProperty("icon_name", "ph.user-circle")
        self.person.setMenu(person_menu)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_LATE)
        self._slow.timeout.connect(self._show_saving)
        self._at = ""
        menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 1)
        row.setSpacing(8)
        row.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(2)
        row.addWidget(self.search, 8)
        row.addStretch(2)
        row.addWidget(self._sign)
        row.addWidget(self._saved)
        row.addSpacing(8)
        row.addWidget(self._news)
        row.addWidget(self.person)
        self._size()

    @property
    def saved_words(self) -> str:
        """What is said of saving now."""
        return self._saved.text()

    def show_person(self, name: str) -> None:
        """Who is at the desk."""
        self.person.setText(name)
        self.person.setAccessibleName(f"At the desk: {name}")
        self.person.updateGeometry()

    def show_opened(self) -> None:
        """All that is here is on the disk: it was just read from there."""
        self._at = ""
        self._tell("Saved", "ph.check-circle-fill", "ok", "Saved")
        self._news.hide()

    def show_saving(self, saving: bool) -> None:
        """Something is on its way to the disk, or has arrived there."""
        if saving:
            self._slow.start()
            return
        self._slow.stop()
        self._at = time.strftime("%H:%M")
        words = f"Saved {self._at}"
        self._tell(words, "ph.check-circle-fill", "ok", f"Saved at {self._at}")

    def show_unsaved(self, sentence: str) -> None:
        """Why the disk took nothing."""
        self._tell(sentence, "ph.warning-octagon-fill", "error", sentence)

    def show_seen(self, seen: Seen) -> None:
        """What others did meanwhile, or why the SEF folder isn't met."""
        words = ""
        if seen.fault:
            words = "Folder out of reach; saved here"
        elif len(seen.people) == 1:
            words = f"{seen.people[0]}’s changes came in"
        elif seen.people:
            words = f"{len(seen.people)} people’s changes came in"
        if words or self._news.property("fault"):
            self._news.setProperty("fault", bool(seen.fault))
            self._news.setText(words)
            self._news.setToolTip(seen.fault)
            self._news.setAccessibleDescription(seen.fault)
            self._news.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def _size(self) -> None:
        self.setFixedHeight(THEME.scaled(44))

    def _search(self) -> None:
        words = self.search.text().strip()
        if words:
            self.searched.emit(words)

    def _show_saving(self) -> None:
        self._tell("Saving…", "ph.circle-half-fill", "text_2", "Saving")

    def _tell(self, words: str, icon_name: str, role: str, name: str) -> None:
        self._sign.show_icon(icon_name, role)
        self._saved.setText(words)
        self._saved.setToolTip(words if role == "error" else "")
        self._saved.show_in("error" if role == "error" else "text")
        self._saved.setAccessibleName(name)


class _SearchField(QLineEdit):
    """Looks on every page of evidence. Its key is shown while it is empty."""

    KEYS = "Ctrl+Shift+F"

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Search every page of evidence")
        self.setAccessibleName("Search every page of evidence")
        self.setMinimumWidth(160)
        self.setMaximumWidth(440)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._keys = Words(self.KEYS, "small", "text_3", wrap=False)
        self._keys.setParent(self)
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._show_keys)
        self._dress()

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        size: QSize = self._keys.sizeHint()
        self._keys.setGeometry(self.width() - size.width() - 10, 0, size.width(), self.height())
        self._show_keys()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _show_keys(self) -> None:
        self._keys.setVisible(not self.text() and self.width() > 320)

    def _dress(self) -> None:
        self._glass.setIcon(icon("ph.magnifying-glass", "text_3"))


def shortcut_of_search() -> QKeySequence:
    """The key that goes to the search field from everywhere."""
    return QKeySequence(_SearchField.KEYS)
