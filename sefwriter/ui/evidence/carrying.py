"""From the pages' thread to the window's, and from keys and menus to what they do."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Wanted = tuple[str | Callable[[], None], ...]
"""An action: its word, what it does, and its keys."""


class Courier(QObject):
    """Calls on the window's thread what is emitted on another."""

    carried = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.carried.connect(self._open)

    @Slot(object)
    def _open(self, call: Callable[[], None]) -> None:
        call()


def make_actions(
    screen: QWidget, wanted: Mapping[str, Sequence[Wanted]]
) -> dict[str, list[QAction]]:
    """Actions by menu; their keys hold while the screen has the focus."""
    return {
        menu: [_action(screen, *one) for one in several]  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        for menu, several in wanted.items()
    }


def _action(screen: QWidget, word: str, act: Callable[[], None], *keys: str) -> QAction:
    action = QAction(word, screen)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _=False: act())
    screen.addAction(action)
    return action
