"""What a member, a stranger or a damaged share may try; every replica must hold, alike."""

import gzip
import hashlib
import random
from base64 import b64encode
from pathlib import Path
from typing import Any

import pycrdt
import pytest

from sefwriter.ledger.canonical import canonical, parse
from sefwriter.ledger.crdt import new_client
from sefwriter.ledger.entry import BadEntry, Entry, read_entry
from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.genesis import FirstOwner, make_genesis
from sefwriter.ledger.keys import new_key
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Refused, Replica
from sefwriter.ledger.segments import pack, segment_name, unpack
from sefwriter.ledger.verify import verify_folder, verify_replica
from sefwriter.model.acts import ACTS
from sefwriter.model.ids import SectionId, new_id
from sefwriter.model.states import sign_off_state
from tests.ledger.team import (
    NOW,
    Hand,
    Team,
    add,
    comparable,
    fill,
    line,
    lines,
    put,
    rebuilt,
    refused,
    states,
    with_claim,
    with_evidence,
)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(
        tmp_path,
        {"author": ("author",), "qa": ("reviewer",), "other": ("reviewer",), "reader": ("reader",)},
    )
    team.lead.do("AddSection", title="Outcomes", ref="S01")
    team.lead.do("AddSection", title="Other", ref="S02")
    team.sync()
    team.author.write("Outcomes are good. Waits are long.")
    team.author.write("Other words.", 1)
    team.sync()
    return team


def signed(team: Team) -> SectionId:
    """The first section, signed by the quality assurer and known to everybody."""
    section = team.qa.section().id
    team.qa.do("SignOff", section=section)
    team.sync()
    assert states(team.lead.sef(), section) == [("qa", "valid")]
    return section


def alike(team: Team, but: str = "~") -> None:
    """Every seat shows the same, also after a rebuild, and nothing is amiss on any."""
    first = comparable(team.lead.sef())
    for name, seat in team.seats.items():
        assert comparable(seat.sef()) == first, name
        assert comparable(rebuilt(seat.replica)) == first, name
        findings = verify_replica(seat.replica, seat.marks)
        assert not [found for found in findings if but not in found.what], name


def sign_ops(team: Team, section: str) -> list[dict[str, object]]:
    act = ACTS["SignOff"](section=section)  # pyright: ignore[reportCallIssue]
    (op,) = act.ops(team.lead.sef())
    return [add(op.obj, **dict(getattr(op, "fields")))]  # noqa: B009


def yjs_of(client: int, text: str, start: bytes | None = None) -> str:
    doc = pycrdt.Doc(client_id=client)
    shared = doc.get("t", type=pycrdt.Text)
    if start:
        doc.apply_update(start)
    shared += text
    return b64encode(doc.get_update()).decode()


# -- the seventeen of the research


def test_sign_off_in_the_reviewers_name_with_ones_own_key(team: Team) -> None:
    section = team.lead.section().id
    hand = Hand(team.id, team.qa.key)
    forged = hand.write(
        sign_ops(team, section),
        act="SignOff",
        kind="sign",
        saw=team.lead.replica,
        signed_by=team.author.key,
    )
    assert list(fill(team.lead.replica, [forged]).values()) == ["bad signature"]
    assert not team.lead.sef().sign_offs


def test_author_signs_with_own_key(team: Team) -> None:
    section = team.lead.section().id
    hand = Hand(team.id, team.author.key, team.author.replica)
    fill(
        team.lead.replica,
        [hand.write(sign_ops(team, section), act="SignOff", kind="sign", saw=team.author.replica)],
    )
    assert states(team.lead.sef(), section) == [("author", "not-reviewer")]
    with pytest.raises(Refused, match="reviewer"):
        team.author.do("SignOff", section=section)


@pytest.mark.parametrize("kind", ["roster", "edit", "sign", "erase", "later"])
def test_author_gives_himself_the_reviewers_role(team: Team, kind: str) -> None:
    hand = Hand(team.id, team.author.key, team.author.replica)
    forged = hand.write(
        [put(team.author.person, roles=["owner", "reviewer"])],
        act="SetRoles",
        kind=kind,
        saw=team.author.replica,
    )
    fill(team.lead.replica, [forged])
    assert team.lead.sef().person_by_id[team.author.person].roles == ("author",)
    assert refused(team.lead.replica, forged)


