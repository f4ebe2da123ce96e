from itertools import chain, combinations
from pathlib import Path

import pytest

from sefwriter.model.acts import ACTS
from sefwriter.model.ids import LETTERS, SEF_OBJECT, new_id
from sefwriter.model.permissions import may_write, why_not_role
from sefwriter.model.words import ROLES
from tests.ledger.team import Hand, Team, add, fill, lines, put, refused

EVERY = list(chain.from_iterable(combinations(ROLES, n) for n in range(len(ROLES) + 1)))
READERS_TOO = {"comment", "reply", "sign-off", "withdrawal", "agreement"}
REVIEWERS_TOO = {"mark", "settlement"}


@pytest.mark.parametrize("kind", LETTERS)
def test_one_table_for_every_kind_of_object(kind: str) -> None:
    for roles in EVERY:
        allowed = may_write(roles, new_id(kind))
        if kind == "person":
            assert allowed == ("owner" in roles)
        elif kind in READERS_TOO:
            assert allowed == bool(roles)
        elif kind in REVIEWERS_TOO:
            assert allowed == bool({"owner", "author", "reviewer"} & set(roles))
        else:
            assert allowed == bool({"owner", "author"} & set(roles))


def test_the_sef_itself_is_its_owners() -> None:
    assert may_write(("owner",), SEF_OBJECT)
    assert not may_write(("author", "reviewer", "reader"), SEF_OBJECT)
    assert may_write(("author",), "z" + "a" * 16), "a kind that is not known yet"
    assert not may_write(("reader", "reviewer"), "z" + "a" * 16)


def test_sentences() -> None:
    assert why_not_role(("author",), ("owner", "author")) is None
    assert why_not_role((), ("owner",)) == (
        "This needs the role owner; yours: none yet. An owner can change roles under People."
    )


def test_no_act_is_offered_that_reading_would_refuse() -> None:
    """Every role that an act allows may write the objects that such acts write."""
    writes = {
        "AddComment": "comment",
        "ReplyComment": "reply",
        "ResolveComment": "comment",
        "MarkReady": "mark",
        "ReturnSection": "mark",
        "SignOff": "sign-off",
        "WithdrawSignOff": "withdrawal",
        "Agree": "agreement",
        "ReportAgreement": "agreement",
        "SettleMeeting": "settlement",
    }
    for name, act in ACTS.items():
        if act.entry_kind == "roster" or name == "SetSetting":
            continue
        kind = writes.get(name, "section")
        assert all(may_write((role,), new_id(kind)) for role in act.allowed), name


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path, {"author": ("author",), "reviewer": ("reviewer",), "reader": ("reader",)})
    team.lead.do("AddSection", title="One")
    team.lead.write("Some words.")
    team.lead.do("AddComment", section=team.lead.section().id, text="A remark")
    team.sync()
    return team


@pytest.mark.parametrize("kind", sorted(set(LETTERS) - READERS_TOO - {"person"}))
def test_readers_forged_entry_has_no_effect_and_says_why(team: Team, kind: str) -> None:
    before = team.lead.sef()
    hand = Hand(team.id, team.reader.key)
    obj = new_id(kind)
    entry = hand.write([add(obj, section=before.sections[0].id, state="ready", name="x")])
    fill(team.lead.replica, [entry])
    assert refused(team.lead.replica, entry) == "the role reader may not"
    assert team.lead.sef() == before
    assert any(kept.id == entry.id for kept in team.lead.replica.entries())


@pytest.mark.parametrize(("who", "state"), [("reviewer", "ready"), ("author", "returned")])
def test_marks_belong_to_their_role(team: Team, who: str, state: str) -> None:
    seat = team.seats[who]
    hand = Hand(team.id, seat.key)
    section = team.lead.section().id
    entry = hand.write([add(new_id("mark"), section=section, state=state, digest="")])
    fill(team.lead.replica, [entry])
    assert refused(team.lead.replica, entry) == "this mark is another role's"
    assert not team.lead.sef().marks


def test_signatures_and_edits_keep_to_their_own_entries(team: Team) -> None:
    hand = Hand(team.id, team.author.key)
    section = team.lead.section().id
    entries = [
        hand.write([add(new_id("sign-off"), section=section)], kind="edit"),
        hand.write([put(section, title="x")], kind="sign"),
        hand.write(
            [add(new_id("sign-off"), section=section), put(section, title="x")], kind="sign"
        ),
    ]
    fill(team.lead.replica, entries)
    assert all("each other's place" in refused(team.lead.replica, entry) for entry in entries)
    assert team.lead.section().title == "One"
    assert not team.lead.sef().sign_offs


def test_reader_comments_and_nothing_more(team: Team) -> None:
    section = team.reader.section().id
    team.reader.do("AddComment", section=section, text="Is this so?")
    team.lead.replica.take(lines(team.reader.replica))
    assert [c.text for c in team.lead.sef().comments] == ["A remark", "Is this so?"]
