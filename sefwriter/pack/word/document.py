"""The whole document, put together."""

import io
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from sefwriter.pack.phrases import joined, plain, plain_date, sign_off_line, title_of, to_mend
from sefwriter.pack.plan import PackPlan, PlanSection
from sefwriter.pack.word import styles
from sefwriter.pack.word.back import back
from sefwriter.pack.word.blocks import body
from sefwriter.pack.word.fields import page_number
from sefwriter.pack.word.front import contents, cover, part_heading, reading, section_part
from sefwriter.pack.word.manuscript import Manuscript
from sefwriter.pack.word.package import fill, new_document, page_layout
from sefwriter.pack.word.xml import paragraph, text_run
from sefwriter.pack.zips import canonical_zip


def make_word(plan: PackPlan, *, pages: Mapping[str, int] | None = None) -> bytes:
    """The narrative as a Word file; the same plan gives the same bytes.

    `pages` maps section ids (and "reading", "actions", "evidence", "sign-off", "people") to pages
    of the PDF narrative, counted from 1, shown in the contents until Word counts for itself. Raises
    ValueError where `plan.date` isn't an ISO date, and OSError where a picture can't be read.
    """
    document = new_document(plan)
    manuscript = Manuscript(plan, document)
    header, header_id = document.part.add_header_part()
    footer, footer_id = document.part.add_footer_part()
    fill(header.element, [_header(plan)])
    fill(footer.element, [paragraph(styles.FOOTER, *page_number())])
    upright = page_layout(header_id, footer_id, landscape=False)
    across = page_layout(header_id, footer_id, landscape=True)
    elements = [
        *cover(plan),
        *contents(plan, pages or {}),
        *reading(manuscript),
        *(element for section in plan.sections for element in _section(manuscript, section)),
        paragraph(styles.GAP, look=(upright,)),
        *back(manuscript),
        across,
    ]
    # lxml, which the body is made of, has no types.
    fill(document.element.body, elements)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    fill(document.part.numbering_part.element, manuscript.numbering.children())
    made = io.BytesIO()
    document.save(made)
    return canonical_zip(made.getvalue(), plan.date)


def _header(plan: PackPlan) -> Element:
    words = joined(
        "DRAFT" if plan.draft else "", title_of(plan), plain_date(plan.date), between=" · "
    )
    return paragraph(styles.HEADER, text_run(words))


def _section(manuscript: Manuscript, section: PlanSection) -> list[Element]:
    status = joined(
        f"Status: {plain(section.status)}",
        f"Owner: {section.owner}" if section.owner else "",
        between=" · ",
    )
    manuscript.heading_level = 1
    return [
        part_heading(manuscript, section_part(section)),
        paragraph(styles.STATUS, text_run(status)),
        *body(manuscript, section.blocks),
        *(paragraph(styles.NOTE, text_run(line)) for line in to_mend(manuscript.plan, section)),
        *(paragraph(styles.SIGN_OFF, text_run(sign_off_line(line))) for line in section.sign_offs),
    ]
