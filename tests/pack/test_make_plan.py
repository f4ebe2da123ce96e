import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from sefwriter.model.text.blocks import Paragraph
from sefwriter.pack.make_plan import plan_pack
from sefwriter.pack.plan import PackPlan, PlanEvidence
from tests.pack.example import CLAIMS, DATE, LEAD, SECTIONS, a_plan, a_sef, fingerprint


@pytest.fixture
def plan(tmp_path: Path) -> PackPlan:
    return a_plan(tmp_path)


def item(plan: PackPlan, number: str) -> PlanEvidence:
    return next(item for item in plan.evidence if item.number == number)


def test_evidence_stands_in_the_order_of_its_numbers_used_or_not(plan: PackPlan) -> None:
    assert [item.number for item in plan.evidence] == ["E1", "E2", "E2b", "E3", "E4", "E10"]
    assert item(plan, "E10").bound
    assert item(plan, "E10").used_by == ()
    assert item(plan, "E1").used_by == (CLAIMS[0], CLAIMS[1])


def test_sections_have_blocks_status_owner_and_their_claims(plan: PackPlan, tmp_path: Path) -> None:
    first, second, third = plan.sections
    assert (first.number, first.ref, first.owner, first.status) == (
        1,
        "S01",
        "A. Lead",
        "signed-off",
    )
    assert second.status == "lapsed"
    text = a_sef(tmp_path)[0].sections[0].text
    assert first.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert third.status == "drafting"
    assert first.claims == CLAIMS[:2]
    assert isinstance(first.blocks[0], Paragraph)
    assert plan.claims[CLAIMS[0]].words == "Families feel heard"
    assert CLAIMS[2] in second.claims


def test_a_claim_the_sef_does_not_know_is_plain_words(plan: PackPlan) -> None:
    assert set(plan.claims) == set(CLAIMS)


def test_references_say_number_and_page_of_the_pinned_version(plan: PackPlan) -> None:
    first = plan.claims[CLAIMS[0]].references
    assert [(reference.label, reference.page) for reference in first] == [
        ("E1 p.3", 3),
        ("E2b p.1–2", 1),
    ]
    (qualifying,) = plan.claims[CLAIMS[1]].references
    assert (qualifying.label, qualifying.stance) == ("E1 p.1, qualifies", "qualifies")
    assert plan.claims[CLAIMS[4]].references == ()


def test_restricted_evidence_gives_number_and_holder_and_nothing_else(plan: PackPlan) -> None:
    held = item(plan, "E2")
    assert not held.bound
    assert (held.path, held.original, held.file_name, held.pages) == ("", "", "", 0)
    assert held.reason == "It is restricted: held by H. Role, not in this pack."
    reference = plan.claims[CLAIMS[3]].references[0]
    assert reference.held
    assert reference.label == "E2, held by H. Role, not in this pack"
    assert reference.quote == ""
    assert "about a child" not in repr(plan)
    assert "Child A" not in repr(plan)


def test_a_held_passage_that_qualifies_says_both(tmp_path: Path) -> None:
    sef, files = a_sef(tmp_path)
    turned = tuple(replace(passage, stance="qualifies") for passage in sef.passages)
    sef = replace(sef, passages=turned)
    plan = plan_pack(sef, date=DATE, draft=True, vault=files.vault, fingerprint=fingerprint)
    label = plan.claims[CLAIMS[3]].references[0].label
    assert label == "E2, qualifies, held by H. Role, not in this pack"


def test_evidence_that_cannot_be_bound_says_why(plan: PackPlan) -> None:
    assert not item(plan, "E3").bound
    assert item(plan, "E3").reason == "It needs a password."
    assert item(plan, "E3").original
    assert item(plan, "E4").reason == "Its file is not on this laptop."
    assert item(plan, "E4").original == ""
    assert any("E4 Evidence E4 is not bound" in problem for problem in plan.problems)
    assert not any(problem.startswith("E2 ") for problem in plan.problems)


