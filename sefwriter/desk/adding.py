"""Files become evidence: one, or those of a folder. The act is judged before a file is read."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from sefwriter.desk.library import Incoming
from sefwriter.desk.outcomes import Outcome, outcome_of
from sefwriter.desk.project import Project
from sefwriter.desk.requests import make_act, text_of
from sefwriter.ledger.replica import ChangeSet, Refused
from sefwriter.model.acts import Act, why_not
from sefwriter.model.acts.evidence import AddEvidence, RecordRendition, ReplaceEvidence
from sefwriter.model.ids import EvidenceId
from sefwriter.store.faults import WorldError

_DESKTOPS_OWN: Final = frozenset({"thumbs.db", "desktop.ini"})
_NOT_READ_YET: Final[Mapping[str, object]] = {"sha256": "0" * 64, "size": 0}


def add_evidence(project: Project, given: Mapping[str, object]) -> Outcome:
    """AddEvidence by `path`. Raises WorldError where it, or every file of a folder, is refused."""
    path = _path(project, given)
    rest = {name: value for name, value in given.items() if name != "path"}
    if not path.is_dir():
        return _add_file(project, path, rest)
    files: list[tuple[str, str, str, str]] = []
    done = Outcome("AddEvidence")
    touched: list[tuple[str, str, str]] = []
    for file in files_below(project, path):
        try:
            outcome = _add_file(project, file, rest)
        except WorldError as error:
            files.append((str(file), "", "refused", str(error)))
            continue
        files += outcome.files
        touched += outcome.touched
        done = outcome
    if not files:
        raise WorldError(f"There are no files in “{path}”.")
    if not touched:
        reasons = " ".join(dict.fromkeys(reason for _, _, _, reason in files[:3]))
        raise WorldError(f"No file of “{path}” became evidence. {reasons}")
    return replace(done, touched=tuple(touched), files=tuple(files))


def replace_evidence(project: Project, given: Mapping[str, object]) -> Outcome:
    """ReplaceEvidence by `path`."""
    path = _path(project, given)
    rest = {name: value for name, value in given.items() if name != "path"}
    act, _, changes = _take(project, "ReplaceEvidence", path, rest)
    return outcome_of("ReplaceEvidence", act, changes)


def look_for_files(project: Project, act: Act) -> None:
    """Raises WorldError where an act names a file by a hash that this laptop has no file for."""
    named: tuple[str, ...] = ()
    if isinstance(act, AddEvidence | ReplaceEvidence):
        named = (act.sha256, *((act.rendition,) if act.rendition else ()))
    elif isinstance(act, RecordRendition):
        named = (act.source, act.rendition)
    if not all(project.library.vault.has(sha256) for sha256 in named):
        raise WorldError("This laptop has no file with this SHA-256. Say which file: path=FILE.")


def _add_file(project: Project, path: Path, rest: Mapping[str, object]) -> Outcome:
    act, incoming, changes = _take(project, "AddEvidence", path, rest)
    outcome = outcome_of("AddEvidence", act, changes)
    number = project.replica.sef().evidence_by_id[EvidenceId(act.subject)].number
    row = (incoming.name, number, incoming.facts.state, incoming.facts.reason)
    return replace(outcome, files=(row,))


def _take(
    project: Project, name: str, path: Path, rest: Mapping[str, object]
) -> tuple[Act, Incoming, ChangeSet]:
    """The file read and the act done. What was read is kept once nothing stands against the act.

    Else a file that is restricted elsewhere in this SEF would leave its words on this laptop.
    """
    sef = project.sef()
    act = make_act(sef, name, {**rest, **_NOT_READ_YET, "name": path.name})
    judge(project, act)
    item = sef.evidence_by_id.get(EvidenceId(act.subject))
    restricted = (
        act.evidence_class == "restricted"
        if isinstance(act, AddEvidence)
        else item is not None and item.evidence_class == "restricted"
    )
    incoming = project.library.take_in(path, restricted=restricted)
    act = make_act(sef, name, {**rest, **incoming.fields()})
    judge(project, act)
    project.library.keep(incoming, restricted=restricted)
    return act, incoming, project.do(act)


def judge(project: Project, act: Act) -> None:
    """Raises Refused with the sentence why the person at the desk can't do this act now."""
    person = project.desk.person
    if person is None:
        return  # the one door says so
    me = project.replica.fold.roster.alias.get(person.id, person.id)
    if refused := why_not(project.sef(), me, act):
        raise Refused(refused)


def _path(project: Project, given: Mapping[str, object]) -> Path:
    text = text_of("path", given["path"])
    if not text.strip() or "\0" in text:
        raise WorldError("Say which file, or which folder of files: path=FILE.")
    path = Path(text)
    own = project.folder.path.resolve() if project.folder else None
    there = path.resolve()
    if own and (
        there == own / "sef.json" or any(there.is_relative_to(own / i) for i in ("log", "evidence"))
    ):
        raise WorldError(f"“{path}” is part of this SEF's own folder. Choose another file.")
    return path


def files_below(project: Project, folder: Path) -> Iterator[Path]:
    """The files of a folder that a person put there, by name; not what systems and programs keep.

    Raises WorldError for a folder of ours: its files would become evidence of themselves.
    """
    own = project.folder.path.resolve() if project.folder else None
    there = folder.resolve()
    if own and (there.is_relative_to(own) or own.is_relative_to(there)):
        raise WorldError(f"“{folder}” lies in this SEF's own folder, or holds it. Choose another.")
    for name, below, files in os.walk(folder):
        here = Path(name)
        if "sef.json" in files and "log" in below:
            raise WorldError(f"“{here}” is a SEF folder, no evidence. Choose another folder.")
        below[:] = sorted(child for child in below if not is_put_aside(here / child))
        yield from (here / file for file in sorted(files) if not is_put_aside(here / file))


def is_put_aside(path: Path) -> bool:
    """Whether a file or folder is what systems and programs keep, not what a person put there.

    Also links, which may lead anywhere, and the lock files of Office.
    """
    seen = getattr(path.lstat(), "st_file_attributes", 0)  # only Windows has them
    hidden = bool(seen & stat.FILE_ATTRIBUTE_HIDDEN)
    own = path.name.lower() in _DESKTOPS_OWN or path.name.startswith((".", "~$"))
    return hidden or own or path.is_symlink()
