"""What is read back from this laptop's own copy, where damage is the disk's fault."""

import json
from typing import Any

from sefwriter.ledger.entry import BadEntry, Entry, read_entry
from sefwriter.ledger.tables import damaged


def stored_entry(signature: bytes, header: bytes, body: bytes | None) -> Entry:
    """The entry of a row of the replica. Raises WorldError where it was changed."""
    try:
        return read_entry(signature, header, body)
    except (BadEntry, TypeError) as error:  # a column that holds no bytes any more
        raise damaged(str(error)) from error


def stored_json(column: object) -> Any:  # noqa: ANN401 - whatever was stored
    """The value of a column that holds JSON. Raises WorldError where it was changed."""
    try:
        return json.loads(str(column))
    except ValueError as error:
        raise damaged("a column that can't be read") from error