def test_author_enrols_a_made_up_reviewer(team: Team) -> None:
    false = new_key()
    hand = Hand(team.id, team.author.key, team.author.replica)
    forged = hand.write(
        [add(false.person, key=false.public.hex(), name="qa", roles=["reviewer"], same_as="")],
        act="AdmitPerson",
        kind="roster",
    )
    fill(team.lead.replica, [forged])
    assert false.person not in team.lead.sef().person_by_id
    assert "owner" in refused(team.lead.replica, forged)


def test_owner_cannot_admit_a_key_under_anothers_id(team: Team) -> None:
    false = new_key()
    hand = Hand(team.id, team.lead.key, team.lead.replica)
    hijack = hand.write(
        [add(team.qa.person, key=false.public.hex(), name="qa", roles=["owner"], same_as="")],
        kind="roster",
        act="AdmitPerson",
    )
    stranger = new_key().person
    unproven = hand.write(
        [add(stranger, key=false.public.hex(), name="x", roles=["owner"], same_as="")],
        kind="roster",
        act="AdmitPerson",
    )
    fill(team.author.replica, [hijack, unproven])
    sef = team.author.sef()
    assert sef.person_by_id[team.qa.person].keys == (team.qa.key.public.hex(),)
    assert stranger not in sef.person_by_id


def test_true_sign_off_copied_to_another_section(team: Team) -> None:
    signed(team)
    other = team.lead.section(1).id
    true = next(e for e in team.qa.replica.entries() if e.header.kind == "sign")
    assert true.body_bytes
    body = true.body_bytes.replace(true.header.obj.encode(), other.encode())
    header = true.header_bytes.replace(true.header.obj.encode(), other.encode())
    with pytest.raises(BadEntry, match="not the one that was signed"):
        read_entry(true.signature, true.header_bytes, body)
    waiting = team.lead.replica.take(
        [(true.signature, true.header_bytes, body), (true.signature, header, true.body_bytes)]
    ).waiting
    assert "bad signature" in waiting.values()
    assert states(team.lead.sef(), other) == []


def test_true_sign_off_moved_to_another_sef(team: Team, tmp_path: Path) -> None:
    signed(team)
    genesis, _ = make_genesis(team.lead.key, FirstOwner("lead"), "Else", "x", lambda: NOW)
    other = Replica(None, type(team.id)(genesis.id), Marks(tmp_path / "else"), team.lead.key)
    other.begin(genesis)
    taken = other.take(lines(team.qa.replica))
    assert taken.new == 0
    assert set(taken.waiting.values()) == {"of another SEF"}
    assert not other.sef().sign_offs


def test_text_changed_after_the_sign_off_and_put_back(team: Team) -> None:
    section = signed(team)
    text = team.author.section().text
    team.author.write(text.replace("good", "fair"))
    team.sync()
    assert {tuple(states(s.sef(), section)) for s in team.seats.values()} == {(("qa", "lapsed"),)}
    team.author.write(text)
    team.sync()
    assert states(team.qa.sef(), section) == [("qa", "valid")]
    alike(team)


def test_evidence_replaced_or_passage_added_after_the_sign_off(team: Team) -> None:
    claim = with_claim(team.author, "Outcomes are good. Waits are long.", "Waits are long")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=3, quote="long waits")
    team.sync()
    section = signed(team)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=4)
    assert states(team.author.sef(), section) == [("qa", "lapsed")]
    team.author.do("UnlinkPassage", passage=team.author.sef().passages[-1].id)
    assert states(team.author.sef(), section) == [("qa", "valid")]
    team.author.do("ReplaceEvidence", evidence=evidence, sha256="b" * 64, name="new.pdf", size=9)
    assert states(team.author.sef(), section) == [("qa", "lapsed")]
    team.sync()
    alike(team)


def test_back_dated_edit_from_a_laptop_long_offline(team: Team, tmp_path: Path) -> None:
    old = team.sit("old")
    old.replica.take(lines(team.lead.replica))
    section = signed(team)
    team.admit("old", ("author",))
    stale = Hand(team.id, old.key)
    yjs = yjs_of(new_client(stale.log), "Not ")
    entry = stale.write(
        [{"op": "text", "obj": section, "yjs": yjs, "epoch": "", "touched": {}}],
        t=1,
        saw=old.replica,
    )
    assert not fill(team.lead.replica, [entry])
    assert "Not " in team.lead.section().text
    assert states(team.lead.sef(), section) == [("qa", "lapsed")]
    team.sync()
    alike(team)


