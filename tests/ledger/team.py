"""Small teams on replicas in memory or on disk, and hands that forge entries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sefwriter.ledger.entry import Entry, make_entry, read_entry
from sefwriter.ledger.genesis import FirstOwner, make_genesis
from sefwriter.ledger.keys import SigningKey, log_id, new_key
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.ledger.signings import judge_sign_offs
from sefwriter.ledger.tables import transaction
from sefwriter.ledger.waiting import Line
from sefwriter.model.acts import ACTS
from sefwriter.model.ids import ClaimId, EvidenceId, PersonId, SectionId, SefId
from sefwriter.model.sef import Section, Sef, SignOff
from sefwriter.model.states import sign_off_state

NOW = 1_790_000_000
PAGE = "a" * 64


@dataclass
class Seat:
    """One person at one replica."""

    replica: Replica
    key: SigningKey
    marks: Marks

    @property
    def person(self) -> PersonId:
        return self.key.person

    def do(self, act: str, **fields: object) -> str:
        return self.replica.do(ACTS[act](**fields)).entry  # pyright: ignore[reportCallIssue]

    def sef(self) -> Sef:
        return self.replica.sef()

    def section(self, index: int = 0) -> Section:
        return self.sef().sections[index]

    def write(self, text: str, index: int = 0) -> str:
        return self.do("EditText", section=self.section(index).id, text=text)


class Team:
    """Seats by name; the lead founds the SEF and admits the others with the roles named."""

    def __init__(
        self,
        folder: Path,
        roles: Mapping[str, tuple[str, ...]],
        *,
        on_disk: bool = False,
        clocks: Mapping[str, int] | None = None,
    ) -> None:
        self.folder = folder
        self.on_disk = on_disk
        self.clocks = clocks or {}
        key = new_key()
        self.genesis, self.recovery = make_genesis(
            key, FirstOwner("lead"), "Wendlebury", "area-send-2025", lambda: NOW
        )
        self.id = SefId(self.genesis.id)
        self.seats: dict[str, Seat] = {}
        self.sit("lead", key)
        self.lead.replica.begin(self.genesis)
        for name, words in roles.items():
            self.admit(name, words)
        self.sync()

    def __getattr__(self, name: str) -> Seat:
        try:
            return self.__dict__["seats"][name]
        except KeyError:
            raise AttributeError(name) from None

    def sit(self, name: str, key: SigningKey | None = None) -> Seat:
        """A replica of its own for this name (again, when there is one on disk)."""
        key = key or new_key()
        marks = Marks(self.folder / f"marks-{name}")
        path = self.folder / f"{name}.sqlite" if self.on_disk else None
        when = NOW + self.clocks.get(name, 0)
        seat = Seat(Replica(path, self.id, marks, key, lambda: when), key, marks)
        self.seats[name] = seat
        return seat

    def admit(self, name: str, roles: tuple[str, ...], partner: str = "") -> Seat:
        seat = self.seats.get(name) or self.sit(name)
        self.lead.do(
            "AdmitPerson",
            person=seat.person,
            key=seat.key.public.hex(),
            name=name,
            roles=roles,
            partner=partner,
        )
        return seat

    def sync(self, *names: str) -> None:
        """Everybody (or those named) ends with the union."""
        seats = [self.seats[name] for name in names] if names else list(self.seats.values())
        everything = [line for seat in seats for line in lines(seat.replica)]
        for seat in seats:
            seat.replica.take(everything)


def lines(replica: Replica) -> list[Line]:
    return [
        (bytes(s), bytes(h), None if b is None else bytes(b))
        for s, h, b in replica.db.rows(
            "SELECT signature, header, body FROM entry ORDER BY lam, log, n"
        )
    ]


def line(entry: Entry) -> Line:
    return entry.signature, entry.header_bytes, entry.body_bytes


class Hand:
    """Writes whatever it likes under one key, in a log of its own or on in its owner's log."""

    def __init__(self, sef: str, key: SigningKey, own_log_of: Replica | None = None) -> None:
        self.sef = sef
        self.key = key
        self.random = "ab" * 16
        self.log = log_id(key.public, bytes.fromhex(self.random))
        self.last: Entry | None = None
        if own_log_of is not None:
            row = own_log_of.db.first(
                "SELECT signature, header, body FROM entry WHERE person=? ORDER BY n DESC LIMIT 1",
                (key.person,),
            )
            self.last = read_entry(*row)
            self.log = self.last.header.log

    def write(
        self,
        ops: Sequence[Mapping[str, object]],
        *,
        act: str = "EditText",
        kind: str = "edit",
        saw: Replica | None = None,
        signed_by: SigningKey | None = None,
        keep: bool = True,
        **header: object,
    ) -> Entry:
        """The next entry; `header` overrides its fields; `saw`: all heads of that replica."""
        n = self.last.header.n + 1 if self.last else 1
        lam = self.last.header.lam if self.last else 0
        seen: dict[str, list[object]] = {}
        if saw is not None:
            rows = saw.db.rows(
                "SELECT log, n, id, lam FROM entry e "
                "WHERE n=(SELECT max(n) FROM entry WHERE log=e.log)"
            )
            for log, number, name, height in rows:
                if log != self.log:
                    seen[log] = [number, name[:16]]
                    lam = max(lam, height)
        fields: dict[str, object] = {
            "sef": self.sef,
            "log": self.log,
            "n": n,
            "prev": self.last.id if self.last else "",
            "seen": seen,
            "lam": lam + 1,
            "t": NOW,
            "person": self.key.person,
            "kind": kind,
            "obj": "",
        }
        if n == 1:
            fields |= {"key": self.key.public.hex(), "random": self.random}
        entry = make_entry(signed_by or self.key, {**fields, **header}, act, ops)
        if keep:
            self.last = entry
        return entry


