"""Requests as scripts and screens word them, turned into acts: names into ids and values."""

import difflib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from typing import cast

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


def _value(sef: Sef, act: str, field: Field[object], given: object) -> object:
    kind = str(field.type)
    if "tuple" in kind:
        return _words(given)
    if field.type is int or kind.startswith("int"):
        try:
            return int(str(given))
        except ValueError:
            raise WorldError(
                f"{act}: {field.name} must be a whole number, not “{given}”."
            ) from None
    if field.type is bool:
        return str(given).strip().lower() in ("1", "yes", "true")
    text = str(given)
    resolve = _RESOLVE.get(field.name)
    made_here = field.default_factory is not MISSING and text and field.name in _RESOLVE
    if resolve is None or not text or made_here:
        return text
    return resolve(sef, text)


def _words(given: object) -> tuple[str, ...]:
    if isinstance(given, list | tuple):
        return tuple(str(item) for item in cast("list[object]", given))
    text = str(given).strip()
    if text.startswith("["):
        try:
            return _words(cast("list[object]", json.loads(text)))
        except ValueError:
            raise WorldError(f"“{text}” is no list.") from None
    return tuple(word.strip() for word in text.split(",") if word.strip())


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
    """A person's id, by id or name."""
    return next((p.id for p in sef.people if name in (p.id, p.name)), name)


_RESOLVE: Mapping[str, Callable[[Sef, str], str]] = {
    "section": find_section,
    "after": find_section,
    "evidence": find_evidence,
    "action": find_action,
    "person": find_person,
    "same_as": find_person,
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