def test_reviewer_signs_own_words(team: Team) -> None:
    team.lead.do("SetRoles", person=team.qa.person, roles=("author", "reviewer"))
    team.sync()
    team.qa.write("Outcomes are very good. Waits are long.")
    section = team.qa.section().id
    with pytest.raises(Refused, match="own words"):
        team.qa.do("SignOff", section=section)
    hand = Hand(team.id, team.qa.key, team.qa.replica)
    team.lead.replica.take(lines(team.qa.replica))
    forged = hand.write(sign_ops(team, section), act="SignOff", kind="sign", saw=team.qa.replica)
    fill(team.lead.replica, [forged])
    assert states(team.lead.sef(), section) == [("qa", "own-text")]


def test_reviewers_files_deleted_from_the_share_are_missed_and_put_back(
    team: Team, tmp_path: Path
) -> None:
    section = signed(team)
    folder = SefFolder(tmp_path / "share")
    for seat in team.seats.values():
        folder.publish(seat.replica, [])
    log = next(iter(team.qa.replica.own_logs()))
    for file in (tmp_path / "share" / "log").glob(f"{log}*"):
        file.unlink()
    fresh = Replica(None, team.id, Marks(tmp_path / "fresh"))
    folder.pull(fresh)
    assert not fresh.sef().sign_offs
    assert any("lacks" in found.what for found in verify_folder(folder, team.lead.replica))
    folder.repair(team.lead.replica, [])
    folder.pull(fresh)
    assert states(fresh.sef(), section) == [("qa", "valid")]
    assert not list(verify_folder(folder, team.lead.replica))


def test_somebody_removed_goes_on_writing(team: Team) -> None:
    before = team.lead.section(1).text
    team.lead.do("RemovePerson", person=team.author.person)
    team.author.write(before + " Late words.", 1)
    team.sync()
    assert team.lead.section(1).text == before
    # What the lead writes afterwards, with the late entry in hand, doesn't let it in.
    team.lead.do("RenameSection", section=team.lead.section().id, title="Outcomes, again")
    team.sync()
    assert rebuilt(team.lead.replica).sections[1].text == before
    team.author.sef()
    alike(team)


def test_somebody_removed_cannot_make_others_wait(team: Team, tmp_path: Path) -> None:
    team.lead.do("RemovePerson", person=team.author.person)
    known = lines(team.lead.replica)
    team.author.write("Late words.", 1)
    team.lead.replica.take(lines(team.author.replica))
    name = team.lead.do("RenameSection", section=team.lead.section().id, title="Again")
    fresh = Replica(None, team.id, Marks(tmp_path / "fresh"))
    fresh.take(known)
    fresh.take(line for line in lines(team.lead.replica) if team.author.person not in str(line[1]))
    assert fresh.sef().sections[0].title == "Again", name


def test_words_beside_those_of_somebody_removed_are_not_lost(team: Team) -> None:
    """The other writer didn't know of the removal, and built on words written after it."""
    team.sit("second")
    team.admit("second", ("author",))
    team.sync()
    team.lead.do("RemovePerson", person=team.author.person)
    removal = lines(team.lead.replica)
    team.author.write("Other words. Late words.", 1)
    team.sync("author", "second")
    team.second.write("Other words. Late words. Words beside.", 1)
    beside = lines(team.second.replica)
    team.lead.replica.take(beside)
    assert "Words beside." in team.lead.section(1).text
    team.qa.replica.take(beside)
    team.qa.replica.take(removal)
    team.sync()
    alike(team)


@pytest.mark.parametrize("kind", ["edit", "roster", "erase", "sign"])
def test_text_under_anothers_client_id(team: Team, kind: str) -> None:
    section = team.lead.section(1).id
    log = next(iter(team.qa.replica.own_logs() or {"0" * 32}))
    hand = Hand(team.id, team.author.key, team.author.replica)
    yjs = yjs_of(new_client(log), "in the reviewer's name")
    forged = hand.write([{"op": "text", "obj": section, "yjs": yjs, "epoch": ""}], kind=kind)
    fill(team.lead.replica, [forged])
    assert "in the reviewer's name" not in team.lead.section(1).text
    assert refused(team.lead.replica, forged)


