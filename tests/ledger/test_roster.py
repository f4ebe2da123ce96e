import random
from pathlib import Path

import pytest

from sefwriter.ledger.entry import Entry, make_entry
from sefwriter.ledger.genesis import FirstOwner, make_genesis
from sefwriter.ledger.keys import SigningKey, log_id, new_key
from sefwriter.ledger.replica import Refused
from sefwriter.ledger.roster import Roster, fold_roster
from sefwriter.model.ids import PersonId
from tests.ledger.team import NOW, Team, comparable, rebuilt

OWNER = new_key()
GENESIS, RECOVERY = make_genesis(OWNER, FirstOwner("lead", "Council"), "Area", "f", lambda: NOW)


def change(lam: int, key: SigningKey, *ops: dict[str, object]) -> Entry:
    """A roster entry of this height; folding looks at no chain."""
    fields = {
        "sef": GENESIS.id,
        "log": log_id(key.public, lam.to_bytes(16, "big")),
        "n": 1,
        "prev": "",
        "seen": {},
        "lam": lam,
        "t": NOW + lam,
        "person": key.person,
        "kind": "roster",
        "obj": "",
        "key": key.public.hex(),
        "random": lam.to_bytes(16, "big").hex(),
    }
    return make_entry(key, fields, "x", ops)


def admitting(key: SigningKey, name: str, *roles: str, same_as: str = "") -> dict[str, object]:
    fields = {"key": key.public.hex(), "name": name, "roles": list(roles), "same_as": same_as}
    return {"op": "add", "obj": key.person, "fields": fields}


def setting(person: str, **fields: object) -> dict[str, object]:
    return {"op": "set", "obj": person, "fields": fields}


def removing(person: str, **last: int) -> dict[str, object]:
    return {"op": "delete", "obj": person, "last": last}


def roles(roster: Roster, person: str) -> tuple[str, ...]:
    return roster.people[PersonId(person)].roles


def test_genesis_makes_one_owner_with_a_recovery_key() -> None:
    roster = fold_roster([GENESIS])
    (owner,) = roster.people.values()
    assert (owner.name, owner.organisation, set(owner.roles)) == (
        "lead",
        "Council",
        {"owner", "author"},
    )
    assert owner.keys == (OWNER.public.hex(), RECOVERY.public.hex())
    assert roster.person(RECOVERY.person) == owner
    assert roster.person(new_key().person) is None


def test_folding_does_not_depend_on_the_order_of_arrival() -> None:
    people = [new_key() for _ in range(5)]
    entries = [GENESIS]
    chance = random.Random(4)
    for lam in range(2, 40):
        key = chance.choice([OWNER, OWNER, RECOVERY, *people])
        person = chance.choice(people)
        other = chance.choice([OWNER, *people])
        op = chance.choice(
            [
                admitting(person, f"P{lam}", "author"),
                admitting(person, f"P{lam}", "owner", same_as=other.person),
                setting(person.person, roles=["reviewer"]),
                setting(person.person, name=f"Q{lam}"),
                removing(person.person, a=lam),
            ]
        )
        entries.append(change(lam, key, op))
    once = fold_roster(entries)
    for _ in range(20):
        chance.shuffle(entries)
        assert fold_roster(entries) == once
    assert once.refused, "some were refused"


def test_changes_by_people_who_own_nothing_are_ignored_whole() -> None:
    author, other = new_key(), new_key()
    admitted = change(2, OWNER, admitting(author, "author", "author"))
    for op in (
        admitting(other, "x", "reviewer"),
        setting(OWNER.person, name="Mine"),
        setting(author.person, roles=["owner"]),
        removing(OWNER.person),
    ):
        forged = change(3, author, setting(author.person, name="Me"), op)
        roster = fold_roster([GENESIS, admitted, forged])
        assert roster == fold_roster([GENESIS, admitted]).__class__(
            **{**vars(fold_roster([GENESIS, admitted])), "refused": roster.refused}
        )
        assert "owner" in roster.refused[forged.id]
    stranger = change(3, other, setting(author.person, name="x"))
    assert fold_roster([GENESIS, admitted, stranger]).refused[stranger.id] == "not admitted"


def test_own_name_organisation_and_partner_may_be_set() -> None:
    author = new_key()
    entries = [
        GENESIS,
        change(2, OWNER, admitting(author, "author", "author")),
        change(3, author, setting(author.person, name="New", partner="health")),
    ]
    person = fold_roster(entries).people[author.person]
    assert (person.name, person.partner, person.roles) == ("New", "health", ("author",))


