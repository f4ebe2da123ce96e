from pathlib import Path

import pytest

from sefwriter.desk.home import Home
from sefwriter.desk.recent import Memory, RecentSef


def recent(name: str, opened: int, laptop: str = "/laptop") -> RecentSef:
    return RecentSef(f"/shared/{name}", name, laptop, opened, 2, 18)


def test_the_last_one_opened_comes_first_and_each_once(tmp_path: Path) -> None:
    memory = Memory(Home(tmp_path))
    for opened, name in enumerate(("One", "Two", "One")):
        memory.opened(recent(name, opened))
    memory.set("theme", "dark")
    memory.save()
    again = Memory(Home(tmp_path))
    assert [item.name for item in again.recents] == ["One", "Two"]
    assert again.get("theme") == "dark"
    assert again.get("text size", "100") == "100"


def test_two_windows_lose_neither_ones_recent_sefs(tmp_path: Path) -> None:
    one, other = Memory(Home(tmp_path)), Memory(Home(tmp_path))
    one.opened(recent("One", 1))
    other.opened(recent("Two", 2))
    one.save()
    other.save()
    assert [item.name for item in Memory(Home(tmp_path)).recents] == ["Two", "One"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"recent": [1, {"name": "x"}], "settings": 3}'])
def test_a_damaged_memory_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "window.json").write_text(text, "utf-8")
    memory = Memory(Home(tmp_path))
    assert memory.recents == ()
    memory.opened(recent("One", 1))
    memory.save()
    assert len(Memory(Home(tmp_path)).recents) == 1


def test_the_demonstration_is_known_by_its_people_beside_it() -> None:
    demo = RecentSef("/home/demonstration/W SEF", "W", "/home/demonstration/laptop", 1)
    assert demo.is_demonstration
    assert not recent("One", 1).is_demonstration