def test_cloned_laptop_writes_two_histories(team: Team) -> None:
    hand = Hand(team.id, team.author.key, team.author.replica)
    section = team.lead.section(1).id
    one = hand.write([put(section, title="One")], keep=False)
    two = hand.write([put(section, title="Two")], keep=False)
    fill(team.lead.replica, [one])
    waiting = fill(team.lead.replica, [two])
    assert list(waiting.values()) == ["fork"]
    assert team.lead.section(1).title == "One"
    assert [why for _, _, why in team.lead.replica.waiting()] == ["fork"]


@pytest.mark.slow
def test_three_hundred_damaged_files_give_no_crash_and_no_false_entry(
    team: Team, tmp_path: Path
) -> None:
    signed(team)
    true = {entry.id for entry in team.lead.replica.entries()}
    whole = b"".join(data + b"\n" for _, _, data in team.lead.replica.lines())
    chance = random.Random(5)
    log = next(iter(team.lead.replica.own_logs()))
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        data = gzip.compress(bytes(damaged), 1, mtime=0)
        victim = Replica(None, team.id, Marks(tmp_path / "victim"))
        victim.take(unpack(segment_name(log, 1, 1, data), data).lines)
        assert {entry.id for entry in victim.entries()} <= true
        victim.sef()
        victim.close()


# -- beyond the seventeen


@pytest.mark.parametrize("wrong", [-1, 1, 1000])
def test_wrong_lamport_counter(team: Team, wrong: int) -> None:
    hand = Hand(team.id, team.author.key, team.author.replica)
    true = hand.write([put(team.lead.section().id, title="x")], keep=False)
    forged = hand.write([put(team.lead.section().id, title="x")], lam=true.header.lam + wrong)
    assert list(fill(team.lead.replica, [forged]).values()) == ["out of order"]


def test_continuing_anothers_log(team: Team) -> None:
    hand = Hand(team.id, team.qa.key)
    first = hand.write([add(new_id("comment"), section=team.lead.section().id, text="x")])
    fill(team.lead.replica, [first])
    forged = Hand(team.id, team.author.key)
    forged.last, forged.log = first, hand.log
    entry = forged.write([put(team.lead.section().id, title="Mine")])
    assert list(fill(team.lead.replica, [entry]).values()) == ["bad signature"]
    as_qa = forged.write([], person=team.qa.person, prev=first.id, n=2, lam=2)
    assert list(fill(team.lead.replica, [as_qa]).values()) == ["bad signature"]


def test_anothers_log_id_with_ones_own_key(team: Team) -> None:
    victim = next(iter(team.lead.replica.own_logs()))
    with pytest.raises(BadEntry, match="not its key's"):
        Hand(team.id, team.author.key).write([], log=victim)
    with pytest.raises(BadEntry, match="not the key's"):
        Hand(team.id, team.author.key).write([], person=team.lead.person)


def test_header_spelled_otherwise(team: Team) -> None:
    true = next(iter(team.author.replica.entries()))
    for other in (
        true.header_bytes.replace(b'"v":1', b'"v":1.0'),
        true.header_bytes.replace(b":", b": ", 1),
        true.header_bytes + b"\n",
        b'{"zz":1,' + true.header_bytes[1:],
        true.header_bytes.replace(b'"act"', b'"\\u0061ct"'),
        b"[]",
        b"{}",
        b"",
    ):
        if other != true.header_bytes:
            with pytest.raises(BadEntry):
                read_entry(true.signature, other, true.body_bytes)


def test_numbers_beyond_what_a_database_holds(team: Team) -> None:
    """A stranger's entry must not make taking in crash for everybody."""
    stranger = Hand(team.id, new_key())
    for seen in ({"a" * 32: [1 << 70, "a"]}, {"a" * 32: [-1, "a"]}, {"a" * 32: [0, ""]}):
        try:
            forged = stranger.write([], seen=seen, keep=False)
        except BadEntry:
            continue
        assert list(fill(team.lead.replica, [forged]).values()) == ["waits for what it has seen"]
    headers: list[dict[str, Any]] = [{"t": 1 << 70}, {"n": 1 << 60, "prev": "a"}, {"lam": 1 << 63}]
    for header in headers:
        with pytest.raises(BadEntry):
            stranger.write([], **header)


