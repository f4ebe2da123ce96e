"""Runs in their one normal form, so that equal words are equal runs whoever made them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from sefwriter.model.ids import ClaimId, MeasureId
from sefwriter.model.text.blocks import Run, Runs
from sefwriter.model.text.normal import clean

Span = tuple[ClaimId | None, str, MeasureId | None]
"""What brackets would be drawn round: a claim, a link, a measure."""


def span_of(run: Run) -> Span:
    """The claim, link and measure of a run; neighbours that agree stand in one pair of brackets."""
    return run.claim, run.link, run.measure


def plain(runs: Iterable[Run]) -> str:
    """The words of runs: a break is a line end, a picture is nothing."""
    return "".join("\n" if run.line_break else "" if run.picture else run.text for run in runs)


def tidy(runs: Iterable[Run]) -> Runs:
    """The normal form of runs: cleaned, empty ones dropped, neighbours of one look joined.

    White space looks like the words on both its sides. Bold and italic don't begin or end with
    white space and don't leave the brackets of a claim, link or measure: Markdown can't say it.
    A break has no look, a picture no link, a measure no address.
    """
    known = [simple for run in runs if (simple := _simple(run)) is not None]
    if any(run.bold for run in known):
        known = _shed(known, "bold")
    if any(run.italic for run in known):
        known = _shed(known, "italic")
    return tuple(_joined(_bridged(_joined(known))))


def _simple(run: Run) -> Run | None:
    if run.line_break:
        return Run("", claim=run.claim, link=run.link, measure=run.measure, line_break=True)
    text = clean(run.text).replace("\n", " ")
    if run.picture:
        return Run(text, claim=run.claim, picture=run.picture, width=run.width)
    if not text:
        return None
    link = "" if run.measure else run.link
    if text == run.text and link == run.link and not run.width:
        return run
    return replace(run, text=text, link=link, width="")


def _joined(runs: Iterable[Run]) -> list[Run]:
    joined: list[Run] = []
    for look, alike in groupby(runs, key=lambda run: replace(run, text="")):
        members = list(alike)
        if len(members) == 1 or look.picture or look.line_break:
            joined += members
        else:
            joined.append(replace(look, text=clean("".join(run.text for run in members))))
    return joined


def _bridged(runs: Sequence[Run]) -> list[Run]:
    """Give white space the look that the words on both sides of it share."""
    bridged = list(runs)
    for index in range(1, len(bridged) - 1):
        before, run, after = bridged[index - 1 : index + 2]
        if (
            run.text.isspace()
            and not run.code
            and span_of(before) == span_of(run) == span_of(after)
        ):
            bold, italic = before.bold and after.bold, before.italic and after.italic
            bridged[index] = replace(run, bold=run.bold or bold, italic=run.italic or italic)
    return bridged


def _shed(runs: Sequence[Run], look: Literal["bold", "italic"]) -> list[Run]:
    """Take a look off the white space at the ends of each stretch that has it."""
    shed: list[Run] = []
    for (has, _), stretch in groupby(runs, key=lambda run: (getattr(run, look), span_of(run))):
        members = list(stretch)
        if has:
            members = _without_edge(members, look, leading=True)
            members = _without_edge(members[::-1], look, leading=False)[::-1]
        shed += members
    return shed


def _without_edge(
    runs: Sequence[Run], look: Literal["bold", "italic"], *, leading: bool
) -> list[Run]:
    plainer: list[Run] = []
    for index, run in enumerate(runs):
        solid = run.text if run.code else run.text.lstrip() if leading else run.text.rstrip()
        space = len(run.text) - len(solid)
        if space:
            edge = run.text[:space] if leading else run.text[len(solid) :]
            plainer.append(_without(run, edge, look))
        if solid:
            plainer.append(replace(run, text=solid))
            return plainer + list(runs[index + 1 :])
    return plainer


def _without(run: Run, text: str, look: Literal["bold", "italic"]) -> Run:
    return (
        replace(run, text=text, bold=False)
        if look == "bold"
        else replace(run, text=text, italic=False)
    )
