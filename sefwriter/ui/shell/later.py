"""Acts that need the desk, which is loaded after the window's first paint and beside it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from sefwriter.ui.bridge import Bridge


class Later(QObject):
    """Called with an act, does it at once or as soon as the modules named are loaded.

    Watches the window for its first paint and begins to load then, or with the first act.
    """

    def __init__(self, bridge: Bridge, window: QObject, modules: tuple[str, ...]) -> None:
        super().__init__(window)
        self._bridge, self._modules = bridge, modules
        self._waiting: list[Callable[[], None]] = []
        self._begun = self._done = False
        window.installEventFilter(self)

    def __call__(self, act: Callable[[], None]) -> None:
        """Does it now or later."""
        if self._done:
            act()
            return
        self._waiting.append(act)
        self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._bridge.load(self._modules, self._loaded)

    def _loaded(self) -> None:
        self._done = True
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()
