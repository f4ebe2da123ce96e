"""An icon that isn't there would raise while Qt paints, which ends the process."""

import json
import re
from pathlib import Path

import qtawesome

UI = Path(__file__).resolve().parents[2] / "sefwriter" / "ui"


def test_every_icon_named_in_the_window_is_in_the_font() -> None:
    fonts = Path(qtawesome.__file__).parent / "fonts"
    there = set(json.loads(next(fonts.glob("phosphor-charmap*.json")).read_text(encoding="utf-8")))
    source = "\n".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    named = set(re.findall(r'"ph\.([a-z0-9-]+)"', source))
    assert named
    assert named - there == set()
