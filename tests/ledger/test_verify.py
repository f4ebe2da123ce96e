"""Whatever is changed in the replica's file behind our back is found and named."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.ledger.tables import PROJECTED
from sefwriter.ledger.verify import verify_folder, verify_replica
from sefwriter.model.acts.writing import AddSection
from sefwriter.model.ids import new_id
from sefwriter.store.faults import WorldError
from tests.ledger.team import (
    Hand,
    Team,
    add,
    comparable,
    fill,
    lines,
    put,
    with_claim,
    with_evidence,
)

TABLES = ("entry", *PROJECTED)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """A SEF with at least one row in every table."""
    team = Team(tmp_path, {"author": ("author",), "qa": ("reviewer",)}, on_disk=True)
    team.lead.do("AddSection", title="One", ref="S01")
    team.lead.do("AddSection", title="Two", ref="S02")
    team.sync()
    claim = with_claim(team.author, "Outcomes are good. Waits are long.", "Waits are long")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=3, quote="long")
    team.author.do("AddAction", text="Do", claim=claim)
    team.sync()
    team.qa.do("SignOff", section=team.qa.section().id)
    team.lead.do("RenameSection", section=team.lead.section(1).id, title="Mine")
    team.author.do("RenameSection", section=team.author.section(1).id, title="Theirs")
    team.author.do("UnlinkPassage", passage=team.author.sef().passages[0].id)
    team.sync()
    hand = Hand(team.id, team.author.key)
    fill(
        team.lead.replica,
        [
            hand.write([add(new_id("comment"), section=team.lead.section().id, text="Hm")]),
            hand.write([put("x" + "a" * 16, mood="new")], act="LaterAct"),
        ],
    )
    team.lead.replica.fold.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not verify_replica(team.lead.replica, team.lead.marks)
    return team


@pytest.fixture
def other(team: Team) -> Iterator[sqlite3.Connection]:
    """Somebody else's hands in the file."""
    connection = sqlite3.connect(team.folder / "lead.sqlite", isolation_level=None)
    yield connection
    connection.close()


def columns() -> list[tuple[str, str]]:
    from sefwriter.ledger.tables import open_database

    database = open_database(None)
    return [
        (table, str(row[1]))
        for table in TABLES
        for row in database.rows(f"PRAGMA table_info({table})")
    ]


def changed(value: object) -> object:
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
    return f"{value}x" if value else "x"


@pytest.mark.parametrize(("table", "column"), columns())
def test_a_change_in_any_column_is_found_and_its_table_named(
    team: Team, other: sqlite3.Connection, table: str, column: str
) -> None:
    rows = other.execute(f"SELECT rowid, {column} FROM {table} ORDER BY rowid").fetchall()  # noqa: S608
    assert rows, f"no row in {table} to try"
    for rowid, value in (rows[0], rows[-1]):
        other.execute("BEGIN")
        other.execute(f"UPDATE {table} SET {column}=? WHERE rowid=?", (changed(value), rowid))  # noqa: S608
        other.execute("COMMIT")
        found = verify_replica(team.lead.replica, team.lead.marks)
        where = "".join(f"{item.where} {item.what};" for item in found)
        assert (f"table {table}" in where) or (table == "entry" and "entry" in where), where
        other.execute(f"UPDATE {table} SET {column}=? WHERE rowid=?", (value, rowid))  # noqa: S608
    assert not verify_replica(team.lead.replica, team.lead.marks)


@pytest.mark.parametrize("table", TABLES)
def test_a_dropped_row_is_found(team: Team, other: sqlite3.Connection, table: str) -> None:
    for order in ("", "DESC"):
        row = other.execute(f"SELECT * FROM {table} ORDER BY rowid {order} LIMIT 1").fetchone()  # noqa: S608
        other.execute(
            f"DELETE FROM {table} WHERE rowid=(SELECT rowid FROM {table} "  # noqa: S608
            f"ORDER BY rowid {order} LIMIT 1)"
        )
        found = verify_replica(team.lead.replica, team.lead.marks)
        assert found, (table, order)
        other.execute(f"INSERT INTO {table} VALUES({','.join('?' * len(row))})", row)


@pytest.mark.parametrize("table", TABLES)
def test_an_added_row_is_found(team: Team, other: sqlite3.Connection, table: str) -> None:
    row = list(other.execute(f"SELECT * FROM {table} LIMIT 1").fetchone())  # noqa: S608
    names = [name for _, name in columns() if _ == table]
    for place, name in enumerate(names):
        if name in ("obj", "log", "id", "entry"):
            row[place] = changed(row[place])
    other.execute(f"INSERT INTO {table} VALUES({','.join('?' * len(row))})", row)
    found = verify_replica(team.lead.replica, team.lead.marks)
    assert any(table in item.where for item in found), found


def test_a_body_taken_out_is_found(team: Team, other: sqlite3.Connection) -> None:
    for kind in ("edit", "sign", "roster", "genesis"):
        rowid, body = other.execute(
            "SELECT rowid, body FROM entry WHERE kind=? ORDER BY rowid LIMIT 1", (kind,)
        ).fetchone()
        other.execute("UPDATE entry SET body=NULL WHERE rowid=?", (rowid,))
        found = verify_replica(team.lead.replica, team.lead.marks)
        assert any("missing" in item.what for item in found), (kind, found)
        other.execute("UPDATE entry SET body=? WHERE rowid=?", (body, rowid))
    assert not verify_replica(team.lead.replica, team.lead.marks)


