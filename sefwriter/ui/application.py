"""The dressed application: fonts, palette and style, before there is a window."""

import sys

from PySide6.QtWidgets import QApplication

from sefwriter.ui.theme.style import Style
from sefwriter.ui.theme.theme import THEME


def make_application() -> QApplication:
    """The one QApplication of this process, dressed in the light theme."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("sefwriter")
    application.setStyle(Style())
    THEME.install()
    return application
