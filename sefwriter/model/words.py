"""The words for values, as stored, scripted and tested. Screens say them in plain words."""

from typing import Final, Literal

ClaimKind = Literal["strength", "to-improve", "impact", "voice", "context"]
Stance = Literal["supports", "qualifies"]
EvidenceClass = Literal["general", "restricted"]
SectionStatus = Literal["not-started", "drafting", "ready", "returned", "signed-off", "lapsed"]
SignOffState = Literal["valid", "lapsed", "own-text", "not-reviewer", "withdrawn", "superseded"]
Partner = Literal["education", "health", "social-care", "families"]
EvidenceState = Literal[
    "ready",
    "reading",
    "no-text",
    "locked",
    "damaged",
    "empty",
    "unsupported",
    "too-big",
    "missing",
]
CheckLevel = Literal["error", "warning", "hint"]
Role = Literal["owner", "author", "reviewer", "reader"]
ActionStatus = Literal["not-started", "in-progress", "done", "embedded"]
Rag = Literal["red", "amber", "green", "blue"]
Priority = Literal["must", "should", "could"]
PassageState = Literal["found", "moved", "changed", "gone", "page-only", "not-read"]

CLAIM_KINDS: Final = ("strength", "to-improve", "impact", "voice", "context")
STANCES: Final = ("supports", "qualifies")
EVIDENCE_CLASSES: Final = ("general", "restricted")
PARTNERS: Final = ("education", "health", "social-care", "families")
ROLES: Final = ("owner", "author", "reviewer", "reader")
ACTION_STATUSES: Final = ("not-started", "in-progress", "done", "embedded")
RAGS: Final = ("red", "amber", "green", "blue")
PRIORITIES: Final = ("must", "should", "could")

PLAIN: Final[dict[str, str]] = {
    "strength": "Strength",
    "to-improve": "To improve",
    "impact": "Impact",
    "voice": "Voice",
    "context": "Context",
    "supports": "Supports",
    "qualifies": "Qualifies",
    "general": "General",
    "restricted": "Restricted",
    "not-started": "Not started",
    "drafting": "Drafting",
    "ready": "Ready for review",
    "returned": "Returned",
    "signed-off": "Signed off",
    "lapsed": "Lapsed",
    "valid": "Valid",
    "own-text": "Own text",
    "not-reviewer": "Not a reviewer",
    "withdrawn": "Withdrawn",
    "superseded": "Superseded",
    "education": "Education",
    "health": "Health",
    "social-care": "Social care",
    "families": "Parents, carers and young people",
    "owner": "Owner",
    "author": "Author",
    "reviewer": "Reviewer",
    "reader": "Partner reader",
    "in-progress": "In progress",
    "done": "Done",
    "embedded": "Embedded",
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "blue": "Blue",
    "must": "Must",
    "should": "Should",
    "could": "Could",
}
"""Stored value to what a person reads. Evidence states have their own, longer words with them."""
