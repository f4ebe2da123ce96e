"""Doing what a request asks: one act, or a script of acts.

Files come into the vault here, by the library.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sefwriter.desk.library import Incoming
from sefwriter.desk.project import Project
from sefwriter.desk.requests import find_act, find_evidence, make_act
from sefwriter.ledger.keys import person_id
from sefwriter.ledger.replica import ChangeSet
from sefwriter.model.acts import Act
from sefwriter.model.acts.evidence import AddEvidence, RecordRendition, ReplaceEvidence
from sefwriter.model.ids import LETTERS, SEF_OBJECT
from sefwriter.model.sef import Sef
from sefwriter.store.faults import WorldError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request.

    `touched` are (kind, id, how); `files` (path, evidence, state, why).
    """

    act: str
    entry: str = ""
    subject: str = ""
    touched: tuple[tuple[str, str, str], ...] = ()
    files: tuple[tuple[str, str, str, str], ...] = field(default=())

    def lines(self) -> list[str]:
        """The same for people."""
        if self.files:
            return [
                f"{path}: {evidence} {state}{'. ' + why if why else ''}"
                for path, evidence, state, why in self.files
            ]
        if not self.entry:
            return [f"{self.act}: nothing to change."]
        return [f"{self.act}: done ({self.subject})." if self.subject else f"{self.act}: done."]


def do_request(project: Project, name: str, given: Mapping[str, object]) -> Outcome:
    """One act as a script or a person words it. Raises WorldError with the sentence why not."""
    find_act(name)
    if name == "AddEvidence" and "path" in given:
        return _add_evidence(project, given)
    sef = project.sef()
    fields = dict(given)
    if name == "ReplaceEvidence" and "path" in fields:
        fields |= _incoming(project, sef, fields, str(fields.pop("path")))
    if name == "LinkPassage":
        fields = project.library.locate(sef, fields)
    if name == "AdmitPerson":
        fields = _admitted(project, fields)
    act = make_act(sef, name, fields)
    _look_for_files(project, act)
    return outcome_of(name, act, project.do(act))


def do_script(project: Project, rows: Sequence[Mapping[str, object]], base: Path) -> list[Outcome]:
    """Acts in turn; `"as"` names what an act made, `"$name"` uses it. Stops at the first refusal.

    A `path` that isn't absolute is looked for beside the script.
    """
    names: dict[str, str] = {}
    done: list[Outcome] = []
    for row in rows:
        number = row.get("#", len(done) + 1)
        given = {k: _named(v, names, number) for k, v in row.items() if k not in ("act", "as", "#")}
        if "path" in given:
            given["path"] = str(base / str(given["path"]))
        try:
            outcome = do_request(project, str(row["act"]), given)
        except WorldError as error:
            raise WorldError(
                f"Line {number}, {row['act']}: {error}{_so_far(done, rows)}"
            ) from error
        if row.get("as"):
            names[str(row["as"])] = outcome.subject
        done.append(outcome)
    return done


def _so_far(done: Sequence[Outcome], rows: Sequence[Mapping[str, object]]) -> str:
    """What of a script that stops was done, since it stays done."""
    if not done:
        return " Nothing was done."
    first, last = rows[0].get("#", 1), rows[len(done) - 1].get("#", len(done))
    return f" Line {first} was done." if first == last else f" Lines {first} to {last} were done."


def outcome_of(name: str, act: Act, changes: ChangeSet) -> Outcome:
    """What a done act tells."""
    touched = tuple((kind_of(obj), obj, how) for obj, how in changes.touched)
    return Outcome(name, changes.entry, _made_by(name, act, changes), touched)


def kind_of(obj: str) -> str:
    """The kind of object an id is of, in the glossary's words."""
    if obj == SEF_OBJECT:
        return "sef"
    return next((kind for kind, letter in LETTERS.items() if obj[:1] == letter), "")


