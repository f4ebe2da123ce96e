from dataclasses import replace
from pathlib import Path

import pytest

from sefwriter.model.checks import Check, all_checks
from sefwriter.model.sef import PageFacts, Sef
from tests.ledger.team import PAGE, Hand, Team, fill, put, with_claim, with_evidence

READY = PageFacts(state="ready", texts=("a", "b", "c"), sizes=((595.0, 842.0),) * 3)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path, {"author": ("author",), "qa": ("reviewer",)})
    team.lead.do("AddSection", title="Outcomes")
    team.lead.do("AddSection", title="Other")
    team.sync()
    return team


@pytest.fixture
def whole(team: Team) -> Sef:
    """A SEF in which every check is content."""
    claim = with_claim(team.author, "Waits are long. More.", "Waits are long")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=3, quote="long")
    sef = team.author.sef()
    return replace(sef, facts={PAGE: READY}, passage_states={sef.passages[0].id: "found"})


def names(sef: Sef) -> list[tuple[str, str]]:
    return [(check.check, check.level) for check in all_checks(sef)]


def only(sef: Sef) -> Check:
    (check,) = all_checks(sef)
    assert check.message[-1] in ".”"
    assert check.fix.endswith(".")
    return check


def test_nothing_is_found_where_nothing_is_amiss(whole: Sef) -> None:
    assert all_checks(whole) == ()
    assert all_checks(Sef(id=whole.id, name="", framework="")) == ()


def test_claim_without_passage(whole: Sef) -> None:
    check = only(replace(whole, passages=()))
    assert (check.check, check.level) == ("claim-without-passage", "error")
    assert check.where.section == whole.sections[0].id
    assert check.where.claim in whole.claims
    assert "Waits are long" in check.message


def test_claim_unknown(whole: Sef) -> None:
    assert names(replace(whole, claims={}, passages=())) == [("claim-unknown", "warning")]


@pytest.mark.parametrize("where", ["same section", "another section"])
def test_claim_doubled(whole: Sef, where: str) -> None:
    one, two = whole.sections
    mark = one.text.partition(")")[0] + ")"
    sections = (
        (replace(one, text=f"{one.text} Then {mark} again."), two)
        if where == "same section"
        else (one, replace(two, text=mark))
    )
    assert names(replace(whole, sections=sections)) == [("claim-doubled", "error")]


def test_claim_loose(whole: Sef) -> None:
    sections = (replace(whole.sections[0], text="More."), whole.sections[1])
    check = only(replace(whole, sections=sections))
    assert (check.check, check.level) == ("claim-loose", "warning")


@pytest.mark.parametrize(
    ("state", "name", "level"),
    [
        ("gone", "passage-not-found", "error"),
        ("changed", "passage-changed", "error"),
        ("moved", "passage-moved", "warning"),
        ("not-read", "passage-not-read", "warning"),
    ],
)
def test_passages(whole: Sef, state: str, name: str, level: str) -> None:
    check = only(replace(whole, passage_states={whole.passages[0].id: state}))
    assert (check.check, check.level) == (name, level)
    assert "E1 p.3" in check.message
    assert check.where.evidence == whole.evidence[0].id


def test_restricted_passages_need_not_be_read(whole: Sef) -> None:
    evidence = (replace(whole.evidence[0], evidence_class="restricted"),)
    passages = (replace(whole.passages[0], quote="", before="", after=""),)
    sef = replace(whole, evidence=evidence, passage_states={}, facts={})
    assert all_checks(replace(sef, passages=passages)) == ()
    assert only(sef).check == "restricted-quoted"


@pytest.mark.parametrize("state", ["locked", "damaged", "empty", "unsupported", "too-big"])
def test_files_that_cannot_be_used(whole: Sef, state: str) -> None:
    facts = {PAGE: PageFacts(state=state, reason="Give it anew.")}
    check = only(replace(whole, facts=facts))
    assert (check.check, check.level, check.fix) == (f"evidence-{state}", "error", "Give it anew.")
    unused = replace(whole, facts=facts, passages=())
    assert (f"evidence-{state}", "warning") in names(unused)


def test_file_that_is_not_here(whole: Sef) -> None:
    assert only(replace(whole, facts={})).check == "evidence-missing"


def test_pages_without_text(whole: Sef) -> None:
    check = only(replace(whole, facts={PAGE: replace(READY, no_text_pages=(2,))}))
    assert (check.check, check.level) == ("evidence-no-text", "hint")
    assert "1 page without" in check.message


def test_lapsed_sign_off_says_what_differs(team: Team) -> None:
    team.author.write("Words.")
    team.sync()
    team.qa.do("SignOff", section=team.qa.section().id)
    team.sync()
    team.author.write("Other words.")
    check = only(team.author.sef())
    assert (check.check, check.level) == ("sign-off-lapsed", "error")
    assert check.message == "qa's sign-off of “Outcomes” has lapsed: the text was changed."
    team.sync()
    team.qa.do(
        "WithdrawSignOff", sign_off=team.qa.sef().sign_offs[0].id, reason="Not mine any more"
    )
    assert all_checks(team.qa.sef()) == ()


def test_open_meeting(team: Team) -> None:
    team.author.write("The plan is good.")
    team.sync()
    team.author.write("The plan is very good.")
    team.lead.write("The old plan was good.")
    team.sync()
    check = only(team.qa.sef())
    assert (check.check, check.level) == ("meeting-open", "error")
    assert "author" in check.message
    assert "lead" in check.message


def test_made_by_newer(team: Team) -> None:
    hand = Hand(team.id, team.author.key)
    section = team.lead.section().id
    fill(team.lead.replica, [hand.write([put(section, mood="new")])])
    check = only(team.lead.sef())
    assert (check.check, check.where.section) == ("made-by-newer", section)


def test_errors_stand_first(whole: Sef) -> None:
    worst = replace(whole, passages=(), facts={PAGE: replace(READY, no_text_pages=(1,))})
    assert [level for _, level in names(worst)] == ["error", "hint"]
