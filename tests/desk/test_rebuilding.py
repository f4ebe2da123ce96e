"""A damaged copy on this laptop: said in a sentence everywhere, and made anew."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.world.terminal import Terminal


def replica_of(terminal: Terminal) -> Path:
    (path,) = (terminal.home / "sefs").glob("*/replica.sqlite")
    return path


def run(*statements: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as opened:
            for statement in statements:
                opened.execute(statement)
            opened.commit()

    return damage


def garbage(path: Path) -> None:
    for side in ("-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)
    path.write_bytes(b"no database" * 1000)


def torn(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    for start in range(4096 * 4, len(data) - 4096, 4096 * 3):
        data[start : start + 2048] = b"\xff" * 2048
    path.write_bytes(bytes(data))


DAMAGE = {
    "an edited body": run("UPDATE entry SET body=x'7b7d' WHERE kind='edit'"),
    "a body that is no bytes": run("UPDATE entry SET body=7 WHERE n=3"),
    "an edited roster": run("UPDATE entry SET header=x'00' WHERE n=1"),
    "a dropped table": run("DROP TABLE touch"),
    "a dropped table of entries": run("DROP TABLE entry"),
    "an edited text": run("UPDATE text SET text='Other words.'"),
    "a text that is none": run("UPDATE text SET text=NULL, standing='{'"),
    "an edited field": run("UPDATE register SET value='{'"),
    "an edited past": run("UPDATE entry SET vv='{'"),
    "a garbage file": garbage,
    "torn pages": torn,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_is_told_in_a_sentence_and_a_rebuilt_copy_has_everything_again(
    terminal: Terminal, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    sef = tmp_path / "SEF"
    terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    terminal("do", sef, "EditText", "section=S01", "text=Children wait.")
    before = terminal("show", sef, "sections")
    damage(replica_of(terminal))
    codes: set[int] = set()
    for command in (("show", sef, "sections"), ("verify", sef), ("check", sef)):
        out, error, code = terminal.said(*command)
        assert code < 2 or "rebuild SEF" in error, out + error
        codes.add(code)
    assert codes != {0}, "nothing says that it is damaged"
    terminal.said("do", sef, "EditText", "section=S01", "text=Children wait. More.")
    made = terminal("rebuild", sef)
    assert Path(made["aside"]).is_file()
    texts = [row["text"] for row in terminal("show", sef, "sections")]
    assert texts[0] in ("Children wait.", "Children wait. More.")
    assert texts[1:] == [row["text"] for row in before[1:]]
    assert terminal("verify", sef) == []
    terminal("do", sef, "EditText", "section=S01", "text=Again.")
    assert terminal("verify", sef) == []


def test_what_was_never_published_is_taken_out_of_the_damaged_copy(
    terminal: Terminal, tmp_path: Path
) -> None:
    sef = tmp_path / "SEF"
    terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
    terminal("hand-over", sef, tmp_path / "out.sef")
    terminal("do", tmp_path / "out.sef", "EditText", "section=S01", "text=Only here.")
    run("DROP TABLE register")(replica_of(terminal))
    terminal("rebuild", sef)
    assert terminal("show", sef, "sections", "S01")["text"] == "Only here."
    assert terminal("publish", sef)["entries"] == 1
