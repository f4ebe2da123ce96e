"""What the terminal's commands do, each giving an answer for people and for scripts."""

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from sefwriter.desk import showing
from sefwriter.desk.doing import do_request, do_script
from sefwriter.desk.exporting import ExportRequest, export_pack, verify_pack_folder
from sefwriter.desk.home import Home
from sefwriter.desk.outcomes import Outcome
from sefwriter.desk.project import Desk, Project, desk_of, found_sef, open_sef
from sefwriter.desk.rebuilding import rebuild as rebuild_copy
from sefwriter.desk.requests import describe_act
from sefwriter.desk.typed import script_rows, typed_fields
from sefwriter.ledger.handover import Handover, refuse_target
from sefwriter.ledger.keys import fingerprint, key_of_words, six_words
from sefwriter.ledger.keystore import DeskPerson, KeyStore
from sefwriter.model.acts import ACTS
from sefwriter.model.checks import all_checks
from sefwriter.store.faults import WorldError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: for people (lines), for scripts (value), and the exit code."""

    value: object
    lines: tuple[str, ...] = ()
    code: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """Where and as whom a command runs. `tell` says progress, one line at a time."""

    home: Home
    name: str = ""
    passphrase: str = ""
    tell: Callable[[str], None] = field(default=lambda _: None)

    @property
    def store(self) -> KeyStore:
        """The people of this laptop."""
        return KeyStore(self.home.people)

    def open(self, sef: Path, *, writing: bool) -> Project:
        """Opens a SEF as the person asked for."""
        return open_sef(
            self.home, sef, desk_of(self.store, self.name, self.passphrase, writing=writing)
        )


def new(options: argparse.Namespace, where: Where) -> Answer:
    """A new SEF folder."""
    store = where.store
    known = [person for person in store.people() if person.name == options.person]
    person = (
        known[0]
        if known
        else store.create(options.person, options.organisation, options.partner, where.passphrase)
    )
    try:
        desk = desk_of(store, person.id, where.passphrase, writing=True)
        founded = found_sef(
            where.home, options.folder, desk, options.area, options.framework, time.time
        )
    except BaseException:
        if not known:
            store.forget(person)
        raise
    with founded.project as project:
        _carry(project, where, saved=True)
        sef = project.replica.sef()
    value = {
        "sef": sef.id,
        "folder": str(options.folder.resolve()),
        "person": person.id,
        "sections": [{"id": s.id, "ref": s.ref, "title": s.title} for s in sef.sections],
        "recovery": founded.recovery,
    }
    lines = (
        f"A new SEF for {sef.name} lies in {options.folder}, with {len(sef.sections)} sections.",
        _kept_in_words(person),
        "Print these 24 words and lock them away: they are the recovery key, kept nowhere else.",
        f"  {founded.recovery}",
    )
    return Answer(value, lines)


def acts(options: argparse.Namespace, where: Where) -> Answer:
    """The acts, or one of them."""
    del where
    if options.act:
        found = describe_act(options.act)
        fields = cast("list[Mapping[str, object]]", found["fields"])
        lines = [
            f"{found['act']}: {found['does']}",
            f"who: {', '.join(cast('list[str]', found['who']))}",
        ]
        lines += [
            f"  {row['field']}  {row['type']}"
            + ("  (needed)" if row["needed"] else "")
            + (f"  [{row['default']}]" if "default" in row else "")
            for row in fields
        ]
        return Answer(found, tuple(lines))
    found = [describe_act(name) for name in ACTS]
    return Answer(found, tuple(f"{row['act']:<18} {row['does']}" for row in found))


def do(options: argparse.Namespace, where: Where) -> Answer:
    """One act, or a script of them."""
    if not options.script and not options.act:
        raise WorldError("Say which act, or --script FILE. “sefwriter acts” lists them.")
    rows = script_rows(options.script) if options.script else []
    fields = typed_fields(options.fields)
    with where.open(options.sef, writing=True) as project:
        before = project.replica.heads()
        try:
            if options.script:
                outcomes = do_script(project, rows, options.script.parent)
            else:
                outcomes = [do_request(project, options.act, fields)]
        finally:
            # What was done stays done, even where a script stops: it goes into the folder, too.
            _carry(project, where, saved=project.replica.heads() != before)
    rows = [_outcome_row(outcome) for outcome in outcomes]
    lines = tuple(line for outcome in outcomes for line in outcome.lines())
    return Answer(rows if options.script else rows[0], lines)


def _carry(project: Project, where: Where, *, saved: bool) -> None:
    """What was saved goes into the SEF folder; where it can't yet, that is said."""
    if project.folder:
        try:
            project.publish()
        except WorldError as fault:
            state = "Saved on this laptop; not in the SEF folder yet: " if saved else ""
            where.tell(f"{state}{fault}")
    elif saved:
        where.tell(
            "Saved on this laptop only: a hand-over file isn't changed. Write a new one with "
            "“sefwriter hand-over”."
        )


def show_kind(options: argparse.Namespace, where: Where) -> Answer:
    """What the SEF holds."""
    with where.open(options.sef, writing=False) as project:
        found = showing.show(project, options.kind, options.id)
        return Answer(found, tuple(showing.as_lines(found)))


