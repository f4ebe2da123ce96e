import json
import os
import threading
import time
from pathlib import Path

import keyring.errors
import pytest

from sefwriter.ledger import keystore
from sefwriter.ledger.keystore import KeyStore
from sefwriter.store.faults import WorldError


class InMemory:
    def __init__(self) -> None:
        self.words: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, name: str, password: str) -> None:
        self.words[(service, name)] = password

    def get_password(self, service: str, name: str) -> str | None:
        return self.words.get((service, name))


class Failing(InMemory):
    def set_password(self, service: str, name: str, password: str) -> None:
        raise keyring.errors.NoKeyringError("none here")

    get_password = None  # type: ignore[assignment]


class Forgetting(InMemory):
    def get_password(self, service: str, name: str) -> str | None:
        return None


class Blocking(InMemory):
    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def set_password(self, service: str, name: str, password: str) -> None:
        self.go.wait(30)

    def get_password(self, service: str, name: str) -> str | None:
        self.go.wait(30)
        return None


def test_key_lies_in_the_keyring_and_comes_back(tmp_path: Path) -> None:
    backend = InMemory()
    store = KeyStore(tmp_path, backend)
    person = store.create("Author", "Council", "education")
    assert person.kept == "keyring"
    assert not list(tmp_path.glob("*.key"))
    again = KeyStore(tmp_path, backend)
    assert again.people() == (person,)
    assert again.key(person).person == person.id
    assert again.at_desk() == person


@pytest.mark.parametrize("backend", [Failing(), Forgetting()])
def test_without_a_keyring_that_works_the_key_lies_in_a_file_that_says_so(
    tmp_path: Path, backend: InMemory
) -> None:
    store = KeyStore(tmp_path, backend)
    person = store.create("Author")
    assert person.kept == "file"
    file = tmp_path / f"{person.id}.key"
    assert "Whoever reads this file can write as them" in file.read_text(encoding="utf-8")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert store.key(person).person == person.id


def test_a_keyring_that_blocks_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keystore._PATIENCE == 3.0
    monkeypatch.setattr(keystore, "_PATIENCE", 0.05)
    backend = Blocking()
    start = time.monotonic()
    store = KeyStore(tmp_path, backend)
    person = store.create("Author")
    assert person.kept == "file"
    assert store.key(person).person == person.id
    kept = store.people()[0]
    (tmp_path / f"{kept.id}.json").write_text(
        json.dumps({**json.loads((tmp_path / f"{kept.id}.json").read_text()), "kept": "keyring"})
    )
    with pytest.raises(WorldError, match="no longer on this laptop"):
        store.key(store.people()[0])
    backend.go.set()
    assert time.monotonic() - start < 3


def test_reviewers_key_is_sealed(tmp_path: Path) -> None:
    backend = InMemory()
    store = KeyStore(tmp_path, backend)
    person = store.create("Reviewer", passphrase="long words")
    assert person.kept == "sealed"
    assert not backend.words
    assert not list(tmp_path.glob("*.key"))
    assert store.key(person, "long words").person == person.id
    with pytest.raises(WorldError, match="under a passphrase"):
        store.key(person)
    with pytest.raises(WorldError, match="not the passphrase"):
        store.key(person, "other words")


@pytest.mark.parametrize("backend", [InMemory(), Failing()])
def test_sealing_later_leaves_the_key_nowhere_else(tmp_path: Path, backend: InMemory) -> None:
    store = KeyStore(tmp_path, backend)
    person = store.create("Author")
    seed = store.key(person).seed.hex()
    sealed = store.seal(person, "long words")
    assert sealed.kept == "sealed"
    assert store.key(sealed, "long words").seed.hex() == seed
    assert seed not in str(backend.words)
    assert not any(seed in file.read_text() for file in tmp_path.iterdir())
    with pytest.raises(WorldError, match="empty"):
        store.seal(sealed, "", "long words")


def test_lost_key_says_what_to_do(tmp_path: Path) -> None:
    backend = InMemory()
    store = KeyStore(tmp_path, backend)
    person = store.create("Author")
    for damage in ("", "xyz", "00" * 32):
        backend.words[("sefwriter", person.id)] = damage
        with pytest.raises(WorldError, match="admit it as the same person"):
            store.key(person)


def test_finding_people(tmp_path: Path) -> None:
    store = KeyStore(tmp_path, InMemory())
    assert store.at_desk() is None
    one, two = store.create("One"), store.create("Two")
    assert store.find("Two") == two
    assert store.find(one.id) == one
    assert store.at_desk() == one
    store.use(two)
    assert store.at_desk() == two
    with pytest.raises(WorldError, match="“One”, “Two”"):
        store.find("Three")
    for taken in ("One", " ", ""):
        with pytest.raises(WorldError):
            store.create(taken)
