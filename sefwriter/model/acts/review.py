"""Acts of reading each other: comments, ready, returned, sign-off, agreement, meetings."""

from dataclasses import dataclass, field
from typing import ClassVar

from sefwriter.model.acts.base import ANYBODY, JUDGES, Act, first, not_a_new_id, not_a_word
from sefwriter.model.acts.claims import no_claim
from sefwriter.model.acts.writing import edit_ops, no_section
from sefwriter.model.digest import section_digest
from sefwriter.model.ids import CommentId, MarkId, PersonId, SectionId, SignOffId, new_id
from sefwriter.model.ops import Add, Op, Set, Value
from sefwriter.model.sef import Section, Sef
from sefwriter.model.states import authors_of
from sefwriter.model.text.claims import met
from sefwriter.model.text.parse import parse
from sefwriter.model.text.serialise import rewrite
from sefwriter.model.words import PARTNERS


@dataclass(frozen=True, kw_only=True)
class AddComment(Act):
    """A remark on a section, on a claim in it, or on quoted words. `must` stops a sign-off."""

    section: SectionId
    text: str
    claim: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""
    must: bool = False
    comment: CommentId = field(default_factory=lambda: CommentId(new_id("comment")))
    allowed: ClassVar[frozenset[str]] = ANYBODY

    @property
    def subject(self) -> str:
        return self.comment

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        fixed: dict[str, Value] = {
            "section": self.section,
            "text": self.text,
            "claim": self.claim,
            "quote": self.quote,
            "before": self.before,
            "after": self.after,
            "must": int(self.must),
        }
        return (Add(self.comment, fixed),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            no_section(sef, self.section),
            no_claim(sef, self.claim) if self.claim else None,
            not_a_new_id("comment", self.comment, [item.id for item in sef.comments]),
            None if self.text.strip() else "A comment needs words.",
        )


@dataclass(frozen=True, kw_only=True)
class ReplyComment(Act):
    """An answer to a comment."""

    comment: CommentId
    text: str
    allowed: ClassVar[frozenset[str]] = ANYBODY

    @property
    def subject(self) -> str:
        return self.comment

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return (Add(new_id("reply"), {"comment": self.comment, "text": self.text}),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            _no_comment(sef, self.comment), None if self.text.strip() else "A reply needs words."
        )


