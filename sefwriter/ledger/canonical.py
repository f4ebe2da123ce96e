"""Canonical JSON: one spelling for one value, so that a hash means the value and not its spelling.

Whole numbers, strings, lists and objects with string keys; no fractions, no true, false or null.
Keys are sorted by code point, there is no white space, and text is UTF-8 as it stands.
"""

import json
import re
from typing import cast

_TOO_DEEP = "nested too deep"
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class NotCanonical(ValueError):
    """Bytes that are no canonical JSON, or a value that can't be written as such."""


def canonical(value: object) -> bytes:
    """The one spelling of a value. Raises NotCanonical for fractions, null and other types.

    Half surrogate pairs, which no UTF-8 can hold, become U+FFFD.
    """
    try:
        text = json.dumps(
            _checked(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
    except RecursionError:
        raise NotCanonical(_TOO_DEEP) from None
    return text.encode("utf-8")


def parse(data: bytes) -> object:
    """The value of canonical bytes. Raises NotCanonical for any other spelling of it."""
    try:
        value = json.loads(data.decode("utf-8"))
        if canonical(value) != data:
            raise NotCanonical("another spelling")
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotCanonical(str(error)) from None
    except RecursionError:
        raise NotCanonical(_TOO_DEEP) from None
    except ValueError as error:  # a whole number of more digits than Python reads
        raise NotCanonical(str(error)) from None
    return value


def _checked(value: object) -> object:
    if isinstance(value, str):
        return _HALF_PAIR.sub("\ufffd", value)
    if isinstance(value, bool) or value is None or isinstance(value, float):
        raise NotCanonical(f"no place for {value!r}")
    if isinstance(value, int):
        return value
    if isinstance(value, list | tuple):
        return [_checked(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        pairs = cast("dict[object, object]", value)
        if not all(isinstance(key, str) for key in pairs):
            raise NotCanonical("a key that is no string")
        return {_checked(key): _checked(item) for key, item in pairs.items()}
    raise NotCanonical(f"no place for {type(value).__name__}")
