"""`verify` refuses every named mutation of a SEF, made by code that imports nothing of ours."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import sef_mutations
from tests.world.terminal import Terminal

SECRET = "correct horse battery"
Mutation = Callable[[Path, Path, Path], None]


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A laptop with two people and a reviewer, and a SEF with a sign-off that stands."""
    folder = tmp_path_factory.mktemp("signed")
    with pytest.MonkeyPatch.context() as patched:
        terminal = Terminal(folder / "laptop", patched)
        sef, note = folder / "SEF", folder / "note.txt"
        note.write_text("Waits are 31 weeks in the north.", "utf-8")
        terminal("new", folder / "Other", "--area", "Elsewhere", "--person", "SEND lead")
        terminal("new", sef, "--area", "Wendlebury", "--person", "SEND lead")
        terminal("person", "new", "Health")
        terminal("person", "new", "QA", SEFWRITER_PASSPHRASE=SECRET)
        terminal("do", sef, "AdmitPerson", "person=Health", "roles=author")
        terminal("do", sef, "AdmitPerson", "person=QA", "roles=reviewer")
        terminal("do", sef, "AddEvidence", f"path={note}", "--as", "Health")
        terminal("do", sef, "EditText", "section=S07", "text=Waits are long.")
        made = terminal("do", sef, "MarkClaim", "section=S07", "quote=Waits are long")
        claim = next(row["id"] for row in made["touched"] if row["kind"] == "claim")
        terminal("do", sef, "LinkPassage", f"claim={claim}", "evidence=E1", "quote=31 weeks")
        terminal("do", sef, "SignOff", "section=S07", "--as", "QA", SEFWRITER_PASSPHRASE=SECRET)
        assert terminal("verify", sef) == []
    return folder


@pytest.fixture
def desk(signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Terminal, Path]:
    shutil.copytree(signed, tmp_path / "copy")
    terminal = Terminal(tmp_path / "copy" / "laptop", monkeypatch)
    sef = tmp_path / "copy" / "SEF"
    terminal("repair", sef)
    assert terminal("verify", sef) == []
    return terminal, sef


@pytest.mark.parametrize(
    "mutation", sef_mutations.IN_THE_FOLDER + sef_mutations.ON_THE_LAPTOP, ids=lambda m: m.__name__
)
def test_the_laptop_that_has_the_sef_notices(
    desk: tuple[Terminal, Path], mutation: Mutation
) -> None:
    terminal, sef = desk
    mutation(terminal.home, sef, sef.parent / "Other")
    found = terminal("verify", sef, code=1)
    assert found
    assert all(row["where"] and row["what"] for row in found)


@pytest.mark.parametrize("mutation", sef_mutations.IN_THE_FOLDER, ids=lambda m: m.__name__)
def test_a_laptop_that_never_saw_the_sef_notices_too(
    desk: tuple[Terminal, Path], mutation: Mutation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal, sef = desk
    mutation(terminal.home, sef, sef.parent / "Other")
    assert Terminal(tmp_path / "stranger", monkeypatch)("verify", sef, code=1)


def test_a_sign_off_laid_into_another_sef_is_refused_there(desk: tuple[Terminal, Path]) -> None:
    terminal, sef = desk
    other = sef.parent / "Other"
    sef_mutations.sign_off_copied_to_another_sef(terminal.home, sef, other)
    found = terminal("verify", other, code=1)
    assert any("not one this SEF accepts" in row["what"] for row in found)
    assert terminal("show", other, "sign-offs") == []


def test_a_sign_off_under_another_key_counts_for_nothing(desk: tuple[Terminal, Path]) -> None:
    terminal, sef = desk
    sef_mutations.sign_off_under_another_key(terminal.home, sef, sef.parent / "Other")
    assert {row["state"] for row in terminal("show", sef, "sign-offs")} == {"valid", "not-reviewer"}
