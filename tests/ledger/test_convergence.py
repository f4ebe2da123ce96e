"""Five laptops with clocks years apart, a share that loses and mangles files, and random work."""

import random
from pathlib import Path

import pytest

from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.handover import Handover, write_handover
from sefwriter.ledger.keys import SigningKey
from sefwriter.ledger.replica import Refused, Replica
from sefwriter.ledger.verify import verify_replica
from sefwriter.model.acts import ACTS
from sefwriter.model.sef import Sef
from tests.ledger.team import (
    Seat,
    Team,
    comparable,
    lines,
    rebuilt,
    refused,
    with_claim,
    with_evidence,
)

NAMES = ("lead", "health", "forum", "qa", "school")
ROLES = {"health": ("author",), "forum": ("author",), "qa": ("reviewer",), "school": ("author",)}
CLOCKS = {"health": 320_000_000, "forum": -90_000_000, "qa": 60, "school": -5}
WORDS = ("children", "20 weeks", "naïve", "café", "£30m", "😀", "review’s", "–", "中文", "plan")
FIRST_MARK = 0xF0000
ROUNDS = 200


class Chaos:
    """One random run. Every insertion carries a character that nobody else ever writes or cuts."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.team = Team(folder, {"health": ("author",)}, on_disk=True, clocks=CLOCKS)
        for name in NAMES[2:]:
            self.team.sit(name)
        for number in range(3):
            self.team.lead.do("AddSection", title=f"Section {number}")
        for number in range(3):
            claim = with_claim(
                self.team.lead, "Opening words here. Then another sentence.", "Opening", number
            )
            evidence = with_evidence(self.team.lead, f"{number:064x}", f"{number}.pdf")
            self.team.lead.do("LinkPassage", claim=claim, evidence=evidence, page=1)
        self.shares = [SefFolder(folder / "onedrive"), SefFolder(folder / "stick")]
        self.hidden: list[tuple[Path, bytes]] = []
        self.marks: dict[str, tuple[str, str]] = {}
        self.counts: dict[str, int] = {}
        for share in self.shares:
            share.publish(self.team.lead.replica, [])

    def step(self, number: int) -> None:
        chance = self.chance
        name = chance.choice(NAMES)
        seat = self.team.seats[name]
        kind = chance.random()
        if not any(True for _ in seat.replica.heads()):
            self.shares[0].pull(seat.replica)
        elif kind < 0.40:
            self.type(seat)
        elif kind < 0.66:
            self.act(seat, number)
        elif kind < 0.72:
            self.sign(seat)
        elif kind < 0.75:
            self.people(number)
        elif kind < 0.83:
            chance.choice(self.shares).publish(seat.replica, [])
        elif kind < 0.91:
            chance.choice(self.shares).pull(seat.replica)
        elif kind < 0.93:
            self.hand_over(seat)
        elif kind < 0.95:
            self.restart(name)
        else:
            self.mess()

    def attempt(self, seat: Seat, act: str, **fields: object) -> str:
        """Does the act if it may be done now; the entry it became, "" for none."""
        try:
            done = seat.replica.do(ACTS[act](**fields))  # pyright: ignore[reportCallIssue]
        except Refused:
            return ""
        self.counts[act] = self.counts.get(act, 0) + 1
        return done.entry

    def type(self, seat: Seat) -> None:
        chance = self.chance
        sections = seat.sef().sections
        if not sections:
            return
        section = chance.choice(sections)
        text, marks = section.text, []
        for _ in range(chance.randint(1, 3)):
            place = chance.randint(0, len(text))
            cut = chance.randint(0, 8) if chance.random() < 0.4 else 0
            gone = text[place : place + cut]
            if any(ord(character) >= FIRST_MARK or character in "[]()" for character in gone):
                cut = 0
            mark = chr(FIRST_MARK + len(self.marks) + len(marks))
            marks.append(mark)
            text = text[:place] + mark + chance.choice(WORDS) + " " + text[place + cut :]
        entry = self.attempt(seat, "EditText", section=section.id, text=text)
        if entry:
            self.marks.update(dict.fromkeys(marks, (section.id, entry)))

    def act(self, seat: Seat, number: int) -> None:
        chance, sef = self.chance, seat.sef()
        if not sef.sections:
            return
        section = chance.choice(sef.sections)
        claim = chance.choice([*sef.claims, ""])
        evidence = chance.choice([*(item.id for item in sef.evidence), ""])
        action = chance.choice([*(item.id for item in sef.actions), ""])
        words = section.text.split()
        quote = " ".join(words[: chance.randint(1, 3)]) if words else "x"
        possible: list[tuple[str, dict[str, object]]] = [
            ("RenameSection", {"section": section.id, "title": f"Title {number}"}),
            ("MoveSection", {"section": section.id, "after": chance.choice(sef.sections).id}),
            ("AssignSection", {"section": section.id, "owner": f"O{number}"}),
            ("AddSection", {"title": f"New {number}"}),
            ("MarkClaim", {"section": section.id, "quote": quote}),
            ("SetClaim", {"claim": claim, "claim_kind": chance.choice(["impact", "voice"])}),
            ("RemoveClaim", {"claim": claim}),
            ("AddEvidence", {"sha256": f"{number:064x}", "name": "a.pdf", "size": number}),
            (
                "ReplaceEvidence",
                {"evidence": evidence, "sha256": f"{number + 999:064x}", "name": "b", "size": 1},
            ),
            ("SetEvidence", {"evidence": evidence, "title": f"Title {number}"}),
            ("DeleteEvidence", {"evidence": evidence}),
            ("LinkPassage", {"claim": claim, "evidence": evidence, "page": number}),
            ("AddAction", {"text": f"Do {number}"}),
            ("LinkAction", {"claim": claim, "action": action}),
            ("UnlinkAction", {"claim": claim, "action": action}),
            ("SetAction", {"action": action, "due": f"2026-05-{number % 27 + 1:02}"}),
            ("DeleteAction", {"action": action}),
            ("AddMeasure", {"name": f"M{number}", "value": "71"}),
            ("AddComment", {"section": section.id, "text": f"Hm {number}"}),
            ("MarkReady", {"section": section.id}),
            ("SettleMeeting", {"section": section.id}),
        ]
        if sef.passages:
            passage = chance.choice(sef.passages).id
            possible.append(("SetPassage", {"passage": passage, "note": f"N{number}"}))
            possible.append(("UnlinkPassage", {"passage": passage}))
        if sef.comments:
            comment = chance.choice(sef.comments).id
            possible.append(("ReplyComment", {"comment": comment, "text": "Yes"}))
            possible.append(("ResolveComment", {"comment": comment}))
        # Acts on what isn't there would only be refused.
        possible = [(name, fields) for name, fields in possible if "" not in fields.values()]
        if len(sef.sections) > 2 and chance.random() < 0.2:
            possible = [("DeleteSection", {"section": section.id})]
        name, fields = chance.choice(possible)
        self.attempt(seat, name, **fields)

    def sign(self, seat: Seat) -> None:
        if self.chance.random() < 0.7 and self.team.qa.replica.heads():
            seat = self.team.qa
        sef = seat.sef()
        if not sef.sections:
            return
        section = self.chance.choice(sef.sections).id
        mine = [s for s in sef.sign_offs if s.person == seat.person and not s.withdrawn]
        if mine and self.chance.random() < 0.3:
            self.attempt(seat, "WithdrawSignOff", sign_off=mine[0].id, reason="No longer")
        elif not self.attempt(seat, "SignOff", section=section):
            self.attempt(seat, "ReportAgreement", section=section, partner="health")

    def people(self, number: int) -> None:
        """The lead admits, changes roles, removes and takes back."""
        lead, chance = self.team.lead, self.chance
        sef = lead.sef()
        name = chance.choice(NAMES[1:])
        seat = self.team.seats[name]
        known = sef.person_by_id.get(seat.person)
        if known is None:
            self.attempt(
                lead,
                "AdmitPerson",
                person=seat.person,
                key=seat.key.public.hex(),
                name=name,
                roles=ROLES[name],
            )
        elif chance.random() < 0.5:
            roles = chance.choice([("author",), ("reviewer",), ("author", "reviewer"), ("reader",)])
            self.attempt(lead, "SetRoles", person=seat.person, roles=roles)
        elif number > ROUNDS * 0.8 and name == "school":
            self.attempt(lead, "RemovePerson", person=seat.person)
        else:
            self.attempt(seat, "SetPerson", person=seat.person, organisation=f"Org {number}")

    def hand_over(self, seat: Seat) -> None:
        target = self.folder / "Area.sef"
        write_handover(target, seat.replica, "Area", [])
        handover = Handover(target)
        self.chance.choice(list(self.team.seats.values())).replica.take(handover.lines())
        handover.close()

    def restart(self, name: str) -> None:
        seat = self.team.seats[name]
        seat.replica.close()
        self.team.sit(name, seat.key)

    def mess(self) -> None:
        """What sync clients, sticks and colleagues do to files."""
        chance = self.chance
        share = chance.choice(self.shares)
        files = sorted((share.path / "log").glob("*.seg*"))
        if not files:
            return
        file, kind = chance.choice(files), chance.random()
        data = file.read_bytes()
        if kind < 0.2:
            file.with_name(file.stem + "-LAPTOP-7.seg").write_bytes(data)
        elif kind < 0.4:
            file.with_name(file.stem + " (1).seg").write_bytes(data[: chance.randrange(len(data))])
        elif kind < 0.5:
            file.with_name(file.stem + "-zero.seg").write_bytes(bytes(len(data)))
        elif kind < 0.65 and data:
            flipped = bytearray(data)
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            file.write_bytes(bytes(flipped))
        elif kind < 0.75:
            file.rename(file.with_name("renamed " + file.name))
        elif kind < 0.9:
            self.hidden.append((file, data))
            file.unlink()
        elif self.hidden:
            path, hidden = self.hidden.pop()
            path.write_bytes(hidden)

    def settle(self) -> None:
        """Everybody is admitted, and everybody publishes, pulls and repairs."""
        for name in NAMES:
            seat = self.team.seats[name]
            if seat.person not in self.team.lead.sef().person_by_id:
                self.team.admit(name, ROLES[name])
        for _ in range(2):
            for share in self.shares:
                for seat in self.team.seats.values():
                    share.publish(seat.replica, [])
                    share.pull(seat.replica)
                    share.repair(seat.replica, [])
        for share in self.shares:
            for seat in self.team.seats.values():
                share.pull(seat.replica)


def same(one: Sef, other: Sef) -> None:
    for name in Sef.__dataclass_fields__:
        assert getattr(one, name) == getattr(other, name), name


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_five_replicas_on_a_hostile_share_end_alike(seed: int, tmp_path: Path) -> None:
    chaos = Chaos(tmp_path, seed)
    for number in range(1, ROUNDS):
        chaos.step(number)
    chaos.settle()
    team = chaos.team
    truth = comparable(team.lead.sef())
    for name, seat in team.seats.items():
        # What a flipped bit made of an entry is no entry; nothing else waits.
        assert {why for _, _, why in seat.replica.waiting()} <= {
            "bad signature",
            "of another SEF",
        }, name
        assert seat.replica.heads() == team.lead.replica.heads(), name
        same(comparable(seat.sef()), truth)
    texts = {
        str(obj): str(text) for obj, text, _ in team.lead.replica.db.rows("SELECT * FROM text")
    }
    for mark, (section, entry) in chaos.marks.items():
        if mark not in texts.get(section, ""):
            # Only what somebody wrote who had been removed, and nobody else had built on.
            assert refused(team.lead.replica, entry) == "written after the person was removed"
    assert len(chaos.marks) > 10
    for name, seat in list(team.seats.items()):
        seat.replica.close()
        again = team.sit(name, SigningKey(seat.key.seed))
        same(comparable(again.sef()), truth)
        assert not verify_replica(again.replica, again.marks), name
    same(comparable(rebuilt(team.lead.replica)), truth)
    fresh = Replica(None, team.id, team.lead.marks)
    everything = lines(team.health.replica)
    chaos.chance.shuffle(everything)
    for start in range(0, len(everything), 7):
        fresh.take(everything[start : start + 7])
    same(comparable(fresh.sef()), truth)
