"""A small whole pack plan of an invented area, for tests of all that a pack is made of."""

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


def made_id(letter: str, number: int) -> str:
    """An id of the right shape, the same in every run."""
    return letter + "abcdefghijklmnopqrstuvwxyz234567"[number] * 16


CLAIMS = [ClaimId(made_id("c", number)) for number in range(6)]
TIMELY, WAITS, OUTCOMES, HEARD, GROWING, SHEET = CLAIMS
REPORT, SURVEY, CASES, BROKEN = (made_id("e", number) for number in range(4))
WAITS_ACTION, FORUM_ACTION, DATA_ACTION = (made_id("a", number) for number in range(3))
FIRST, SECOND, THIRD = (made_id("s", number) for number in range(3))


def said(*runs: Run | str) -> Paragraph:
    """A paragraph of these runs; a string is a plain one."""
    return Paragraph(tuple(Run(run) if isinstance(run, str) else run for run in runs))


def reference(
    passage: int,
    evidence: str,
    label: str,
    page: int,
    *,
    stance: str = "supports",
    held: bool = False,
) -> Reference:
    """A reference whose label begins with the evidence's number."""
    number = label.split(maxsplit=1)[0].rstrip(",")
    return Reference(made_id("p", passage), evidence, number, page, label, stance, "", held)


def claim(
    claim_id: str,
    kind: str,
    words: str,
    section: str,
    *references: Reference,
    actions: tuple[str, ...] = (),
) -> PlanClaim:
    """A claim of the plan."""
    return PlanClaim(
        id=claim_id,
        kind=kind,
        words=words,
        section=section,
        partners=("education",),
        inquiries=(),
        as_at="2026-08-31",
        references=references,
        actions=actions,
    )


def section(number: int, title: str, *blocks: Block, **fields: object) -> PlanSection:
    """Section `number`, with its usual id and everything not given plain."""
    known: dict[str, object] = {
        "id": made_id("s", number - 1),
        "ref": f"S{number:02}",
        "status": "drafting",
        "owner": "",
        "claims": (),
        "sign_offs": (),
    }
    return PlanSection(number=number, title=title, blocks=blocks, **(known | fields))  # type: ignore[arg-type]


def evidence(evidence_id: str, number: str, title: str, **fields: object) -> PlanEvidence:
    """An evidence item: a PDF of 12 pages of which nothing is wrong, but for what is given."""
    known: dict[str, object] = {
        "kind": "Report",
        "partner": "education",
        "owner": "Wendlebury Council",
        "as_at": "2026-03-31",
        "evidence_class": "general",
        "file_name": f"{number}.pdf",
        "sha256": f"{number.encode().hex():0<64}",
        "size": 482_113,
        "pages": 12,
        "state": "ready",
        "reason": "",
        "converter": "as-is",
        "path": f"{number}.pdf",
        "original": f"{number}.pdf",
        "bound": True,
        "used_by": (),
    }
    return PlanEvidence(id=evidence_id, number=number, title=title, **(known | fields))  # type: ignore[arg-type]


def action(action_id: str, number: str, text: str, *claims: str, **fields: object) -> PlanAction:
    """An action, under way and amber, but for what is given."""
    known: dict[str, object] = {
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
        "progress": "",
    }
    return PlanAction(id=action_id, number=number, text=text, claims=claims, **(known | fields))  # type: ignore[arg-type]


