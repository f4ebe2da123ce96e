from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from sefwriter.ui.evidence.choosing import Chosen
from sefwriter.ui.evidence.list_model import Filter
from tests.evidence import made_files
from tests.samples import samples
from tests.ui.evidence.conftest import Desk
from tests.ui.test_names import nameless

WAITS = "The median wait, north locality: 68 weeks; south locality: 44 weeks."
PAGES = ("Neurodevelopmental waits", f"Waits by locality\n{WAITS}\nThe gap has narrowed.")


def middle(desk: Desk, page: int, word: int) -> QPoint:
    """Where a word lies in the viewport."""
    view = desk.screen.page.view
    box = view.page_layout.to_view(page, view.words[page].boxes[word])
    return box.center().toPoint() - view.shown().topLeft()


def choose(desk: Desk, page: int, first: int, last: int) -> None:
    """Chooses words with the mouse."""
    view = desk.screen.page.view
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=middle(desk, page, first))
    QTest.mouseMove(port, middle(desk, page, last))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=middle(desk, page, last))


def ctrl_b(desk: Desk) -> None:
    QTest.keyClick(desk.screen.page.view, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)


def drop(desk: Desk, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(600, 300), actions, data, left, plain)
    QGuiApplication.sendEvent(desk.screen, enter)
    assert enter.isAccepted()
    QGuiApplication.sendEvent(
        desk.screen, QDropEvent(QPointF(600, 300), actions, data, left, plain)
    )


def test_without_evidence_it_says_what_goes_here(desk: Desk) -> None:
    assert "No evidence yet" in desk.screen.list.empty.title.text()
    assert desk.screen.list.empty.isVisible()
    assert not desk.screen.page.bind.isEnabled()
    assert "evidence" in desk.screen.page.bind.accessibleDescription()


def test_files_are_added_and_each_is_told(desk: Desk) -> None:
    good = desk.file("waits_q2.pdf", *PAGES)
    empty = desk.folder / "empty.pdf"
    empty.write_bytes(b"")
    damaged = desk.folder / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7 and nothing more")
    again = desk.file("again.pdf", *PAGES)
    told = desk.add(good, empty, damaged, again, desk.folder / "not there.pdf")
    assert told[0] == "waits_q2.pdf: added as E1"
    assert told[1].startswith("empty.pdf: added as E2. This file is empty")
    assert told[2].startswith("damaged.pdf: added as E3. This PDF is damaged")
    assert told[3] == "again.pdf: is E1 already"
    assert told[4].startswith("not there.pdf: not added. ")
    assert [row.state for row in desk.screen.list.model.rows] == ["unused", "empty", "damaged"]
    assert desk.item("E1").title == "waits q2"


def test_a_folder_is_dropped_and_files_are_pasted(desk: Desk) -> None:
    folder = desk.folder / "minutes"
    folder.mkdir()
    (folder / ".hidden.pdf").write_bytes(made_files.pdf("no"))
    (folder / "may.pdf").write_bytes(made_files.pdf("Minutes of May"))
    drop(desk, folder)
    desk.until(lambda: len(desk.screen.list.model.rows) == 1)
    desk.until(lambda: not desk.screen.bringing.busy)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(desk.file("june.pdf", "Minutes of June")))])
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(desk.screen.list.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: len(desk.screen.list.model.rows) == 2)
    desk.until(lambda: not desk.screen.bringing.busy)


def test_adding_is_cancelled_and_leaves_what_was_done(desk: Desk) -> None:
    files = [desk.file(f"{at}.pdf", f"File {at}") for at in range(30)]
    desk.screen.bringing.add(files)
    strip = desk.screen.list.strip
    desk.until(lambda: " of 30 · " in strip.words.text())
    assert strip.cancel.isVisible()
    QTest.keyClick(desk.screen.list.view, Qt.Key.Key_Escape)
    desk.until(lambda: not desk.screen.bringing.busy)
    count = len(desk.bridge.sef.evidence)
    desk.until(lambda: strip.words.text().startswith("Stopped: "))
    desk.until(lambda: len(desk.screen.list.model.rows) == len(desk.bridge.sef.evidence))
    assert count < 30
    assert not strip.cancel.isVisible()


