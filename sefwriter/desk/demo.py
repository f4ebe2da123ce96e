"""The demonstration SEF: an invented area, replayed as acts, exported and verified."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sefwriter.desk.demo_files import make_demo_files
from sefwriter.desk.doing import do_request
from sefwriter.desk.exporting import ExportRequest, export_pack, verify_pack_folder
from sefwriter.desk.home import Home
from sefwriter.desk.outcomes import Outcome
from sefwriter.desk.project import Desk, Project, desk_of, found_sef
from sefwriter.ledger.folder import SefFolder
from sefwriter.ledger.keystore import KeyStore
from sefwriter.resources import resource
from sefwriter.store.faults import WorldError
from sefwriter.store.files import told_kindly

PASSPHRASE: Final = "demonstration"  # noqa: S105 - said openly: it guards nothing real
"""The passphrase of the demonstration's reviewer."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, for people and for scripts, and the exit code."""

    value: dict[str, object]
    lines: tuple[str, ...]
    code: int


def make_demo(home: Home, folder: Path, tell: Callable[[str], None]) -> Made:
    """Makes the demonstration in this folder, which must be new or empty.

    Its people and their keys lie in `laptop` there, so that nobody's own are touched.
    """
    del home  # the demonstration's people must not appear among this laptop's own
    with told_kindly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise WorldError(f"“{folder}” isn't empty. Choose another folder: --to DIR.")
    content = json.loads(resource("demo", "demo.json").read_text(encoding="utf-8"))
    laptop = Home(folder.resolve() / "laptop")
    sef_folder = folder / f"{content['area']} SEF"
    begun = time.perf_counter()
    tell("Making eight evidence files …")
    (folder / "evidence").mkdir()
    make_demo_files(folder / "evidence")
    with ExitStack() as stack:
        replay = _Replay(content, laptop, sef_folder, folder / "evidence", stack, tell)
        replay.all()
        lead = replay.projects[content["people"][0]["name"]]
        for project in replay.projects.values():
            project.publish()
        tell("Exporting the pack …")
        request = ExportRequest(folder=folder / "pack", date=str(content["date"]))
        exported = export_pack(lead, request, tell)
        tell("Verifying the pack …")
        faults = verify_pack_folder(laptop, folder / "pack")
        sef = lead.sef()
    seconds = round(time.perf_counter() - begun, 1)
    value: dict[str, object] = {
        "folder": str(folder.resolve()),
        "sef": str(sef_folder.resolve()),
        "pack": str((folder / "pack").resolve()),
        "laptop": str(laptop.folder),
        "sections": len(sef.sections),
        "claims": len(sef.claims),
        "evidence": len(sef.evidence),
        "actions": len(sef.actions),
        "draft": exported.value["draft"],
        "faults": faults,
        "seconds": seconds,
    }
    lines = (
        f"The demonstration SEF of {sef.name} (invented): {len(sef.sections)} sections, "
        f"{len(sef.claims)} claims, {len(sef.evidence)} evidence files, "
        f"{len(sef.actions)} actions.",
        f"  SEF folder: {sef_folder}",
        f"  pack:       {folder / 'pack'}  (a draft: it has gaps on purpose)",
        f"  its people: {laptop.folder}  (set SEFWRITER_HOME to it to write as one of them)",
        "The pack is whole and true." if not faults else "The pack is NOT whole:",
        *(f"  {fault['where']}: {fault['what']}" for fault in faults),
        f"Made in {seconds} s.",
    )
    return Made(value, lines, int(bool(faults)))


