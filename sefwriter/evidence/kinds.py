"""What kind of file it is, by its bytes and not by its name."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sefwriter.evidence.plain import decode

PDF: Final = "application/pdf"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TEXT: Final = "text/plain"

_HEAD: Final = 4096
"""Bytes looked at."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, what people call it, and what its name may end in.

    `advice` says what to do with a kind that can't be turned into pages here; "" where it can.
    """

    media: str
    words: str
    endings: tuple[str, ...]
    advice: str = ""


_AS_PDF: Final = "Open it, save it as PDF, and add the PDF."
_AS_PICTURE: Final = "Save it as PNG or JPEG, and add that."
_UNPACK: Final = "Unpack it, and add the files that matter one by one."

_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", Kind(PNG, "PNG picture", (".png",))),
    (b"\xff\xd8\xff", Kind(JPEG, "JPEG picture", (".jpg", ".jpeg", ".jpe", ".jfif"))),
    (b"II*\x00", Kind("image/tiff", "TIFF picture", (".tif", ".tiff"), _AS_PICTURE)),
    (b"MM\x00*", Kind("image/tiff", "TIFF picture", (".tif", ".tiff"), _AS_PICTURE)),
    (b"GIF8", Kind("image/gif", "GIF picture", (".gif",), _AS_PICTURE)),
    (b"BM", Kind("image/bmp", "BMP picture", (".bmp",), _AS_PICTURE)),
    (b"{\\rtf", Kind("application/rtf", "RTF document", (".rtf",), _AS_PDF)),
    (b"Rar!\x1a\x07", Kind("application/vnd.rar", "RAR archive", (".rar",), _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind("application/x-7z-compressed", "7z archive", (".7z",), _UNPACK)),
    (b"\x1f\x8b", Kind("application/gzip", "gzip archive", (".gz", ".tgz"), _UNPACK)),
    (b"ID3", Kind("audio/mpeg", "sound recording", (".mp3",), "Add a transcript of it.")),
    (
        b"MZ",
        Kind("application/x-msdownload", "program", (".exe", ".dll"), "Programs prove nothing."),
    ),
)

_BRANDS: Final = {
    **dict.fromkeys(
        (b"heic", b"heix", b"mif1", b"heif"),
        Kind("image/heic", "HEIC picture (from a phone)", (".heic", ".heif"), _AS_PICTURE),
    ),
    b"avif": Kind("image/avif", "AVIF picture", (".avif",), _AS_PICTURE),
}
"""ISO media files: the four characters after "ftyp" say what they are; any other is a film."""

_FILM: Final = Kind("video/mp4", "film", (".mp4", ".mov", ".m4a"), "Add a transcript of it.")
_WEBP: Final = Kind("image/webp", "WebP picture", (".webp",), _AS_PICTURE)
_OLD_OFFICE: Final = Kind(
    "application/x-ole-storage",
    "file of an older Office program or an Outlook message",
    (".doc", ".xls", ".ppt", ".msg"),
    _AS_PDF,
)

_INSIDE: Final = (
    ("word/", Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                   "Word document", (".docx", ".docm"), _AS_PDF)),
    ("xl/", Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                 "Excel workbook", (".xlsx", ".xlsm"), _AS_PDF)),
    ("ppt/", Kind("application/vnd.openxmlformats-officedocument.presentationml.presentation",
                  "PowerPoint presentation", (".pptx", ".pptm"), _AS_PDF)),
    ("META-INF/manifest.xml", Kind("application/vnd.oasis.opendocument",
                                   "OpenDocument file", (".odt", ".ods", ".odp"), _AS_PDF)),
)  # fmt: skip
_ZIP: Final = Kind("application/zip", "ZIP archive", (".zip",), _UNPACK)

_PDF: Final = Kind(PDF, "PDF", (".pdf",))
_TEXT: Final = Kind(TEXT, "plain text", (".txt", ".csv", ".md", ".log", ".text", ".tsv"))
_HTML: Final = Kind("text/html", "web page", (".html", ".htm"), "Print it to PDF, and add the PDF.")
_XML: Final = Kind("application/xml", "XML file", (".xml", ".svg"), _AS_PDF)
_MAIL: Final = Kind("message/rfc822", "e-mail", (".eml",), "Print it to PDF, and add the PDF.")
_UNKNOWN: Final = Kind(
    "application/octet-stream", "file of a kind sefwriter doesn't know", (), _AS_PDF
)


def kind_of(path: Path) -> Kind:
    """The kind of the file at path. Raises OSError where it can't be read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    # Readers take up to 1024 bytes of anything before a PDF's first line (ISO 32000-1, annex H).
    if b"%PDF-" in head[: 1024 + 5]:
        return _PDF
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], _FILM)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _WEBP
    return _textual(head)


def _inside_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return _ZIP
    for beginning, kind in _INSIDE:
        if any(name.startswith(beginning) for name in names):
            return kind
    return _ZIP


def _textual(head: bytes) -> Kind:
    text = decode(head, cut_short=len(head) == _HEAD)
    if text is None:
        return _UNKNOWN
    start = text.lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        return _HTML
    if start.startswith("<?xml"):
        return _HTML if "<html" in start else _XML
    if "\nmime-version:" in f"\n{start}" and "\nfrom:" in f"\n{start}":
        return _MAIL
    return _TEXT
