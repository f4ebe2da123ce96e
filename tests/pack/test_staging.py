import hashlib
import json
import os
from pathlib import Path

import pytest

from sefwriter.pack.staging import staged
from sefwriter.store.faults import Cancelled, WorldError


def a_pack(folder: Path, words: bytes = b"words") -> None:
    (folder / "a.docx").write_bytes(words)
    row = {"name": "a.docx", "sha256": hashlib.sha256(words).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({"format": "sefwriter-pack", "files": [row]}))


def export(target: Path, words: bytes = b"words") -> None:
    with staged(target) as staging:
        a_pack(staging, words)


def grow_old(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (1_000_000_000, 1_000_000_000))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_pack_appears_whole_with_its_parents(tmp_path: Path) -> None:
    target = tmp_path / "new" / "deep" / "Pack"
    export(target)
    assert names(target) == {"a.docx", "manifest.json"}
    assert names(target.parent) == {"Pack"}


def test_an_earlier_pack_is_replaced_and_an_empty_folder_filled(tmp_path: Path) -> None:
    target = tmp_path / "Pack"
    target.mkdir()
    export(target)
    (target / "Thumbs.db").write_bytes(b"")
    export(target, b"newer words")
    assert (target / "a.docx").read_bytes() == b"newer words"
    assert names(tmp_path) == {"Pack"}


@pytest.mark.parametrize("fault", [Cancelled, WorldError, KeyboardInterrupt, ZeroDivisionError])
def test_a_fault_leaves_the_earlier_pack_and_nothing_else(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    target = tmp_path / "Pack"
    export(target)
    with pytest.raises(fault), staged(target) as staging:
        a_pack(staging, b"half")
        raise fault
    assert (target / "a.docx").read_bytes() == b"words"
    assert names(tmp_path) == {"Pack"}


def test_cancel_leaves_no_new_parents(tmp_path: Path) -> None:
    with pytest.raises(Cancelled), staged(tmp_path / "new" / "deep" / "Pack"):
        raise Cancelled
    assert names(tmp_path) == set()


def test_foreign_files_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"mine")
    with pytest.raises(WorldError, match=r"letter\.docx"):
        export(tmp_path)
    assert names(tmp_path) == {"letter.docx"}


def test_a_manifest_of_somebody_else_makes_no_pack(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("[1]")
    with pytest.raises(WorldError, match="other things"):
        export(tmp_path)


def test_a_file_put_beside_an_earlier_pack_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "Pack"
    export(target)
    (target / "notes.txt").write_bytes(b"mine")
    with pytest.raises(WorldError, match=r"notes\.txt"):
        export(target)


def test_an_exported_file_that_somebody_edited_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "Pack"
    export(target)
    (target / "a.docx").write_bytes(b"edited for hours")
    with pytest.raises(WorldError, match="changed after it was exported"):
        export(target)
    assert (target / "a.docx").read_bytes() == b"edited for hours"


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Pack").write_bytes(b"mine")
    with pytest.raises(WorldError, match="no folder"):
        export(tmp_path / "Pack")


def test_what_a_sudden_end_left_is_cleared_up(tmp_path: Path) -> None:
    left = tmp_path / ".Pack.0123456789ab.partial"
    left.mkdir()
    a_pack(left)
    grow_old(left)
    other = tmp_path / ".Packs.0123456789ab.partial"
    other.mkdir()
    export(tmp_path / "Pack")
    assert names(tmp_path) == {"Pack", other.name}


def test_an_earlier_pack_left_aside_is_put_back_first(tmp_path: Path) -> None:
    aside = tmp_path / ".Pack.0123456789ab.replaced"
    aside.mkdir()
    a_pack(aside, b"earlier")
    with pytest.raises(Cancelled), staged(tmp_path / "Pack"):
        raise Cancelled
    assert (tmp_path / "Pack" / "a.docx").read_bytes() == b"earlier"
    assert names(tmp_path) == {"Pack"}


def test_two_exports_to_one_folder_leave_each_other_alone(tmp_path: Path) -> None:
    target = tmp_path / "Pack"
    with staged(target) as slow:
        grow_old(slow)
        a_pack(slow, b"slow words")
        export(target, b"quick words")
        assert (target / "a.docx").read_bytes() == b"quick words"
    assert (target / "a.docx").read_bytes() == b"slow words"
    assert names(tmp_path) == {"Pack"}
