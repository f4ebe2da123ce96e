"""Files that the tests of evidence make for themselves."""

import zlib
from io import BytesIO

import pikepdf
from PIL import Image


def pdf(*pages: str, title: str = "", password: str | None = None, rotate: int = 0) -> bytes:
    """A PDF with these lines of text, one string a page; with a user password if one is given."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for text in pages:
        page = document.add_blank_page(page_size=(595, 842))
        shown = " ".join(f"({line}) ' " for line in text.split("\n") if line)
        content = f"BT /F1 11 Tf 14 TL 40 800 Td {shown} ET" if text else ""
        page.Contents = document.make_stream(content.encode("latin-1"))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Rotate = rotate
    if title:
        document.docinfo["/Title"] = title
    out = BytesIO()
    encryption = False if password is None else pikepdf.Encryption(owner="owner", user=password)
    document.save(out, encryption=encryption, deterministic_id=password is None)
    return out.getvalue()


def picture(
    kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), orientation: int = 1
) -> bytes:
    """A grey ramp as PNG or JPEG in one of Pillow's modes."""
    ramp = Image.linear_gradient("L").resize(size)
    made = ramp.convert("I").point(lambda v: v * 256).convert("I;16") if mode == "I;16" else ramp
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = BytesIO()
    (made if mode == "I;16" else made.convert(mode)).save(out, kind, exif=exif)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes whose head promises this many dots: a decompression bomb."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data).to_bytes(4)
        return len(data).to_bytes(4) + name + data + check

    head = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 0, 0, 0, 0])
    body = zlib.compress(bytes(100_000), 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def with_content(content: str) -> bytes:
    """A PDF of one page with this content stream, however odd."""
    document = pikepdf.new()
    page = document.add_blank_page()
    page.Contents = document.make_stream(content.encode())
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_broken_page(*pages: str) -> bytes:
    """A PDF whose second page is a list."""
    document = pikepdf.open(BytesIO(pdf(*pages)))
    document.Root.Pages.Kids[1] = document.make_indirect(pikepdf.Array([]))
    out = BytesIO()
    document.save(out)
    return out.getvalue()
