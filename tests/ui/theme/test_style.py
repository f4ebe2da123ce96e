import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sefwriter.ui.theme.theme import THEME, THEMES


def everything() -> QWidget:
    """One of each control that the style draws."""
    pane = QWidget()
    column = QVBoxLayout(pane)
    for kind in ("primary", "secondary", "ghost", "danger", "link"):
        button = QPushButton(kind)
        button.setProperty("kind", kind)
        button.setProperty("keys", "Ctrl+E")
        column.addWidget(button)
    ticked, chosen = QCheckBox("Ticked"), QRadioButton("Chosen")
    ticked.setChecked(True)
    chosen.setChecked(True)
    tabs, choice, done, rows = QTabBar(), QComboBox(), QProgressBar(), QListWidget()
    tabs.addTab("One")
    tabs.addTab("Two")
    choice.addItem("A choice")
    done.setValue(40)
    rows.addItems(["A row", "Another"])
    rows.setCurrentRow(0)
    bar = QScrollBar(Qt.Orientation.Horizontal)
    bar.setRange(0, 100)
    tool = QToolButton()
    tool.setText("Tool")
    for widget in (ticked, chosen, tabs, choice, done, rows, bar, tool, QLineEdit("A field")):
        column.addWidget(widget)
    return pane


@pytest.mark.slow
def test_ten_thousand_repaints_take_no_references_to_none(app: QApplication) -> None:
    """PySide6 6.12 loses one in each void call under Python 3.11 and aborts in the end."""
    pane = everything()
    pane.resize(300, 700)
    picture = QImage(pane.size(), QImage.Format.Format_ARGB32_Premultiplied)
    controls = [child for child in pane.children() if isinstance(child, QWidget)]
    pane.grab()
    before = sys.getrefcount(None)
    done = 0
    while done < 10_000:
        painter = QPainter(picture)
        for control in controls:
            control.render(painter, control.pos())
            done += 1
        painter.end()
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.parametrize("name", THEMES)
def test_the_ring_is_the_only_thing_in_its_colour(app: QApplication, name: str) -> None:
    THEME.show(name, 100)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    pane = everything()
    pane.show()
    pane.activateWindow()
    QTest.qWaitForWindowExposed(pane)
    button = next(b for b in pane.findChildren(QPushButton) if b.text() == "secondary")
    other = next(b for b in pane.findChildren(QPushButton) if b.text() == "danger")
    focus = THEME.colour("focus").rgb()

    def colours(widget: QWidget) -> set[int]:
        picture = widget.grab().toImage()
        return {
            picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())
        }

    other.setFocus(Qt.FocusReason.TabFocusReason)
    assert focus not in colours(button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert focus in colours(button)
    pane.deleteLater()
    THEME.show("light", 100)


def test_a_button_is_as_wide_as_its_words_and_keys(app: QApplication) -> None:
    plain, keyed = QPushButton("Export draft"), QPushButton("Export draft")
    keyed.setProperty("keys", "Ctrl+E")
    assert keyed.sizeHint().width() > plain.sizeHint().width()
    assert plain.sizeHint().height() == 32
