"""The first entry of a SEF: its name, its framework, its first owner, and a recovery key."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sefwriter.ledger.entry import Entry, make_entry
from sefwriter.ledger.keys import SigningKey, log_id, new_key
from sefwriter.model.ids import SEF_OBJECT


@dataclass(frozen=True, slots=True)
class FirstOwner:
    """Who founds a SEF, in words."""

    name: str
    organisation: str = ""
    partner: str = ""


def make_genesis(
    key: SigningKey, owner: FirstOwner, area: str, framework: str, clock: Callable[[], float]
) -> tuple[Entry, SigningKey]:
    """The genesis entry, whose hash is the SEF's id, and the recovery key to print and lock away.

    The recovery key is the owner's second key: with it an owner who lost everything else can
    admit a new one. It is kept nowhere on the laptop.
    """
    recovery = new_key()
    random = secrets.token_hex(16)
    person = {"name": owner.name, "organisation": owner.organisation, "partner": owner.partner}
    ops = [
        {
            "op": "add",
            "obj": key.person,
            "fields": {
                **person,
                "key": key.public.hex(),
                "roles": ["author", "owner"],
                "same_as": "",
            },
        },
        {
            "op": "add",
            "obj": recovery.person,
            "fields": {
                **person,
                "key": recovery.public.hex(),
                "roles": ["owner"],
                "same_as": key.person,
            },
        },
        {"op": "set", "obj": SEF_OBJECT, "fields": {"area": area, "framework": framework}},
    ]
    fields: dict[str, object] = {
        "sef": "",
        "log": log_id(key.public, bytes.fromhex(random)),
        "n": 1,
        "prev": "",
        "seen": {},
        "lam": 1,
        "t": int(clock()),
        "person": key.person,
        "kind": "genesis",
        "obj": SEF_OBJECT,
        "key": key.public.hex(),
        "random": random,
    }
    return make_entry(key, fields, "NewSef", ops), recovery
