import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader

from tests.bench import corpus
from tests.pack.bind.packs import FRONT, Pack, bind_items, item, made, save


def lines(pack: Pack) -> list[tuple[int, str, int]]:
    """Depth, title and page of each bookmark, in order."""
    reader: PdfReader = pack.reader

    def below(entries: list[Any], depth: int) -> list[tuple[int, str, int]]:
        found: list[tuple[int, str, int]] = []
        for entry in entries:
            if isinstance(entry, list):
                found += below(entry, depth + 1)  # pyright: ignore[reportUnknownArgumentType]
            else:
                number = reader.get_destination_page_number(entry)
                assert number is not None
                found.append((depth, entry.title, number + 1))
        return found

    return below(reader.outline, 0)


def test_odd_titles_are_read_as_they_are(tmp_path: Path) -> None:
    titles = ["Plan\ufffds", "Łódź"]
    items = [
        replace(item(number, made(corpus.text_file, tmp_path / f"{number}.pdf", 1)), title=title)
        for number, title in enumerate(titles, 1)
    ]
    told = [title for _, title, _ in lines(bind_items(items))]
    assert all(any(odd in title for title in told) for odd in titles), told


def test_sections_then_items_with_the_bookmarks_they_had(tmp_path: Path) -> None:
    pack = bind_items(
        [
            item(1, made(corpus.linked_file, tmp_path / "1.pdf")),
            item(2, made(corpus.text_file, tmp_path / "2.pdf", 1)),
        ]
    )
    first = FRONT + 2
    assert lines(pack) == [
        (0, "Narrative · p. 1", 1),
        (1, "Section 1 · p. 1", 1),
        (1, "Section 2 · p. 2", 2),
        (1, "Evidence index · p. 3", 3),
        (0, "Evidence · p. 4", 4),
        (1, "E1 Title 1 · p. 4", 4),
        (2, f"Chapter 1 · p. {first}", first),
        (3, f"Part 1 · p. {first + 1}", first + 1),
        (4, f"Detail · p. {first + 2}", first + 2),
        (2, f"Chapter 4 · p. {first + 3}", first + 3),
        (3, f"Part 4 · p. {first + 3}", first + 3),
        (4, f"Detail · p. {first + 3}", first + 3),
        (1, f"E2 Title 2 · p. {first + 4}", first + 4),
    ]
    with pack.open() as pdf:
        assert pdf.Root.Outlines.Count == 2 + 3 + 2  # items' own bookmarks are shut


def test_bookmarks_that_lead_in_circles_or_nowhere_end(tmp_path: Path) -> None:
    pdf = corpus.text_file(2, random.Random(1))
    page = pdf.pages[1].obj
    one, two, lost = (
        pdf.make_indirect(Dictionary(Title=String(t))) for t in ("One", "Two", "Lost")
    )
    one.Dest = two.Dest = Array([page, Name.Fit])
    one.Next, two.Next, two.First = two, one, one
    lost.First, lost.Next = one, lost
    lost.Dest = String("nowhere")
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=lost, Last=lost))
    pack = bind_items([item(1, save(pdf, tmp_path / "loops.pdf"))])
    number = pack.report.items[0].first + 1
    assert [line for line in lines(pack) if line[0] > 1] == [
        (2, f"One · p. {number}", number),
        (2, f"Two · p. {number}", number),
    ]
