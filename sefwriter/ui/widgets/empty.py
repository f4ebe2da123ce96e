"""What a pane says while there is nothing in it: what goes here, how, and one button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sefwriter.ui.widgets.pieces import Button, Sign, Words


class EmptyState(QWidget):
    """An icon, what goes here, one sentence how, and one filled button where there is an act."""

    acted = Signal()

    def __init__(
        self, icon_name: str, title: str, how: str, act: str = "", act_icon: str = ""
    ) -> None:
        super().__init__()
        self.setAccessibleName(f"{title}. {how}")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(Sign(icon_name, "text_3", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (Words(title, "title"), Words(how, "body", "text_2")):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        if act:
            self.button = Button(act, act_icon, "primary")
            self.button.clicked.connect(self.acted)
            column.addSpacing(4)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
