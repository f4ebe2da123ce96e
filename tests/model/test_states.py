"""Every state of sign-offs and sections, reached by acts."""

from pathlib import Path

import pytest

from sefwriter.ledger.replica import Refused
from sefwriter.model.ids import SectionId
from sefwriter.model.states import (
    agreement_stands,
    authors_of,
    loose_claims,
    section_status,
    sign_off_differs,
    sign_off_state,
)
from tests.ledger.team import (
    Hand,
    Seat,
    Team,
    add,
    fill,
    last_sign_off,
    states,
    with_claim,
    with_evidence,
)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(
        tmp_path,
        {"author": ("author",), "qa": ("reviewer",), "both": ("author", "reviewer")},
    )
    team.lead.do("AddSection", title="Outcomes")
    team.sync()
    return team


def first(seat: Seat) -> SectionId:
    return seat.section().id


def status(team: Team) -> str:
    team.sync()
    found = {section_status(seat.sef(), first(seat)) for seat in team.seats.values()}
    (only,) = found
    return only


def test_every_status_of_a_section_in_turn(team: Team) -> None:
    assert status(team) == "not-started"
    team.author.write("Words.")
    assert status(team) == "drafting"
    team.author.do("MarkReady", section=first(team.author))
    assert status(team) == "ready"
    team.author.write("Other words.")
    assert status(team) == "drafting", "ready was said of other words"
    team.author.write("Words.")
    assert status(team) == "ready"
    team.qa.do("ReturnSection", section=first(team.qa), reason="More")
    assert status(team) == "returned"
    team.author.write("More words.")
    assert status(team) == "returned"
    team.author.do("MarkReady", section=first(team.author))
    assert status(team) == "ready"
    team.qa.do("SignOff", section=first(team.qa))
    assert status(team) == "signed-off"
    team.author.write("Changed.")
    assert status(team) == "lapsed"
    team.author.write("More words.")
    assert status(team) == "signed-off", "letter for letter what was signed"
    team.author.write("Changed.")
    team.author.do("MarkReady", section=first(team.author))
    assert status(team) == "ready"
    team.qa.do("ReturnSection", section=first(team.qa), reason="More")
    assert status(team) == "returned"


def test_every_state_of_a_sign_off(team: Team) -> None:
    team.author.write("Words.")
    team.sync()
    team.qa.do("SignOff", section=first(team.qa))
    sef = team.qa.sef()
    assert sign_off_state(sef, sef.sign_offs[0]) == "valid"
    assert sign_off_differs(sef, sef.sign_offs[0]) == ()
    team.qa.do("SignOff", section=first(team.qa))
    assert [s for _, s in states(team.qa.sef(), first(team.qa))] == ["superseded", "valid"]
    team.sync()
    team.author.write("Changed.")
    sef = team.author.sef()
    assert sign_off_state(sef, last_sign_off(sef)) == "lapsed"
    assert sign_off_differs(sef, last_sign_off(sef)) == ("the text was changed",)
    last = last_sign_off(team.qa.sef())
    team.qa.do("WithdrawSignOff", sign_off=last.id, reason="Too soon")
    assert [s for _, s in states(team.qa.sef(), first(team.qa))] == ["valid", "withdrawn"]
    team.sync()
    team.lead.do("DeleteSection", section=first(team.lead))
    sef = team.lead.sef()
    assert sign_off_state(sef, sef.sign_offs[0]) == "lapsed"
    assert sign_off_differs(sef, sef.sign_offs[0]) == ("the section was taken out",)


def test_withdrawing_needs_the_signer(team: Team) -> None:
    team.author.write("Words.")
    team.sync()
    team.qa.do("SignOff", section=first(team.qa))
    team.sync()
    with pytest.raises(Refused, match="Only who signed"):
        team.both.do("WithdrawSignOff", sign_off=last_sign_off(team.both.sef()).id, reason="x")


def test_a_reviewer_whose_typed_word_is_gone_may_sign(team: Team) -> None:
    team.author.write("Outcomes are good.")
    team.sync()
    team.both.write("Outcomes are very good.")
    team.sync()
    with pytest.raises(Refused, match="own words"):
        team.both.do("SignOff", section=first(team.both))
    team.author.write("Outcomes are good.")
    team.sync()
    team.both.do("SignOff", section=first(team.both))
    assert states(team.both.sef(), first(team.both)) == [("both", "valid")]


def test_who_deletes_only_is_no_author(team: Team) -> None:
    team.author.write("Outcomes are very good.")
    team.sync()
    team.both.write("Outcomes are good.")
    team.both.do("SignOff", section=first(team.both))
    assert states(team.both.sef(), first(team.both)) == [("both", "valid")]


