"""One open SEF at this desk: its replica, its files, its folder.

Everything a screen or a script asks for.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from sefwriter.desk.fence import general_files, restricted_files
from sefwriter.desk.home import Home
from sefwriter.desk.library import Library
from sefwriter.exchange.framework import load_framework
from sefwriter.ledger.folder import Published, SefFolder
from sefwriter.ledger.genesis import FirstOwner, make_genesis
from sefwriter.ledger.handover import Handover, write_handover
from sefwriter.ledger.keys import SigningKey, recovery_words
from sefwriter.ledger.keystore import DeskPerson, KeyStore
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import ChangeSet, Replica, Taken
from sefwriter.ledger.verify import (
    Finding,
    verify_files,
    verify_folder,
    verify_replica,
    verify_waiting,
)
from sefwriter.model.acts import Act
from sefwriter.model.acts.review import SignOff as SignOffAct
from sefwriter.model.acts.writing import AddSection
from sefwriter.model.differences import word_differences
from sefwriter.model.framework import Framework
from sefwriter.model.ids import LETTERS, SefId
from sefwriter.model.sef import Sef, SignOff
from sefwriter.model.text.normal import one_line
from sefwriter.model.text.plain import plain_text
from sefwriter.store.faults import WorldError
from sefwriter.store.files import told_kindly

_FILES = (LETTERS["evidence"], LETTERS["version"])


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is at the desk: the person of this laptop, and the key while it is needed."""

    person: DeskPerson | None = None
    key: SigningKey | None = None


@dataclass(frozen=True, slots=True)
class Founded:
    """A new SEF: the project, and the recovery key's words, which are kept nowhere."""

    project: "Project"
    recovery: str