def test_a_file_replaced_since_is_bound_new_and_said(tmp_path: Path) -> None:
    sef, files = a_sef(tmp_path)
    old = next(item for item in sef.evidence if item.number == "E1")
    newer = files.pdf("newer.pdf", ["New one", "New two", "New three", "New four"])
    version = replace(old.versions[0], sha256=newer, name="newer.pdf")
    renditions = {
        **sef.renditions,
        newer: replace(next(iter(sef.renditions.values())), sha256=newer),
    }
    facts = {**sef.facts, newer: replace(next(iter(sef.facts.values())))}
    changed = replace(
        sef,
        evidence=tuple(
            replace(item, versions=(*item.versions, version)) if item.id == old.id else item
            for item in sef.evidence
        ),
        renditions=renditions,
        facts=facts,
    )
    plan = plan_pack(changed, date=DATE, draft=True, vault=files.vault, fingerprint=fingerprint)
    assert item(plan, "E1").sha256 == newer
    assert item(plan, "E1").path == str(tmp_path / "newer.pdf")
    problem = "The file behind E1 p.3 was replaced since; the pack holds the newer one."
    assert problem in plan.claims[CLAIMS[0]].problems
    assert f"Claim 1.1: {problem}" in plan.problems


@pytest.mark.parametrize(
    ("state", "words"),
    [("gone", "do not stand"), ("changed", "read differently"), ("moved", "another page")],
)
def test_a_passage_that_no_longer_holds_is_a_problem(
    tmp_path: Path, state: str, words: str
) -> None:
    sef, files = a_sef(tmp_path)
    sef = replace(sef, passage_states={sef.passages[0].id: state})
    plan = plan_pack(sef, date=DATE, draft=True, vault=files.vault, fingerprint=fingerprint)
    (problem,) = plan.claims[CLAIMS[0]].problems
    assert words in problem
    assert "E1 p.3" in problem


def test_cells_are_named_with_their_sheet(tmp_path: Path) -> None:
    sef, files = a_sef(tmp_path)
    first = replace(sef.passages[0], page=0, page_to=0, sheet="Waits", cells="B4:C9")
    plan = plan_pack(
        replace(sef, passages=(first,)),
        date=DATE,
        draft=True,
        vault=files.vault,
        fingerprint=fingerprint,
    )
    (reference,) = plan.claims[CLAIMS[0]].references
    assert (reference.label, reference.page) == ("E1 Waits cells B4:C9", 1)


def test_sign_offs_say_who_when_and_what_differs(plan: PackPlan) -> None:
    (valid,) = plan.sections[0].sign_offs
    assert (valid.person, valid.organisation, valid.state) == ("R. Viewer", "ICB", "valid")
    assert valid.when == "2026-09-21"
    assert valid.differs == ()
    (lapsed,) = plan.sections[1].sign_offs
    assert lapsed.state == "lapsed"
    assert "the text was changed" in lapsed.differs


def test_people_carry_keys_and_fingerprints(plan: PackPlan) -> None:
    lead = plan.people[0]
    assert lead.fingerprint == fingerprint(lead.keys[0])
    assert plan.sections[0].sign_offs[0].fingerprint == plan.people[1].fingerprint


def test_actions_name_the_claims_they_follow_from(plan: PackPlan) -> None:
    (action,) = plan.actions
    assert action.claims == (CLAIMS[1],)
    assert action.owner == "A. Lead"
    assert plan.claims[CLAIMS[1]].actions == (action.id,)


def test_pictures_of_the_text_are_found_in_the_vault(tmp_path: Path) -> None:
    sef, files = a_sef(tmp_path)
    shown, gone = files.raw("chart.png", b"png"), "9" * 64
    text = f"![Chart](picture:{shown})\n\n- ![Gone](picture:{gone})"
    sef = replace(
        sef,
        sections=tuple(
            replace(section, text=text) if section.id == SECTIONS[2] else section
            for section in sef.sections
        ),
    )
    plan = plan_pack(sef, date=DATE, draft=True, vault=files.vault, fingerprint=fingerprint)
    assert plan.pictures == {shown: str(tmp_path / "chart.png")}


def test_the_same_sef_gives_the_same_plan_and_a_bad_date_none(tmp_path: Path) -> None:
    assert a_plan(tmp_path) == a_plan(tmp_path)
    sef, files = a_sef(tmp_path)
    with pytest.raises(ValueError, match="Invalid isoformat"):
        plan_pack(sef, date="soon", draft=True, vault=files.vault, fingerprint=fingerprint)
    assert LEAD not in {section.owner for section in a_plan(tmp_path).sections}