def test_who_last_set_a_counted_field_is_an_author(team: Team) -> None:
    claim = with_claim(team.author, "Waits are long.", "Waits are long")
    team.sync()
    assert team.both.person not in authors_of(team.both.sef(), first(team.both))
    team.both.do("SetClaim", claim=claim, claim_kind="impact")
    with pytest.raises(Refused, match="own words"):
        team.both.do("SignOff", section=first(team.both))
    team.sync()
    team.author.do("SetClaim", claim=claim, claim_kind="voice")
    team.sync()
    team.both.do("SignOff", section=first(team.both))


@pytest.mark.parametrize("what", ["title", "passage", "stance", "action", "link"])
def test_each_way_of_being_an_author(team: Team, what: str) -> None:
    claim = with_claim(team.author, "Waits are long.", "Waits are long")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=1)
    team.author.do("AddAction", text="Do", claim=claim)
    team.author.do("AddAction", text="Loose")
    team.sync()
    both = team.both
    if what == "title":
        both.do("RenameSection", section=first(both), title="Mine")
    elif what == "passage":
        both.do("LinkPassage", claim=claim, evidence=evidence, page=2)
    elif what == "stance":
        both.do("SetPassage", passage=both.sef().passages[0].id, stance="qualifies")
    elif what == "action":
        both.do("SetAction", action=both.sef().actions[0].id, due="2026-12-31")
    else:
        both.do("LinkAction", claim=claim, action=both.sef().actions[1].id)
    assert both.person in authors_of(both.sef(), first(both))
    with pytest.raises(Refused, match="own words"):
        both.do("SignOff", section=first(both))


@pytest.mark.parametrize("what", ["owner", "note", "status", "comment", "position"])
def test_what_does_not_count_makes_nobody_an_author(team: Team, what: str) -> None:
    claim = with_claim(team.author, "Waits are long.", "Waits are long")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=1)
    team.author.do("AddAction", text="Do", claim=claim)
    team.sync()
    both = team.both
    acts: dict[str, tuple[str, dict[str, object]]] = {
        "owner": ("AssignSection", {"section": first(both), "owner": "Me"}),
        "note": ("SetPassage", {"passage": both.sef().passages[0].id, "note": "n"}),
        "status": ("SetAction", {"action": both.sef().actions[0].id, "status": "done"}),
        "comment": ("AddComment", {"section": first(both), "text": "Hm"}),
        "position": ("MoveSection", {"section": first(both)}),
    }
    name, fields = acts[what]
    both.do(name, **fields)
    both.do("SignOff", section=first(both))
    assert states(both.sef(), first(both)) == [("both", "valid")]


def test_role_is_judged_on_what_the_signer_had_seen(team: Team) -> None:
    team.author.write("Words.")
    team.sync()
    team.lead.do("SetRoles", person=team.qa.person, roles=("reader",))
    team.qa.do("SignOff", section=first(team.qa))
    team.sync()
    assert states(team.lead.sef(), first(team.lead)) == [("qa", "valid")]
    with pytest.raises(Refused, match="reviewer"):
        team.qa.do("SignOff", section=first(team.qa))


def test_sign_off_from_before_the_role_was_given_never_counts(team: Team) -> None:
    team.author.write("Words.")
    team.sync()
    early = team.sit("early")
    team.qa.do("SignOff", section=first(team.qa))
    true = last_sign_off(team.qa.sef())
    hand = Hand(team.id, early.key)
    entry = hand.write(
        [
            add(
                "g" + "a" * 16,
                section=first(team.lead),
                digest=true.digest,
                parts=dict(true.parts),
                statement="x",
            )
        ],
        kind="sign",
        saw=team.lead.replica,
    )
    fill(team.lead.replica, [entry])
    assert not team.lead.sef().sign_offs, "not admitted yet"
    team.admit("early", ("reviewer",))
    assert states(team.lead.sef(), first(team.lead)) == [("early", "not-reviewer")]
    team.sync()
    assert ("early", "not-reviewer") in states(team.author.sef(), first(team.author))


def test_further_key_of_the_author_is_the_same_author(team: Team) -> None:
    """A second laptop doesn't make somebody another pair of eyes."""
    second = team.sit("second")
    team.lead.do(
        "AdmitPerson",
        person=second.person,
        key=second.key.public.hex(),
        name="both",
        same_as=team.both.person,
    )
    team.sync()
    second.write("Words from the second laptop.")
    team.sync()
    with pytest.raises(Refused, match="own words"):
        team.both.do("SignOff", section=first(team.both))


