"""Acts under a passphrase: the key is unlocked for one act and let go of again."""

from sefwriter.desk.project import Desk, Project
from sefwriter.ledger.keystore import DeskPerson
from sefwriter.ledger.replica import ChangeSet
from sefwriter.model.acts import Act
from sefwriter.model.ids import PersonId
from sefwriter.model.sef import Sef


def sign(project: Project, act: Act, person: DeskPerson, passphrase: str) -> ChangeSet:
    """Does one act as this person, whose key the passphrase unlocks for it.

    Whoever else is at the desk stays there. Raises WorldError for a wrong passphrase, a key that
    isn't sealed where one must be, and with the sentence of `why_not`.
    """
    key = project.desk_people().key(person, passphrase)
    sef = project.replica.sef_id
    with Project(project.home, sef, Desk(person, key), project.folder) as theirs:
        return theirs.do(act)


def seal_key(project: Project, person: DeskPerson, passphrase: str) -> Desk:
    """Puts the person's key under a passphrase, which a reviewer's must be; who is at the desk now.

    Raises WorldError for an empty passphrase and for a lost key.
    """
    sealed = project.desk_people().seal(person, passphrase)
    if project.desk.person and project.desk.person.id == person.id:
        project.desk = Desk(sealed, project.desk.key)
    return project.desk


def person_at_desk(sef: Sef, desk: Desk) -> PersonId:
    """Who somebody at the desk is in this SEF; "" for nobody, or somebody not admitted to it."""
    public = desk.person.public if desk.person else ""
    return next((person.id for person in sef.people if public in person.keys), PersonId(""))
