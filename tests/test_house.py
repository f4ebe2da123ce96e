"""Rules of the house that no linter knows: each test names the file and line that breaks one."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "sefwriter"
SOURCES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 450

FREE = sys.stdlib_module_names | {"sefwriter", "_typeshed"}  # type checkers alone know the last

# What each room may import besides the standard library; import-linter has the rooms themselves.
LIBRARIES: dict[str, set[str]] = {
    "model": {"markdown"},
    "store": set(),
    "ledger": {"sqlite_utils", "pycrdt", "nacl", "keyring", "mnemonic"},
    "paper": {"typst", "PIL"},
    "evidence": {
        "sqlite_utils",
        "pypdfium2",
        "pikepdf",
        "pypdf",
        "PIL",
        "pebble",
        "psutil",
        "rapidfuzz",
    },
    "exchange": {"docx"},
    "pack": {"docx", "pikepdf", "pypdf", "pypdfium2", "pebble", "PIL", "typst"},
    "desk": {"platformdirs", "PIL", "pebble"},
    "ui": {"PySide6", "shiboken6"},
    "": set(),  # cli, __main__, resources
}

# Words are put together here so that this file doesn't break its own rule.
FORBIDDEN = {
    "a package registry's address": r"pypi\.(org|python)|pythonhosted|registry\.npm|anaconda\.org",
    "a path of one machine": r"(?<![\w.~-])/(work|tmp|root|opt|farm)/\w|[A-Z]:\\Users\\",
    "words about how it was made": r"\b(clau"
    + r"de|anthro"
    + r"pic|chat"
    + r"gpt|co"
    + r"pilot)\b",
    "another folder's trials": r"shared/(trials|design|research|domain)",
    "a note to oneself": r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b",
}
TEXT_ENDINGS = {".py", ".md", ".toml", ".txt", ".json", ".typ", ".sql", ".yml", ".cfg", ".ini", ""}


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imports_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The top-level name and line of every import, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0], node.lineno


def own_files() -> Iterator[Path]:
    """Every text file that belongs to the project, as a commit would hold it."""
    for folder in ("sefwriter", "tests", "resources", "docs", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            hidden = any(part == "__pycache__" or part.startswith(".hyp") for part in path.parts)
            if path.is_file() and not hidden and path.suffix in TEXT_ENDINGS:
                yield path
    yield from (path for path in ROOT.glob("*") if path.is_file() and path.suffix in TEXT_ENDINGS)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_room_uses_only_its_own_libraries(path: Path) -> None:
    allowed = LIBRARIES[room_of(path)] | FREE
    tree = ast.parse(path.read_text("utf-8"))
    wrong = [
        f"{name(path)}:{line} {what}" for what, line in imports_of(tree) if what not in allowed
    ]
    assert not wrong


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_only_the_terminal_prints(path: Path) -> None:
    if path.parent == PACKAGE and path.stem in {"cli", "__main__"}:
        return
    calls = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert not calls, f"{name(path)} prints on lines {calls}"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_connection_is_no_transaction(path: Path) -> None:
    """`with db.conn:` commits by itself under sqlite-utils; use BEGIN IMMEDIATE and db.atomic()."""
    wrong = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Attribute) and item.context_expr.attr == "conn"
    ]
    assert not wrong, f"{name(path)} uses a connection as a transaction on lines {wrong}"


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_of_the_project_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE if what.startswith("words") else 0)
    found = [
        f"{name(path)}:{number} {line.strip()[:80]}"
        for path in own_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line) and path != Path(__file__)
    ]
    assert not found, "\n".join(found)


def test_the_rules_find_what_they_forbid() -> None:
    bad = ast.parse("def f():\n    import PySide6.QtCore\n    from docx.shared import Pt\n")
    assert [what for what, _ in imports_of(bad)] == ["PySide6", "docx"]
    assert re.search(FORBIDDEN["a path of one machine"], 'open("/tmp/x")')
    assert re.search(FORBIDDEN["a path of one machine"], "/" + "work/shared")
    assert not re.search(FORBIDDEN["a path of one machine"], "https://example.org/work/x")
    assert re.search(FORBIDDEN["a package registry's address"], "https://py" + "pi.org/simple")


@pytest.mark.parametrize("room", ["model", "store", "paper", "exchange", "pack", "ledger", "desk"])
def test_every_room_says_what_it_is_for(room: str) -> None:
    assert ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8")))


def asked_for() -> set[str]:
    """The names of all distributions that pyproject asks for, normalised."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    return {re.split(r"[^\w-]", item)[0].lower() for items in lists for item in items}


def test_every_library_used_is_asked_for() -> None:
    owners = metadata.packages_distributions()
    used = {
        owner.lower().replace("_", "-")
        for path in SOURCES
        for what, _ in imports_of(ast.parse(path.read_text("utf-8")))
        if what not in FREE
        for owner in owners.get(what, [what])
    }
    assert used <= asked_for()


def test_every_library_asked_for_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-").split()
    assert asked_for() <= {line.partition("==")[0] for line in pins if "==" in line}