class Project:
    """One open SEF. Close it when done: what was written then goes into the SEF folder."""

    def __init__(self, home: Home, sef: SefId, desk: Desk, folder: SefFolder | None) -> None:
        self.home = home
        self.desk = desk
        self.folder = folder
        self._marks = Marks(home.marks)
        self.replica = Replica(home.replica(sef), sef, self._marks, desk.key)
        self.library = Library(home, sef)
        self._framework: Framework | None = None

    def close(self) -> None:
        """Lets go of everything."""
        self.library.close()
        self.replica.close()

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def desk_people(self) -> KeyStore:
        """The people of this laptop."""
        return KeyStore(self.home.people)

    # -- reading

    def sef(self) -> Sef:
        """The frozen SEF, with what reading its files on this laptop gave."""
        return self.library.with_facts(self.replica.sef())

    def framework(self) -> Framework:
        """The framework pack this SEF follows. Raises WorldError for one this version lacks."""
        if self._framework is None:
            self._framework = load_framework(self.replica.sef().framework)
        return self._framework

    def entry_rows(self) -> Iterator[tuple[str, int, str, str, str, int, str]]:
        """Entries for history: log, number, id, act, person's name, time, why it has no effect."""
        sef = self.replica.sef()
        rows = self.replica.db.rows(
            "SELECT log, n, id, act, t, refused FROM entry ORDER BY lam, log, n"
        )
        for log, n, entry, act, when, refused in rows:
            name = sef.name_of(self.replica.fold.person_of_log(log))
            yield log, n, entry, act, name, when, refused

    def text_difference(self, sign_off: SignOff) -> list[dict[str, str]]:
        """How the section's words differ from those signed: stretches `same`, `added`, `taken-out`.

        Empty when the words are the same.
        """
        sef = self.replica.sef()
        now = sef.section_by_id.get(sign_off.section)
        then = self.replica.sef_at(self.replica.past_of(sign_off.entry)).section_by_id.get(
            sign_off.section
        )
        if now is None or then is None or now.text == then.text:
            return []
        found = word_differences(plain_text(then.text), plain_text(now.text))
        return [{"kind": part.kind, "text": part.text} for part in found]

    # -- writing

    def do(self, act: Act) -> ChangeSet:
        """One act through the one door. Raises Refused with the sentence why it may not be."""
        if isinstance(act, SignOffAct) and self.desk.person and self.desk.person.kept != "sealed":
            raise WorldError(
                "A reviewer's key must be under a passphrase before it signs, so that nobody "
                "else at "
                f"this laptop can: sefwriter person seal “{self.desk.person.name}”."
            )
        changes = self.replica.do(act, self.library.with_facts)
        if any(obj[:1] in _FILES for obj, _ in changes.touched):
            self.fence()
        return changes

    # -- copies meeting

    def pull(self) -> Taken:
        """Takes in what the SEF folder has, entries first, then the files they name."""
        taken = self.take_in()
        self.fence()
        return taken

    def take_in(self) -> Taken:
        """As `pull`, without writing into the folder: for one that may be read only."""
        folder = self._the_folder()
        taken = folder.pull(self.replica)
        sef = self.replica.sef()
        self.library.fence(sef)
        self.library.bring(sef, folder.file)
        return taken

    def publish(self) -> Published:
        """Puts into the SEF folder what this laptop wrote and the general evidence it lacks."""
        folder = self._the_folder()
        self.fence()
        return folder.publish(self.replica, self._shared_files())

    def repair(self) -> Published:
        """Writes back what the SEF folder lost, and takes good files from it for damaged ones."""
        folder = self._the_folder()
        sef = self.replica.sef()
        with told_kindly(folder.path):
            folder.path.mkdir(parents=True, exist_ok=True)
        folder.write_name(sef.id, sef.name)
        self.fence()
        self.library.bring(sef, folder.file, look_at_bytes=True)
        return folder.repair(self.replica, self._shared_files())

    def meet_at(self, folder: Path) -> None:
        """Another folder is the SEF folder from now on: a stick, a second share.

        Raises WorldError where it holds another SEF.
        """
        there = SefFolder(folder)
        names = any((folder / name).exists() for name in ("log", "sef.json"))
        if names and there.sef_id() != self.replica.sef_id:
            raise WorldError(f"“{folder}” holds another SEF. Choose another folder.")
        self.folder = there

    def _the_folder(self) -> SefFolder:
        if self.folder is None:
            raise WorldError(
                "This SEF was opened from a hand-over file, so there is no folder to meet. "
                "Name one: --carrier FOLDER."
            )
        return self.folder

    def hand_over(self, target: Path) -> int:
        """Everything in one file, without the bytes of restricted evidence; how many entries."""
        sef = self.replica.sef()
        return write_handover(target, self.replica, sef.name, self._shared_files())

    def take_handover(self, path: Path) -> Taken:
        """Takes in a hand-over file of this SEF. Raises WorldError for another SEF's."""
        handover = Handover(path)
        try:
            if handover.sef_id() != self.replica.sef_id:
                raise WorldError(f"“{path.name}” is another SEF's hand-over file.")
            taken = self.replica.take(handover.lines())
            self.library.fence(self.replica.sef())
            self.library.bring_from(self.replica.sef(), handover.files())
        finally:
            handover.close()
        return taken

    def verify(self, progress: Callable[[str], None] = lambda _: None) -> tuple[Finding, ...]:
        """Whether everything of this SEF on this laptop and in its folder is whole and true."""
        progress("entries")
        found = [*verify_replica(self.replica, self._marks), *verify_waiting(self.replica)]
        sef = self.replica.sef()
        progress("evidence")
        vault = self.library.vault

        def in_vault(sha256: str) -> bool | None:
            return vault.verify(sha256) if vault.has(sha256) else None

        hashes = {**restricted_files(sef), **general_files(sef)}
        found += verify_files(hashes, in_vault)
        if self.folder:
            progress("SEF folder")
            found += verify_folder(self.folder, self.replica)
            found += self.library.verify_folder_files(sef, self.folder)
        return tuple(found)

    def _shared_files(self) -> Iterator[tuple[str, Path]]:
        """General evidence that is on this laptop, as (sha256, path): what may travel."""
        sef = self.replica.sef()
        for sha256 in general_files(sef):
            if self.library.vault.has(sha256):
                yield sha256, self.library.vault.path(sha256)

    def fence(self) -> None:
        """Takes what is restricted out of the folder at hand, the index and the prepared pages.

        Raises WorldError where a file can't be taken out of the folder.
        """
        sef = self.replica.sef()
        self.library.fence(sef)
        if self.folder:
            for sha256 in restricted_files(sef):
                self.folder.take_away(sha256)


