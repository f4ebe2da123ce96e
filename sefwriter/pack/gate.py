"""The gate: what must be right, or be answered for by name, before a pack leaves as final.

While errors stand a pack is a draft and says so on every page. Somebody may override an error with
a reason; the pack's manifest then says who and why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sefwriter.model.checks import Check
from sefwriter.store.faults import WorldError

ALL: Final = "all"
"""The word that overrides every check that has no override of its own."""


class Refused(Exception):
    """A final pack was asked for while errors stand. `reasons` has one sentence an error."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Override:
    """That a person answers for the errors of one check."""

    check: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A check as the manifest shows it; `override` is who answers for it, None while it is open."""

    check: Check
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """How a pack may leave. `unused` are overrides that met no error, for a word to their giver."""

    draft: bool
    judged: tuple[Judged, ...]
    unused: tuple[str, ...] = ()


def overrides_of(words: Iterable[str], person: str) -> tuple[Override, ...]:
    """Overrides from words such as "claim-loose=Settled on Monday" or "all=Dry run".

    Raises WorldError where the check or the reason is missing.
    """
    found: list[Override] = []
    for word in words:
        check, _, reason = (part.strip() for part in word.partition("="))
        if not check or not reason:
            raise WorldError(
                f"The override “{word}” gives no reason. Write it as CHECK=REASON: the check's "
                "word, and why it may stand."
            )
        found.append(Override(check, person, reason))
    return tuple(found)


def open_errors(checks: Iterable[Check], overrides: Iterable[Override] = ()) -> tuple[Check, ...]:
    """The errors that nobody answers for."""
    answered = _by_check(overrides)
    return tuple(
        check
        for check in checks
        if check.level == "error" and not (check.check in answered or ALL in answered)
    )


def pass_gate(
    checks: Iterable[Check], *, final: bool = False, overrides: Iterable[Override] = ()
) -> Gate:
    """How a pack may leave with these checks.

    Raises Refused when a final one is asked for while errors stand that nobody answers for.
    """
    checks = tuple(checks)
    answered = _by_check(overrides)
    standing = open_errors(checks, answered.values())
    if final and standing:
        raise Refused(tuple(f"{check.message} {check.fix}" for check in standing))
    judged = tuple(
        Judged(check, answered.get(check.check, answered.get(ALL)) if _is_error(check) else None)
        for check in checks
    )
    met = {check.check for check in checks if _is_error(check)}
    unused = tuple(word for word in answered if word != ALL and word not in met)
    return Gate(draft=bool(standing), judged=judged, unused=unused)


def _is_error(check: Check) -> bool:
    return check.level == "error"


def _by_check(overrides: Iterable[Override]) -> Mapping[str, Override]:
    return {override.check: override for override in overrides}
