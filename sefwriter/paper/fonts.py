"""The fonts of the program: Source Sans, six static faces, the same on every laptop."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import typst

from sefwriter.paper.workplace import laid_out

FAMILY: Final = "Source Sans Pro"
"""The family's name as fonts know it (Source Sans 3 carries the same design)."""

FACES: Final = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
"""The faces that pages and windows use."""

_EVERY_FACE: Final = b"""
#set text(font: "Source Sans Pro")
#for weight in (400, 600, 700) { for style in ("normal", "italic") {
  text(weight: weight, style: style)[x]
} }
"""


def font_files() -> tuple[Path, ...]:
    """The six font files, in the order of FACES.

    Raises FileNotFoundError where the package that carries them is damaged or absent.
    """
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the font package font-source-sans-pro is missing: install it")
    folder = Path(spec.origin).parent / "files"
    paths = tuple(folder / f"SourceSansPro-{face}.ttf" for face in FACES)
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(f"the font file {path.name} is missing: install it again")
    return paths


@cache
def page_fonts() -> typst.Fonts:
    """Our six faces and those inside typst for signs that ours lack; never the system's.

    The package holds each face twice (TrueType and OpenType) and more weights than we use; typst
    reads whole folders in the order of the disk, so which twin it took would differ between
    laptops. It opens files when a face is first used and goes on without a word where one is gone;
    so every face is used once here, while the folder of copies stands. Raises WorldError where
    there is no room for the copies, and FileNotFoundError as `font_files` does.
    """
    with laid_out({path.name: path for path in font_files()}) as folder:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
        typst.compile(_EVERY_FACE, font_paths=fonts, ignore_system_fonts=True)
    return fonts