def add(obj: str, **fields: object) -> dict[str, object]:
    return {"op": "add", "obj": obj, "fields": fields}


def put(obj: str, **fields: object) -> dict[str, object]:
    return {"op": "set", "obj": obj, "fields": fields}


def refused(replica: Replica, entry: Entry | str) -> str:
    """What the replica says against an entry that is in its chain."""
    name = entry if isinstance(entry, str) else entry.id
    return str(replica.db.first("SELECT refused FROM entry WHERE id=?", (name,))[0])


def states(sef: Sef, section: SectionId) -> list[tuple[str, str]]:
    """(person's name, state) of each sign-off of a section."""
    return [
        (sef.name_of(item.person), sign_off_state(sef, item))
        for item in sef.sign_offs
        if item.section == section
    ]


def last_sign_off(sef: Sef) -> SignOff:
    return max(sef.sign_offs, key=lambda item: item.order)


def rebuilt(replica: Replica) -> Sef:
    """The SEF after every table was read again from the entries."""
    with transaction(replica.db):
        replica.fold.rebuild()
        judge_sign_offs(replica.fold, replica.sef_id)
    replica._sef = None
    return replica.sef()


def comparable(sef: Sef) -> Sef:
    """Without what a laptop knows for itself."""
    return replace(sef, facts={}, passage_states={}, forks=(), waiting=())


def with_claim(seat: Seat, text: str, quote: str, index: int = 0) -> ClaimId:
    """Writes a text with one claim; the claim's id."""
    seat.write(text, index)
    section = seat.section(index).id
    before = set(seat.sef().claims)
    seat.do("MarkClaim", section=section, quote=quote, claim_kind="strength")
    return (set(seat.sef().claims) - before).pop()


def with_evidence(seat: Seat, sha256: str = PAGE, name: str = "audit.pdf") -> EvidenceId:
    seat.do(
        "AddEvidence",
        sha256=sha256,
        name=name,
        size=10,
        rendition=sha256,
        converter="as-is",
    )
    return seat.sef().evidence[-1].id


def fill(replica: Replica, entries: Iterable[Entry]) -> Mapping[str, str]:
    return replica.take([line(entry) for entry in entries]).waiting
