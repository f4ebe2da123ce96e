import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from sefwriter.ui.theme.icons import icon

UI = Path(__file__).resolve().parents[3] / "sefwriter" / "ui"
NAMED = sorted(
    {
        name
        for path in UI.rglob("*.py")
        for name in re.findall(r'"(ph\.[a-z-]+)"', path.read_text("utf-8"))
    }
)


@pytest.mark.parametrize("name", NAMED)
def test_every_icon_that_is_named_is_there(app: QApplication, name: str) -> None:
    assert not icon(name).isNull()


def test_the_rail_has_a_filled_icon_for_each_screen(app: QApplication) -> None:
    from sefwriter.ui.shell.screens import SCREENS

    for entry in SCREENS:
        assert not icon(f"{entry.icon_name}-fill").isNull()
