"""The right of Review: what a sign-off covers, who signed, what differs, comments, and the acts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
)

from sefwriter.model.acts import why_not
from sefwriter.model.acts.review import (
    AddComment,
    MarkReady,
    ResolveComment,
    ReturnSection,
    SignOff,
)
from sefwriter.model.ids import CommentId, PersonId, SectionId
from sefwriter.model.reviewing import covered, lapsed_sign_off
from sefwriter.model.sef import Sef
from sefwriter.model.sef import SignOff as Signed
from sefwriter.model.states import sign_off_differs, sign_off_state
from sefwriter.model.words import PLAIN
from sefwriter.ui.review.lists import Rows, comment_rows, day_of, list_of_rows
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Rule, Words


class Side(Ground):
    """What there is to know and to do about one section."""

    commented = Signal(str, bool)
    resolved = Signal(str)
    withdrawn = Signal(object)

    def __init__(self) -> None:
        super().__init__("window", "l")
        self.covers = Words("", "body")
        self.signed = Words("", "body")
        self.lapse = Message()
        self.withdraw = Button("Withdraw my sign-off…", "ph.arrow-counter-clockwise")
        self.comments = Rows(self)
        self.list = list_of_rows(self.comments, "Comments")
        self.comment = QLineEdit()
        self.comment.setPlaceholderText("A comment on this section")
        self.comment.setAccessibleName("A comment on this section")
        self.must = QCheckBox("Must be mended before it is signed")
        self.add = Button("Add comment", "ph.chat-centered-text")
        self.resolve = Button("Resolve", "ph.check")
        self.sign = Button("Sign off…", "ph.circle-wavy-check", "primary", "Ctrl+Shift+S")
        self.give_back = Button("Return…", "ph.arrow-u-up-left")
        self.ready = Button("Mark as ready", "ph.arrow-circle-right")
        self.why = Words("", "small", "text_2")
        self._mine: Signed | None = None
        self._sef: Sef | None = None
        self._me = PersonId("")
        self._section = SectionId("")
        self._lay_out()
        self.comment.textChanged.connect(self._judge)
        self.comment.returnPressed.connect(self._comment)
        self.add.clicked.connect(self._comment)
        self.resolve.clicked.connect(lambda: self.resolved.emit(self._chosen()))
        self.withdraw.clicked.connect(lambda: self.withdrawn.emit(self._mine))
        self.list.selectionModel().currentChanged.connect(self._judge)

    def show_section(self, sef: Sef, section: SectionId, me: PersonId) -> None:
        """Another section, or the same after something changed."""
        if section != self._section:
            self.comment.clear()
            self.must.setChecked(False)
        self._sef, self._section, self._me = sef, section, me
        found = covered(sef, section)
        self.covers.setText(
            "\n".join(
                (
                    f"the text, {_counted(found.words, 'word')}, and the title",
                    f"{_counted(found.claims, 'claim')}: kind, partners, lines of inquiry, as-at",
                    f"{_counted(found.passages, 'passage')}: evidence, page, quoted words",
                    f"{_counted(found.actions, 'action')} that follow from them",
                )
            )
        )
        sign_offs = [item for item in sef.sign_offs if item.section == section]
        lines = [
            f"{sef.name_of(item.person)}, {day_of(item.when)}: "
            f"{PLAIN[sign_off_state(sef, item)].lower()}"
            for item in sign_offs
        ]
        returned = [mark for mark in sef.marks if mark.section == section]
        last = max(returned, key=lambda mark: mark.order, default=None)
        if last and last.state == "returned":
            lines.append(f"Returned by {sef.name_of(last.person)}: {last.reason}")
        self.signed.setText("\n".join(lines) or "Nobody has signed this section yet.")
        lapsed = lapsed_sign_off(sef, section)
        if lapsed:
            differs = "\n".join(sign_off_differs(sef, lapsed))
            name, day = sef.name_of(lapsed.person), day_of(lapsed.when)
            self.lapse.say(f"Not as {name} signed it on {day}:\n{differs}", "error")
        else:
            self.lapse.clear()
        mine = [item for item in sign_offs if item.person == me and not item.withdrawn]
        self._mine = mine[-1] if mine else None
        self.withdraw.setVisible(self._mine is not None)
        self.comments.show_rows(comment_rows(sef, section))
        self.list.setVisible(bool(self.comments.rows))
        if self.comments.rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.comments.index(0))
        self._judge()

    def _judge(self, *_: object) -> None:
        """Every button says why it can't be pressed."""
        if self._sef is None:
            return
        sef, me, section = self._sef, self._me, self._section
        signing = why_not(sef, me, SignOff(section=section))
        self.sign.tell_why(signing)
        self.why.setText(signing or "")
        self.why.setVisible(bool(signing))
        self.give_back.tell_why(why_not(sef, me, ReturnSection(section=section, reason="…")))
        self.ready.tell_why(why_not(sef, me, MarkReady(section=section)))
        self.add.tell_why(why_not(sef, me, AddComment(section=section, text=self.comment.text())))
        chosen = self._chosen()
        self.resolve.setVisible(bool(self.comments.rows))
        if chosen:
            self.resolve.tell_why(why_not(sef, me, ResolveComment(comment=CommentId(chosen))))

    def _chosen(self) -> str:
        row = self.list.currentIndex().row()
        return self.comments.rows[row].id if 0 <= row < len(self.comments.rows) else ""

    def _comment(self) -> None:
        if self.add.isEnabled():
            self.commented.emit(self.comment.text().strip(), self.must.isChecked())

    def comment_added(self) -> None:
        """The field is free for another one."""
        self.comment.clear()
        self.must.setChecked(False)

    def _lay_out(self) -> None:
        inner = Ground("window")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(Words("A sign-off covers", "title"))
        column.addWidget(self.covers)
        column.addWidget(Rule())
        column.addWidget(Words("Signed", "title"))
        column.addWidget(self.signed)
        column.addWidget(self.lapse)
        row = QHBoxLayout()
        row.addWidget(self.withdraw)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(Rule())
        column.addWidget(Words("Comments", "title"))
        self.list.setMinimumHeight(170)
        column.addWidget(self.list, 4)
        column.addWidget(self.comment)
        column.addWidget(self.must)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.resolve)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setAccessibleName("What a sign-off covers, who signed, and comments")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(self._foot())

    def _foot(self) -> Ground:
        """The acts, with the sentence why one can't sign."""
        foot = Ground("window", "t")
        below = QVBoxLayout(foot)
        below.setContentsMargins(16, 12, 16, 12)
        below.setSpacing(8)
        below.addWidget(self.why)
        row = QHBoxLayout()
        row.addWidget(self.sign)
        row.addStretch(1)
        below.addLayout(row)
        row = QHBoxLayout()
        row.addWidget(self.give_back)
        row.addWidget(self.ready)
        row.addStretch(1)
        below.addLayout(row)
        return foot


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
