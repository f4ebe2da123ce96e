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


def test_every_step_in_the_program_is_named_in_the_registry() -> None:
    used: set[str] = set()
    for path in Path(sefwriter.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "step":
                (name,) = node.args
                assert isinstance(name, ast.Constant), f"{path}: a step's name is written out"
                used.add(str(name.value))
    assert used <= STEPS, f"not in STEPS: {used - STEPS}"
