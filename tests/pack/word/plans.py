"""Pack plans for the Word writer's tests: one with a bit of everything, makers of small ones."""

from pathlib import Path

from PIL import Image

from sefwriter.model.ids import ClaimId, MeasureId
from sefwriter.model.text.blocks import (
    Block,
    Heading,
    ListBlock,
    Opaque,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from sefwriter.pack.plan import (
    PackPlan,
    PlanAction,
    PlanClaim,
    PlanEvidence,
    PlanPerson,
    PlanSection,
    PlanSignOff,
    Reference,
)

STRENGTH = ClaimId("c" + "a" * 16)
IMPROVE = ClaimId("c" + "b" * 16)
VOICE = ClaimId("c" + "d" * 16)
UNKNOWN = ClaimId("c" + "z" * 16)
REPORT = "e" + "a" * 16
MINUTES = "e" + "b" * 16
ACTION = "a" + "a" * 16
FIRST = "s" + "a" * 16
SECOND = "s" + "b" * 16
PICTURE = "1f" * 32


def words(text: str, **look: object) -> Run:
    return Run(text, **look)  # type: ignore[arg-type]


def said(*runs: Run | str) -> Paragraph:
    return Paragraph(tuple(Run(run) if isinstance(run, str) else run for run in runs))


def section(
    *blocks: Block, section_id: str = FIRST, number: int = 1, **fields: object
) -> PlanSection:
    known: dict[str, object] = {
        "ref": "S01",
        "title": f"Section {number}",
        "status": "drafting",
        "owner": "",
        "claims": (),
        "sign_offs": (),
    }
    return PlanSection(id=section_id, number=number, blocks=blocks, **(known | fields))  # type: ignore[arg-type]


def plan_of(*sections: PlanSection, **fields: object) -> PackPlan:
    known: dict[str, object] = {
        "sef": "f" * 64,
        "area": "Testshire",
        "date": "2026-09-30",
        "draft": False,
        "framework": "",
        "basis": "",
        "claims": {},
        "actions": (),
        "evidence": (),
        "people": (),
        "pictures": {},
    }
    return PackPlan(sections=sections, **(known | fields))  # type: ignore[arg-type]


def claim(
    claim_id: str, kind: str, text: str, *references: Reference, **fields: object
) -> PlanClaim:
    known: dict[str, object] = {
        "section": FIRST,
        "partners": (),
        "inquiries": (),
        "as_at": "",
        "actions": (),
    }
    return PlanClaim(
        id=claim_id,
        kind=kind,
        words=text,
        references=references,
        **(known | fields),  # type: ignore[arg-type]
    )


def reference(evidence: str, label: str, page: int = 1) -> Reference:
    return Reference("p" + "a" * 16, evidence, label.partition(" ")[0], page, label, "supports", "")


def evidence(evidence_id: str, number: str, title: str, **fields: object) -> PlanEvidence:
    known: dict[str, object] = {
        "kind": "Report",
        "partner": "education",
        "owner": "SEND team",
        "as_at": "2026-03-31",
        "evidence_class": "general",
        "file_name": f"{number}.pdf",
        "sha256": "0" * 64,
        "size": 1000,
        "pages": 12,
        "state": "ready",
        "reason": "",
        "converter": "as-is",
        "path": "",
        "original": "",
        "bound": True,
        "used_by": (),
    }
    return PlanEvidence(id=evidence_id, number=number, title=title, **(known | fields))  # type: ignore[arg-type]


def action(**fields: object) -> PlanAction:
    known: dict[str, object] = {
        "id": ACTION,
        "number": "A1",
        "text": "Cut the wait for a first assessment to 12 weeks",
        "owner": "Head of community health",
        "partner": "health",
        "start": "2026-01-05",
        "due": "2026-12-18",
        "priority": "must",
        "status": "in-progress",
        "rag": "amber",
        "baseline": "31 weeks",
        "target": "12 weeks",
        "measure": "Median wait",
        "progress": "Down to 24 weeks in June",
        "claims": (IMPROVE,),
    }
    return PlanAction(**(known | fields))  # type: ignore[arg-type]


def signed(**fields: object) -> PlanSignOff:
    known: dict[str, object] = {
        "person": "Q. Reviewer",
        "organisation": "Testshire Council",
        "role": "reviewer",
        "state": "valid",
        "statement": "I have read each claim beside its page.",
        "when": "2026-09-28",
        "digest": "3f9a 11c0 7be2",
        "fingerprint": "a1b2 c3d4",
    }
    return PlanSignOff(**(known | fields))  # type: ignore[arg-type]


def picture_file(folder: Path, width: int = 640, height: int = 320) -> Path:
    path = folder / "chart.png"
    Image.new("RGB", (width, height), "#0E5560").save(path, dpi=(96, 96))
    return path


def _first_section() -> PlanSection:
    bold_inside = (
        words("In 2025, ", claim=STRENGTH),
        words("94 %", claim=STRENGTH, bold=True, measure=MeasureId("m" + "a" * 16)),
        words(" of reviews", claim=STRENGTH, link="https://example.org/a b?x=1"),
        words(" were on time", claim=STRENGTH),
    )
    nested = ListBlock(
        False,
        (
            (said("a bullet with ", words("italic", italic=True)),),
            (said("another"), ListBlock(True, ((said("deep one"),), (said("deep two"),)))),
        ),
    )
    table = Table(
        ((Run("Area"),), (Run("Plans"),), (Run("On time"),)),
        (
            ((Run("North & West"),), (Run("412"),), (Run("61 %"),)),
            ((Run("South"),), (Run("388"),), (words("58 %", claim=IMPROVE),)),
        ),
        ("", "right", "right"),
    )
    return section(
        said(*bold_inside, ". ", words("See the plan", link=f"action:{ACTION}"), "."),
        Heading(1, (Run("Finding need early"),)),
        said(words("Waits are too long", claim=IMPROVE), ", as families tell us."),
        ListBlock(True, ((said("first"),), (said("second"), nested), (said("third"),)), start=3),
        said("Between two lists."),
        ListBlock(True, ((said("again one"),), (said("again two"),))),
        table,
        table,
        Quote((said(words("“We were heard.”", claim=VOICE)), said("A parent, 2026"))),
        said(words("Bar chart of plans by area", picture=PICTURE, width="60%")),
        Rule(),
        Opaque("<div>\n  raw & kept\n</div>"),
        section_id=FIRST,
        number=1,
        title="Identifying & assessing need",
        status="signed-off",
        owner="SEND lead",
        claims=(STRENGTH, IMPROVE, VOICE),
        sign_offs=(
            signed(),
            signed(state="lapsed", differs=("the text",), role="families"),
        ),
    )


def full_plan(folder: Path) -> PackPlan:
    second = section(
        said(
            "Smile 👩‍👧 and ",
            words("code()", code=True),
            " and ",
            words("unknown claim", claim=UNKNOWN),
            Run("", line_break=True),
            "next line \x07bell.",
        ),
        section_id=SECOND,
        number=2,
        title="Preparation for adulthood 🎓",
        owner="",
        status="drafting",
    )
    return plan_of(
        _first_section(),
        second,
        draft=True,
        framework="Area SEND framework",
        basis="Written against the Area SEND framework of April 2025.",
        claims={
            STRENGTH: claim(
                STRENGTH,
                "strength",
                "In 2025, 94 % of reviews were on time",
                reference(REPORT, "E12 p.3", 3),
                reference(MINUTES, "E7 cells B4:C9"),
            ),
            IMPROVE: claim(
                IMPROVE, "to-improve", "Waits are too long 58 %", reference(REPORT, "E12 p.4")
            ),
            VOICE: claim(VOICE, "voice", "“We were heard.”"),
        },
        actions=(action(),),
        evidence=(
            evidence(REPORT, "E12", "Annual SEND report", used_by=(STRENGTH, IMPROVE)),
            evidence(
                MINUTES,
                "E7",
                "Casework figures",
                bound=False,
                reason="Its pages have not been made on this laptop yet.",
                used_by=(STRENGTH,),
            ),
        ),
        people=(
            PlanPerson(
                "Q. Reviewer",
                "Testshire Council",
                "education",
                ("reviewer",),
                "a1b2 c3d4",
                "2026-01-02",
            ),
        ),
        pictures={PICTURE: str(picture_file(folder))},
    )
