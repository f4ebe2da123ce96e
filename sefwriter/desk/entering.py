"""Coming to a SEF: as whom it is opened, and how somebody new gets in."""

import contextlib
import time
from pathlib import Path
from typing import Final

from sefwriter.desk.doing import do_request
from sefwriter.desk.home import Home
from sefwriter.desk.newcomer import Newcomer
from sefwriter.desk.project import Desk, Founded, Project, found_sef, open_sef
from sefwriter.desk.recent import RecentSef
from sefwriter.desk.signing import person_at_desk
from sefwriter.ledger.keys import six_words
from sefwriter.ledger.keystore import DeskPerson, KeyStore
from sefwriter.model.sef import Sef
from sefwriter.model.states import section_status
from sefwriter.store.faults import WorldError

FRAMEWORK: Final = "area-send-2025"


def enter(home: Home, location: Path, name: str = "", passphrase: str = "") -> Project:
    """Opens a SEF as the person named, who is at the desk from then on; else as whoever belongs.

    A key under a passphrase that isn't given stays locked: then the SEF can only be read.
    Raises WorldError where it can't be opened, and for a wrong passphrase.
    """
    store = KeyStore(home.people)
    person = store.find(name) if name else store.at_desk()
    project = open_sef(home, location, _desk(store, person, passphrase))
    if name and person:
        store.use(person)
    if name or person_at_desk(project.sef(), project.desk):
        return project
    here = next(iter(people_of(store.people(), project.sef())), None)
    if here is None:
        return project
    project.close()
    return open_sef(home, location, _desk(store, here, passphrase))


def people_of(people: tuple[DeskPerson, ...], sef: Sef) -> tuple[DeskPerson, ...]:
    """Those of this laptop's people who are in the SEF."""
    keys = {key for person in sef.people if not person.removed for key in person.keys}
    return tuple(person for person in people if person.public in keys)


def begin_sef(home: Home, folder: Path, area: str, owner: Newcomer) -> Founded:
    """A new SEF in this folder, owned by this person, who is made if they aren't here yet."""
    store = KeyStore(home.people)
    known = [person for person in store.people() if person.name == owner.name]
    person = known[0] if known else _create(store, owner)
    desk = _desk(store, person, owner.passphrase)
    if desk.key is None:
        raise WorldError(f"{person.name}'s key is under a passphrase. Give it, or another name.")
    founded = found_sef(home, folder, desk, area, FRAMEWORK, time.time)
    store.use(person)
    # Where the folder can't take it, what is here is safe, and the watcher tells and tries again.
    with contextlib.suppress(WorldError):
        founded.project.publish()
    return founded


def add_person(project: Project, newcomer: Newcomer) -> str:
    """A new person of this laptop, admitted by who is at the desk where that is an owner.

    Says what is left to do, in a sentence. Raises WorldError for a name that is taken, and for a
    reviewer without a passphrase.
    """
    if "reviewer" in newcomer.roles and not newcomer.passphrase:
        raise WorldError("A reviewer signs under a passphrase. Choose one.")
    store = project.desk_people()
    sef = project.sef()
    me = sef.person_by_id.get(person_at_desk(sef, project.desk))
    person = _create(store, newcomer)
    if me is None or not me.has_role("owner") or project.desk.key is None:
        return (
            f"An owner of this SEF admits {person.name}. Read out these six words: "
            f"{six_words(bytes.fromhex(person.public))}."
        )
    do_request(project, "AdmitPerson", {"person": person.name, "roles": list(newcomer.roles)})
    return f"{person.name} is in this SEF."


def recent_of(project: Project, location: Path, opened: int) -> RecentSef:
    """What will be said of this SEF where one carries on."""
    sef = project.sef()
    signed = sum(section_status(sef, section.id) == "signed-off" for section in sef.sections)
    laptop = str(project.home.folder)
    return RecentSef(str(location), sef.name, laptop, opened, signed, len(sef.sections))


def _create(store: KeyStore, newcomer: Newcomer) -> DeskPerson:
    return store.create(
        newcomer.name.strip(), newcomer.organisation, newcomer.partner, newcomer.passphrase
    )


def _desk(store: KeyStore, person: DeskPerson | None, passphrase: str) -> Desk:
    if person is None or (person.kept == "sealed" and not passphrase):
        return Desk(person)
    return Desk(person, store.key(person, passphrase))