def _made_by(name: str, act: Act, changes: ChangeSet) -> str:
    """The id a script means when it calls an act's product by a name."""
    if name == "SignOff":
        return next((obj for obj, how in changes.touched if how == "added"), act.subject)
    return act.subject


def _named(value: object, names: Mapping[str, str], number: object) -> object:
    if isinstance(value, str) and value.startswith("$"):
        if value[1:] not in names:
            raise WorldError(f"Line {number}: nothing was called “{value[1:]}” before.")
        return names[value[1:]]
    return value


def _add_evidence(project: Project, given: Mapping[str, object]) -> Outcome:
    path = Path(str(given["path"]))
    rest = {name: value for name, value in given.items() if name != "path"}
    if not path.is_dir():
        incoming = project.library.take_in(path, restricted=_is_restricted(rest))
        return _keep(project, incoming, rest)
    files: list[tuple[str, str, str, str]] = []
    touched: list[tuple[str, str, str]] = []
    entry = subject = ""
    for file in sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")):
        try:
            incoming = project.library.take_in(file, restricted=_is_restricted(rest))
            outcome = _keep(project, incoming, rest)
        except WorldError as error:
            files.append((str(file), "", "refused", str(error)))
            continue
        files += outcome.files
        touched += outcome.touched
        entry, subject = outcome.entry, outcome.subject
    if not files:
        raise WorldError(f"There are no files in “{path}”.")
    return Outcome("AddEvidence", entry, subject, tuple(touched), tuple(files))


def _keep(project: Project, incoming: Incoming, rest: Mapping[str, object]) -> Outcome:
    sef = project.sef()
    act = make_act(sef, "AddEvidence", {**rest, **incoming.fields()})
    changes = project.do(act)
    project.library.index(incoming, restricted=_is_restricted(rest))
    outcome = outcome_of("AddEvidence", act, changes)
    number = project.replica.sef().evidence_by_id[act.subject].number  # pyright: ignore[reportArgumentType]
    row = (incoming.name, number, incoming.facts.state, incoming.facts.reason)
    return Outcome("AddEvidence", outcome.entry, outcome.subject, outcome.touched, (row,))


def _incoming(
    project: Project, sef: Sef, fields: Mapping[str, object], path: str
) -> dict[str, object]:
    item = next(
        (e for e in sef.evidence if e.id == find_evidence(sef, str(fields.get("evidence", "")))),
        None,
    )
    restricted = item is not None and item.evidence_class == "restricted"
    incoming = project.library.take_in(Path(path), restricted=restricted)
    project.library.index(incoming, restricted=restricted)
    return incoming.fields()


def _look_for_files(project: Project, act: Act) -> None:
    """Raises WorldError where an act names a file by a hash that this laptop has no file for."""
    named: tuple[str, ...] = ()
    if isinstance(act, AddEvidence | ReplaceEvidence):
        named = (act.sha256, *((act.rendition,) if act.rendition else ()))
    elif isinstance(act, RecordRendition):
        named = (act.source, act.rendition)
    if not all(project.library.vault.has(sha256) for sha256 in named):
        raise WorldError("This laptop has no file with this SHA-256. Say which file: path=FILE.")


def _is_restricted(fields: Mapping[str, object]) -> bool:
    return fields.get("evidence_class") == "restricted"


def _admitted(project: Project, fields: Mapping[str, object]) -> dict[str, object]:
    """AdmitPerson by key, or by the name of somebody who works on this laptop too."""
    found = dict(fields)
    if "key" not in found and "person" in found:
        known = project.desk_people().find(str(found.pop("person")))
        found = {
            "name": known.name,
            "organisation": known.organisation,
            "partner": known.partner,
            **found,
            "key": known.public,
        }
    try:
        found["person"] = person_id(bytes.fromhex(str(found.get("key", ""))))
    except ValueError:
        raise WorldError("key= must be the key that “sefwriter join” printed.") from None
    return found
