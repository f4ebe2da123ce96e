"""The whole pack, written to a folder: Word file, narrative, bound pack, manifest and its table."""

import zipfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pypdf import PdfReader

from sefwriter.pack.bound import Opened, Progress, Stop, opened, write_bound
from sefwriter.pack.gate import Judged
from sefwriter.pack.manifest import (
    Layout,
    PackFile,
    Signer,
    how_bound,
    make_manifest,
    pack_file,
    signed_manifest,
)
from sefwriter.pack.names import MANIFEST, TABLE, pack_names
from sefwriter.pack.narrative import front_pages, make_narrative
from sefwriter.pack.pdf_places import named_pages
from sefwriter.pack.plan import PackPlan
from sefwriter.pack.staging import staged
from sefwriter.pack.tables import manifest_table
from sefwriter.pack.word import make_word
from sefwriter.store.faults import Cancelled, WorldError
from sefwriter.store.files import told_kindly, write_whole
from sefwriter.store.steps import step

PARTS: Final = frozenset({"word", "pdf", "bound"})
"""What can be asked for alone; the manifest always comes with it."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished pack. `total_pages` are the bound pack's, 0 without one.

    `not_bound` are sentences on evidence that has no pages in it, restricted evidence among them.
    """

    folder: Path
    files: tuple[PackFile, ...]
    total_pages: int
    draft: bool
    not_bound: tuple[str, ...]


def build_pack(
    plan: PackPlan,
    *,
    folder: Path,
    sign: Callable[[bytes], bytes],
    signer: Signer,
    progress: Progress,
    stop: Stop,
    only: frozenset[str] = PARTS,
    checks: Iterable[Judged] = (),
) -> Built:
    """Make the pack in a folder beside `folder`, then put it there, whole.

    An earlier pack in `folder` is replaced once the new one is whole. The same plan, checks and
    signer give the same bytes. `only` takes words of PARTS; `sign` gives the 64-byte signature of
    the signer's key; `progress` is told what is being done, how much is done, and of how much.
    Raises WorldError where the disk is full, the folder holds other things, or a file is held by
    another program, and Cancelled; then nothing of the new pack stays.
    """
    if not only or only - PARTS:
        asked = ", ".join(sorted(only)) or "nothing"
        raise WorldError(f"A pack of {asked} can't be made. Choose among word, pdf and bound.")
    with staged(folder) as staging, ExitStack() as stack:
        pack = Opened(plan, ())
        if "bound" in only:
            pack = stack.enter_context(opened(plan, progress=progress, stop=stop))
        maker = _Maker(pack, staging, only, progress, stop)
        layout = maker.write()
        maker.write_manifest(layout, tuple(checks), signer, sign)
        files = maker.files
    return Built(
        folder=folder,
        files=(*files, pack_file(folder / MANIFEST, "manifest")),
        total_pages=layout.pages,
        draft=plan.draft,
        not_bound=tuple(
            f"{item.number} {item.title}: {item.reason}"
            for item in pack.plan.evidence
            if how_bound(item) != "bound"
        ),
    )


class _Maker:
    """Writes the files of one pack into its staging folder, in order."""

    def __init__(
        self, pack: Opened, staging: Path, only: frozenset[str], progress: Progress, stop: Stop
    ) -> None:
        self.pack = pack
        self.plan = pack.plan
        self.staging = staging
        self.only = only
        self.progress = progress
        self.stop = stop
        self.names = pack_names(self.plan.area, self.plan.date)
        self.files: list[PackFile] = []

    def write(self) -> Layout:
        """Write the Word file, the narrative and the bound pack, those asked for."""
        if self.only & {"word", "pdf"}:
            self._begin("Setting the narrative")
            narrative = make_narrative(self.plan, numbers=None)
            if "pdf" in self.only:
                pages = front_pages(narrative)
                self._keep(self.names.narrative, "pdf", narrative, pages)
                self._done("export: narrative written")
            if "word" in self.only:
                self._begin("Writing the Word file")
                word = make_word(self.plan, pages=_part_pages(named_pages(narrative)))
                self._keep(self.names.word, "word", word)
                self._done("export: word written")
        if "bound" not in self.only:
            return Layout()
        self._begin("Binding")
        path = self.staging / self.names.bound
        layout = write_bound(self.pack, path, progress=self.progress, stop=self.stop)
        self.files.append(pack_file(path, "bound", layout.pages))
        self._done("export: bound written")
        return layout

    def write_manifest(
        self,
        layout: Layout,
        checks: tuple[Judged, ...],
        signer: Signer,
        sign: Callable[[bytes], bytes],
    ) -> None:
        """Write the table, then the signed manifest that lists it, once all is there."""
        self._begin("Checking what was written")
        self._check()
        listed = make_manifest(self.plan, layout, self.files, checks)
        self._keep(TABLE, "table", manifest_table(listed))
        manifest = make_manifest(self.plan, layout, self.files, checks)
        write_whole(self.staging / MANIFEST, signed_manifest(manifest, signer, sign))
        self._done("export: manifest written")

    def _check(self) -> None:
        """Read the counts back from the disk; a pack that lacks pages must not leave."""
        for file in self.files:
            path = self.staging / file.name
            if file.kind == "word":
                whole = zipfile.is_zipfile(path)
            else:
                with told_kindly(path), path.open("rb") as stream:
                    whole = len(PdfReader(stream).pages) == file.pages
            if not whole:
                raise RuntimeError(f"{file.name} was not written whole")

    def _keep(self, name: str, kind: str, data: bytes, pages: int = 0) -> None:
        write_whole(self.staging / name, data)
        self.files.append(pack_file(self.staging / name, kind, pages))

    def _begin(self, what: str) -> None:
        if self.stop():
            raise Cancelled
        self.progress(what, 0, 1)

    def _done(self, name: str) -> None:
        with told_kindly(self.staging):
            step(name)


def _part_pages(named: dict[str, int]) -> dict[str, int]:
    """Section ids and the words of the other parts, as the Word writer knows them, to pages."""
    return {name.removeprefix("section-"): page for name, page in named.items()}
