"""Adding evidence files from a window: read beside the desk, added one after the other at it."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sefwriter.desk.adding import is_put_aside, judge
from sefwriter.desk.library import Incoming
from sefwriter.desk.office import Office, Ticket
from sefwriter.desk.project import Project
from sefwriter.desk.requests import make_act
from sefwriter.model.acts import ReplaceEvidence
from sefwriter.model.acts.evidence import same_bytes
from sefwriter.model.ids import EvidenceId
from sefwriter.store.faults import Cancelled, WorldError


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file.

    `state` is a word of EvidenceState for a file that was added (its `reason` says what is wrong
    with it), `here` for one that is evidence already, `refused` for one that wasn't taken.
    """

    path: str
    number: str = ""
    state: str = "refused"
    reason: str = ""
    evidence: str = ""


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those of the folders named, without hidden ones; each once."""
    return list(dict.fromkeys(file for path in paths for file in _unfolded(path)))


def add_files(
    office: Office, ticket: Ticket, paths: Sequence[Path], fields: Mapping[str, object]
) -> tuple[Added, ...]:
    """Adds files and folders of files, from a worker's thread. Stopped: what was added so far.

    `fields` are AddEvidence's, for all of them. `ticket.progress` is (name, files done, files).
    """
    files = files_in(paths)
    done: list[Added] = []
    for at, path in enumerate(files):
        ticket.progress = (path.name, at, len(files))
        try:
            done.append(_add(office, ticket, path, fields))
        except WorldError as error:
            done.append(Added(str(path), reason=str(error)))
        except Cancelled:
            break
    return tuple(done)


def replace_file(office: Office, ticket: Ticket, evidence: EvidenceId, path: Path) -> Added:
    """A new version of evidence. Raises WorldError with the sentence why not, Cancelled."""
    sef = office.ask_and_wait(lambda project: project.sef())
    item = sef.evidence_by_id[evidence]
    restricted = item.evidence_class == "restricted"
    ticket.progress = (path.name, 0, 1)
    incoming = _take_in(office, ticket, path, restricted=restricted)

    def keep(project: Project) -> Added:
        kept = incoming.kept
        act = ReplaceEvidence(
            evidence=evidence,
            sha256=kept.sha256,
            name=incoming.name,
            size=kept.size,
            rendition=incoming.rendition,
            converter=incoming.converter,
        )
        judge(project, act)
        project.library.keep(incoming, restricted=restricted)
        project.do(act)
        facts = incoming.facts
        return Added(str(path), item.number, facts.state, facts.reason, evidence)

    return office.ask_and_wait(keep)


def _add(office: Office, ticket: Ticket, path: Path, fields: Mapping[str, object]) -> Added:
    restricted = fields.get("evidence_class") == "restricted"
    incoming = _take_in(office, ticket, path, restricted=restricted)

    def keep(project: Project) -> Added:
        sef = project.sef()
        twin = same_bytes(sef, incoming.kept.sha256)
        if twin:
            return Added(str(path), twin.number, "here", f"It is {twin.title}.", twin.id)
        title = {"title": " ".join(path.stem.replace("_", " ").split())}
        act = make_act(sef, "AddEvidence", {**title, **fields, **incoming.fields()})
        judge(project, act)
        project.library.keep(incoming, restricted=restricted)
        project.do(act)
        number = project.replica.sef().evidence_by_id[EvidenceId(act.subject)].number
        facts = incoming.facts
        return Added(str(path), number, facts.state, facts.reason, act.subject)

    return office.ask_and_wait(keep)


def _take_in(office: Office, ticket: Ticket, path: Path, *, restricted: bool) -> Incoming:
    if ticket.is_stopped():
        raise Cancelled
    library = office.ask_and_wait(lambda project: project.library)
    incoming = library.take_in(path, restricted=restricted, stop=ticket.is_stopped)
    if ticket.is_stopped():
        raise Cancelled
    return incoming


def _unfolded(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for name, below, files in os.walk(path):
        here = Path(name)
        below[:] = sorted(child for child in below if not is_put_aside(here / child))
        yield from (here / file for file in sorted(files) if not is_put_aside(here / file))
