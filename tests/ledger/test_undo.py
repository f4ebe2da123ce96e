from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.ledger.crdt import SectionText
from sefwriter.ledger.replica import Refused
from sefwriter.model.ids import ClaimId, SectionId, new_id
from sefwriter.model.states import sign_off_state
from sefwriter.model.text.splices import Splice, splices
from tests.ledger.team import Seat, Team, comparable, rebuilt, with_claim, with_evidence

ROLES = {"author": ("author",), "reviewer": ("reviewer",)}


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(tmp_path, ROLES)
    found.lead.do("AddSection", title="Waits")
    found.sync()
    return found


def undo(seat: Seat) -> str:
    return seat.replica.undo_text(seat.section().id).entry


def redo(seat: Seat) -> str:
    return seat.replica.redo_text(seat.section().id).entry


def test_each_edit_is_taken_back_and_made_again(team: Team) -> None:
    texts = ["", "We wait.", "We wait long.", "We wait long. 😀 Café."]
    for text in texts[1:]:
        team.author.write(text)
    for text in reversed(texts[:-1]):
        assert undo(team.author)
        assert team.author.section().text == text
    for text in texts[1:]:
        redo(team.author)
        assert team.author.section().text == text
    assert team.author.replica.undo_depth(team.author.section().id) == (3, 0)


def test_what_others_wrote_stays(team: Team) -> None:
    team.author.write("We wait long. Help comes.")
    team.sync()
    team.lead.write("We wait long, says the forum. Help comes.")
    team.author.write("We wait long. Help comes late.")
    team.sync()
    undo(team.author)
    team.sync()
    assert team.author.section().text == "We wait long, says the forum. Help comes."
    assert team.lead.section().text == team.author.section().text
    with pytest.raises(Refused, match="nothing of yours to undo"):
        team.reviewer.replica.undo_text(team.reviewer.section().id)


def test_a_new_edit_ends_what_could_be_made_again(team: Team) -> None:
    team.author.write("One.")
    undo(team.author)
    team.author.write("Two.")
    with pytest.raises(Refused, match="nothing of yours to redo"):
        redo(team.author)
    assert team.author.section().text == "Two."


def test_undoing_a_mark_takes_the_claim_back(team: Team) -> None:
    claim = with_claim(team.author, "Families wait 71 weeks.", "wait 71 weeks")
    undo(team.author)
    assert team.author.section().text == "Families wait 71 weeks."
    assert claim not in team.author.sef().claims
    redo(team.author)
    assert team.author.sef().claims[ClaimId(claim)].kind == "strength"


def test_undoing_a_mark_leaves_a_claim_that_evidence_hangs_on(team: Team) -> None:
    claim = with_claim(team.author, "Families wait 71 weeks.", "wait 71 weeks")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=3)
    undo(team.author)
    assert claim in team.author.sef().claims


def test_undoing_the_removal_of_a_claim_brings_back_what_hung_on_it(team: Team) -> None:
    claim = ClaimId(with_claim(team.author, "Families wait 71 weeks.", "wait 71 weeks"))
    team.author.do("LinkPassage", claim=claim, evidence=with_evidence(team.author), page=3)
    team.author.do("AddAction", text="Fill the posts.", claim=claim)
    before = comparable(team.author.sef())
    team.author.do("RemoveClaim", claim=claim)
    assert not team.author.sef().passages
    undo(team.author)
    after = team.author.sef()
    assert after.passages == before.passages
    assert after.links == before.links
    assert after.claims == before.claims
    assert after.section_by_id == before.section_by_id
    redo(team.author)
    assert not team.author.sef().passages


def test_a_sign_off_outlives_undo_and_holds_again(team: Team) -> None:
    team.author.write("We wait.")
    team.author.write("We wait long.")
    undo(team.author)
    team.sync()
    team.reviewer.do("SignOff", section=team.reviewer.section().id, statement="Seen.")
    team.sync()
    redo(team.author)
    sign_off = team.author.sef().sign_offs[0]
    assert sign_off_state(team.author.sef(), sign_off) == "lapsed"
    undo(team.author)
    assert sign_off_state(team.author.sef(), team.author.sef().sign_offs[0]) == "valid"


