"""What reading files found, kept beside the vault so that no file is read twice on this laptop.

A cache: any of it may be thrown away, and what is damaged counts as absent.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, cast

from sefwriter.evidence.reading import READER_VERSION
from sefwriter.model.sef import PageFacts
from sefwriter.store.files import sweep, told_kindly, write_whole

_ENDING: Final = f".reader{READER_VERSION}.json"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Prepared(Mapping[str, PageFacts]):
    """A folder of page facts by the SHA-256 of the file they are of; usable as `Sef.facts`.

    Facts are read from the disk when they are first asked for. Those of an older reader are not
    seen, so that its files are read again.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder, made where there is none. Raises WorldError where that can't be."""
        self.folder = folder
        with told_kindly(folder):
            folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        self._known: dict[str, PageFacts] = {}

    def facts(self, sha256: str) -> PageFacts | None:
        """What reading this file found; None where it wasn't read or what was kept is damaged.

        Raises WorldError where the folder is out of reach.
        """
        if sha256 not in self._known:
            path = self._path(sha256)
            if not path.is_file():
                return None
            with told_kindly(path):
                found = _unpacked(path.read_bytes())
                if found is None:
                    path.unlink(missing_ok=True)
                    return None
            self._known[sha256] = found
        return self._known[sha256]

    def keep(self, sha256: str, facts: PageFacts) -> None:
        """Keep what reading this file found. Raises WorldError where it can't be written."""
        write_whole(self._path(sha256), _packed(facts))
        self._known[sha256] = facts

    def forget(self, sha256: str) -> None:
        """Throw away what is known of this file."""
        self._known.pop(sha256, None)
        path = self._path(sha256)
        with told_kindly(path):
            path.unlink(missing_ok=True)

    def __getitem__(self, sha256: str) -> PageFacts:
        found = self.facts(sha256) if _SHA256.fullmatch(sha256) else None
        if found is None:
            raise KeyError(sha256)
        return found

    def __iter__(self) -> Iterator[str]:
        with told_kindly(self.folder):
            names = sorted(path.name for path in self.folder.glob(f"*{_ENDING}"))
        for name in names:
            sha256 = name.removesuffix(_ENDING)
            if _SHA256.fullmatch(sha256) and self.facts(sha256) is not None:
                yield sha256

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _path(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"{sha256!r} is not a SHA-256 in lower-case hex")
        return self.folder / f"{sha256}{_ENDING}"


def _packed(facts: PageFacts) -> bytes:
    body = json.dumps(asdict(facts), ensure_ascii=True, separators=(",", ":")).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _unpacked(data: bytes) -> PageFacts | None:
    """The facts in these bytes, or None where a single one of them has changed."""
    check, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != check:
        return None
    fields = cast("dict[str, Any]", json.loads(body))
    sizes = cast("list[tuple[float, float]]", fields.pop("sizes"))
    plain: dict[str, Any] = {
        name: tuple(cast("list[Any]", value)) if isinstance(value, list) else value
        for name, value in fields.items()
    }
    return PageFacts(sizes=tuple((width, height) for width, height in sizes), **plain)
