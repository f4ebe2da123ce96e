"""The window: start screen or an open SEF, and everything that goes for all screens.

What opens a SEF is loaded after the first paint; what is asked for meanwhile waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from sefwriter.desk.faults import WorldError
from sefwriter.desk.home import Home
from sefwriter.desk.recent import Memory, RecentSef
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.screen import Navigator, Screen
from sefwriter.ui.shell import places
from sefwriter.ui.shell.command_row import CommandRow, shortcut_of_search
from sefwriter.ui.shell.keys import KeysDialog
from sefwriter.ui.shell.later import Later
from sefwriter.ui.shell.menus import Menus
from sefwriter.ui.shell.person_menu import PersonMenu
from sefwriter.ui.shell.rail import Rail
from sefwriter.ui.shell.screens import Screens
from sefwriter.ui.start.screen import StartScreen
from sefwriter.ui.theme.theme import THEME, ThemeName
from sefwriter.ui.widgets.pieces import Message
from sefwriter.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from sefwriter.desk.demonstration import Demonstration
    from sefwriter.desk.newcomer import Newcomer
    from sefwriter.desk.office import Office, Ticket
    from sefwriter.desk.project import Project

_DESK = ("sefwriter.desk.office", "sefwriter.desk.entering", "sefwriter.desk.watching")
_LOOK_EVERY = 2000
"""Milliseconds between looks at what other windows and other laptops wrote."""


class MainWindow(QMainWindow):
    """One window: one SEF at a time, one person at the desk."""

    def __init__(self, home: Home, memory: Memory) -> None:
        super().__init__()
        self._home, self._memory = home, memory
        self._closing = ""
        self._recovery = ""
        self.bridge = Bridge(home, self)
        self.navigator = Navigator(self)
        self.start = StartScreen()
        self.screens = Screens(self.bridge, self.navigator, self._screen_made)
        screens = tuple(entry.module for entry in self.screens.entries)
        self._with_desk = Later(self.bridge, self, (*_DESK, *screens))
        self.message = Message()
        self.menus = Menus()
        self.people = PersonMenu(self.bridge, self)
        self.row = CommandRow(self.menus, self.people.menu)
        self.rail = Rail()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self.bridge.look)
        self._lay_out()
        self.toast = Toast(self._pages)
        self._fill_menus()
        self._connect()
        places.place_window(memory, self)
        self.show_start()

    # -- going somewhere

    def show_start(self) -> None:
        """The start screen; an open SEF stays open behind it."""
        self._dress(working=False)
        self.start.show_recents(self._memory.recents)
        self.start.show_choices()
        recents = self._memory.recents
        if recents:
            self._with_desk(lambda: self._look_for_folders(recents))

    def open_sef(self, location: Path, laptop: str = "", name: str = "", secret: str = "") -> None:
        """Opens a SEF folder or a hand-over file, as somebody of this laptop."""
        self.screens.leave()
        home = Home(Path(laptop)) if laptop else self._home

        def refused(sentence: str) -> None:
            if name:
                self.people.refused(sentence)
            elif self._pages.currentWidget() is self.start:
                self.start.refused(sentence)
            else:
                self.message.say(sentence)

        def make() -> Project:
            from sefwriter.desk.entering import enter  # noqa: PLC0415 - loaded after the paint

            return enter(home, location, name, secret)

        self._with_desk(lambda: self.bridge.open(location, make, refused))

    def show_keys(self) -> None:
        """Every key that does something now."""
        KeysDialog(self.menus.keys(), self).open()

    def show_look(self, name: ThemeName, text_size: int) -> None:
        """Another theme or text size, remembered."""
        THEME.show(name, text_size)
        places.remember_look(self._memory)

    def tell_bug(self, sentence: str) -> None:
        """Something of ours went wrong; the sentence says where the report is."""
        self.message.say(sentence, "error")

    # -- making it

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start)
        self._pages.addWidget(self.screens)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self._pages, 1)
        self.setMenuWidget(self.row)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.setCentralWidget(middle)
        self.setMinimumSize(800, 560)

    def _fill_menus(self) -> None:
        menus, start = self.menus, self.start
        menus.add("File", "Open SEF folder…", start.choose_folder, QKeySequence.StandardKey.Open)
        menus.add("File", "Open hand-over file…", start.choose_file)
        menus.add("File", "Start screen", self.show_start)
        menus.add_line("File")
        menus.add("File", "Save", self._save, QKeySequence.StandardKey.Save)
        menus.add("File", "Save as hand-over file…", self._hand_over)
        menus.add_line("File")
        menus.add("File", "Close window", self.close, "Ctrl+W")
        menus.add_looks(self.show_look)
        menus.add("View", "Full screen", self._show_full, "F11")
        for entry in self.screens.entries:
            menus.add_actions("Go", [self.rail.add(entry.name, entry.word, entry.icon_name)])
        menus.add_line("Go")
        menus.add("Go", "Back", self.navigator.back, "Alt+Left")
        if any(entry.name == "evidence" for entry in self.screens.entries):
            menus.add("Go", "Search evidence", self._go_search, shortcut_of_search().toString())
        menus.add("Help", "Keys", self.show_keys, "F1")
        # The menus are hidden on the start screen, and their keys with them.
        for keys, act in (("Ctrl+O", start.choose_folder), ("F1", self.show_keys)):
            shortcut = QShortcut(QKeySequence(keys), start)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.row.search.setVisible(any(e.name == "evidence" for e in self.screens.entries))

    def _connect(self) -> None:
        bridge = self.bridge
        bridge.opened.connect(self._opened)
        bridge.refused.connect(self.message.say)
        bridge.saving.connect(self.row.show_saving)
        bridge.unsaved.connect(self.row.show_unsaved)
        bridge.seen.connect(self.row.show_seen)
        bridge.done.connect(self.toast.say)
        self.navigator.went.connect(self._went)
        self.rail.chosen.connect(self.navigator.go)
        self.row.searched.connect(lambda words: self.navigator.go("evidence", {"search": words}))
        self.people.switched.connect(self._switch)
        self.people.told.connect(lambda sentence: self.message.say(sentence, "info"))
        self.message.acted.connect(self.message.clear)
        start = self.start
        start.open_wanted.connect(self.open_sef)
        start.begin_wanted.connect(self._begin)
        start.demo_wanted.connect(self._look_round)
        start.help_wanted.connect(self.show_keys)
        start.words_written.connect(self._enter)

    # -- what happens

    def _begin(self, area: str, owner: Newcomer, folder: Path) -> None:
        def make() -> Project:
            from sefwriter.desk.entering import begin_sef  # noqa: PLC0415 - as above

            founded = begin_sef(self._home, folder, area, owner)
            self._recovery = founded.recovery
            return founded.project

        self._with_desk(lambda: self.bridge.open(folder, make, self.start.refused))

    def _look_round(self) -> None:
        home = self._home

        def job(ticket: Ticket, _office: Office) -> Demonstration:
            def tell(what: str, done: int, total: int) -> None:
                ticket.progress = (what, done, total)

            from sefwriter.desk.demonstration import demonstration  # noqa: PLC0415 - as above

            return demonstration(home, ticket.is_stopped, tell)

        def then(made: Demonstration) -> None:
            self.start.progress.end()
            self.open_sef(made.location, str(made.home.folder))

        def begin() -> None:
            start = self.start
            what = "The demonstration SEF"
            start.progress.begin(
                self.bridge.work(what, job, then, start.refused, start.progress.tell)
            )

        self.start.message.clear()
        self._with_desk(begin)

    def _opened(self) -> None:
        location = self.bridge.location
        self.start.message.clear()
        self.people.settled()
        self.people.show_people()
        person = self.bridge.desk.person
        self.row.show_person(person.name if person else "Nobody")
        self.row.show_opened()
        self.message.clear()
        self._tell_reading_only()
        if location:
            now = int(time.time())

            def question(project: Project) -> RecentSef:
                from sefwriter.desk.entering import recent_of  # noqa: PLC0415 - as above

                return recent_of(project, location, now)

            self.bridge.ask(question, self._remember)
        if self._recovery:
            self._dress(working=False)
            self.start.show_words(self._recovery)
            self._recovery = ""
        else:
            self._enter()

    def _tell_reading_only(self) -> None:
        desk = self.bridge.desk
        if desk.person is None:
            words = "Nobody is at the desk, so this SEF can be read but not written. "
            words += "Choose “New person on this laptop” under “Nobody”."
            self.message.say(words, "info")
        elif desk.key is None:
            words = f"{desk.person.name}’s key is under a passphrase, so this SEF can only be "
            words += "read. Choose the name at the top right and give the passphrase to write."
            self.message.say(words, "info")

    def _enter(self) -> None:
        """The SEF is shown, at the screen where one was."""
        self._dress(working=True)
        names = [entry.name for entry in self.screens.entries]
        last = self._memory.get(f"screen {self.bridge.sef.id}")
        if names:
            self.navigator.go(last if last in names else names[0])

    def _went(self, name: str, place: Mapping[str, object]) -> None:
        before = self.screens.current
        self.screens.show_screen(name, place)
        self._dress(working=True)
        self.rail.show_chosen(name)
        self._memory.set(f"screen {self.bridge.sef.id}", name)
        if before is not self.screens.current:
            self.menus.show_screen(self.screens.current)

    def _screen_made(self, screen: Screen) -> None:
        screen.badge_changed.connect(lambda count: self.rail.show_badge(screen.name, count))
        places.place_splitters(self._memory, screen, screen.name, self._person())

    def _switch(self, name: str, secret: str) -> None:
        if self.bridge.location:
            self._remember_places()
            self.open_sef(self.bridge.location, str(self.bridge.home.folder), name, secret)

    def _save(self) -> None:
        """Everything is saved as it is typed; this is for hands that are used to it."""
        self.screens.leave()
        self.bridge.look()

    def _hand_over(self) -> None:
        dialog = QFileDialog(self, "A hand-over file of the whole SEF")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Hand-over files (*.sef)")
        dialog.setDefaultSuffix("sef")
        dialog.fileSelected.connect(self._write_handover)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write_handover(self, chosen: str) -> None:
        target = Path(chosen)
        self.bridge.ask(
            lambda project: project.hand_over(target),
            lambda _: self.bridge.done.emit(f"Everything is in {target.name}.", None),
            self.message.say,
        )

    def _go_search(self) -> None:
        self.row.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.row.search.selectAll()

    def _show_full(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- remembering

    def _dress(self, *, working: bool) -> None:
        self._pages.setCurrentWidget(self.screens if working else self.start)
        self.row.setVisible(working)
        self.rail.setVisible(working)
        sef = self.bridge.sef
        self.setWindowTitle(f"{sef.name} SEF – sefwriter" if working else "sefwriter")
        if working:
            self._timer.start()
        else:
            self._timer.stop()

    def _person(self) -> str:
        person = self.bridge.desk.person
        return person.id if person else ""

    def _remember(self, recent: RecentSef) -> None:
        self._memory.opened(recent)

    def _remember_places(self) -> None:
        places.remember_window(self._memory, self)
        for screen in self.screens.made_screens:
            places.remember_splitters(self._memory, screen, screen.name, self._person())

    def _look_for_folders(self, recents: tuple[RecentSef, ...]) -> None:
        def job(_ticket: Ticket, _office: Office) -> frozenset[str]:
            return frozenset(recent.location for recent in recents if not recent.is_there())

        self.bridge.work("Recent SEFs", job, self.start.show_reach)

    # -- the end

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._closing == "closed":
            event.accept()
            return
        event.ignore()
        if self._closing:
            return
        self._closing = "closing"
        self._timer.stop()
        self.screens.leave()
        self._remember_places()
        try:
            self._memory.save()
        except WorldError as fault:
            # Only places and sizes are lost, so it is said and doesn't keep the window open.
            self.message.say(str(fault), "warning")
        self._pages.setEnabled(False)
        busy = [ticket.what for ticket in self.bridge.work_under_way if ticket.what]
        what = f" ({busy[0]} is stopped)" if busy else ""
        self.message.say(f"Saving what is left{what}. The window closes by itself.", "info")
        self.bridge.close_then(self._closed)

    def _closed(self, unmet: str) -> None:
        self._closing = "closed"
        if unmet:
            words = "Your work is saved on this laptop, but the SEF folder wasn’t met: "
            self.message.say(f"{words}{unmet} Close the window again to leave.", "warning")
        else:
            self.close()
