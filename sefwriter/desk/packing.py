"""What a window shows of a pack before it is made: what goes in, what can't, and where it goes."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_documents_path

from sefwriter.desk.exporting import plan_of
from sefwriter.desk.home import Home
from sefwriter.desk.project import Project
from sefwriter.model.ids import SefId
from sefwriter.pack.manifest import how_bound
from sefwriter.pack.names import MANIFEST, pack_names
from sefwriter.store.files import read_whole, told_kindly, write_whole


@dataclass(frozen=True, slots=True)
class Outline:
    """What a pack of the SEF as it is now holds, in numbers.

    `bound` are the items with pages in the bound PDF as (number and title, pages), `not_bound` the
    others as (number and title, why).
    """

    sections: int
    claims: int
    actions: int
    bound: tuple[tuple[str, int], ...]
    not_bound: tuple[tuple[str, str], ...]

    @property
    def pages(self) -> int:
        """Pages of evidence, without dividers."""
        return sum(pages for _, pages in self.bound)


def outline_pack(project: Project) -> Outline:
    """What the pack would hold."""
    sef = project.sef()
    plan = plan_of(project, sef, "2000-01-01", draft=True)  # no count depends on the date
    held = [item for item in plan.evidence if how_bound(item) != "bound"]
    return Outline(
        sections=len(plan.sections),
        claims=len(plan.claims),
        actions=len(plan.actions),
        bound=tuple((f"{e.number} {e.title}", e.pages) for e in plan.evidence if e.bound),
        not_bound=tuple((f"{e.number} {e.title}", e.reason) for e in held),
    )


def remembered_folder(home: Home, sef: SefId, area: str, date: str) -> Path:
    """Where the last pack of this SEF went, else a folder of its own among the documents."""
    kept = _kept(home, sef)
    if kept.is_file():
        return Path(read_whole(kept).decode("utf-8"))
    return user_documents_path() / "SEF packs" / Path(pack_names(area, date).word).stem


def remember_folder(home: Home, sef: SefId, folder: Path) -> None:
    """The next pack of this SEF goes there, too. Raises WorldError where it can't be kept."""
    kept = _kept(home, sef)
    with told_kindly(kept):
        kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, str(folder).encode("utf-8"))


def folder_for_pack(chosen: Path, area: str, date: str) -> Path:
    """A chosen folder where it is empty or holds a pack; else a folder of the pack's own in it."""
    with told_kindly(chosen):
        empty = not chosen.exists() or not any(chosen.iterdir())
    if empty or (chosen / MANIFEST).is_file():
        return chosen
    return chosen / Path(pack_names(area, date).word).stem


def _kept(home: Home, sef: SefId) -> Path:
    return home.replica(sef).with_name("pack-folder")
