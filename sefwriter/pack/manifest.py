"""`manifest.json`: what a pack is, signed by the person who exported it.

Canonical JSON: UTF-8, keys sorted by code point, no white space, whole numbers and strings only.
The signature is Ed25519 over SIGNED followed by the canonical bytes of everything but `signature`,
so it covers every file by size and SHA-256, every sign-off, every link and who exported.

- `format`, `version`, `program`: what this is and what made it, for whoever reads it in ten years
- `sef`, `area`, `date`, `framework`, `draft` ("yes" or "no")
- `files`: every other file, its kind word, pdf, bound or table, and its pages (0 for none)
- `counts`: of sections, claims, references, actions, evidence
- `sections`: with their status
- `evidence`: each item, bound or not; `how` is bound, slip-sheet, held or left-out, `reason` why;
  `divider` and `first_page` are pages of the bound pack, `attached` names its original there,
  `tagged` says whether its author's tags were kept
- `claims`: the `page` of the bound pack each stands on; each of its `references` with the `page` in
  the evidence, and in the bound pack the page its link `stands` on and its `target`
- `sign_offs`, `people`, `checks` (with who overrode them and why), `problems`
- `exported_by`: name, organisation, key and fingerprint

Pages of the bound pack count from 1; 0 where there is none (a pack without its bound PDF, held
evidence).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sefwriter
from sefwriter.pack.gate import Judged
from sefwriter.pack.plan import PackPlan, PlanClaim, PlanEvidence, PlanPerson, Reference
from sefwriter.store.files import told_kindly

FORMAT: Final = "sefwriter-pack"
VERSION: Final = 1
SIGNED: Final = b"sefwriter-pack-1\n"
"""Stands before what is signed: a pack's signature can never pass for another kind of one."""

Row = dict[str, "str | int | Row | list[Row]"]


@dataclass(frozen=True, slots=True)
class Signer:
    """The exporting person. `key` is the public key (hex)."""

    name: str
    organisation: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PackFile:
    """A finished file of the pack. `kind` is word, pdf, bound or table; `pages` 0 for none."""

    name: str
    kind: str
    size: int
    sha256: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an item lies in the bound pack, in its pages from 1.

    `first_page` is 0 for a slip sheet, which is its own divider. `tagged` says whether its author's
    tags were kept, `attached` under which name its original is attached, "" for none. `reason` is a
    sentence about what was lost in binding it, or "".
    """

    divider: int
    first_page: int
    tagged: bool = False
    attached: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things lie in the bound pack, in its pages from 1; empty where there is no bound PDF.

    `claims` has the page each claim stands on, `evidence` each item's place, `stands` the page with
    the link of each passage's reference, `targets` the page that it opens.
    """

    pages: int = 0
    claims: Mapping[str, int] = field(default_factory=dict[str, int])
    evidence: Mapping[str, Placed] = field(default_factory=dict[str, Placed])
    stands: Mapping[str, int] = field(default_factory=dict[str, int])
    targets: Mapping[str, int] = field(default_factory=dict[str, int])


_NOWHERE: Final = Placed(0, 0)


def pack_file(path: Path, kind: str, pages: int = 0) -> PackFile:
    """The row of a finished file. Raises WorldError where it can't be read."""
    with told_kindly(path), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return PackFile(path.name, kind, path.stat().st_size, digest, pages)


