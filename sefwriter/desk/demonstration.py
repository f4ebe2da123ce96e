"""The demonstration SEF for looking round: made once in the private folder, whole or not at all."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sefwriter.desk.demo import make_demo
from sefwriter.desk.home import Home
from sefwriter.resources import resource
from sefwriter.store.faults import Cancelled
from sefwriter.store.files import told_kindly


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Where it lies: its SEF folder, and the private folder of its people."""

    home: Home
    location: Path


def demonstration(
    home: Home, is_stopped: Callable[[], bool], tell: Callable[[str, int, int], None]
) -> Demonstration:
    """The demonstration of this laptop, made now where it isn't there yet.

    `tell` hears (what, done, total). Raises Cancelled, and then nothing is left behind.
    """
    content = json.loads(resource("demo", "demo.json").read_text(encoding="utf-8"))
    folder = home.folder / "demonstration"
    if not folder.exists():
        unfinished = home.folder / "demonstration.unfinished"
        with told_kindly(unfinished):
            if unfinished.exists():
                shutil.rmtree(unfinished)
        try:
            _make(home, unfinished, is_stopped, tell, content)
            with told_kindly(folder):
                unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return Demonstration(Home(folder / "laptop"), folder / f"{content['area']} SEF")


def _make(
    home: Home,
    folder: Path,
    is_stopped: Callable[[], bool],
    tell: Callable[[str, int, int], None],
    content: dict[str, list[object]],
) -> None:
    steps = 1 + len(content["evidence"]) + len(content["sections"]) + 2
    done = 0

    def heard(line: str) -> None:
        nonlocal done
        if is_stopped():
            raise Cancelled
        # The steps of making and of exporting are told by one voice; only ours end in dots.
        if line.endswith("…"):
            done += 1
        tell(line.removesuffix(" …"), min(done, steps), steps)

    make_demo(home, folder, heard)
    if is_stopped():
        raise Cancelled
