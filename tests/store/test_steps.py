import ast
from pathlib import Path

import pytest

import sefwriter
from sefwriter.store.steps import STEPS, step


def test_a_step_does_nothing_in_a_normal_run() -> None:
    step("file: renamed")


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(LookupError, match="no such moment"):
        step("no such moment")


def test_the_registry_names_every_step_of_the_program_and_no_other() -> None:
    used: set[str] = set()
    words: set[str] = set()
    for path in Path(sefwriter.__file__).parent.rglob("*.py"):
        if path.name == "steps.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "step":
                used.update(str(a.value) for a in node.args if isinstance(a, ast.Constant))
    assert used <= STEPS, f"not in STEPS: {used - STEPS}"
    assert words >= STEPS, f"in STEPS, but nowhere in the program: {STEPS - words}"
