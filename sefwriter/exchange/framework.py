"""The framework packs that come with the program, read from its resources."""

import json

from sefwriter.model.framework import Framework, framework_from
from sefwriter.resources import resource
from sefwriter.store.faults import WorldError

DEFAULT_FRAMEWORK = "area-send-2025"


def shipped_frameworks() -> tuple[str, ...]:
    """The ids of the packs that come with the program, in alphabetical order."""
    return tuple(sorted(path.stem for path in resource("framework").glob("*.json")))


def load_framework(name: str = DEFAULT_FRAMEWORK) -> Framework:
    """The shipped pack with this id.

    Raises WorldError when there is none of that name, or its file has been damaged.
    """
    shipped = shipped_frameworks()
    if name not in shipped:
        raise WorldError(
            f"There is no framework “{name}”. This version knows: {', '.join(shipped)}."
        )
    path = resource("framework", f"{name}.json")
    try:
        return framework_from(json.loads(path.read_text("utf-8")))
    except ValueError as fault:
        raise WorldError(
            f"sefwriter's own file {path.name} is damaged ({fault}). Install sefwriter again."
        ) from fault
