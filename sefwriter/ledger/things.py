"""The living objects of the tables, each with its fields as they are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from sefwriter.ledger.fold import SIGNED, Fold
from sefwriter.ledger.stored import stored_json
from sefwriter.model.ids import LETTERS, SEF_OBJECT, EntryId, PersonId

FIELDS: Mapping[str, frozenset[str]] = {
    "s": frozenset({"ref", "title", "position", "owner", "target_words"}),
    "c": frozenset({"kind", "partners", "inquiries", "as_at"}),
    "p": frozenset(
        [
            "claim",
            "evidence",
            "sha256",
            "rendition",
            "page",
            "page_to",
            "quote",
            "before",
            "after",
            "sheet",
            "cells",
            "stance",
            "note",
        ]
    ),
    "a": frozenset(
        [
            "number",
            "text",
            "owner",
            "partner",
            "start",
            "due",
            "priority",
            "status",
            "rag",
            "rag_reason",
            "baseline",
            "target",
            "measure",
            "progress",
            "impact",
        ]
    ),
}
"""The fields this version knows of objects a digest covers; any other is a newer version's."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One object as the tables have it: fixed and shown fields together, and where it was added."""

    id: str
    fields: Mapping[str, object]
    lam: int
    log: str
    n: int

    def word(self, name: str) -> str:
        """A field as a string; "" when it isn't there."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else str(value)

    def number(self, name: str) -> int:
        """A field as a whole number; 0 when it isn't one."""
        value = self.fields.get(name, 0)
        return value if isinstance(value, int) else 0

    def words(self, name: str) -> tuple[str, ...]:
        """A field as a list of words; empty when it isn't one."""
        value = self.fields.get(name)
        if not isinstance(value, list):
            return ()
        return tuple(str(item) for item in cast("list[object]", value))

    def parts(self, name: str) -> Mapping[str, str]:
        """A field as words by name; empty when it isn't such a thing."""
        value = self.fields.get(name)
        if not isinstance(value, dict):
            return {}
        return {str(k): str(v) for k, v in cast("dict[object, object]", value).items()}


class Things:
    """All living objects of the tables, by kind, in the order they were added."""

    def __init__(self, fold: Fold) -> None:
        self._fold = fold
        self.also: dict[tuple[str, str], tuple[str, ...]] = {}
        self.also_by: dict[tuple[str, str], tuple[PersonId, ...]] = {}
        self.came_back: set[str] = set()
        self.setters: dict[tuple[str, str], PersonId] = {}
        self.newer: set[str] = set()
        self._people: dict[str, PersonId] = {}
        self._times: dict[tuple[str, int], tuple[EntryId, int]] = {}
        self._by_letter: dict[str, list[Thing]] = {}
        self._read()

    def of(self, kind: str) -> list[Thing]:
        """Living objects of a kind of LETTERS."""
        return self._by_letter.get(LETTERS[kind], [])

    def sef_fields(self) -> Mapping[str, str]:
        """The SEF's own name, framework and settings."""
        found = self._by_letter.get(SEF_OBJECT, [])
        return {name: str(value) for name, value in found[0].fields.items()} if found else {}

    def person(self, thing: Thing) -> PersonId:
        """Who added an object."""
        return self._person_of(thing.log)

    def entry(self, thing: Thing) -> tuple[EntryId, int]:
        """The entry that added an object, and its wall-clock time (for display only)."""
        place = (thing.log, thing.n)
        if place not in self._times:
            row = self._fold.db.first("SELECT id, t FROM entry WHERE log=? AND n=?", place)
            self._times[place] = (EntryId(row[0]), int(row[1])) if row else (EntryId(""), 0)
        return self._times[place]

    def _person_of(self, log: str) -> PersonId:
        if log not in self._people:
            self._people[log] = self._fold.person_of_log(log)
        return self._people[log]

    def _read(self) -> None:
        fields: dict[str, dict[str, object]] = {}
        born: dict[str, tuple[int, str, int]] = {}
        added = self._fold.db.rows("SELECT * FROM object ORDER BY lam, log, n, obj")
        for obj, fixed, lam, log, n in added:
            if obj[:1] in SIGNED:
                # Every one stands: nobody hides another's signature by an earlier one of its id.
                thing = Thing(obj, stored_json(fixed), lam, log, n)
                self._by_letter.setdefault(obj[0], []).append(thing)
            elif obj not in born:
                fields[obj] = stored_json(fixed)
                born[obj] = (lam, log, n)
        fixed_names = {obj: frozenset(names) for obj, names in fields.items()}
        shown: dict[tuple[str, str], str] = {}
        rows = self._fold.db.rows("SELECT * FROM register ORDER BY lam, log, n")
        for obj, name, value, lam, log, n in rows:
            if name in fixed_names.get(obj, ()):
                continue  # what an object was added with never changes
            place = (obj, name)
            if place in shown and shown[place] != value:
                self.also_by[place] = (*self.also_by.get(place, ()), self.setters[place])
                self.also[place] = (*self.also.get(place, ()), str(stored_json(shown[place])))
            shown[place] = value
            fields.setdefault(obj, {})[name] = stored_json(value)
            self.setters[place] = self._person_of(log)
            born.setdefault(obj, (lam, log, n))
        dead = self._dead()
        for obj, newer in self._fold.db.rows("SELECT obj, max(newer) FROM touch GROUP BY obj"):
            if newer:
                self.newer.add(obj)
        for obj, (lam, log, n) in sorted(born.items(), key=lambda item: (item[1], item[0])):
            if obj not in dead:
                letter = obj if obj == SEF_OBJECT else obj[0]
                if not set(fields[obj]) <= FIELDS.get(letter, frozenset(fields[obj])):
                    self.newer.add(obj)
                thing = Thing(obj, fields[obj], lam, log, n)
                self._by_letter.setdefault(letter, []).append(thing)

    def _dead(self) -> frozenset[str]:
        """Objects with a deletion that had seen every edit of them."""
        dead: set[str] = set()
        for obj, log, n, vv in self._fold.db.rows("SELECT obj, log, n, vv FROM deletion"):
            past = stored_json(vv)
            edits = self._fold.db.rows("SELECT log, n FROM touch WHERE obj=?", (obj,))
            if all(past.get(other, 0) >= last for other, last in edits):
                dead.add(obj)
            elif not self._seen((log, n), edits):
                self.came_back.add(obj)
        self.came_back -= dead
        return frozenset(dead)

    def _seen(self, deletion: tuple[str, int], edits: Iterable[tuple[str, int]]) -> bool:
        """Whether an edit was made by somebody who knew of the deletion: then it is wanted."""
        for log, n in edits:
            row = self._fold.db.first("SELECT vv FROM entry WHERE log=? AND n=?", (log, n))
            if row and stored_json(row[0]).get(deletion[0], 0) >= deletion[1]:
                return True
        return False
