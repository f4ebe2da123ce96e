"""What was written and isn't saved yet: sent on a pause, on leaving, on closing.

Every edit is sent with the text it was made from. What others wrote meanwhile is carried into the
page once nothing of ours is under way, so that nobody's words are lost on either side.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from sefwriter.desk import writing
from sefwriter.desk.writing import Steps
from sefwriter.model.acts import Act
from sefwriter.model.acts.writing import EditText, MarkWords
from sefwriter.model.ids import SectionId
from sefwriter.model.text.rebase import rebase
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.write.page import PageView

PAUSE: Final = 1000
"""Milliseconds without a key after which what was written is saved."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent: a text, the one it was made from, and the claims that are new in it."""

    section: SectionId
    base: str
    text: str
    made: Mapping[str, str]

    @property
    def act(self) -> Act:
        """The act it is."""
        if not self.made:
            return EditText(section=self.section, text=self.text, base=self.base)
        return MarkWords(
            section=self.section,
            text=self.text,
            base=self.base,
            claims=tuple(self.made),
            like=tuple(self.made.values()),
        )


class Draft(QObject):
    """The section on the page. `refused` says why something wasn't saved; "" when it was after all.

    `stepped` follows whatever may have changed what can be undone.
    """

    refused = Signal(str)
    stepped = Signal()

    def __init__(self, bridge: Bridge, page: PageView) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._view = page
        self.section = SectionId("")
        self.steps = Steps()
        self._base = ""
        self._sent = ""
        self._under_way = 0
        self._refused = False
        self._go = False
        self._made: dict[str, str] = {}
        self._kept: dict[SectionId, _Sent] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.save)
        page.page.edited.connect(self._edited)

    def open(self, section: SectionId) -> None:
        """Another section; what was written in the one before is saved first."""
        self.save()
        found = self._bridge.sef.section_by_id.get(section)
        self.section = section
        self._base = self._sent = found.text if found else ""
        self._under_way, self._refused = 0, False
        self._made = {}
        self._view.show_section(found.title if found else "", self._base)
        kept = self._kept.pop(section, None)
        if kept is not None:
            self._made = dict(kept.made)
            self._view.show_text(rebase(kept.base, kept.text, self._base))
            self._pause.start()
        self.steps = Steps()
        self._ask_steps()

    @property
    def unsaved(self) -> bool:
        """Whether something was written that isn't on its way to the disk."""
        return bool(self.section) and self._view.page.read() != self._sent

    def save(self) -> None:
        """Sends what was written since the last time."""
        self._pause.stop()
        if not self.unsaved:
            return
        text = self._view.page.read()
        made = {claim: like for claim, like in self._made.items() if f"(claim:{claim}" in text}
        self._made.clear()
        sent = _Sent(self.section, self._sent, text, made)
        self._sent = text
        self._under_way += 1
        self._bridge.do(
            sent.act, lambda: self._answered(sent), lambda why: self._not_saved(sent, why)
        )

    def expect_claims(self, claims: Mapping[str, str]) -> None:
        """These claims are about to be put into the text; the next save makes them, too."""
        self._made.update(claims)
        self._pause.start()

    def forget(self) -> None:
        """Another SEF was opened: nothing of the one before is shown or sent any more."""
        self._pause.stop()
        self.section = SectionId("")
        self._kept.clear()
        self._made.clear()

    def save_claims(self, claims: Mapping[str, str]) -> None:
        """Sends what was written, in which these claims are new, each with its model or ""."""
        self._made.update(claims)
        self.save()

    def undo(self) -> None:
        """Takes back the last thing written here."""
        self._step(writing.undo)

    def redo(self) -> None:
        """Makes what was undone last again."""
        self._step(writing.redo)

    def take_in(self) -> None:
        """What the section says now, with what isn't saved yet. Waits while ours is under way."""
        found = self._bridge.sef.section_by_id.get(self.section)
        if self._under_way or found is None:
            return
        # After a refusal nobody knows how much of what was sent stands: all of it is looked at.
        base = self._base if self._refused else self._sent
        standing = found.text
        mine = self._view.page.read()
        whole = rebase(base, mine, standing)
        self._base = self._sent = standing
        if whole != mine:
            self._view.show_text(whole, go=self._go)
            self._go = False
        if whole != standing and not self._refused:
            self._pause.start()
        self._refused = False

    # -- inside

    def _edited(self) -> None:
        self._pause.start()

    def _answered(self, sent: _Sent) -> None:
        if sent.section != self.section:
            return
        self._under_way = max(0, self._under_way - 1)
        if not self._refused:
            self.refused.emit("")
        self.take_in()
        self._ask_steps()

    def _not_saved(self, sent: _Sent, why: str) -> None:
        self.refused.emit(why)
        if sent.section == self.section:
            self._made.update(sent.made)
            self._under_way = max(0, self._under_way - 1)
            self._refused = True
            self.take_in()
        else:
            # It is shown again, and sent again, when somebody comes back to the section.
            before = self._kept.get(sent.section, sent)
            self._kept[sent.section] = replace(sent, base=before.base)

    def _step(self, question: Callable[..., Steps]) -> None:
        self.save()
        section = self.section

        def then(steps: Steps) -> None:
            if section == self.section:
                self.steps = steps
                self.stepped.emit()

        self._go = True

        def refused(why: str) -> None:
            self._go = False
            self.refused.emit(why)
            self._ask_steps()

        self._bridge.act_and_tell(lambda project: question(project, section), then, refused)

    def _ask_steps(self) -> None:
        section = self.section
        if not section:
            return

        def then(steps: Steps) -> None:
            if section == self.section and steps != self.steps:
                self.steps = steps
                self.stepped.emit()

        self._bridge.ask(lambda project: writing.steps_of(project, section), then)
