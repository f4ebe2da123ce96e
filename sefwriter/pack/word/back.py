"""After the narrative: action plan, evidence index, sign-off and people, each as one table."""

from collections.abc import Iterable, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from sefwriter.pack.phrases import (
    changed_since,
    joined,
    not_right,
    plain,
    plain_date,
    plain_words,
    shortened,
    where_it_is,
)
from sefwriter.pack.plan import (
    PackPlan,
    PlanAction,
    PlanEvidence,
    PlanPerson,
    PlanSection,
    PlanSignOff,
)
from sefwriter.pack.word import styles
from sefwriter.pack.word.fields import field
from sefwriter.pack.word.front import (
    ACTIONS,
    EVIDENCE,
    PEOPLE,
    SIGN_OFF,
    Part,
    part_heading,
    section_part,
)
from sefwriter.pack.word.manuscript import Manuscript
from sefwriter.pack.word.runs import link_to
from sefwriter.pack.word.tables import LANDSCAPE, Cell, table
from sefwriter.pack.word.xml import paragraph, text_run

Columns = Sequence[tuple[str, int]]
"""Each column's heading and its share of the width."""

_ACTIONS: Final[Columns] = (
    ("No.", 5),
    ("Action", 24),
    ("Owner", 12),
    ("When", 11),
    ("Status", 10),
    ("Baseline, target and measure", 15),
    ("Progress", 14),
    ("From claims", 14),
)
_EVIDENCE: Final[Columns] = (
    ("No.", 6),
    ("Title", 24),
    ("Kind", 9),
    ("Whose", 13),
    ("As at", 10),
    ("File", 15),
    ("State", 13),
    ("Proves", 18),
)
_SIGN_OFFS: Final[Columns] = (
    ("Section", 18),
    ("By", 16),
    ("Role", 9),
    ("State", 13),
    ("When", 10),
    ("Statement", 22),
    ("Digest and key", 18),
)
_PEOPLE: Final[Columns] = (
    ("Name", 18),
    ("Organisation", 22),
    ("Partner", 16),
    ("Roles", 14),
    ("Key", 20),
    ("Enrolled", 12),
)


def back(manuscript: Manuscript) -> list[Element]:
    """The four tables, each under its heading; a sentence where there is nothing to show."""
    plan = manuscript.plan
    return [
        *_part(manuscript, ACTIONS, _ACTIONS, [_action(manuscript, row) for row in plan.actions]),
        *_part(
            manuscript, EVIDENCE, _EVIDENCE, [_evidence(manuscript, row) for row in plan.evidence]
        ),
        *_part(
            manuscript,
            SIGN_OFF,
            _SIGN_OFFS,
            [
                _sign_off(manuscript, section, line)
                for section in plan.sections
                for line in section.sign_offs
            ],
        ),
        *_not_right(plan),
        *_part(manuscript, PEOPLE, _PEOPLE, [_person(person) for person in plan.people]),
    ]


def _not_right(plan: PackPlan) -> list[Element]:
    problems = not_right(plan)
    if not problems:
        return []
    heading = paragraph(styles.heading_style(2), text_run("What is not right yet"))
    return [heading, *(paragraph(styles.NOTE, text_run(problem)) for problem in problems)]


def _part(
    manuscript: Manuscript, part: Part, columns: Columns, rows: list[list[Cell]]
) -> list[Element]:
    heading = part_heading(manuscript, part)
    if not rows:
        return [heading, paragraph(styles.BODY, text_run("There is nothing to list here."))]
    manuscript.captions += 1
    number = field("SEQ Table \\* ARABIC", text_run(str(manuscript.captions)))
    caption = paragraph(styles.CAPTION, text_run("Table "), *number, text_run(f". {part.title}"))
    shares = [share for _, share in columns]
    widths = [LANDSCAPE * share // sum(shares) for share in shares]
    head = [_words(title) for title, _ in columns]
    return [heading, caption, *table(head, rows, widths, caption=part.title)]


def _action(manuscript: Manuscript, action: PlanAction) -> list[Cell]:
    when = joined(plain_date(action.start), plain_date(action.due), between=" to ")
    status = joined(plain(action.priority), plain(action.status), plain(action.rag), between="\n")
    measured = joined(
        f"Baseline: {action.baseline}" if action.baseline else "",
        f"Target: {action.target}" if action.target else "",
        f"Measure: {action.measure}" if action.measure else "",
        between="\n",
    )
    return [
        manuscript.bookmarks.around(f"sef_action_{action.id}", text_run(action.number)),
        _words(action.text),
        _words(joined(action.owner, plain(action.partner), between="\n")),
        _words(when),
        _words(status),
        _words(measured),
        _words(action.progress),
        _claims(manuscript, action.claims),
    ]


def _evidence(manuscript: Manuscript, item: PlanEvidence) -> list[Cell]:
    pages = f"{item.pages} page{'' if item.pages == 1 else 's'}" if item.pages else ""
    return [
        manuscript.bookmarks.around(f"sef_evidence_{item.id}", text_run(item.number)),
        _words(item.title),
        _words(item.kind),
        _words(joined(item.owner, plain(item.partner), between="\n")),
        _words(plain_date(item.as_at)),
        _words(joined(item.file_name, pages, between="\n")),
        _words(where_it_is(item)),
        _claims(manuscript, item.used_by),
    ]


def _sign_off(manuscript: Manuscript, section: PlanSection, line: PlanSignOff) -> list[Cell]:
    part = section_part(section)
    state = joined(plain(line.state), changed_since(line), between="\n")
    return [
        [link_to(manuscript, part.anchor, part.title)],
        _words(joined(line.person, line.organisation, between="\n")),
        _words(plain(line.role)),
        _words(state),
        _words(plain_date(line.when)),
        _words(line.statement),
        _words(joined(line.digest, line.fingerprint, between="\n")),
    ]


def _person(person: PlanPerson) -> list[Cell]:
    return [
        _words(person.name),
        _words(person.organisation),
        _words(plain(person.partner)),
        _words(plain_words(person.roles)),
        _words(person.fingerprint),
        _words(plain_date(person.enrolled)),
    ]


def _claims(manuscript: Manuscript, claims: Iterable[str]) -> Cell:
    """Each claim's number and first words, a line each, opening the claim."""
    made: list[Element] = []
    for claim_id in claims:
        claim = manuscript.plan.claims.get(claim_id)
        if claim is not None:
            number = manuscript.claim_numbers.get(claim_id, "")
            words = joined(number, shortened(claim.words), between=" ")
            if made:
                made.append(text_run("\n"))
            made.append(link_to(manuscript, f"sef_claim_{claim_id}", words))
    return made


def _words(text: str) -> Cell:
    return [text_run(text)]
