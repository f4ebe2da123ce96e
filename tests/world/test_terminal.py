"""Commands, acts, scripts, exit codes and refusals, as a script relies on them."""

import json
from pathlib import Path

import pytest

from sefwriter.model.acts import ACTS
from tests.world.terminal import Terminal

TEXT = "Waits are long in the north. Families say so. Plans are on time in 58% of cases."


@pytest.fixture
def sef(terminal: Terminal, tmp_path: Path) -> Path:
    terminal("new", tmp_path / "SEF", "--area", "Wendlebury", "--person", "SEND lead")
    terminal("do", tmp_path / "SEF", "EditText", "section=S04", f"text={TEXT}")
    return tmp_path / "SEF"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    file = tmp_path / "minutes.txt"
    file.write_text("Board of 8 October\n\nThe median wait in the north is 31 weeks.\n", "utf-8")
    return file


def claim_of(terminal: Terminal, sef: Path, quote: str, *fields: str) -> str:
    done = terminal("do", sef, "MarkClaim", "section=S04", f"quote={quote}", *fields)
    return next(row["id"] for row in done["touched"] if row["kind"] == "claim")


def test_a_new_sef_has_the_frameworks_sections_an_owner_and_a_recovery_key(
    terminal: Terminal, tmp_path: Path
) -> None:
    made = terminal("new", tmp_path / "SEF", "--area", "Wendlebury", "--person", "SEND lead")
    assert [section["ref"] for section in made["sections"]][:2] == ["S01", "S02"]
    assert len(made["sections"]) == 18
    assert len(made["recovery"].split()) == 24
    people = terminal("show", tmp_path / "SEF", "people")
    assert [(row["name"], row["roles"]) for row in people] == [("SEND lead", ["author", "owner"])]
    everything = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert not any(made["recovery"].encode() in data for data in everything)
    assert {row["status"] for row in terminal("show", tmp_path / "SEF", "sections")} == {
        "not-started"
    }


