"""File names that every disk, share and portal takes."""

import re
import unicodedata
from typing import Final

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*~#%&{}+]')
"""What NTFS forbids (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>) and what
older SharePoint servers and upload portals refuse or spoil in addresses."""

_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]|desktop\.ini|_vti_.*) *(\..*)?",
    re.IGNORECASE,
)
"""Device names of Windows, with any extension, and names that SharePoint keeps for itself."""

_DROPPED: Final = frozenset({"Cf", "Cn", "Co"})
"""Unseen and private characters: a right-to-left mark can make "fdp.exe" read as "exe.pdf"."""

_MOST_BYTES: Final = 200
"""Linux and many NAS boxes count bytes (255); an extension and a number must still fit."""


def safe_name(text: str, maximum: int = 80) -> str:
    """A part of a file name, without extension, as near to text as is safe everywhere.

    At most `maximum` characters and 200 bytes of UTF-8, in NFC; never empty, never ending in a dot
    or space, never a name that Windows or SharePoint keeps. Doing it twice changes nothing. Two
    texts may give the same name: the caller sees to numbers.
    """
    spaced = "".join(_character(character) for character in unicodedata.normalize("NFC", text))
    clean = _FORBIDDEN.sub("-", unicodedata.normalize("NFC", spaced))
    clean = re.sub(r"\.{2,}", ".", re.sub(r"\s+", " ", clean)).lstrip(" .")
    if _RESERVED.fullmatch(clean.rstrip(" .")):
        clean = f"-{clean}"
    return _cut(clean, maximum) or "-"


def _character(character: str) -> str:
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    if character.isspace() or category == "Cc":
        return " "
    return "-" if category == "Cs" else character


def _cut(text: str, maximum: int) -> str:
    short = text[:maximum].encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(" .")
    # Cutting "console" at three would bring a kept name back.
    return f"{short[:-1]}-" if _RESERVED.fullmatch(short) else short