def test_what_differs_is_said_in_words(team: Team) -> None:
    claim = with_claim(team.author, "Waits are long. More.", "Waits are long")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=3)
    team.author.do("AddAction", text="Do", claim=claim)
    team.sync()
    team.qa.do("SignOff", section=first(team.qa))
    team.sync()
    author = team.author

    def differs() -> tuple[str, ...]:
        return sign_off_differs(author.sef(), author.sef().sign_offs[0])

    author.do("SetClaim", claim=claim, claim_kind="impact")
    assert differs() == ("the claim “Waits are long” was changed",)
    author.do("SetClaim", claim=claim, claim_kind="strength")
    assert differs() == ()
    author.do("ReplaceEvidence", evidence=evidence, sha256="b" * 64, name="n", size=1)
    assert differs() == ("the file behind E1 p.3 was replaced",)
    author.do("LinkPassage", claim=claim, evidence=evidence, page=4)
    assert "the passage E1 p.4 was added" in differs()
    author.do("UnlinkPassage", passage=author.sef().passages[0].id)
    assert "a passage was taken out" in differs()
    author.do("SetAction", action=author.sef().actions[0].id, due="2026-12-31")
    assert "the action A1 was changed" in differs()
    author.do("DeleteAction", action=author.sef().actions[0].id)
    assert "an action was taken out" in differs()
    author.do("RenameSection", section=first(author), title="Else")
    author.do("RemoveClaim", claim=claim)
    assert {"the title was changed", "the text was changed", "a claim was taken out"} <= set(
        differs()
    )


def test_agreements_stand_while_the_section_does(team: Team) -> None:
    team.author.write("Words.")
    team.author.do("ReportAgreement", section=first(team.author), partner="health")
    sef = team.author.sef()
    assert agreement_stands(sef, sef.agreements[0])
    team.author.write("Others.")
    assert not agreement_stands(team.author.sef(), sef.agreements[0])
    assert sign_off_differs(team.author.sef(), sef.agreements[0]) == ("the text was changed",)
    team.sync()
    team.lead.do("DeleteSection", section=first(team.lead))
    assert not agreement_stands(team.lead.sef(), sef.agreements[0])


def test_claims_whose_words_are_gone_are_loose(team: Team) -> None:
    claim = with_claim(team.author, "Waits are long. More.", "Waits are long")
    assert loose_claims(team.author.sef()) == ()
    team.author.write("More.")
    assert loose_claims(team.author.sef()) == (claim,)


def test_deleting_holds_only_if_it_had_seen_every_edit(team: Team) -> None:
    team.author.write("Words.")
    team.sync()
    section = first(team.lead)
    team.lead.do("DeleteSection", section=section)
    team.author.write("Words while it went.")
    team.sync()
    assert team.lead.section().text == "Words while it went."
    team.lead.do("DeleteSection", section=section)
    team.sync()
    assert not team.author.sef().sections


def test_a_field_two_people_set_unseen_shows_the_other_value(team: Team) -> None:
    section = first(team.lead)
    team.lead.do("RenameSection", section=section, title="By the lead")
    team.author.do("RenameSection", section=section, title="By the author")
    team.sync()
    sef = team.lead.sef()
    shown, also = sef.sections[0].title, sef.also[(section, "title")]
    assert {shown, *also} == {"By the lead", "By the author"}
    assert team.author.sef().also == sef.also
    team.author.do("RenameSection", section=section, title="Settled")
    team.sync()
    assert team.lead.sef().also == {}


def test_meeting_in_one_sentence_is_open_until_somebody_looked(team: Team) -> None:
    team.author.write("The plan is good. Waits are long.")
    team.sync()
    team.author.write("The plan is very good. Waits are long.")
    team.lead.write("The old plan was good. Waits are long.")
    team.sync()
    (meeting,) = team.qa.sef().meetings
    assert meeting.kind == "sentence"
    assert set(meeting.people) == {team.author.person, team.lead.person}
    with pytest.raises(Refused, match="same words"):
        team.qa.do("SignOff", section=first(team.qa))
    team.lead.do("SettleMeeting", section=first(team.lead))
    team.sync()
    assert not team.qa.sef().meetings
    text = team.lead.section().text
    team.author.write(text.replace("Waits are long", "Waits are short"))
    team.lead.write(f"New. {text}")
    team.sync()
    assert not team.qa.sef().meetings, "different sentences"


def test_whoever_replaced_the_evidence_behind_a_section_is_an_author_of_it(team: Team) -> None:
    claim = with_claim(team.author, "Outcomes are good.", "Outcomes are good")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=1)
    team.sync()
    assert team.seats["both"].person not in authors_of(team.lead.sef(), first(team.lead))
    team.seats["both"].do(
        "ReplaceEvidence", evidence=evidence, sha256="9" * 64, name="new.pdf", size=5
    )
    team.sync()
    assert team.seats["both"].person in authors_of(team.lead.sef(), first(team.lead))
    with pytest.raises(Refused, match="your own words"):
        team.seats["both"].do("SignOff", section=first(team.lead))


def test_words_that_came_meanwhile_stay_when_an_edit_says_what_it_was_made_from(team: Team) -> None:
    team.lead.write("Opening.")
    team.sync()
    shown = team.lead.section().text
    team.author.write("Opening. The other's words.")
    team.sync()
    team.lead.do("EditText", section=first(team.lead), text=shown + " Mine.", base=shown)
    assert team.lead.section().text == "Opening. The other's words. Mine."
