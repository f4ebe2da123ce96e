"""The narrative as PDF: what resources/typst/narrative.typ sets, made from the pack plan."""

import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pypdf import PdfReader

from sefwriter.model.words import CLAIM_KINDS
from sefwriter.pack.page_blocks import (
    EVIDENCE_URL,
    PASSAGE_URL,
    Data,
    PageBlocks,
    breakable,
    label,
    to_address,
    to_label,
)
from sefwriter.pack.phrases import (
    changed_since,
    joined,
    not_right,
    plain,
    plain_date,
    plain_words,
    section_title,
    sign_off_line,
    standing,
    title_of,
    to_mend,
    where_it_is,
)
from sefwriter.pack.plan import (
    PackPlan,
    PlanAction,
    PlanEvidence,
    PlanPerson,
    PlanSection,
    PlanSignOff,
    Reference,
)
from sefwriter.paper.typesetter import TypesettingError, typeset
from sefwriter.store.faults import WorldError

_STATES: Final = {
    "signed-off": "good",
    "valid": "good",
    "ready": "calm",
    "lapsed": "bad",
    "returned": "warning",
}
"""The look of a status or state beside its word; any other is plain."""

_RAGS: Final = {"red": "bad", "amber": "warning", "green": "good", "blue": "calm"}
_CELL_FIT: Final = 20
"""Characters without a gap that surely fit in a column of our own tables."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Page numbers of the bound pack, from 1, running on through all volumes.

    `evidence` maps an evidence id to the page of its divider or slip sheet, `passages` a passage id
    to the page it stands on, `claims` a claim id to its page in the narrative. `volumes` maps an
    evidence id to its volume, and is empty where there is one volume.
    """

    evidence: Mapping[str, int] = field(default_factory=dict[str, int])
    passages: Mapping[str, int] = field(default_factory=dict[str, int])
    claims: Mapping[str, int] = field(default_factory=dict[str, int])
    volumes: Mapping[str, int] = field(default_factory=dict[str, int])

    def place(self, evidence: str, page: int | None) -> str:
        """A page of this evidence as printed: "145", with volumes "Vol 2 p.145"; "" for None."""
        if page is None:
            return ""
        volume = self.volumes.get(evidence)
        return f"Vol {volume} p.{page}" if volume else str(page)


def make_narrative(plan: PackPlan, *, numbers: Numbering | None) -> bytes:
    """The narrative of a plan as tagged PDF; the same plan and numbers give the same bytes.

    Standalone (`numbers` is None) every link leads inside the file: a claim's reference to its row
    in the evidence index. Bound, references lead to PASSAGE_URL + passage id, rows of the index to
    EVIDENCE_URL + evidence id, for the binder to turn into jumps; a claim without such a reference
    is found by the kind after it, which leads to CLAIM_URL + claim id. The index prints `numbers`,
    and no page prints its own number, for the binder stamps it. References to restricted evidence
    lead to its row in both.

    Named destinations in the PDF: "section-ID" for each section, "reading", "actions", "evidence",
    "sign-off", "people". Raises WorldError where a picture can't be read from the disk, and
    TypesettingError where typst refuses the pages.
    """
    contents, names = _pictures(plan)
    pages = _Pages(plan, numbers, names)
    date = datetime.date.fromisoformat(plan.date)
    return typeset("narrative.typ", pages.data(), files=contents, date=date)


