import random
import shutil
import subprocess
from base64 import b64encode

import pycrdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.ledger.yjs import NotOurUpdate, read_update, standing_clients, writers

PIECES = ("a", "é", "😀", "naïve ", "中文", "👩‍👧", "e\u0301", "\n")


class Writer:
    """One client whose insertions are made of characters nobody else ever writes."""

    def __init__(self, client: int) -> None:
        self.client = client
        self.doc = pycrdt.Doc(client_id=client)
        self.text = self.doc.get("t", type=pycrdt.Text)

    def insert(self, place: int, words: str) -> None:
        before = str(self.text)[:place]
        self.text.insert(len(before.encode()), words)

    def delete(self, start: int, end: int) -> None:
        text = str(self.text)
        a, b = len(text[:start].encode()), len(text[:end].encode())
        if b > a:
            del self.text[a:b]


@settings(max_examples=40)
@given(st.integers(0, 1 << 32))
def test_standing_clients_are_those_whose_characters_stand(seed: int) -> None:
    chance = random.Random(seed)
    writers_ = [Writer(10 + i * (1 << 30)) for i in range(3)]
    owner: dict[str, int] = {}
    for step in range(chance.randint(1, 30)):
        writer = chance.choice(writers_)
        text = str(writer.text)
        if chance.random() < 0.6 or not text:
            mark = chr(0x10000 + step * 4) if chance.random() < 0.5 else chr(0x4E00 + step)
            owner[mark] = writer.client
            writer.insert(chance.randint(0, len(text)), mark * chance.randint(1, 3))
        else:
            start = chance.randrange(len(text))
            writer.delete(start, min(len(text), start + chance.randint(1, 5)))
        if chance.random() < 0.4:
            other = chance.choice(writers_)
            other.doc.apply_update(writer.doc.get_update())
    for writer in writers_[1:]:
        writers_[0].doc.apply_update(writer.doc.get_update())
    state = writers_[0].doc.get_update()
    truth = {owner[character] for character in str(writers_[0].text)}
    assert standing_clients(state) == truth
    assert truth <= writers(read_update(state)) <= {writer.client for writer in writers_}


def test_deleted_in_the_middle_and_at_both_ends_still_stands() -> None:
    writer = Writer(5)
    writer.insert(0, "abc😀def")
    writer.delete(3, 4)
    writer.delete(0, 1)
    other = Writer(6)
    other.doc.apply_update(writer.doc.get_update())
    other.insert(2, "Z")
    assert standing_clients(other.doc.get_update()) == {5, 6}
    other.delete(0, len(str(other.text)))
    assert standing_clients(other.doc.get_update()) == frozenset()


def test_update_of_one_edit_names_its_writer_and_what_it_deletes() -> None:
    writer = Writer((1 << 53) - 1)
    writer.insert(0, "abcdef")
    update = read_update(writer.doc.get_update())
    assert writers(update) == {(1 << 53) - 1}
    assert sum(s.length for s in update.stretches) == 6
    writer.delete(1, 3)
    assert read_update(writer.doc.get_update()).deleted == ((writer.client, 1, 2),)


def test_every_cut_of_an_update_is_refused() -> None:
    writer = Writer(5)
    writer.insert(0, "é😀 words")
    writer.delete(0, 1)
    data = writer.doc.get_update()
    for end in range(len(data)):
        with pytest.raises(NotOurUpdate):
            read_update(data[:end])
    with pytest.raises(NotOurUpdate, match="more bytes"):
        read_update(data + b"\0")


@settings(max_examples=300)
@given(st.binary(max_size=60))
def test_bytes_are_an_update_or_refused(data: bytes) -> None:
    try:
        read_update(data)
    except NotOurUpdate as error:
        assert str(error)


@pytest.mark.parametrize("kind", [pycrdt.Map, pycrdt.Array])
def test_updates_of_other_shared_types_are_refused(kind: type) -> None:
    doc = pycrdt.Doc()
    shared = doc.get("t", type=kind)
    if kind is pycrdt.Map:
        shared["a"] = 1
    else:
        shared.append(1)
    with pytest.raises(NotOurUpdate):
        read_update(doc.get_update())


def test_a_text_of_another_name_or_inside_something_is_refused() -> None:
    """The library refuses the latter only when it is applied, which would be too late."""
    doc = pycrdt.Doc(client_id=5)
    other = doc.get("u", type=pycrdt.Text)
    other += "hidden"
    inside_an_item = bytes([1, 1, 5, 0, 4, 0, 9, 0, 1, ord("x"), 0])
    under_a_key = bytes([1, 1, 5, 0, 0x24, 1, 1, ord("t"), 1, ord("k"), 1, ord("x"), 0])
    for update in (doc.get_update(), inside_an_item, under_a_key):
        with pytest.raises(NotOurUpdate, match="something else"):
            read_update(update)


def test_formatting_and_embedded_things_are_refused() -> None:
    doc = pycrdt.Doc()
    text = doc.get("t", type=pycrdt.Text)
    text.insert(0, "abc", {"bold": True})
    with pytest.raises(NotOurUpdate):
        read_update(doc.get_update())


def test_yjs_in_javascript_reads_our_updates() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    probe = subprocess.run([node, "-e", "require('yjs')"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("node has no yjs (npm install yjs somewhere, then set NODE_PATH)")
    chance = random.Random(7)
    writers_ = [Writer(10 + i * (1 << 40)) for i in range(2)]
    updates: list[bytes] = []
    for step in range(60):
        writer = writers_[step % 2]
        text = str(writer.text)
        if chance.random() < 0.7 or not text:
            writer.insert(chance.randint(0, len(text)), chance.choice(PIECES))
        else:
            start = chance.randrange(len(text))
            writer.delete(start, start + 2)
        updates.append(writer.doc.get_update())
        writers_[1 - step % 2].doc.apply_update(updates[-1])
    program = (
        "const Y=require('yjs');const d=new Y.Doc();"
        "for(const u of process.argv.slice(1))Y.applyUpdate(d,Buffer.from(u,'base64'));"
        "process.stdout.write(d.getText('t').toString())"
    )
    given_ = [b64encode(update).decode() for update in updates]
    found = subprocess.run([node, "-e", program, *given_], capture_output=True, check=True)
    assert found.stdout.decode() == str(writers_[0].text) == str(writers_[1].text)
