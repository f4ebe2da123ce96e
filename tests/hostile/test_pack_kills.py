import os
import subprocess
import sys
from pathlib import Path

import pytest

from sefwriter.pack.build import build_pack
from sefwriter.pack.verify import verify_pack
from sefwriter.store.steps import STEPS
from tests.pack.example import SIGNER, a_plan, sign, verify_signature

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = sorted(name for name in STEPS if name.startswith(("export: ", "file: ")))


def export(folder: Path, *parts: str) -> None:
    """Export the example here."""
    build_pack(
        a_plan(folder / "vault"),
        folder=folder / "Pack",
        sign=sign,
        signer=SIGNER,
        progress=lambda what, done, of: None,
        stop=lambda: False,
        only=frozenset(parts),
    )


def die_exporting(folder: Path, parts: str, moment: str) -> None:
    """Export in a process of its own that ends at this moment."""
    command = [
        sys.executable, "-m", "tests.pack.build_once",
        str(folder / "vault"), str(folder / "Pack"), parts,
    ]  # fmt: skip
    environment = {**os.environ, "SEFWRITER_DIE_AT": moment}
    ended = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True)
    assert ended.returncode in (-9, 137), ended.stderr


@pytest.fixture(autouse=True)
def vault(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()


def is_whole(folder: Path) -> bool:
    return verify_pack(folder, verify_signature=verify_signature) == ()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_sudden_end_leaves_a_whole_pack_or_none(tmp_path: Path, moment: str) -> None:
    export(tmp_path, "word")
    earlier = sorted(path.name for path in (tmp_path / "Pack").iterdir())
    die_exporting(tmp_path, "word,pdf,bound", moment)
    if (tmp_path / "Pack").exists():
        assert is_whole(tmp_path / "Pack")
        if moment != "export: in place":
            assert sorted(path.name for path in (tmp_path / "Pack").iterdir()) == earlier
    else:
        assert moment == "export: earlier pack aside"
    for left in tmp_path.glob(".Pack.*.partial"):
        for path in (*left.rglob("*"), left):
            os.utime(path, (1_000_000_000, 1_000_000_000))  # an hour has gone by
    export(tmp_path, "pdf")
    assert is_whole(tmp_path / "Pack")
    assert {path.name for path in tmp_path.iterdir()} == {"vault", "Pack"}


def test_a_sudden_end_of_a_first_export_leaves_no_pack(tmp_path: Path) -> None:
    die_exporting(tmp_path, "pdf", "export: whole, not in place")
    assert not (tmp_path / "Pack").exists()
    (left,) = (path for path in tmp_path.iterdir() if path.name != "vault")
    assert left.suffix == ".partial"
