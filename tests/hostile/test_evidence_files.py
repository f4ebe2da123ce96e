import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sefwriter.evidence.board import Board, Notice
from sefwriter.evidence.reader import Reader
from sefwriter.evidence.reading import Limits, Reading
from sefwriter.evidence.worker import read_file
from sefwriter.store.faults import Cancelled, WorldError
from tests.evidence import made_files


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as made:
        yield made


def read(reader: Reader, folder: Path, data: bytes, name: str = "a.pdf") -> Reading:
    path = folder / "file"
    path.write_bytes(data)
    return reader.read(path, name)


def misbehave(path: Path, media: str, name: str, limits: Limits, board: Path) -> Reading:
    """In place of the worker's work: the file's name says how it goes wrong."""
    with Board(board) as seen:
        seen.post(Notice(os.getpid(), 1, 2))
    if name == "crash.pdf":
        os.abort()
    if name == "hang.pdf":
        time.sleep(60)
    if name == "swell.pdf":
        held = [bytearray(os.urandom(1) * 50_000_000) for _ in range(8)]
        time.sleep(60)
        held.clear()
    if name == "memory.pdf":
        raise MemoryError
    if name == "gone.pdf":
        path.unlink()
        name = "gone.txt"
        return read_file(path, "text/plain", name, limits, board)
    if name == "late.pdf":
        raise TimeoutError(name)
    if name == "bug.pdf":
        raise KeyError(name)
    return read_file(path, media, name, limits, board)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("crash.pdf", "broke down"),
        ("memory.pdf", "broke down"),
        ("hang.pdf", "took too long"),
        ("swell.pdf", "fills the whole memory"),
    ],
)
def test_a_worker_that_goes_wrong_harms_nobody(tmp_path: Path, name: str, words: str) -> None:
    # The time allowed runs from the start of the worker process, so it is not all too short.
    limits = Limits(seconds=4 if name == "hang.pdf" else 60, max_memory=300_000_000)
    with Reader(limits, work=misbehave) as reader:
        facts = read(reader, tmp_path, made_files.pdf("hello"), name).facts
        assert (facts.state, facts.pages) == ("damaged", 0)
        assert words in facts.reason
        after = read(reader, tmp_path, made_files.pdf("hello"), "good.pdf").facts
        assert (after.state, after.texts) == ("ready", ("hello",))


def test_a_hung_worker_can_be_cancelled(tmp_path: Path) -> None:
    with Reader(work=misbehave) as reader:
        begun = time.monotonic()
        with pytest.raises(Cancelled):
            path = tmp_path / "file"
            path.write_bytes(made_files.pdf("hello"))
            reader.read(path, "hang.pdf", stop=lambda: time.monotonic() - begun > 0.5)
        assert time.monotonic() - begun < 10


def test_a_disk_that_fails_under_the_worker_is_told(tmp_path: Path) -> None:
    with Reader(work=misbehave) as reader, pytest.raises(WorldError, match="is not there"):
        read(reader, tmp_path, made_files.pdf("hello"), "gone.pdf")


def test_an_answer_too_late_is_not_waited_for_again(tmp_path: Path) -> None:
    with Reader(work=misbehave) as reader, pytest.raises(TimeoutError, match=r"late\.pdf"):
        read(reader, tmp_path, made_files.pdf("hello"), "late.pdf")


def test_a_bug_of_ours_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with Reader(work=misbehave) as reader:
        with pytest.raises(KeyError):
            read(reader, tmp_path, made_files.pdf("hello"), "bug.pdf")
        assert read(reader, tmp_path, made_files.pdf("hello")).facts.state == "ready"


@pytest.mark.parametrize(
    ("data", "name", "state"),
    [
        (b"", "a.pdf", "empty"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "a.pdf", "damaged"),
        (made_files.pdf("hello")[:400], "a.pdf", "damaged"),
        (bytes(range(256)) * 9, "a.pdf", "unsupported"),
        (made_files.pdf(), "a.pdf", "empty"),
        (b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"]" * 200_000, "a.pdf", "damaged"),
        (made_files.picture("JPEG", size=(400, 400))[:900], "a.jpg", "damaged"),
        (made_files.picture("PNG", size=(400, 400))[:300], "a.png", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "a.png", "damaged"),
        (b"\xff\xd8\xff" + b"x" * 99, "a.jpg", "damaged"),
        (made_files.huge_png(60_000, 60_000), "a.png", "too-big"),
        (made_files.huge_png(10_000, 12_000), "a.png", "damaged"),
        (b" \r\n\t ", "a.txt", "empty"),
        (b"text " * 2000 + b"\x00\x01", "a.txt", "unsupported"),
        (b"PK\x03\x04garbage", "a.docx", "unsupported"),
        (b"<!DOCTYPE html><html></html>", "a.htm", "unsupported"),
        (b"From: a@b.org\r\nMIME-Version: 1.0\r\n\r\nhi", "a.eml", "unsupported"),
    ],
)
def test_damage_is_named(
    reader: Reader, tmp_path: Path, data: bytes, name: str, state: str
) -> None:
    reading = read(reader, tmp_path, data, name)
    assert reading.facts.state == state
    assert reading.facts.pages == 0
    assert reading.facts.reason.endswith(".")
    assert reading.pages_pdf is None


def test_a_file_that_is_not_there_is_missing(reader: Reader, tmp_path: Path) -> None:
    assert reader.read(tmp_path / "gone.pdf", "gone.pdf").facts.state == "missing"
    assert reader.read(tmp_path, "folder").facts.state == "missing"


@pytest.mark.parametrize("piece", ["q ", "[", "<< /A ", "(", "BT ", "/X Do "])
def test_deep_nesting_on_a_page_is_survived(reader: Reader, tmp_path: Path, piece: str) -> None:
    data = made_files.with_content(piece * 100_000)
    assert read(reader, tmp_path, data).facts.state in ("no-text", "damaged")


def test_a_pdf_cut_off_anywhere_never_ends_in_an_exception(reader: Reader, tmp_path: Path) -> None:
    whole = made_files.pdf("hello", "world", title="Cut")
    for end in range(0, len(whole), 67):
        facts = read(reader, tmp_path, whole[:end]).facts
        assert facts.state in ("ready", "no-text", "damaged", "empty", "locked", "unsupported")
        assert facts.state != "locked"


def test_a_page_that_is_no_page_leaves_the_others(reader: Reader, tmp_path: Path) -> None:
    facts = read(reader, tmp_path, made_files.with_broken_page("one", "two", "three")).facts
    assert facts.state == "ready"
    assert facts.texts[0] == "one"
    assert 2 in facts.no_text_pages
    assert "can't be read: damaged." in facts.reason
