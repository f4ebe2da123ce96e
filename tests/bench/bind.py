"""How long binding takes, beside qpdf joining the same files and nothing more.

    python -m tests.bench.bind [PAGES…]

Prints for each number of evidence pages the median of interleaved rounds: seconds for opening and
binding together (`measure` and `bind`), seconds for `qpdf --empty --pages … --`, their ratio, the
milliseconds for each page, and the binder's highest memory. Bars: ratio 1.2, 400 MB, and the same
milliseconds (±30 %) however many pages. Every round runs in a process of its own, with the fonts
loaded, as they are once the narrative has been set.
"""

import argparse
import datetime
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sefwriter.pack.bind.binder import bind
from sefwriter.pack.bind.plan import BindPlan
from sefwriter.pack.bind.sources import Item, measure
from sefwriter.paper.fonts import page_fonts
from tests.bench import corpus

SIZES = (250, 1000, 4000)
ROUNDS = 5
FRONT_PAGES = 60
CLAIMS_A_PAGE = 10


def prepare(folder: Path, pages: int) -> None:
    """Write evidence, narrative, dividers, and a list of them."""
    files = corpus.write_corpus(folder, pages)
    claims = [
        (f"c{k}", f"p{k}", f"e{k * 7 % len(files)}", f"E{k * 7 % len(files) + 1} p.1")
        for k in range(FRONT_PAGES * CLAIMS_A_PAGE)
    ]
    proved: dict[str, list[str]] = {}
    for claim, _, evidence, _ in claims:
        proved.setdefault(evidence, []).append(claim)
    items = [
        (f"E{index + 1}", path.stem, proved.get(f"e{index}", [])[:20])
        for index, (path, _) in enumerate(files)
    ]
    front = corpus.front(claims, CLAIMS_A_PAGE, FRONT_PAGES)
    (folder / "front.pdf").write_bytes(front)
    (folder / "dividers.pdf").write_bytes(corpus.dividers(items))
    listed = {"files": [str(path) for path, _ in files], "claims": claims}
    (folder / "listed.json").write_text(json.dumps(listed), encoding="utf-8")


def bind_once(folder: Path) -> None:
    """Bind what was prepared, and print seconds and megabytes."""
    listed = json.loads((folder / "listed.json").read_text(encoding="utf-8"))
    items = tuple(
        Item(f"e{index}", f"E{index + 1}", Path(path).stem, Path(path), None, "")
        for index, path in enumerate(listed["files"])
    )
    passages = {passage: (evidence, 1) for _, passage, evidence, _ in listed["claims"]}
    front, dividers = (folder / "front.pdf").read_bytes(), (folder / "dividers.pdf").read_bytes()
    page_fonts()
    begun = time.perf_counter()
    measured = measure(items, progress=lambda *_: None, stop=lambda: False)
    plan = BindPlan(
        front=front,
        dividers=dividers,
        items=measured,
        passages=passages,
        claims={passage: claim for claim, passage, _, _ in listed["claims"]},
        title="Bench",
        date=datetime.date(2026, 11, 24),
        draft=True,
    )
    with (folder / "bound.pdf").open("wb") as stream:
        report = bind(plan, stream, progress=lambda *_: None, stop=lambda: False)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "pages": report.pages}))


def join_once(folder: Path) -> float:
    """Seconds that qpdf takes to join the same files."""
    files = json.loads((folder / "listed.json").read_text(encoding="utf-8"))["files"]
    inputs = [str(folder / "front.pdf"), str(folder / "dividers.pdf"), *files]
    begun = time.perf_counter()
    subprocess.run(
        ["qpdf", "--empty", "--pages", *inputs, "--", str(folder / "joined.pdf")], check=True
    )
    return time.perf_counter() - begun


def compare(pages: int, rounds: int) -> None:
    """Print one line of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, pages)
        joined: list[float] = []
        ours: list[dict[str, float]] = []
        for _ in range(rounds):
            joined.append(join_once(folder))
            told = subprocess.run(
                [sys.executable, "-m", "tests.bench.bind", "--once", name],
                check=True,
                capture_output=True,
            )
            ours.append(json.loads(told.stdout))
    seconds = statistics.median(each["seconds"] for each in ours)
    print(
        f"{pages:6} {seconds:8.2f} s {statistics.median(joined):8.2f} s "
        f"{statistics.median(o['seconds'] / j for o, j in zip(ours, joined, strict=True)):7.2f} "
        f"{1000 * seconds / ours[0]['pages']:9.2f} ms {max(o['memory'] for o in ours):7.0f} MB",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        bind_once(given.once)
        return
    if shutil.which("qpdf") is None:
        sys.exit("qpdf, the rival, is not installed")
    print(" pages     binding       qpdf   ratio    each page  memory")
    for pages in given.pages:
        compare(pages, given.rounds)


if __name__ == "__main__":
    main()