def test_undo_outlives_a_refusal_and_another_process(tmp_path: Path) -> None:
    team = Team(tmp_path, ROLES, on_disk=True)
    team.lead.do("AddSection", title="Waits")
    team.sync()
    team.author.write("One.")
    with pytest.raises(Refused):
        team.author.do("RenameSection", section=team.author.section().id, title="")
    other = team.sit("author", team.author.key)
    mine = team.sit("author", team.author.key)
    mine.write("One. Two.")
    other.write("Zero. One. Two.")
    undo(mine)
    assert mine.section().text == "Zero. One."
    assert other.section().text == "Zero. One."
    assert comparable(rebuilt(other.replica)) == comparable(mine.sef())


def test_everybody_reads_the_same_after_undo(team: Team) -> None:
    for text in ("One.", "One. Two.", "Two.", "Two. Three 😀."):
        team.author.write(text)
    undo(team.author)
    undo(team.author)
    redo(team.author)
    team.sync()
    states = [comparable(seat.sef()) for seat in team.seats.values()]
    assert all(state == states[0] for state in states)
    assert comparable(rebuilt(team.lead.replica)) == states[0]
    rows = team.lead.replica.db.rows("SELECT refused FROM entry WHERE refused != ''")
    assert not list(rows)


def test_a_reader_may_not_undo(tmp_path: Path) -> None:
    team = Team(tmp_path, ROLES)
    team.lead.do("AddSection", title="Waits")
    team.sync()
    with pytest.raises(Refused):
        team.reviewer.replica.undo_text(SectionId(team.reviewer.section().id))


letters = st.text("ab é😀.", max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(letters, min_size=1, max_size=6), st.integers(0, 12), letters)
def test_all_undone_is_what_others_wrote(texts: list[str], place: int, theirs: str) -> None:
    mine, other = SectionText("1" * 32), SectionText("2" * 32)
    for text in texts:
        if edits := splices(str(mine), text):
            other.apply([mine.edit(edits)])
    place = min(place, len(str(other)))
    mine.apply([other.edit([Splice(place, 0, theirs)])] if theirs else [])
    while mine.depth[0]:
        other.apply([mine.undo()])
    assert str(mine) == str(other) == theirs
    while mine.depth[1]:
        other.apply([mine.redo()])
    assert str(mine) == str(other)


def test_new_claims_come_with_a_text(team: Team) -> None:
    one, two = new_id("claim"), new_id("claim")
    team.author.write("Families wait.")
    section = team.author.section().id
    team.author.do(
        "MarkWords",
        section=section,
        base="Families wait.",
        text=f"[Families](claim:{one}) wait.",
        claims=(one,),
    )
    team.author.do("SetClaim", claim=one, claim_kind="voice", as_at="2026-09-30")
    team.lead.replica.take([])
    now = team.author.section().text
    team.author.do(
        "MarkWords",
        section=section,
        base=now,
        claims=(two,),
        like=(one,),
        text=now + f"\n\n[Families](claim:{two})",
    )
    claims = team.author.sef().claims
    assert claims[ClaimId(two)].kind == "voice"
    assert claims[ClaimId(two)].as_at == "2026-09-30"
    with pytest.raises(Refused, match="can't be the id"):
        team.author.do("MarkWords", section=section, text=now, claims=(one,))
    with pytest.raises(Refused, match="Choose the words"):
        team.author.do("MarkWords", section=section, text=now, claims=(new_id("claim"),))


def test_an_edit_made_on_an_older_text_keeps_what_came_since(team: Team) -> None:
    team.author.write("We wait.")
    section = team.author.section().id
    team.author.do("EditText", section=section, text="Now we wait.", base="We wait.")
    team.author.do("EditText", section=section, text="We wait long.", base="We wait.")
    assert team.author.section().text == "Now we wait long."
