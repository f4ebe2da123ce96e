"""Fields with their results already written, bookmarks, and links inside the document.

Nothing is marked dirty and no setting asks for an update, so Word opens the file without a prompt;
a reader who wants fresh page numbers presses F9 or prints.
"""

from xml.etree.ElementTree import Element

from sefwriter.pack.word.xml import node, text_run


def field(code: str, *result: Element) -> list[Element]:
    """The runs of a field with this code, and the runs of its result between."""
    return [*field_start(code), *result, field_end()]


def field_start(code: str) -> list[Element]:
    """The runs that open a field whose result lies over several paragraphs."""
    held = node("instrText")
    held.set("xml:space", "preserve")
    held.text = f" {code} "
    return [
        node("r", node("fldChar", fldCharType="begin")),
        node("r", held),
        node("r", node("fldChar", fldCharType="separate")),
    ]


def field_end() -> Element:
    """The run that closes a field."""
    return node("r", node("fldChar", fldCharType="end"))


def page_number() -> list[Element]:
    """ "Page 1 of 1"; Word counts anew while it lays out header and footer, unasked."""
    return [
        text_run("Page "),
        *field("PAGE", text_run("1")),
        text_run(" of "),
        *field("NUMPAGES", text_run("1")),
    ]


def link_inside(anchor: str, *runs: Element) -> Element:
    """A link to a bookmark of this document."""
    return node("hyperlink", *runs, anchor=anchor, history=1)


class Bookmarks:
    """The bookmarks of one document: each name once, each with its own number."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def around(self, name: str, *content: Element) -> list[Element]:
        """The content between the bookmark's marks. A name met again gets "_2", "_3"…"""
        free, count = name, 1
        while free in self._names:
            count += 1
            free = f"{name}_{count}"
        self._names.add(free)
        number = len(self._names)
        return [
            node("bookmarkStart", id=number, name=free),
            *content,
            node("bookmarkEnd", id=number),
        ]
