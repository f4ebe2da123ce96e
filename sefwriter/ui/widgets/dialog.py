"""A dialog for what needs a secret or can't be undone: title and button say the same verb."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sefwriter.ui.widgets.pieces import Button, Message, Words


class ActDialog(QDialog):
    """Esc is "Not now". `wanted` is heard when the act is; the dialog stays until it is done."""

    wanted = Signal()

    def __init__(
        self, title: str, about: str, verb: str, parent: QWidget, icon_name: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setFixedWidth(480)
        self.form = QVBoxLayout()
        self.form.setSpacing(12)
        self.message = Message()
        self.act = Button(verb, icon_name, "primary")
        self.act.setDefault(True)
        self.act.clicked.connect(self.wanted)
        later = Button("Not now", keys="Esc")
        later.setAutoDefault(False)
        later.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(later)
        foot.addWidget(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Words(title, "heading"))
        if about:
            column.addWidget(Words(about, "body", "text_2"))
        column.addLayout(self.form)
        column.addWidget(self.message)
        column.addSpacing(4)
        column.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        self._fit()

    def refused(self, sentence: str) -> None:
        """Why it can't be done; everything typed stays."""
        self.act.tell_why(None)
        self.message.say(sentence)
        self._fit()

    def going_on(self) -> None:
        """The act is being done."""
        self.message.clear()
        self.act.tell_why("This is being done.")
        self._fit()

    def _fit(self) -> None:
        """As tall as its words need at this width, which Qt's own size hint doesn't know."""
        layout = self.layout()
        if layout:
            layout.activate()
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
