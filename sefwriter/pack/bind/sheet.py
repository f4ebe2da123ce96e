"""A page as its reader sees it: which part is shown, which way up, at what scale."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pikepdf import Array, Object

from sefwriter.pack.bind.objects import numbers_at, value_at, whole_at

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_A4: Final[Box] = (0.0, 0.0, 595.28, 841.89)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`box`: the shown part in page space; `turn`: 0, 90, 180 or 270 clockwise; `unit`: points."""

    box: Box
    turn: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the reader sees them, in page units."""
        left, bottom, right, top = self.box
        across, up = right - left, top - bottom
        return (up, across) if self.turn in {90, 270} else (across, up)

    @property
    def matrix(self) -> Matrix:
        """From the reader's bottom left, rightwards and upwards, to page space."""
        left, bottom, right, top = self.box
        return {
            0: (1.0, 0.0, 0.0, 1.0, left, bottom),
            90: (0.0, 1.0, -1.0, 0.0, right, bottom),
            180: (-1.0, 0.0, 0.0, -1.0, right, top),
            270: (0.0, -1.0, 1.0, 0.0, left, top),
        }[self.turn]

    def at(self, across: float, up: float) -> tuple[float, float]:
        """A point given from the reader's bottom left, in page space."""
        a, b, c, d, e, f = self.matrix
        return a * across + c * up + e, b * across + d * up + f

    @property
    def top_left(self) -> tuple[float, float]:
        """The reader's top left corner, in page space."""
        return self.at(0.0, self.size[1])


def sheet(page: Object) -> Sheet:
    """How this page is shown; A4 upright where it does not say, or says nonsense."""
    media = _box(page, "/MediaBox") or _A4
    crop = _box(page, "/CropBox")
    shown = _overlap(media, crop) if crop is not None else None
    unit = _number(value_at(page, "/UserUnit"))
    return Sheet(
        box=shown or media,
        turn=(whole_at(page, "/Rotate") or 0) // 90 * 90 % 360,
        unit=unit if unit is not None and unit > 0 else 1.0,
    )


def mend(page: Object) -> None:
    """Take nonsense sizes off a page: readers disagree on what they mean, and may show nothing."""
    for key in ("/MediaBox", "/CropBox"):
        if key in page and _box(page, key) is None:
            del page[key]
    if "/MediaBox" not in page:
        page["/MediaBox"] = Array(_A4)


def _box(page: Object, key: str) -> Box | None:
    numbers = numbers_at(page, key)
    if len(numbers) != 4:
        return None
    one, two, three, four = numbers
    box = (min(one, three), min(two, four), max(one, three), max(two, four))
    return box if box[2] - box[0] >= 1 and box[3] - box[1] >= 1 else None


def _overlap(one: Box, two: Box) -> Box | None:
    box = (max(one[0], two[0]), max(one[1], two[1]), min(one[2], two[2]), min(one[3], two[3]))
    return box if box[2] - box[0] >= 1 and box[3] - box[1] >= 1 else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return float(value)
