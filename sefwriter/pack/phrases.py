"""What the pack says in words, alike in Word and in PDF."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from sefwriter.model.words import PARTNERS, PLAIN
from sefwriter.pack.plan import PackPlan, PlanEvidence, PlanSection, PlanSignOff
from sefwriter.paper.text import printable

_YEAR: Final = """January February March April May June July August September October November
    December"""
_MONTHS: Final = _YEAR.split()
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def plain(word: str) -> str:
    """A stored word in plain words; a word that a newer version made, as it is."""
    return PLAIN.get(word, word)


def plain_words(words: tuple[str, ...]) -> str:
    """Several stored words in plain words."""
    return ", ".join(plain(word) for word in words)


def plain_date(text: str) -> str:
    """An ISO date as "30 September 2026", in every locale alike; other text as it is.

    A day that the calendar doesn't have may come from somebody else's program: it is other text.
    """
    if not _ISO.fullmatch(text):
        return text
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def claim_numbers(plan: PackPlan) -> dict[str, str]:
    """What readers call each claim: "4.2" is the second of section 4."""
    return {
        claim: f"{section.number}.{place}"
        for section in plan.sections
        for place, claim in enumerate(section.claims, 1)
    }


def title_of(plan: PackPlan) -> str:
    """What the document is called, on its cover and in its properties."""
    return f"{plan.area}: SEND self-evaluation"


def section_title(section: PlanSection) -> str:
    """A section's heading: its number, where it has one, and its title."""
    title = section.title if visible(section.title) else "Untitled section"
    return f"{section.number}. {title}" if section.number else title


def standing(plan: PackPlan) -> list[str]:
    """How far sign-off has come, in sentences for the cover."""
    total = len(plan.sections)
    if not total:
        return ["This self-evaluation has no sections yet."]
    counts = Counter(section.status for section in plan.sections)
    done = counts.pop("signed-off", 0)
    if done == total:
        return [f"All {total} sections are signed off." if total > 1 else "It is signed off."]
    rest = ", ".join(f"{count} {plain(status).lower()}" for status, count in counts.items())
    return [f"{done} of {total} sections signed off.", f"The others: {rest}."]


def claim_problems(plan: PackPlan, claims: Iterable[str]) -> list[str]:
    """What is not right with these claims: "Claim 1.2: The words bound at E2 p.3 are gone." """
    numbers = claim_numbers(plan)
    return [
        f"Claim {numbers.get(claim, claim)}: {problem}"
        for claim in claims
        if claim in plan.claims
        for problem in plan.claims[claim].problems
    ]


def to_mend(plan: PackPlan, section: PlanSection) -> list[str]:
    """The lines below a section of a draft; a final pack keeps them to its manifest."""
    problems = claim_problems(plan, section.claims) if plan.draft else []
    return [f"To mend: {problem}" for problem in problems]


def not_right(plan: PackPlan) -> tuple[str, ...]:
    """What stands under "What is not right yet": nothing in a final pack."""
    return plan.problems if plan.draft else ()


def sign_off_line(line: PlanSignOff) -> str:
    """A sign-off in one line of words, as it stands below its section."""
    who = joined(line.person, line.organisation)
    role = f" ({plain(line.role).lower()})" if line.role else ""
    differs = f"{changed_since(line)}." if line.differs else ""
    when = f", {plain_date(line.when)}" if line.when else ""
    statement = f"“{line.statement}”" if line.statement else ""
    act = "Agreement" if line.role in PARTNERS else "Sign-off"
    return joined(
        f"{act}, {plain(line.state).lower()}: {who}{role}{when}.", statement, differs, between=" "
    )


def changed_since(line: PlanSignOff) -> str:
    """What was changed since a sign-off, in a line of words; "" for nothing."""
    return f"Changed since: {'; '.join(line.differs)}" if line.differs else ""


def where_it_is(item: PlanEvidence) -> str:
    """Whether an item's pages are in the bound pack, and if not, why, for the evidence index."""
    if item.evidence_class == "restricted":
        return f"Held by {item.owner or 'its owner'}, not in this pack"
    if item.bound:
        return item.reason or "In the bound pack"
    return joined("Not bound", item.reason, between=": ")


def visible(text: str) -> bool:
    """Whether anything of the text is seen on paper: a heading or link of nothing is refused."""
    return any(each.isprintable() and not each.isspace() for each in printable(text))


def shortened(words: str, longest: int = 60) -> str:
    """The beginning of the words, cut between words, … where something is left out."""
    flat = " ".join(words.split())
    if len(flat) <= longest:
        return flat
    return flat[: longest - 1].rsplit(" ", 1)[0] + "…"


def joined(*parts: str, between: str = ", ") -> str:
    """The parts that aren't empty, joined."""
    return between.join(part for part in parts if part)
