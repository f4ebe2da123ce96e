"""Thirteen PDFs of many makers: forms, rotated pages, odd outlines, attachments, faxes."""

import json
from pathlib import Path

import pypdf
import pytest

from tests.samples import samples
from tests.world.terminal import Terminal


@pytest.mark.real
@pytest.mark.slow
def test_odd_pdfs_are_all_taken_in_and_bound_or_slip_sheeted(
    terminal: Terminal, tmp_path: Path
) -> None:
    files = sorted((samples() / "odd_pdfs").glob("*.pdf"))
    sef = tmp_path / "SEF"
    section = terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")["sections"][0]
    text = "\n\n".join(f"Fact {n} is known." for n in range(len(files)))
    terminal("do", sef, "EditText", f"section={section['id']}", f"text={text}")
    done = terminal("do", sef, "AddEvidence", f"path={samples() / 'odd_pdfs'}")
    assert len([row for row in done["files"] if row["path"].endswith(".pdf")]) == len(files)
    evidence = [row for row in terminal("show", sef, "evidence") if row["file"].endswith(".pdf")]
    assert len(evidence) == len(files)
    for n, item in enumerate(evidence):
        assert item["state"] in ("ready", "no-text", "locked", "damaged"), item
        made = terminal(
            "do", sef, "MarkClaim", f"section={section['id']}", f"quote=Fact {n} is known"
        )
        claim = next(row["id"] for row in made["touched"] if row["kind"] == "claim")
        terminal("do", sef, "LinkPassage", f"claim={claim}", f"evidence={item['id']}", "page=1")
    pack = tmp_path / "pack"
    terminal("export", sef, "--to", pack, "--date", "2026-11-24")
    assert terminal("verify", pack) == []
    manifest = json.loads((pack / "manifest.json").read_bytes())
    bound = next(row for row in manifest["files"] if row["kind"] == "bound")
    assert len(pypdf.PdfReader(pack / bound["name"]).pages) == bound["pages"]
    by_number = {row["number"]: row for row in manifest["evidence"]}
    for item in evidence:
        row = by_number[item["number"]]
        assert row["how"] in ("bound", "slip"), row
        if row["how"] == "bound":
            assert row["pages"] == item["pages"]
        else:
            assert row["attached"], row
            assert row["reason"], row
