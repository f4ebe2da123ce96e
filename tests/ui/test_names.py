"""Everything that somebody can come to has a name for a screen reader."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSlider,
    QWidget,
)

from sefwriter.ui.shell.window import MainWindow
from tests.ui.conftest import WaitFor

KINDS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QSlider)
PARTS_OF_QT = ("qt_", "Scroll")
"""How Qt's own parts of a control are called: their control has the name."""


def nameless(window: QWidget) -> list[str]:
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if widget.objectName().startswith(PARTS_OF_QT) or not widget.isVisibleTo(window):
            continue
        parent = widget.parentWidget()
        if isinstance(parent, QLineEdit | QComboBox | QAbstractSpinBox):
            continue
        if isinstance(widget, QHeaderView):
            continue  # read as the heads of its table's columns
        text = getattr(widget, "text", None)
        words = text() if callable(text) else ""
        labelled = isinstance(widget, QLabel) and not widget.text()
        wanted = isinstance(widget, KINDS) or (
            isinstance(widget, QAbstractScrollArea) and widget.focusPolicy().value
        )
        if wanted and not labelled and not (widget.accessibleName() or words):
            chain = [type(widget).__name__]
            while parent is not None and len(chain) < 5:
                chain.append(type(parent).__name__)
                parent = parent.parentWidget()
            found.append(" in ".join(chain))
    return found


def test_every_control_of_every_screen_has_a_name(window: MainWindow, wait_for: WaitFor) -> None:
    wait_for(lambda: window.people.people)
    for entry in window.screens.entries:
        window.navigator.go(entry.name)
        wait_for(lambda name=entry.name: window.screens.current.name == name)  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
        assert not nameless(window), entry.name
    window.show_start()
    assert not nameless(window)
    window.start.show_founding()
    assert not nameless(window)


def test_a_control_without_a_name_is_found(window: MainWindow) -> None:
    stray = QLineEdit(window.start)
    window.show_start()
    stray.show()
    assert nameless(window) == [
        "QLineEdit in StartScreen in QStackedWidget in QWidget in MainWindow"
    ]
