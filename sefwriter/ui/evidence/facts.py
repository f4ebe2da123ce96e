"""The right pane: what is known of a file, what rests on it, its versions."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sefwriter.desk.evidence_list import passages_on
from sefwriter.desk.page_pictures import PassageNow
from sefwriter.model.acts import SetEvidence
from sefwriter.model.sef import Evidence, Sef
from sefwriter.model.words import EVIDENCE_CLASSES, PARTNERS, PLAIN
from sefwriter.ui.evidence.claim_rows import ClaimModel, ClaimRow, dressed, page_hit
from sefwriter.ui.evidence.controls import IconButton
from sefwriter.ui.evidence.fields import TitleField, ValueField
from sefwriter.ui.theme.theme import THEME
from sefwriter.ui.widgets.pieces import Button, Ground, Message, Rule, Words

_TEXTS = (
    ("evidence_kind", "Kind", "such as Performance report"),
    ("owner", "Owner", "who keeps it"),
    ("as_at", "As at", "2026-09-30"),
    ("review_by", "Review by", "2027-03-31"),
    ("note", "Note", ""),
)
"""Fields that are typed: SetEvidence's name, label, example."""


_DATES = ("as_at", "review_by")


class FactsPane(Ground):
    """Facts of the item at hand. Fields save when one leaves them; a refused value stays there."""

    set_asked = Signal(object)
    claim_asked = Signal(str)
    passage_asked = Signal(str)
    replace_asked = Signal()
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__("window", "l")
        self.setAccessibleName("Facts")
        self._item: Evidence | None = None
        self._fields: dict[str, ValueField] = {}
        self.number = Words("", "heading", "accent", wrap=False)
        self.more = IconButton("ph.dots-three", "More for this file")
        self.more.clicked.connect(self._show_more)
        self.delete = QAction("Delete this evidence", self)
        self.delete.triggered.connect(self.delete_asked)
        self.title = TitleField()
        self.title.kept.connect(lambda title: self._set("title", title))
        self.message = Message()
        self._make_form()
        self.model = ClaimModel()
        self.claims = dressed(_Claims(), "What rests on it")
        self.claims.setModel(self.model)
        self.claims.activated.connect(self._go_to_claim)
        self.claims.page_clicked.connect(self.passage_asked)
        self.rests = Words("", "small", "text_2")
        self.replace = Button("Replace file", "ph.arrows-clockwise")
        self.replace.clicked.connect(self.replace_asked)
        self.versions = Words("", "small", "text_2")
        self.news = Message()
        self._lay_out()

    def show_item(self, sef: Sef, item: Evidence | None, now: Sequence[PassageNow]) -> None:
        """The facts of an item; `now` says where its passages stand."""
        other = item is None or self._item is None or item.id != self._item.id
        self._item = item
        self._inner.setVisible(item is not None)
        if other:
            self.message.clear()
        if item is None:
            return
        self.number.setText(item.number)
        self.title.show_title(item.title)
        values = {
            "evidence_kind": item.kind,
            "owner": sef.name_of(item.owner) if item.owner in sef.person_by_id else item.owner,
            "as_at": item.as_at,
            "review_by": item.review_by,
            "note": item.note,
        }
        for name, field in self._fields.items():
            field.show_value(values[name], anew=other)
        for box, value in (
            (self.partner, item.partner),
            (self.evidence_class, item.evidence_class),
        ):
            box.blockSignals(True)
            box.setCurrentIndex(max(0, box.findData(value)))
            box.blockSignals(False)
        self.file.setText(file_words(sef, item))
        self._show_claims(sef, item, {passage.passage: passage for passage in now})
        self._show_versions(sef, item, now)

    def tell_why(self, replace: str | None, delete: str | None) -> None:
        """Why the file can't be replaced or deleted; None where it can."""
        self.replace.tell_why(replace)
        self.delete.setEnabled(delete is None)
        self.delete.setToolTip(delete or "")
        self._why_not_delete = delete

    # -- inside

    def _make_form(self) -> None:
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(8)
        self.form.setVerticalSpacing(2)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.partner = self._choice("Partner", [("", "Not said"), *_words(PARTNERS)])
        self.partner.activated.connect(lambda _: self._set("partner", self.partner.currentData()))
        self.evidence_class = self._choice("Class", _words(EVIDENCE_CLASSES))
        self.evidence_class.activated.connect(
            lambda _: self._set("evidence_class", self.evidence_class.currentData())
        )
        for name, label, example in _TEXTS:
            field = self._fields[name] = ValueField(label, example, date=name in _DATES)
            field.kept.connect(lambda value, name=name: self._set(name, value))
            self._row(label, field)
            if name == "evidence_kind":
                self._row("Partner", self.partner)
            if name == "review_by":
                self._row("Class", self.evidence_class)
        self.file = Words("", colour="text")
        self._row("File", self.file)

    def _row(self, label: str, value: QWidget) -> None:
        words = Words(label, colour="text_2", wrap=False)
        words.setFixedWidth(THEME.scaled(78))
        words.setBuddy(value)
        self.form.addRow(words, value)

    def _choice(self, label: str, words: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(label)
        box.setMinimumHeight(THEME.scaled(28))
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for value, word in words:
            box.addItem(word, value)
        return box

    def _set(self, name: str, value: str) -> None:
        if self._item:
            self.set_asked.emit(SetEvidence(evidence=self._item.id, **{name: value}))

    def _show_claims(self, sef: Sef, item: Evidence, now: dict[str, PassageNow]) -> None:
        rows: list[ClaimRow] = []
        for passage, claim in passages_on(sef, item.id):
            here = now.get(passage.id)
            state = here.state if here else sef.passage_states.get(passage.id, "")
            rows.append(ClaimRow(claim, passage.id, here.page if here else passage.page, state))
        self.model.show_rows(tuple(rows))
        claims = len({row.claim.id for row in rows})
        self.rests.setText(
            f"{claims} claim{'s' * (claims != 1)}"
            if claims
            else "Nothing rests on it yet. Choose words on a page, then bind them (Ctrl+B)."
        )
        self.claims.setVisible(bool(rows))
        height = sum(self.claims.sizeHintForRow(at) for at in range(len(rows)))
        self.claims.setFixedHeight(height + 2)

    def _show_versions(self, sef: Sef, item: Evidence, now: Sequence[PassageNow]) -> None:
        count = len(item.versions)
        lines = [
            f"Version {at}: {version.name}, added by {sef.name_of(version.added_by)}"
            for at, version in reversed(list(enumerate(item.versions, 1)))
        ]
        self.versions.setText("\n".join(lines))
        self.news.clear()
        states = [passage.state for passage in now]
        if count > 1 and now:
            self.news.say(*after_replacing(states))

    def _go_to_claim(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row and row.claim.section:
            self.claim_asked.emit(row.claim.id)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addAction(self.delete)
        if self._why_not_delete:
            menu.addSection(self._why_not_delete)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _lay_out(self) -> None:
        self._why_not_delete: str | None = None
        head = QHBoxLayout()
        head.addWidget(self.number)
        head.addStretch()
        head.addWidget(self.more)
        rests = QHBoxLayout()
        rests.addWidget(Words("What rests on it", "small", "text_2", wrap=False, weight=600))
        versions = QHBoxLayout()
        versions.addWidget(Words("Versions", "small", "text_2", wrap=False, weight=600))
        versions.addStretch()
        versions.addWidget(self.replace)
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(16, 12, 14, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addWidget(self.message)
        column.addLayout(self.form)
        column.addWidget(Rule())
        column.addLayout(rests)
        column.addWidget(self.rests)
        column.addWidget(self.claims)
        column.addWidget(Rule())
        column.addLayout(versions)
        column.addWidget(self.news)
        column.addWidget(self.versions)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inner)
        scroll.setAccessibleName("Facts")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(scroll)
        self._inner.hide()


class _Claims(QListView):
    """What rests on it: Enter or a click goes to the claim; Space, or a click on "p.4", there."""

    page_clicked: Signal = Signal(str)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            if page_hit(self, index, round(event.position().x())):
                self._tell_page(index)
            else:
                self.activated.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._tell_page(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _tell_page(self, index: QModelIndex) -> None:
        row = self.model().row(index)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
        self.page_clicked.emit(row.passage)


def file_words(sef: Sef, item: Evidence) -> str:
    """The file in words: name, pages, size, and how its pages came about."""
    version = item.current
    if version is None:
        return "Not on this laptop yet"
    facts = sef.page_facts(version.sha256)
    size = version.size / 1_000_000
    parts = [version.name]
    parts += [f"{facts.pages} page{'s' * (facts.pages != 1)}"] if facts.pages else []
    parts.append(f"{size:.1f} MB" if size >= 0.1 else f"{max(1, version.size // 1000)} KB")
    rendition = sef.renditions.get(version.sha256)
    if rendition and rendition.converter != "as-is":
        parts.append("its pages were made by sefwriter")
    return ", ".join(parts)


def after_replacing(states: Sequence[str]) -> tuple[str, str]:
    """What became of passages in the newest version, and the role it is said in."""
    counts = {state: states.count(state) for state in ("found", "moved", "changed", "gone")}
    parts = [f"{_passages(counts['found'])} found again"]
    parts += [f"{counts['moved']} on another page"] if counts["moved"] else []
    parts += [f"{counts['changed']} with changed words"] if counts["changed"] else []
    parts += [f"{counts['gone']} gone"] if counts["gone"] else []
    wrong = counts["moved"] or counts["changed"] or counts["gone"]
    look = " Look at each and bind it anew where it should be." if wrong else ""
    return ", ".join(parts) + "." + look, "warning" if wrong else "ok"


def _passages(count: int) -> str:
    return f"{count} passage{'s' * (count != 1)}"


def _words(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, PLAIN[value]) for value in values]
