"""What the pages' pane says of a file that has no pages, or pages that can't be quoted from."""

from sefwriter.model.sef import Evidence, Sef
from sefwriter.ui.evidence.list_model import STATES
from sefwriter.ui.evidence.page_pane import PagePane


def say_state(pane: PagePane, sef: Sef, item: Evidence | None, *, has_pages: bool) -> None:
    """Pages, or what goes here instead; above the pages what is particular about them."""
    pane.stack.setCurrentWidget(pane.view if has_pages else pane.empty)
    pane.state.clear()
    if item is None:
        if sef.evidence:
            words = "Choose evidence on the left to read its pages and bind words to a claim."
            pane.empty.say("No evidence chosen", words, icon_name="ph.file-search")
        else:
            words = "Once there is evidence, its pages are read and bound to claims here."
            pane.empty.say("Nothing to read yet", words, icon_name="ph.file-search")
        return
    facts = sef.page_facts(item.current.sha256 if item.current else "")
    look = STATES.get(facts.state)
    if not has_pages:
        replace = "" if facts.state == "missing" else "Replace file"
        reason = facts.reason or "This file is not on this laptop yet."
        title = f"{item.number}: {look.word.lower()}" if look else f"{item.number} has no pages"
        pane.empty.say(title, reason, replace, look.icon if look else "ph.file-x")
    elif item.evidence_class == "restricted":
        pane.state.say(
            f"{item.number} is restricted: its file stays on this laptop, and nothing is quoted "
            "from it. Whole pages can be bound.",
            "info",
        )
    elif facts.reason:
        pane.state.say(facts.reason, "warning" if facts.state == "no-text" else "info")