def test_further_key_is_the_same_person_with_what_they_were() -> None:
    author, second = new_key(), new_key()
    entries = [
        GENESIS,
        change(2, OWNER, admitting(author, "author", "author")),
        change(3, OWNER, admitting(second, "another", "owner", same_as=author.person)),
    ]
    roster = fold_roster(entries)
    assert roster.person(second.person) == roster.person(author.person)
    assert roles(roster, author.person) == ("author",)
    assert roster.people[author.person].name == "author"
    third = new_key()
    entries.append(change(4, OWNER, admitting(third, "x", "author", same_as=second.person)))
    assert fold_roster(entries).alias[third.person] == author.person


def test_removal_caps_every_key_and_readmission_lifts_nothing_of_it() -> None:
    author, second, third = new_key(), new_key(), new_key()
    entries = [
        GENESIS,
        change(2, OWNER, admitting(author, "author", "author")),
        change(3, OWNER, admitting(second, "author", "author", same_as=author.person)),
        change(4, OWNER, removing(author.person, mylog=7)),
    ]
    roster = fold_roster(entries)
    assert roster.people[author.person].removed
    assert roster.cap(author.person, "mylog") == roster.cap(second.person, "mylog") == 7
    assert roster.cap(second.person, "a log nobody knew of") == 0
    assert roster.cap(OWNER.person, "mylog") is None
    entries.append(change(5, OWNER, admitting(third, "x", "reviewer", same_as=author.person)))
    roster = fold_roster(entries)
    assert not roster.people[author.person].removed
    assert roles(roster, author.person) == ("reviewer",)
    assert roster.cap(author.person, "mylog") == 7
    assert roster.cap(third.person, "new log") is None


def test_removed_owner_changes_nothing_any_more() -> None:
    second, friend = new_key(), new_key()
    entries = [
        GENESIS,
        change(2, OWNER, admitting(second, "second", "owner")),
        change(3, OWNER, removing(second.person)),
        change(4, second, admitting(friend, "friend", "owner")),
        change(5, second, setting(second.person, name="Still here")),
    ]
    roster = fold_roster(entries)
    assert friend.person not in roster.people
    assert roster.people[second.person].name == "second"


@pytest.mark.parametrize("key", ["", "zz", "ab" * 32, 5, None, ["x"]])
def test_admission_needs_the_key_that_the_id_is_the_hash_of(key: object) -> None:
    stranger = new_key()
    op = admitting(stranger, "x", "owner")
    if key is None:
        del op["fields"]["key"]  # type: ignore[attr-defined]
    else:
        op["fields"]["key"] = key  # type: ignore[index]
    assert stranger.person not in fold_roster([GENESIS, change(2, OWNER, op)]).people


def test_recovery_key_admits_a_new_owner(tmp_path: Path) -> None:
    team = Team(tmp_path, {"author": ("author",)})
    rescuer = team.sit("rescuer", team.recovery)
    team.sync()
    new = new_key()
    rescuer.do(
        "AdmitPerson",
        person=new.person,
        key=new.public.hex(),
        name="lead",
        same_as=team.lead.person,
    )
    team.sync()
    assert team.author.sef().person_by_id[team.lead.person].keys[-1] == new.public.hex()
    again = team.sit("lead again", new)
    team.sync()
    again.do("AddSection", title="By the new laptop")
    team.sync()
    assert team.author.section().title == "By the new laptop"


def test_what_was_written_before_admission_flows_in_but_no_signature(tmp_path: Path) -> None:
    team = Team(tmp_path, {"author": ("author",)})
    team.lead.do("AddSection", title="One")
    early = team.sit("early")
    team.sync()
    with pytest.raises(Refused, match="none yet"):
        early.do("RenameSection", section=early.section().id, title="Early")
    team.admit("early", ("author",))
    team.sync()
    early.do("RenameSection", section=early.section().id, title="Early")
    team.sync()
    assert team.author.section().title == "Early"


def test_role_taken_away_while_another_laptop_does_not_know(tmp_path: Path) -> None:
    """What somebody did while they didn't know stands, and is the same everywhere."""
    team = Team(tmp_path, {"author": ("author",), "qa": ("reviewer",)})
    team.lead.do("AddSection", title="One")
    team.lead.write("Words.")
    team.sync()
    team.lead.do("SetRoles", person=team.author.person, roles=("reader",))
    team.author.do("RenameSection", section=team.author.section().id, title="While unknowing")
    team.sync()
    assert team.lead.section().title == "While unknowing"
    with pytest.raises(Refused, match="reader"):
        team.author.do("RenameSection", section=team.author.section().id, title="Knowing")
    for seat in team.seats.values():
        assert comparable(rebuilt(seat.replica)) == comparable(team.lead.sef())