@pytest.mark.parametrize("kind", ["edit", "roster", "sign", "erase", "later"])
def test_stranger_has_no_say_whatever_the_entry_is_called(team: Team, kind: str) -> None:
    before = comparable(team.lead.sef())
    section = team.lead.section().id
    stranger = Hand(team.id, new_key())
    forged = stranger.write(
        [put(section, title="Taken over"), add(new_id("comment"), section=section, text="x")],
        kind=kind,
        saw=team.lead.replica,
    )
    assert not fill(team.lead.replica, [forged])
    assert refused(team.lead.replica, forged)
    assert comparable(team.lead.sef()) == before
    assert any(e.id == forged.id for e in team.lead.replica.entries())


@pytest.mark.parametrize("kind", ["edit", "roster", "sign", "erase", "later"])
def test_reader_writes_nothing_whatever_the_entry_is_called(team: Team, kind: str) -> None:
    section = team.lead.section().id
    hand = Hand(team.id, team.reader.key)
    own = [put(team.reader.person, name="Reader"), put(section, title="Taken over")]
    forged = [
        hand.write([put(section, title="Taken over")], kind=kind, saw=team.lead.replica),
        hand.write(own, kind=kind, saw=team.lead.replica),
        hand.write([{"op": "delete", "obj": section}], kind=kind, saw=team.lead.replica),
    ]
    fill(team.lead.replica, forged)
    assert team.lead.section().title == "Outcomes"
    assert all(refused(team.lead.replica, entry) for entry in forged)


def test_strangers_entries_make_nobody_wait(team: Team, tmp_path: Path) -> None:
    stranger = Hand(team.id, new_key())
    fill(team.lead.replica, [stranger.write([put("s" + "a" * 16, title="x")])])
    team.lead.do("RenameSection", section=team.lead.section().id, title="After a stranger")
    fresh = Replica(None, team.id, Marks(tmp_path / "fresh"))
    fresh.take(entry for entry in lines(team.lead.replica) if stranger.log not in str(entry[1]))
    assert fresh.sef().sections[0].title == "After a stranger"


@pytest.mark.parametrize("how", ["set", "delete"])
def test_sign_off_can_be_neither_changed_nor_taken_out_by_anybody(team: Team, how: str) -> None:
    section = signed(team)
    sign_off = team.lead.sef().sign_offs[0]
    team.author.write("Quite other words.")
    now = sign_ops(team, section)[0]["fields"]
    assert isinstance(now, dict)
    ops = {
        "set": put(sign_off.id, digest=now["digest"], parts=now["parts"]),
        "delete": {"op": "delete", "obj": sign_off.id},
    }[how]
    for seat in (team.author, team.lead, team.qa):
        forged = [
            Hand(team.id, seat.key, seat.replica).write(
                [ops], kind=kind, saw=seat.replica, keep=False
            )
            if any(True for _ in seat.replica.own_logs())
            else Hand(team.id, seat.key).write([ops], kind=kind, saw=seat.replica, keep=False)
            for kind in ("sign", "edit", "roster", "erase")
        ]
        for entry in forged:
            victim = Replica(None, team.id, seat.marks)
            victim.take([*lines(seat.replica), line(entry)])
            found = victim.sef().sign_offs
            assert [(s.id, s.digest, s.parts) for s in found] == [
                (sign_off.id, sign_off.digest, sign_off.parts)
            ]
            victim.close()


def test_sign_off_cannot_be_hidden_by_an_earlier_twin(team: Team) -> None:
    """An author who knows a sign-off's id writes another, said to be earlier, under that id."""
    section = signed(team)
    sign_off = team.lead.sef().sign_offs[0]
    twin = Hand(team.id, team.author.key)
    forged = twin.write(
        [add(sign_off.id, section=section, digest="0" * 64, parts={}, statement="x")],
        kind="sign",
        act="SignOff",
    )
    assert forged.header.lam == 1
    fill(team.lead.replica, [forged])
    found = states(team.lead.sef(), section)
    assert ("qa", "valid") in found
    team.sync()
    alike(team, but="don't give its digest")


def test_fixed_fields_cannot_be_set(team: Team) -> None:
    claim = with_claim(team.author, "Outcomes are good. Waits are long.", "Waits are long")
    evidence = with_evidence(team.author)
    team.author.do("LinkPassage", claim=claim, evidence=evidence, page=3, quote="long waits")
    team.sync()
    passage = team.lead.sef().passages[0]
    forged = Hand(team.id, team.author.key, team.author.replica).write(
        [put(passage.id, quote="short waits", page=9, stance="qualifies")]
    )
    fill(team.lead.replica, [forged])
    now = team.lead.sef().passages[0]
    assert (now.quote, now.page, now.stance) == ("long waits", 3, "qualifies")


