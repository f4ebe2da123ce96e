"""What a sign-off is judged on: role and authorship, as the signer had seen them."""

import json

from sefwriter.ledger.build import build_sef
from sefwriter.ledger.fold import Fold, fold_within
from sefwriter.model.ids import LETTERS, PersonId, SectionId, SefId
from sefwriter.model.states import authors_of


def judge_sign_offs(fold: Fold, sef: SefId) -> None:
    """Fills the table `signing` for sign-offs that aren't in it yet.

    A causal past never changes, so this is done once for each sign-off.
    """
    rows = fold.db.rows(
        "SELECT object.obj, object.fields, entry.id, entry.person, entry.vv "
        "FROM object JOIN entry USING(log, n) "
        "WHERE object.obj LIKE ? AND entry.id NOT IN (SELECT entry FROM signing)",
        (LETTERS["sign-off"] + "%",),
    )
    if not rows:
        return
    heads = dict(fold.db.rows("SELECT log, max(n) FROM entry GROUP BY log"))
    for obj, fields, entry, key_id, vv in rows:
        past = json.loads(vv)
        everything = all(past.get(log, 0) >= n for log, n in heads.items())
        seen = fold if everything else fold_within(fold, past)
        known = build_sef(seen, sef, signatures=False)
        section = SectionId(str(json.loads(fields).get("section", "")))
        authors = (
            authors_of(known, section) if section in known.section_by_id else frozenset[PersonId]()
        )
        person = seen.roster_at(past).person(key_id)
        reviewer = bool(person and person.has_role("reviewer"))
        fold.db.run(
            "INSERT INTO signing VALUES(?,?,?,?)",
            (entry, obj, int(reviewer), json.dumps(sorted(authors))),
        )
        if seen is not fold:
            seen.db.conn.close()
