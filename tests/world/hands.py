"""A person's hands on the real window: keys and mouse go to windows, never to a widget's methods.

What is there is found as a screen reader finds it, by its name, among what is visible. A key goes
to the window, so that it reaches whatever has the focus; a click goes to a place of the window, so
that it reaches whatever lies there, and fails where something else does.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QTextCursor, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QFileDialog,
    QMenu,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from sefwriter.ui.evidence.page_view import PageView
from sefwriter.ui.shell.window import MainWindow
from tests.ui.conftest import let_run, wait_until

KEY = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
PATIENCE = 15.0
"""Seconds that anything may take, on a busy machine."""

MOST_TABS = 90
"""Stops of Tab on the longest screen, and some."""

Kind = TypeVar("Kind", bound=QWidget)


class Hands:
    """Two hands and two eyes: without a `mouse`, everything goes by keys alone.

    `look` keeps a picture of each step in `pictures`.
    """

    def __init__(self, window: MainWindow, pictures: Path, *, mouse: bool) -> None:
        self.window, self.mouse = window, mouse
        self._pictures = pictures
        self._count = 0
        pictures.mkdir(exist_ok=True)
        self.until(lambda: window.windowHandle() is not None and window.isActiveWindow(), "window")

    # -- eyes

    @property
    def top(self) -> QWidget:
        """What takes keys and clicks now: a menu, a dialog, or the window."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    @property
    def focus(self) -> str:
        """The name of what has the keys."""
        found = self.top.focusWidget() or self.top
        return name_of(found)

    def until(self, true: Callable[[], object], what: str = "it") -> None:
        """Waits until this is so; a picture shows what there was instead."""
        try:
            wait_until(true, what, PATIENCE)
        except AssertionError:
            self.look(f"not {what}"[:60].replace("/", " "))
            raise

    def seen(self, name: str, kind: type[Kind] = QWidget) -> list[Kind]:
        """What is visible under this name."""
        found: list[Kind] = self.top.findChildren(kind)
        return [w for w in found if w.isVisible() and name_of(w) == name]

    def find(self, name: str, kind: type[Kind] = QWidget) -> Kind:
        """What has this name, waited for; says what there is where nothing has."""
        try:
            self.until(lambda: self.seen(name, kind), name)
        except AssertionError:
            names = {name_of(w) for w in self.top.findChildren(QWidget) if w.isVisible()}
            raise AssertionError(f"no “{name}” among {sorted(names - {''})}") from None
        return self.seen(name, kind)[-1]

    def reads(self, words: str) -> None:
        """Waits until these words stand somewhere, as a text or as a name."""
        self.until(lambda: words in self.words, words)

    @property
    def words(self) -> str:
        """All words and names that are visible, one a line."""
        lines: list[str] = []
        for widget in self.top.findChildren(QWidget):
            if widget.isVisible():
                text = getattr(widget, "text", None)
                lines += [widget.accessibleName(), str(text()) if callable(text) else ""]
        return "\n".join(lines)

    def rows(self, name: str) -> list[str]:
        """A list's rows, as they are read aloud."""
        model = self.find(name, QAbstractItemView).model()
        return [spoken(model.index(row, 0)) for row in range(model.rowCount())]

    def look(self, name: str) -> None:
        """A picture of the window, and of a dialog over it."""
        self._count += 1
        self.settle()
        self.top.grab().save(str(self._pictures / f"{self._count:02} {name}.png"))

    def settle(self) -> None:
        """A blink of the eye, in which the window lays out what has changed."""
        for _ in range(3):
            let_run(1)

    # -- keys

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self._handle, key, modifiers)

    def type(self, words: str) -> None:
        for letter in words:
            QTest.keyClick(self._handle, letter)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]

    def retype(self, words: str) -> None:
        """Types over all that a field holds."""
        self.key(KEY.Key_A, CTRL)
        self.type(words)

    def tab_to(self, name: str) -> None:
        """Goes to what has this name by Tab alone."""
        walked: list[str] = []
        for _ in range(MOST_TABS):
            if self.focus == name:
                return
            walked.append(self.focus)
            self.key(KEY.Key_Tab)
        self.look(f"no way to {name}")
        raise AssertionError(f"Tab doesn't come to “{name}”: {walked}")

    # -- with the mouse, or by keys

    def press(self, name: str) -> None:
        """Presses what has this name, where it can be pressed."""
        widget = self.find(name)
        self.until(widget.isEnabled, f"“{name}” ready, which says: {widget.toolTip()}")
        if self.mouse:
            self._reach(widget)
            place = widget.rect()
            if isinstance(widget, QCheckBox):  # the room right of its words does nothing
                place.setWidth(20)
            self._soon(lambda: self.click_at(widget, place.center()))
        else:
            self.tab_to(name)
            self._soon(lambda: self.key(KEY.Key_Space))

    def go_to(self, name: str) -> None:
        """Goes to where something is typed."""
        if self.mouse:
            field = self.find(name)
            self.click_at(field, field.rect().center())
        else:
            self.tab_to(name)

    def fill(self, name: str, words: str) -> None:
        """Types over what a field holds."""
        self.go_to(name)
        self.retype(words)

    def take(self, words: str) -> None:
        """Takes an entry of the menu that is open."""
        menu = self._menu(words)
        action = next(action for action in menu.actions() if action.text() == words)
        if self.mouse:
            self.click_at(menu, menu.actionGeometry(action).center())
            return
        for _ in menu.actions():
            if menu.activeAction() is not action:
                self.key(KEY.Key_Down)
        self.key(KEY.Key_Return)

    def choose_row(self, name: str, words: str) -> None:
        """Chooses the row of a list that has these words."""
        view = self.find(name, QAbstractItemView)
        self.until(lambda: any(words in row for row in self.rows(name)), words)
        row = next(at for at, row in enumerate(self.rows(name)) if words in row)
        if self.mouse:
            self.settle()
            self.click_at(view.viewport(), view.visualRect(view.model().index(row, 0)).center())
            return
        self.tab_to(name)
        self.key(KEY.Key_Home)
        self.key(KEY.Key_Down, times=row - view.currentIndex().row())
        assert view.currentIndex().row() == row

    def mark(self, page: QTextEdit, words: str) -> None:
        """Selects words that were written: by dragging, or by the arrows and Shift."""
        self.settle()
        cursor = QTextCursor(page.document().find(words))
        assert not cursor.isNull(), words
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if self.mouse:
            ends: list[QPoint] = []
            for place in (start, end):
                cursor.setPosition(place)
                ends.append(page.cursorRect(cursor).center())
            self._drag(page.viewport(), [ends[0], (ends[0] + ends[1]) / 2, ends[1]])
        else:
            self.tab_to(name_of(page))
            self.key(KEY.Key_Home, CTRL)
            self.key(KEY.Key_Right, times=start)
            self.key(KEY.Key_Right, SHIFT, end - start)
        selected = page.textCursor().selectedText()
        assert selected == words, f"“{selected}” instead of “{words}”"

    def choose(self, view: PageView, page: int, first: int, count: int) -> str:
        """Chooses words of a page that is shown; the words chosen."""
        if self.mouse:
            self._choose_by_mouse(view, page, first, count)
        else:
            self.tab_to(name_of(view))
            self.key(KEY.Key_Right, SHIFT)
            assert view.chosen
            before, there = view.chosen.head, (page, first)
            key = KEY.Key_Right if before < there else KEY.Key_Left
            for _ in range(3000):
                if view.chosen.head == there:
                    break
                self.key(key)
            self.key(KEY.Key_Right, SHIFT, count - 1)
        return view.accessibleDescription().removeprefix("Chosen: ")

    def _soon(self, act: Callable[[], object]) -> None:
        """Does what may open a menu or a dialog that holds up who opened it."""
        QTimer.singleShot(0, self.window, act)
        self.settle()

    # -- mouse

    def click_at(
        self, widget: QWidget, place: QPoint, modifiers: Qt.KeyboardModifier = NONE
    ) -> None:
        top = widget.window()
        there = widget.mapTo(top, place)
        under = top.childAt(there) or top
        assert under is widget or widget.isAncestorOf(under), (
            f"“{widget.accessibleName()}” is covered by {under}"
        )
        QTest.mouseClick(_handle_of(top), LEFT, modifiers, there)

    def _drag(self, widget: QWidget, places: Sequence[QPoint]) -> None:
        """Presses at the first place, goes over the others, lets go at the last."""
        top = widget.window()
        handle = _handle_of(top)
        there = [widget.mapTo(top, place) for place in places]
        QTest.mousePress(handle, LEFT, NONE, there[0])
        for place in there[1:]:
            QTest.mouseMove(handle, place)
        QTest.mouseRelease(handle, LEFT, NONE, there[-1])

    def wheel(self, widget: QWidget, down: int) -> None:
        """One step of the wheel over a widget."""
        place = QPointF(widget.rect().center())
        turn = QPoint(0, -120 * down)
        event = QWheelEvent(
            place,
            widget.mapToGlobal(place),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def _reach(self, widget: QWidget) -> None:
        """Turns the wheel until a widget in something that scrolls is wholly seen."""
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is None:
            return
        view = above.viewport()
        for _ in range(80):
            middle = widget.mapTo(view, widget.rect().center()).y()
            if view.rect().top() + 8 < middle < view.rect().bottom() - 8:
                return
            self.wheel(view, 1 if middle > view.rect().center().y() else -1)
        raise AssertionError(f"“{widget.accessibleName()}” can't be scrolled to")

    def _choose_by_mouse(self, view: PageView, page: int, first: int, count: int) -> None:
        """Drags over words of a page, scrolled to by the wheel."""
        boxes = view.words[page].boxes

        def at(word: int) -> QRect:
            rect = view.page_layout.to_view(page, boxes[word]).toRect()
            across, down = view.horizontalScrollBar().value(), view.verticalScrollBar().value()
            return rect.translated(-across, -down)

        port = view.viewport()
        for _ in range(400):
            if port.rect().contains(at(first)) and port.rect().contains(at(first + count - 1)):
                break
            self.wheel(port, 1 if at(first).center().y() > port.rect().center().y() else -1)
        places = [at(word).center() for word in range(first, first + count)]
        self._drag(port, places)

    # -- files

    def answer_file_dialog(self, paths: Sequence[Path]) -> None:
        """Types paths into the file dialog that comes next, which may hold up who asked for it."""
        waiting = QTimer(self.window)

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog) and dialog.isVisible():
                waiting.stop()
                several = " ".join(f'"{path}"' for path in paths)
                self.retype(several if len(paths) > 1 else str(paths[0]))
                self.key(KEY.Key_Return)
                waiting.deleteLater()

        waiting.timeout.connect(answer)
        waiting.start(10)

    # -- inside

    @property
    def _handle(self) -> QWindow:
        """The window that keys go to. It becomes the active one as a window manager would see to
        when a dialog over it closes, for there is none here."""
        top = self.top
        if not QApplication.activePopupWidget() and QApplication.activeWindow() is not top:
            top.activateWindow()
            self.until(lambda: QApplication.activeWindow() is top, "active window")
        return _handle_of(top)

    def _menu(self, words: str) -> QMenu:
        def is_open() -> bool:
            menu = QApplication.activePopupWidget()
            return isinstance(menu, QMenu) and any(a.text() == words for a in menu.actions())

        self.until(is_open, f"a menu with “{words}”")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words


def spoken(index: QModelIndex) -> str:
    """An item as it is read aloud."""
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
        words = index.data(role)
        if words:
            return str(words)
    return ""


def _handle_of(top: QWidget) -> QWindow:
    handle = top.windowHandle()
    assert handle is not None
    return handle
