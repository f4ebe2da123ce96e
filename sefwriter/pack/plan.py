"""What goes into a pack, before anything is drawn: one plan that the Word writer, the narrative,
the
binder and the manifest all read. Made from a frozen Sef by `plan_pack`; nothing here knows a file
format.
"""

from dataclasses import dataclass

from sefwriter.model.text.blocks import Block


@dataclass(frozen=True, slots=True)
class Reference:
    """One passage of a claim as the pack shows it.

    `label` is what readers see: "E12 p.3", "E7 cells B4:C9", "E7 p.2, qualifies", or "E9, held by
    H. Role, not in this pack". `page` counts from 1 within the evidence; `held` is true for
    restricted evidence, whose reference leads to its row in the index.
    """

    passage: str
    evidence: str
    number: str
    page: int
    label: str
    stance: str
    quote: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class PlanClaim:
    """A claim as the pack shows it.

    `words` is its plain text; `problems` are sentences for people.
    """

    id: str
    kind: str
    words: str
    section: str
    partners: tuple[str, ...]
    inquiries: tuple[str, ...]
    as_at: str
    references: tuple[Reference, ...]
    actions: tuple[str, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSignOff:
    """A sign-off or agreement line.

    `state` is the stored word; `differs` plain words, may be empty.
    """

    person: str
    organisation: str
    role: str
    state: str
    statement: str
    when: str
    digest: str
    fingerprint: str
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A section: `blocks` in order; the claims inside it by id are in `PackPlan.claims`.

    `text_sha256` is the SHA-256 of the Markdown (UTF-8) that the blocks were made from.
    """

    id: str
    ref: str
    number: int
    title: str
    status: str
    owner: str
    blocks: tuple[Block, ...]
    claims: tuple[str, ...]
    sign_offs: tuple[PlanSignOff, ...]
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class PlanAction:
    """A row of the action plan. `claims` are ids of the claims it follows from."""

    id: str
    number: str
    text: str
    owner: str
    partner: str
    start: str
    due: str
    priority: str
    status: str
    rag: str
    baseline: str
    target: str
    measure: str
    progress: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanEvidence:
    """One evidence item. `bound` says whether its pages go into the bound pack.

    `path` is the file of its pages (a PDF) on this laptop, "" where there is none; `original` is
    the file as it was added. `reason` says why it isn't bound or is a slip sheet. `owner` is who
    holds it. `used_by` are claim ids in the order of the narrative.
    """

    id: str
    number: str
    title: str
    kind: str
    partner: str
    owner: str
    as_at: str
    evidence_class: str
    file_name: str
    sha256: str
    size: int
    pages: int
    state: str
    reason: str
    converter: str
    path: str
    original: str
    bound: bool
    used_by: tuple[str, ...]
    no_text_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """An enrolled person, for the sign-off page. `fingerprint` is the key's, in groups.

    `keys` are the public keys (hex) that speak for the person, for the manifest.
    """

    name: str
    organisation: str
    partner: str
    roles: tuple[str, ...]
    fingerprint: str
    enrolled: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackPlan:
    """The whole pack. `date` is ISO, the only date in it. `draft` says DRAFT on every page.

    `pictures` maps a picture's SHA-256 to its file on this laptop.
    """

    sef: str
    area: str
    date: str
    draft: bool
    framework: str
    basis: str
    sections: tuple[PlanSection, ...]
    claims: dict[str, PlanClaim]
    actions: tuple[PlanAction, ...]
    evidence: tuple[PlanEvidence, ...]
    people: tuple[PlanPerson, ...]
    pictures: dict[str, str]
    problems: tuple[str, ...] = ()