@pytest.mark.parametrize("obj", ["", "s", "../../x", "sABCDEFGHIJKLMNOP", "s" + "a" * 40])
def test_objects_whose_id_is_none_do_no_harm(team: Team, obj: str) -> None:
    before = comparable(team.lead.sef())
    hand = Hand(team.id, team.author.key, team.author.replica)
    for ops in ([put(obj, title="x")], [add(obj, title="x")], [{"op": "delete", "obj": obj}]):
        entry = hand.write(ops)
        fill(team.lead.replica, [entry])
        assert refused(team.lead.replica, entry)
    assert comparable(team.lead.sef()) == before


@pytest.mark.parametrize(
    "field",
    [{"a": {"b": [1]}}, [[["x"]]], -(1 << 80), "\u0000", {"1": {"2": "3"}}],
)
def test_fields_of_unlikely_shapes_do_no_harm(team: Team, field: object) -> None:
    claim = with_claim(team.author, "Outcomes are good. Waits are long.", "Waits are long")
    evidence = with_evidence(team.author)
    section = team.author.section().id
    team.lead.replica.take(lines(team.author.replica))
    hand = Hand(team.id, team.author.key, team.author.replica)
    names = ("title", "position", "kind", "partners", "number", "text", "claim", "evidence")
    fields = dict.fromkeys((*names, "sha256", "page", "section", "state", "parts"), field)
    objects = [section, claim, evidence, *(new_id(kind) for kind in ("passage", "action", "link"))]
    objects += [new_id(k) for k in ("measure", "value", "comment", "reply", "mark", "version")]
    entries = [hand.write([put(obj, **fields)]) for obj in objects]
    entries += [hand.write([add(new_id(k), **fields)]) for k in ("evidence", "action", "mark")]
    entries.append(
        hand.write([{"op": "text", "obj": section, "yjs": field, "touched": field}], act="X")
    )
    entries.append(hand.write([add(new_id("sign-off"), **fields)], kind="sign"))
    fill(team.lead.replica, entries)
    sef = team.lead.sef()
    for sign_off in sef.sign_offs:
        assert sign_off_state(sef, sign_off) != "valid"
    team.sync()
    alike(team, but="don't give its digest")


def test_text_that_the_crdt_library_refuses_does_no_harm(team: Team) -> None:
    section = team.lead.section().id
    hand = Hand(team.id, team.author.key, team.author.replica)
    client = new_client(hand.log)
    doc = pycrdt.Doc(client_id=client)
    shared = doc.get("t", type=pycrdt.Text)
    shared += "abc"
    good = doc.get_update()
    chance = random.Random(3)
    inside_an_item = bytes([1, 1, 5, 0, 4, 0, 9, 0, 1, ord("x"), 0])
    yjs = b64encode(inside_an_item).decode()
    entries = [hand.write([{"op": "text", "obj": section, "yjs": yjs, "epoch": ""}])]
    for _ in range(150):
        damaged = bytearray(good)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        yjs = b64encode(bytes(damaged)).decode()
        entries.append(hand.write([{"op": "text", "obj": section, "yjs": yjs, "epoch": ""}]))
    fill(team.lead.replica, entries)
    text = team.lead.section().text
    assert "Outcomes are good. Waits are long." in text
    team.sync()
    alike(team)


def test_same_number_minted_on_two_laptops(team: Team) -> None:
    with_evidence(team.author, "1" * 64, "one.pdf")
    with_evidence(team.lead, "2" * 64, "two.pdf")
    team.author.do("AddAction", text="Do this")
    team.lead.do("AddAction", text="Do that")
    team.sync()
    sef = team.lead.sef()
    assert [item.number for item in sef.evidence] == ["E1", "E1b"]
    assert [item.number for item in sef.actions] == ["A1", "A1b"]
    team.lead.do("AddAction", text="Third")
    assert team.lead.sef().actions[-1].number == "A2"
    team.sync()
    alike(team)


def test_same_id_added_twice_is_the_earlier_everywhere(team: Team) -> None:
    action = new_id("action")
    one = Hand(team.id, team.author.key)
    two = Hand(team.id, team.lead.key)
    first = [one.write([add(action, number=1), put(action, text="By the author")])]
    second = [two.write([add(action, number=2), put(action, text="By the lead")])]
    fill(team.lead.replica, [*second, *first])
    fill(team.author.replica, first)
    fill(team.author.replica, second)
    team.sync()
    assert len(team.lead.sef().actions) == 1
    alike(team)


