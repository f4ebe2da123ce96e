"""Fields of a form: the label above, a button's word for what is asked."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sefwriter.ui.widgets.pieces import Words


def labelled(words: str, field: QWidget, hint: str = "") -> QVBoxLayout:
    """A field under its label, which is its name for a screen reader, too."""
    label: QLabel = Words(words, "small", "text_2", weight=600, wrap=False)
    label.setBuddy(field)
    field.setAccessibleName(words)
    field.setAccessibleDescription(hint)
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(field)
    if hint:
        column.addWidget(Words(hint, "small", "text_3"))
    return column
