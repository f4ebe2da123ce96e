"""The eight evidence files of the demonstration SEF, made on the spot from what they shall say.

The words lie in resources/demo/evidence.json; so no binary lies in the repository, and the same
release makes the same bytes. The files are named as resources/demo/demo.json names them.
"""

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypedDict, cast

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sefwriter.paper.fonts import font_files
from sefwriter.paper.typesetter import typeset
from sefwriter.resources import resource

_TEMPLATE: Final = "demo-evidence.typ"
_INK: Final = (40, 44, 60)
_BARS: Final = ((43, 58, 103), (116, 128, 160))
_CORK: Final = (176, 128, 84)
_CARDS: Final = ((250, 240, 180), (214, 234, 248), (248, 215, 218), (222, 240, 216))


class _Document(TypedDict):
    title: str
    by: str
    date: str
    landscape: bool
    pages: list[Mapping[str, object]]


class _Chart(TypedDict):
    title: str
    bars: list[tuple[str, int]]


class _Display(TypedDict):
    cards: list[str]


class _Content(TypedDict):
    documents: Mapping[str, _Document]
    minutes: list[str]
    chart: _Chart
    display: _Display


def make_demo_files(folder: Path) -> tuple[Path, ...]:
    """Write the eight files into the folder, in the demonstration's order; returns their paths.

    Five PDFs, a chart as PNG, a photograph-like JPEG and the minutes as text. Files of these names
    that are there already are replaced. Raises OSError where the folder can't be written to.
    """
    content = cast("_Content", json.loads(resource("demo", "evidence.json").read_text("utf-8")))
    demo = json.loads(resource("demo", "demo.json").read_text("utf-8"))
    others: dict[str, Callable[[Path], None]] = {
        "waits-chart": lambda path: _draw_chart(content["chart"], path),
        "youth-display": lambda path: _draw_display(content["display"], path),
        "board-minutes": lambda path: _write_minutes(content["minutes"], path),
    }
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for item in demo["evidence"]:
        path = folder / item["file"]
        if item["id"] in others:
            others[item["id"]](path)
        else:
            path.write_bytes(_pages(content["documents"][item["id"]]))
        made.append(path)
    return tuple(made)


def _pages(document: _Document) -> bytes:
    return typeset(_TEMPLATE, document, date=datetime.date.fromisoformat(document["date"]))


def _write_minutes(lines: list[str], path: Path) -> None:
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    regular, *_, bold_face, _ = font_files()
    return ImageFont.truetype(bold_face if bold else regular, size)


def _draw_chart(chart: _Chart, path: Path) -> None:
    """A bar chart, 1600 by 900 pixels, of the kind that is pasted into reports."""
    picture = Image.new("RGB", (1600, 900), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((80, 60), chart["title"], fill=_INK, font=_font(40, bold=True))
    longest = max(value for _, value in chart["bars"])
    for number, (name, value) in enumerate(chart["bars"]):
        top = 190 + number * 165
        right = 460 + round(980 * value / longest)
        pen.text((80, top + 28), name, fill=_INK, font=_font(44))
        pen.rectangle((460, top, right, top + 110), fill=_BARS[number % 2])
        pen.text((right + 20, top + 28), str(value), fill=_INK, font=_font(44, bold=True))
    picture.save(path, "PNG", optimize=True)


def _draw_display(display: _Display, path: Path) -> None:
    """A display board with cards pinned to it, as somebody photographs it: 1600 by 1200 pixels."""
    smooth = Image.Resampling.BICUBIC
    board = Image.new("RGB", (1600, 1200), _CORK)
    for number, words in enumerate(display["cards"]):
        card = Image.new("RGBA", (400, 380), _CARDS[number % len(_CARDS)])
        pen = ImageDraw.Draw(card)
        pen.multiline_text((36, 70), words, fill=_INK, font=_font(58), spacing=12)
        pen.ellipse((185, 14, 215, 44), fill=(170, 40, 40))
        tilted = card.rotate((-4, 3, -2, 5, -3, 2)[number % 6], expand=True, resample=smooth)
        column, row = number % 3, number // 3
        place = (90 + column * 490, 120 + row * 520)
        shadow = Image.new("RGB", tilted.size, (110, 78, 50))
        board.paste(shadow, (place[0] + 12, place[1] + 14), tilted)
        board.paste(tilted, place, tilted)
    soft = board.filter(ImageFilter.GaussianBlur(0.8))
    soft.save(path, "JPEG", quality=88)