def test_one_entry_with_two_sign_offs_is_judged_for_each(team: Team) -> None:
    one, two = team.lead.section().id, team.lead.section(1).id
    team.lead.do("SetRoles", person=team.qa.person, roles=("author", "reviewer"))
    team.sync()
    team.qa.write("Mine now.", 1)
    team.lead.replica.take(lines(team.qa.replica))
    hand = Hand(team.id, team.qa.key, team.qa.replica)
    both = hand.write(
        [*sign_ops(team, one), *sign_ops(team, two)],
        kind="sign",
        act="SignOff",
        saw=team.qa.replica,
    )
    fill(team.lead.replica, [both])
    assert states(team.lead.sef(), one) == [("qa", "valid")]
    assert states(team.lead.sef(), two) == [("qa", "own-text")]
    team.sync()
    alike(team)


# -- bodies that are missing


def test_missing_body_is_noticed_and_filled_from_a_copy_that_has_it(
    team: Team, tmp_path: Path
) -> None:
    whole = lines(team.lead.replica)
    text = next(e for e in team.lead.replica.entries() if e.act == "EditText")
    bare = [(s, h, None if h == text.header_bytes else b) for s, h, b in whole]
    marks = Marks(tmp_path / "victim")
    victim = Replica(None, team.id, marks)
    victim.take(bare)
    assert any("missing" in found.what for found in verify_replica(victim, marks))
    assert comparable(victim.sef()) != comparable(team.lead.sef())
    victim.take(whole)
    assert comparable(victim.sef()) == comparable(team.lead.sef())
    assert not verify_replica(victim, marks)
    # The same in one go, the bare line first.
    both = Replica(None, team.id, marks)
    both.take([*bare, *whole])
    assert comparable(both.sef()) == comparable(team.lead.sef())


@pytest.mark.parametrize("kind", ["genesis", "roster", "sign"])
def test_bodies_of_rosters_and_signatures_are_never_taken_without_their_words(
    team: Team, tmp_path: Path, kind: str
) -> None:
    section = signed(team)
    whole = lines(team.lead.replica)
    bare = [(s, h, None if f'"kind":"{kind}"'.encode() in h else b) for s, h, b in whole]
    victim = Replica(None, team.id, Marks(tmp_path / "victim"))
    victim.take(bare)
    assert all(e.body_bytes for e in victim.entries() if e.header.kind == kind)
    victim.take(whole)
    assert comparable(victim.sef()) == comparable(team.lead.sef())
    assert states(victim.sef(), section) == [("qa", "valid")]


def test_missing_body_that_an_owner_erased_is_well_and_stays_away(
    team: Team, tmp_path: Path
) -> None:
    comment = new_id("comment")
    section = team.lead.section().id
    author = Hand(team.id, team.author.key, team.author.replica)
    said = author.write([add(comment, section=section, text="A child's name")], act="AddComment")
    fill(team.lead.replica, [said])
    owner = Hand(team.id, team.lead.key, team.lead.replica)
    erase = erasing(owner, [said.id], saw=team.lead.replica)
    known = lines(team.lead.replica)
    marks = Marks(tmp_path / "victim")
    victim = Replica(None, team.id, marks)
    bare = [(s, h, None if h == said.header_bytes else b) for s, h, b in known]
    victim.take([*bare, line(erase)])
    assert not verify_replica(victim, marks)
    victim.take(known)
    assert all(item.id != comment for item in victim.sef().comments)
    assert not verify_replica(victim, marks)


def test_erasure_by_somebody_who_is_no_owner_accounts_for_nothing(
    team: Team, tmp_path: Path
) -> None:
    text = next(e for e in team.lead.replica.entries() if e.act == "EditText")
    forged = erasing(Hand(team.id, team.reader.key), [text.id], saw=team.lead.replica)
    whole = lines(team.lead.replica)
    bare = [(s, h, None if h == text.header_bytes else b) for s, h, b in whole]
    marks = Marks(tmp_path / "victim")
    victim = Replica(None, team.id, marks)
    victim.take([*bare, line(forged)])
    assert any("missing" in found.what for found in verify_replica(victim, marks))
    victim.take(whole)
    assert victim.sef().sections == team.lead.sef().sections


