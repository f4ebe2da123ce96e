import datetime
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from sefwriter.evidence.pdf import read_pdf
from sefwriter.evidence.reading import Limits
from sefwriter.paper.sheets import picture_pages, text_pages
from tests.evidence import made_files

DAY = datetime.date(2000, 1, 1)


def pages(data: bytes) -> tuple[str, ...]:
    return read_pdf(data, Limits(), lambda *_: None).facts.texts


def picture_in(data: bytes) -> Image.Image:
    with pikepdf.open(BytesIO(data)) as document:
        (raw,) = document.pages[0].get_images().values()
        assert isinstance(raw, pikepdf.Stream)
        return pikepdf.PdfImage(raw).as_pil_image().convert("RGB")


def test_a_picture_is_tagged_with_its_title() -> None:
    made = picture_pages(made_files.picture("PNG"), "image/png", "Wall of notes", date=DAY)
    with pikepdf.open(BytesIO(made)) as document:
        assert document.docinfo["/Title"] == "Wall of notes"
        assert "Wall of notes" in [
            str(item.Alt)
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_more_dots_than_are_seen_are_thinned_out(kind: str) -> None:
    big = made_files.picture(kind, size=(6000, 4000))
    media = f"image/{kind.lower()}"
    image = picture_in(picture_pages(big, media, "Big", date=DAY))
    assert image.width < 3500
    assert abs(image.width / image.height - 1.5) < 0.01


def test_place_and_camera_stay_behind() -> None:
    exif = Image.Exif()
    exif[0x010E] = "Secret address"
    out = BytesIO()
    Image.new("RGB", (50, 50)).save(out, "JPEG", exif=exif, comment=b"Secret comment")
    assert b"Secret" in out.getvalue()
    assert b"Secret" not in picture_pages(out.getvalue(), "image/jpeg", "Photo", date=DAY)


def test_a_see_through_picture_lies_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    image = picture_in(picture_pages(out.getvalue(), "image/png", "Glass", date=DAY))
    assert image.getpixel((25, 25)) == (255, 255, 255)


def test_sixteen_bits_keep_their_greys() -> None:
    out = BytesIO()
    Image.new("I;16", (20, 20), 0x8000).save(out, "PNG")
    image = picture_in(picture_pages(out.getvalue(), "image/png", "Grey", date=DAY))
    assert image.getpixel((10, 10)) == (128, 128, 128)


@pytest.mark.parametrize("media", ["image/png", "image/jpeg"])
def test_a_damaged_picture_is_an_oserror(media: str) -> None:
    with pytest.raises(OSError, match="cannot identify"):
        picture_pages(b"no picture", media, "Bad", date=DAY)


def test_text_keeps_its_words_lines_and_gaps() -> None:
    text = "Heading\r\n\r\n\tindented  twice\rx\ty\n# *no* $markup$ @here <b>\n\fNew"
    (page,) = pages(text_pages(text, "Notes", date=DAY))
    lines = [" ".join(line.split()) for line in page.split("\n")]
    assert lines == ["Heading", "indented twice", "x y", "# *no* $markup$ @here <b>", "New"]


def test_a_word_without_end_stays_on_the_page() -> None:
    (page,) = pages(text_pages("W" * 700, "Long", date=DAY))
    assert page.replace("\n", "").replace("\u200b", "") == "W" * 700
    assert "\n" in page


def test_much_text_fills_many_pages_and_loses_nothing() -> None:
    numbers = [f"line {number}" for number in range(3000)]
    made = pages(text_pages("\n".join(numbers), "Many", date=DAY))
    assert len(made) > 20
    assert "\n".join(made).split("\n") == numbers


def test_the_same_text_gives_the_same_bytes() -> None:
    assert text_pages("a\nb", "Same", date=DAY) == text_pages("a\nb", "Same", date=DAY)
