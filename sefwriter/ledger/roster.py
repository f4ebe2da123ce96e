"""The roster: who is in the SEF, with which keys and roles.

Folded from the start, by owners' entries only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from sefwriter.ledger.entry import Entry, Header
from sefwriter.ledger.keys import person_id
from sefwriter.model.ids import PersonId, is_id
from sefwriter.model.sef import Person

_OWN_FIELDS = frozenset({"name", "organisation", "partner"})


@dataclass(frozen=True)
class Roster:
    """People by id, the removed ones too. `alias` leads from each key's own id to its person.

    `caps` holds, for the keys of removed people, the last accepted number of each of their logs.
    `removals` holds, for the same keys, the entry that removed them as its log and number.
    `refused` says of entries of the roster's kind why they had no effect.
    """

    people: Mapping[PersonId, Person] = field(default_factory=dict[PersonId, Person])
    alias: Mapping[str, PersonId] = field(default_factory=dict[str, PersonId])
    caps: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, Mapping[str, int]])
    removals: Mapping[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    refused: Mapping[str, str] = field(default_factory=dict[str, str])

    def person(self, key_id: str) -> Person | None:
        """The person whose key has this id; None for somebody never admitted."""
        return self.people.get(self.alias.get(key_id, PersonId("")))

    def cap(self, key_id: str, log: str) -> int | None:
        """The last number of this log that a removal left standing; None where there was none."""
        caps = self.caps.get(key_id)
        return None if caps is None else caps.get(log, 0)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By Lamport counter, log, number: causes before effects, the same on every laptop."""
    return sorted(entries, key=lambda e: (e.header.lam, e.header.log, e.header.n))


def fold_roster(entries: Iterable[Entry]) -> Roster:
    """The roster after these entries of kinds genesis and roster, whatever order they come in."""
    folding = _Folding()
    for entry in in_order(entries):
        folding.take(entry)
    return Roster(
        people=folding.people,
        alias=folding.alias,
        caps=folding.caps,
        removals=folding.removals,
        refused=folding.refused,
    )


class _Folding:
    def __init__(self) -> None:
        self.people: dict[PersonId, Person] = {}
        self.alias: dict[str, PersonId] = {}
        self.caps: dict[str, Mapping[str, int]] = {}
        self.removals: dict[str, tuple[str, int]] = {}
        self.refused: dict[str, str] = {}

    def take(self, entry: Entry) -> None:
        first = entry.header.kind == "genesis"
        author = self.people.get(self.alias.get(entry.header.person, PersonId("")))
        if not first and author is None:
            self.refused[entry.id] = "not admitted"
            return
        if not first and not all(is_id(str(op.get("obj", "")), "person") for op in entry.ops):
            self.refused[entry.id] = "the roster's entries are about people alone"
            return
        for op in entry.ops:
            target = op.get("obj")
            if not isinstance(target, str) or not is_id(target, "person"):
                continue
            if not first and not self._may(author, op, target):
                self.refused[entry.id] = "only an owner may change the roster"
                return
        for op in entry.ops:
            target = op.get("obj")
            if isinstance(target, str) and is_id(target, "person"):
                self._apply(op, PersonId(target), entry.header)

    def _may(self, author: Person | None, op: Mapping[str, object], target: str) -> bool:
        if author is None or author.removed:
            return False
        if "owner" in author.roles:
            return True
        own = self.alias.get(target) == author.id
        return own and op.get("op") == "set" and set(_fields(op)) <= _OWN_FIELDS

    def _apply(self, op: Mapping[str, object], target: PersonId, header: Header) -> None:
        fields = _fields(op)
        if op.get("op") == "add":
            self._admit(target, fields, header.t)
        elif target in self.alias:
            person = self.people[self.alias[target]]
            if op.get("op") == "set":
                self.people[person.id] = _with(person, fields)
            elif op.get("op") == "delete":
                self.people[person.id] = replace(person, removed=True)
                last = _numbers(op.get("last"))
                for key in person.keys:
                    name = person_id(bytes.fromhex(key))
                    self.caps[name] = last
                    self.removals[name] = (header.log, header.n)

    def _admit(self, target: PersonId, fields: Mapping[str, object], when: int) -> None:
        key = fields.get("key")
        try:
            certified = isinstance(key, str) and person_id(bytes.fromhex(key)) == target
        except ValueError:
            certified = False
        if not certified or target in self.alias:
            return
        roles = _words(fields.get("roles"))
        same = self.people.get(self.alias.get(str(fields.get("same_as", "")), PersonId("")))
        if same is not None:
            # A further key of somebody known: what they were stays, unless they had been removed.
            self.alias[target] = same.id
            self.people[same.id] = replace(
                same,
                keys=(*same.keys, str(key)),
                roles=roles if same.removed else same.roles,
                removed=False,
            )
            return
        self.alias[target] = target
        self.people[target] = _with(
            Person(target, "", "", "", roles, (str(key),), enrolled=when),
            {name: value for name, value in fields.items() if name in _OWN_FIELDS},
        )


def _with(person: Person, fields: Mapping[str, object]) -> Person:
    words = {name: str(fields[name]) for name in _OWN_FIELDS if name in fields}
    found = replace(
        person,
        name=words.get("name", person.name),
        organisation=words.get("organisation", person.organisation),
        partner=words.get("partner", person.partner),
    )
    return replace(found, roles=_words(fields["roles"])) if "roles" in fields else found


def _fields(op: Mapping[str, object]) -> Mapping[str, object]:
    found = op.get("fields")
    return cast("Mapping[str, object]", found) if isinstance(found, dict) else {}


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return tuple(str(word) for word in cast("Sequence[object]", value))


def _numbers(value: object) -> Mapping[str, int]:
    if not isinstance(value, dict):
        return {}
    pairs = cast("dict[str, object]", value)
    return {log: n for log, n in pairs.items() if isinstance(n, int)}
