"""Cover, contents with its entries written, and how to read the document."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from sefwriter.model.words import CLAIM_KINDS
from sefwriter.pack.phrases import plain, plain_date, section_title, standing, title_of
from sefwriter.pack.plan import PackPlan, PlanSection
from sefwriter.pack.word import styles
from sefwriter.pack.word.fields import field, field_end, field_start, link_inside
from sefwriter.pack.word.manuscript import Manuscript
from sefwriter.pack.word.xml import node, paragraph, text_run


@dataclass(frozen=True)
class Part:
    """A top-level part of the document: its key in `pages`, its bookmark, its heading."""

    key: str
    anchor: str
    title: str


READING = Part("reading", "sef_part_reading", "How to read this document")
ACTIONS = Part("actions", "sef_part_actions", "Action plan")
EVIDENCE = Part("evidence", "sef_part_evidence", "Evidence index")
SIGN_OFF = Part("sign-off", "sef_part_sign_off", "Sign-off")
PEOPLE = Part("people", "sef_part_people", "People")


def section_part(section: PlanSection) -> Part:
    """A section of the narrative as a part."""
    return Part(section.id, f"sef_section_{section.id}", section_title(section))


def parts_of(plan: PackPlan) -> list[Part]:
    """Every part, in the document's order."""
    sections = (section_part(section) for section in plan.sections)
    return [READING, *sections, ACTIONS, EVIDENCE, SIGN_OFF, PEOPLE]


def part_heading(manuscript: Manuscript, part: Part) -> Element:
    """A part's heading, inside its bookmark."""
    words = manuscript.bookmarks.around(part.anchor, text_run(part.title))
    return paragraph(styles.heading_style(1), *words)


def cover(plan: PackPlan) -> list[Element]:
    """Area, date, whether it is a draft, the framework, and how far sign-off has come, in words."""
    lines = [
        "DRAFT. This document is not final." if plan.draft else "",
        f"Framework: {plan.framework}" if plan.framework else "",
        plan.basis,
        *standing(plan),
    ]
    return [
        paragraph(styles.TITLE, text_run(title_of(plan))),
        paragraph(styles.SUBTITLE, text_run(plain_date(plan.date))),
        *(paragraph(styles.BODY, text_run(line)) for line in lines if line),
    ]


def contents(plan: PackPlan, pages: Mapping[str, int]) -> list[Element]:
    """Word's own table of contents, its result written: a link a part, pages cached."""
    lines = [
        paragraph(styles.CONTENTS_LINE, _entry(part, pages.get(part.key)))
        for part in parts_of(plan)
    ]
    opening = 1  # after the paragraph's properties
    for run in reversed(field_start('TOC \\o "1-1" \\h \\z \\u')):
        lines[0].insert(opening, run)
    lines[-1].append(field_end())
    heading = paragraph(styles.CONTENTS_HEADING, text_run("Contents"))
    gallery = node("docPartObj", node("docPartGallery", val="Table of Contents"))
    gallery.append(node("docPartUnique"))
    return [node("sdt", node("sdtPr", gallery), node("sdtContent", heading, *lines))]


def _entry(part: Part, page: int | None) -> Element:
    """One line of the contents; without a page where none is known, until Word updates it."""
    if page is None:
        return link_inside(part.anchor, text_run(part.title))
    number = field(f"PAGEREF {part.anchor} \\h", text_run(str(page)))
    return link_inside(part.anchor, text_run(part.title), node("r", node("tab")), *number)


def reading(manuscript: Manuscript) -> list[Element]:
    """A few lines for somebody who has never seen such a document."""
    kinds: list[Element] = []
    for kind in CLAIM_KINDS:
        kinds += [
            text_run(", " if kinds else ""),
            text_run(plain(kind), node("rStyle", val=styles.claim_style(kind))),
        ]
    lines = [
        [
            text_run("Underlined, tinted words are claims. Each kind has its own underline: "),
            *kinds,
            text_run("."),
        ],
        [
            text_run(
                "After a claim stand its kind and number, and in square brackets the evidence"
            ),
            text_run(
                " and the page or cells it rests on. A reference opens that evidence’s row in"
            ),
            text_run(" the evidence index; in the bound PDF pack it opens the page itself."),
        ],
        [
            text_run(
                "“Held by” means that the evidence is restricted and kept by the organisation"
            ),
            text_run(" named, not in this pack."),
        ],
    ]
    return [
        part_heading(manuscript, READING),
        *(paragraph(styles.BODY, *line) for line in lines),
    ]