@dataclass(frozen=True, kw_only=True)
class ResolveComment(Act):
    """The comment is dealt with."""

    comment: CommentId
    allowed: ClassVar[frozenset[str]] = ANYBODY

    @property
    def subject(self) -> str:
        return self.comment

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return (Set(self.comment, {"resolved": 1}),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        done = any(item.id == self.comment and item.resolved for item in sef.comments)
        return _no_comment(sef, self.comment) or ("It is resolved already." if done else None)


@dataclass(frozen=True, kw_only=True)
class MarkReady(Act):
    """The author says that this state of the section is ready for review."""

    section: SectionId

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return (_mark(sef, self.section, "ready", ""),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = no_section(sef, self.section)
        if refused:
            return refused
        return _no_words(sef.section_by_id[self.section])


@dataclass(frozen=True, kw_only=True)
class ReturnSection(Act):
    """The reviewer gives the section back, with what is to be mended."""

    section: SectionId
    reason: str
    allowed: ClassVar[frozenset[str]] = frozenset({"reviewer"})

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        return (_mark(sef, self.section, "returned", self.reason),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        return first(
            no_section(sef, self.section),
            None if self.reason.strip() else "Say what is to be mended.",
        )


@dataclass(frozen=True, kw_only=True)
class SignOff(Act):
    """A reviewer's signed statement about the section's exact state and its bound evidence."""

    section: SectionId
    statement: str = "I have read this section and checked its claims against their evidence."
    checklist: str = ""
    sign_off: SignOffId = field(default_factory=lambda: SignOffId(new_id("sign-off")))
    allowed: ClassVar[frozenset[str]] = frozenset({"reviewer"})
    entry_kind: ClassVar[str] = "sign"

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        digest = section_digest(sef, self.section)
        fixed: dict[str, Value] = {
            "section": self.section,
            "digest": digest.hex,
            "parts": dict(digest.parts),
            "statement": self.statement,
            "checklist": self.checklist,
        }
        return (Add(self.sign_off, fixed),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = no_section(sef, self.section)
        if refused:
            return refused
        section = sef.section_by_id[self.section]
        open_comments = [
            item
            for item in sef.comments
            if item.section == self.section and item.must and not item.resolved
        ]
        return first(
            not_a_new_id("sign-off", self.sign_off, [item.id for item in sef.sign_offs]),
            _no_words(section),
            f"{section.title}: these are your own words, and nobody signs their own. "
            "Another reviewer can."
            if person in authors_of(sef, self.section)
            else None,
            _open_meeting(sef, self.section),
            f"A comment that must be dealt with is open: “{open_comments[0].text[:80]}”."
            if open_comments
            else None,
            f"“{section.title}” holds something made by a newer version of sefwriter; it can't be "
            "signed here until this laptop is updated."
            if section.made_by_newer
            else None,
        )


@dataclass(frozen=True, kw_only=True)
class WithdrawSignOff(Act):
    """The signer takes the sign-off back."""

    sign_off: SignOffId
    reason: str
    allowed: ClassVar[frozenset[str]] = ANYBODY
    entry_kind: ClassVar[str] = "sign"

    @property
    def subject(self) -> str:
        return self.sign_off

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        fixed = {"sign_off": self.sign_off, "reason": self.reason}
        return (Add(new_id("withdrawal"), fixed),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        found = next((item for item in sef.sign_offs if item.id == self.sign_off), None)
        if found is None:
            return f"There is no sign-off “{self.sign_off}” in this SEF."
        return first(
            "Only who signed can withdraw a sign-off." if found.person != person else None,
            "It is withdrawn already." if found.withdrawn else None,
            None if self.reason.strip() else "Say why.",
        )


@dataclass(frozen=True, kw_only=True)
class Agree(Act):
    """A partner's signed "this is a fair account of us" about the section's exact state."""

    section: SectionId
    partner: str
    statement: str = "This is a fair account of us."
    allowed: ClassVar[frozenset[str]] = ANYBODY
    entry_kind: ClassVar[str] = "sign"
    reported: ClassVar[bool] = False

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        digest = section_digest(sef, self.section)
        fixed: dict[str, Value] = {
            "section": self.section,
            "partner": self.partner,
            "statement": self.statement,
            "digest": digest.hex,
            "parts": dict(digest.parts),
            "reported": int(self.reported),
        }
        return (Add(new_id("agreement"), fixed),)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        known = sef.person_by_id.get(person)
        refused = no_section(sef, self.section)
        if refused:
            return refused
        stranger = known is not None and not self.reported and known.partner != self.partner
        return first(
            None if self.partner else f"Say which partner agrees: {', '.join(PARTNERS)}.",
            not_a_word("The partner", self.partner, PARTNERS),
            _no_words(sef.section_by_id[self.section]),
            _open_meeting(sef, self.section),
            f"You are not of this partner ({self.partner}); ReportAgreement records what they said."
            if stranger
            else None,
        )


@dataclass(frozen=True, kw_only=True)
class ReportAgreement(Agree):
    """Somebody without the program agreed, and an author reports it; it is said as reported."""

    allowed: ClassVar[frozenset[str]] = frozenset({"owner", "author"})
    reported: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class SettleMeeting(Act):
    """Somebody has looked at the words that two people changed, and they are right now."""

    section: SectionId
    allowed: ClassVar[frozenset[str]] = JUDGES

    @property
    def subject(self) -> str:
        return self.section

    def ops(self, sef: Sef) -> tuple[Op, ...]:
        keys = sorted(item.key for item in sef.meetings if item.section == self.section)
        settled = Add(new_id("settlement"), {"section": self.section, "keys": keys})
        text = sef.section_by_id[self.section].text
        # Claims whose marks met were split when read; now their text is written that way, too.
        split = {
            number: found.block
            for number, found in enumerate(parse(text))
            if met(text[found.start : found.end])
        }
        return (*edit_ops(sef, self.section, rewrite(text, parse(text), split)), settled)

    def hindrance(self, sef: Sef, person: PersonId) -> str | None:
        refused = no_section(sef, self.section)
        if refused:
            return refused
        return None if _open_meeting(sef, self.section) else "No meeting is open in this section."


def _mark(sef: Sef, section: SectionId, state: str, reason: str) -> Op:
    digest = section_digest(sef, section).hex
    fixed = {"section": section, "state": state, "digest": digest, "reason": reason}
    return Add(MarkId(new_id("mark")), fixed)


def _no_words(section: Section) -> str | None:
    return None if section.text.strip() else f"“{section.title}” has no words yet."


def _open_meeting(sef: Sef, section: SectionId) -> str | None:
    if not any(item.section == section for item in sef.meetings):
        return None
    title = sef.section_by_id[section].title
    return f"Two people changed the same words of “{title}”; read them and settle that first."


def _no_comment(sef: Sef, comment: str) -> str | None:
    if any(item.id == comment for item in sef.comments):
        return None
    return f"There is no comment “{comment}” in this SEF."