def make_manifest(
    plan: PackPlan, layout: Layout, files: Sequence[PackFile], checks: Iterable[Judged]
) -> Row:
    """The manifest of a pack, not yet signed."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": f"sefwriter {sefwriter.__version__}",
        "sef": plan.sef,
        "area": plan.area,
        "date": plan.date,
        "draft": "yes" if plan.draft else "no",
        "framework": plan.framework,
        "files": [
            {
                "name": file.name,
                "kind": file.kind,
                "size": file.size,
                "sha256": file.sha256,
                "pages": file.pages,
            }
            for file in sorted(files, key=lambda file: file.name)
        ],
        "counts": {
            "sections": len(plan.sections),
            "claims": len(plan.claims),
            "references": sum(len(claim.references) for claim in plan.claims.values()),
            "actions": len(plan.actions),
            "evidence": len(plan.evidence),
        },
        "sections": [
            {"id": section.id, "title": section.title, "status": section.status}
            for section in plan.sections
        ],
        "evidence": [_evidence(item, layout) for item in plan.evidence],
        "claims": [_claim(claim, layout) for claim in plan.claims.values()],
        "sign_offs": _sign_offs(plan),
        "people": [_person(person) for person in plan.people],
        "checks": [_check(judged) for judged in checks],
        "problems": [{"problem": problem} for problem in plan.problems],
    }


def signed_manifest(manifest: Row, signer: Signer, sign: Callable[[bytes], bytes]) -> bytes:
    """The bytes of `manifest.json`. `sign` gives the 64-byte signature of the signer's key."""
    whole: Row = {
        **manifest,
        "exported_by": {
            "name": signer.name,
            "organisation": signer.organisation,
            "key": signer.key,
            "fingerprint": signer.fingerprint,
        },
    }
    return canonical({**whole, "signature": sign(SIGNED + canonical(whole)).hex()})


def canonical(manifest: Row) -> bytes:
    """The one spelling of a manifest."""
    text = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "replace")


def how_bound(item: PlanEvidence) -> str:
    """How an item is in the pack: bound, slip-sheet, held or left-out."""
    if item.bound:
        return "bound"
    if item.evidence_class == "restricted":
        return "held"
    return "slip-sheet" if item.original else "left-out"


def _evidence(item: PlanEvidence, layout: Layout) -> Row:
    place = layout.evidence.get(item.id, _NOWHERE)
    return {
        "id": item.id,
        "number": item.number,
        "title": item.title,
        "class": item.evidence_class,
        "sha256": item.sha256,
        "size": item.size,
        "pages": item.pages,
        "how": how_bound(item),
        "reason": item.reason or place.reason,
        "divider": place.divider,
        "first_page": place.first_page,
        "tagged": "yes" if place.tagged else "no",
        "attached": place.attached,
    }


def _claim(claim: PlanClaim, layout: Layout) -> Row:
    return {
        "id": claim.id,
        "section": claim.section,
        "page": layout.claims.get(claim.id, 0),
        "references": [_reference(reference, layout) for reference in claim.references],
    }


def _reference(reference: Reference, layout: Layout) -> Row:
    return {
        "passage": reference.passage,
        "evidence": reference.evidence,
        "number": reference.number,
        "label": reference.label,
        "page": reference.page,
        "stands": layout.stands.get(reference.passage, 0),
        "target": layout.targets.get(reference.passage, 0),
    }


def _sign_offs(plan: PackPlan) -> list[Row]:
    return [
        {
            "section": section.id,
            "title": section.title,
            "person": line.person,
            "organisation": line.organisation,
            "role": line.role,
            "state": line.state,
            "differs": "; ".join(line.differs),
            "digest": line.digest,
            "statement": line.statement,
            "fingerprint": line.fingerprint,
            "when": line.when,
        }
        for section in plan.sections
        for line in section.sign_offs
    ]


def _person(person: PlanPerson) -> Row:
    return {
        "name": person.name,
        "organisation": person.organisation,
        "partner": person.partner,
        "roles": ", ".join(person.roles),
        "fingerprint": person.fingerprint,
        "keys": ", ".join(person.keys),
    }


def _check(judged: Judged) -> Row:
    check, override = judged.check, judged.override
    return {
        "check": check.check,
        "level": check.level,
        "message": check.message,
        "section": check.where.section,
        "claim": check.where.claim,
        "evidence": check.where.evidence,
        "action": check.where.action,
        "state": "overridden" if override else "open",
        "by": override.person if override else "",
        "reason": override.reason if override else "",
    }
