"""A folder that is replaced only by something whole: made beside it, then renamed into its place.

Beside "Pack" lie, while a pack is made, ".Pack.1a2b3c4d5e6f.partial" and, for the moment between
two renames, ".Pack.1a2b3c4d5e6f.replaced". A sudden end leaves one of them, never a half pack;
the next export puts back an earlier pack that was renamed away, and an export an hour later clears
up: until then it may be another's, at work in the same place.
"""

import contextlib
import hashlib
import json
import re
import secrets
import shutil
import time
from collections.abc import Generator
from pathlib import Path
from typing import Final, cast

from sefwriter.pack.manifest import FORMAT
from sefwriter.pack.names import MANIFEST
from sefwriter.store.faults import WorldError
from sefwriter.store.files import put_in_place, read_whole, told_kindly
from sefwriter.store.steps import step

_DESKTOPS_OWN: Final = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store"})
"""What Windows and macOS put into every folder that somebody looks at."""

_HOUR: Final = 3600.0


@contextlib.contextmanager
def staged(folder: Path) -> Generator[Path]:
    """A new folder to make a pack in; when the block ends well it becomes `folder`.

    An earlier pack of ours there is replaced. Raises WorldError where the folder holds anything
    else, an earlier pack that somebody has worked in since, or can't be written. After any fault,
    or Cancelled, `folder` is as it was and nothing else stays.
    """
    folder = folder.absolute()
    missing = [parent for parent in folder.parents if not parent.exists()]
    with told_kindly(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
    staging = folder.with_name(f".{folder.name}.{secrets.token_hex(6)}.partial")
    try:
        _clear_up(folder)
        _refuse_foreign(folder)
        with told_kindly(folder):
            staging.mkdir()
            step("export: folder begun")
        yield staging
        with told_kindly(folder):
            step("export: whole, not in place")
            _swap(staging, folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        for parent in missing:
            with contextlib.suppress(OSError):
                parent.rmdir()
        raise


def _swap(staging: Path, folder: Path) -> None:
    if not folder.exists():
        put_in_place(staging, folder)
        step("export: in place")
        return
    aside = staging.with_suffix(".replaced")
    put_in_place(folder, aside)
    try:
        step("export: earlier pack aside")
        put_in_place(staging, folder)
    except BaseException:
        put_in_place(aside, folder)
        raise
    try:
        step("export: in place")
    finally:
        # What can't be removed now, because a viewer holds it open, goes at the next export.
        shutil.rmtree(aside, ignore_errors=True)


def _clear_up(folder: Path) -> None:
    """Remove what a sudden end left beside the folder, putting an earlier pack back first."""
    left = re.compile(re.escape(f".{folder.name}.") + r"[0-9a-f]{12}\.(partial|replaced)")
    with told_kindly(folder):
        for path in sorted(folder.parent.iterdir()):
            if not left.fullmatch(path.name):
                continue
            if path.suffix == ".replaced" and not folder.exists():
                put_in_place(path, folder)
            elif path.suffix == ".replaced" or _is_left(path):
                shutil.rmtree(path, ignore_errors=True)


def _is_left(staging: Path) -> bool:
    """Whether nobody has written into it for an hour: else another export is making its pack."""
    limit = time.time() - _HOUR
    try:
        return all(each.stat().st_mtime < limit for each in (staging, *staging.rglob("*")))
    except FileNotFoundError:
        return False  # it became a pack while we looked


def _refuse_foreign(folder: Path) -> None:
    """Raise WorldError where replacing the folder would cost somebody something."""
    if not folder.exists():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise WorldError(f"{folder} is no folder of its own. Choose a new or empty folder.")
    with told_kindly(folder):
        there = {path.name for path in folder.iterdir()} - _DESKTOPS_OWN
    if not there:
        return
    listed = _listed(folder / MANIFEST)
    foreign = sorted(there - {MANIFEST} - set(listed)) if listed else sorted(there)
    if foreign:
        raise WorldError(
            f"{folder} holds other things, such as “{foreign[0]}”, so no pack was put there. "
            "Choose a new or empty folder, or that of an earlier pack."
        )
    for name in sorted(there - {MANIFEST}):
        path = folder / name
        if not path.is_file() or hashlib.sha256(read_whole(path)).hexdigest() != listed[name]:
            raise WorldError(
                f"“{name}” in {folder} was changed after it was exported. Move it elsewhere, or "
                "choose another folder, so that the changes are not lost."
            )


def _listed(manifest: Path) -> dict[str, str]:
    """The files of an earlier pack with their SHA-256; none where this is no manifest of ours."""
    if not manifest.is_file():
        return {}
    try:
        loaded: object = json.loads(read_whole(manifest))
        rows = cast("dict[str, object]", loaded) if isinstance(loaded, dict) else {}
        if rows.get("format") != FORMAT:
            return {}
        files = cast("list[dict[str, str]]", rows["files"])
        return {row["name"]: row["sha256"] for row in files}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
