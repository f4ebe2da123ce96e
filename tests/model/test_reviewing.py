from dataclasses import replace

from sefwriter.model.digest import section_digest
from sefwriter.model.ids import (
    ActionId,
    ClaimId,
    EntryId,
    EvidenceId,
    LinkId,
    PassageId,
    PersonId,
    SectionId,
    SefId,
    SignOffId,
)
from sefwriter.model.reviewing import covered, lapsed_sign_off, passage_place
from sefwriter.model.sef import (
    Action,
    ActionLink,
    Claim,
    Evidence,
    Passage,
    Section,
    Sef,
    SignOff,
)

CLAIM, OTHER, SECTION = ClaimId("c" + "a" * 16), ClaimId("c" + "b" * 16), SectionId("s1")


def passage(**fields: object) -> Passage:
    given: dict[str, object] = {"page": 3, "page_to": 3, **fields}
    return Passage(PassageId("p1"), CLAIM, EvidenceId("e1"), "", "", **given)  # type: ignore[arg-type]


def a_sef() -> Sef:
    text = f"We [wait 71 weeks](claim:{CLAIM}) here.\n"
    return Sef(
        SefId("x"),
        "Westmere",
        "",
        sections=(Section(SECTION, "S01", "Waits", text),),
        claims={CLAIM: Claim(CLAIM, "impact"), OTHER: Claim(OTHER, "context")},
        evidence=(Evidence(EvidenceId("e1"), "E1", "Dashboard"),),
        passages=(passage(),),
        actions=(Action(ActionId("a1"), "A1", "Fill posts"),),
        links=(ActionLink(LinkId("l1"), CLAIM, ActionId("a1")),),
    )


def signed(sef: Sef, order: int, digest: str = "") -> SignOff:
    found = section_digest(sef, SECTION)
    return SignOff(
        SignOffId(f"f{order}"),
        EntryId(""),
        SECTION,
        PersonId(f"h{order}"),
        "",
        digest or found.hex,
        found.parts,
        0,
        was_reviewer=True,
        authors=frozenset(),
        order=order,
    )


def test_a_sign_off_covers_what_stands_in_the_section_and_hangs_on_it() -> None:
    found = covered(a_sef(), SECTION)
    assert (found.words, found.claims, found.passages, found.actions) == (5, 1, 1, 1)


def test_the_last_lapsed_sign_off_counts_unless_another_holds() -> None:
    sef = a_sef()
    assert lapsed_sign_off(sef, SECTION) is None
    lapsed = replace(sef, sign_offs=(signed(sef, 4, "old"), signed(sef, 2, "older")))
    found = lapsed_sign_off(lapsed, SECTION)
    assert found
    assert found.order == 4
    assert (
        lapsed_sign_off(replace(lapsed, sign_offs=(*lapsed.sign_offs, signed(sef, 5))), SECTION)
        is None
    )


def test_a_passage_is_called_by_its_page_its_pages_or_its_cells() -> None:
    sef = a_sef()
    assert passage_place(sef, passage()) == "E1 p.3"
    assert passage_place(sef, passage(page_to=4)) == "E1 p.3–4"
    assert passage_place(sef, passage(cells="B4:C9")) == "E1 cells B4:C9"
    assert passage_place(replace(sef, evidence=()), passage()) == ""
