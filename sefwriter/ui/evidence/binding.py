"""Binding: what is chosen on a page becomes a passage of the claim at hand."""

from PySide6.QtCore import QObject, Signal

from sefwriter.desk.evidence_list import NumberedClaim
from sefwriter.desk.project import Project
from sefwriter.desk.requests import make_act
from sefwriter.model.acts import Act, UnlinkPassage, why_not
from sefwriter.model.acts.evidence import LinkPassage
from sefwriter.model.ids import ClaimId, EvidenceId, PassageId, PersonId
from sefwriter.model.sef import Evidence
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.evidence.page_view import PageView


class Binder(QObject):
    """Binds and unbinds. `bound` is told the passage and the claim's number, `refused` why not."""

    bound = Signal(str, str)
    unbound = Signal()
    refused = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def why_not(self, item: Evidence | None, claim: ClaimId | None) -> str | None:
        """Why nothing of this item can be bound now; None where it can."""
        if item is None:
            return "Choose evidence first."
        if self._bridge.desk.person is None:
            return "Nobody is at the desk. Say who you are first."
        any_claim = claim or next(iter(self._bridge.sef.claims), None)
        if any_claim is None:
            return "There is no claim yet to bind to. Mark one in Write with Ctrl+M."
        # A page that can't be taken yet: only what holds for every page is asked here.
        act = LinkPassage(claim=any_claim, evidence=item.id, page=1, note="asked")
        reason = why_not(self._bridge.sef, self.person, act)
        return None if reason and "rests on this place" in reason else reason

    @property
    def person(self) -> PersonId:
        """Who is at the desk."""
        person = self._bridge.desk.person
        return person.id if person else PersonId("")

    def bind(self, view: PageView, evidence: EvidenceId, claim: NumberedClaim, stance: str) -> None:
        """Binds the words chosen in the view, or its page where none are."""
        fields: dict[str, object] = {
            "claim": claim.id,
            "evidence": evidence,
            "stance": stance,
            "page": view.page,
        }
        if view.chosen:
            quote, occurrence = view.chosen.quote(view.words)
            fields |= {"page": view.chosen.first[0], "quote": quote, "occurrence": occurrence}

        def locate(project: Project) -> Act:
            sef = project.sef()
            return make_act(sef, "LinkPassage", project.library.locate(sef, fields))

        def then(act: Act) -> None:
            self._bridge.do(
                act, lambda: self.bound.emit(act.subject, claim.number), self.refused.emit
            )

        self._bridge.ask(locate, then, self.refused.emit)

    def unbind(self, passage: str) -> None:
        """Takes a passage back."""
        act = UnlinkPassage(passage=PassageId(passage))
        self._bridge.do(act, self.unbound.emit, self.refused.emit)
