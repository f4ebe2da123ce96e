import zipfile
from pathlib import Path

import pytest

from sefwriter.evidence.kinds import kind_of
from tests.evidence import made_files


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (made_files.pdf("a"), "application/pdf"),
        (b"junk before\r\n" + made_files.pdf("a"), "application/pdf"),
        (made_files.picture("PNG"), "image/png"),
        (made_files.picture("JPEG"), "image/jpeg"),
        (made_files.picture("TIFF"), "image/tiff"),
        (made_files.picture("GIF", "L"), "image/gif"),
        (made_files.picture("BMP"), "image/bmp"),
        (made_files.picture("WEBP"), "image/webp"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00", "video/mp4"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "application/x-ole-storage"),
        (b"{\\rtf1 hello}", "application/rtf"),
        (b"\n <HTML><body>x", "text/html"),
        (b"<?xml version='1.0'?><html/>", "text/html"),
        (b"<?xml version='1.0'?><svg/>", "application/xml"),
        (b"Received: x\r\nFrom: a\r\nMIME-Version: 1.0\r\n\r\n", "message/rfc822"),
        (b"From: a\r\nTo: b\r\n\r\nnotes of a call", "text/plain"),
        (b"name,number\n", "text/plain"),
        ("é".encode() * 5000, "text/plain"),
        (("a" + "é" * 5000).encode(), "text/plain"),
        (bytes(300), "application/octet-stream"),
    ],
)
def test_the_bytes_tell_the_kind(tmp_path: Path, data: bytes, media: str) -> None:
    path = tmp_path / "misleading.xyz"
    path.write_bytes(data)
    assert kind_of(path).media == media


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("word/document.xml", "Word document"),
        ("xl/workbook.xml", "Excel workbook"),
        ("ppt/presentation.xml", "PowerPoint presentation"),
        ("META-INF/manifest.xml", "OpenDocument file"),
        ("photo.jpg", "ZIP archive"),
    ],
)
def test_office_files_are_archives_told_by_what_is_inside(
    tmp_path: Path, inside: str, words: str
) -> None:
    path = tmp_path / "file.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, "x")
    assert kind_of(path).words == words
