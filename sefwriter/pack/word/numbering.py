"""Real lists: two definitions, and one instance per numbered list so that each begins anew."""

from typing import Final
from xml.etree.ElementTree import Element

from sefwriter.pack.word.xml import node

DEEPEST: Final = 8
"""Word knows list levels 0 to 8; what lies deeper is shown at 8."""

STEP: Final = 425
"""How far each level is indented, in twentieths of a point: 7.5 mm."""

_BULLETS: Final = 1
_NUMBERS: Final = 2
_MARKS: Final = ("•", "–", "▪")
_FORMATS: Final = (("decimal", "."), ("lowerLetter", ")"), ("lowerRoman", "."))


class Numbering:
    """The list instances of one document. Instance 1 is every bulleted list's."""

    def __init__(self) -> None:
        self._instances = [node("num", node("abstractNumId", val=_BULLETS), numId=1)]

    def bulleted(self) -> int:
        """The instance for a bulleted list."""
        return 1

    def numbered(self, level: int, start: int) -> int:
        """A new instance for a numbered list that begins at `start` on this level."""
        number = len(self._instances) + 1
        begin = node("lvlOverride", node("startOverride", val=max(start, 0)), ilvl=level)
        made = node("num", node("abstractNumId", val=_NUMBERS), begin, numId=number)
        self._instances.append(made)
        return number

    def children(self) -> list[Element]:
        """The children of the numbering part: definitions, then instances."""
        bullets = [("bullet", _MARKS[level % 3]) for level in range(DEEPEST + 1)]
        numbers = [
            (form, f"%{level + 1}{end}")
            for level in range(DEEPEST + 1)
            for form, end in [_FORMATS[level % 3]]
        ]
        return [_definition(_BULLETS, bullets), _definition(_NUMBERS, numbers), *self._instances]


def _definition(number: int, levels: list[tuple[str, str]]) -> Element:
    made = node("abstractNum", node("multiLevelType", val="hybridMultilevel"), abstractNumId=number)
    for level, (form, text) in enumerate(levels):
        indent = node("ind", left=STEP * (level + 1), hanging=STEP)
        made.append(
            node(
                "lvl",
                node("start", val=1),
                node("numFmt", val=form),
                node("lvlText", val=text),
                node("lvlJc", val="left"),
                node("pPr", indent),
                ilvl=level,
            )
        )
    return made
