"""Files that pikepdf can't read, tried with pdfium: written anew, or photographed page by page.

The work is done in a process of its own: pdfium may crash or hang on a hostile file, and must take
nobody along.
"""

import io
import multiprocessing
from collections.abc import Callable
from concurrent.futures import TimeoutError as OverdueError
from pathlib import Path
from typing import Final, Self, cast

import pikepdf
import pypdfium2  # pyright: ignore[reportMissingTypeStubs]  # it has none
from pebble import ProcessExpired, ProcessPool
from pikepdf import Dictionary, Name
from PIL import Image

_LONGEST: Final = 120.0
"""Seconds that one file may take."""
_DOTS_PER_INCH: Final = 150
_LONGEST_SIDE: Final = 3500
"""In pixels, whatever size a page claims to have."""
_QUALITY: Final = 85


class Rescuer:
    """One worker process, started when it is first needed and again after a crash.

    Use it as a context: the worker ends with it.
    """

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    def resaved(self, path: Path) -> bytes | None:
        """The file as pdfium writes it, or None where it can't or finds no page."""
        return self._apart(_resave, path)

    def pictures(self, path: Path) -> bytes | None:
        """A PDF of pictures of the pages, or None where pdfium can't draw them."""
        return self._apart(_photograph, path)

    def _apart(self, work: Callable[[str], bytes], path: Path) -> bytes | None:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(max_workers=1, context=spawn)
        future = self._pool.schedule(work, args=[str(path)], timeout=_LONGEST)
        try:
            return future.result() or None
        except (OverdueError, ProcessExpired, pypdfium2.PdfiumError, MemoryError, OSError):
            # What pdfium can't do either is no fault of ours; the next way is tried.
            return None


def _resave(path: str) -> bytes:
    made = io.BytesIO()
    with pypdfium2.PdfDocument(path) as document:
        if len(document) == 0:
            return b""
        document.save(made)  # pyright: ignore[reportUnknownMemberType]  # pypdfium2 has no types
    return made.getvalue()


def _photograph(path: str) -> bytes:
    made = io.BytesIO()
    with pypdfium2.PdfDocument(path) as document, pikepdf.new() as target:
        for page in document:
            width, height = page.get_size()
            scale = min(_DOTS_PER_INCH / 72, _LONGEST_SIDE / max(width, height, 1.0))
            picture = _drawn(page, scale)
            _add_picture(target, picture, (max(width, 3.0), max(height, 3.0)))
            page.close()
        if len(target.pages) == 0:
            return b""
        target.save(made, deterministic_id=True)
    return made.getvalue()


def _drawn(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    # pypdfium2 has no types, and its defaults make pyright think that a scale is whole.
    render = cast("Callable[..., pypdfium2.PdfBitmap]", page.render)  # pyright: ignore[reportUnknownMemberType]
    return render(scale=scale).to_pil().convert("RGB")


def _add_picture(target: pikepdf.Pdf, picture: Image.Image, size: tuple[float, float]) -> None:
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=_QUALITY)
    page = target.add_blank_page(page_size=size)
    image = target.make_stream(
        packed.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page.obj["/Resources"] = Dictionary(XObject=Dictionary({"/Page": image}))
    drawing = f"q {size[0]:.2f} 0 0 {size[1]:.2f} 0 0 cm /Page Do Q"
    page.obj["/Contents"] = target.make_stream(drawing.encode())
