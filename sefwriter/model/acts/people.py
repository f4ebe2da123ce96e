"""Acts on people, roles and the SEF's own settings. Entries of these can never be erased."""

from dataclasses import dataclass
from typing import ClassVar

from sefwriter.model.acts.base import ANYBODY, OWNERS, Act, changed, first, not_a_hash, not_a_word
from sefwriter.model.ids import SEF_OBJECT, PersonId
from sefwriter.model.ops import Add, Delete, Op, Set, Value
from sefwriter.model.sef import Person, Sef
from sefwriter.model.words import PARTNERS, ROLES


@dataclass(frozen=True, kw_only=True)
class AdmitPerson(Act):
    """An owner admits a key, whose six words were read out and compared.

    `person` is the key's own id, which the desk makes from the key. `same_as` names somebody who
    is here already and has a new laptop or lost a passphrase.
    """

    person: PersonId
    key: str
    name: str
    organisation: str = ""
    partner: str = ""
    roles: tuple[str, ...] = ("author",)
    same_as: str = ""
    allowed: ClassVar[frozenset[str]] = OWNERS
    entry_kind: ClassVar[str] = "roster"

    @property
    def subject(self) -> str:
        return self.person

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        fixed: dict[str, Value] = {
            "key": self.key,
            "name": self.name,
            "organisation": self.organisation,
            "partner": self.partner,
            "roles": sorted(self.roles),
            "same_as": self.same_as,
        }
        return (Add(self.person, fixed),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        known = next((item for item in sef.people if self.key in item.keys), None)
        twin = _same_name(sef, self.name, "")
        return first(
            not_a_hash("The key", self.key),
            f"This key is {known.name}'s, who is here already." if known else None,
            None if self.name.strip() else "A person needs a name or a role's name.",
            f"There is a {self.name} already; say same_as={twin.id} if it is the same person with "
            "a new key, or give another name."
            if twin and not self.same_as
            else None,
            not_a_word("The partner", self.partner, PARTNERS),
            *(not_a_word("A role", role, ROLES) for role in self.roles),
            None
            if not self.same_as or PersonId(self.same_as) in sef.person_by_id
            else f"There is no person “{self.same_as}” in this SEF.",
        )


@dataclass(frozen=True, kw_only=True)
class RemovePerson(Act):
    """A person goes; what they wrote so far stays, nothing they write from now on is taken."""

    person: PersonId
    allowed: ClassVar[frozenset[str]] = OWNERS
    entry_kind: ClassVar[str] = "roster"

    @property
    def subject(self) -> str:
        return self.person

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return (Delete(self.person),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = _no_person(sef, self.person)
        if refused or not sef.person_by_id[self.person].removed:
            return refused or _last_owner(sef, self.person)
        return f"{sef.name_of(self.person)} was removed already."


@dataclass(frozen=True, kw_only=True)
class SetRoles(Act):
    """Other roles for a person."""

    person: PersonId
    roles: tuple[str, ...]
    allowed: ClassVar[frozenset[str]] = OWNERS
    entry_kind: ClassVar[str] = "roster"

    @property
    def subject(self) -> str:
        return self.person

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        if tuple(sorted(self.roles)) == tuple(sorted(sef.person_by_id[self.person].roles)):
            return ()
        return (Set(self.person, {"roles": sorted(self.roles)}),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            _no_person(sef, self.person),
            *(not_a_word("A role", role, ROLES) for role in self.roles),
            None if "owner" in self.roles else _last_owner(sef, self.person),
        )


@dataclass(frozen=True, kw_only=True)
class SetPerson(Act):
    """Another name, organisation or partner: one's own, or anybody's for an owner."""

    person: PersonId
    name: str | None = None
    organisation: str | None = None
    partner: str | None = None
    allowed: ClassVar[frozenset[str]] = ANYBODY
    entry_kind: ClassVar[str] = "roster"

    @property
    def subject(self) -> str:
        return self.person

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        given: dict[str, str | int | None] = {
            "name": self.name,
            "organisation": self.organisation,
            "partner": self.partner,
        }
        fields = changed(given, sef.person_by_id[self.person])
        return (Set(self.person, fields),) if fields else ()

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        me = sef.person_by_id.get(person)
        others = person != self.person and not (me and me.has_role("owner"))
        return first(
            _no_person(sef, self.person),
            "Only an owner can change somebody else's entry." if others else None,
            not_a_word("The partner", self.partner, PARTNERS),
            "A person needs a name." if self.name is not None and not self.name.strip() else None,
            f"There is a {self.name} already; give another name."
            if self.name is not None and _same_name(sef, self.name, self.person)
            else None,
        )


@dataclass(frozen=True, kw_only=True)
class SetSetting(Act):
    """One of the SEF's own settings. `name` is `area` or a word for a setting."""

    name: str
    value: str
    allowed: ClassVar[frozenset[str]] = OWNERS

    @property
    def subject(self) -> str:
        return SEF_OBJECT

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        now = sef.name if self.name == "area" else sef.settings.get(self.name)
        return () if now == self.value else (Set(SEF_OBJECT, {self.name: self.value}),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        if self.name == "framework":
            return "The framework is chosen when a SEF is made."
        if self.name == "area" and not self.value:
            return "A SEF needs the name of its area."
        return None if self.name.strip() else "Say which setting."


def _same_name(sef: Sef, name: str, apart_from: str) -> Person | None:
    """Somebody else of this name: one name is one person, wherever it is read."""
    return next(
        (p for p in sef.people if p.name == name and p.id != apart_from and not p.removed), None
    )


def _no_person(sef: Sef, person: str) -> str | None:
    if PersonId(person) in sef.person_by_id:
        return None
    return f"There is no person “{person}” in this SEF."


def _last_owner(sef: Sef, person: PersonId) -> str | None:
    others = [item for item in sef.people if item.has_role("owner") and item.id != person]
    return None if others else "Somebody must own the SEF; make another person an owner first."
