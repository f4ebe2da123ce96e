import datetime
import errno
import tempfile
from pathlib import Path

import pytest

from sefwriter.paper import fonts, typesetter
from sefwriter.paper.workplace import laid_out
from sefwriter.store.faults import WorldError

FULL = "the temporary folder of this laptop.*No space left"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def full(room: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", no_room)
    monkeypatch.setattr("shutil.copy", no_room)
    return room


def test_files_lie_in_a_folder_that_goes(
    room: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "a.typ"
    other.write_text("x")
    with laid_out({"a.typ": other, "files/b": b"y"}) as folder:
        assert (folder / "a.typ").read_text() == "x"
        assert (folder / "files" / "b").read_bytes() == b"y"
    assert list(room.iterdir()) == []


def test_a_full_temporary_folder_is_told_and_leaves_nothing(full: Path) -> None:
    with pytest.raises(WorldError, match=FULL), laid_out({"files/b": b"y"}):
        pytest.fail("there was no room")
    assert list(full.iterdir()) == []


def test_no_temporary_folder_at_all_is_told(room: Path) -> None:
    room.rmdir()
    with pytest.raises(WorldError, match="No such file"), laid_out({}):
        pytest.fail("there was no folder")


def test_pages_and_fonts_tell_it(full: Path) -> None:
    with pytest.raises(WorldError, match=FULL):
        typesetter.typeset("dividers.typ", {}, date=datetime.date(2026, 9, 30))
    with pytest.raises(WorldError, match=FULL):
        fonts.page_fonts.__wrapped__()
    assert list(full.iterdir()) == []
