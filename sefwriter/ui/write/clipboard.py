"""What is copied from the page, and what is pasted into it, cleaned."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QFont, QTextBlock, QTextDocument, QTextListFormat

from sefwriter.model.ids import ClaimId, new_id
from sefwriter.model.text.blocks import Run
from sefwriter.model.text.normal import clean
from sefwriter.model.text.parse import blocks
from sefwriter.model.text.runs import plain
from sefwriter.ui.write.editing import markdown_of
from sefwriter.ui.write.lines import EMPTY, Line, lines_of

OWN: Final = "application/x-sefwriter-markdown"
"""Our own kind of clipboard: Markdown with its claims."""

_NUMBERED: Final = (
    QTextListFormat.Style.ListDecimal,
    QTextListFormat.Style.ListLowerAlpha,
    QTextListFormat.Style.ListUpperAlpha,
    QTextListFormat.Style.ListLowerRoman,
    QTextListFormat.Style.ListUpperRoman,
)
_ADDRESS: Final = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_OBJECT: Final = "\ufffc"


def mime_of(found: QMimeData, lines: list[Line]) -> QMimeData:
    """Lines for the clipboard: our own kind, and plain words for everybody else.

    `found` is what Qt's own text field would copy. It is filled, not replaced: the clipboard
    outlives the interpreter, and an object made here would be destroyed after it, with a crash.
    """
    found.text()  # until it is read once, Qt's data says only what Qt put in
    found.clear()
    found.setData(OWN, markdown_of(lines).encode("utf-8"))
    found.setText("\n".join(plain(line.runs) for line in lines))
    return found


def lines_from(source: QMimeData) -> list[Line]:
    """What a clipboard holds, as lines; from elsewhere only words, bold, italic, lists, links."""
    if source.hasFormat(OWN):
        markdown = bytes(source.data(OWN).data()).decode("utf-8", "replace")
        lines = [line for block in blocks(clean(markdown)) for line in lines_of(block)]
        return [
            replace(line, kind="text", look="") if line.kind == "quiet" else line for line in lines
        ]
    if source.hasHtml():
        return _from_html(source.html())
    return [Line("text", (Run(text),)) for text in _paragraphs(source.text())]


def with_own_claims(
    lines: Iterable[Line], standing: Iterable[str], known: Mapping[ClaimId, object]
) -> tuple[list[Line], dict[str, str]]:
    """Pasted lines with claims that may stand here, and each new claim's model.

    A claim that was cut stands nowhere and keeps its id; of one that was copied a new one is made,
    since it doesn't rest on anything yet. Marks of claims this SEF doesn't know come off.
    """
    taken = set(standing)
    made: dict[str, str] = {}

    def mine(run: Run) -> Run:
        if run.claim is None:
            return run
        if run.claim not in known:
            return replace(run, claim=None)
        if run.claim not in taken:
            return run
        if run.claim not in made:
            made[run.claim] = new_id("claim")
        return replace(run, claim=ClaimId(made[run.claim]))

    found = [replace(line, runs=tuple(mine(run) for run in line.runs)) for line in lines]
    return found, {new: model for model, new in made.items()}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def _from_html(html: str) -> list[Line]:
    """Bold, italic, lists and links of HTML; nothing is fetched, pictures and styles go."""
    document = QTextDocument()
    document.setHtml(re.sub(r"<img\b[^>]*>", "", html, flags=re.IGNORECASE))
    lines: list[Line] = []
    block = document.begin()
    while block.isValid():
        line = _line_of(block)
        if not line.empty:
            lines.append(line)
        block = block.next()
    return lines


def _line_of(block: QTextBlock) -> Line:
    runs: list[Run] = []
    heavy = block.blockFormat().headingLevel() > 0
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        found = fragment.charFormat()
        text = clean(fragment.text().replace(_OBJECT, ""))
        link = found.anchorHref()
        for place, piece in enumerate(text.split("\n")):
            if place:
                runs.append(Run("", line_break=True))
            runs.append(
                Run(
                    piece,
                    bold=found.fontWeight() >= QFont.Weight.DemiBold and not heavy,
                    italic=found.fontItalic(),
                    link=link if _ADDRESS.match(link) else "",
                )
            )
        iterator += 1
    kept = tuple(run for run in runs if run.text or run.line_break)
    if heavy:
        return Line("heading", kept, max(2, block.blockFormat().headingLevel()))
    parent = block.textList()
    if parent is None:
        return replace(EMPTY, runs=kept)
    style = parent.format()
    return Line("item", kept, max(0, style.indent() - 1), style.style() in _NUMBERED)