def test_a_folder_that_holds_something_is_left_alone(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    told = terminal.refused("new", tmp_path, "--area", "W", "--person", "SEND lead")
    assert "Choose a new folder" in told
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_claim_bind_and_act_are_shown_by_the_keys_scripts_rely_on(
    terminal: Terminal, sef: Path, minutes: Path
) -> None:
    claim = claim_of(terminal, sef, "Waits are long", "claim_kind=to-improve", "inquiries=K2,K6")
    terminal("do", sef, "AddEvidence", f"path={minutes}", "title=Minutes", "partner=health")
    terminal("do", sef, "LinkPassage", f"claim={claim}", "evidence=E1", "quote=is 31  weeks")
    terminal("do", sef, "AddAction", "text=Open a second clinic", f"claim={claim}", "priority=must")
    shown = terminal("show", sef, "claims", claim)
    assert shown["text"] == "Waits are long"
    assert (shown["claim_kind"], shown["inquiries"]) == ("to-improve", ["K2", "K6"])
    item = terminal("show", sef, "evidence", "E1")
    assert {"id", "number", "title", "file", "sha256", "pages", "state", "reason"} <= set(item)
    assert (item["state"], item["pages"], item["used_by"]) == ("ready", 1, [claim])
    [passage] = terminal("show", sef, "passages")
    assert (passage["page"], passage["quote"], passage["state"]) == (1, "is 31 weeks", "found")
    assert terminal("show", sef, "actions", "A1")["claims"] == [claim]
    [hit, *_] = terminal("search", sef, "median", "wait")
    assert (hit["number"], hit["page"]) == ("E1", 1)
    assert "median" in hit["snippet"]
    assert terminal("search", sef, "it's A&E 20% -word NOT") == []


def test_check_finds_what_is_to_be_mended_and_says_so_by_its_exit_code(
    terminal: Terminal, sef: Path
) -> None:
    assert terminal("check", sef) == []
    claim = claim_of(terminal, sef, "Families say so")
    [found] = terminal("check", sef, code=1)
    assert (found["check"], found["level"]) == ("claim-without-passage", "error")
    assert found["where"]["claim"] == claim
    assert found["message"]
    assert found["fix"]


def test_refusals_are_one_plain_sentence_and_change_nothing(
    terminal: Terminal, sef: Path, minutes: Path
) -> None:
    before = terminal("show", sef, "entries")
    for request, told in (
        (("MarkClaim", "section=S04", "quote=Waits are longer"), "Waits are long"),
        (("MarkClaim", "section=S99", "quote=Waits"), "no section"),
        (("MarkClaim", "section=S04", "quote=Waits", "claim_kind=good"), "strength"),
        (("MarkClaim", "section=S04", "quote=Waits", "as_at=May"), "2026-05-31"),
        (("MarkClaims", "section=S04"), "MarkClaim"),
        (("MarkClaim", "section=S04", "words=Waits"), "quote"),
        (("MarkClaim", "section=S04"), "quote"),
        (("AddEvidence", f"path={minutes}.gone"), "not there"),
        (("LinkPassage", "claim=x", "evidence=E1", "page=1"), "no claim"),
        (("SignOff", "section=S04"), "passphrase"),
        (("ReturnSection", "section=S04", "reason=x"), "reviewer"),
        (("RemovePerson", "person=SEND lead"), "own the SEF"),
        (("EditText", "section=S04", "text=@nowhere.txt"), "can't be read"),
    ):
        error = terminal.refused("do", sef, *request)
        assert told in error, (request, error)
        assert error.count("\n") == 1
    assert terminal("show", sef, "entries") == before


def test_an_act_that_changes_nothing_makes_no_entry(terminal: Terminal, sef: Path) -> None:
    before = terminal("show", sef, "entries")
    assert terminal("do", sef, "EditText", "section=S04", f"text={TEXT}")["entry"] == ""
    assert terminal("show", sef, "entries") == before


def test_a_script_names_what_it_makes_and_stops_at_the_first_refusal(
    terminal: Terminal, sef: Path, minutes: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.jsonl"
    rows = [
        {"act": "AddEvidence", "path": minutes.name, "as": "minutes"},
        {"act": "MarkClaim", "section": "S04", "quote": "Waits are long", "as": "waits"},
        {"act": "LinkPassage", "claim": "$waits", "evidence": "$minutes", "page": 1},
        {"act": "LinkPassage", "claim": "$waits", "evidence": "$minutes", "page": 9},
        {"act": "AddAction", "text": "never reached"},
    ]
    script.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    told = terminal.refused("do", sef, "--script", script)
    assert told.startswith("sefwriter: Line 4, LinkPassage: E1 has 1 page")
    assert len(terminal("show", sef, "passages")) == 1
    assert terminal("show", sef, "actions") == []


def test_acts_document_themselves(terminal: Terminal) -> None:
    listed = terminal("acts")
    assert {row["act"] for row in listed} == set(ACTS)
    for row in listed:
        assert row["does"], row
        assert row["who"], row
    told, _, _ = terminal.said("acts", "MarkClaim")
    assert "quote  text  (needed)" in told
    assert "did you mean MarkClaim" in terminal.refused("acts", "MarkClam").replace("Did", "did")


def test_a_replaced_file_keeps_its_number_and_shows_where_its_passages_went(
    terminal: Terminal, sef: Path, minutes: Path
) -> None:
    claim = claim_of(terminal, sef, "Waits are long")
    terminal("do", sef, "AddEvidence", f"path={minutes}")
    terminal("do", sef, "LinkPassage", f"claim={claim}", "evidence=E1", "quote=31 weeks")
    assert terminal("check", sef) == []
    minutes.write_text("Board of 8 October\n\nNothing was said of waits.\n", "utf-8")
    terminal("do", sef, "ReplaceEvidence", "evidence=E1", f"path={minutes}")
    item = terminal("show", sef, "evidence", "E1")
    assert len(item["versions"]) == 2
    assert terminal("show", sef, "passages")[0]["state"] in ("gone", "changed")
    [found] = terminal("check", sef, code=1)
    assert found["check"] in ("passage-not-found", "passage-changed")
    told = terminal.refused("do", sef, "DeleteEvidence", "evidence=E1")
    assert "Waits are long" in told


def test_the_same_file_twice_is_recognised(terminal: Terminal, sef: Path, minutes: Path) -> None:
    terminal("do", sef, "AddEvidence", f"path={minutes}", "title=Minutes")
    copy = minutes.with_name("copy.txt")
    copy.write_bytes(minutes.read_bytes())
    assert "E1 Minutes" in terminal.refused("do", sef, "AddEvidence", f"path={copy}")


def test_final_is_refused_while_errors_stand_and_an_override_is_in_the_manifest(
    terminal: Terminal, sef: Path, tmp_path: Path
) -> None:
    claim_of(terminal, sef, "Families say so")
    refused = terminal("export", sef, "--to", tmp_path / "pack", "--final", code=1)
    assert "rests on nothing" in refused["refused"][0]
    assert not (tmp_path / "pack").exists()
    made = terminal(
        "export",
        sef,
        "--to",
        tmp_path / "pack",
        "--final",
        "--only",
        "word",
        "--override",
        "claim-without-passage=Said at the board",
    )
    assert made["draft"] is False
    manifest = (tmp_path / "pack" / "manifest.json").read_text("utf-8")
    assert "Said at the board" in manifest
    assert terminal("verify", tmp_path / "pack") == []


def test_nothing_but_one_json_document_is_on_stdout(terminal: Terminal, sef: Path) -> None:
    out, _, code = terminal.said("verify", sef, "--json")
    assert code == 0
    assert json.loads(out) == []


def test_without_a_command_the_help_is_shown(terminal: Terminal) -> None:
    out, _, code = terminal.said()
    assert code == 0
    for command in ("demo", "new", "do", "show", "check", "export", "verify", "hand-over"):
        assert command in out


@pytest.mark.parametrize("kind", ["nonsense", "annex"])
def test_an_unknown_kind_names_those_there_are(terminal: Terminal, sef: Path, kind: str) -> None:
    assert "sections" in terminal.refused("show", sef, kind)


def test_a_folder_that_is_no_sef_is_said_to_be_none(terminal: Terminal, tmp_path: Path) -> None:
    assert "no SEF folder" in terminal.refused("show", tmp_path, "sections")
    assert "isn't there" in terminal.refused("show", tmp_path / "gone.sef", "sections")
    (tmp_path / "bad.sef").write_bytes(b"PK nothing")
    assert "hand-over file" in terminal.refused("show", tmp_path / "bad.sef", "sections")
