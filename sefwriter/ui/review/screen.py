"""The screen Review: eye goes text, proof, decision."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QModelIndex, Qt, QUrl
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from sefwriter.desk.project import Desk, Project
from sefwriter.desk.signing import person_at_desk, seal_key, sign
from sefwriter.model.acts import Act
from sefwriter.model.acts.review import (
    AddComment,
    MarkReady,
    ResolveComment,
    ReturnSection,
    SignOff,
    WithdrawSignOff,
)
from sefwriter.model.ids import CommentId, SectionId
from sefwriter.model.reviewing import lapsed_sign_off
from sefwriter.model.sef import Section
from sefwriter.model.sef import SignOff as Signed
from sefwriter.model.states import section_status
from sefwriter.ui.bridge import Bridge
from sefwriter.ui.review.dialog import Question, SignedDialog
from sefwriter.ui.review.lists import Rows, day_of, list_of_rows, section_rows
from sefwriter.ui.review.reading import PASSAGE, show_difference, show_section
from sefwriter.ui.review.side import Side
from sefwriter.ui.screen import Navigator, Screen
from sefwriter.ui.theme.paint import PILL_HEIGHT, draw_pill
from sefwriter.ui.theme.theme import SECTION_LOOKS, THEME
from sefwriter.ui.widgets.empty import EmptyState
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Words

_WIDEST = 720
"""Px of a page at 100 %: longer lines tire the eye."""


class ReviewScreen(Screen):
    """A section as it will be read, beside what a sign-off of it covers."""

    name = "review"
    word = "Review"
    icon_name = "ph.circle-wavy-check"

    def __init__(self, bridge: Bridge, navigator: Navigator, parent: QWidget | None = None) -> None:
        super().__init__(bridge, navigator, parent)
        self.sections = Rows(self)
        self.list = list_of_rows(self.sections, "Sections")
        self.title = Words("", "heading")
        self.pill = _Pill()
        self.changes = Button("What changed", "ph.git-diff", "secondary")
        self.changes.setCheckable(True)
        self.page = _Page()
        self.side = Side()
        self.message = Message()
        self._empty = EmptyState(
            "ph.circle-wavy-check",
            "Nothing to review yet",
            "A section stands here as it will be read once it is written. A reviewer who did not "
            "write it signs it off.",
        )
        self._section = ""
        self._compared: tuple[tuple[str, str], list[dict[str, str]]] = (("", ""), [])
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._chose)
        self.changes.toggled.connect(self._read)
        self.page.anchorClicked.connect(self._open)
        self.side.sign.clicked.connect(self._sign)
        self.side.give_back.clicked.connect(self._return)
        self.side.ready.clicked.connect(lambda: self._do(MarkReady(section=self._id)))
        self.side.commented.connect(self._comment)
        self.side.resolved.connect(lambda c: self._do(ResolveComment(comment=CommentId(c))))
        self.side.withdrawn.connect(self._withdraw)
        self._sign_action = QAction("Sign off…", self)
        self._sign_action.setShortcut(QKeySequence("Ctrl+Shift+S"))
        self._sign_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._sign_action.triggered.connect(self.side.sign.click)
        self.addAction(self._sign_action)

    # -- what a screen does

    def refresh(self, touched: frozenset[str]) -> None:
        """The sections as they are now, and the one that is read."""
        del touched  # a status may change with anything its digest covers
        sef = self.bridge.sef
        self.sections.show_rows(section_rows(sef))
        waiting = sum(section_status(sef, section.id) == "ready" for section in sef.sections)
        self.badge_changed.emit(waiting)
        if self._section not in sef.section_by_id:
            self._section = next((s.id for s in sef.sections if s.text.strip()), "")
            self._section = self._section or next((s.id for s in sef.sections), "")
        self._choose(self._section)
        self._show()

    def show_place(self, place: Mapping[str, object]) -> None:
        """A section."""
        section = str(place.get("section", ""))
        if section in self.bridge.sef.section_by_id:
            self._section = section
            self._choose(section)
            self._show()

    def menu_actions(self) -> Mapping[str, list[QAction]]:
        """Sign off, in the menu Edit."""
        return {"Edit": [self._sign_action]}

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._show()

    # -- choosing and reading

    @property
    def _id(self) -> SectionId:
        return SectionId(self._section)

    @property
    def _now(self) -> Section | None:
        return self.bridge.sef.section_by_id.get(self._id)

    def _choose(self, section: str) -> None:
        ids = [row.id for row in self.sections.rows]
        if section in ids:
            self.list.setCurrentIndex(self.sections.index(ids.index(section)))

    def _chose(self, index: QModelIndex) -> None:
        if index.isValid() and self.sections.rows[index.row()].id != self._section:
            self._section = self.sections.rows[index.row()].id
            self.changes.setChecked(False)
            self.message.clear()
            self._show()

    def _show(self) -> None:
        section = self._now
        readable = section is not None and bool(section.text.strip())
        self._empty.setVisible(not readable)
        self.page.setVisible(readable)
        self.side.setVisible(section is not None)
        if section is None:
            self.title.setText("Review")
            return
        sef = self.bridge.sef
        self.title.setText(section.title)
        self.pill.show_status(section_status(sef, section.id))
        lapsed = lapsed_sign_off(sef, section.id)
        self.changes.setVisible(lapsed is not None)
        if lapsed:
            self.changes.setText(f"What changed since {day_of(lapsed.when)}")
            self.changes.updateGeometry()
        self.side.show_section(sef, section.id, person_at_desk(sef, self.bridge.desk))
        self._read()

    def _read(self, *_: object) -> None:
        section = self._now
        if section is None:
            return
        lapsed = lapsed_sign_off(self.bridge.sef, section.id)
        if lapsed is None or not self.changes.isChecked():
            self.page.keep_place(
                lambda: show_section(self.page.document(), self.bridge.sef, section)
            )
            return
        known = (lapsed.id, section.text)
        if known == self._compared[0]:
            self._show_difference(section)
            return
        self.message.say("Comparing the words with those that were signed …", "info")

        def compared(rows: list[dict[str, str]]) -> None:
            self._compared = (known, rows)
            self.message.clear()
            if self._now == section and self.changes.isChecked():
                self._show_difference(section)

        self.bridge.ask(lambda project: project.text_difference(lapsed), compared, self.message.say)

    def _show_difference(self, section: Section) -> None:
        said = "The words are as they were signed; what differs is named at the right."
        rows = self._compared[1] or [{"kind": "same", "text": said}]
        self.page.keep_place(lambda: show_difference(self.page.document(), section.title, rows))

    def _open(self, address: QUrl) -> None:
        found = address.toString()
        passage = next((p for p in self.bridge.sef.passages if found == f"{PASSAGE}{p.id}"), None)
        if passage:
            place = {"evidence": passage.evidence, "page": passage.page, "passage": passage.id}
            self.navigator.go("evidence", place)

    # -- acts

    def _sign(self) -> None:
        section, person = self._now, self.bridge.desk.person
        if section is None or person is None:
            return
        default = SignOff(section=section.id).statement
        question = Question(
            title=f"Sign off “{section.title}”",
            verb="Sign off",
            explains="You sign this exact state:\n" + self.side.covers.text(),
            label="Your statement",
            words=default,
            passphrase_of=person.name,
            new_passphrase=person.kept != "sealed",
        )
        self._ask(question, lambda words: SignOff(section=section.id, statement=words), always=True)

    def _return(self) -> None:
        section = self._now
        if section:
            question = Question(
                title=f"Return “{section.title}”", verb="Return", label="What is to be mended"
            )
            self._ask(question, lambda words: ReturnSection(section=section.id, reason=words))

    def _withdraw(self, signed: Signed) -> None:
        question = Question(
            title="Withdraw your sign-off",
            verb="Withdraw",
            explains="It stays in the history, with your reason.",
            label="Why",
        )
        self._ask(question, lambda words: WithdrawSignOff(sign_off=signed.id, reason=words))

    def _comment(self, text: str, must: bool) -> None:
        act = AddComment(section=self._id, text=text, must=must)
        self._do(act, self.side.comment_added)

    def _do(self, act: Act, then: Callable[[], None] | None = None) -> None:
        """An act that needs no words; a key that is locked is asked for first."""
        self.message.clear()
        if self._locked():
            question = Question(title="Unlock your key for this", verb="Go on")
            self._ask(question, lambda _: act, then)
        else:
            self.bridge.do(act, then, self.message.say)

    def _locked(self) -> bool:
        desk = self.bridge.desk
        return desk.key is None and desk.person is not None and desk.person.kept == "sealed"

    def _ask(
        self,
        question: Question,
        act_of: Callable[[str], Act],
        then: Callable[[], None] | None = None,
        *,
        always: bool = False,
    ) -> None:
        """Asks, then acts: by the passphrase where the key is locked, or `always`."""
        person = self.bridge.desk.person
        by_passphrase = person is not None and (always or self._locked())
        if person and by_passphrase:
            question = Question(
                title=question.title,
                verb=question.verb,
                explains=question.explains,
                label=question.label,
                words=question.words,
                passphrase_of=person.name,
                new_passphrase=question.new_passphrase,
            )

        def act(
            words: str, passphrase: str, done: Callable[[], None], refused: Callable[[str], None]
        ) -> None:
            def ended(desk: Desk) -> None:
                self.bridge.desk = desk
                done()
                if then:
                    then()

            if by_passphrase:
                self.bridge.act_and_tell(
                    lambda project: _signed(project, act_of(words), passphrase), ended, refused
                )
            else:
                self.bridge.do(act_of(words), lambda: ended(self.bridge.desk), refused)

        dialog = SignedDialog(question, act, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _lay_out(self) -> None:
        left = Ground("surface", "r")
        left.setFixedWidth(260)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.list)
        head = Ground("window", "b")
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 14, 24, 14)
        row.setSpacing(12)
        row.addWidget(self.title, 1)
        row.addWidget(self.pill)
        row.addWidget(self.changes)
        middle = Ground("sunken")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.message)
        column.addWidget(self.page, 1)
        column.addWidget(self._empty, 1)
        self.side.setFixedWidth(348)
        panes = QHBoxLayout(self)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(0)
        panes.addWidget(left)
        panes.addWidget(middle, 1)
        panes.addWidget(self.side)


def _signed(project: Project, act: Act, passphrase: str) -> Desk:
    """Does the act by the key of who is at the desk, which comes under the passphrase if needed."""
    desk = project.desk
    if isinstance(act, SignOff) and desk.person and desk.person.kept != "sealed":
        desk = seal_key(project, desk.person, passphrase)
    if desk.person:
        sign(project, act, desk.person, passphrase)
    return desk


class _Page(QTextBrowser):
    """A page of paper on a quiet desk, never wider than reads well."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName("The section as it will be read")

    def keep_place(self, write: Callable[[], None]) -> None:
        """Writes the page anew without moving it."""
        bar = self.verticalScrollBar()
        place = bar.value()
        write()
        bar.setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        side = max(16, (self.width() - THEME.scaled(_WIDEST)) // 2)
        self.setViewportMargins(side, 16, max(0, side - 12), 0)
        super().resizeEvent(event)


class _Pill(QWidget):
    """The section's status."""

    def __init__(self) -> None:
        super().__init__()
        self.show_status("not-started")

    def show_status(self, status: str) -> None:
        """Another status."""
        self._look = SECTION_LOOKS[status]
        words = QFontMetrics(THEME.font("small", weight=600)).horizontalAdvance(self._look.word)
        self.setFixedSize(words + THEME.scaled(13) + 22, THEME.scaled(PILL_HEIGHT) + 2)
        self.setAccessibleName(self._look.word)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        draw_pill(QPainter(self), self.rect(), self._look)
