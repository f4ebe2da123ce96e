"""Text as it is stored: line ends LF, NFC, nothing that can't be printed or signed.

Used at every door (paste, import, opening a foreign file); what the ledger holds has been through.
"""

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls but tab and LF, the byte order mark, and code points that are no characters.
_OUT: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_SYMBOLS: Final = re.compile("[\uf020-\uf0ff]")

# What Word's Symbol and Wingdings fonts leave behind: most are bullets, a few mean something.
_MEANING: Final = {
    "\uf020": " ",
    "\uf0fb": "✗",
    "\uf0fc": "✓",
    "\uf0df": "←",
    "\uf0e0": "→",
}


def clean(text: str) -> str:
    """Text fit to be stored. Cleaning it again changes nothing.

    Line ends become LF; lone surrogates U+FFFD; controls but tab go; private-use bullets of Word's
    symbol fonts become • (a tick stays a tick); the rest is brought to NFC.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _OUT.sub("", _LINE_ENDS.sub("\n", text))
    text = _SURROGATES.sub("\ufffd", text)
    text = _SYMBOLS.sub(lambda found: _MEANING.get(found.group(), "•"), text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Clean text of one line, as titles and names are: line ends and tabs become spaces."""
    return clean(text).replace("\n", " ").replace("\t", " ").strip()
