"""The people of this laptop and where their keys lie: a keyring, a file, or under a passphrase.

Anything that runs as the logged-in user can read the keyring, and offices share log-ins: so a
reviewer's key is always sealed by a passphrase, asked for at each sign-off.
"""

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final, Protocol, cast

import keyring
import keyring.errors

from sefwriter.ledger.keys import SigningKey, new_key, seal, unseal
from sefwriter.model.ids import PersonId, is_id
from sefwriter.model.text.normal import one_line
from sefwriter.model.words import PARTNERS
from sefwriter.store.faults import WorldError
from sefwriter.store.files import read_whole, told_kindly, write_whole

_SERVICE: Final = "sefwriter"
_PATIENCE: Final = 3.0
"""Seconds to wait for a keyring: a locked one may block for ever (settled decisions)."""


class KeyringBackend(Protocol):
    """The two calls we make of `keyring`; tests use one in memory."""

    def set_password(self, service: str, name: str, password: str) -> None: ...  # noqa: D102

    def get_password(self, service: str, name: str) -> str | None: ...  # noqa: D102


class _SystemKeyring:
    def set_password(self, service: str, name: str, password: str) -> None:
        keyring.set_password(service, name, password)

    def get_password(self, service: str, name: str) -> str | None:
        return keyring.get_password(service, name)


@dataclass(frozen=True, slots=True)
class DeskPerson:
    """Somebody who works on this laptop. `kept` is `keyring`, `file` or `sealed`."""

    id: PersonId
    name: str
    organisation: str
    partner: str
    public: str
    kept: str