def front_pages(pdf: bytes) -> int:
    """How many pages a narrative has: what stands before the first divider of the bound pack."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


@dataclass
class _Pages:
    plan: PackPlan
    numbers: Numbering | None
    pictures: Mapping[str, str]

    def __post_init__(self) -> None:
        self.blocks = PageBlocks(
            self.plan, self._reference, self.pictures, bound=self.numbers is not None
        )

    def data(self) -> Data:
        plan = self.plan
        return {
            "title": title_of(plan),
            "area": breakable(plan.area, _CELL_FIT),
            "date": plain_date(plan.date),
            "draft": plan.draft,
            "bound": self.numbers is not None,
            "standing": standing(plan),
            "basis": [line for line in (plan.framework, plan.basis) if line],
            "reading": self._how_to_read(),
            "kinds": [{"kind": kind, "words": plain(kind)} for kind in CLAIM_KINDS],
            "sections": [self._section(section) for section in plan.sections],
            "actions": [self._action(action) for action in plan.actions],
            "evidence": [self._evidence(item) for item in plan.evidence],
            "signs": [
                self._sign(section, sign) for section in plan.sections for sign in section.sign_offs
            ],
            "not-right": [breakable(problem) for problem in not_right(plan)],
            "people": [_person(person) for person in plan.people],
        }

    def _how_to_read(self) -> list[str]:
        opens = "its row in the evidence index" if self.numbers is None else "that page of the pack"
        lines = [
            "Tinted, underlined words are claims. After a claim stand its kind and number, and in "
            "square brackets the evidence and the page or cells it rests on. Each kind has its own "
            "underline and shape.",
            f"A reference in brackets opens {opens}. “Held by” means that the evidence is "
            "restricted: the organisation named keeps it, and it is not in this pack.",
        ]
        if self.numbers is not None:
            lines.append(
                "The evidence follows the narrative in the order of the evidence index, each item "
                "behind a page that lists the claims it proves and leads back to them."
            )
        return lines

    def _reference(self, reference: Reference) -> Data:
        words = reference.label
        target = self.blocks.inside("evidence", reference.evidence)
        if self.numbers is not None and not reference.held:
            target = to_address(PASSAGE_URL + reference.passage)
            page = self.numbers.passages.get(reference.passage)
            if reference.evidence in self.numbers.volumes and page is not None:
                words = f"{words}, {self.numbers.place(reference.evidence, page)}"
        return {"words": words, "target": target}

    def _section(self, section: PlanSection) -> Data:
        return {
            "label": label("section", section.id),
            "title": breakable(section_title(section)),
            "status": plain(section.status),
            "state": _STATES.get(section.status, "plain"),
            "owner": section.owner,
            "blocks": self.blocks.section(section.blocks),
            "mend": [breakable(line) for line in to_mend(self.plan, section)],
            "signs": [sign_off_line(sign) for sign in section.sign_offs],
        }

    def _action(self, action: PlanAction) -> Data:
        return {
            "label": label("action", action.id),
            "number": action.number,
            "text": _fitting(action.text),
            "progress": _fitting(action.progress),
            "claims": self.blocks.claim_links(action.claims),
            "owner": _fitting(action.owner),
            "partner": plain(action.partner),
            "start": plain_date(action.start),
            "due": plain_date(action.due),
            "status": plain(action.status),
            "priority": plain(action.priority),
            "rag": plain(action.rag),
            "rag-state": _RAGS.get(action.rag, "plain"),
            "measure": [
                _fitting(line)
                for line in (
                    action.measure,
                    f"Baseline: {action.baseline}" if action.baseline else "",
                    f"Target: {action.target}" if action.target else "",
                )
            ],
        }

    def _evidence(self, item: PlanEvidence) -> Data:
        page = self.numbers.evidence.get(item.id) if self.numbers else None
        place = self.numbers.place(item.id, page) if self.numbers else ""
        return {
            "label": label("evidence", item.id),
            "target": to_address(EVIDENCE_URL + item.id) if page is not None else None,
            "place": place or "–",
            "number": item.number,
            "title": _fitting(item.title),
            "about": _fitting(joined(item.kind, item.file_name)),
            "partner": plain(item.partner),
            "owner": _fitting(item.owner),
            "as-at": plain_date(item.as_at),
            "pages": str(item.pages) if item.pages else "–",
            "sha256": item.sha256[:12],
            "used-by": self.blocks.claim_links(item.used_by),
            "state": _fitting(where_it_is(item)),
        }

    def _sign(self, section: PlanSection, sign: PlanSignOff) -> Data:
        return {
            "section": _fitting(section_title(section)),
            "target": to_label(label("section", section.id)),
            "person": _fitting(sign.person),
            "organisation": _fitting(sign.organisation),
            "role": plain(sign.role),
            "word": plain(sign.state),
            "state": _STATES.get(sign.state, "plain"),
            "when": plain_date(sign.when),
            "changed": _fitting(changed_since(sign)),
            "statement": _fitting(sign.statement),
            "marks": [
                (name, _fitting(value))
                for name, value in (("Digest", sign.digest), ("Key", sign.fingerprint))
                if value
            ],
        }


def _person(person: PlanPerson) -> Data:
    return {
        "name": _fitting(person.name),
        "organisation": _fitting(person.organisation),
        "partner": plain(person.partner),
        "roles": plain_words(person.roles),
        "enrolled": plain_date(person.enrolled),
        "fingerprint": _fitting(person.fingerprint),
    }


def _fitting(text: str) -> str:
    return breakable(text, _CELL_FIT)


def _pictures(plan: PackPlan) -> tuple[dict[str, bytes], dict[str, str]]:
    """The pictures that can be shown: file name → bytes, and SHA-256 → file name."""
    contents: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for number, (sha256, path) in enumerate(sorted(plan.pictures.items()), 1):
        name = f"picture-{number}"
        try:
            content = Path(path).read_bytes()
        except OSError as fault:
            raise WorldError(
                f"A picture of the narrative can't be read ({Path(path).name}: {fault.strerror}). "
                "Close programs that may hold it and export again."
            ) from fault
        if _is_readable(content, datetime.date.fromisoformat(plan.date)):
            contents[name] = content
            names[sha256] = name
    return contents, names


def _is_readable(content: bytes, date: datetime.date) -> bool:
    """Whether typst can draw the picture: a damaged one must not cost the whole narrative."""
    try:
        typeset("try-picture.typ", {}, files={"picture": content}, date=date, standards=())
    except TypesettingError:
        return False
    return True
