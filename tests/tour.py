"""Pictures of every screen and state: `python -m tests.tour OUT`, and one page with all of them.

Each picture is taken from the real window on a copy of the demonstration SEF. At 200 % the window
is half as large in its own units, as it would be on the same display.
"""

import argparse
import html
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QDialog

from sefwriter.desk.demonstration import Demonstration, demonstration
from sefwriter.desk.home import Home
from sefwriter.desk.recent import Memory
from sefwriter.ui.application import make_application
from sefwriter.ui.shell.window import MainWindow
from sefwriter.ui.theme.theme import THEME, ThemeName
from tests.ui.conftest import close, let_run, wait_until


@dataclass(frozen=True)
class Look:
    """How the pictures of one row are taken; sizes in the window's own units."""

    name: str
    theme: ThemeName
    width: int
    height: int
    scale: int = 1


LOOKS: Final = (
    Look("light 1440", "light", 1440, 868),
    Look("dark 1440", "dark", 1440, 868),
    Look("light 1366", "light", 1366, 688),
    Look("dark 1366", "dark", 1366, 688),
    Look("high contrast", "high-contrast", 1366, 688),
    Look("light 200 %", "light", 1024, 640, 2),
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--look", default="", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    if options.look:
        take(next(look for look in LOOKS if look.name == options.look), out)
        return 0
    for look in LOOKS:
        # Qt reads the scale once, when it starts; so each look has a process of its own.
        environment = {**os.environ, "QT_SCALE_FACTOR": str(look.scale)}
        command = [sys.executable, "-m", "tests.tour", str(out), "--look", look.name]
        subprocess.run(command, env=environment, check=True)
    (out / "index.html").write_text(sheet(out), "utf-8")
    return 0


def take(look: Look, out: Path) -> None:
    """All pictures of one look."""
    make_application()
    THEME.show(look.theme, 100)
    with tempfile.TemporaryDirectory() as folder:
        laptop = Home(Path(folder))
        demo = demonstration(laptop, lambda: False, lambda *_: None)
        window = MainWindow(laptop, Memory(laptop))
        window.resize(look.width, look.height)
        window.show()
        window.activateWindow()
        for number, (name, picture) in enumerate(states(window, demo), start=1):
            picture(out / f"{number:02} {name}, {look.name}.png")
        close(window)


Picture = Callable[[Path], object]


def states(window: MainWindow, demo: Demonstration) -> Iterator[tuple[str, Picture]]:
    """Every state in turn, each as its name and what takes its picture."""

    def whole(path: Path) -> None:
        let_run(150)
        window.grab().save(str(path))

    def dialog(path: Path) -> None:
        let_run(100)
        shown = [found for found in window.findChildren(QDialog) if found.isVisible()]
        shown[-1].grab().save(str(path))
        for found in shown:
            found.reject()
        let_run(10)

    start = window.start
    yield "start, the first time", whole
    start.refused(
        "“Ambleshire” is no SEF folder. Choose the folder that holds “sef.json” and “log”."
    )
    yield "start, refused", whole
    start.message.clear()
    start.show_founding()
    yield "start ours", whole
    start.founding.area.setText("Ambleshire")
    start.founding.refused("“Ambleshire SEF” isn't empty. Choose a new folder for the SEF.")
    yield "start ours, refused", whole
    start.show_words(" ".join(f"word{n}" for n in range(1, 25)))
    yield "recovery words", whole
    start.words.forget()
    start.show_choices()
    window.open_sef(demo.location, str(demo.home.folder))
    wait_until(lambda: window.screens.current and window.people.people, "the SEF")
    for entry in window.screens.entries:
        window.navigator.go(entry.name)
        let_run(1500)
        yield entry.name, whole
    window.bridge.unsaved.emit("Not saved: the disk is full. Make room, then try again.")
    yield "not saved", whole
    window.tell_bug("Something in sefwriter went wrong. Your work is saved.")
    yield "a bug told", whole
    window.message.clear()
    window.row.show_opened()
    window.people.make_new()
    yield "new person", dialog
    window.people.switch_to(next(p for p in window.people.people if p.kept == "sealed"))
    yield "switch person", dialog
    window.show_keys()
    yield "keys", dialog
    window.show_start()
    yield "start, with recent SEFs", whole


def sheet(out: Path) -> str:
    """One page with all pictures, a row for each state."""
    pictures = sorted(out.glob("*.png"))
    rows: dict[str, list[Path]] = {}
    for path in pictures:
        rows.setdefault(path.stem.rpartition(", ")[0], []).append(path)
    cells = [
        f"<h2>{html.escape(name)}</h2><p>"
        + "".join(
            f'<a href="{html.escape(path.name)}"><img src="{html.escape(path.name)}" '
            f'alt="{html.escape(path.stem)}" title="{html.escape(path.stem)}"></a>'
            for path in paths
        )
        + "</p>"
        for name, paths in rows.items()
    ]
    style = "body{font:14px sans-serif;margin:24px}img{width:31%;margin:4px;border:1px solid #999}"
    return (
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>sefwriter, screen by '
        f"screen</title><style>{style}</style>{''.join(cells)}</html>"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
