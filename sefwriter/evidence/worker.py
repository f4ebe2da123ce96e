"""What the worker process does: one file to its pages. It may hang or die without harm to the rest.

Nothing of the window or the ledger is imported here, so that the process starts quickly.
"""

import datetime
import os
import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from sefwriter.evidence.board import Board, Notice
from sefwriter.evidence.kinds import JPEG, PDF, PNG
from sefwriter.evidence.pdf import Tell, read_pdf
from sefwriter.evidence.plain import decode
from sefwriter.evidence.reading import Limits, Reading, without_pages
from sefwriter.model.sef import PageFacts
from sefwriter.paper.sheets import picture_pages, text_pages
from sefwriter.paper.typesetter import TypesettingError
from sefwriter.store.files import told_kindly

_DATE: Final = datetime.date(2000, 1, 1)
"""The date inside every rendition, so that the same file gives the same bytes on any day."""

_PICTURE: Final = "sefwriter-picture-1"
_TEXT: Final = "sefwriter-text-1"
"""Converters, as a rendition's entry names them; the number rises when their pages change."""

_BAD_PICTURE: Final = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
"""What Pillow raises for damaged pictures, by file kind (<https://pillow.readthedocs.io>)."""


def read_file(path: Path, media: str, name: str, limits: Limits, board: Path) -> Reading:
    """Read one file whose media type is PDF, PNG, JPEG or plain text; the board is told pages.

    Raises WorldError where the disk or the network fails.
    """
    with told_kindly(path), Board(board) as seen:
        process = os.getpid()
        seen.post(Notice(process, 0, 0))

        def tell(done: int, total: int) -> None:
            seen.post(Notice(process, done, total))

        if media == PDF:
            return read_pdf(path, limits, tell)
        if media in (PNG, JPEG):
            return _picture(path, media, name, limits, tell)
        return _text(path, media, name, limits, tell)


def _picture(path: Path, media: str, name: str, limits: Limits, tell: Tell) -> Reading:
    data = path.read_bytes()
    try:
        with warnings.catch_warnings():
            # Pillow warns of big pictures; our own limit is what counts.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=["PNG" if media == PNG else "JPEG"]) as head:
                width, height = head.size  # nothing of it is unpacked yet
            if width * height > limits.max_pixels:
                return _too_many_dots(media)
            pages = picture_pages(data, media, name, date=_DATE)
    except Image.DecompressionBombError:
        return _too_many_dots(media)
    except (*_BAD_PICTURE, TypesettingError):
        reason = "This picture is damaged and can't be shown. Ask for it again, or save it anew."
        return without_pages("damaged", reason, media)
    reason = "A picture has no text that can be searched. Bind it as a page."
    return _made(pages, media, _PICTURE, limits, tell, reason)


def _too_many_dots(media: str) -> Reading:
    reason = (
        "This picture has more dots than can be opened safely. Save a smaller copy, and add that."
    )
    return without_pages("too-big", reason, media)


def _text(path: Path, media: str, name: str, limits: Limits, tell: Tell) -> Reading:
    if path.stat().st_size > limits.max_text_bytes:
        most = limits.max_text_bytes // 1_000_000
        reason = f"This text is over {most} MB. Cut out the part that matters, and add that."
        return without_pages("too-big", reason, media)
    text = decode(path.read_bytes())
    if text is None:
        reason = "Only the beginning of this file is text. Open it, save it as PDF, and add that."
        return without_pages("unsupported", reason, media)
    if not text.strip():
        return without_pages("empty", "There is nothing but blanks in this file.", media)
    try:
        pages = text_pages(text, name, date=_DATE)
    except TypesettingError:
        reason = "This text can't be put on pages. Open it, save it as PDF, and add that."
        return without_pages("unsupported", reason, media)
    return _made(pages, media, _TEXT, limits, tell, "")


def _made(
    pages: bytes, media: str, converter: str, limits: Limits, tell: Tell, reason: str
) -> Reading:
    """The reading of pages made here. Their own text is read back, for a passage is found in it."""
    facts = read_pdf(pages, limits, tell).facts
    if not facts.pages:
        return without_pages(facts.state, facts.reason, media)
    ours = PageFacts(
        state=facts.state,
        reason=reason,
        media=media,
        texts=facts.texts,
        sizes=facts.sizes,
        rotations=facts.rotations,
        no_text_pages=facts.no_text_pages,
    )
    return Reading(ours, pages, converter)
