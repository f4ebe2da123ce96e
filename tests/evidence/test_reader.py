import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sefwriter.evidence.reader import Reader
from sefwriter.evidence.reading import Limits, Reading
from sefwriter.store.faults import Cancelled
from tests.evidence import made_files
from tests.samples import samples


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


def read(reader: Reader, folder: Path, data: bytes, name: str) -> Reading:
    path = folder / "file"
    path.write_bytes(data)
    return reader.read(path, name)


def test_a_pdf_gives_text_size_rotation_and_title(reader: Reader, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / "a.pdf"
    path.write_bytes(made_files.pdf("one two", "", "three", title="Minutes  of May", rotate=90))
    reading = reader.read(path, "a.pdf", progress=lambda done, total: told.append((done, total)))
    facts = reading.facts
    assert (facts.state, facts.reason, facts.media) == ("ready", "", "application/pdf")
    assert facts.texts == ("one two", "", "three")
    assert facts.sizes == ((842.0, 595.0),) * 3
    assert facts.rotations == (90, 90, 90)
    assert facts.no_text_pages == (2,)
    assert facts.title == "Minutes of May"
    assert (reading.pages_pdf, reading.converter) == (None, "as-is")
    assert all(done <= total == 3 for done, total in told)


def test_a_pdf_without_any_text_says_what_to_do(reader: Reader, tmp_path: Path) -> None:
    facts = read(reader, tmp_path, made_files.pdf("", ""), "scan.pdf").facts
    assert (facts.state, facts.pages, facts.no_text_pages) == ("no-text", 2, (1, 2))
    assert "OCR" in facts.reason


def test_a_password_locks_but_an_empty_one_does_not(reader: Reader, tmp_path: Path) -> None:
    locked = read(reader, tmp_path, made_files.pdf("hi", password="secret"), "a.pdf").facts
    assert (locked.state, locked.pages) == ("locked", 0)
    assert "password" in locked.reason
    open_to_all = read(reader, tmp_path, made_files.pdf("hi", password=""), "a.pdf").facts
    assert (open_to_all.state, open_to_all.texts) == ("ready", ("hi",))
    assert "forbids" in open_to_all.reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café “quoted” – 10 %".encode(), "Café “quoted” – 10 %"),
        ("\ufeffwith a mark".encode(), "with a mark"),
        ("Café – two bytes each".encode("utf-16"), "Café – two bytes each"),
        ("Cafe without a mark".encode("utf-16-le"), "Cafe without a mark"),
        ("Café – of Windows".encode("cp1252"), "Café – of Windows"),
        (b"a,b\r\n1,2\r\n", "a,b\n1,2"),
    ],
)
def test_plain_text_becomes_pages(reader: Reader, tmp_path: Path, data: bytes, text: str) -> None:
    reading = read(reader, tmp_path, data, "notes.txt")
    assert (reading.facts.state, reading.facts.media) == ("ready", "text/plain")
    assert reading.facts.texts == (text,)
    assert reading.converter == "sefwriter-text-1"
    assert reading.pages_pdf is not None
    assert reading.pages_pdf.startswith(b"%PDF-")


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "1", "P", "LA", "I;16"])
def test_every_make_of_png_becomes_a_page(reader: Reader, tmp_path: Path, mode: str) -> None:
    reading = read(reader, tmp_path, made_files.picture("PNG", mode), "board.png")
    assert (reading.facts.state, reading.facts.pages) == ("no-text", 1)
    assert "picture" in reading.facts.reason
    assert reading.converter == "sefwriter-picture-1"
    assert reading.pages_pdf is not None


def test_a_jpeg_in_print_colours_becomes_a_page(reader: Reader, tmp_path: Path) -> None:
    reading = read(reader, tmp_path, made_files.picture("JPEG", "CMYK"), "poster.jpg")
    assert (reading.facts.state, reading.facts.pages) == ("no-text", 1)


