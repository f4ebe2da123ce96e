"""This laptop's private folder: replicas, vault, prepared pages, people.

Never in a synced folder.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from sefwriter.model.ids import SefId
from sefwriter.store.faults import WorldError


@dataclass(frozen=True, slots=True)
class Home:
    """The private folder and the places in it.

    `SEFWRITER_HOME` moves it (portable use, tests); else it is the system's place for user data.
    """

    folder: Path

    def replica(self, sef: SefId) -> Path:
        """The replica file of a SEF."""
        return self.folder / "sefs" / sef / "replica.sqlite"

    def search(self, sef: SefId) -> Path:
        """The search index of a SEF: a cache."""
        return self.folder / "sefs" / sef / "search.sqlite"

    @property
    def vault(self) -> Path:
        """Evidence files by hash."""
        return self.folder / "vault"

    @property
    def prepared(self) -> Path:
        """What reading files gave: a cache."""
        return self.folder / "prepared"

    @property
    def people(self) -> Path:
        """Keys of the people of this laptop."""
        return self.folder / "people"

    @property
    def marks(self) -> Path:
        """How far this laptop's logs have come."""
        return self.folder / "marks"


def home() -> Home:
    """The private folder of whoever is logged in, made when it isn't there.

    Raises WorldError when it can't be made.
    """
    moved = os.environ.get("SEFWRITER_HOME")
    folder = Path(moved).expanduser() if moved else user_data_path("sefwriter", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
    except OSError as error:
        raise WorldError(
            f"sefwriter's private folder {folder} can't be made: {error.strerror}. Set "
            "SEFWRITER_HOME to a folder that you can write to."
        ) from error
    return Home(folder.resolve())