def test_words_chosen_with_the_mouse_are_bound_to_the_claim_at_hand(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    claim = desk.claim(0)
    desk.screen.show_place({"claim": claim, "evidence": desk.item("E1").id, "page": 2})
    view = desk.screen.page.view
    desk.until(lambda: 2 in view.words)
    assert desk.screen.page.claim_words.text().startswith("Binding for claim 1.1: Families")
    words = view.words[2].words
    first = words.index("median")
    choose(desk, 2, first, first + 5)
    assert desk.screen.page.chosen_words.text() == "6 words chosen"
    assert desk.screen.page.bind.text() == "Bind to 1.1"
    ctrl_b(desk)
    desk.until(lambda: desk.bridge.sef.passages)
    [passage] = desk.bridge.sef.passages
    assert (passage.claim, passage.page, passage.page_to) == (claim, 2, 2)
    assert passage.quote == "median wait, north locality: 68 weeks;"
    assert passage.stance == "supports"
    desk.until(lambda: desk.message == "Bound to 1.1")
    assert view.chosen is None
    desk.until(lambda: any(mark.passage == passage.id for mark in view.marks))
    desk.screen.page.message.acted.emit()
    desk.until(lambda: not desk.bridge.sef.passages)


def test_the_second_of_the_same_words_is_the_one_bound(desk: Desk) -> None:
    desk.add(desk.file("twice.pdf", "North: 68 weeks\nSouth: 68 weeks"))
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id, "page": 1})
    view = desk.screen.page.view
    desk.until(lambda: 1 in view.words)
    choose(desk, 1, 4, 5)
    ctrl_b(desk)
    desk.until(lambda: desk.bridge.sef.passages)
    assert desk.bridge.sef.passages[0].before.endswith("South:")


def test_a_page_is_bound_to_a_claim_that_is_typed(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    desk.open("E1", 2)
    assert desk.screen.page.bind.text() == "Bind page 2"
    QTest.keyClick(desk.screen.page.view, Qt.Key.Key_Q)
    ctrl_b(desk)
    picker = desk.screen.picker
    desk.until(picker.isVisible)
    QTest.keyClicks(picker.field, "posts")
    assert picker.model.rowCount() == 1
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    desk.until(lambda: desk.bridge.sef.passages)
    [passage] = desk.bridge.sef.passages
    assert (passage.claim, passage.page, passage.quote) == (desk.claim(1), 2, "")
    assert passage.stance == "qualifies"


def test_words_are_chosen_by_keys_alone(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    desk.open("E1", 1)
    view = desk.screen.page.view
    view.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_Right, shift)
    assert view.chosen is not None
    assert list(view.chosen.texts(view.words)) == ["Neurodevelopmental", "waits"]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.chosen is None


def test_a_double_click_chooses_a_sentence(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", "One thing. Two things are here. Three."))
    desk.open("E1", 1)
    view = desk.screen.page.view
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(desk, 1, 3))
    assert view.chosen is not None
    assert " ".join(view.chosen.texts(view.words)) == "Two things are here."


def test_restricted_evidence_gives_pages_but_no_words(desk: Desk) -> None:
    desk.add(desk.file("case.pdf", "Child A was seen"), evidence_class="restricted")
    desk.open("E1", 1)
    page = desk.screen.page
    desk.until(lambda: page.view.tiles.taken)
    assert "nothing is quoted" in page.state.text
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert page.view.chosen is None
    assert not page.view.words
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id})
    ctrl_b(desk)
    desk.until(lambda: desk.bridge.sef.passages)
    assert desk.bridge.sef.passages[0].quote == ""


def test_words_are_found_on_every_page_and_opened_there(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES), desk.file("other.pdf", "Nothing to see"))
    field = desk.screen.list.field
    QTest.keyClicks(field, "locality")
    model = desk.screen.list.model
    desk.until(lambda: model.found is not None)
    assert [(line.row.number, line.hit.page if line.hit else 0) for line in model._lines] == [
        ("E1", 0),
        ("E1", 2),
    ]
    QTest.keyClick(field, Qt.Key.Key_Return)
    view = desk.screen.page.view
    desk.until(lambda: 2 in view.words and view.page == 2)
    assert view.finder is not None
    assert [view.words[2].words[a] for a, _ in view.finder(view.words[2].words)] == [
        "locality",
        "locality:",
        "locality:",
    ]
    field.clear()
    QTest.keyClicks(field, "elephant")
    desk.until(desk.screen.list.empty.isVisible)
    assert desk.screen.list.empty.title.text() == "Not on any page"


