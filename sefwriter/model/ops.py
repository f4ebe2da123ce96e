"""What an act does to the SEF, in the only four ways there are.

Merging reads these and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sefwriter.model.text.splices import Splice

Value = str | int | Sequence[str] | Mapping[str, str]
"""What a field may hold: canonical JSON knows whole numbers and strings, no fractions, no null."""


@dataclass(frozen=True, slots=True)
class Add:
    """A new object whose fields never change."""

    obj: str
    fields: Mapping[str, Value] = field(default_factory=dict[str, Value])


@dataclass(frozen=True, slots=True)
class Set:
    """New values for fields that may change; each field is a register of its own."""

    obj: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Delete:
    """The object goes. Holds only against edits it had seen."""

    obj: str


@dataclass(frozen=True, slots=True)
class EditSplices:
    """Splices of a section's text, in code points, to be applied in the order given."""

    obj: str
    splices: tuple[Splice, ...]


Op = Add | Set | Delete | EditSplices