def search(options: argparse.Namespace, where: Where) -> Answer:
    """Words on every page."""
    with where.open(options.sef, writing=False) as project:
        sef = project.sef()
        rows = [
            {
                "evidence": hit.evidence,
                "number": sef.evidence_by_id[hit.evidence].number,
                "page": hit.page,
                "snippet": hit.snippet,
                "score": hit.score,
            }
            for hit in project.library.search(sef, " ".join(options.words), options.limit)
        ]
    lines = tuple(f"{row['number']} p.{row['page']}  {row['snippet']}" for row in rows)
    return Answer(rows, lines or ("Nothing found.",))


def check(options: argparse.Namespace, where: Where) -> Answer:
    """All checks."""
    with where.open(options.sef, writing=False) as project:
        found = all_checks(project.sef())
    lines = tuple(f"{c.level}: {c.message} {c.fix}" for c in found) or ("Nothing to mend.",)
    errors = any(c.level == "error" for c in found)
    return Answer([showing.check_row(c) for c in found], lines, int(errors))


def export(options: argparse.Namespace, where: Where) -> Answer:
    """The pack."""
    request = ExportRequest(
        folder=options.to,
        only=frozenset(word.strip() for word in options.only.split(",") if word.strip()),
        date=options.date,
        final=options.final,
        overrides=tuple(options.override),
    )
    with where.open(options.sef, writing=True) as project:
        made = export_pack(project, request, where.tell)
    return Answer(made.value, made.lines, made.code)


def verify(options: argparse.Namespace, where: Where) -> Answer:
    """A pack's folder, or a SEF."""
    if (options.path / "manifest.json").is_file():
        found = verify_pack_folder(where.home, options.path)
        what = "The pack"
    else:
        with where.open(options.path, writing=False) as project:
            found = [
                {"where": finding.where, "what": finding.what}
                for finding in project.verify(where.tell)
            ]
        if options.path.is_file():
            found += _handover_faults(options.path)
        what = "The SEF"
    lines = tuple(f"{row['where']}: {row['what']}" for row in found)
    return Answer(found, lines or (f"{what} is whole and true.",), int(bool(found)))


def pull(options: argparse.Namespace, where: Where) -> Answer:
    """Takes in what other copies wrote."""
    with _meeting(options, where) as project:
        project.pull()
        waiting = project.replica.waiting()
        entries = sum(project.replica.heads().values())
    value = {
        "entries": entries,
        "waiting": [{"log": log, "n": n, "why": why} for log, n, why in waiting],
    }
    kept = f" {len(waiting)} are kept aside (sefwriter show … entries)." if waiting else ""
    return Answer(value, (f"This laptop has all {entries} entries.{kept}",))


def publish(options: argparse.Namespace, where: Where) -> Answer:
    """Puts what was written here into the folder."""
    with _meeting(options, where) as project:
        sent = project.publish()
    return Answer(
        {"entries": sent.entries, "files": sent.files},
        (f"{sent.entries} entries and {sent.files} files went into the SEF folder.",),
    )


def repair(options: argparse.Namespace, where: Where) -> Answer:
    """Writes back what the folder lost."""
    with _meeting(options, where) as project:
        sent = project.repair()
    return Answer(
        {"entries": sent.entries, "files": sent.files},
        (f"{sent.entries} entries and {sent.files} files were written back.",),
    )


def rebuild(options: argparse.Namespace, where: Where) -> Answer:
    """This laptop's copy, made anew."""
    made = rebuild_copy(where.home, options.sef, where.store)
    kept = f" What was there lies aside: {made.aside}." if made.aside else ""
    waiting = f" {made.waiting} are kept aside (sefwriter show … entries)." if made.waiting else ""
    return Answer(
        {
            "entries": made.entries,
            "waiting": made.waiting,
            "aside": str(made.aside) if made.aside else "",
        },
        (f"This laptop's copy was made anew with {made.entries} entries.{waiting}{kept}",),
    )


def _meeting(options: argparse.Namespace, where: Where) -> Project:
    """The SEF opened to meet its folder, or the one that --carrier names."""
    project = where.open(options.sef, writing=False)
    try:
        if options.carrier:
            project.meet_at(options.carrier)
    except BaseException:
        project.close()
        raise
    return project


def hand_over(options: argparse.Namespace, where: Where) -> Answer:
    """One file with everything."""
    with where.open(options.sef, writing=False) as project:
        folder = project.folder.path if project.folder else None
        refuse_target(options.file, project.replica.sef_id, folder)
        entries = project.hand_over(options.file)
        left = [
            e.number for e in project.replica.sef().evidence if e.evidence_class == "restricted"
        ]
    lines = [f"{options.file} holds everything: {entries} entries."]
    if left:
        lines.append(f"Left out, because restricted: the files of {', '.join(left)}.")
    return Answer({"file": str(options.file), "entries": entries, "restricted": left}, tuple(lines))


