"""Every act works once on a small SEF, is refused with a sentence, and asks for its roles."""

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sefwriter.ledger.keys import new_key
from sefwriter.ledger.replica import Refused, Replica
from sefwriter.model.acts import ACTS, Act, why_not
from sefwriter.model.acts.evidence import LinkPassage
from sefwriter.model.ids import ClaimId, PersonId, new_id
from sefwriter.model.sef import PageFacts, Sef
from sefwriter.model.words import ROLES
from tests.ledger.team import PAGE, Seat, Team, with_claim, with_evidence

Fields = Mapping[str, object]
NEW = new_key()
NOBODY = {kind: new_id(kind) for kind in ("section", "claim", "evidence", "passage", "action")}
NOBODY |= {kind: new_id(kind) for kind in ("measure", "comment", "sign-off", "person")}


class World:
    """A small SEF with one of everything, and whose hands may do what."""

    def __init__(self, folder: Path) -> None:
        team = Team(
            folder,
            {"author": ("author",), "qa": ("reviewer",), "reader": ("reader",)},
        )
        self.team = team
        lead = team.lead
        lead.do("AddSection", title="One", ref="S01")
        lead.do("AddSection", title="Two", ref="S02")
        lead.do("AddSection", title="Empty", ref="S03")
        team.sync()
        author = team.author
        self.claim = with_claim(author, "Outcomes are good. Waits are long.", "Waits are long")
        self.evidence = with_evidence(author)
        author.do("AddEvidence", sha256="c" * 64, name="free.csv", size=5)
        self.free = next(e.id for e in author.sef().evidence if e.id != self.evidence)
        author.do("LinkPassage", claim=self.claim, evidence=self.evidence, page=3, quote="long")
        self.passage = author.sef().passages[0].id
        author.do("AddAction", text="Do", claim=self.claim)
        author.do("AddAction", text="Loose")
        self.action, self.loose = (item.id for item in author.sef().actions)
        author.do("AddMeasure", name="Waits", unit="weeks", value="7")
        self.measure = author.sef().measures[0].id
        author.do("AddComment", section=author.section().id, text="Hm")
        author.do("AddComment", section=author.section().id, text="Done")
        self.comment, self.done = (item.id for item in author.sef().comments)
        author.do("ResolveComment", comment=self.done)
        author.write("Words of the second.", 1)
        team.sync()
        team.qa.do("SignOff", section=team.qa.section(1).id)
        self.sign_off = team.qa.sef().sign_offs[0].id
        lead.do("SetPerson", person=team.reader.person, partner="health")
        team.sync()
        self.gone = team.admit("gone", ("author",)).person
        lead.do("RemovePerson", person=self.gone)
        self.one, self.two, self.empty = (section.id for section in lead.sef().sections)
        # Two people change the same words of the second section.
        author.write("Fine words of the second.", 1)
        lead.write("Plain words of the second.", 1)
        team.sync()

    def seat(self, role: str) -> Seat:
        return {
            "owner": self.team.lead,
            "author": self.team.author,
            "reviewer": self.team.qa,
            "reader": self.team.reader,
        }[role]


Case = Callable[[World], Fields]