def test_a_photo_lies_as_its_camera_was_held(reader: Reader, tmp_path: Path) -> None:
    upright = read(reader, tmp_path, made_files.picture("JPEG", orientation=6), "a.jpg").facts
    lying = read(reader, tmp_path, made_files.picture("JPEG", orientation=1), "a.jpg").facts
    assert upright.sizes[0][0] < upright.sizes[0][1]
    assert lying.sizes[0][0] > lying.sizes[0][1]


def test_the_same_file_gives_the_same_pages(tmp_path: Path) -> None:
    made: list[bytes | None] = []
    for _ in range(2):
        with Reader() as fresh:
            made.append(read(fresh, tmp_path, "Café".encode(), "a.txt").pages_pdf)
    assert made[0] is not None
    assert made[0] == made[1]


def test_a_wrong_ending_is_told_and_the_file_still_read(reader: Reader, tmp_path: Path) -> None:
    picture = read(reader, tmp_path, made_files.picture("PNG"), "board.pdf").facts
    assert picture.state == "no-text"
    assert picture.reason.startswith("Its name ends in .pdf, but it is a PNG picture")
    pdf = read(reader, tmp_path, made_files.pdf("hello"), "report.txt").facts
    assert (pdf.state, pdf.texts) == ("ready", ("hello",))
    assert "Its name ends in .txt, but it is a PDF" in pdf.reason


def test_cancel_ends_a_reading_and_the_next_one_works(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(made_files.pdf(*["words"] * 3000))
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return True

    with pytest.raises(Cancelled):
        reader.read(path, "long.pdf", stop=stop)
    assert read(reader, tmp_path, made_files.pdf("hello"), "a.pdf").facts.state == "ready"


def test_too_much_is_told(tmp_path: Path) -> None:
    small = Limits(max_bytes=3000, max_pages=2, max_text_bytes=100, max_pixels=1000)
    with Reader(small) as reader:
        cases = [
            (made_files.pdf(*["a"] * 3), "a.pdf", "Split it"),
            (b"x" * 4000, "a.txt", "Split it"),
            (b"x" * 101, "a.txt", "Cut out"),
            (made_files.picture("PNG", size=(40, 30)), "a.png", "smaller copy"),
        ]
        for data, name, advice in cases:
            facts = read(reader, tmp_path, data, name).facts
            assert (facts.state, facts.pages) == ("too-big", 0)
            assert advice in facts.reason


@pytest.mark.real
@pytest.mark.parametrize("folder", ["odd_pdfs", "reports"])
def test_every_real_pdf_is_read(reader: Reader, folder: str) -> None:
    found = sorted((samples() / folder).glob("*.pdf"))
    assert len(found) == {"odd_pdfs": 13, "reports": 11}[folder]
    for path in found:
        facts = reader.read(path, path.name).facts
        assert facts.state == ("no-text" if "imagemagick" in path.name else "ready"), path.name
        assert len(facts.texts) == len(facts.sizes) == len(facts.rotations) > 0
        assert not any(set(text) & set("\x00\x02\r\ufffe") for text in facts.texts)


@pytest.mark.real
def test_hyphens_at_line_ends_stand_as_the_page_shows_them(reader: Reader) -> None:
    (path,) = (samples() / "reports").glob("west sussex*.pdf")
    text = "\n".join(reader.read(path, path.name).facts.texts)
    assert "checks for pre-\nschool children" in text


@pytest.mark.real
def test_office_files_are_named_for_what_they_are(reader: Reader) -> None:
    word = reader.read(samples() / "word" / "tables.docx", "tables.docx").facts
    assert (word.state, word.pages) == ("unsupported", 0)
    assert word.reason.startswith("This is a Word document")
    assert "save it as PDF" in word.reason
    (path,) = (samples() / "tables").glob("*.xlsx")
    assert "an Excel workbook" in reader.read(path, path.name).facts.reason


def test_the_folder_of_a_reader_that_was_killed_is_swept_and_a_living_ones_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, living = (
        tmp_path / f"sefwriter-reader-{number}-abc" for number in (ended.pid, os.getpid())
    )
    for folder in (left, living):
        folder.mkdir()
        (folder / "board").write_bytes(b"")
    with Reader():
        assert not left.exists()
        assert living.exists()
        assert len(list(tmp_path.iterdir())) == 2
