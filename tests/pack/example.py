"""A small SEF with every kind of evidence, its files, and two people with keys."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import nacl.exceptions
import nacl.signing
import pikepdf

from sefwriter.model.digest import section_digest
from sefwriter.model.ids import (
    ActionId,
    ClaimId,
    EntryId,
    EvidenceId,
    LinkId,
    PassageId,
    PersonId,
    RenditionId,
    SectionId,
    SefId,
    SignOffId,
    VersionId,
)
from sefwriter.model.sef import (
    Action,
    ActionLink,
    Claim,
    Evidence,
    PageFacts,
    Passage,
    Person,
    Rendition,
    Section,
    Sef,
    SignOff,
    Version,
)
from sefwriter.pack.make_plan import plan_pack
from sefwriter.pack.manifest import Signer
from sefwriter.pack.plan import PackPlan

DATE = "2026-09-30"


def an_id(letter: str, number: int) -> str:
    return letter + "abcdefghijklmno" + "abcdefghijklmnopqrstuvwxyz234567"[number]


LEAD, REVIEWER = PersonId(an_id("h", 1)), PersonId(an_id("h", 2))
SECTIONS = tuple(SectionId(an_id("s", number)) for number in range(3))
CLAIMS = tuple(ClaimId(an_id("c", number)) for number in range(5))
LEAD_KEY = nacl.signing.SigningKey(b"L" * 32)
OTHER_KEY = nacl.signing.SigningKey(b"O" * 32)


def key_of(signing: nacl.signing.SigningKey) -> str:
    return bytes(signing.verify_key).hex()


def fingerprint(key: str) -> str:
    digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:24]
    return " ".join(digits[at : at + 4] for at in range(0, 24, 4))


SIGNER = Signer("A. Lead", "Westmere Council", key_of(LEAD_KEY), fingerprint(key_of(LEAD_KEY)))


def sign(message: bytes) -> bytes:
    return LEAD_KEY.sign(message).signature


def verify_signature(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        nacl.signing.VerifyKey(key).verify(message, signature)
    except (nacl.exceptions.CryptoError, ValueError):
        return False
    return True


def a_pdf(path: Path, pages: Iterable[str]) -> Path:
    """A PDF with one line of words a page."""
    pdf = pikepdf.Pdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for words in pages:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode())
    pdf.save(path, deterministic_id=True)
    return path


class Files:
    """The evidence files in a folder, as a vault would have them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: dict[str, Path] = {}

    def pdf(self, name: str, pages: Iterable[str]) -> str:
        return self._keep(a_pdf(self.folder / name, pages))

    def raw(self, name: str, data: bytes) -> str:
        path = self.folder / name
        path.write_bytes(data)
        return self._keep(path)

    def vault(self, sha256: str) -> Path | None:
        return self.paths.get(sha256)

    def _keep(self, path: Path) -> str:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        self.paths[sha256] = path
        return sha256


def an_item(number: str, sha256: str, name: str, **fields: object) -> Evidence:
    place = int(number[1:].rstrip("b")) + 16 * number.endswith("b")
    version = Version(VersionId(an_id("v", place)), sha256, name, 1000 + place, LEAD, EntryId("x"))
    item = Evidence(
        EvidenceId(an_id("e", place)), number, f"Evidence {number}", versions=(version,)
    )
    return replace(item, **fields)  # pyright: ignore[reportArgumentType]


def a_passage(number: int, claim: ClaimId, item: Evidence, page: int, **fields: object) -> Passage:
    current = item.current
    assert current is not None
    passage = Passage(
        PassageId(an_id("p", number)), claim, item.id, current.sha256, current.sha256, page, page,
        quote=f"words of page {page}", added_by=LEAD,
    )  # fmt: skip
    return replace(passage, **fields)  # pyright: ignore[reportArgumentType]