# -- made by a newer version


def newer_entries(team: Team) -> dict[str, list[dict[str, object]]]:
    section = team.lead.section().id
    return {
        "act": [put(section, owner="Somebody")],
        "op": [{"op": "weave", "obj": section, "threads": 3}],
        "field": [put(section, mood="hopeful")],
        "version": [put(section, owner="Somebody")],
    }


@pytest.mark.parametrize("what", ["act", "op", "field", "version"])
def test_what_a_newer_version_made_is_kept_carried_and_shown(
    team: Team, tmp_path: Path, what: str
) -> None:
    section = team.lead.section()
    hand = Hand(team.id, team.author.key, team.author.replica)
    header = {"v": 2, "mood": "new"} if what == "version" else {}
    act = "WeaveThreads" if what == "act" else "EditText"
    entry = newer(hand, newer_entries(team)[what], act, header)
    after = hand.write([put(section.id, owner="After it")])
    assert not fill(team.qa.replica, [entry, after])
    assert team.qa.section().made_by_newer
    assert not team.qa.section(1).made_by_newer
    assert team.qa.section().owner == "After it"
    with pytest.raises(Refused, match="newer version"):
        team.qa.do("SignOff", section=section.id)
    team.qa.do("SignOff", section=team.qa.section(1).id)
    folder = SefFolder(tmp_path / "share")
    folder.repair(team.qa.replica, [])
    fresh = Replica(None, team.id, Marks(tmp_path / "fresh"))
    folder.pull(fresh)
    assert any(kept.header_bytes == entry.header_bytes for kept in fresh.entries())
    assert comparable(fresh.sef()) == comparable(team.qa.sef())


def test_newer_field_of_a_claim_bars_its_section_from_signing(team: Team) -> None:
    claim = with_claim(team.author, "Outcomes are good. Waits are long.", "Waits are long")
    team.sync()
    hand = Hand(team.id, team.author.key, team.author.replica)
    fill(team.qa.replica, [hand.write([put(claim, certainty="high")])])
    assert team.qa.section().made_by_newer
    with pytest.raises(Refused, match="newer version"):
        team.qa.do("SignOff", section=team.qa.section().id)


def newer(hand: Hand, ops: list[dict[str, object]], act: str, header: dict[str, object]) -> Entry:
    """An entry as a later version might write it."""
    true = hand.write(ops, act=act, keep=False)
    fields = {**dict(parsed(true.header_bytes)), **header}
    assert true.body_bytes
    data = canonical({**fields, "bh": hashlib.sha256(true.body_bytes).hexdigest()})
    hand.last = read_entry(hand.key.sign(data), data, true.body_bytes)
    return hand.last


def erasing(hand: Hand, erased: list[str], saw: Replica | None = None) -> Entry:
    """An erase entry: its body names the entries whose bodies were dropped."""
    bare = hand.write([], act="Erase", kind="erase", saw=saw, keep=False)
    body = canonical({"salt": "0" * 32, "act": "Erase", "ops": [], "erased": erased})
    fields = {**parsed(bare.header_bytes), "bh": hashlib.sha256(body).hexdigest()}
    data = canonical(fields)
    hand.last = read_entry(hand.key.sign(data), data, body)
    return hand.last


def parsed(data: bytes) -> dict[str, object]:
    value = parse(data)
    assert isinstance(value, dict)
    return {str(name): item for name, item in value.items()}


def test_folder_with_foreign_and_false_files(team: Team, tmp_path: Path) -> None:
    folder = SefFolder(tmp_path / "share")
    for seat in team.seats.values():
        folder.publish(seat.replica, [])
    log = tmp_path / "share" / "log"
    (log / "notes.seg.txt").write_bytes(b"hello")
    (log / "empty.seg").write_bytes(b"")
    other, _ = make_genesis(new_key(), FirstOwner("x"), "Else", "x", lambda: NOW)
    data = pack([other.line()])
    (log / segment_name(other.header.log, 1, 1, data)).write_bytes(data)
    fresh = Replica(None, team.id, Marks(tmp_path / "fresh"))
    folder.pull(fresh)
    assert comparable(fresh.sef()) == comparable(team.lead.sef())
    assert {found.where for found in verify_folder(folder, fresh)} >= {
        "log/notes.seg.txt",
        "log/empty.seg",
    }
