"""Ops as they stand in an entry's body."""

from sefwriter.ledger.fold import Fold, encode_update
from sefwriter.model.ids import is_id
from sefwriter.model.ops import Add, Delete, EditSplices, Op, Set
from sefwriter.model.text.sentences import TOUCHED_VERSION, touched
from sefwriter.model.text.splices import apply


class Encoder:
    """Writes ops down on the tables as they are. An edit of text is made as it is written."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold

    def op(self, op: Op) -> dict[str, object]:
        """One op of an act."""
        if isinstance(op, Add):
            return {"op": "add", "obj": op.obj, "fields": dict(op.fields)}
        if isinstance(op, Set):
            return {"op": "set", "obj": op.obj, "fields": dict(op.fields)}
        if isinstance(op, Delete):
            found: dict[str, object] = {"op": "delete", "obj": op.obj}
            if is_id(op.obj, "person"):
                found["last"] = self._last_numbers(op.obj)
            return found
        return self._edit(op)

    def text(self, section: str, update: bytes, before: str, after: str) -> dict[str, object]:
        """A change of a section's text that was made already, with the sentences it touched."""
        return {
            "op": "text",
            "obj": section,
            "yjs": encode_update(update),
            "touched": {"v": TOUCHED_VERSION, "sentences": list(touched(before, after))},
            "epoch": self._epoch(section),
        }

    def _edit(self, op: EditSplices) -> dict[str, object]:
        text = self._fold.text(op.obj)
        before = str(text)
        update = text.edit(op.splices)
        return self.text(op.obj, update, before, apply(before, op.splices))

    def _epoch(self, section: str) -> str:
        row = self._fold.db.first(
            "SELECT epoch FROM textop WHERE obj=? AND begins=1 ORDER BY lam DESC, log DESC LIMIT 1",
            (section,),
        )
        return str(row[0]) if row else ""

    def _last_numbers(self, person: str) -> dict[str, int]:
        """The last number here of each log of this person, under whichever of their keys."""
        roster = self._fold.roster
        rows = self._fold.db.rows("SELECT log, max(n), person FROM entry GROUP BY log")
        return {
            str(log): int(n)
            for log, n, key_id in rows
            if roster.alias.get(key_id) == roster.alias.get(person)
        }
