"""Runs → the inside of a Word paragraph: words, claims with references, links, pictures."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from sefwriter.model.text.blocks import Run
from sefwriter.pack.phrases import joined, plain
from sefwriter.pack.plan import PlanClaim, Reference
from sefwriter.pack.word import styles
from sefwriter.pack.word.fields import link_inside
from sefwriter.pack.word.manuscript import Manuscript
from sefwriter.pack.word.pictures import drawing
from sefwriter.pack.word.xml import node, text_run

_INSIDE: Final = ("section", "evidence", "action", "claim")


def inline(manuscript: Manuscript, runs: Iterable[Run]) -> list[Element]:
    """The children of a paragraph for these runs.

    A claim's words stand inside its bookmark, in its kind's style; kind, number and references
    follow its last span. The words of a claim that the plan doesn't know stay plain.
    """
    made: list[Element] = []
    for claim_id, span in groupby(runs, key=lambda run: run.claim):
        claim = manuscript.plan.claims.get(claim_id or "")
        if claim_id is None or claim is None:
            made += _linked(manuscript, span, "")
            continue
        words = _linked(manuscript, span, styles.claim_style(claim.kind))
        made += manuscript.bookmarks.around(f"sef_claim_{claim_id}", *words)
        manuscript.spans_left[claim_id] -= 1
        if not manuscript.spans_left[claim_id]:
            made += references(manuscript, claim)
    return made


def references(manuscript: Manuscript, claim: PlanClaim) -> list[Element]:
    """ " Strength 1.2 [E12 p.3; E7 cells B4:C9]", each opening its evidence's row in the index."""
    number = manuscript.claim_numbers.get(claim.id, "")
    made = [_reference_text(f" {joined(plain(claim.kind), number, between=' ')}")]
    if not claim.references:
        return made
    made.append(_reference_text(" ["))
    for place, reference in enumerate(claim.references):
        if place:
            made.append(_reference_text("; "))
        made.append(_reference(manuscript, reference))
    return [*made, _reference_text("]")]


def link_to(manuscript: Manuscript, anchor: str, text: str) -> Element:
    """Words that open a bookmark; plain words where the document has no such bookmark."""
    if anchor not in manuscript.anchors:
        return text_run(text)
    return link_inside(anchor, text_run(text, node("rStyle", val=styles.LINK)))


def _reference(manuscript: Manuscript, reference: Reference) -> Element:
    run = _reference_text(reference.label)
    anchor = f"sef_evidence_{reference.evidence}"
    return link_inside(anchor, run) if anchor in manuscript.anchors else run


def _reference_text(text: str) -> Element:
    return text_run(text, node("rStyle", val=styles.REFERENCE))


def _linked(manuscript: Manuscript, runs: Iterable[Run], style: str) -> list[Element]:
    made: list[Element] = []
    for address, group in groupby(runs, key=lambda run: run.link):
        wrap = _link(manuscript, address) if address else None
        words = [_one(manuscript, run, style, linked=wrap is not None) for run in group]
        if wrap is None:
            made += words
        else:
            wrap.extend(words)
            made.append(wrap)
    return made


def _link(manuscript: Manuscript, address: str) -> Element | None:
    kind, _, target = address.partition(":")
    anchor = f"sef_{kind}_{target}"
    if kind in _INSIDE:
        return link_inside(anchor) if anchor in manuscript.anchors else None
    relation = manuscript.address_id(address)
    if not relation:
        return None
    wrap = node("hyperlink", history=1)
    wrap.set("r:id", relation)
    return wrap


def _one(manuscript: Manuscript, run: Run, style: str, *, linked: bool) -> Element:
    if run.line_break:
        return node("r", node("br"))
    if run.picture:
        return drawing(manuscript, run)
    own = style or (styles.LINK if linked else styles.CODE if run.code else "")
    return text_run(
        run.text,
        node("rStyle", val=own) if own else None,
        styles.monospaced() if run.code and own != styles.CODE else None,
        styles.color(styles.PETROL) if linked and style else None,
        *(styles.bold() if run.bold else ()),
        *(styles.italic() if run.italic else ()),
    )
