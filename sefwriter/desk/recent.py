"""What the window remembers between two starts: SEFs opened lately, places, sizes, looks.

Comforts only, so a file that can't be read counts as an empty one.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, cast

from sefwriter.desk.home import Home
from sefwriter.store.files import told_kindly, write_whole

_KEPT: Final = 12
"""Recent SEFs that are remembered."""


@dataclass(frozen=True, slots=True)
class RecentSef:
    """A SEF opened on this laptop. `opened` is in Unix seconds.

    `laptop` is the private folder it was opened with: another one than ours for the demonstration.
    """

    location: str
    name: str
    laptop: str
    opened: int
    signed: int = 0
    sections: int = 0

    @property
    def is_demonstration(self) -> bool:
        """Whether it is the demonstration, whose people are kept beside it."""
        return Path(self.location).parent == Path(self.laptop).parent

    def is_there(self) -> bool:
        """Whether its folder or file can be reached now. Asks the disk, which may be a slow one."""
        return Path(self.location).exists()


class Memory:
    """Recent SEFs and settings, in one JSON file of the private folder."""

    def __init__(self, home: Home) -> None:
        self._path = home.folder / "window.json"
        fields = self._read()
        self._recents = tuple(_recents(fields.get("recent")))
        settings = fields.get("settings")
        self._settings = cast("dict[str, object]", settings) if isinstance(settings, dict) else {}

    @property
    def recents(self) -> tuple[RecentSef, ...]:
        """SEFs opened lately, the last one first."""
        return self._recents

    def opened(self, recent: RecentSef) -> None:
        """This SEF was opened, or shown once more; it is first now."""
        rest = [item for item in self._recents if item.location != recent.location]
        self._recents = (recent, *rest)[:_KEPT]

    def forget(self, location: str) -> None:
        """Takes a SEF off the list. Its files stay."""
        self._recents = tuple(item for item in self._recents if item.location != location)

    def get(self, name: str, otherwise: str = "") -> str:
        """A setting, as text."""
        found = self._settings.get(name)
        return found if isinstance(found, str) else otherwise

    def set(self, name: str, value: str) -> None:
        """Remembers a setting; on the disk after `save`."""
        self._settings[name] = value

    def save(self) -> None:
        """Puts it on the disk. Another window's recent SEFs stay on the list.

        Raises WorldError where the disk won't take it.
        """
        known = {item.location for item in self._recents}
        others = _recents(self._read().get("recent"))
        merged = [*self._recents, *(item for item in others if item.location not in known)]
        merged.sort(key=lambda item: -item.opened)
        fields = {
            "recent": [asdict(item) for item in merged[:_KEPT]],
            "settings": dict(sorted(self._settings.items())),
        }
        with told_kindly(self._path):
            write_whole(self._path, json.dumps(fields, ensure_ascii=False, indent=1).encode())

    def _read(self) -> Mapping[str, object]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return cast("dict[str, object]", found) if isinstance(found, dict) else {}


def _recents(rows: object) -> list[RecentSef]:
    """The rows that this version can read."""
    found: list[RecentSef] = []
    for row in cast("list[object]", rows) if isinstance(rows, list) else []:
        try:
            found.append(RecentSef(**cast("dict[str, object]", row)))  # type: ignore[arg-type]
        except TypeError:
            continue
    return found
