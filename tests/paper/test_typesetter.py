import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from sefwriter.paper import typesetter
from sefwriter.paper.typesetter import TypesettingError, typeset

Template = Callable[..., str]
DATE = datetime.date(2026, 11, 24)
HEAD = """
#let data = json(bytes(sys.inputs.data))
#set document(title: "T")
#set text(font: "Source Sans Pro", lang: "en", region: "GB")
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Template:
    def resource(*parts: str) -> Path:
        return tmp_path / parts[-1]

    monkeypatch.setattr(typesetter, "resource", resource)

    def write(body: str, name: str = "t.typ") -> str:
        (tmp_path / name).write_text(HEAD + body, encoding="utf-8")
        return name

    return write


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def test_same_data_gives_same_bytes_tagged_in_british_english(template: Template) -> None:
    name = template("#data.text")
    first = typeset(name, {"text": "Hello"}, date=DATE)
    assert first == typeset(name, {"text": "Hello"}, date=DATE)
    with opened(first) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en-GB"
        assert "20261124120000" in str(pdf.docinfo["/CreationDate"])
        metadata = bytes(pdf.Root.Metadata.read_bytes())
        assert b"<pdfuaid:part>1<" in metadata
        assert b"<pdfaid:part>2<" in metadata


def test_our_font_is_used_and_not_a_fall_back(template: Template) -> None:
    pdf = typeset(template('#text(weight: 600, style: "italic")[x]'), {}, date=DATE)
    with opened(pdf) as opened_pdf:
        fonts = {str(font.BaseFont) for font in opened_pdf.pages[0].Resources.Font.values()}
    assert len(fonts) == 1
    assert "SourceSansPro-SemiboldIt" in fonts.pop()


def test_markup_in_data_is_only_text(template: Template) -> None:
    text = "#panic() @a <b> $x$ *y* _z_ \\ `c` = d // e [f]"
    pdf = typeset(template("#data.text"), {"text": text}, date=DATE)
    assert pdf


def test_strings_at_any_depth_are_made_printable(template: Template) -> None:
    pdf = typeset(
        template("#for (a, b) in data.rows [#a #b.c]"),
        {"rows": [("\U0001f600", {"c": "\uf0b7\x00\ud800"})]},
        date=DATE,
    )
    assert pdf


def test_files_and_other_templates_are_reached(template: Template) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    template('#let shown(name) = image("files/" + name, alt: "A")', "other.typ")
    name = template('#import "other.typ": shown\n#shown(data.name)')
    pdf = typeset(name, {"name": "a.png"}, files={"a.png": picture.getvalue()}, date=DATE)
    with opened(pdf) as opened_pdf:
        assert len(opened_pdf.pages[0].get_images()) == 1


def test_a_refusal_is_typed_and_has_words(template: Template) -> None:
    with pytest.raises(TypesettingError) as caught:
        typeset(template("= One\n=== Three"), {}, date=DATE)
    assert "skipped" in caught.value.message
    assert "These pages could not be made" in str(caught.value)


def test_a_damaged_picture_is_refused_not_a_crash(template: Template) -> None:
    name = template('#image("files/a.png", alt: "A")')
    with pytest.raises(TypesettingError):
        typeset(name, {}, files={"a.png": b"not a picture"}, date=DATE)


def test_a_crash_of_typst_is_a_fault_and_not_the_end(
    template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    def crash(*_: object, **__: object) -> bytes:
        raise PanicException("end byte index 11 is out of bounds")

    monkeypatch.setattr("typst.compile", crash)
    with pytest.raises(TypesettingError, match="broke down"):
        typeset(template("x"), {}, date=DATE)


def test_a_person_pressing_stop_is_no_fault_of_typst(
    template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("typst.compile", stop)
    with pytest.raises(KeyboardInterrupt):
        typeset(template("x"), {}, date=DATE)
