"""What was copied lies on the clipboard when the program ends, and must not bring it down."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COPY = """
from sefwriter.ui.app import make_application
app = make_application()
from sefwriter.ui.write.page import PageView
page = PageView()
page.show_section("Title", "Some **words** to copy.")
page.selectAll()
page.copy()
from PySide6.QtGui import QGuiApplication
from sefwriter.ui.write.clipboard import OWN
held = QGuiApplication.clipboard().mimeData()
assert held.formats() == [OWN, "text/plain"], held.formats()
assert bytes(held.data(OWN).data()) == b"Some **words** to copy."
assert held.text() == "Some words to copy."
"""


def test_ending_after_a_copy() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", COPY], capture_output=True, env=environment, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()
