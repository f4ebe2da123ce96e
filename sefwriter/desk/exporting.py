"""Exporting the pack and verifying one: the desk lends the pack a frozen SEF, files and a
signature.

In two steps, so that a window stays awake: `prepare_export` reads the SEF where the project lives,
`build_export` makes the files on any thread.
"""

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from sefwriter.desk.home import Home
from sefwriter.desk.project import Project
from sefwriter.ledger.keys import SigningKey, fingerprint, signature_holds
from sefwriter.ledger.keystore import DeskPerson
from sefwriter.ledger.marks import Marks
from sefwriter.ledger.replica import Replica
from sefwriter.model.acts.base import not_a_date, not_a_hash
from sefwriter.model.checks import Check, all_checks
from sefwriter.model.ids import SefId
from sefwriter.model.sef import Person, Sef
from sefwriter.pack.build import PARTS, Built, build_pack
from sefwriter.pack.gate import Gate, Refused, open_errors, overrides_of, pass_gate
from sefwriter.pack.make_plan import plan_pack
from sefwriter.pack.manifest import Signer
from sefwriter.pack.plan import PackPlan
from sefwriter.pack.verify import verify_pack
from sefwriter.store.faults import WorldError
from sefwriter.store.files import Stop

Tell = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and of how much (1 where it isn't counted)."""

ALL_PARTS: Final = PARTS
"""What can be asked for: "word", "pdf", "bound"."""


class ExportRefused(WorldError):
    """A final pack was asked for while errors stand that nobody answers for; one reason each."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        count = f"{len(reasons)} error{'s' * (len(reasons) > 1)}"
        super().__init__(f"No final pack: {count} must be mended or overridden first.")
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What shall be exported. `date` is ISO, "" for today; `overrides` are CHECK=REASON.

    `passphrase` unlocks the key of the person at the desk where it isn't in use already.
    """

    folder: Path
    only: frozenset[str] = PARTS
    date: str = ""
    final: bool = False
    overrides: tuple[str, ...] = field(default=())
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A pack that can be made without looking at the project again."""

    request: ExportRequest
    plan: PackPlan
    gate: Gate
    signer: Signer
    sign: Callable[[bytes], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it, for scripts and for people, and the exit code."""

    value: dict[str, object]
    lines: tuple[str, ...]
    code: int


def export_pack(
    project: Project,
    request: ExportRequest,
    tell: Callable[[str], None],
    stop: Stop = lambda: False,
) -> Exported:
    """Makes the pack. With `final` it is refused while errors stand that nobody answers for.

    Raises WorldError where it can't be made, and Cancelled; then nothing of it stays.
    """
    try:
        prepared = prepare_export(project, request)
    except ExportRefused as refused:
        return Exported(
            {"refused": list(refused.reasons)}, (str(refused), *refused.reasons), code=1
        )
    return build_export(
        prepared,
        lambda what, done, total: tell(f"{what} {done}/{total}" if total > 1 else what),
        stop,
    )


def prepare_export(project: Project, request: ExportRequest) -> Prepared:
    """Takes the SEF as it is now, its plan and the key; call it where the project lives.

    Raises ExportRefused, and WorldError where nobody can sign or the date is none.
    """
    date = request.date or datetime.date.today().isoformat()
    if wrong := not_a_date("--date", date):
        raise WorldError(wrong)
    sef = project.sef()
    me, person, key = _exporter(project, sef, request.passphrase)
    try:
        gate = pass_gate(
            all_checks(sef),
            final=request.final,
            overrides=overrides_of(request.overrides, me.name),
        )
    except Refused as refused:
        raise ExportRefused(refused.reasons) from None
    return Prepared(
        request,
        plan_of(project, sef, date, draft=gate.draft),
        gate,
        Signer(me.name, me.organisation, person.public, fingerprint(key.public)),
        key.sign,
    )


def build_export(prepared: Prepared, tell: Tell, stop: Stop = lambda: False) -> Exported:
    """Makes the files of a prepared pack, on any thread.

    Raises WorldError where it can't be made, and Cancelled; then nothing of it stays.
    """
    gate = prepared.gate
    built = build_pack(
        prepared.plan,
        folder=prepared.request.folder,
        sign=prepared.sign,
        signer=prepared.signer,
        progress=tell,
        stop=stop,
        only=prepared.request.only,
        checks=gate.judged,
    )
    errors = [judged.check for judged in gate.judged if judged.check.level == "error"]
    return _told(built, errors, gate.unused)


def plan_of(project: Project, sef: Sef, date: str, *, draft: bool) -> PackPlan:
    """What a pack of this SEF would hold, with the files of this laptop."""
    vault = project.library.vault
    framework = project.framework()
    return plan_pack(
        sef,
        date=date,
        draft=draft,
        vault=lambda sha256: vault.path(sha256) if vault.has(sha256) else None,
        fingerprint=lambda public: fingerprint(bytes.fromhex(public)),
        framework=framework.title,
        basis=framework.basis,
    )


def standing_errors(checks: Iterable[Check], overrides: Iterable[str]) -> tuple[Check, ...]:
    """The errors that stop a final pack; `overrides` are CHECK=REASON, as in a request."""
    return open_errors(checks, overrides_of(overrides, ""))


def verify_pack_folder(home: Home, folder: Path) -> list[dict[str, str]]:
    """What is wrong with a pack, as rows; empty when it is whole and true.

    Where its SEF is on this laptop, the signer must be in it.
    """
    found = verify_pack(
        folder, verify_signature=signature_holds, known_keys=_known_keys(home, folder)
    )
    return [{"where": finding.file, "what": finding.message} for finding in found]


def _exporter(project: Project, sef: Sef, passphrase: str) -> tuple[Person, DeskPerson, SigningKey]:
    """Who signs the pack, in the SEF and at the desk, and the key."""
    person, key = project.desk.person, project.desk.key
    if person is None:
        raise WorldError("Say who exports, for the pack is signed: --as NAME.")
    me = next((p for p in sef.people if person.public in p.keys), None)
    if me is None or me.removed:
        raise WorldError(f"{person.name} isn't in this SEF; an owner must admit them first.")
    return me, person, key or project.desk_people().key(person, passphrase)


def _told(built: Built, errors: list[Check], unused: tuple[str, ...]) -> Exported:
    value: dict[str, object] = {
        "folder": str(built.folder),
        "draft": built.draft,
        "pages": built.total_pages,
        "files": [
            {
                "name": file.name,
                "kind": file.kind,
                "size": file.size,
                "sha256": file.sha256,
                "pages": file.pages,
            }
            for file in built.files
        ],
        "not_bound": list(built.not_bound),
        "errors": len(errors),
    }
    state = "A draft (DRAFT stands on every page)" if built.draft else "A final pack"
    lines = [f"{state} lies in {built.folder}:"]
    lines += [
        f"  {file.name}" + (f", {file.pages} pages" if file.pages else "") for file in built.files
    ]
    lines += [f"Without pages in it: {reason}" for reason in built.not_bound]
    if built.draft:
        lines.append(f"{len(errors)} errors stand: “sefwriter check” lists them.")
    lines += [f"The override of “{word}” met no error." for word in unused]
    return Exported(value, tuple(lines), 0)


def _known_keys(home: Home, folder: Path) -> dict[str, str] | None:
    """The keys of the pack's SEF by this laptop's own copy; None where the SEF isn't here."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None  # verify_pack says what is wrong with it
    name = cast("dict[str, object]", manifest).get("sef") if isinstance(manifest, dict) else None
    if (
        not isinstance(name, str)
        or not_a_hash("The SEF", name)
        or not home.replica(SefId(name)).is_file()
    ):
        return None
    replica = Replica(home.replica(SefId(name)), SefId(name), Marks(home.marks))
    try:
        return {key: person.name for person in replica.sef().people for key in person.keys}
    finally:
        replica.close()
