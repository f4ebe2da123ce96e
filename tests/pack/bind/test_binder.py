import io
from pathlib import Path

import pikepdf
import pytest

from sefwriter.pack.bind.binder import bind
from sefwriter.pack.bind.merge import Merger
from sefwriter.pack.bind.rescue import Rescuer
from sefwriter.pack.bind.sources import first_pages, measure, passage_page
from sefwriter.store.faults import Cancelled
from tests.bench import corpus
from tests.pack.bind.packs import (
    FRONT,
    Pack,
    bind_items,
    bound,
    item,
    jumps,
    made,
    opened,
    plan_of,
    quiet,
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """One item of every kind of file, four pages each."""
    folder = tmp_path_factory.mktemp("every-kind")
    return bind_items(
        [
            item(index, made(kind, folder / f"{name}.pdf"))
            for index, (name, (kind, _)) in enumerate(corpus.KINDS.items(), 1)
        ]
    )


def test_pages_stand_where_the_report_says(pack: Pack) -> None:
    kinds = len(corpus.KINDS)
    assert pack.report.front_pages == FRONT
    assert pack.report.pages == len(pack.reader.pages) == FRONT + 5 * kinds
    assert [one.divider for one in pack.report.items] == [FRONT + 1 + 5 * i for i in range(kinds)]
    for one in pack.report.items:
        assert f"{one.number} Title" in pack.words(one.divider)
        assert one.how == "as-is"
        assert (one.pages, one.first) == (4, one.divider + 1)
        if one.number != "E3":  # pictures without text
            for page in range(4):
                assert f"Source page {page + 1}" in pack.words(one.first + page)


def test_every_page_is_stamped_with_its_own_number(pack: Pack) -> None:
    for number in range(1, FRONT + 1):
        assert pack.words(number).split()[-1] == str(number)
    for one in pack.report.items:
        assert f"{one.number} · {one.divider}" in pack.words(one.divider)
        for page in range(1, one.pages + 1):
            number = one.first + page - 1
            assert f"{one.number} p.{page} · {number}" in pack.words(number)


def test_each_reference_opens_its_page(pack: Pack) -> None:
    opened = [jump for number in (1, 2) for jump in jumps(pack, number)]
    assert opened == 2 * [
        (f"Evidence {one.number} page 2", one.first + 1) for one in pack.report.items
    ]
    assert jumps(pack, FRONT) == [
        (f"Evidence {one.number}", one.divider) for one in pack.report.items
    ]


def test_each_divider_opens_the_claims_it_proves(pack: Pack) -> None:
    for one in pack.report.items:
        assert jumps(pack, one.divider) == [("Claim on page 1", 1), ("Claim on page 2", 2)]
    assert pack.report.claims["c0"].page == 1
    assert pack.report.claims["c0"].y > pack.report.claims["c1"].y > 0
    assert pack.report.links == 5 * len(pack.report.items)
    assert pack.report.dead == ()


def test_no_address_of_ours_is_left(pack: Pack) -> None:
    with pack.open() as pdf:
        out = io.BytesIO()
        pdf.save(out, qdf=True)
    assert b"sef.invalid" not in out.getvalue()


def test_it_opens_as_courts_ask(pack: Pack) -> None:
    with pack.open() as pdf:
        root = pdf.Root
        assert root.OpenAction[0].objgen == pdf.pages[0].objgen
        assert (str(root.OpenAction[1]), root.OpenAction[4]) == ("/XYZ", 1)
        assert root.PageMode == "/UseOutlines"
        assert root.ViewerPreferences.DisplayDocTitle is True
        assert str(root.Lang) == "en-GB"
        assert pdf.pdf_version >= "1.7"
        assert "JavaScript" not in str(root.Names.keys())
        assert pdf.open_metadata().get("dc:title") == "The pack"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261124120000Z"
        assert pdf.check_pdf_syntax() == []


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    items = [
        item(1, made(corpus.tagged_file, tmp_path / "1.pdf", 2)),
        item(2, made(corpus.form_file, tmp_path / "2.pdf", 2), tmp_path / "1.pdf", "a.docx"),
    ]
    assert bind_items(items).data == bind_items(items).data


def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    draft = bind_items([item(1, made(corpus.scanned_file, tmp_path / "1.pdf", 2))], draft=True)
    assert all("DRAFT" in draft.words(number) for number in range(1, draft.report.pages + 1))


def test_an_item_without_pages_has_its_divider_as_slip_sheet(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"moving pictures")
    pack = bind_items(
        [item(1, None, film, "film.mp4"), item(2, made(corpus.text_file, tmp_path / "2.pdf"))]
    )
    slip, other = pack.report.items
    assert (slip.how, slip.pages, slip.first, slip.divider) == ("slip", 0, FRONT + 1, FRONT + 1)
    assert slip.attached == "E1 film.mp4"
    assert other.first == FRONT + 3
    assert pack.reader.attachments == {"E1 film.mp4": [b"moving pictures"]}
    assert jumps(pack, 1)[0][1] == slip.divider


def test_a_passage_beyond_the_last_page_opens_the_last(tmp_path: Path) -> None:
    pack = bind_items([item(1, made(corpus.text_file, tmp_path / "1.pdf"))], page=99)
    assert jumps(pack, 1) == [("Evidence E1 page 4", pack.report.items[0].first + 3)]


def test_pages_are_known_before_the_narrative_is_made(tmp_path: Path) -> None:
    measured = opened(
        item(1, made(corpus.text_file, tmp_path / "1.pdf", 3)),
        item(2, None),
        item(3, made(corpus.text_file, tmp_path / "3.pdf", 5)),
    )
    assert first_pages(measured, 10) == (12, 16, 17)
    assert passage_page(measured[0], 12, 3) == 14


def test_references_without_a_goal_are_taken_out_and_told(tmp_path: Path) -> None:
    plan = plan_of(
        corpus.front([("c0", "p0", "e9", "E9 p.1")], 1, 1),
        corpus.dividers([("E1", "Title", ["c7"])]),
        opened(item(1, made(corpus.text_file, tmp_path / "1.pdf"))),
        {"p0": ("e9", 1)},
    )
    pack = bound(plan)
    assert pack.report.dead == ("p/p0", "e/e9", "c/c7")
    assert pack.report.links == 0
    assert all(not page.get("/Annots") for page in pack.reader.pages)


def test_a_claim_stands_at_its_first_reference_or_at_its_mark(tmp_path: Path) -> None:
    """c2 has two references, of which the first leads nowhere; c1 has none, and is marked."""
    claims = [("c1", "", "e1", ""), ("c2", "p1", "e9", "E9 p.1"), ("c2", "p2", "e1", "E1 p.1")]
    front = corpus.front(claims, 2, 2)
    plan = plan_of(
        front,
        corpus.dividers([("E1", "Title", ["c1", "c2", "c3"])]),
        opened(item(1, made(corpus.text_file, tmp_path / "1.pdf"))),
        {"p1": ("e9", 1), "p2": ("e1", 1)},
        {"p1": "c2", "p2": "c2"},
    )
    with pikepdf.open(io.BytesIO(front)) as narrative:
        mark, reference = (note.Rect for note in narrative.pages[0].Annots)
        corners = [(float(box[0]), float(box[3])) for box in (mark, reference)]
    pack = bound(plan)
    stands = pack.report.claims
    assert list(stands) == ["c1", "c2"]
    assert [(place.x, place.y) for place in stands.values()] == corners
    assert [place.page for place in stands.values()] == [1, 1]
    assert jumps(pack, 1) == []
    assert jumps(pack, 2) == [("Evidence E1 page 1", 5)]
    assert jumps(pack, 4) == [("Claim on page 1", 1), ("Claim on page 1", 1)]
    assert pack.report.dead == ("p/p1", "e/e9", "c/c3")


@pytest.mark.parametrize("after", [0, 1, 3, 4])
def test_it_can_be_stopped(after: int, tmp_path: Path) -> None:
    path = made(corpus.text_file, tmp_path / "1.pdf", 1)
    asked = iter([False] * after + [True])
    with pytest.raises(Cancelled):
        plan = plan_of(
            corpus.front([("c0", "p0", "e1", "E1")], 1, 1),
            corpus.dividers([("E1", "One", []), ("E2", "Two", [])]),
            measure((item(1, path), item(2, path)), progress=quiet, stop=lambda: next(asked)),
            {},
        )
        bind(plan, io.BytesIO(), progress=quiet, stop=lambda: next(asked))


def test_one_plan_can_be_bound_twice(tmp_path: Path) -> None:
    plan = plan_of(
        corpus.front([("c0", "p0", "e1", "E1")], 1, 1),
        corpus.dividers([("E1", "One", ["c0"])]),
        opened(item(1, made(corpus.linked_file, tmp_path / "1.pdf"))),
        {"p0": ("e1", 1)},
    )
    assert bound(plan).data == bound(plan).data


@pytest.mark.parametrize("drawn", [True, False])
def test_a_file_that_breaks_while_bound_keeps_its_pages(
    drawn: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Merger.copy
    calls: list[str] = []

    def breaking(self: Merger, source: pikepdf.Pdf, label: str) -> list[pikepdf.Object]:
        calls.append(label)
        if label == "E1" and calls.count("E1") == 1:
            raise pikepdf.PdfError("broken")
        return whole(self, source, label)

    monkeypatch.setattr(Merger, "copy", breaking)
    if not drawn:
        monkeypatch.setattr(Rescuer, "pictures", lambda _self, _path: None)
    pack = bind_items([item(1, made(corpus.text_file, tmp_path / "1.pdf"))])
    (one,) = pack.report.items
    assert (one.pages, pack.report.pages) == (4, FRONT + 5)
    assert one.how == ("as pictures" if drawn else "slip")
    assert ("could not be bound" in pack.words(one.first)) != drawn
    assert one.attached == "E1 1.pdf"
