"""What edits of text did beside the text, so that taking an edit back takes that back, too.

Marking words as a claim also makes the claim; removing one also deletes what hung on it. The text
itself is undone by the CRDT (`crdt.py`), own edits only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sefwriter.model.ids import ClaimId, is_id
from sefwriter.model.ops import Delete, EditSplices, Op, Set
from sefwriter.model.sef import Sef


@dataclass(frozen=True, slots=True)
class Beside:
    """The claims that one edit made, and the objects that it deleted."""

    made: tuple[Set, ...] = ()
    deleted: tuple[Delete, ...] = ()

    def back(self, sef: Sef) -> tuple[Op, ...]:
        """Takes it back: a claim goes unless something rests on it by now; the deleted return."""
        bound = {*sef.passages_by_claim, *sef.actions_by_claim}
        return (
            *(Delete(op.obj) for op in self.made if ClaimId(op.obj) not in bound),
            *(Set(op.obj, {}) for op in self.deleted),
        )

    def again(self) -> tuple[Op, ...]:
        """Does it again."""
        return (*self.made, *self.deleted)


class Undoing:
    """For each section what its edits did beside the text, in step with its own undo stack."""

    def __init__(self) -> None:
        self._done: dict[str, list[Beside]] = {}
        self._undone: dict[str, list[Beside]] = {}

    def note(self, before: Sef, ops: Sequence[Op]) -> None:
        """An entry with these ops was written on that state."""
        beside = Beside(
            tuple(
                op
                for op in ops
                if isinstance(op, Set) and is_id(op.obj, "claim") and op.obj not in before.claims
            ),
            tuple(op for op in ops if isinstance(op, Delete)),
        )
        for section in [op.obj for op in ops if isinstance(op, EditSplices)]:
            self._done.setdefault(section, []).append(beside)
            self._undone.pop(section, None)

    def undone(self, section: str, depth: int) -> Beside:
        """The edit above this depth of the section's undo stack was taken back."""
        return _moved(self._done.setdefault(section, []), self._undone, section, depth)

    def redone(self, section: str, depth: int) -> Beside:
        """The edit above this depth of the section's redo stack was made again."""
        return _moved(self._undone.setdefault(section, []), self._done, section, depth)


def _moved(
    source: list[Beside], target: dict[str, list[Beside]], section: str, depth: int
) -> Beside:
    """Takes all above the depth away: the lowest of them had an effect, those above it none."""
    above = source[depth:]
    del source[depth:]
    beside = above[0] if above else Beside()
    target.setdefault(section, []).append(beside)
    return beside
