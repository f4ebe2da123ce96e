from pathlib import Path

from sefwriter.desk.home import Home
from sefwriter.desk.reports import describe, keep_report


def fails(secret: str) -> None:
    raise KeyError(secret)


def caught() -> BaseException:
    found: BaseException | None = None
    try:
        try:
            fails("Amelia Smith")
        except KeyError as error:
            raise ValueError("about Amelia Smith") from error
    except ValueError as error:
        found = error
    assert found
    return found


def test_a_report_says_where_but_no_words_of_anybody() -> None:
    described = describe(caught())
    assert "Amelia" not in described
    assert "KeyError" in described
    assert "ValueError" in described
    assert "test_reports.py" in described
    assert described.count(" fails") == 1
    assert str(Path.home()) not in described


def test_only_the_newest_reports_stay(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(30):
        (folder / f"2020-01-01 0000{number:02}.txt").write_text("old", "utf-8")
    path = keep_report(Home(tmp_path), "ValueError\n  here:1 f")
    assert path.read_text("utf-8").splitlines()[1:] == ["ValueError", "  here:1 f"]
    assert len(list(folder.iterdir())) == 20
