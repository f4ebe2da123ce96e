"""Requests as scripts and screens word them, turned into acts: names into ids and values."""

import difflib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from typing import Final, cast

from sefwriter.model.acts import ACTS, Act
from sefwriter.model.sef import Sef
from sefwriter.store.faults import WorldError


def act_fields(act: type[Act]) -> tuple[Field[object], ...]:
    """The fields of an act, in the order they are told in."""
    return cast("tuple[Field[object], ...]", fields(act))


def find_act(name: str) -> type[Act]:
    """The act of this name. Raises WorldError with the likeliest one meant."""
    if name in ACTS:
        return ACTS[name]
    near = difflib.get_close_matches(name, ACTS, 1, 0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise WorldError(f"There is no act “{name}”.{hint} “sefwriter acts” lists them all.")


def make_act(sef: Sef, name: str, given: Mapping[str, object]) -> Act:
    """The act that a request asks for.

    Raises WorldError naming the field that is missing or wrong.
    """
    act = find_act(name)
    known = {field.name: field for field in act_fields(act)}
    for word in given:
        if word not in known:
            names = ", ".join(known)
            raise WorldError(f"{name} has no field “{word}”; it has: {names}.")
    values: dict[str, object] = {}
    for word, field in known.items():
        if word in given:
            values[word] = _value(sef, name, field, given[word])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise WorldError(f"{name} needs {word}=…")
    return act(**values)


def wants_id(act: str, word: str) -> bool:
    """Whether this field of this act names another thing."""
    found = (
        next((f for f in act_fields(ACTS[act]) if f.name == word), None) if act in ACTS else None
    )
    if found is None:
        return False
    kind = getattr(found.type, "__name__", "")
    return kind.endswith("Id") or word in _RESOLVE or word in ("claim", "passage")


def text_of(where: str, given: object) -> str:
    """Text, or a number as it is written. Raises WorldError for what else JSON has."""
    if isinstance(given, str):
        return given
    if isinstance(given, int | float) and not isinstance(given, bool):
        return str(given)
    raise WorldError(f"{where} must be text, not {_shown(given)}. Leave out what isn't to be set.")


def number_of(where: str, given: object) -> int:
    """A whole number of 0 or more, also as text. Raises WorldError for anything else."""
    text = "" if isinstance(given, bool) else str(given).strip()
    if not _NUMBER.fullmatch(text):
        raise WorldError(f"{where} must be a whole number of 0 or more, not {_shown(given)}.")
    return int(text)


def _value(sef: Sef, act: str, field: Field[object], given: object) -> object:
    where = f"{act}: {field.name}"
    kind = str(field.type)
    if "tuple" in kind:
        return _words(where, given)
    if field.type is int or kind.startswith("int"):
        return number_of(where, given)
    if field.type is bool:
        answer = _ANSWERS.get(str(given).strip().lower())
        if answer is None:
            raise WorldError(f"{where} must be yes or no, not {_shown(given)}.")
        return answer
    text = text_of(where, given)
    resolve = _RESOLVE.get(field.name)
    made_here = field.default_factory is not MISSING and text and field.name in _RESOLVE
    if resolve is None or not text or made_here:
        return text
    return resolve(sef, text)


def _words(where: str, given: object) -> tuple[str, ...]:
    if isinstance(given, list | tuple):
        return tuple(text_of(where, item) for item in cast("list[object]", given))
    text = text_of(where, given).strip()
    if text.startswith("["):
        try:
            return _words(where, cast("list[object]", json.loads(text)))
        except (ValueError, RecursionError):
            raise WorldError(f"{where} must be words with commas between, or a list.") from None
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _shown(given: object) -> str:
    if isinstance(given, str):
        return f"“{given[:80]}”"
    if isinstance(given, list | dict):
        return "a list" if isinstance(given, list) else "an object"
    return json.dumps(given)  # null, true, a number: as the script has it


def find_section(sef: Sef, name: str) -> str:
    """A section's id, by id, by the framework's id (S04), or by its place counted from 1."""
    for place, section in enumerate(sef.sections, 1):
        if name in (section.id, str(place)) or (name.upper() == section.ref and section.ref):
            return section.id
    return name


def find_evidence(sef: Sef, name: str) -> str:
    """Evidence's id, by id or number."""
    return next((e.id for e in sef.evidence if name in (e.id, e.number)), name)


def find_action(sef: Sef, name: str) -> str:
    """An action's id, by id or number."""
    return next((a.id for a in sef.actions if name in (a.id, a.number)), name)


def find_person(sef: Sef, name: str) -> str:
    """A person's id, by id or name; of two of one name, that of who is still here."""
    here = sorted(sef.people, key=lambda person: person.removed)
    return next((p.id for p in here if name in (p.id, p.name)), name)


_RESOLVE: Mapping[str, Callable[[Sef, str], str]] = {
    "section": find_section,
    "after": find_section,
    "evidence": find_evidence,
    "action": find_action,
    "person": find_person,
    "same_as": find_person,
}
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_ANSWERS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("yes", "y", "true", "1"), True),
    **dict.fromkeys(("no", "n", "false", "0"), False),
}


def describe_act(name: str) -> dict[str, object]:
    """An act as the terminal documents it: what it does, who may, its fields."""
    act = find_act(name)
    return {
        "act": name,
        "does": (act.__doc__ or "").strip().split("\n")[0],
        "who": sorted(act.allowed),
        "fields": [_describe_field(field) for field in act_fields(act)]
        + [dict(extra) for extra in _EXTRA.get(name, ())],
    }


def _describe_field(field: Field[object]) -> dict[str, object]:
    kind = getattr(field.type, "__name__", str(field.type))
    required = field.default is MISSING and field.default_factory is MISSING
    found: dict[str, object] = {"field": field.name, "type": _plain_type(kind, str(field.type))}
    found["needed"] = required
    if field.default is not MISSING and field.default not in ("", None, ()):
        found["default"] = field.default
    return found


def _plain_type(kind: str, whole: str) -> str:
    if "tuple" in whole:
        return "words, with commas"
    if kind in ("str", "int", "bool"):
        return {"str": "text", "int": "whole number", "bool": "yes or no"}[kind]
    if kind.endswith("Id"):
        return "id"
    return "whole number" if "int" in whole else "text"


_PATH = {"field": "path", "type": "file or folder on this laptop", "needed": True}
_EXTRA: Mapping[str, tuple[Mapping[str, object], ...]] = {
    "AddEvidence": (_PATH,),
    "ReplaceEvidence": (_PATH,),
    "LinkPassage": (
        {
            "field": "occurrence",
            "type": "whole number, where the quoted words stand more than once",
            "needed": False,
        },
    ),
}
"""What a request may say that the desk turns into the act's own fields."""