def join(options: argparse.Namespace, where: Where) -> Answer:
    """A key for somebody who wants to be admitted."""
    store = where.store
    if not where.name:
        raise WorldError("Say who wants to join: --as NAME.")
    known = [person for person in store.people() if person.name == where.name]
    person = known[0] if known else store.create(where.name, passphrase=where.passphrase)
    with where.open(options.sef, writing=False) as project:
        sef = project.replica.sef()
    public = bytes.fromhex(person.public)
    value = {"person": person.id, "key": person.public, "words": six_words(public), "sef": sef.id}
    lines = (
        f"Read these six words to an owner of the SEF for {sef.name}: {value['words']}",
        f"The owner then does: sefwriter do SEF AdmitPerson key={person.public} "
        f'name="{person.name}" roles=author',
        _kept_in_words(person),
    )
    return Answer(value, lines)


def recover(options: argparse.Namespace, where: Where) -> Answer:
    """An owner who lost every key comes back by the printed one."""
    try:
        words = options.words_file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError(f"“{options.words_file}” can't be read. Look at its name.") from error
    if not where.name:
        raise WorldError("Say as whom you will work on this laptop: --as NAME.")
    printed = key_of_words(words)
    store = where.store
    known = [person for person in store.people() if person.name == where.name]
    person = known[0] if known else store.create(where.name, passphrase=where.passphrase)
    with open_sef(where.home, options.sef, Desk(key=printed)) as project:
        sef = project.replica.sef()
        owner = next((p for p in sef.people if printed.public.hex() in p.keys), None)
        if owner is None:
            raise WorldError("These words are another SEF's recovery key.")
        fields = {
            "key": person.public,
            "name": owner.name,
            "organisation": owner.organisation,
            "partner": owner.partner,
            "roles": list(owner.roles),
            "same_as": owner.id,
        }
        do_request(project, "AdmitPerson", fields)
        _carry(project, where, saved=True)
    value = {"person": person.id, "same_as": owner.id, "sef": sef.id}
    return Answer(value, (f"{person.name} on this laptop is {owner.name} again.",))


def demo(options: argparse.Namespace, where: Where) -> Answer:
    """The demonstration SEF, whole."""
    # The demonstration brings its own texts and file makers; other commands need not load them.
    from sefwriter.desk.demo import make_demo  # noqa: PLC0415

    made = make_demo(where.home, options.to or Path.cwd() / "sefwriter-demo", where.tell)
    return Answer(made.value, made.lines, made.code)


def person_new(options: argparse.Namespace, where: Where) -> Answer:
    """A new person of this laptop."""
    person = where.store.create(
        options.name, options.organisation, options.partner, where.passphrase
    )
    return Answer(_person_row(person), (_kept_in_words(person),))


def person_list(options: argparse.Namespace, where: Where) -> Answer:
    """Who is on this laptop."""
    del options
    store = where.store
    now = store.at_desk()
    rows = [_person_row(person) for person in store.people()]
    lines = tuple(
        f"{'*' if now and row['id'] == now.id else ' '} {row['name']}  ({row['id']}, {row['kept']})"
        for row in rows
    )
    return Answer(rows, lines or ("Nobody yet: sefwriter person new NAME.",))


def person_use(options: argparse.Namespace, where: Where) -> Answer:
    """Somebody else is at the desk."""
    person = where.store.find(options.name)
    where.store.use(person)
    return Answer(_person_row(person), (f"{person.name} is at the desk now.",))


def person_seal(options: argparse.Namespace, where: Where) -> Answer:
    """A key goes under a passphrase."""
    store = where.store
    old = (
        options.read_passphrase(options.old_passphrase_file) if options.old_passphrase_file else ""
    )
    person = store.seal(store.find(options.name), where.passphrase, old)
    return Answer(_person_row(person), (_kept_in_words(person),))


def _person_row(person: DeskPerson) -> dict[str, object]:
    public = bytes.fromhex(person.public)
    return {
        "id": person.id,
        "name": person.name,
        "organisation": person.organisation,
        "partner": person.partner,
        "key": person.public,
        "fingerprint": fingerprint(public),
        "words": six_words(public),
        "kept": person.kept,
    }


def _kept_in_words(person: DeskPerson) -> str:
    where = {
        "sealed": "lies under a passphrase, asked for whenever they write",
        "keyring": "lies in this system's keyring",
        "file": "lies in an unprotected file, because this system has no keyring; "
        f"“sefwriter person seal “{person.name}”” puts it under a passphrase",
    }
    return f"The key of {person.name} {where[person.kept]}."


def _outcome_row(outcome: Outcome) -> dict[str, object]:
    found: dict[str, object] = {
        "act": outcome.act,
        "touched": [
            {"kind": kind, "id": identity, "how": how} for kind, identity, how in outcome.touched
        ],
        "entry": outcome.entry,
    }
    if outcome.files:
        found["files"] = [
            {"path": path, "evidence": evidence, "state": state, "reason": reason}
            for path, evidence, state, reason in outcome.files
        ]
    return found


def _handover_faults(path: Path) -> list[dict[str, str]]:
    handover = Handover(path)
    try:
        return [{"where": path.name, "what": fault} for fault in handover.faults()]
    finally:
        handover.close()
