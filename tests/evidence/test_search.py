import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.evidence.search import SearchIndex, match_query
from sefwriter.store.faults import WorldError

ONE, TWO = "1" * 64, "2" * 64
ALL = (ONE, TWO)

TRICKY = st.text(
    st.one_of(st.sampled_from("\"'-*()^:+{}[]& \t\0\ud800aNOTNEAR_%²½é"), st.characters()),
    max_size=30,
)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    with SearchIndex(tmp_path / "search.sqlite") as made:
        made.put(
            ONE,
            [
                "Plans are late. Families wait for an A&E plan; it’s 20% of all.",
                "Health partners NOT involved in co-\nproduction.",
            ],
        )
        made.put(TWO, ["The plan was made with families, and families said so."])
        yield made


def found(index: SearchIndex, words: str) -> list[tuple[str, int]]:
    return [(hit.sha256[0], hit.page) for hit in index.search(words, among=ALL)]


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("families plan", [("2", 1), ("1", 1)]),
        ("FAMILIES late", [("1", 1)]),
        ('"families wait"', [("1", 1)]),
        ('"wait families"', []),
        ('"families wait', [("1", 1)]),
        ("families -late", [("2", 1)]),
        ('families -"families wait"', [("2", 1)]),
        ("A&E", [("1", 1)]),
        ("it's 20%", [("1", 1)]),
        ("NOT involved", [("1", 2)]),
        ("coproduction", [("1", 2)]),
        ("co-production", [("1", 2)]),
        ("-late", []),
        ("", []),
        ("- \" ' * _", []),
        ("wait* (", []),
    ],
)
def test_people_find_what_they_type(
    index: SearchIndex, words: str, pages: list[tuple[str, int]]
) -> None:
    if words == "wait* (":
        pages = [("1", 1)]
    assert found(index, words) == pages


def test_only_the_files_asked_for_are_searched(index: SearchIndex) -> None:
    assert [hit.sha256 for hit in index.search("plan", among=[TWO])] == [TWO]
    assert index.search("plan", among=[]) == []
    assert len(index.search("plan", among=ALL, limit=1)) == 1


def test_a_snippet_marks_the_words(index: SearchIndex) -> None:
    (hit,) = index.search("late", among=ALL)
    assert hit.snippet.startswith("Plans are ⟦late⟧. Families")
    (broken,) = index.search("coproduction", among=ALL)
    assert "involved in ⟦co-production⟧." in broken.snippet


def test_putting_again_replaces_and_dropping_removes(index: SearchIndex) -> None:
    index.put(ONE, ["Something else"])
    assert found(index, "late") == []
    assert found(index, "something") == [("1", 1)]
    assert index.known() == {ONE, TWO}
    index.drop(ONE)
    assert found(index, "something") == []
    assert index.known() == {TWO}


def test_it_lasts_from_one_run_to_the_next(index: SearchIndex) -> None:
    with SearchIndex(index.path) as again:
        assert found(again, "late") == [("1", 1)]


@given(TRICKY)
@settings(max_examples=300)
def test_no_string_is_ever_a_wrong_query(words: str) -> None:
    query = match_query(words)
    if query:
        connection = sqlite3.connect(":memory:")
        connection.execute("create virtual table t using fts5(a)")
        connection.execute("select * from t where t match ?", [query]).fetchall()
        connection.close()


@given(TRICKY.filter(lambda text: any(c.isalpha() and c.isascii() for c in text)))
@settings(max_examples=60)
def test_any_text_can_be_put_in(text: str) -> None:
    with SearchIndex(Path(":memory:")) as index:
        index.put(ONE, [text, f"word {text}"])
        assert found(index, "word")


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(4096, len(content), 512):
        content[at : at + 200] = b"\xff" * 200
    path.write_bytes(content)


@pytest.mark.parametrize("content", [b"no database at all" * 300, b"SQLite format 3\0" + b"x" * 99])
def test_a_file_that_is_no_index_is_set_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "search.sqlite"
    path.write_bytes(content)
    with SearchIndex(path) as index:
        assert index.known() == frozenset()
        index.put(ONE, ["plan"])
        assert found(index, "plan") == [("1", 1)]
    assert (tmp_path / "search.sqlite.damaged").read_bytes() == content


def test_a_foreign_database_is_set_aside_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("create table pages (mine)")
    connection.close()
    before = path.read_bytes()
    with SearchIndex(path) as index:
        index.put(ONE, ["plan"])
    assert (tmp_path / "search.sqlite.damaged").read_bytes() == before


def test_an_index_that_is_damaged_inside_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    with SearchIndex(path) as index:
        for number in range(40):
            index.put(f"{number:064}", [f"plan {number} of many words"] * 5)
    spoil(path)
    with SearchIndex(path) as index:
        index.search("plan", among=[f"{number:064}" for number in range(40)])
        index.put(ONE, ["plan"])
        assert found(index, "plan") == [("1", 1)]
        assert index.known() == {ONE}
    assert (tmp_path / "search.sqlite.damaged").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "search.sqlite").mkdir()
    with pytest.raises(WorldError, match="search index"):
        SearchIndex(tmp_path / "search.sqlite")


def test_threads_and_a_second_program_may_use_it_at_once(index: SearchIndex) -> None:
    failures: list[BaseException] = []

    def work(mine: SearchIndex, number: int) -> None:
        try:
            for turn in range(10):
                mine.put(f"{number:064}", [f"word {turn}"])
                mine.search("word", among=[f"{number:064}"])
        except BaseException as error:
            failures.append(error)
            raise

    with SearchIndex(index.path) as other:
        threads = [
            threading.Thread(target=work, args=(mine, number))
            for number, mine in enumerate([index, index, other, other], 10)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert len(index.known()) == 6


def test_ten_thousand_pages_are_searched_while_one_waits(tmp_path: Path) -> None:
    words = ["plan", "wait", "family", "school", "health", "care", "term", "board", "visit"]
    with SearchIndex(tmp_path / "search.sqlite") as index:
        for file in range(20):
            index.put(
                f"{file:064}",
                [" ".join(words[(file + page + n) % 9] for n in range(200)) for page in range(500)],
            )
        begun = time.perf_counter()
        hits = index.search("plan family -absent", among=[f"{file:064}" for file in range(20)])
        assert len(hits) == 20
        assert time.perf_counter() - begun < 1.0
