"""Meetings: words that two people changed without having seen each other's change.

A merged text can be wrong without a trace ("unacceptablya serious concern"), so it is shown to a
person. Derived from the entries, hence the same list on every laptop; cleared by a settlement that
had seen both sides.
"""

import hashlib
from collections.abc import Sequence
from itertools import combinations
from typing import cast

from sefwriter.ledger.fold import Fold
from sefwriter.ledger.stored import stored_json
from sefwriter.model.ids import PersonId, SectionId
from sefwriter.model.sef import Meeting, Section
from sefwriter.model.text.claims import met

_Edit = tuple[str, int, PersonId, dict[str, int]]


def open_meetings(fold: Fold, sections: Sequence[Section]) -> tuple[Meeting, ...]:
    """Meetings of these sections that nobody has settled yet."""
    settled = _settlements(fold)
    found: list[Meeting] = []
    for section in sections:
        found += _sentences(fold, section.id, settled.get(section.id, []))
        found += [
            Meeting(section.id, "claims", (), _key("claims", section.id, claim))
            for claim in met(section.text)
        ]
    return tuple(found)


def _sentences(fold: Fold, section: SectionId, settled: list[dict[str, int]]) -> list[Meeting]:
    edits: dict[str, list[_Edit]] = {}
    rows = fold.db.rows(
        "SELECT log, n, touched, vv FROM textop WHERE obj=? ORDER BY lam, log, n", (section,)
    )
    for log, n, touched, vv in rows:
        sentences = cast("dict[str, object]", stored_json(touched)).get("sentences")
        if isinstance(sentences, list) and sentences:
            edit = (
                str(log),
                int(n),
                fold.person_of_log(log),
                cast("dict[str, int]", stored_json(vv)),
            )
            for sentence in cast("list[object]", sentences):
                edits.setdefault(str(sentence), []).append(edit)
    found: dict[str, Meeting] = {}
    for same in edits.values():
        for first, second in combinations(same, 2):
            if _unseen(first, second) and not any(_saw(past, first, second) for past in settled):
                sides = sorted(f"{log} {n}" for log, n, _, _ in (first, second))
                key = _key("sentence", section, *sides)
                people = tuple(sorted({first[2], second[2]}))
                found[key] = Meeting(section, "sentence", people, key)
    return list(found.values())


def _unseen(first: _Edit, second: _Edit) -> bool:
    log, n, person, past = first
    other_log, other_n, other, other_past = second
    return person != other and past.get(other_log, 0) < other_n and other_past.get(log, 0) < n


def _saw(past: dict[str, int], first: _Edit, second: _Edit) -> bool:
    return all(past.get(log, 0) >= n for log, n, _, _ in (first, second))


def _settlements(fold: Fold) -> dict[str, list[dict[str, int]]]:
    """The causal pasts of settlements, by section."""
    found: dict[str, list[dict[str, int]]] = {}
    rows = fold.db.rows(
        "SELECT object.fields, entry.vv FROM object JOIN entry USING(log, n) WHERE object.obj "
        "LIKE 'b%'"
    )
    for fields, vv in rows:
        section = str(stored_json(fields).get("section", ""))
        found.setdefault(section, []).append(stored_json(vv))
    return found


def _key(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]
