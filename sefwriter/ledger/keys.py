"""Keys: Ed25519 by PyNaCl; ids that are hashes of keys; six words; sealing by a passphrase."""

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final, cast

import nacl.exceptions
import nacl.secret
import nacl.signing
import nacl.utils
from mnemonic import Mnemonic
from nacl.pwhash import argon2id

from sefwriter.model.ids import PersonId, from_bytes
from sefwriter.store.faults import WorldError

_WORDS: Final = Mnemonic("english").wordlist


@dataclass(frozen=True)
class SigningKey:
    """A person's secret key. `seed` is 32 bytes; never printed, never logged."""

    seed: bytes

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public.hex()})"

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return bytes(nacl.signing.SigningKey(self.seed).verify_key)

    @property
    def person(self) -> PersonId:
        """The id of the person who has this key, or whose further key it is."""
        return person_id(self.public)

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes, the same for the same message."""
        return nacl.signing.SigningKey(self.seed).sign(message).signature


def new_key() -> SigningKey:
    """A fresh secret key."""
    return SigningKey(nacl.utils.random(32))


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is this key's over this message; False for anything malformed."""
    try:
        nacl.signing.VerifyKey(public).verify(message, signature)
    except (nacl.exceptions.BadSignatureError, nacl.exceptions.CryptoError, ValueError, TypeError):
        return False
    return True


def person_id(public: bytes) -> PersonId:
    """The id a key gives: it certifies itself, nobody can take another's."""
    return PersonId(from_bytes("person", hashlib.sha256(b"sefwriter-person\n" + public).digest()))


def log_id(public: bytes, random: bytes) -> str:
    """The id of a log: 32 hex digits of SHA-256 over key and its first entry's 16 random bytes."""
    return hashlib.sha256(b"sefwriter-log\n" + public + random).hexdigest()[:32]


def fingerprint(public: bytes) -> str:
    """What is printed for people to compare: 24 hex digits in groups of four."""
    digits = hashlib.sha256(public).hexdigest()[:24]
    return " ".join(digits[i : i + 4] for i in range(0, 24, 4))


def six_words(public: bytes) -> str:
    """A key as six words to read out over the telephone: 66 bits, too many to find a double of."""
    number = int.from_bytes(hashlib.sha256(b"sefwriter-words\n" + public).digest()[:9], "big") >> 6
    return " ".join(_WORDS[(number >> shift) & 2047] for shift in range(55, -1, -11))


def recovery_words(key: SigningKey) -> str:
    """The key itself as 24 words to print and lock away (BIP-39 English, with its check bits)."""
    return Mnemonic("english").to_mnemonic(key.seed)


def key_of_words(words: str) -> SigningKey:
    """The key those 24 words are. Raises WorldError when a word is wrong or missing."""
    try:
        return SigningKey(bytes(Mnemonic("english").to_entropy(" ".join(words.lower().split()))))
    except (ValueError, LookupError):
        raise WorldError(
            "These are not the 24 words of a recovery key: look at the spelling and the order."
        ) from None


def seal(key: SigningKey, passphrase: str) -> str:
    """The key under a passphrase (argon2id, then secretbox), as JSON that names its settings."""
    salt = nacl.utils.random(argon2id.SALTBYTES)
    settings = {"ops": argon2id.OPSLIMIT_MODERATE, "memory": argon2id.MEMLIMIT_MODERATE}
    box = nacl.secret.SecretBox(_stretched(passphrase, salt, **settings))
    return json.dumps(
        {
            "seal": "argon2id-secretbox-1",
            **settings,
            "salt": b64encode(salt).decode(),
            "box": b64encode(box.encrypt(key.seed)).decode(),
        }
    )


def unseal(sealed: str, passphrase: str) -> SigningKey:
    """The key again. Raises WorldError for a wrong passphrase or a damaged file."""
    try:
        fields = cast("dict[str, str | int]", json.loads(sealed))
        salt, boxed = b64decode(str(fields["salt"])), b64decode(str(fields["box"]))
        ops, memory = int(fields["ops"]), int(fields["memory"])
    except (ValueError, KeyError, TypeError):
        raise WorldError(
            "This person's key file is damaged. Bring it back from a backup, or make a new key and "
            "have an owner admit it."
        ) from None
    if ops > 20 or memory > 1 << 31:
        raise WorldError("This person's key file asks for more memory than is sane; it is damaged.")
    try:
        return SigningKey(
            nacl.secret.SecretBox(_stretched(passphrase, salt, ops, memory)).decrypt(boxed)
        )
    except (nacl.exceptions.CryptoError, ValueError):
        raise WorldError("That is not the passphrase of this person's key. Try again.") from None


def _stretched(passphrase: str, salt: bytes, ops: int, memory: int) -> bytes:
    return argon2id.kdf(32, passphrase.encode("utf-8"), salt, opslimit=ops, memlimit=memory)
