"""Fields and scripts as they were typed, read before anything is done with them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from sefwriter.store.faults import WorldError


def typed_fields(words: Iterable[str]) -> dict[str, object]:
    """The fields of `field=value`, `field=@file`; `@@` begins a value that begins with @."""
    found: dict[str, object] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise WorldError(f"“{word}” is no field: write it as field=value or field=@file.")
        if value.startswith("@@"):
            found[name] = value[1:]
        elif value.startswith("@"):
            try:
                found[name] = Path(value[1:]).read_text(encoding="utf-8-sig")
            except (OSError, ValueError) as error:
                raise WorldError(
                    f"“{value[1:]}” can't be read as text. Look at its name, or write @@ where the "
                    "value itself begins with @."
                ) from error
        else:
            found[name] = value
    return found


def script_rows(path: Path) -> list[dict[str, object]]:
    """The acts of a script, a JSON object a line, each with its line's number under "#"."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise WorldError(f"The script “{path}” can't be read. Look at its name.") from error
    found: list[dict[str, object]] = []
    # Not splitlines: a line end of Unicode's may stand inside a JSON string.
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            value = json.loads(row)
        except ValueError as error:
            raise WorldError(f"Line {number} of {path.name} is no JSON: {error}.") from None
        except RecursionError:
            raise WorldError(
                f"Line {number} of {path.name} has lists in lists without end. Write it flat."
            ) from None
        fields = cast("dict[str, object]", value) if isinstance(value, dict) else {}
        if not isinstance(fields.get("act"), str):
            raise WorldError(f'Line {number} of {path.name} needs {{"act": "…"}}.')
        found.append({**fields, "#": number})
    return found
