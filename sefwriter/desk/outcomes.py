"""What came of a request, for people and for scripts."""

from dataclasses import dataclass, field

from sefwriter.ledger.replica import ChangeSet
from sefwriter.model.acts import Act
from sefwriter.model.ids import LETTERS, SEF_OBJECT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request.

    `touched` are (kind, id, how); `files` (path, evidence, state, why).
    """

    act: str
    entry: str = ""
    subject: str = ""
    touched: tuple[tuple[str, str, str], ...] = ()
    files: tuple[tuple[str, str, str, str], ...] = field(default=())

    def lines(self) -> list[str]:
        """The same for people."""
        if self.files:
            return [
                f"{path}: {evidence} {state}{'. ' + why if why else ''}"
                for path, evidence, state, why in self.files
            ]
        if not self.entry:
            return [f"{self.act}: nothing to change."]
        return [f"{self.act}: done ({self.subject})." if self.subject else f"{self.act}: done."]


def outcome_of(name: str, act: Act, changes: ChangeSet) -> Outcome:
    """What a done act tells."""
    touched = tuple((kind_of(obj), obj, how) for obj, how in changes.touched)
    return Outcome(name, changes.entry, _made_by(name, act, changes), touched)


def kind_of(obj: str) -> str:
    """The kind of object an id is of, in the glossary's words."""
    if obj == SEF_OBJECT:
        return "sef"
    return next((kind for kind, letter in LETTERS.items() if obj[:1] == letter), "")


def _made_by(name: str, act: Act, changes: ChangeSet) -> str:
    """The id a script means when it calls an act's product by a name."""
    if name == "SignOff":
        return next((obj for obj, how in changes.touched if how == "added"), act.subject)
    return act.subject
