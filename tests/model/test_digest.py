"""The published table of what a sign-off covers, row by row."""

from dataclasses import replace

import pytest

from sefwriter.model import sef as m
from sefwriter.model.digest import NAME, digest_of_parts, section_digest
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
    VersionId,
)

S, OTHER = SectionId("s" + "a" * 16), SectionId("s" + "b" * 16)
C, LOOSE = ClaimId("c" + "a" * 16), ClaimId("c" + "b" * 16)
E, P, A, L = (
    EvidenceId("e" + "a" * 16),
    PassageId("p" + "a" * 16),
    ActionId("a" + "a" * 16),
    LinkId("l" + "a" * 16),
)
WHO = PersonId("h" + "a" * 16)


def version(sha256: str, name: str = "v") -> m.Version:
    return m.Version(VersionId(name + "a" * 16), sha256, "audit.pdf", 9, WHO, EntryId(""))


def example() -> m.Sef:
    return m.Sef(
        id=SefId("1" * 64),
        name="Area",
        framework="f",
        sections=(
            m.Section(S, "S01", "Outcomes", f"[Waits are long](claim:{C}) here.", position="a"),
            m.Section(OTHER, "S02", "Other", "Words.", position="b"),
        ),
        claims={
            C: m.Claim(C, "strength", ("health", "education"), ("A", "B"), "2026-05-31"),
            LOOSE: m.Claim(LOOSE, "context"),
        },
        evidence=(m.Evidence(E, "E1", "Audit", versions=(version("a" * 64),)),),
        passages=(m.Passage(P, C, E, "a" * 64, "r", 3, 3, quote="long waits"),),
        actions=(m.Action(A, "A1", "Do", due="2026-12-31"),),
        links=(m.ActionLink(L, C, A),),
    )


BASE = example()
DIGEST = section_digest(BASE, S)
PARTS = {"sef", "title", "text", f"claim {C}", f"passage {P}", f"action {A}"}


def section(**fields: object) -> m.Sef:
    return replace(BASE, sections=(replace(BASE.sections[0], **fields), BASE.sections[1]))


def claim(**fields: object) -> m.Sef:
    return replace(BASE, claims={**BASE.claims, C: replace(BASE.claims[C], **fields)})


def passage(**fields: object) -> m.Sef:
    return replace(BASE, passages=(replace(BASE.passages[0], **fields),))


def evidence(**fields: object) -> m.Sef:
    return replace(BASE, evidence=(replace(BASE.evidence[0], **fields),))


def action(**fields: object) -> m.Sef:
    return replace(BASE, actions=(replace(BASE.actions[0], **fields),))


COUNTS: list[tuple[str, str, m.Sef]] = [
    ("sef", "sef id", replace(BASE, id=SefId("2" * 64))),
    ("title", "title", section(title="Outcome")),
    ("text", "a full stop", section(text=BASE.sections[0].text + ".")),
    ("text", "white space", section(text=BASE.sections[0].text.replace(") ", ")  "))),
    (f"claim {C}", "kind", claim(kind="impact")),
    (f"claim {C}", "partners", claim(partners=("health",))),
    (f"claim {C}", "inquiries", claim(inquiries=("A",))),
    (f"claim {C}", "as at", claim(as_at="2026-06-30")),
    (f"passage {P}", "pinned version", passage(sha256="b" * 64)),
    (
        f"passage {P}",
        "current version",
        evidence(versions=(version("a" * 64), version("b" * 64, "w"))),
    ),
    (f"passage {P}", "page", passage(page=4)),
    (f"passage {P}", "page_to", passage(page_to=4)),
    (f"passage {P}", "sheet", passage(sheet="Data")),
    (f"passage {P}", "cells", passage(cells="B4")),
    (f"passage {P}", "quote", passage(quote="long wait")),
    (f"passage {P}", "stance", passage(stance="qualifies")),
    (f"passage {P}", "its evidence is gone", replace(BASE, evidence=())),
    (f"passage {P}", "unbound", replace(BASE, passages=())),
    (f"action {A}", "not linked", replace(BASE, links=())),
    (f"action {A}", "taken out", replace(BASE, actions=())),
    *(
        (f"action {A}", name, action(**{name: "changed"}))
        for name in (
            "text",
            "owner",
            "partner",
            "start",
            "due",
            "priority",
            "baseline",
            "target",
            "measure",
        )
    ),
]

