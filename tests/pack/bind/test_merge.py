import io
import random
import warnings
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String

from sefwriter.pack.bind.merge import is_signed
from tests.bench import corpus
from tests.pack.bind.packs import bind_items, item, jumps, made, save


def test_links_within_evidence_still_lead_where_they_did(tmp_path: Path) -> None:
    path = made(corpus.linked_file, tmp_path / "linked.pdf")
    pack = bind_items([item(1, path), item(2, path)])
    for one in pack.report.items:
        first = one.first
        for page in range(4):
            following = first + (page + 1) % 4
            opened = [number for _, number in jumps(pack, first + page)]
            assert opened == [following, first + 3, first, 0, 0, 0]


def test_what_runs_something_is_taken_out(tmp_path: Path) -> None:
    pdf = corpus.form_file(1, random.Random(1))
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('SCRIPT')"))
    page = pdf.pages[0].obj
    pdf.Root.OpenAction = script
    page.AA = Dictionary(O=script)
    page.Annots[0].A = Dictionary(
        S=Name.URI, URI=String("https://example.org/"), Next=Dictionary(S=Name.Launch, F="SCRIPT")
    )
    page.Annots[1].A = Dictionary(S=Name.URI, URI=String("file:///c:/SCRIPT.exe"))
    page.Annots[2].A = Dictionary(S=Name.SubmitForm, F="SCRIPT")
    pack = bind_items(
        [
            item(1, save(pdf, tmp_path / "form.pdf")),
            item(2, made(corpus.linked_file, tmp_path / "linked.pdf")),
        ]
    )
    text = plain(pack.data)
    for gone in (b"SCRIPT", b"/JavaScript", b"/Launch", b"/AA", b"calc.exe", b"app.alert"):
        assert gone not in text
    assert text.count(b"https://example.org/") > 1


def test_fields_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    path = made(corpus.form_file, tmp_path / "form.pdf", 1)
    fields = bind_items([item(1, path), item(2, path)]).reader.get_fields() or {}
    for number in (1, 2):
        assert fields[f"E{number}.field0.3"].value == "value"


def test_a_field_that_its_form_forgot_is_listed(tmp_path: Path) -> None:
    pdf = corpus.form_file(1, random.Random(1))
    del pdf.Root["/AcroForm"]
    fields = bind_items([item(1, _saved(pdf, tmp_path))]).reader.get_fields() or {}
    assert fields["E1.field0.3"].value == "value"


def _saved(pdf: pikepdf.Pdf, folder: Path) -> Path:
    stream = io.BytesIO()
    with warnings.catch_warnings(action="ignore"):  # pikepdf's, about what the test is about
        pdf.save(stream)
    path = folder / "saved.pdf"
    path.write_bytes(stream.getvalue())
    return path


def test_hidden_layers_stay_hidden(tmp_path: Path) -> None:
    path = made(corpus.layered_file, tmp_path / "layered.pdf", 1)
    pdf = corpus.layered_file(1, random.Random(1))
    shown, hidden = pdf.Root.OCProperties.OCGs
    pdf.Root.OCProperties.D = Dictionary(BaseState=Name.OFF, ON=Array([shown]))
    assert hidden.Name == "Hidden"
    pack = bind_items([item(1, path), item(2, save(pdf, tmp_path / "off.pdf"))])
    with pack.open() as bound:
        layers = bound.Root.OCProperties
        assert [str(group.Name) for group in layers.OCGs] == ["Seen", "Hidden"] * 2
        assert [str(group.Name) for group in layers.D.OFF] == ["Hidden", "Hidden"]
        assert [str(order[0]) for order in layers.D.Order] == ["E1", "E2"]
    before = dark(path.read_bytes(), 0)
    assert abs(dark(pack.data, pack.report.items[0].first - 1) - before) < 2000
    assert abs(dark(pack.data, pack.report.items[1].first - 1) - before) < 2000


def dark(data: bytes, index: int) -> int:
    """How many dots of a page's picture are dark, without the foot where the stamp is."""
    with pypdfium2.PdfDocument(data) as document:
        picture: Any = document[index].render(scale=2).to_pil().convert("L")
    return sum(picture.crop((0, 0, picture.width, picture.height - 60)).histogram()[:128])


def test_attachments_of_evidence_are_kept(tmp_path: Path) -> None:
    pdf = corpus.attaching_file(1, random.Random(1))
    pdf.attachments["other key"] = pikepdf.AttachedFileSpec(pdf, b"other", filename="data.csv")
    path = save(pdf, tmp_path / "attaching.pdf")
    attached = bind_items([item(1, path, path, "data.csv")]).reader.attachments
    assert attached == {
        "E1 data.csv": [b"a,b\n1,2\n"],
        "E1 data.csv (2)": [b"other"],
        "E1 data.csv (3)": [path.read_bytes()],
    }


def test_inherited_sizes_and_resources_are_resolved(tmp_path: Path) -> None:
    pack = bind_items([item(1, made(corpus.inherited_file, tmp_path / "inherited.pdf"))])
    first = pack.report.items[0].first
    assert tuple(pack.reader.pages[first].mediabox) == (0, 0, 595, 842)
    assert "Source page 2" in pack.words(first + 1)


def test_a_file_protected_without_a_password_is_opened_and_told(tmp_path: Path) -> None:
    pdf = corpus.text_file(2, random.Random(1))
    path = save(pdf, tmp_path / "locked.pdf", pikepdf.Encryption(owner="secret"))
    pack = bind_items([item(1, path)])
    (one,) = pack.report.items
    assert (one.how, one.pages) == ("as-is", 2)
    assert "protected" in one.reason
    assert not pack.reader.is_encrypted
    assert "Source page 2" in pack.words(one.first + 1)


def test_a_signed_file_is_noticed_and_attached_unbroken(tmp_path: Path) -> None:
    pdf = corpus.form_file(1, random.Random(1))
    field = pdf.Root.AcroForm.Fields[0]
    field.FT = Name.Sig
    field.V = Dictionary(Type=Name.Sig, Contents=String("signature"))
    path = save(pdf, tmp_path / "signed.pdf")
    with pikepdf.open(path) as signed:
        assert is_signed(signed)
    pack = bind_items([item(1, path, name="Signed minutes.pdf")])
    (one,) = pack.report.items
    assert one.signed
    assert one.attached == "E1 Signed minutes.pdf"
    assert pack.reader.attachments[one.attached] == [path.read_bytes()]
    with pack.open() as bound:
        assert "/V" not in bound.Root.AcroForm.Fields[0].Kids[0]


def plain(data: bytes) -> bytes:
    """The file with nothing compressed."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(stream, qdf=True)
    return stream.getvalue()


def test_nothing_of_the_narratives_maker_is_left(tmp_path: Path) -> None:
    pack = bind_items([item(1, made(corpus.text_file, tmp_path / "1.pdf", 1))])
    with pack.open() as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/CreationDate", "/ModDate"}
        assert "pdfuaid" not in str(pdf.open_metadata())
        assert pdf.trailer.ID[0] == pdf.trailer.ID[1]
