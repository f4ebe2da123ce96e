"""`main.py` as somebody meets it who has only Python. The whole first start runs without a network:
a small project stands in for ours, with its own build backend and no dependencies.
"""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

MAIN = Path(__file__).resolve().parents[1] / "main.py"

PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "sefwriter"
version = "1"
dependencies = ["packed-with-it"]
[project.optional-dependencies]
test = []
"""

BACKEND = """
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "sefwriter-1-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        info = "sefwriter-1.dist-info/"
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: sefwriter\\nVersion: 1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""

PROGRAM = """
import sys
print("ran", sys.prefix, *sys.argv[1:])
sys.exit(7)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "Our SEF (2026)"
    (folder / "sefwriter").mkdir(parents=True)
    shutil.copy(MAIN, folder)
    (folder / "pyproject.toml").write_text(PROJECT, "utf-8")
    (folder / "constraints.txt").write_text("", "utf-8")
    (folder / "backend.py").write_text(BACKEND, "utf-8")
    (folder / "sefwriter" / "__init__.py").write_text("", "utf-8")
    (folder / "sefwriter" / "__main__.py").write_text(PROGRAM, "utf-8")
    return folder


def start(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    command = [sys.executable, str(project / "main.py"), *arguments]
    return subprocess.run(
        command, cwd=project.parent, env=environment, capture_output=True, text=True, check=False
    )


def loaded(project: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("copied_main", project / "main.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def module(project: Path) -> ModuleType:
    return loaded(project)


@pytest.mark.slow
def test_the_whole_first_start_the_second_and_the_mending(project: Path) -> None:
    first = start(project, "demo", "--to", "a b")
    assert first.returncode == 7, first.stderr
    assert first.stdout == f"ran {project / '.venv'} demo --to a b\n"
    assert "Setting up, once." in first.stderr
    assert first.stderr.endswith("Ready.\n")

    second = start(project, "demo")
    assert second.returncode == 7
    assert second.stderr == ""

    changed = (project / "constraints.txt").write_text("packed==1\n", "utf-8")
    assert changed
    third = start(project)
    assert third.returncode == 7
    assert "Setting up" not in third.stderr
    assert "Installing" in third.stderr

    (project / ".venv.unfinished").touch()
    (project / ".venv" / "sefwriter-program.stamp").unlink()
    fourth = start(project)
    assert fourth.returncode == 7
    assert "Setting up, once." in fourth.stderr
    assert not (project / ".venv.unfinished").exists()


def test_it_parses_on_python_3_8() -> None:
    ast.parse(MAIN.read_text("utf-8"), feature_version=(3, 8))


def test_an_old_python_is_told_which_one_is_needed(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18, "final", 0))
    assert module.main(["demo"]) == 2
    assert "this is Python 3.8; sefwriter needs Python 3.11 or newer" in capsys.readouterr().err


def test_a_python_without_venv_is_told_how_to_get_it(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert module.main(["demo"]) == 2
    said = capsys.readouterr().err
    assert f"sudo apt install python3.{sys.version_info.minor}-venv" in said


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "no way to the internet"),
        ("ERROR: Could not find a version (from versions: none)", "no way to the internet"),
        ("SSLError(CERTIFICATE_VERIFY_FAILED)", "set PIP_CERT"),
        ("ProxyError: 407 Proxy Authentication Required", "set HTTPS_PROXY"),
        ("[Errno 13] Permission denied: 'x'", "can't be written to"),
        ("one\n\nsomething quite new", "installing failed (exit code 1)"),
    ],
)
def test_what_pip_says_becomes_what_to_do(module: ModuleType, words: str, advice: str) -> None:
    with pytest.raises(module.SetupError) as refusal:
        module.done((1, words), "installing")
    assert advice.lower() in str(refusal.value).lower()


def test_words_that_nobody_foresaw_are_shown(module: ModuleType) -> None:
    with pytest.raises(module.SetupError, match="something quite new"):
        module.done((1, "something quite new"), "installing")


def test_a_folder_that_cannot_be_written_to_is_named(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "LOCK", MAIN / "no-folder" / "lock")
    assert module.main(["demo"]) == 2
    said = capsys.readouterr().err
    assert "can't be written to" in said
    assert "pip install" in said


def test_ctrl_c_says_how_to_go_on(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(purpose: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "prepared_interpreter", interrupted)
    assert module.main(["demo"]) == 130
    assert "Start this again" in capsys.readouterr().err


def test_a_python_that_has_everything_needs_no_environment(
    project: Path, module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(module, "run", lambda command, folder=None: ran.append([*command]) or 0)
    file = project / "pyproject.toml"
    file.write_text(PROJECT.replace("packed-with-it", "pytest>=1"), "utf-8")
    assert module.main(["show", "x"]) == 0
    assert module.main(["test", "-k", "x"]) == 0
    assert ran == [
        [sys.executable, "-P", "-m", "sefwriter", "show", "x"],
        [sys.executable, "-m", "pytest", "-k", "x"],
    ]
    assert not (project / ".venv").exists()


def test_an_environment_whose_python_is_gone_is_not_whole(
    project: Path, module: ModuleType
) -> None:
    interpreter = module.interpreter_in(project / ".venv")
    interpreter.parent.mkdir(parents=True)
    interpreter.touch()
    configuration = project / ".venv" / "pyvenv.cfg"
    assert not module.is_whole()
    configuration.write_text(f"home = {project / 'gone'}\n", "utf-8")
    assert not module.is_whole()
    configuration.write_text(f"home = {project}\n", "utf-8")
    assert module.is_whole()


def test_a_stamp_holds_only_for_what_was_installed(project: Path, module: ModuleType) -> None:
    module.VENV.mkdir()
    assert not module.stamp_holds("program")
    module.stamp_file("test").write_text(module.wanted_stamp(), "utf-8")
    assert module.stamp_holds("program")
    assert module.stamp_holds("test")
    (project / "constraints.txt").write_text("new==1", "utf-8")
    assert not module.stamp_holds("program")