def found_sef(
    home: Home,
    folder: Path,
    desk: Desk,
    area: str,
    framework: str,
    clock: Callable[[], float],
    only: Collection[str] = (),
) -> Founded:
    """A new SEF in this folder with the framework's sections; the person at the desk owns it.

    `only` names the sections to begin with (S01, …); none means all of them. Publish it then.
    Raises WorldError when the folder holds something already, or nobody is at the desk. After any
    fault nothing of it stays, here or there.
    """
    if desk.person is None or desk.key is None:
        raise WorldError("Say who founds the SEF: --person NAME.")
    area = one_line(area)
    if not area:
        raise WorldError("A SEF needs the name of its area: --area NAME.")
    pack = load_framework(framework)
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    with told_kindly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(not item.name.startswith(".") for item in folder.iterdir()):
            raise WorldError(f"“{folder}” isn't empty. Choose a new folder for the SEF.")
    owner = FirstOwner(desk.person.name, desk.person.organisation, desk.person.partner)
    genesis, recovery = make_genesis(desk.key, owner, area, pack.id, clock)
    sef = SefId(genesis.id)
    with ExitStack() as undone:
        undone.callback(_take_back, folder, missing, home.replica(sef).parent)
        SefFolder(folder).write_name(sef, area)
        project = Project(home, sef, desk, SefFolder(folder))
        undone.callback(project.close)
        project.replica.begin(genesis)
        for section in pack.sections:
            if not only or section.ref in only:
                project.do(
                    AddSection(
                        title=section.title, ref=section.ref, target_words=section.target_words
                    )
                )
        undone.pop_all()
    return Founded(project, recovery_words(recovery))


def _take_back(folder: Path, missing: Iterable[Path], replica: Path) -> None:
    """What was begun of a new SEF goes, so that one can be made in the same place."""
    shutil.rmtree(replica, ignore_errors=True)
    with suppress(OSError):
        (folder / "sef.json").unlink(missing_ok=True)
        for path in missing:
            path.rmdir()


def open_sef(home: Home, location: Path, desk: Desk) -> Project:
    """Opens a SEF folder or a hand-over file: takes the union, then works on this laptop's copy.

    Raises WorldError where it is neither, or where the SEF's first entry hasn't come yet.
    """
    with told_kindly(location):
        is_folder = location.is_dir()
    if is_folder:
        folder = SefFolder(location)
        return _opened(home, folder.sef_id(), desk, folder, folder.beginnings, _meet)
    handover = Handover(location)
    try:
        sef, begins = handover.sef_id(), handover.beginnings()
    finally:
        handover.close()
    return _opened(
        home, sef, desk, None, lambda: begins, lambda project: project.take_handover(location)
    )


def sef_at(location: Path) -> SefId:
    """Whose SEF a folder or a hand-over file is. Raises WorldError where it is neither."""
    with told_kindly(location):
        is_folder = location.is_dir()
    if is_folder:
        return SefFolder(location).sef_id()
    handover = Handover(location)
    try:
        return handover.sef_id()
    finally:
        handover.close()


def _meet(project: Project) -> None:
    """Pulls on opening. A folder that can only be read is no reason not to read it."""
    project.take_in()
    with suppress(WorldError):
        project.fence()  # what it could not take away, verify names


def _opened(
    home: Home,
    sef: SefId,
    desk: Desk,
    folder: SefFolder | None,
    beginnings: Callable[[], frozenset[SefId]],
    take: Callable[[Project], object],
) -> Project:
    late = WorldError(
        "The beginning of this SEF isn't there yet: its first entry is missing or can't be read. "
        "Wait until the sync has finished, or ask a colleague for a hand-over file."
    )
    if not home.replica(sef).exists() and sef not in beginnings():
        raise late  # before a private folder is made for what may be no SEF at all
    project = Project(home, sef, desk, folder)
    try:
        take(project)
        if not project.replica.has_begun():
            raise late
    except BaseException:
        project.close()
        raise
    return project


def desk_of(store: KeyStore, name: str, passphrase: str, *, writing: bool) -> Desk:
    """Who is at the desk: the person named, else whoever works here. The key only for writing."""
    person = store.find(name) if name else store.at_desk()
    if person is None or not writing:
        return Desk(person)
    return Desk(person, store.key(person, passphrase))
