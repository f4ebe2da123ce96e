import random
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests.bench import corpus
from tests.pack.bind.packs import Pack, bind_items, item, made, save

MARGIN = 9
SCALE = 4
PETROL = (14, 85, 96)


def stamp_box(pack: Pack, number: int) -> tuple[float, float, float, float]:
    """How far what is petrol in the lower half of a page lies from its left, top, right, bottom.

    In points, the top from the middle of the page.
    """
    with pypdfium2.PdfDocument(pack.data) as document:
        picture: Image.Image = document[number - 1].render(scale=SCALE).to_pil().convert("RGB")
    width, height = picture.size
    lower = picture.crop((0, height // 2, width, height))
    other = ImageChops.difference(lower, Image.new("RGB", lower.size, PETROL)).convert("L")
    found = other.point([255] * 20 + [0] * 236).getbbox()
    assert found is not None, f"no stamp on page {number}"
    left, top, right, bottom = found
    distances = (left, top, width - right, lower.height - bottom)
    return tuple(distance / SCALE for distance in distances)  # pyright: ignore[reportReturnType]


@pytest.mark.parametrize("name", ["rotated", "unbalanced", "scanned", "inherited"])
def test_the_box_is_at_the_readers_bottom_right(name: str, tmp_path: Path) -> None:
    kind = corpus.KINDS[name][0]
    pack = bind_items([item(1, made(kind, tmp_path / "1.pdf"))])
    first = pack.report.items[0].first
    for number in range(first, first + 4):
        _, _, right, bottom = stamp_box(pack, number)
        assert abs(right - MARGIN) < 1.2
        assert abs(bottom - MARGIN) < 1.2


def test_only_the_cropped_part_counts_and_the_unit_of_the_page(tmp_path: Path) -> None:
    pdf = corpus.cropped_file(2, random.Random(1))
    for page in pdf.pages:
        page.obj.Rotate = 90
    pack = bind_items([item(1, save(pdf, tmp_path / "1.pdf"))])
    first = pack.report.items[0].first
    _, _, right, bottom = stamp_box(pack, first)
    assert (abs(right - MARGIN) < 1.2, abs(bottom - MARGIN) < 1.2) == (True, True)
    _, _, right, bottom = stamp_box(pack, first + 1)  # pdfium shows a unit of two points as one
    assert (abs(right - MARGIN / 2) < 1.2, abs(bottom - MARGIN / 2) < 1.2) == (True, True)


def test_it_shrinks_on_a_tiny_page(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(40, 30))
    pack = bind_items([item(1, save(pdf, tmp_path / "tiny.pdf"))])
    number = pack.report.items[0].first
    left, _, _, _ = stamp_box(pack, number)
    assert left > 8
    assert f"E1 p.1 · {number}" in pack.words(number)


def test_its_font_is_embedded_and_reaches_only_stamped_pages(tmp_path: Path) -> None:
    pdf = corpus.inherited_file(2, random.Random(1))
    shared = pdf.Root.Pages.Resources = pdf.make_indirect(pdf.Root.Pages.Resources)
    form = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.Resources = shared
    shared.XObject = pikepdf.Dictionary(F=form)
    pack = bind_items([item(1, save(pdf, tmp_path / "1.pdf"))])
    with pack.open() as bound:
        resources = bound.pages[pack.report.items[0].first - 1].obj.Resources
        font = resources.Font["/SefStamp"]
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        assert "/F0" in resources.Font
        assert "/SefStamp" not in resources.XObject.F.Resources.Font


def test_it_is_no_part_of_the_content_read_aloud(tmp_path: Path) -> None:
    pack = bind_items([item(1, made(corpus.text_file, tmp_path / "1.pdf", 1))])
    with pack.open() as bound:
        page = bound.pages[pack.report.items[0].first - 1].obj
        opening, stamp = page.Contents[0].read_bytes(), page.Contents[-1].read_bytes()
        assert opening == b"/Figure <</MCID 0>> BDC q \n"
        assert stamp.startswith(b"\nQ EMC /Artifact <</Type/Pagination/Subtype/Footer>> BDC q ")
        assert stamp.endswith(b"Q EMC")


def test_a_sign_the_font_lacks_does_no_harm(tmp_path: Path) -> None:
    one = item(1, made(corpus.text_file, tmp_path / "1.pdf", 1))
    odd = type(one)(one.id, "E№1", one.title, one.pages, None, "")
    pack = bind_items([odd])
    assert "E?1 p.1" in pack.words(pack.report.items[0].first)