def test_a_claims_longer_words_are_looked_for(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES), desk.file("posts.pdf", "Families wait for clinical"))
    desk.screen.show_place({"claim": desk.claim(0)})
    assert desk.screen.list.field.text() == "Families north 71 weeks assessment"
    desk.until(lambda: desk.screen.list.model.found is not None)
    assert {line.row.number for line in desk.screen.list.model._lines} == {"E1", "E2"}
    assert desk.screen.list.note.text().startswith("No page has all of these words")


def test_words_are_found_in_the_file_one_after_the_other(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES, "locality again"))
    desk.open("E1", 1)
    QTest.keyClick(desk.screen.page.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field, hits = desk.screen.page.field, desk.screen.page.hits
    desk.until(field.hasFocus)
    QTest.keyClicks(field, "LOCALITY")
    desk.until(lambda: hits.text() == "1 of 4")
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert hits.text() == "4 of 4"
    desk.until(lambda: desk.screen.page.view.page == 3)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert hits.text() == "1 of 4"


def test_the_list_is_filtered(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES), desk.file("other.pdf", "Nothing"))
    desk.open("E1", 1)
    facts = desk.screen.facts
    facts.partner.setCurrentIndex(facts.partner.findData("health"))
    facts.partner.activated.emit(facts.partner.currentIndex())
    desk.until(lambda: desk.item("E1").partner == "health")
    model = desk.screen.list.model
    model.show_only(Filter(partner="health"))
    assert [line.row.number for line in model._lines] == ["E1"]
    model.show_only(Filter(state="stale"))
    assert model.rowCount() == 0


def test_facts_are_changed_and_a_wrong_date_is_told(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    desk.open("E1", 1)
    facts = desk.screen.facts
    facts.title.setFocus()
    facts.title.selectAll()
    QTest.keyClicks(facts.title, "Waits, Q2")
    QTest.keyClick(facts.title, Qt.Key.Key_Return)
    desk.until(lambda: desk.item("E1").title == "Waits, Q2")
    field = facts._fields["review_by"]
    QTest.keyClicks(field, "soon")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.until(lambda: "must be a date" in facts.message.text)
    field.selectAll()
    QTest.keyClicks(field, "2020-01-31")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.until(lambda: desk.screen.list.model.rows[0].state == "stale")


def test_a_file_is_replaced_and_what_became_of_passages_is_told(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id, "page": 2})
    view = desk.screen.page.view
    desk.until(lambda: 2 in view.words)
    choose(desk, 2, 4, 9)
    ctrl_b(desk)
    desk.until(lambda: desk.bridge.sef.passages)
    newer = desk.file("newer.pdf", PAGES[0], "An empty page", PAGES[1])
    desk.screen.bringing.ask_files = lambda title, several: [newer]
    desk.screen.facts.replace.click()
    desk.until(lambda: len(desk.item("E1").versions) == 2)
    desk.until(lambda: "1 on another page" in desk.screen.facts.news.text)
    desk.until(lambda: [mark.page for mark in view.marks] == [3])


def test_evidence_that_claims_rest_on_stays(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES), desk.file("other.pdf", "Nothing"))
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id, "page": 1})
    desk.until(lambda: 1 in desk.screen.page.view.words)
    ctrl_b(desk)
    desk.until(lambda: desk.bridge.sef.passages)
    assert not desk.screen.facts.delete.isEnabled()
    assert "Unbind them first" in desk.screen.facts.delete.toolTip()
    desk.open("E2", 1)
    desk.screen.facts.delete.trigger()
    assert desk.message.startswith("Delete E2 other?")
    desk.screen.page.message.acted.emit()
    desk.until(lambda: len(desk.bridge.sef.evidence) == 1)


def test_what_rests_on_it_leads_to_the_claim(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id, "page": 2})
    view = desk.screen.page.view
    desk.until(lambda: 2 in view.words)
    ctrl_b(desk)
    claims = desk.screen.facts.claims
    desk.until(lambda: desk.screen.facts.model.rowCount() == 1)
    claims.setCurrentIndex(desk.screen.facts.model.index(0))
    QTest.keyClick(claims, Qt.Key.Key_Return)
    assert desk.went == [("write", {"claim": desk.claim(0)})]
    view.go_to(1)
    QTest.keyClick(claims, Qt.Key.Key_Space)
    desk.until(lambda: view.page == 2)


def test_a_tag_in_the_margin_leads_to_the_claim(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id, "page": 2})
    view = desk.screen.page.view
    desk.until(lambda: 2 in view.words)
    choose(desk, 2, 3, 5)
    ctrl_b(desk)
    desk.until(lambda: view.marks and view.tiles.taken)
    view.viewport().repaint()
    [(tag, claim)] = view._paint._tags
    assert claim == desk.claim(0)
    where = tag.center() - view.shown().topLeft()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert desk.went == [("write", {"claim": claim})]


