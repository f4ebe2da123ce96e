"""docs/format.md is enough to read a SEF: its example recomputed with nothing of the ledger."""

import hashlib
import json
import re
from base64 import b64decode
from dataclasses import fields
from pathlib import Path

import pytest
from mnemonic import Mnemonic
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from sefwriter.ledger.entry import KINDS, VERSION, Header, check_signature, read_entry
from sefwriter.ledger.folder import FORMAT
from sefwriter.ledger.keys import fingerprint, six_words
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.model.digest import NAME
from sefwriter.model.ids import LETTERS, SefId
from sefwriter.model.text.sentences import TOUCHED_VERSION

PAPER = (Path(__file__).resolve().parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def example() -> dict[str, str]:
    block = PAPER.partition("```example\n")[2].partition("```")[0]
    return dict(re.split(r"\s+", row, maxsplit=1) for row in block.splitlines())


E = example()


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def base32(digest: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in digest)[:80]
    return "".join(BASE32[int(bits[i : i + 5], 2)] for i in range(0, 80, 5))


def test_key_person_and_log() -> None:
    public = bytes(SigningKey(bytes.fromhex(E["seed"])).verify_key)
    assert public.hex() == E["public"]
    assert "h" + base32(hashlib.sha256(b"sefwriter-person\n" + public).digest()) == E["person"]
    log = hashlib.sha256(b"sefwriter-log\n" + public + bytes.fromhex(E["random"])).hexdigest()
    assert log[:32] == E["log"]


def test_words_and_fingerprint() -> None:
    public = bytes.fromhex(E["public"])
    bits = "".join(f"{b:08b}" for b in hashlib.sha256(b"sefwriter-words\n" + public).digest())
    words = Mnemonic("english").wordlist
    found = " ".join(words[int(bits[i : i + 11], 2)] for i in range(0, 66, 11))
    assert found == E["words"] == six_words(public)
    assert hashlib.sha256(public).hexdigest()[:24] == E["print"].replace(" ", "")
    assert fingerprint(public) == E["print"]


@pytest.mark.parametrize("number", ["1", "2"])
def test_entries(number: str) -> None:
    header, body = E[f"header{number}"].encode(), E[f"body{number}"].encode()
    assert canonical(json.loads(header)) == header
    assert canonical(json.loads(body)) == body
    assert json.loads(header)["bh"] == hashlib.sha256(body).hexdigest()
    assert hashlib.sha256(header).hexdigest() == E[f"id{number}"]
    key = VerifyKey(bytes.fromhex(E["public"]))
    assert key.verify(header, b64decode(E[f"signature{number}"])) == header
    with pytest.raises(BadSignatureError):
        key.verify(header + b" ", b64decode(E[f"signature{number}"]))
    entry = read_entry(b64decode(E[f"signature{number}"]), header, body)
    check_signature(entry, E["public"])
    assert entry.id == E[f"id{number}"]
    assert entry.line() == b" ".join((E[f"signature{number}"].encode(), header, body))


def test_the_second_entry_follows_the_first() -> None:
    one, two = json.loads(E["header1"]), json.loads(E["header2"])
    assert (one["sef"], one["prev"], one["n"], one["lam"]) == ("", "", 1, 1)
    assert two["sef"] == two["prev"] == E["id1"]
    assert (two["n"], two["lam"], two["log"]) == (2, 2, one["log"])


def test_a_replica_takes_the_example(tmp_path: Path) -> None:
    replica = Replica(None, SefId(E["id1"]), Marks(tmp_path))
    taken = replica.take(
        (
            b64decode(E[f"signature{number}"]),
            E[f"header{number}"].encode(),
            E[f"body{number}"].encode(),
        )
        for number in (2, 1)
    )
    assert (taken.new, taken.waiting) == (2, {})
    sef = replica.sef()
    assert (sef.name, sef.framework) == ("Wendlebury", "area-send-2025")
    assert [(s.ref, s.title) for s in sef.sections] == [("S01", "Outcomes")]
    (owner,) = sef.people
    assert (owner.id, owner.name, len(owner.keys)) == (E["person"], "SEND lead", 2)


def test_the_paper_names_every_field_kind_letter_and_version() -> None:
    for field in fields(Header):
        assert f"`{field.name}`" in PAPER, field.name
    for kind in KINDS:
        assert f"`{kind}`" in PAPER, kind
    for letter in LETTERS.values():
        assert f"`{letter}`" in PAPER, letter
    assert f"the format, {VERSION} " in PAPER
    assert f'`{{"v": {TOUCHED_VERSION}, "sentences"' in PAPER
    assert FORMAT in PAPER
    assert f"`{NAME}`" in PAPER