def plan_of(*sections: PlanSection, **fields: object) -> PackPlan:
    """A plan of these sections and nothing else, but for what is given."""
    known: dict[str, object] = {
        "sef": "f" * 64,
        "area": "Wendlebury",
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


def wendlebury(**fields: object) -> PackPlan:
    """The whole demonstration: three sections, six claims, four evidence items, three actions."""
    known: dict[str, object] = {
        "draft": True,
        "framework": "Area SEND inspection framework and handbook",
        "basis": "Written against the framework in use from April 2025.",
        "claims": {each.id: each for each in _claims()},
        "actions": _actions(),
        "evidence": _evidence(),
        "people": _people(),
    }
    return plan_of(*_sections(), **(known | fields))


def _sections() -> tuple[PlanSection, ...]:
    table = Table(
        ((Run("Quarter"),), (Run("Plans issued"),), (Run("Within 20 weeks"),)),
        (
            ((Run("January to March"),), (Run("118"),), (Run("61 %"),)),
            ((Run("April to June"),), (Run("132"),), (Run("two in three", claim=SHEET),)),
        ),
        ("", "right", "right"),
    )
    return (
        section(
            1,
            "Identifying and assessing need",
            said(
                "Across Wendlebury, ",
                Run("plans are now agreed within 20 weeks for ", claim=TIMELY),
                Run("71 %", claim=TIMELY, bold=True, measure=MeasureId(made_id("m", 0))),
                Run(" of children", claim=TIMELY),
                ", up from 48 % a year ago. The ",
                Run("published data", link="https://example.org/data"),
                " show the same.",
            ),
            Heading(1, (Run("Where it is too slow"),)),
            said("Not every pathway keeps up. What we know:"),
            ListBlock(
                False,
                (
                    (said("speech and language therapy begins in time;"),),
                    (
                        said(
                            Run(
                                "the median wait for an autism assessment is 68 weeks", claim=WAITS
                            ),
                            " in the north locality;",
                        ),
                        ListBlock(True, ((said("first triage,"),), (said("then assessment."),))),
                    ),
                ),
            ),
            Heading(3, (Run("Figures by quarter"),)),
            table,
            said("We review these every month."),
            status="signed-off",
            owner="SEND lead",
            claims=(TIMELY, WAITS, SHEET),
            sign_offs=(
                PlanSignOff(
                    "Q. Adeyemi",
                    "Wendlebury Council",
                    "reviewer",
                    "valid",
                    "I have read each claim beside its page.",
                    "2026-09-28",
                    "3f9a11c0" * 8,
                    "a1b2 c3d4 e5f6 0718",
                ),
                PlanSignOff(
                    "R. Okafor",
                    "Parent-carer forum",
                    "reader",
                    "lapsed",
                    "This is a fair account of us.",
                    "2026-08-02",
                    "77ab01fe" * 8,
                    "09f8 e7d6 c5b4 a392",
                    ("the text",),
                ),
            ),
        ),
        section(
            2,
            "Children’s and families’ experience",
            said(
                Run("More young people go on to education, training or work at 17", claim=OUTCOMES),
                ".",
            ),
            said(Run("Eight families in ten told the survey that", claim=HEARD)),
            said(Run("they were listened to when the plan was written.", claim=HEARD), " It grew."),
            Quote((said("“For once somebody rang back.”"), said("A parent, spring survey"))),
            Rule(),
            Opaque("<aside>\n  kept as it came\n</aside>"),
            status="ready",
            owner="Parent-carer forum",
            claims=(OUTCOMES, HEARD),
        ),
        section(
            3,
            "Leadership, strategy and the local context",
            said(
                Run("Wendlebury has 1,912 plans, a third more than in 2022", claim=GROWING),
                Run("", line_break=True),
                "and they follow from ",
                Run("the plan of action", link=f"action:{DATA_ACTION}"),
                ".",
            ),
            claims=(GROWING,),
        ),
    )


def _claims() -> tuple[PlanClaim, ...]:
    held = "E3, held by Wendlebury Council, not in this pack"
    return (
        claim(
            TIMELY,
            "strength",
            "plans are now agreed within 20 weeks for 71 % of children",
            FIRST,
            reference(0, REPORT, "E1 p.3", 3),
            reference(1, REPORT, "E1 p.7", 7, stance="qualifies"),
        ),
        claim(
            WAITS,
            "to-improve",
            "the median wait for an autism assessment is 68 weeks",
            FIRST,
            reference(2, REPORT, "E1 p.9", 9),
            reference(3, CASES, held, 2, held=True),
            actions=(WAITS_ACTION,),
        ),
        claim(
            OUTCOMES,
            "impact",
            "More young people go on to education, training or work at 17",
            SECOND,
            reference(4, SURVEY, "E2 p.1", 1),
        ),
        claim(
            HEARD,
            "voice",
            "Eight families in ten told the survey that they were listened to when the plan was "
            "written.",
            SECOND,
            reference(5, SURVEY, "E2 p.2", 2),
            actions=(FORUM_ACTION,),
        ),
        claim(GROWING, "context", "Wendlebury has 1,912 plans, a third more than in 2022", THIRD),
        claim(
            SHEET,
            "strength",
            "two in three",
            FIRST,
            reference(6, BROKEN, "E4 cells B4:C9", 0),
            actions=(WAITS_ACTION,),
        ),
    )


def _evidence() -> tuple[PlanEvidence, ...]:
    return (
        evidence(REPORT, "E1", "Annual SEND report 2026", used_by=(TIMELY, WAITS)),
        evidence(
            SURVEY,
            "E2",
            "Spring survey of families",
            kind="Survey",
            partner="families",
            owner="Parent-carer forum",
            file_name="Spring survey.docx",
            converter="LibreOffice",
            pages=4,
            no_text_pages=(3, 4),
            used_by=(OUTCOMES, HEARD),
        ),
        evidence(
            CASES,
            "E3",
            "Case audit, ten children",
            kind="Audit",
            partner="social-care",
            evidence_class="restricted",
            file_name="",
            path="",
            original="",
            bound=False,
            reason="restricted",
            used_by=(WAITS,),
        ),
        evidence(
            BROKEN,
            "E4",
            "Casework figures",
            kind="Spreadsheet",
            partner="health",
            file_name="figures final (2).xlsx",
            pages=0,
            state="damaged",
            reason="This file is damaged and can’t be opened.",
            converter="",
            path="",
            bound=False,
            used_by=(SHEET,),
        ),
    )


def _actions() -> tuple[PlanAction, ...]:
    return (
        action(
            WAITS_ACTION,
            "A1",
            "Cut the wait for an autism assessment in the north locality",
            WAITS,
            SHEET,
            progress="Down to 61 weeks in August.",
        ),
        action(
            FORUM_ACTION,
            "A2",
            "Ring every family back within five working days",
            HEARD,
            owner="Parent-carer forum",
            partner="families",
            status="embedded",
            rag="blue",
            priority="should",
            baseline="",
            target="95 %",
            measure="Calls returned",
        ),
        action(
            DATA_ACTION,
            "A3",
            "One list of children across partners",
            owner="",
            partner="",
            start="",
            due="2027-03-31",
            status="not-started",
            rag="",
            priority="",
            baseline="",
            target="",
            measure="",
        ),
    )


def _people() -> tuple[PlanPerson, ...]:
    return (
        PlanPerson(
            "Q. Adeyemi",
            "Wendlebury Council",
            "education",
            ("reviewer",),
            "a1b2 c3d4 e5f6 0718",
            "2026-01-02",
        ),
        PlanPerson(
            "R. Okafor",
            "Parent-carer forum",
            "families",
            ("author", "reader"),
            "09f8 e7d6 c5b4 a392",
            "2026-02-14",
        ),
    )
