"""What `show` prints: the SEF as JSON that scripts rely on (docs/using-the-terminal.md)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import cast

from sefwriter.desk.project import Project
from sefwriter.desk.requests import find_action, find_evidence, find_person, find_section
from sefwriter.ledger.aside import says
from sefwriter.ledger.keys import fingerprint
from sefwriter.model.checks import Check
from sefwriter.model.sef import Passage, Sef
from sefwriter.model.states import (
    agreement_stands,
    passage_state,
    section_status,
    sign_off_differs,
    sign_off_state,
)
from sefwriter.model.text.claims import claim_words
from sefwriter.model.text.plain import word_count
from sefwriter.store.faults import WorldError

Rows = list[dict[str, object]]


def show(project: Project, kind: str, identity: str = "") -> object:
    """One kind of thing as JSON values; with an id (or number) just that one.

    Raises WorldError for a kind or an id that isn't there.
    """
    if kind not in KINDS:
        raise WorldError(f"There is no “{kind}” to show; there are: {', '.join(KINDS)}.")
    found = _with_also(project, KINDS[kind](project))
    if not identity or isinstance(found, dict):
        return found
    wanted = _resolved(project.sef(), kind, identity)
    one = next((row for row in found if row.get("id") == wanted), None)
    if one is None:
        raise WorldError(f"There is no “{identity}” among the {kind}.")
    return one


def check_row(check: Check) -> dict[str, object]:
    """A check as JSON."""
    where = {
        "section": check.where.section,
        "claim": check.where.claim,
        "evidence": check.where.evidence,
        "action": check.where.action,
    }
    return {
        "check": check.check,
        "level": check.level,
        "where": where,
        "message": check.message,
        "fix": check.fix,
    }


def _with_also(project: Project, found: dict[str, object] | Rows) -> dict[str, object] | Rows:
    """Rows with `also` where somebody else set another value without having seen the one shown."""
    if isinstance(found, dict):
        return found
    also: dict[object, dict[str, list[str]]] = {}
    for (thing, name), values in project.sef().also.items():
        also.setdefault(thing, {})[name] = list(values)
    for row in found:
        for name, values in also.get(row.get("id"), {}).items():
            key = next(
                (key for key in (name, f"claim_{name}", f"evidence_{name}") if key in row), ""
            )
            if key:
                row["also"] = cast("dict[str, object]", row.get("also", {})) | {key: values}
    return found


def _resolved(sef: Sef, kind: str, name: str) -> str:
    finders = {
        "sections": find_section,
        "evidence": find_evidence,
        "actions": find_action,
        "people": find_person,
    }
    return finders[kind](sef, name) if kind in finders else name


def _sef(project: Project) -> dict[str, object]:
    sef = project.sef()
    framework = project.framework()
    return {
        "id": sef.id,
        "area": sef.name,
        "framework": {
            "id": framework.id,
            "title": framework.title,
            "version": framework.version,
            "basis": framework.basis,
            "checked_on": framework.checked_on,
        },
        "settings": dict(sef.settings),
        "sections": len(sef.sections),
        "claims": len(sef.claims),
        "evidence": len(sef.evidence),
        "actions": len(sef.actions),
    }


def _sections(project: Project) -> Rows:
    sef = project.sef()
    return [
        {
            "id": section.id,
            "number": place,
            "ref": section.ref,
            "title": section.title,
            "status": section_status(sef, section.id),
            "owner": section.owner,
            "words": word_count(section.text),
            "target_words": section.target_words,
            "claims": list(claim_words(section.text)),
            "text": section.text,
        }
        for place, section in enumerate(sef.sections, 1)
    ]


def _claims(project: Project) -> Rows:
    sef = project.sef()
    home = {
        claim: (section.id, words)
        for section in sef.sections
        for claim, words in claim_words(section.text).items()
    }
    return [
        {
            "id": claim.id,
            "section": home.get(claim.id, ("", ""))[0],
            "text": home.get(claim.id, ("", ""))[1],
            "loose": claim.id not in home,
            "claim_kind": claim.kind,
            "partners": list(claim.partners),
            "inquiries": list(claim.inquiries),
            "as_at": claim.as_at,
            "passages": [p.id for p in sef.passages_by_claim.get(claim.id, ())],
            "actions": [a.id for a in sef.actions_by_claim.get(claim.id, ())],
        }
        for claim in sef.claims.values()
    ]


def _evidence(project: Project) -> Rows:
    sef = project.sef()
    used: dict[str, list[str]] = {}
    for passage in sef.passages:
        used.setdefault(passage.evidence, []).append(passage.claim)
    rows: Rows = []
    for item in sef.evidence:
        current = item.current
        facts = sef.page_facts(current.sha256 if current else "")
        rendition = sef.renditions.get(current.sha256) if current else None
        rows.append(
            {
                "id": item.id,
                "number": item.number,
                "title": item.title,
                "file": current.name if current else "",
                "sha256": current.sha256 if current else "",
                "size": current.size if current else 0,
                "pages": facts.pages,
                "state": facts.state,
                "reason": facts.reason,
                "no_text_pages": list(facts.no_text_pages),
                "evidence_kind": item.kind,
                "partner": item.partner,
                "owner": item.owner,
                "as_at": item.as_at,
                "review_by": item.review_by,
                "evidence_class": item.evidence_class,
                "note": item.note,
                "converter": rendition.converter if rendition else "",
                "versions": [{"sha256": v.sha256, "file": v.name} for v in item.versions],
                "used_by": used.get(item.id, []),
            }
        )
    return rows


def _passages(project: Project) -> Rows:
    sef = project.sef()
    return [
        {
            "id": passage.id,
            "claim": passage.claim,
            "evidence": passage.evidence,
            "page": passage.page,
            "page_to": passage.page_to,
            "sheet": passage.sheet,
            "cells": passage.cells,
            **_quoted(sef, passage),
            "stance": passage.stance,
            "note": passage.note,
            "state": passage_state(sef, passage),
        }
        for passage in sef.passages
    ]


def _quoted(sef: Sef, passage: Passage) -> dict[str, object]:
    """The words of a passage; none of evidence that became restricted while it was quoted."""
    item = sef.evidence_by_id.get(passage.evidence)
    if item is None or item.evidence_class == "restricted":
        return {"quote": "", "before": "", "after": ""}
    return {"quote": passage.quote, "before": passage.before, "after": passage.after}


def _actions(project: Project) -> Rows:
    sef = project.sef()
    return [
        {
            "id": action.id,
            "number": action.number,
            "text": action.text,
            "claims": [link.claim for link in sef.links if link.action == action.id],
            "owner": action.owner,
            "partner": action.partner,
            "start": action.start,
            "due": action.due,
            "priority": action.priority,
            "status": action.status,
            "rag": action.rag,
            "rag_reason": action.rag_reason,
            "baseline": action.baseline,
            "target": action.target,
            "measure": action.measure,
            "progress": action.progress,
            "impact": action.impact,
        }
        for action in sef.actions
    ]


def _measures(project: Project) -> Rows:
    return [
        {
            "id": measure.id,
            "name": measure.name,
            "unit": measure.unit,
            "target": measure.target,
            "values": [
                {"id": v.id, "value": v.value, "as_at": v.as_at, "passage": v.passage}
                for v in measure.values
            ],
        }
        for measure in project.sef().measures
    ]


def _comments(project: Project) -> Rows:
    sef = project.sef()
    return [
        {
            "id": comment.id,
            "section": comment.section,
            "claim": comment.claim,
            "quote": comment.quote,
            "text": comment.text,
            "person": sef.name_of(comment.person),
            "when": moment(comment.when),
            "must": comment.must,
            "resolved": comment.resolved,
            "replies": [
                {"text": r.text, "person": sef.name_of(r.person), "when": moment(r.when)}
                for r in comment.replies
            ],
        }
        for comment in sef.comments
    ]


def _sign_offs(project: Project) -> Rows:
    sef = project.sef()
    rows: Rows = [
        {
            "id": sign_off.id,
            "section": sign_off.section,
            "person": sef.name_of(sign_off.person),
            "state": sign_off_state(sef, sign_off),
            "differs": list(sign_off_differs(sef, sign_off)),
            "statement": sign_off.statement,
            "digest": sign_off.digest,
            "when": moment(sign_off.when),
            "text_differs": project.text_difference(sign_off),
        }
        for sign_off in sef.sign_offs
    ]
    agreed: Rows = [
        {
            "id": agreement.id,
            "section": agreement.section,
            "person": sef.name_of(agreement.person),
            "partner": agreement.partner,
            "state": "valid" if agreement_stands(sef, agreement) else "lapsed",
            "reported": agreement.reported,
            "differs": list(sign_off_differs(sef, agreement)),
            "statement": agreement.statement,
            "digest": agreement.digest,
            "when": moment(agreement.when),
        }
        for agreement in sef.agreements
    ]
    return rows + agreed


def _people(project: Project) -> Rows:
    sef = project.sef()
    return [
        {
            "id": person.id,
            "name": person.name,
            "organisation": person.organisation,
            "partner": person.partner,
            "roles": list(person.roles),
            "removed": person.removed,
            "fingerprints": [fingerprint(bytes.fromhex(key)) for key in person.keys],
            "signed": sum(s.person == person.id for s in sef.sign_offs),
        }
        for person in sef.people
    ]


def _entries(project: Project) -> Rows:
    rows: Rows = []
    for log, n, entry, act, person, when, refused in project.entry_rows():
        rows.append(
            {
                "id": entry,
                "log": log,
                "n": n,
                "act": act,
                "person": person,
                "when": moment(when),
                "refused": refused,
            }
        )
    sef = project.replica.sef()
    for entry, why in project.replica.kept_aside():
        header = entry.header
        person = project.replica.fold.roster.alias.get(header.person, header.person)
        rows.append(
            {
                "id": entry.id,
                "log": header.log,
                "n": header.n,
                "act": entry.act,
                "person": sef.name_of(person),
                "when": moment(header.t),
                "refused": why,
                "kept_aside": True,
                "words": list(says(entry)),
            }
        )
    return rows


def _history(project: Project) -> Rows:
    return [row for row in reversed(_entries(project)) if row["act"] and not row["refused"]]


def _meetings(project: Project) -> Rows:
    sef = project.sef()
    return [
        {
            "id": meeting.key,
            "section": meeting.section,
            "kind": meeting.kind,
            "people": [sef.name_of(person) for person in meeting.people],
        }
        for meeting in sef.meetings
    ]


KINDS: Mapping[str, Callable[[Project], dict[str, object] | Rows]] = {
    "sef": _sef,
    "sections": _sections,
    "claims": _claims,
    "evidence": _evidence,
    "passages": _passages,
    "actions": _actions,
    "measures": _measures,
    "comments": _comments,
    "sign-offs": _sign_offs,
    "people": _people,
    "entries": _entries,
    "history": _history,
    "meetings": _meetings,
}
"""What can be shown, by the word scripts use."""


def moment(when: int) -> str:
    """Unix seconds as people and scripts read them: ISO in UTC; "" for none."""
    return datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else ""


def as_lines(found: object) -> Iterable[str]:
    """The same for people at a terminal: a line or two a thing."""
    if isinstance(found, list):
        for row in found:  # pyright: ignore[reportUnknownVariableType]
            yield _line(row)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(found, dict):
        for name, value in found.items():  # pyright: ignore[reportUnknownVariableType]
            yield f"{name}: {value}"


def _line(row: Mapping[str, object]) -> str:
    leading = ("number", "ref", "id")
    head = next((str(row[name]) for name in leading if row.get(name)), "")
    words = ("title", "text", "name", "act", "quote", "message", "statement")
    told = next((str(row[name]) for name in words if row.get(name)), "")
    told = " ".join(told.split())
    state = next(
        (str(row[n]) for n in ("status", "state", "claim_kind", "level") if row.get(n)), ""
    )
    extra = f" [{state}]" if state else ""
    if row.get("removed") is True:
        extra = " [removed]"
    if row.get("kept_aside"):
        words = "; ".join(cast("list[str]", row["words"]))
        extra = f" by {row['person']}, {row['when']} [kept aside: {row['refused']}]  {words}"
    identity = f"  ({row['id']})" if row.get("id") and row["id"] != head else ""
    return f"{head}  {told[:90]}{extra}{identity}"
