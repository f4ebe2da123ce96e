from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from sefwriter.desk.home import Home
from sefwriter.ui.write.screen import WriteScreen
from tests.desk.a_sef import a_desk, home, made_once
from tests.ui.stage import Stage, open_stage
from tests.ui.write.hands import Hands

__all__ = ["home", "made_once"]


@pytest.fixture
def stage(app: QApplication, home: Home) -> Iterator[Stage[WriteScreen]]:
    """The Write screen with the section that has text, the caret at its beginning."""
    found = open_stage(WriteScreen, home, a_desk(home))
    found.screen.show_place({"section": found.sef.sections[1].id})
    found.until(lambda: found.screen.section == found.sef.sections[1].id)
    yield found
    found.screen.leave()
    found.close()


@pytest.fixture
def hands(stage: Stage[WriteScreen]) -> Hands:
    return Hands(stage)
