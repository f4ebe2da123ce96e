"""A picture in the line, with its alternative text."""

from typing import Final
from xml.etree.ElementTree import Element

from sefwriter.model.text.blocks import Run
from sefwriter.pack.word.manuscript import Manuscript
from sefwriter.pack.word.xml import NAMESPACES, clean, node, text_run

EMU_PER_CM: Final = 360_000
_PICTURE: Final = NAMESPACES["xmlns:pic"]
_WIDEST: Final = 17 * EMU_PER_CM
_TALLEST: Final = 22 * EMU_PER_CM


def drawing(manuscript: Manuscript, run: Run) -> Element:
    """The run that shows a picture; its alternative text in words where it can't be shown."""
    found = manuscript.picture(run.picture)
    if found is None:
        return text_run(f"[Picture not shown: {run.text}]")
    relation, wide, high = found
    wide, high = _fitted(wide, high, run.width)
    manuscript.drawings += 1
    number = str(manuscript.drawings)
    name = {"id": number, "name": f"Picture {number}", "descr": clean(run.text)}
    extent = {"cx": str(wide), "cy": str(high)}
    inline = Element("wp:inline", dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
    inline.append(Element("wp:extent", extent))
    inline.append(Element("wp:docPr", name))
    inline.append(
        _put("a:graphic", _put("a:graphicData", _picture(relation, name, extent), uri=_PICTURE))
    )
    return node("r", node("drawing", inline))


def _fitted(wide: int, high: int, share: str) -> tuple[int, int]:
    """Width and height that keep the shape and stay on the page; `share` is "60%" or ""."""
    number = share.strip().removesuffix("%")
    asked = min(int(number), 100) if number.isdecimal() and int(number) else 0
    target = _WIDEST * asked // 100 if asked else min(wide, _WIDEST)
    scale = min(target / max(wide, 1), _TALLEST / max(high, 1))
    return max(round(wide * scale), 1), max(round(high * scale), 1)


def _picture(relation: str, name: dict[str, str], extent: dict[str, str]) -> Element:
    place = _put("a:xfrm", Element("a:off", {"x": "0", "y": "0"}), Element("a:ext", extent))
    shape = _put("a:prstGeom", Element("a:avLst"), prst="rect")
    return _put(
        "pic:pic",
        _put("pic:nvPicPr", Element("pic:cNvPr", name), Element("pic:cNvPicPr")),
        _put(
            "pic:blipFill",
            Element("a:blip", {"r:embed": relation}),
            _put("a:stretch", Element("a:fillRect")),
        ),
        _put("pic:spPr", place, shape),
    )


def _put(tag: str, *children: Element, **attributes: str) -> Element:
    made = Element(tag, attributes)
    made.extend(children)
    return made