DOES_NOT: list[tuple[str, m.Sef]] = [
    ("order", section(position="z")),
    ("owner", section(owner="Health")),
    ("target length", section(target_words=99)),
    ("the framework's ref", section(ref="S09")),
    ("made by a newer version", section(made_by_newer=True)),
    ("name of the SEF", replace(BASE, name="Else", settings={"a": "b"})),
    ("order of partners", claim(partners=("education", "health"))),
    ("order of inquiries", claim(inquiries=("B", "A"))),
    ("evidence title", evidence(title="Other")),
    ("evidence number", evidence(number="E9")),
    ("evidence note, owner, class", evidence(note="n", owner="o", evidence_class="restricted")),
    ("evidence dates", evidence(as_at="2026-01-01", review_by="2026-02-02")),
    ("passage note", passage(note="n")),
    ("passage context", passage(before="b", after="a")),
    ("passage rendition", passage(rendition="q")),
    ("who bound it", passage(added_by=WHO)),
    ("action number", action(number="A9")),
    ("action status", action(status="done")),
    ("action RAG", action(rag="red", rag_reason="r")),
    ("action progress", action(progress="p", impact="i")),
    (
        "comments",
        replace(BASE, comments=(m.Comment(m.CommentId("k"), S, "t", WHO, 1, must=True),)),
    ),
    ("people", replace(BASE, people=(m.Person(WHO, "n", "", "", (), ()),))),
    ("a claim elsewhere", replace(BASE, claims={**BASE.claims, LOOSE: m.Claim(LOOSE, "voice")})),
    ("what was read here", replace(BASE, facts={"a" * 64: m.NOT_READ}, passage_states={P: "gone"})),
    ("another section", replace(BASE, sections=(BASE.sections[0],))),
]


def test_the_parts_of_the_example() -> None:
    assert set(DIGEST.parts) == PARTS
    assert all(len(value) == 64 for value in DIGEST.parts.values())


@pytest.mark.parametrize(("part", "what", "sef"), COUNTS, ids=[f"{c[0]} {c[1]}" for c in COUNTS])
def test_what_counts_changes_exactly_its_part(part: str, what: str, sef: m.Sef) -> None:
    now = section_digest(sef, S)
    names = set(now.parts) | set(DIGEST.parts)
    differs = {n for n in names if now.parts.get(n) != DIGEST.parts.get(n)}
    assert differs == {part}, what
    assert now.hex != DIGEST.hex


@pytest.mark.parametrize(("what", "sef"), DOES_NOT, ids=[row[0] for row in DOES_NOT])
def test_what_does_not_count_changes_nothing(what: str, sef: m.Sef) -> None:
    assert section_digest(sef, S) == DIGEST, what


def test_every_field_is_in_the_table() -> None:
    """A new field of something signed must be put on one side or the other."""
    tried = {
        m.Section: "id ref title text owner target_words position made_by_newer",
        m.Claim: "id kind partners inquiries as_at",
        m.Passage: "id claim evidence sha256 rendition page page_to quote before after sheet cells "
        "stance note added_by",
        m.Action: "id number text owner partner start due priority status rag rag_reason baseline "
        "target measure progress impact",
        m.Evidence: "id number title kind partner owner as_at review_by evidence_class note "
        "versions",
    }
    for kind, names in tried.items():
        assert set(names.split()) == set(kind.__dataclass_fields__), kind.__name__


def test_a_digest_is_that_of_its_parts() -> None:
    assert digest_of_parts(DIGEST.parts) == DIGEST.hex
    assert digest_of_parts(dict(reversed(list(DIGEST.parts.items())))) == DIGEST.hex
    changed = {**DIGEST.parts, "text": "0" * 64}
    assert digest_of_parts(changed) != DIGEST.hex
    # Lengths stand before names and values, so that nothing can slide from one to the other.
    assert digest_of_parts({"ab": "c"}) != digest_of_parts({"a": "bc"})
    assert digest_of_parts({"a": "b", "c": "d"}) != digest_of_parts({"a": "b1:c1:d"})


def test_the_digest_of_the_example_is_the_same_for_ever() -> None:
    assert NAME == "sefwriter-digest-1"
    assert DIGEST.hex == "49a83b3d156c5900e13e51263c65c62d4fdde1b99cd8a9b5d17203768a2db1fe"


def test_claims_linked_to_one_action_all_count_for_it() -> None:
    text = f"[One](claim:{C}) and [two](claim:{LOOSE})."
    sef = section(text=text)
    linked = replace(sef, links=(*sef.links, m.ActionLink(LinkId("l" + "b" * 16), LOOSE, A)))
    one, two = section_digest(sef, S).parts, section_digest(linked, S).parts
    assert {name for name in two if one.get(name) != two[name]} == {f"action {A}"}


def test_a_section_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        section_digest(BASE, SectionId("s"))
