import json
from itertools import pairwise

import pytest

from sefwriter.ledger.keys import (
    SigningKey,
    fingerprint,
    key_of_words,
    log_id,
    new_key,
    person_id,
    recovery_words,
    seal,
    signature_holds,
    six_words,
    unseal,
)
from sefwriter.model.ids import is_id
from sefwriter.store.faults import WorldError

KEY = SigningKey(bytes(range(32)))


def test_ids_words_and_fingerprints_are_the_same_for_ever() -> None:
    """Printed on packs and read out over the telephone: they may never change."""
    assert KEY.public.hex() == "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    assert KEY.person == "hr3eymvtvmbmgnfnc"
    assert log_id(KEY.public, bytes(16)) == "414f4fec1d3061fff4ed73c08e851bca"
    assert fingerprint(KEY.public) == "5647 5aa7 5463 474c 0285 df5d"
    assert six_words(KEY.public) == "grain legend lyrics pool taste typical"


def test_signatures() -> None:
    signature = KEY.sign(b"words")
    assert signature == KEY.sign(b"words")
    assert signature_holds(KEY.public, b"words", signature)
    assert not signature_holds(KEY.public, b"other words", signature)
    assert not signature_holds(new_key().public, b"words", signature)
    for bad in (b"", signature[:-1], signature + b"\0", bytes(64)):
        assert not signature_holds(KEY.public, b"words", bad)
    assert not signature_holds(b"short", b"words", signature)


def test_ids_certify_their_keys() -> None:
    assert is_id(KEY.person, "person")
    assert person_id(new_key().public) != KEY.person
    assert log_id(KEY.public, bytes(16)) != log_id(KEY.public, b"x" * 16)
    assert "seed" not in repr(KEY)
    assert KEY.seed.hex() not in repr(KEY)


def test_recovery_words_lead_back_to_the_key() -> None:
    for key in (KEY, new_key(), SigningKey(bytes(32))):
        words = recovery_words(key)
        assert len(words.split()) == 24
        assert key_of_words(words) == key
        assert key_of_words("  " + words.upper().replace(" ", "\n ")) == key


def test_wrong_recovery_words_are_refused() -> None:
    words = recovery_words(KEY).split()
    swapped = next(
        [*words[:i], words[i + 1], words[i], *words[i + 2 :]]
        for i, (a, b) in enumerate(pairwise(words))
        if a != b
    )
    for wrong in (words[:-1], [*words[:-1], "sefwriter"], [], swapped):
        with pytest.raises(WorldError, match="24 words"):
            key_of_words(" ".join(wrong))


def test_sealed_key_opens_with_its_passphrase_alone() -> None:
    sealed = seal(KEY, "correct horse é")
    assert unseal(sealed, "correct horse é") == KEY
    assert KEY.seed.hex() not in sealed
    with pytest.raises(WorldError, match="not the passphrase"):
        unseal(sealed, "correct horse e")
    assert seal(KEY, "correct horse é") != sealed, "salted"


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{}",
        "not json",
        '{"seal":"argon2id-secretbox-1","ops":"x","memory":1,"salt":"","box":""}',
        '{"seal":"argon2id-secretbox-1","ops":1,"memory":8192,"salt":"AAAA","box":"AAAA"}',
        '{"seal":"argon2id-secretbox-1","ops":9999,"memory":8192,"salt":"AAAA","box":"AAAA"}',
        '{"seal":"argon2id-secretbox-1","ops":1,"memory":99999999999,"salt":"AAAA","box":"AA=="}',
        '{"seal":"argon2id-secretbox-1","ops":-1,"memory":-1,"salt":"AAAA","box":"AAAA"}',
    ],
)
def test_damaged_key_file_is_told_in_words(damage: str) -> None:
    with pytest.raises(WorldError):
        unseal(damage, "words")


def test_changed_settings_or_box_do_not_open() -> None:
    fields = json.loads(seal(KEY, "words"))
    for name, value in (("ops", 1), ("box", fields["box"][:-8] + "AAAAAAA="), ("salt", "AA==")):
        with pytest.raises(WorldError):
            unseal(json.dumps({**fields, name: value}), "words")
