"""Doing what a request asks: one act, or a script of acts.

Files come into the vault here, by the library.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sefwriter.desk.adding import add_evidence, look_for_files, replace_evidence
from sefwriter.desk.outcomes import Outcome, outcome_of
from sefwriter.desk.project import Project
from sefwriter.desk.requests import find_act, make_act, number_of, text_of, wants_id
from sefwriter.ledger.keys import person_id
from sefwriter.model.acts.base import not_a_hash
from sefwriter.store.faults import WorldError


def do_request(project: Project, name: str, given: Mapping[str, object]) -> Outcome:
    """One act as a script or a person words it. Raises WorldError with the sentence why not."""
    find_act(name)
    if name in _BY_PATH and "path" in given:
        return _BY_PATH[name](project, given)
    sef = project.sef()
    fields = dict(given)
    if name == "LinkPassage":
        fields = project.library.locate(sef, _looked_for(fields))
    if name == "AdmitPerson":
        fields = _admitted(project, fields)
    act = make_act(sef, name, fields)
    look_for_files(project, act)
    return outcome_of(name, act, project.do(act))


def do_script(project: Project, rows: Sequence[Mapping[str, object]], base: Path) -> list[Outcome]:
    """Acts in turn; `"as"` names what an act made, `"$name"` uses it. Stops at the first refusal.

    A `path` that isn't absolute is looked for beside the script.
    """
    names: dict[str, str] = {}
    done: list[Outcome] = []
    for row in rows:
        number = row.get("#", len(done) + 1)
        try:
            given = {
                word: _named(str(row["act"]), word, value, names)
                for word, value in row.items()
                if word not in ("act", "as", "#")
            }
            if given.get("path"):
                given["path"] = str(base / text_of("path", given["path"]))
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


def _named(act: str, word: str, value: object, names: Mapping[str, str]) -> object:
    """`$name` is what was made under this name; "$5m" is words, but where an id is wanted."""
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if value[1:] not in names and wants_id(act, word):
        raise WorldError(f"nothing was called “{value[1:]}” before.")
    return names.get(value[1:], value)


def _looked_for(fields: Mapping[str, object]) -> dict[str, object]:
    """LinkPassage's fields fit to look for the quote with: words are text, places are numbers."""
    found = dict(fields)
    for word in ("page", "occurrence"):
        if word in found:
            found[word] = number_of(f"LinkPassage: {word}", found[word])
    for word in ("quote", "evidence"):
        if word in found:
            found[word] = text_of(f"LinkPassage: {word}", found[word])
    if found.get("occurrence", 1) == 0:
        raise WorldError("Places are counted from 1: occurrence=1 is the first.")
    return found


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
    key = text_of("AdmitPerson: key", found.get("key", "")).strip().lower()
    if not_a_hash("key", key):
        raise WorldError(
            "key= must be the key that “sefwriter join” printed: 64 digits from 0 to 9 and a to f."
        )
    return found | {"key": key, "person": person_id(bytes.fromhex(key))}


_BY_PATH: Mapping[str, Callable[[Project, Mapping[str, object]], Outcome]] = {
    "AddEvidence": add_evidence,
    "ReplaceEvidence": replace_evidence,
}
