"""Whatever an evidence file is, the pack is finished and says what was lost."""

import io
import random
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from tests.bench import corpus
from tests.pack.bind.packs import FRONT, bind_items, item, save
from tests.samples import samples


def good() -> bytes:
    stream = io.BytesIO()
    corpus.text_file(3, random.Random(1)).save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<html><body>404 not found</body></html>", "damaged"),
        (b"%PDF-1.7\n" + b"\0" * 500, "damaged"),
    ],
)
def test_what_is_no_pdf_is_a_slip_and_attached(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    pack = bind_items([item(1, path)])
    (one,) = pack.report.items
    assert (one.how, one.pages) == ("slip", 0)
    assert reason in one.reason
    assert one.attached == ("E1 bad.pdf" if content else "")


def test_a_missing_file_is_a_slip(tmp_path: Path) -> None:
    (one,) = bind_items([item(1, tmp_path / "gone.pdf")]).report.items
    assert (one.how, one.attached) == ("slip", "")
    assert "not on this laptop" in one.reason


def test_a_locked_file_is_a_slip_that_asks_for_its_password(tmp_path: Path) -> None:
    pdf = corpus.text_file(2, random.Random(1))
    path = save(pdf, tmp_path / "locked.pdf", pikepdf.Encryption(user="u", owner="o"))
    (one,) = bind_items([item(1, path)]).report.items
    assert one.how == "slip"
    assert "password" in one.reason
    assert one.attached == "E1 locked.pdf"


@pytest.mark.parametrize(
    "content",
    [
        good()[: int(len(good()) * 0.97)],
        good().replace(b"startxref\n", b"startxref\n9"),
        good() + b"\0" * 2000,
        good().replace(b"/Length ", b"/Length 9"),
    ],
    ids=["cut", "lost table", "tail", "lengths"],
)
def test_what_can_be_read_of_a_damaged_file_is_bound(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(content)
    pack = bind_items([item(1, path)])
    (one,) = pack.report.items
    assert (one.pages, one.how, one.attached) == (3, "re-saved", "E1 damaged.pdf")
    assert pack.report.pages == FRONT + 4
    for page in range(3):
        assert f"E1 p.{page + 1} · {one.first + page}" in pack.words(one.first + page)


def test_what_only_pdfium_reads_is_written_anew(tmp_path: Path) -> None:
    """A page tree without kids in the right place: qpdf finds no page, pdfium by its own search."""
    data = good()
    path = tmp_path / "odd.pdf"
    path.write_bytes(data[: data.rindex(b"xref")].replace(b"/Type /Catalog", b"/Type /Katalog"))
    (one,) = bind_items([item(1, path)]).report.items
    assert one.how in {"as-is", "re-saved", "as pictures", "slip"}
    assert one.how == "slip" or one.pages == 3


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_damage_ends_in_a_pack(data: st.DataObject, tmp_path: Path) -> None:
    kind, _ = corpus.KINDS[data.draw(st.sampled_from(["linked", "form", "layered", "tagged"]))]
    stream = io.BytesIO()
    kind(2, random.Random(1)).save(stream, compress_streams=False)
    content = bytearray(stream.getvalue())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + 3] = data.draw(st.binary(min_size=0, max_size=6))
    path = tmp_path / "damaged.pdf"
    path.write_bytes(content)
    pack = bind_items([item(1, path)])
    (one,) = pack.report.items
    with pypdfium2.PdfDocument(pack.data) as document:
        assert len(document) == pack.report.pages == FRONT + 1 + one.pages


def test_wrong_types_everywhere_are_passed_over(tmp_path: Path) -> None:
    pdf = corpus.text_file(6, random.Random(1))
    pages = [page.obj for page in pdf.pages]
    pages[0].Annots = Array([1, Name.Foo, Dictionary(), Array([])])
    pages[1].Annots = Dictionary(Subtype=Name.Link)
    pages[1].CropBox = Array([Name.Foo, 1, 2, 3])
    pages[2].Rotate = Name.Foo
    pages[2].Resources = Array([])
    pages[3].Contents = Array([1, Dictionary()])
    pages[4].Annots = Array(
        [
            Dictionary(Subtype=Name.Link, A=Array([]), Dest=Dictionary(D=Array([99]))),
            Dictionary(Subtype=Name.Link, Dest=Array([Dictionary()]), Rect=Array([1])),
        ]
    )
    pages[5].StructParents = Name.Foo
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([Dictionary(), 5, Array([])]), DR=Array([]), Q=Name.X
    )
    pdf.Root.OCProperties = Dictionary(OCGs=Name.Foo, D=Array([]))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([1])), Dests=Array([]))
    pdf.Root.Outlines = Dictionary(First=Array([]))
    pdf.Root.StructTreeRoot = Array([])
    pdf.Root.MarkInfo = Name.Foo
    pack = bind_items([item(1, save(pdf, tmp_path / "wrong.pdf"))])
    (one,) = pack.report.items
    assert (one.how, one.pages) == ("re-saved", 6)
    for page in range(6):
        assert f"E1 p.{page + 1} · {one.first + page}" in pack.words(one.first + page)


@pytest.mark.real
def test_real_odd_files_are_all_bound() -> None:
    paths = sorted((samples() / "odd_pdfs").glob("*.pdf"))
    pack = bind_items([item(number, path) for number, path in enumerate(paths, 1)], page=1)
    assert {one.how for one in pack.report.items} == {"as-is"}
    for one, path in zip(pack.report.items, paths, strict=True):
        with pypdfium2.PdfDocument(path) as document:
            assert one.pages == len(document)
        for page in range(one.pages):
            assert f"{one.number} p.{page + 1} · {one.first + page}" in pack.words(one.first + page)
