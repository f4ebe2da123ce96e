import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sefwriter.store import files
from sefwriter.store.faults import Cancelled, WorldError
from sefwriter.store.files import read_whole, replacing, sweep, write_whole

WRITE = """
import sys; from pathlib import Path; from sefwriter.store.files import write_whole
write_whole(Path(sys.argv[1]), b"new")
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "sef.json"
    write_whole(path, b"one")
    write_whole(path, iter([b"two", b" and three"]))
    assert read_whole(path) == b"two and three"
    assert names(tmp_path) == ["sef.json"]


@pytest.mark.parametrize("at", ["file: half written", "file: written, not renamed"])
def test_a_process_that_dies_leaves_the_old_file_whole(tmp_path: Path, at: str) -> None:
    path = tmp_path / "sef.json"
    path.write_bytes(b"old")
    run = subprocess.run(
        [sys.executable, "-c", WRITE, str(path)],
        env={**os.environ, "SEFWRITER_DIE_AT": at},
        check=False,
    )
    assert run.returncode != 0
    assert path.read_bytes() == b"old"
    assert len(names(tmp_path)) == 2
    assert sweep(tmp_path) == 0, "a temporary file that somebody may be writing is left"
    for left in tmp_path.glob(".*.tmp"):
        os.utime(left, (time.time() - 4000, time.time() - 4000))
    assert sweep(tmp_path) == 1
    assert names(tmp_path) == ["sef.json"]


def test_a_process_that_dies_after_the_renaming_leaves_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "sef.json"
    path.write_bytes(b"old")
    env = {**os.environ, "SEFWRITER_DIE_AT": "file: renamed"}
    subprocess.run([sys.executable, "-c", WRITE, str(path)], env=env, check=False)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("at", ["file: half written", "file: written, not renamed"])
def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sef.json"
    path.write_bytes(b"old")
    monkeypatch.setenv("SEFWRITER_FAIL_AT", at)
    with pytest.raises(WorldError, match=r"The disk is full, so sef\.json was not saved\. Free"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["sef.json"]


def test_what_the_blocks_raise_comes_through_and_leaves_nothing(tmp_path: Path) -> None:
    def blocks() -> Iterator[bytes]:
        yield b"half"
        raise Cancelled

    with pytest.raises(Cancelled):
        write_whole(tmp_path / "pack.pdf", blocks())
    assert names(tmp_path) == []


def test_missing_places_are_told(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="is not there"):
        write_whole(tmp_path / "gone" / "sef.json", b"")
    with pytest.raises(WorldError, match="is not there"):
        read_whole(tmp_path / "sef.json")
    with pytest.raises(WorldError, match="is a folder"):
        read_whole(tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "another program holds it"),
        (errno.EIO, "disk or network failed"),
    ],
)
def test_every_fault_has_a_sentence(
    tmp_path: Path, number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(WorldError, match=words):
        write_whole(tmp_path / "sef.json", b"new")
    assert names(tmp_path) == []


def test_a_file_held_for_a_moment_on_windows_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Path] = []
    waits: list[float] = []
    replace = Path.replace

    def held_twice(self: Path, target: Path) -> None:
        tries.append(target)
        if len(tries) < 3:
            held = PermissionError(errno.EACCES, "held")
            held.winerror = 32  # type: ignore[attr-defined]
            raise held
        replace(self, target)

    monkeypatch.setattr(Path, "replace", held_twice)
    monkeypatch.setattr(files.time, "sleep", waits.append)
    write_whole(tmp_path / "sef.json", b"new")
    assert (tmp_path / "sef.json").read_bytes() == b"new"
    assert waits == [0.05, 0.1]


def test_a_very_long_name_still_gets_its_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 120)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_sweeping_leaves_what_is_not_ours(tmp_path: Path) -> None:
    for name in (".keep.tmp", "a.0123456789ab.tmp", ".x.0123456789ab.tmp"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    assert sweep(tmp_path) == 1
    assert names(tmp_path) == [".keep.tmp", "a.0123456789ab.tmp"]
    assert sweep(tmp_path / "gone") == 0


def test_a_file_may_be_written_with_seeking_and_appears_only_when_whole(tmp_path: Path) -> None:
    path = tmp_path / "sef.zip"
    with replacing(path) as file:
        file.write(b"....tail")
        file.seek(0)
        file.write(b"head")
        assert not path.exists()
    assert path.read_bytes() == b"headtail"
    with pytest.raises(Cancelled), replacing(path) as file:
        file.write(b"half")
        raise Cancelled
    assert path.read_bytes() == b"headtail"
    assert names(tmp_path) == ["sef.zip"]