WORKS: dict[str, tuple[str, Case, Callable[[Sef, World], bool]]] = {
    "EditText": (
        "author",
        lambda w: {"section": w.one, "text": "New."},
        lambda s, w: s.section_by_id[w.one].text == "New.",
    ),
    "AddSection": (
        "author",
        lambda w: {"title": "Between", "after": w.one, "target_words": 300},
        lambda s, w: (
            [x.title for x in s.sections] == ["One", "Between", "Two", "Empty"]
            and s.sections[1].target_words == 300
        ),
    ),
    "RenameSection": (
        "author",
        lambda w: {"section": w.one, "title": "First"},
        lambda s, w: s.sections[0].title == "First",
    ),
    "MoveSection": (
        "author",
        lambda w: {"section": w.one, "after": w.two},
        lambda s, w: [x.id for x in s.sections] == [w.two, w.one, w.empty],
    ),
    "AssignSection": (
        "author",
        lambda w: {"section": w.one, "owner": "Health", "target_words": 50},
        lambda s, w: (s.sections[0].owner, s.sections[0].target_words) == ("Health", 50),
    ),
    "DeleteSection": (
        "owner",
        lambda w: {"section": w.empty},
        lambda s, w: w.empty not in s.section_by_id,
    ),
    "MarkClaim": (
        "author",
        lambda w: {"section": w.one, "quote": "Outcomes are good", "claim_kind": "impact"},
        lambda s, w: [c.kind for c in s.claims.values()].count("impact") == 1,
    ),
    "MarkWords": (
        "author",
        lambda w: {
            "section": w.one,
            "text": "[New words](claim:cnnnnnnnnnnnnnnnn).",
            "claims": ("cnnnnnnnnnnnnnnnn",),
        },
        lambda s, w: s.claims[ClaimId("cnnnnnnnnnnnnnnnn")].kind == "context",
    ),
    "SetClaim": (
        "author",
        lambda w: {
            "claim": w.claim,
            "claim_kind": "voice",
            "partners": ("health",),
            "inquiries": ("A",),
            "as_at": "2026-05-31",
        },
        lambda s, w: (
            dataclasses.astuple(s.claims[w.claim])[1:]
            == ("voice", ("health",), ("A",), "2026-05-31")
        ),
    ),
    "RemoveClaim": (
        "author",
        lambda w: {"claim": w.claim},
        lambda s, w: (
            not s.claims
            and not s.passages
            and not s.links
            and s.sections[0].text == "Outcomes are good. Waits are long."
        ),
    ),
    "AddEvidence": (
        "author",
        lambda w: {"sha256": "d" * 64, "name": "new.pdf", "size": 4, "partner": "health"},
        lambda s, w: (
            [e.number for e in s.evidence] == ["E1", "E2", "E3"]
            and s.evidence[2].title == "new.pdf"
        ),
    ),
    "SetEvidence": (
        "author",
        lambda w: {"evidence": w.free, "title": "T", "evidence_class": "restricted"},
        lambda s, w: s.evidence_by_id[w.free].evidence_class == "restricted",
    ),
    "ReplaceEvidence": (
        "author",
        lambda w: {"evidence": w.free, "sha256": "e" * 64, "name": "b.csv", "size": 4},
        lambda s, w: [v.sha256[0] for v in s.evidence_by_id[w.free].versions] == ["c", "e"],
    ),
    "RecordRendition": (
        "author",
        lambda w: {"source": "c" * 64, "rendition": "f" * 64, "converter": "sheet-1"},
        lambda s, w: s.renditions["c" * 64].sha256 == "f" * 64,
    ),
    "DeleteEvidence": (
        "author",
        lambda w: {"evidence": w.free},
        lambda s, w: w.free not in s.evidence_by_id,
    ),
    "LinkPassage": (
        "author",
        lambda w: {"claim": w.claim, "evidence": w.evidence, "page": 4, "stance": "qualifies"},
        lambda s, w: (
            s.passages[1].stance == "qualifies"
            and s.passages[1].sha256 == PAGE
            and s.passages[1].rendition == PAGE
            and s.passages[1].page_to == 4
        ),
    ),
    "SetPassage": (
        "author",
        lambda w: {"passage": w.passage, "stance": "qualifies", "note": "N"},
        lambda s, w: (s.passages[0].stance, s.passages[0].note) == ("qualifies", "N"),
    ),
    "UnlinkPassage": (
        "author",
        lambda w: {"passage": w.passage},
        lambda s, w: not s.passages,
    ),
    "AddAction": (
        "author",
        lambda w: {"text": "Third", "claim": w.claim, "due": "2026-12-31", "rag": "red"},
        lambda s, w: s.actions[2].number == "A3" and len(s.actions_by_claim[w.claim]) == 2,
    ),
    "SetAction": (
        "author",
        lambda w: {"action": w.action, "status": "done", "progress": "All", "due": "2026-01-01"},
        lambda s, w: (
            (s.actions[0].status, s.actions[0].progress, s.actions[0].due)
            == ("done", "All", "2026-01-01")
        ),
    ),
    "LinkAction": (
        "author",
        lambda w: {"claim": w.claim, "action": w.loose},
        lambda s, w: len(s.actions_by_claim[w.claim]) == 2,
    ),
    "UnlinkAction": (
        "author",
        lambda w: {"claim": w.claim, "action": w.action},
        lambda s, w: not s.links,
    ),
    "DeleteAction": (
        "author",
        lambda w: {"action": w.action},
        lambda s, w: [a.id for a in s.actions] == [w.loose] and not s.links,
    ),
    "AddMeasure": (
        "author",
        lambda w: {"name": "Plans in 20 weeks", "value": "71.5", "as_at": "2026-03-31"},
        lambda s, w: (
            [m.name for m in s.measures] == ["Waits", "Plans in 20 weeks"]
            and s.measures[1].values[0].value == "71.5"
        ),
    ),
    "SetMeasure": (
        "author",
        lambda w: {"measure": w.measure, "target": "6", "name": "Weeks waited"},
        lambda s, w: (
            (s.measures[0].target, s.measures[0].name, s.measures[0].unit)
            == ("6", "Weeks waited", "weeks")
        ),
    ),
    "AddMeasureValue": (
        "author",
        lambda w: {"measure": w.measure, "value": "6.5"},
        lambda s, w: [v.value for v in s.measures[0].values] == ["7", "6.5"],
    ),
    "AddComment": (
        "reader",
        lambda w: {"section": w.one, "text": "Why?", "must": True, "claim": w.claim},
        lambda s, w: s.comments[-1].must and s.comments[-1].text == "Why?",
    ),
    "ReplyComment": (
        "reader",
        lambda w: {"comment": w.comment, "text": "So"},
        lambda s, w: [r.text for r in s.comments[0].replies] == ["So"],
    ),
    "ResolveComment": (
        "reader",
        lambda w: {"comment": w.comment},
        lambda s, w: s.comments[0].resolved,
    ),
    "MarkReady": (
        "author",
        lambda w: {"section": w.one},
        lambda s, w: s.marks[-1].state == "ready",
    ),
    "ReturnSection": (
        "reviewer",
        lambda w: {"section": w.one, "reason": "Say more"},
        lambda s, w: (s.marks[-1].state, s.marks[-1].reason) == ("returned", "Say more"),
    ),
    "SignOff": (
        "reviewer",
        lambda w: {"section": w.one, "checklist": "list-1"},
        lambda s, w: s.sign_offs[-1].section == w.one and s.sign_offs[-1].checklist == "list-1",
    ),
    "WithdrawSignOff": (
        "reviewer",
        lambda w: {"sign_off": w.sign_off, "reason": "Too soon"},
        lambda s, w: s.sign_offs[0].withdrawn and s.sign_offs[0].withdrawn_reason == "Too soon",
    ),
    "Agree": (
        "reader",
        lambda w: {"section": w.one, "partner": "health"},
        lambda s, w: not s.agreements[0].reported,
    ),
    "ReportAgreement": (
        "author",
        lambda w: {"section": w.one, "partner": "families"},
        lambda s, w: s.agreements[0].reported,
    ),
    "SettleMeeting": (
        "reviewer",
        lambda w: {"section": w.two},
        lambda s, w: not s.meetings,
    ),
    "AdmitPerson": (
        "owner",
        lambda w: {"person": NEW.person, "key": NEW.public.hex(), "name": "New"},
        lambda s, w: s.person_by_id[NEW.person].roles == ("author",),
    ),
    "RemovePerson": (
        "owner",
        lambda w: {"person": w.team.reader.person},
        lambda s, w: s.person_by_id[w.team.reader.person].removed,
    ),
    "SetRoles": (
        "owner",
        lambda w: {"person": w.team.reader.person, "roles": ("reviewer", "author")},
        lambda s, w: s.person_by_id[w.team.reader.person].roles == ("author", "reviewer"),
    ),
    "SetPerson": (
        "reader",
        lambda w: {"person": w.team.reader.person, "name": "Forum", "partner": "families"},
        lambda s, w: s.person_by_id[w.team.reader.person].name == "Forum",
    ),
    "SetSetting": (
        "owner",
        lambda w: {"name": "area", "value": "Elsewhere"},
        lambda s, w: s.name == "Elsewhere",
    ),
}