class _Replay:
    """The demonstration's content as acts, each by the person who does it."""

    def __init__(
        self,
        content: Mapping[str, Any],
        laptop: Home,
        folder: Path,
        files: Path,
        stack: ExitStack,
        tell: Callable[[str], None],
    ) -> None:
        self.content = content
        self.files = files
        self.tell = tell
        self.names: dict[str, str] = {}
        self.projects: dict[str, Project] = {}
        people = content["people"]
        store = KeyStore(laptop.people)
        for person in people:
            secret = PASSPHRASE if "reviewer" in person["roles"] else ""
            store.create(person["name"], person["organisation"], person["partner"], secret)
        first = desk_of(store, people[0]["name"], "", writing=True)
        refs = [section["ref"] for section in content["sections"]]
        founded = found_sef(
            laptop, folder, first, content["area"], content["framework"], time.time, refs
        )
        lead = stack.enter_context(founded.project)
        self.lead = self.projects[people[0]["name"]] = lead
        for person in people[1:]:
            do_request(lead, "AdmitPerson", {"person": person["name"], "roles": person["roles"]})
            desk: Desk = desk_of(store, person["name"], PASSPHRASE, writing=True)
            project = Project(laptop, lead.replica.sef_id, desk, SefFolder(folder))
            self.projects[person["name"]] = stack.enter_context(project)

    def all(self) -> None:
        """Everything, in the order in which a team would do it."""
        for item in self.content["evidence"]:
            self._add_evidence(item)
        for action in self.content["actions"]:
            fields = {name: value for name, value in action.items() if name != "id"}
            self.names[action["id"]] = self._do("AddAction", fields).subject
        for section in self.content["sections"]:
            self._write(section)
        for comment in self.content["comments"]:
            self._comment(comment)
        for step in self.content["steps"]:
            self._step(step)

    def _do(self, act: str, fields: Mapping[str, object], by: str = "") -> Outcome:
        return do_request(self.projects[by] if by else self.lead, act, fields)

    def _add_evidence(self, item: Mapping[str, Any]) -> None:
        self.tell(f"Reading {item['file']} …")
        fields = {name: value for name, value in item.items() if name not in ("id", "file")}
        fields["path"] = str(self.files / item["file"])
        self.names[item["id"]] = self._do("AddEvidence", fields).subject

    def _write(self, section: Mapping[str, Any]) -> None:
        ref, author = section["ref"], section["author"]
        self.tell(f"Writing {ref} …")
        self._do("AssignSection", {"section": ref, "owner": author})
        self._do("EditText", {"section": ref, "text": "\n".join(section["text"]) + "\n"}, author)
        for claim in section["claims"]:
            fields = {
                name: value
                for name, value in claim.items()
                if name not in ("id", "passages", "actions")
            }
            made = self._do("MarkClaim", {**fields, "section": ref}, author).subject
            self.names[claim["id"]] = made
            for passage in claim["passages"]:
                self._bind(made, passage, author)
            for action in claim["actions"]:
                self._do("LinkAction", {"claim": made, "action": self.names[action]}, author)

    def _bind(self, claim: str, passage: Mapping[str, Any], author: str) -> None:
        fields = {name: value for name, value in passage.items() if name != "not_on_page"}
        fields |= {"claim": claim, "evidence": self.names[passage["evidence"]]}
        if passage.get("not_on_page"):
            # A gap on purpose: taken as given, so that the check has something to find.
            fields |= {"before": "", "after": ""}
        self._do("LinkPassage", fields, author)

    def _comment(self, comment: Mapping[str, Any]) -> None:
        fields: dict[str, object] = {
            "section": comment["section"],
            "text": comment["text"],
            "claim": self.names.get(comment.get("claim", ""), ""),
            "must": "yes" if comment["must"] else "no",
        }
        made = self._do("AddComment", fields, comment["by"]).subject
        for reply in comment["replies"]:
            self._do("ReplyComment", {"comment": made, "text": reply["text"]}, reply["by"])
        if comment["resolved"]:
            self._do("ResolveComment", {"comment": made}, comment["by"])

    def _step(self, step: Mapping[str, Any]) -> None:
        fields = {name: value for name, value in step.items() if name not in ("by", "act")}
        if "find" in fields:
            sef = self.lead.replica.sef()
            section = next(s for s in sef.sections if s.ref == step["section"])
            text = section.text.replace(fields.pop("find"), fields.pop("replace"), 1)
            fields["text"] = text
        self._do(step["act"], fields, step["by"])
