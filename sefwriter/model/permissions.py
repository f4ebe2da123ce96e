"""Who may do what. One table, read before an act is offered and again when an entry is read in."""

from collections.abc import Collection
from typing import Final

from sefwriter.model.ids import LETTERS, SEF_OBJECT

_WRITERS: Final = frozenset({"owner", "author"})
_ALL: Final = frozenset({"owner", "author", "reviewer", "reader"})

_BY_LETTER: Final[dict[str, frozenset[str]]] = {
    **{
        LETTERS[kind]: _WRITERS
        for kind in (
            "section",
            "claim",
            "evidence",
            "version",
            "rendition",
            "passage",
            "action",
            "link",
            "measure",
            "value",
            "picture",
        )
    },
    LETTERS["comment"]: _ALL,
    LETTERS["reply"]: _ALL,
    # Anybody may write a sign-off; whether it counts is computed and said (not-reviewer, own-text).
    LETTERS["sign-off"]: _ALL,
    LETTERS["withdrawal"]: _ALL,
    LETTERS["agreement"]: _ALL,
    LETTERS["mark"]: frozenset({"owner", "author", "reviewer"}),
    LETTERS["settlement"]: frozenset({"owner", "author", "reviewer"}),
    LETTERS["person"]: frozenset({"owner"}),
}


def may_write(roles: Collection[str], obj: str) -> bool:
    """Whether somebody with these roles may write this object.

    An object of a kind this version doesn't know may be written by owners and authors: the rule
    that most objects have.
    """
    needed = frozenset({"owner"}) if obj == SEF_OBJECT else _BY_LETTER.get(obj[:1], _WRITERS)
    return not needed.isdisjoint(roles)


def why_not_role(roles: Collection[str], needed: Collection[str]) -> str | None:
    """The sentence for somebody who lacks a role, or None when they hold one that is enough."""
    if not set(needed).isdisjoint(roles):
        return None
    wanted = " or ".join(sorted(needed))
    have = ", ".join(sorted(roles)) or "none yet"
    return f"This needs the role {wanted}; yours: {have}. An owner can change roles under People."