def a_sef(folder: Path) -> tuple[Sef, Files]:
    """Five claims in three sections on seven evidence items; a valid and a lapsed sign-off."""
    files = Files(folder)
    survey = files.pdf("survey.pdf", ["Survey one", "Survey two", "Survey three"])
    audit = files.pdf("audit.pdf", ["Audit one", "Audit two"])
    late = files.pdf("late.pdf", ["Late"])
    locked = files.raw("locked.pdf", b"%PDF-1.7 locked, in short")
    secret = files.raw("Child A. Name.pdf", b"%PDF-1.7 about a child " + b"x" * 500)
    evidence = (
        an_item("E10", late, "late.pdf"),
        an_item("E1", survey, "survey.pdf", partner="families", as_at="2026-05-31"),
        an_item("E2", secret, "Child A. Name.pdf", evidence_class="restricted", owner="H. Role"),
        an_item("E3", locked, "locked.pdf"),
        an_item("E2b", audit, "audit.pdf", owner=LEAD),
        an_item("E4", "4" * 64, "elsewhere.pdf"),
    )
    by_number = {item.number: item for item in evidence}
    c = CLAIMS
    texts = (
        f"Most families are heard. [Families feel **heard**](claim:{c[0]}) and\n\n"
        f"- [plans are late](claim:{c[1]})\n- other words",
        f"| What | How |\n| --- | --- |\n| Health | [Waits fell](claim:{c[2]}) |\n\n"
        f"# A heading\n\n[Held in confidence](claim:{c[3]}).",
        f"[Nothing proves this](claim:{c[4]}) and [unknown](claim:{an_id('c', 20)}).",
    )
    sef = Sef(
        id=SefId("f" * 64),
        name="Westmere",
        framework="area-send-2025",
        people=(
            Person(
                LEAD, "A. Lead", "Westmere Council", "education", ("owner",), (key_of(LEAD_KEY),)
            ),
            Person(
                REVIEWER, "R. Viewer", "ICB", "health", ("reviewer",), (key_of(OTHER_KEY),)
            ),
        ),
        sections=tuple(
            Section(identity, f"S0{place}", f"Section {place}", text, owner=LEAD)
            for place, (identity, text) in enumerate(zip(SECTIONS, texts, strict=True), 1)
        ),
        claims={
            claim: Claim(claim, kind)
            for claim, kind in zip(
                c, ("strength", "to-improve", "impact", "voice", "context"), strict=True
            )
        },
        evidence=evidence,
        renditions={
            sha256: Rendition(RenditionId(an_id("r", place)), sha256, sha256, "as-is")
            for place, sha256 in enumerate((survey, audit, late))
        },
        passages=(
            a_passage(1, c[0], by_number["E1"], 3),
            a_passage(2, c[0], by_number["E2b"], 1, page_to=2),
            a_passage(3, c[1], by_number["E1"], 1, stance="qualifies"),
            a_passage(4, c[2], by_number["E2b"], 2),
            a_passage(5, c[3], by_number["E2"], 1, quote="about a child"),
            a_passage(6, c[2], by_number["E3"], 1, quote=""),
            a_passage(7, c[3], by_number["E4"], 4),
        ),
        actions=(Action(ActionId(an_id("a", 1)), "A1", "Write plans in time", owner=LEAD),),
        links=(ActionLink(LinkId(an_id("l", 1)), c[1], ActionId(an_id("a", 1)), LEAD),),
        facts={
            survey: _facts(3), audit: _facts(2), late: _facts(1),
            locked: PageFacts("locked", "It needs a password."),
            secret: _facts(1),
        },
    )  # fmt: skip
    signed = tuple(
        SignOff(
            SignOffId(an_id("g", place)), EntryId("x"), section, REVIEWER, "A fair account.",
            digest.hex, digest.parts, 1_790_000_000, True, frozenset({LEAD}), order=place,
        )
        for place, section in enumerate(SECTIONS[:2])
        for digest in (section_digest(sef, section),)
    )  # fmt: skip
    lapsed = replace(signed[1], digest="0" * 64, parts={**signed[1].parts, "text": "0" * 64})
    return replace(sef, sign_offs=(signed[0], lapsed)), files


def a_plan(folder: Path, *, draft: bool = True, sef: Sef | None = None) -> PackPlan:
    made, files = a_sef(folder)
    return plan_pack(
        sef or made,
        date=DATE,
        draft=draft,
        vault=files.vault,
        fingerprint=fingerprint,
        framework="Area SEND inspections",
        basis="From the published framework, checked on 1 September 2026.",
    )


def _facts(pages: int) -> PageFacts:
    return PageFacts(
        "ready",
        texts=tuple(f"words of page {page}" for page in range(1, pages + 1)),
        sizes=((595.0, 842.0),) * pages,
        rotations=(0,) * pages,
    )
