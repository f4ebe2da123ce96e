import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sefwriter.store.faults import Cancelled, WorldError
from sefwriter.store.files import BLOCK
from sefwriter.store.vault import Kept, Vault

ADD = """
import sys; from pathlib import Path; from sefwriter.store.vault import Vault
Vault(Path(sys.argv[1])).add(Path(sys.argv[2]))
"""


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "Report.pdf"
    path.write_bytes(os.urandom(BLOCK * 2 + 17))
    return path


def files(vault: Vault) -> list[Path]:
    return [path for path in vault.folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_hash(vault: Vault, report: Path) -> None:
    told: list[tuple[int, int]] = []
    kept = vault.add(report, progress=lambda done, total: told.append((done, total)))
    data = report.read_bytes()
    assert kept == Kept(hashlib.sha256(data).hexdigest(), len(data))
    assert vault.path(kept.sha256).read_bytes() == data
    assert vault.path(kept.sha256).parent.name == kept.sha256[:2]
    assert told[-1] == (len(data), len(data))
    assert vault.has(kept.sha256)
    assert vault.verify(kept.sha256)


def test_the_same_bytes_are_kept_once(vault: Vault, report: Path) -> None:
    kept = vault.add(report)
    before = vault.path(kept.sha256).stat().st_mtime_ns
    assert vault.add_bytes(report.read_bytes()) == kept
    assert files(vault) == [vault.path(kept.sha256)]
    assert vault.path(kept.sha256).stat().st_mtime_ns == before


def test_a_vault_file_with_other_bytes_is_found_and_replaced(vault: Vault, report: Path) -> None:
    kept = vault.add(report)
    path = vault.path(kept.sha256)
    path.chmod(0o600)
    path.write_bytes(b"x" * kept.size)
    assert not vault.verify(kept.sha256)
    assert vault.verify_all() == (kept.sha256,)
    vault.add(report)
    assert vault.verify_all() == ()


def test_kept_files_cannot_be_written_by_accident(vault: Vault, report: Path) -> None:
    kept = vault.add(report)
    assert not vault.path(kept.sha256).stat().st_mode & 0o222
    vault.remove(kept.sha256)
    assert not vault.has(kept.sha256)
    assert not vault.verify(kept.sha256)
    vault.remove(kept.sha256)


def test_an_empty_file_is_kept(vault: Vault) -> None:
    assert vault.verify(vault.add_bytes(b"").sha256)


def test_cancel_leaves_nothing(vault: Vault, report: Path) -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) == 2

    with pytest.raises(Cancelled):
        vault.add(report, stop=stop)
    assert files(vault) == []


def test_missing_and_odd_files_are_told(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="is not there"):
        vault.add(tmp_path / "gone.pdf")
    with pytest.raises(WorldError, match="is not a file"):
        vault.add(tmp_path)
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(WorldError, match="is not a file"):
            vault.add(tmp_path / "pipe")
    assert files(vault) == []


def test_a_file_that_changes_while_it_is_read_is_refused(vault: Vault, report: Path) -> None:
    def grow(done: int, total: int) -> None:
        with report.open("ab") as file:
            file.write(b"more")

    with pytest.raises(WorldError, match="changed while it was being read"):
        vault.add(report, progress=grow)
    assert files(vault) == []


@pytest.mark.parametrize("at", ["file: half written", "vault: written, not renamed"])
def test_a_full_disk_keeps_nothing(
    vault: Vault, report: Path, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEFWRITER_FAIL_AT", at)
    with pytest.raises(WorldError, match=f"The disk is full, so {report.name} was not saved"):
        vault.add(report)
    assert files(vault) == []


@pytest.mark.parametrize(
    "at", ["file: half written", "vault: written, not renamed", "vault: renamed"]
)
def test_a_process_that_dies_never_leaves_half_a_file_under_a_hash(
    vault: Vault, report: Path, at: str
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", ADD, str(vault.folder), str(report)],
        env={**os.environ, "SEFWRITER_DIE_AT": at},
        check=False,
    )
    assert run.returncode != 0
    assert vault.verify_all() == ()
    assert vault.verify(vault.add(report).sha256)


def test_what_is_no_hash_never_becomes_a_path(vault: Vault) -> None:
    for bad in ("../../etc/passwd", "", "A" * 64, "a" * 63 + "\n"):
        assert not vault.has(bad)
        with pytest.raises(ValueError, match="is not a SHA-256"):
            vault.path(bad)


def test_verifying_everything_can_be_stopped(vault: Vault) -> None:
    vault.add_bytes(b"one")
    with pytest.raises(Cancelled):
        vault.verify_all(stop=lambda: True)
