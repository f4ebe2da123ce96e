import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.pack.manifest import Layout, PackFile, Row, make_manifest
from sefwriter.pack.tables import COLUMNS, harmless, manifest_table
from tests.pack.example import a_plan


@pytest.fixture
def manifest(tmp_path: Path) -> Row:
    files = (PackFile("a.docx", "word", 1, "11"),)
    return make_manifest(a_plan(tmp_path), Layout(), files, ())


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_excel_sees_utf8_and_every_row_has_every_column(manifest: Row) -> None:
    data = manifest_table(manifest)
    assert data.startswith(b"\xef\xbb\xbfrow,number,name,")
    found = rows(data)
    assert [row["row"] for row in found] == ["file"] + ["evidence"] * 6 + ["sign-off"] * 2
    assert all(set(row) == set(COLUMNS) for row in found)
    assert found[2]["reason"] == "It is restricted: held by H. Role, not in this pack."


def test_a_title_that_excel_would_run_is_harmless(manifest: Row) -> None:
    evidence: list[Row] = [{"number": "E1", "title": "=cmd|' /C calc'!A0", "reason": "two\nlines"}]
    (row,) = rows(manifest_table({"files": [], "evidence": evidence, "sign_offs": []}))
    assert row["title"] == "'=cmd|' /C calc'!A0"
    assert row["reason"] == "two\nlines"


@settings(max_examples=100)
@given(st.text())
def test_no_cell_begins_as_a_formula_and_plain_ones_stay(cell: str) -> None:
    made = harmless(cell)
    assert made[:1] not in tuple("=+-@\t\r")
    assert made.removeprefix("'") == cell.removeprefix("'") or made == cell
