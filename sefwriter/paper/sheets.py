"""Pages for evidence that has none of its own: a picture, a plain text."""

import datetime
import re
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from sefwriter.paper.typesetter import typeset

_A4: Final = (595.28, 841.89)
_MARGIN: Final = 34.0
_MOST_DPI: Final = 300
_LEAST_DPI: Final = 96
"""Points; and the dots an inch between which a picture is fitted to the page."""

_LONGEST_WORD: Final = 80
"""Characters after which a word without a space may be broken, for it would leave the page."""


def picture_pages(data: bytes, media: str, title: str, *, date: datetime.date) -> bytes:
    """One A4 page with the picture, turned as its EXIF says, as an accessible PDF.

    `media` is "image/png" or "image/jpeg"; `title` is the picture's alternative text. Anything
    else in the file (place, camera, comments) stays behind. More than 300 dots an inch are thinned
    out. Raises OSError, or SyntaxError from Pillow's PNG reader, where the picture is damaged.
    """
    with Image.open(BytesIO(data), formats=["PNG" if media == "image/png" else "JPEG"]) as file:
        file.load()
        upright = ImageOps.exif_transpose(file)
        lying = upright.width > upright.height
        size = _size_on_page(upright.width, upright.height, lying=lying)
        content = _content(file, upright, size)
    name = "picture.png" if content.startswith(b"\x89PNG") else "picture.jpg"
    page = {
        "title": title,
        "file": name,
        "lying": lying,
        "margin": _MARGIN,
        "width": size[0],
        "height": size[1],
    }
    return typeset("picture.typ", page, files={name: content}, date=date)


def text_pages(text: str, title: str, *, date: datetime.date) -> bytes:
    """The text on A4 pages line by line as an accessible PDF; no word of it is left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").expandtabs(4)
    # Typst draws neither spaces at the start of a line nor more than one inside it.
    spaced = re.sub(r"^ +|(?<= ) +", lambda gap: "\u00a0" * len(gap[0]), lines, flags=re.MULTILINE)
    broken = re.sub(rf"(\S{{{_LONGEST_WORD}}})(?=\S)", "\\1\u200b", spaced)
    page = {"title": title, "text": re.sub(r"\n\s*\n", "\n\n", broken).strip("\n")}
    return typeset("plaintext.typ", page, date=date)


def _size_on_page(width: int, height: int, *, lying: bool) -> tuple[float, float]:
    """A picture's size in points: as large as fits, unless its dots would show."""
    across, down = reversed(_A4) if lying else _A4
    scale = min((across - 2 * _MARGIN) / width, (down - 2 * _MARGIN) / height, 72.0 / _LEAST_DPI)
    return width * scale, height * scale


def _content(file: Image.Image, upright: Image.Image, size: tuple[float, float]) -> bytes:
    """The picture's bytes for the page: a JPEG stays one, with no more dots than are seen."""
    most = max(1, round(size[0] / 72 * _MOST_DPI)), max(1, round(size[1] / 72 * _MOST_DPI))
    too_fine = upright.width > most[0]
    out = BytesIO()
    if file.format == "JPEG" and file.mode in ("RGB", "L"):
        turned = file.getexif().get(0x0112, 1) != 1
        if not too_fine and not turned:
            file.info = {}
            file.save(out, "JPEG", quality="keep")
            return out.getvalue()
    plain = _plain(upright)
    if too_fine:
        plain.thumbnail(most, Image.Resampling.LANCZOS)
    plain.info = {}
    if file.format == "PNG":
        plain.save(out, "PNG")
    else:
        plain.save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()


def _plain(picture: Image.Image) -> Image.Image:
    """The picture in 8-bit grey or RGB on white, whatever it was made in."""
    if picture.mode.startswith("I"):
        # numpy's types, which Pillow names here, are not installed with it.
        grey = picture.convert("I").point(lambda value: value / 256)  # pyright: ignore[reportUnknownMemberType]
        return grey.convert("L")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert("RGB")
    return picture if picture.mode in ("RGB", "L") else picture.convert("RGB")