class KeyStore:
    """The people of one private folder, and which of them is at the desk."""

    def __init__(self, folder: Path, backend: KeyringBackend | None = None) -> None:
        self._folder = folder
        with told_kindly(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self._backend = backend or _SystemKeyring()

    def people(self) -> tuple[DeskPerson, ...]:
        """Everybody of this laptop, by name."""
        found: list[DeskPerson] = []
        for file in sorted(self._folder.glob("h*.json")):
            person = _read_person(read_whole(file))
            if person is None or f"{person.id}.json" != file.name:
                raise WorldError(
                    f"The file {file} about a person of this laptop is damaged. Bring it back "
                    "from a backup, or move it away and have an owner admit a new key."
                )
            found.append(person)
        return tuple(sorted(found, key=lambda person: person.name))

    def find(self, name: str) -> DeskPerson:
        """The person of this name or id. Raises WorldError when there is none, or several."""
        found = [p for p in self.people() if name in (p.id, p.name)]
        if len(found) == 1:
            return found[0]
        known = ", ".join(f"“{person.name}”" for person in self.people()) or "nobody yet"
        if found:
            raise WorldError(f"Several people here are called “{name}”; use the id instead.")
        raise WorldError(
            f"There is no “{name}” on this laptop (here are: {known}). "
            f"Make one with: sefwriter person new “{name}”."
        )

    def at_desk(self) -> DeskPerson | None:
        """Who works here now; None before anybody was made."""
        if not (self._folder / "at-desk").exists():
            return None
        name = read_whole(self._folder / "at-desk").decode("utf-8", "replace")
        return next((person for person in self.people() if person.id == name), None)

    def use(self, person: DeskPerson) -> None:
        """This person is at the desk from now on."""
        write_whole(self._folder / "at-desk", person.id.encode("utf-8"))

    def create(
        self, name: str, organisation: str = "", partner: str = "", passphrase: str = ""
    ) -> DeskPerson:
        """A new person with a new key, sealed when a passphrase is given.

        Raises WorldError when the name is taken or empty.
        """
        name, organisation = one_line(name), one_line(organisation)
        if not name:
            raise WorldError("A person needs a name or a role's name.")
        if partner and partner not in PARTNERS:
            raise WorldError(f"--partner must be one of {', '.join(PARTNERS)}, not “{partner}”.")
        if any(person.name == name for person in self.people()):
            raise WorldError(f"There is a “{name}” on this laptop already.")
        key = new_key()
        person = DeskPerson(key.person, name, organisation, partner, key.public.hex(), "")
        return self._keep(person, key, passphrase)

    def forget(self, person: DeskPerson) -> None:
        """A person made in vain goes, and the key: nothing was written with it."""
        with told_kindly(self._folder):
            for ending in ("json", "key", "sealed"):
                (self._folder / f"{person.id}.{ending}").unlink(missing_ok=True)
            if self.at_desk() is None:
                (self._folder / "at-desk").unlink(missing_ok=True)
        if person.kept == "keyring":
            self._in_time(lambda: self._backend.set_password(_SERVICE, person.id, ""))

    def seal(self, person: DeskPerson, passphrase: str, old: str = "") -> DeskPerson:
        """The person's key under a (new) passphrase from now on, and nowhere else."""
        if not passphrase:
            raise WorldError("A passphrase can't be empty.")
        key = self.key(person, old)
        sealed = self._keep(person, key, passphrase)
        if person.kept == "keyring":
            self._in_time(lambda: self._backend.set_password(_SERVICE, person.id, ""))
        return sealed

    def key(self, person: DeskPerson, passphrase: str = "") -> SigningKey:
        """The person's key. Raises WorldError without the right passphrase, or when it is lost."""
        if person.kept == "sealed":
            if not passphrase:
                raise WorldError(
                    f"{person.name}'s key is under a passphrase: give it (--passphrase-file FILE, "
                    "or SEFWRITER_PASSPHRASE)."
                )
            return unseal(read_whole(self._folder / f"{person.id}.sealed").decode(), passphrase)
        lost = WorldError(
            f"The key of {person.name} is no longer on this laptop. Make a new person here and "
            "have an owner admit it as the same person."
        )
        if person.kept == "keyring":
            found = self._in_time(lambda: self._backend.get_password(_SERVICE, person.id))
            seed = found if isinstance(found, str) else ""
        else:
            path = self._folder / f"{person.id}.key"
            text = read_whole(path).decode("utf-8", "replace") if path.exists() else ""
            seed = text.split()[-1] if text.split() else ""
        try:
            key = SigningKey(bytes.fromhex(seed))
        except ValueError:
            raise lost from None
        if len(key.seed) != 32 or key.person != person.id:
            raise lost
        return key

    def _keep(self, person: DeskPerson, key: SigningKey, passphrase: str) -> DeskPerson:
        if passphrase:
            write_whole(self._folder / f"{person.id}.sealed", seal(key, passphrase).encode())
            (self._folder / f"{person.id}.key").unlink(missing_ok=True)
            kept = "sealed"
        elif self._in_keyring(person, key):
            kept = "keyring"
        else:
            path = self._folder / f"{person.id}.key"
            text = (
                f"The secret key of {person.name} in sefwriter, unprotected because this system "
                f"has no keyring.\nWhoever reads this file can write as them.\n{key.seed.hex()}\n"
            )
            write_whole(path, text.encode())
            if os.name == "posix":
                path.chmod(0o600)
            kept = "file"
        person = replace(person, kept=kept)
        write_whole(self._folder / f"{person.id}.json", json.dumps(asdict(person)).encode())
        if self.at_desk() is None:
            self.use(person)
        return person

    def _in_keyring(self, person: DeskPerson, key: SigningKey) -> bool:
        """Whether the keyring took the key and gives it back."""

        def keep() -> str | None:
            self._backend.set_password(_SERVICE, person.id, key.seed.hex())
            return self._backend.get_password(_SERVICE, person.id)

        return self._in_time(keep) == key.seed.hex()

    def _in_time(self, call: Callable[[], object]) -> object:
        """What the call gives, or None when there is no keyring or it doesn't answer in time."""
        found: list[object] = []

        def run() -> None:
            try:
                found.append(call())
            except (keyring.errors.KeyringError, RuntimeError, OSError):
                found.append(None)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(_PATIENCE)
        return found[0] if found else None


def _read_person(data: bytes) -> DeskPerson | None:
    """Who a file is about; None where it is damaged."""
    try:
        loaded = cast("dict[str, str]", json.loads(data))
        person = DeskPerson(**{field.name: loaded[field.name] for field in fields(DeskPerson)})  # pyright: ignore[reportArgumentType] - looked at below
        if not all(isinstance(value, str) for value in asdict(person).values()):
            return None
        key = bytes.fromhex(person.public)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    whole = len(key) == 32 and person.kept in ("keyring", "file", "sealed")
    return person if whole and is_id(person.id, "person") else None
