import io
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import pytest

from sefwriter.pack.zips import canonical_zip

CORE = (
    b"<cp:coreProperties><dcterms:created xsi:type='dcterms:W3CDTF'>%s</dcterms:created>"
    b"<dc:title>dcterms:created</dc:title>"
    b"<dcterms:modified xsi:type='dcterms:W3CDTF'>%s</dcterms:modified></cp:coreProperties>"
)


def zipped(contents: dict[str, bytes], year: int = 2020, *, system: int = 3) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as target:
        for name, content in contents.items():
            entry = ZipInfo(name, (year, 5, 6, 7, 8, 10))
            entry.create_system = system
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return made.getvalue()


PARTS = {"word/document.xml": b"<w/>" * 100, "[Content_Types].xml": b"<t/>", "_rels/.rels": b"<r/>"}


def test_order_times_and_system_of_the_source_leave_no_trace() -> None:
    backwards = dict(reversed(PARTS.items()))
    assert canonical_zip(zipped(PARTS), "2026-09-30") == canonical_zip(
        zipped(backwards, 2024, system=0), "2026-09-30"
    )


def test_content_is_kept_types_come_first_and_the_date_is_the_given_one() -> None:
    with ZipFile(io.BytesIO(canonical_zip(zipped(PARTS), "2026-09-30"))) as made:
        assert made.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        assert {name: made.read(name) for name in made.namelist()} == PARTS
        assert {entry.date_time for entry in made.infolist()} == {(2026, 9, 30, 0, 0, 0)}
        assert {entry.create_system for entry in made.infolist()} == {0}
        assert made.getinfo("word/document.xml").compress_size < 100


def test_a_second_pass_changes_nothing() -> None:
    once = canonical_zip(zipped(PARTS), "2026-09-30")
    assert canonical_zip(once, "2026-09-30") == once


def test_core_times_are_pinned_and_nothing_else_there() -> None:
    first, second = (
        canonical_zip(zipped({"docProps/core.xml": CORE % (when, when)}), "2026-09-30")
        for when in (b"2024-01-01T10:11:12Z", b"2025-02-03T04:05:06Z")
    )
    assert first == second
    with ZipFile(io.BytesIO(first)) as made:
        pinned = b"2026-09-30T00:00:00Z"
        assert made.read("docProps/core.xml") == CORE % (pinned, pinned)


def test_a_day_before_zip_began_becomes_its_first() -> None:
    with ZipFile(io.BytesIO(canonical_zip(zipped(PARTS), "1971-02-03"))) as made:
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_day_after_zip_ends_becomes_its_last() -> None:
    with ZipFile(io.BytesIO(canonical_zip(zipped(PARTS), "9999-12-31"))) as made:
        assert {entry.date_time for entry in made.infolist()} == {(2107, 12, 31, 0, 0, 0)}


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        canonical_zip(zipped(PARTS), "yesterday")
