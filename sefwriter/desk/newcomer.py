"""Somebody new on this laptop, as a form has them; by itself, as forms come before the desk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be made on this laptop. A passphrase is needed for a reviewer."""

    name: str
    organisation: str = ""
    partner: str = ""
    roles: tuple[str, ...] = ("author",)
    passphrase: str = ""
