"""The fonts of window and pack alike, as files."""

from sefwriter.paper.fonts import FAMILY, font_files

__all__ = ["FAMILY", "font_files"]
