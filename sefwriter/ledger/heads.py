"""How far other logs have come: what a new entry says that its writer had seen."""

from sefwriter.ledger.fold import Fold
from sefwriter.ledger.stored import stored_json


def news_for(fold: Fold, log: str, head: int) -> tuple[dict[str, list[object]], int]:
    """The heads of others' logs that are new since entry `head` of this log; their largest lam.

    Logs of people who aren't admitted, or no longer, are left out, so that they can't make ours
    wait: what counts of the latter was seen by who removed them.
    """
    known: dict[str, int] = {}
    if head:
        row = fold.db.first("SELECT vv FROM entry WHERE log=? AND n=?", (log, head))
        known = stored_json(row[0])
    seen: dict[str, list[object]] = {}
    largest = 0
    rows = fold.db.rows(
        "SELECT log, n, id, lam, person FROM entry e WHERE n = "
        "(SELECT max(n) FROM entry WHERE log = e.log)"
    )
    for other, n, name, lam, person in rows:
        roster = fold.roster
        if roster.person(person) is None or roster.cap(person, other) is not None:
            continue
        if other != log and known.get(other, 0) < n:
            seen[other] = [n, name[:16]]
            largest = max(largest, lam)
    return seen, largest


def last_numbers(fold: Fold, person: str) -> dict[str, int]:
    """The last number here of each log of this person, under whichever of their keys."""
    roster = fold.roster
    rows = fold.db.rows("SELECT log, max(n), person FROM entry GROUP BY log")
    return {
        str(log): int(n)
        for log, n, key_id in rows
        if roster.alias.get(key_id) == roster.alias.get(person)
    }