HINDERED: list[tuple[str, str, Case, str]] = [
    ("EditText", "author", lambda w: {"section": NOBODY["section"], "text": "x"}, "no section"),
    ("AddSection", "author", lambda w: {"title": " "}, "needs a title"),
    ("AddSection", "author", lambda w: {"title": "x", "after": NOBODY["section"]}, "no section"),
    ("RenameSection", "author", lambda w: {"section": w.one, "title": ""}, "needs a title"),
    ("RenameSection", "author", lambda w: {"section": "s", "title": "x"}, "no section"),
    ("MoveSection", "author", lambda w: {"section": w.one, "after": w.one}, "after itself"),
    ("MoveSection", "author", lambda w: {"section": w.one, "after": "x"}, "no section"),
    ("MoveSection", "author", lambda w: {"section": NOBODY["section"]}, "no section"),
    ("AssignSection", "author", lambda w: {"section": "x", "owner": "y"}, "no section"),
    ("DeleteSection", "owner", lambda w: {"section": "x"}, "no section"),
    ("MarkClaim", "author", lambda w: {"section": "x", "quote": "y"}, "no section"),
    ("MarkClaim", "author", lambda w: {"section": w.one, "quote": " "}, "which words"),
    ("MarkClaim", "author", lambda w: {"section": w.one, "quote": "Outcomes are bad"}, "nearest"),
    (
        "MarkClaim",
        "author",
        lambda w: {"section": w.one, "quote": "Outcomes", "occurrence": 2},
        "2 times",
    ),
    ("MarkClaim", "author", lambda w: {"section": w.one, "quote": "Waits"}, "a claim already"),
    (
        "MarkClaim",
        "author",
        lambda w: {"section": w.one, "quote": "Outcomes", "claim_kind": "x"},
        "must be one of",
    ),
    ("SetClaim", "author", lambda w: {"claim": NOBODY["claim"]}, "no claim"),
    ("SetClaim", "author", lambda w: {"claim": w.claim, "claim_kind": "x"}, "must be one of"),
    ("SetClaim", "author", lambda w: {"claim": w.claim, "partners": ("x",)}, "must be one of"),
    ("SetClaim", "author", lambda w: {"claim": w.claim, "as_at": "31/05/2026"}, "date such as"),
    ("RemoveClaim", "author", lambda w: {"claim": "x"}, "no claim"),
    (
        "AddEvidence",
        "author",
        lambda w: {"sha256": PAGE, "name": "twin.pdf", "size": 1},
        "here already",
    ),
    (
        "AddEvidence",
        "author",
        lambda w: {"sha256": "9" * 64, "name": "x", "size": 1, "evidence_class": "secret"},
        "must be one of",
    ),
    (
        "AddEvidence",
        "author",
        lambda w: {"sha256": "9" * 64, "name": "x", "size": 1, "review_by": "soon"},
        "date such as",
    ),
    ("SetEvidence", "author", lambda w: {"evidence": "x", "title": "y"}, "no evidence"),
    ("SetEvidence", "author", lambda w: {"evidence": w.free, "partner": "x"}, "must be one of"),
    (
        "SetEvidence",
        "author",
        lambda w: {"evidence": w.evidence, "evidence_class": "restricted"},
        "quoted",
    ),
    (
        "ReplaceEvidence",
        "author",
        lambda w: {"evidence": "x", "sha256": "9" * 64, "name": "x", "size": 1},
        "no evidence",
    ),
    (
        "ReplaceEvidence",
        "author",
        lambda w: {"evidence": w.evidence, "sha256": PAGE, "name": "x", "size": 1},
        "very file",
    ),
    (
        "ReplaceEvidence",
        "author",
        lambda w: {"evidence": w.free, "sha256": PAGE, "name": "x", "size": 1},
        "already as E1",
    ),
    ("DeleteEvidence", "author", lambda w: {"evidence": "x"}, "no evidence"),
    ("DeleteEvidence", "author", lambda w: {"evidence": w.evidence}, "Waits are long"),
    (
        "LinkPassage",
        "author",
        lambda w: {"claim": "x", "evidence": w.evidence, "page": 1},
        "no claim",
    ),
    (
        "LinkPassage",
        "author",
        lambda w: {"claim": w.claim, "evidence": "x", "page": 1},
        "no evidence",
    ),
    ("LinkPassage", "author", lambda w: {"claim": w.claim, "evidence": w.evidence}, "which page"),
    (
        "LinkPassage",
        "author",
        lambda w: {"claim": w.claim, "evidence": w.evidence, "page": 1, "stance": "x"},
        "must be one of",
    ),
    (
        "LinkPassage",
        "author",
        lambda w: {"claim": w.claim, "evidence": w.evidence, "page": 3, "quote": "long"},
        "already",
    ),
    ("SetPassage", "author", lambda w: {"passage": "x"}, "no passage"),
    ("SetPassage", "author", lambda w: {"passage": w.passage, "stance": "x"}, "must be one of"),
    ("UnlinkPassage", "author", lambda w: {"passage": "x"}, "no passage"),
    ("AddAction", "author", lambda w: {"text": " "}, "what shall be done"),
    ("AddAction", "author", lambda w: {"text": "x", "claim": "y"}, "no claim"),
    ("AddAction", "author", lambda w: {"text": "x", "rag": "pink"}, "must be one of"),
    (
        "AddAction",
        "author",
        lambda w: {"text": "x", "start": "2026-02-01", "due": "2026-01-01"},
        "before it starts",
    ),
    ("SetAction", "author", lambda w: {"action": "x"}, "no action"),
    ("SetAction", "author", lambda w: {"action": w.action, "text": ""}, "what shall be done"),
    ("SetAction", "author", lambda w: {"action": w.action, "priority": "x"}, "must be one of"),
    ("SetAction", "author", lambda w: {"action": w.action, "due": "2026-13-01"}, "date such as"),
    ("LinkAction", "author", lambda w: {"claim": "x", "action": w.action}, "no claim"),
    ("LinkAction", "author", lambda w: {"claim": w.claim, "action": "x"}, "no action"),
    ("LinkAction", "author", lambda w: {"claim": w.claim, "action": w.action}, "already"),
    ("UnlinkAction", "author", lambda w: {"claim": w.claim, "action": w.loose}, "doesn't follow"),
    ("DeleteAction", "author", lambda w: {"action": "x"}, "no action"),
    ("AddMeasure", "author", lambda w: {"name": ""}, "needs a name"),
    ("AddMeasure", "author", lambda w: {"name": "x", "as_at": "x"}, "date such as"),
    ("SetMeasure", "author", lambda w: {"measure": "x"}, "no measure"),
    ("AddMeasureValue", "author", lambda w: {"measure": "x", "value": "1"}, "no measure"),
    ("AddMeasureValue", "author", lambda w: {"measure": w.measure, "value": ""}, "Say the figure"),
    ("AddComment", "reader", lambda w: {"section": "x", "text": "y"}, "no section"),
    ("AddComment", "reader", lambda w: {"section": w.one, "text": "\n"}, "needs words"),
    ("ReplyComment", "reader", lambda w: {"comment": "x", "text": "y"}, "no comment"),
    ("ReplyComment", "reader", lambda w: {"comment": w.comment, "text": ""}, "needs words"),
    ("ResolveComment", "reader", lambda w: {"comment": "x"}, "no comment"),
    ("ResolveComment", "reader", lambda w: {"comment": w.done}, "resolved already"),
    ("MarkReady", "author", lambda w: {"section": "x"}, "no section"),
    ("MarkReady", "author", lambda w: {"section": w.empty}, "no words yet"),
    ("ReturnSection", "reviewer", lambda w: {"section": "x", "reason": "y"}, "no section"),
    ("ReturnSection", "reviewer", lambda w: {"section": w.one, "reason": ""}, "to be mended"),
    ("SignOff", "reviewer", lambda w: {"section": "x"}, "no section"),
    ("SignOff", "reviewer", lambda w: {"section": w.empty}, "no words yet"),
    ("SignOff", "reviewer", lambda w: {"section": w.two}, "changed the same words"),
    ("WithdrawSignOff", "reviewer", lambda w: {"sign_off": "x", "reason": "y"}, "no sign-off"),
    ("WithdrawSignOff", "reader", lambda w: {"sign_off": w.sign_off, "reason": "y"}, "who signed"),
    ("WithdrawSignOff", "reviewer", lambda w: {"sign_off": w.sign_off, "reason": ""}, "Say why"),
    ("Agree", "reader", lambda w: {"section": "x", "partner": "health"}, "no section"),
    ("Agree", "reader", lambda w: {"section": w.one, "partner": "x"}, "must be one of"),
    ("Agree", "reader", lambda w: {"section": w.one, "partner": "education"}, "not of this"),
    ("Agree", "reader", lambda w: {"section": w.two, "partner": "health"}, "same words"),
    ("ReportAgreement", "author", lambda w: {"section": "x", "partner": "health"}, "no section"),
    ("SettleMeeting", "author", lambda w: {"section": "x"}, "no section"),
    ("SettleMeeting", "author", lambda w: {"section": w.one}, "No meeting"),
    (
        "AdmitPerson",
        "owner",
        lambda w: {
            "person": w.team.qa.person,
            "key": w.team.qa.key.public.hex(),
            "name": "again",
        },
        "here already",
    ),
    (
        "AdmitPerson",
        "owner",
        lambda w: {"person": NEW.person, "key": NEW.public.hex(), "name": "qa"},
        "same_as",
    ),
    (
        "AdmitPerson",
        "owner",
        lambda w: {"person": NEW.person, "key": NEW.public.hex(), "name": " "},
        "needs a name",
    ),
    (
        "AdmitPerson",
        "owner",
        lambda w: {"person": NEW.person, "key": NEW.public.hex(), "name": "x", "roles": ("y",)},
        "must be one of",
    ),
    (
        "AdmitPerson",
        "owner",
        lambda w: {
            "person": NEW.person,
            "key": NEW.public.hex(),
            "name": "x",
            "same_as": NOBODY["person"],
        },
        "no person",
    ),
    ("RemovePerson", "owner", lambda w: {"person": "x"}, "no person"),
    ("RemovePerson", "owner", lambda w: {"person": w.team.lead.person}, "must own"),
    ("SetRoles", "owner", lambda w: {"person": "x", "roles": ()}, "no person"),
    ("SetRoles", "owner", lambda w: {"person": w.team.qa.person, "roles": ("x",)}, "one of"),
    ("SetRoles", "owner", lambda w: {"person": w.team.lead.person, "roles": ()}, "must own"),
    ("SetPerson", "reader", lambda w: {"person": w.team.qa.person, "name": "x"}, "Only an owner"),
    ("SetPerson", "reader", lambda w: {"person": "x", "name": "y"}, "no person"),
    ("SetPerson", "reader", lambda w: {"person": w.team.reader.person, "name": ""}, "a name"),
    (
        "SetPerson",
        "reader",
        lambda w: {"person": w.team.reader.person, "partner": "x"},
        "must be one of",
    ),
    ("RemovePerson", "owner", lambda w: {"person": w.gone}, "removed already"),
    ("MarkWords", "author", lambda w: {"section": "x", "text": "", "claims": ()}, "no section"),
    ("MarkWords", "author", lambda w: {"section": w.one, "text": "", "claims": ()}, "which claims"),
    (
        "MarkWords",
        "author",
        lambda w: {"section": w.one, "text": "", "claims": (w.claim,)},
        "can't be the id",
    ),
    (
        "MarkWords",
        "author",
        lambda w: {"section": w.one, "text": "x", "claims": ("cnnnnnnnnnnnnnnnn",)},
        "Choose the words",
    ),
    ("SetSetting", "owner", lambda w: {"name": "framework", "value": "x"}, "chosen when"),
    ("SetSetting", "owner", lambda w: {"name": "", "value": "x"}, "which setting"),
    ("AddEvidence", "author", lambda w: {"sha256": "zz", "name": "x", "size": 1}, "64 digits"),
    ("AddEvidence", "author", lambda w: {"sha256": "A" * 64, "name": "x", "size": 1}, "64 digits"),
    ("AddEvidence", "author", lambda w: {"sha256": "9" * 64, "name": "x", "size": -1}, "from 0"),
    (
        "AddEvidence",
        "author",
        lambda w: {"sha256": "9" * 64, "name": "x", "size": 1, "rendition": "../x"},
        "64 digits",
    ),
    (
        "ReplaceEvidence",
        "author",
        lambda w: {"evidence": w.free, "sha256": "", "name": "x", "size": 1},
        "64 digits",
    ),
    (
        "RecordRendition",
        "author",
        lambda w: {"source": PAGE, "rendition": "zz", "converter": "x"},
        "64 digits",
    ),
    (
        "RecordRendition",
        "author",
        lambda w: {"source": "9" * 64, "rendition": "9" * 64, "converter": "x"},
        "No evidence",
    ),
    ("AddAction", "author", lambda w: {"text": "x", "due": "2026-02-31"}, "such as 2026-05-31"),
    ("AddAction", "author", lambda w: {"text": "x", "due": "0000-01-01"}, "such as 2026-05-31"),
    ("AddAction", "author", lambda w: {"text": "x", "due": "20260531"}, "such as 2026-05-31"),
    ("AddAction", "author", lambda w: {"text": "x", "due": "2026-W22-7"}, "such as 2026-05-31"),
    (
        "AdmitPerson",
        "owner",
        lambda w: {"person": NEW.person, "key": "00", "name": "x"},
        "64 digits",
    ),
    (
        "AdmitPerson",
        "owner",
        lambda w: {"person": NEW.person, "key": "A" * 64, "name": "x"},
        "64 digits",
    ),
    ("AddSection", "author", lambda w: {"title": "x", "section": "foo"}, "can't be the id"),
    ("AddSection", "author", lambda w: {"title": "x", "section": w.one}, "can't be the id"),
    ("AddSection", "author", lambda w: {"title": "x", "target_words": -1}, "from 0"),
    ("AssignSection", "author", lambda w: {"section": w.one, "target_words": -5}, "from 0"),
    (
        "MarkClaim",
        "author",
        lambda w: {"section": w.one, "quote": "Outcomes", "claim": "myclaim"},
        "can't be the id",
    ),
    (
        "MarkClaim",
        "author",
        lambda w: {"section": w.one, "quote": "Outcomes", "claim": w.claim},
        "can't be the id",
    ),
    (
        "MarkClaim",
        "author",
        lambda w: {"section": w.one, "quote": "Outcomes", "occurrence": 0},
        "counted from 1",
    ),
    (
        "AddEvidence",
        "author",
        lambda w: {"sha256": "9" * 64, "name": "x", "size": 1, "evidence": "E9"},
        "can't be the id",
    ),
    (
        "LinkPassage",
        "author",
        lambda w: {"claim": w.claim, "evidence": w.evidence, "page": 1, "passage": "p"},
        "can't be the id",
    ),
    (
        "LinkPassage",
        "author",
        lambda w: {"claim": w.claim, "evidence": w.evidence, "page": -1},
        "from 0",
    ),
    (
        "LinkPassage",
        "author",
        lambda w: {"claim": w.claim, "evidence": w.evidence, "page": 2, "page_to": 1},
        "before the first",
    ),
    (
        "LinkPassage",
        "author",
        lambda w: {"claim": w.claim, "evidence": w.free, "page": 10**9},
        "from 0",
    ),
    ("AddAction", "author", lambda w: {"text": "x", "action": w.action}, "can't be the id"),
    ("AddMeasure", "author", lambda w: {"name": "x", "measure": "zz"}, "can't be the id"),
    ("AddMeasure", "author", lambda w: {"name": "x", "passage": "zz"}, "no passage"),
    (
        "AddMeasureValue",
        "author",
        lambda w: {"measure": w.measure, "value": "1", "passage": "zz"},
        "no passage",
    ),
    ("SetMeasure", "author", lambda w: {"measure": w.measure, "name": " "}, "needs a name"),
    ("AddComment", "reader", lambda w: {"section": w.one, "text": "x", "claim": "zz"}, "no claim"),
    (
        "AddComment",
        "reader",
        lambda w: {"section": w.one, "text": "x", "comment": w.comment},
        "can't be the id",
    ),
    ("SignOff", "reviewer", lambda w: {"section": w.one, "sign_off": "g"}, "can't be the id"),
    ("Agree", "reader", lambda w: {"section": w.one, "partner": ""}, "Say which partner"),
    ("ReportAgreement", "author", lambda w: {"section": w.one, "partner": ""}, "Say which partner"),
    ("Agree", "reader", lambda w: {"section": w.empty, "partner": "health"}, "no words yet"),
    (
        "SetPerson",
        "reader",
        lambda w: {"person": w.team.reader.person, "name": "qa"},
        "There is a qa already",
    ),
    (
        "SetPerson",
        "reader",
        lambda w: {"person": w.team.reader.person, "name": " qa\n"},
        "There is a qa already",
    ),
    ("SetSetting", "owner", lambda w: {"name": "area", "value": " "}, "name of its area"),
]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One for all tests that change nothing."""
    return World(tmp_path_factory.mktemp("still"))


def test_every_act_is_in_the_table() -> None:
    assert set(WORKS) == set(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_every_act_says_what_it_is_and_who_may(name: str) -> None:
    act = ACTS[name]
    assert issubclass(act, Act)
    assert (inspect.getdoc(act) or "").endswith((".", "`."))
    assert act.allowed <= set(ROLES)
    assert act.allowed
    assert act.entry_kind in ("edit", "roster", "sign")
    assert dataclasses.is_dataclass(act)
    assert getattr(act, "__dataclass_params__").frozen  # noqa: B009


@pytest.mark.parametrize("name", WORKS)
def test_every_act_works_and_says_what_it_touched(world: World, name: str) -> None:
    role, fields, holds = WORKS[name]
    seat = world.seat(role)
    act = ACTS[name](**fields(world))  # pyright: ignore[reportCallIssue]
    done = seat.replica.do(act)
    assert holds(seat.sef(), world)
    assert done.entry
    assert done.touched
    entry = next(item for item in seat.replica.entries() if item.id == done.entry)
    assert (entry.act, entry.header.kind, entry.header.obj) == (
        name,
        act.entry_kind,
        act.subject,
    )
    assert not seat.replica.db.rows("SELECT refused FROM entry WHERE refused!=''")
    world.team.sync()
    assert world.team.lead.sef() == seat.sef()


@pytest.mark.parametrize("name", WORKS)
def test_every_act_asks_for_its_roles(still: World, name: str) -> None:
    world = still
    _, fields, _ = WORKS[name]
    act = ACTS[name](**fields(world))  # pyright: ignore[reportCallIssue]
    sef = world.team.lead.sef()
    for person in (world.team.lead, world.team.author, world.team.qa, world.team.reader):
        roles = set(sef.person_by_id[person.person].roles)
        sentence = why_not(sef, person.person, act) or ""
        assert ("This needs the role" in sentence) == (not roles & act.allowed)
    assert "none yet" in (why_not(sef, PersonId(NEW.person), act) or "")
    with pytest.raises(Refused, match="Nobody is at the desk"):
        Replica(None, world.team.id, world.team.lead.marks).do(act)


@pytest.mark.parametrize(
    ("name", "role", "fields", "sentence"), HINDERED, ids=[f"{c[0]}-{c[3]}" for c in HINDERED]
)
def test_every_hindrance_is_a_sentence_and_leaves_nothing(
    still: World, name: str, role: str, fields: Case, sentence: str
) -> None:
    seat = still.seat(role)
    before, heads = seat.sef(), seat.replica.heads()
    with pytest.raises(Refused, match=sentence) as told:
        seat.do(name, **fields(still))
    assert str(told.value).endswith((".", "”."))
    assert seat.sef() == before
    assert seat.replica.heads() == heads


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("EditText", lambda w: {"section": w.two, "text": w.team.author.section(1).text}),
        ("RenameSection", lambda w: {"section": w.one, "title": "One"}),
        ("AssignSection", lambda w: {"section": w.one, "owner": ""}),
        ("SetClaim", lambda w: {"claim": w.claim, "claim_kind": "strength"}),
        ("SetEvidence", lambda w: {"evidence": w.free, "title": "free.csv"}),
        ("SetPassage", lambda w: {"passage": w.passage, "stance": "supports"}),
        ("SetAction", lambda w: {"action": w.action, "text": "Do"}),
        ("SetMeasure", lambda w: {"measure": w.measure, "unit": "weeks"}),
        ("RecordRendition", lambda w: {"source": PAGE, "rendition": "9" * 64, "converter": "y"}),
    ],
)
def test_what_changes_nothing_is_no_entry(still: World, name: str, fields: Case) -> None:
    world = still
    heads = world.team.author.replica.heads()
    assert world.team.author.do(name, **fields(world)) == ""
    assert world.team.author.replica.heads() == heads


def test_restricted_evidence_is_bound_without_its_words(world: World) -> None:
    author = world.team.author
    author.do("SetEvidence", evidence=world.free, evidence_class="restricted")
    with pytest.raises(Refused, match="without quoting"):
        author.do("LinkPassage", claim=world.claim, evidence=world.free, page=1, quote="x")
    author.do("LinkPassage", claim=world.claim, evidence=world.free, page=1)


def test_a_page_that_is_not_there_is_refused(world: World) -> None:
    author = world.team.author
    facts = {PAGE: PageFacts(state="ready", sizes=((595, 842),) * 3)}
    act = LinkPassage(claim=world.claim, evidence=world.evidence, page=4)
    with pytest.raises(Refused, match="3 pages, no page 4"):
        author.replica.do(act, lambda sef: dataclasses.replace(sef, facts=facts))


def test_four_eyes_and_open_comments_bar_a_sign_off(world: World) -> None:
    team = world.team
    team.lead.do("SetRoles", person=team.author.person, roles=("author", "reviewer"))
    team.sync()
    with pytest.raises(Refused, match="own words"):
        team.author.do("SignOff", section=world.one)
    team.reader.do("AddComment", section=world.one, text="Is this so?", must=True)
    team.sync()
    with pytest.raises(Refused, match="must be dealt with is open: “Is this so"):
        team.qa.do("SignOff", section=world.one)
    team.qa.do("ResolveComment", comment=team.qa.sef().comments[-1].id)
    team.qa.do("SignOff", section=world.one)


def test_lines_are_lines_and_words_are_clean(world: World) -> None:
    lead = world.team.lead
    lead.do("RenameSection", section=world.one, title=" A\r\ntitle\twith\x00 e\u0301\ud800 ")
    assert lead.sef().section_by_id[world.one].title == "A title with é\ufffd"
    lead.do("AddAction", text="One\r\ntwo\x07", owner="Ann\u2028Bee")
    action = lead.sef().actions[-1]
    assert (action.text, action.owner) == ("One\ntwo", "Ann Bee")


def test_somebody_removed_is_told_so(still: World) -> None:
    act = ACTS["AddComment"](section=still.one, text="x")  # pyright: ignore[reportCallIssue]
    assert "was removed" in (why_not(still.team.lead.sef(), still.gone, act) or "")
