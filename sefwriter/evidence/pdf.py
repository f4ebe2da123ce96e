"""A PDF's pages by PDFium: text, size and rotation. Runs in the worker process only.

PDFium's text is kept as it comes, but for this. Line ends are "\\n". A hyphen that ends a line
reaches us as U+FFFE or U+0002 with its line end lost; it becomes "-\\n" again, as the page shows
it, for whether the word has a hyphen of its own nobody can tell ("co-production", "time-liness").
Zeros and other control characters, and halves of surrogate pairs, are no text and go.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

import pypdfium2  # pyright: ignore[reportMissingTypeStubs] - it has its types inside, in part
import pypdfium2.raw as pdfium  # pyright: ignore[reportMissingTypeStubs]

from sefwriter.evidence.kinds import PDF
from sefwriter.evidence.reading import Limits, Reading, without_pages
from sefwriter.model.sef import PageFacts

Tell = Callable[[int, int], None]

_LINE_HYPHEN: Final = re.compile("[\\x02\\ufffe]\\n?")
_NO_TEXT: Final = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\uffff]")
_A4: Final = (595.28, 841.89)
_NO_SECURITY: Final = -1

SCANNED: Final = (
    "No page has text that can be searched; it was probably scanned. Bind it by page, or run text "
    "recognition (OCR) on it and add it again."
)


def read_pdf(source: Path | bytes, limits: Limits, tell: Tell) -> Reading:
    """The facts of a PDF; `tell` is told (pages done, pages). What is wrong is in the state."""
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if isinstance(source, Path) and _opens(source):
            return without_pages("empty", "No pages were found in this PDF.", PDF)
        return _refusal(cast("int | None", error.err_code))  # pyright: ignore[reportUnknownMemberType]
    with document:
        count = len(document)
        if count > limits.max_pages:
            reason = (
                f"This PDF has {count:,} pages; at most {limits.max_pages:,} can be read. Split it "
                "and add the parts that matter."
            )
            return without_pages("too-big", reason, PDF)
        return Reading(_facts(document, count, tell), converter="as-is")


def clean(text: str) -> str:
    """PDFium's text of one page as we keep it; see the head of this module."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_TEXT.sub("", _LINE_HYPHEN.sub("-\n", lines))


def _opens(path: Path) -> bool:
    """Whether PDFium itself opens a file that pypdfium2 refused, as it does one without pages.

    PDFium sets no error for it, so the code reported is that of whatever file failed before.
    """
    document = cast("object", pdfium.FPDF_LoadDocument(str(path).encode() + b"\0", None))  # pyright: ignore[reportUnknownMemberType]
    if document:
        pdfium.FPDF_CloseDocument(document)
    return bool(document)


def _refusal(code: int | None) -> Reading:
    if code == pdfium.FPDF_ERR_PASSWORD:
        reason = "This PDF needs a password. Save a copy without one, and add the copy."
        return without_pages("locked", reason, PDF)
    if code == pdfium.FPDF_ERR_SECURITY:
        reason = "This PDF is locked in a way that can't be read. Print it to PDF, and add that."
        return without_pages("locked", reason, PDF)
    reason = "This PDF is damaged and can't be opened. Ask for it again, or print it to PDF anew."
    return without_pages("damaged", reason, PDF)


def _facts(document: pypdfium2.PdfDocument, count: int, tell: Tell) -> PageFacts:
    texts: list[str] = []
    sizes: list[tuple[float, float]] = []
    rotations: list[int] = []
    broken: list[int] = []
    for index in range(count):
        tell(index, count)
        try:
            text, size, rotation = _page(document, index)
        except pypdfium2.PdfiumError:
            text, size, rotation = "", _A4, 0
            broken.append(index + 1)
        texts.append(text)
        sizes.append(size)
        rotations.append(rotation)
    tell(count, count)
    if len(broken) == count:
        return _refusal(None).facts
    without_text = tuple(at for at, text in enumerate(texts, 1) if not text.strip())
    state = "no-text" if len(without_text) == count else "ready"
    return PageFacts(
        state=state,
        reason=_reason(document, state, broken),
        media=PDF,
        texts=tuple(texts),
        sizes=tuple(sizes),
        rotations=tuple(rotations),
        title=_title(document),
        no_text_pages=without_text,
    )


def _title(document: pypdfium2.PdfDocument) -> str:
    title = document.get_metadata_value("Title")  # pyright: ignore[reportUnknownMemberType]
    return " ".join(clean(title).split())


def _page(document: pypdfium2.PdfDocument, index: int) -> tuple[str, tuple[float, float], int]:
    page = document[index]
    try:
        text_page = page.get_textpage()
        try:
            text = clean(text_page.get_text_range())
        finally:
            text_page.close()
        width, height = page.get_size()
        return text, (round(width, 2), round(height, 2)), page.get_rotation()
    finally:
        page.close()


def _reason(document: pypdfium2.PdfDocument, state: str, broken: list[int]) -> str:
    sentences: list[str] = []
    if broken:
        which = "Page " if len(broken) == 1 else "Pages "
        listed = ", ".join(map(str, broken[:10])) + (" and more" if len(broken) > 10 else "")
        sentences.append(f"{which}{listed} can't be read: damaged.")
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != _NO_SECURITY:
        sentences.append(
            "It forbids some uses (printing, copying); its pages are bound all the same."
        )
    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        sentences.append("It is an XFA form, most of which only Acrobat shows. Print it to PDF.")
    if state == "no-text":
        sentences.append(SCANNED)
    return " ".join(sentences)