def test_a_damaged_file_says_so_where_its_pages_would_be(desk: Desk) -> None:
    damaged = desk.folder / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7 and nothing more")
    desk.add(damaged)
    desk.screen.show_place({"evidence": desk.item("E1").id})
    empty = desk.screen.page.empty
    assert (empty.isVisible(), empty.title.text()) == (True, "E1: damaged")
    assert empty.button.text() == "Replace file"


def test_every_control_has_a_name_for_a_screen_reader(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    desk.open("E1", 1)
    assert not nameless(desk.screen)


@pytest.mark.real
def test_real_reports_are_added_read_and_bound(desk: Desk) -> None:
    reports = sorted((samples() / "reports").glob("*.pdf"))[:2]
    told = desk.add(*reports)
    assert all("added as E" in line for line in told)
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id, "page": 3})
    view = desk.screen.page.view
    desk.until(lambda: 3 in view.words and view.tiles.taken)
    words = view.words[3].words
    start = next(at for at in range(20, 60) if words[at].endswith(".")) + 1
    box = view.page_layout.to_view(3, view.words[3].boxes[start])
    view.show_rect(box)
    choose(desk, 3, start, start + 7)
    ctrl_b(desk)
    desk.until(lambda: desk.bridge.sef.passages or desk.message)
    [passage] = desk.bridge.sef.passages
    assert passage.page == 3
    assert passage.quote.split() == list(words[start : start + 8])


def test_closing_while_files_are_added_ends_quietly(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.screen.bringing.add([desk.file(f"{at}.pdf", f"File {at}") for at in range(20)])
    desk.until(lambda: " of 20 · " in desk.screen.list.strip.words.text())
    desk.screen.close()
    desk.bridge.close()
    desk.until(lambda: not desk.screen.bringing.busy)
    assert not capsys.readouterr().err


def test_two_batches_come_in_one_after_the_other(desk: Desk) -> None:
    bringing = desk.screen.bringing
    bringing.add([desk.file("a.pdf", "a")])
    bringing.add([desk.file("b.pdf", "b")])
    desk.until(lambda: len(desk.screen.list.model.rows) == 2)
    desk.until(lambda: not bringing.busy)


def test_words_over_a_page_end_are_bound_and_marked_on_both(desk: Desk) -> None:
    desk.add(desk.file("gap.pdf", "Since March the gap has", "narrowed by five weeks since then"))
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id, "page": 1})
    view = desk.screen.page.view
    view.verticalScrollBar().setValue(view.page_layout.rect(2).top() - 200)
    desk.until(lambda: 1 in view.words and 2 in view.words)
    view.choose(Chosen((1, 2), (2, 3)))
    ctrl_b(desk)
    desk.until(lambda: desk.bridge.sef.passages or desk.message)
    [passage] = desk.bridge.sef.passages
    assert (passage.page, passage.page_to) == (1, 2)
    assert passage.quote == "the gap has narrowed by five weeks"
    desk.until(lambda: view.marks)
    [mark] = view.marks
    assert [len(view._paint.lines_of_mark(mark, page)) for page in (1, 2)] == [1, 1]


def test_a_refused_bind_says_why_in_place(desk: Desk) -> None:
    desk.add(desk.file("waits.pdf", *PAGES))
    desk.screen.show_place({"claim": desk.claim(0), "evidence": desk.item("E1").id, "page": 1})
    desk.until(lambda: 1 in desk.screen.page.view.words)
    ctrl_b(desk)
    desk.until(lambda: desk.bridge.sef.passages)
    ctrl_b(desk)
    desk.until(lambda: "rests on this place" in desk.message)
    assert len(desk.bridge.sef.passages) == 1


def test_zoom_keeps_the_place_looked_at(desk: Desk) -> None:
    desk.add(desk.file("long.pdf", *(f"page {at}" for at in range(1, 20))))
    desk.open("E1", 7)
    view = desk.screen.page.view
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        QTest.keyClick(view, key, control)
    assert view.page == 7
    QTest.keyClick(view, Qt.Key.Key_0, control)
    assert (view.zoom, view.page) == (1.0, 7)
    QTest.keyClick(view, Qt.Key.Key_9, control)
    assert view.horizontalScrollBar().maximum() == 0
