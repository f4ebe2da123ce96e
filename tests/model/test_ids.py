import hashlib
import re

import pytest

from sefwriter.model.ids import LETTERS, SEF_OBJECT, from_bytes, is_id, new_id


def test_each_kind_has_a_letter_of_its_own() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
    assert all(re.fullmatch("[a-z]", letter) for letter in LETTERS.values())


@pytest.mark.parametrize("kind", LETTERS)
def test_new_ids(kind: str) -> None:
    found = {new_id(kind) for _ in range(50)}
    assert len(found) == 50
    assert all(is_id(name) and is_id(name, kind) for name in found)
    other = next(k for k in LETTERS if k != kind)
    assert not any(is_id(name, other) for name in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        SEF_OBJECT,
        "s" + "a" * 15,
        "s" + "a" * 17,
        "S" + "a" * 16,
        "s" + "a" * 15 + "1",
        "s" + "a" * 15 + "é",
        "s" + "a" * 16 + "\n",
        " s" + "a" * 16,
        "9" + "a" * 16,
    ],
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


def test_ids_from_hashes_are_the_same_for_ever() -> None:
    assert from_bytes("person", bytes(32)) == "h" + "a" * 16
    assert from_bytes("person", b"\xff" * 10) == "h" + "7" * 16
    digest = hashlib.sha256(b"x").digest()
    assert is_id(from_bytes("person", digest), "person")
    assert from_bytes("person", digest[:10] + b"other") == from_bytes("person", digest)