def test_opening_a_damaged_copy_says_what_to_do(team: Team, other: sqlite3.Connection) -> None:
    team.lead.replica.close()
    other.execute("UPDATE entry SET header=x'00' WHERE kind='roster'")
    with pytest.raises(WorldError, match="damaged"):
        team.sit("lead", team.lead.key)
    other.close()
    (team.folder / "lead.sqlite").write_bytes(b"no database at all, only words" * 200)
    for side in ("-wal", "-shm"):
        (team.folder / f"lead.sqlite{side}").unlink(missing_ok=True)
    with pytest.raises(WorldError, match="rebuild SEF"):
        team.sit("lead", team.lead.key)


def test_a_copy_made_by_a_newer_version_is_not_touched(
    team: Team, other: sqlite3.Connection
) -> None:
    team.lead.replica.close()
    other.execute("PRAGMA user_version=99")
    with pytest.raises(WorldError, match="newer version"):
        team.sit("lead", team.lead.key)


def test_a_deleted_replica_is_rebuilt_from_the_folder(team: Team, tmp_path: Path) -> None:
    truth = comparable(team.lead.sef())
    folder = SefFolder(tmp_path / "share")
    folder.repair(team.lead.replica, [])
    folder.write_name(team.id, "Area")
    assert folder.sef_id() == team.id
    team.lead.replica.close()
    for file in tmp_path.glob("lead.sqlite*"):
        file.unlink()
    again = team.sit("lead", team.lead.key)
    folder.pull(again.replica)
    assert comparable(again.sef()) == truth
    assert not verify_replica(again.replica, again.marks)
    assert not list(verify_folder(folder, again.replica))
    again.do("AddSection", title="After")
    assert len(again.replica.heads()) == len(team.author.replica.heads()) + 2, "a fresh log"


def test_folder_whose_name_file_is_gone_or_damaged_is_known_by_its_entries(
    team: Team, tmp_path: Path
) -> None:
    folder = SefFolder(tmp_path / "share")
    folder.publish(team.lead.replica, [])
    assert folder.sef_id() == team.id
    (tmp_path / "share" / "sef.json").write_bytes(b'{"sef"')
    assert folder.sef_id() == team.id
    with pytest.raises(WorldError, match="no SEF folder"):
        SefFolder(tmp_path / "elsewhere").sef_id()
    other = Team(tmp_path / "other", {})
    SefFolder(tmp_path / "share").repair(other.lead.replica, [])
    with pytest.raises(WorldError, match="more than one"):
        folder.sef_id()


def test_changed_segments_are_named(team: Team, tmp_path: Path) -> None:
    folder = SefFolder(tmp_path / "share")
    folder.publish(team.lead.replica, [])
    folder.repair(team.lead.replica, [])
    assert not list(verify_folder(folder, team.lead.replica))
    file = sorted((tmp_path / "share" / "log").glob("*.seg"))[0]
    data = file.read_bytes()
    file.write_bytes(data[:-9])
    found = list(verify_folder(folder, team.lead.replica))
    assert any(item.where == f"log/{file.name}" for item in found)
    file.unlink()
    found = list(verify_folder(folder, team.lead.replica))
    assert any("lacks" in item.what for item in found)
    folder.repair(team.lead.replica, [])
    assert not list(verify_folder(folder, team.lead.replica))


def test_a_full_disk_is_told_and_memory_equals_the_disk(team: Team) -> None:
    lead = team.lead
    before = comparable(lead.sef())
    pages = int(lead.replica.db.first("PRAGMA page_count")[0])
    lead.replica.db.run(f"PRAGMA max_page_count={pages}")
    section = lead.section()
    with pytest.raises(WorldError, match="disk is full"):
        lead.write(section.text + " More words." * 20_000)
    assert comparable(lead.sef()) == before
    with pytest.raises(WorldError, match="disk is full"):
        lead.replica.take(
            [*lines(lead.replica), *lines(grown(team))],
        )
    assert comparable(lead.sef()) == before
    lead.replica.db.run("PRAGMA max_page_count=1000000")
    lead.write(section.text + " Fewer words.")
    assert lead.section().text.endswith("Fewer words.")
    assert not verify_replica(lead.replica, lead.marks)


def grown(team: Team) -> Replica:
    for number in range(60):
        team.author.do("AddSection", title=f"Long title {number}" * 40)
    return team.author.replica


def test_an_ending_before_the_commit_leaves_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = comparable(team.lead.sef())
    monkeypatch.setenv("SEFWRITER_FAIL_AT", "replica: before commit")
    for text in ("Other words.", "Other words again."):
        with pytest.raises(OSError, match="No space"):
            team.lead.write(text)
    monkeypatch.delenv("SEFWRITER_FAIL_AT")
    assert comparable(team.lead.sef()) == before
    team.lead.write("Other words.")
    assert team.lead.section().text == "Other words."
    assert not verify_replica(team.lead.replica, team.lead.marks)


def test_another_program_that_holds_the_lock_is_told(team: Team, other: sqlite3.Connection) -> None:
    team.lead.replica.db.run("PRAGMA busy_timeout=50")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorldError, match="busy"):
        team.lead.write("Other words.")
    other.execute("ROLLBACK")
    team.lead.write("Other words.")


def test_a_private_folder_that_can_only_be_read_is_told(team: Team) -> None:
    team.lead.replica.db.run("PRAGMA query_only=1")
    with pytest.raises(WorldError, match="can't be written"):
        team.lead.write("Other words.")


def test_a_mark_that_cannot_be_written_does_not_undo_what_is_saved(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark outside may be behind, so failing to move it is no failure to save."""

    def full(self: Marks, log: str, n: int) -> None:
        raise WorldError("The disk is full.")

    monkeypatch.setattr(Marks, "reached", full)
    team.lead.replica.do(AddSection(title="Saved"))
    assert team.lead.sef().sections[-1].title == "Saved"
