"""Nothing on the window's thread takes over 50 ms, however long the file."""

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent

from sefwriter.ui.evidence.page_layout import Layout, lines_of
from sefwriter.ui.evidence.tiles import Tiles
from tests.samples import samples
from tests.ui.conftest import let_run
from tests.ui.evidence.conftest import Desk


def wheel(desk: Desk, down: int, *, control: bool = False) -> None:
    port = desk.screen.page.view.viewport()
    keys = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    at = QPointF(200, 200)
    event = QWheelEvent(
        at,
        port.mapToGlobal(at),
        QPoint(),
        QPoint(0, -down),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QGuiApplication.sendEvent(port, event)


def long_report(folder: Path) -> Path:
    """A real report again and again, 400 pages."""
    path = folder / "long.pdf"
    with pikepdf.open(sorted((samples() / "reports").glob("*.pdf"))[0]) as report:
        made = pikepdf.new()
        while len(made.pages) < 400:
            made.pages.append(report.pages[len(made.pages) % len(report.pages)])
        made.save(path)
    return path


@pytest.mark.real
def test_scrolling_and_zooming_400_pages_never_stalls(
    desk: Desk, request: pytest.FixtureRequest
) -> None:
    desk.add(long_report(desk.folder))
    desk.open("E1", 1)
    view = desk.screen.page.view
    assert view.pages is not None
    assert len(view.pages.sizes) == 400
    let_run(800)
    request.getfixturevalue("watchdog")
    for _ in range(120):
        wheel(desk, 600)
        let_run(5)
    for way in (-120, -120, 120, 120):
        wheel(desk, way, control=True)
        let_run(60)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    desk.until(lambda: 400 in view.words and view.page == 400)
    desk.until(lambda: not view.wishes())


def test_pages_are_found_by_their_place() -> None:
    layout = Layout(((595.0, 842.0),) * 400, 1.0, 900)
    assert [layout.page_at(y) for y in (0, 20, 1200, layout.height)] == [1, 1, 2, 400]
    assert layout.pages_in(1000, 1300) == range(1, 3)
    cuts = list(layout.cuts(1, layout.rect(1), 2.0))
    assert sum(cut.width * cut.height for cut in cuts) == round(595 * 8 / 3) * round(842 * 8 / 3)
    assert Layout((), 1.0, 900).pages_in(0, 100) == range(0)


def test_tiles_take_no_more_room_than_there_is(desk: Desk) -> None:
    desk.add(desk.file("a.pdf", *(f"page {at}" for at in range(1, 30))))
    view = desk.screen.page.view
    view.tiles = Tiles(room=8_000_000)
    desk.open("E1", 1)
    for page in (5, 15, 29):
        view.go_to(page)
        desk.until(lambda at=page: at in view.words)
    assert 0 < view.tiles.taken <= 8_000_000


def test_words_of_a_line_are_marked_together() -> None:
    line = [(10.0, 10.0, 30.0, 20.0), (34.0, 10.0, 60.0, 20.0), (10.0, 24.0, 40.0, 34.0)]
    assert lines_of(line) == [(10.0, 10.0, 60.0, 20.0), (10.0, 24.0, 40.0, 34.0)]
