"""Start sefwriter from a checkout: makes `.venv` beside this file once, then goes on inside it.

Standard library only, and readable by old Pythons, so that they can say which one is needed.
`python3 main.py ARGS` is `sefwriter ARGS`; `python3 main.py test ARGS` runs the project's tests.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / ".venv.lock"
UNFINISHED = ROOT / ".venv.unfinished"
"""Stands there while `.venv` is being made; after an interruption all is made anew."""
AGAIN = "Then start this again; it goes on where it stopped."

PROGRAM = "program"
TESTS = "test"
"""What an environment can be for: a stamp of TESTS also holds for PROGRAM."""


class SetupError(Exception):
    """Something outside this project is in the way; the message says what, and what to do."""


def main(arguments: list[str]) -> int:
    """Run the program or its tests with these arguments; returns the exit code."""
    try:
        need_python(sys.version_info[:2])
        testing = arguments[:1] == ["test"]
        purpose = TESTS if testing else PROGRAM
        if is_installed_here(purpose):
            interpreter = Path(sys.executable)
        else:
            interpreter = prepared_interpreter(purpose)
        if testing:
            return run([str(interpreter), "-m", "pytest", *pytest_arguments(arguments[1:])], ROOT)
        return run([str(interpreter), "-P", "-m", "sefwriter", *arguments])
    except SetupError as hindrance:
        say(f"sefwriter: {hindrance}")
        return 2
    except KeyboardInterrupt:
        say("Stopped. Start this again to go on.")
        return 130


def need_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that is too old to run the project."""
    if version < NEEDED:
        have, need = (".".join(map(str, numbers)) for numbers in (version, NEEDED))
        raise SetupError(
            f"this is Python {have}; sefwriter needs Python {need} or newer. "
            f"Install a newer one from python.org, or start this with it: "
            f"python{need} main.py (on Windows: py -{need} main.py)."
        )


def is_installed_here(purpose: str) -> bool:
    """Whether the Python that runs this has what the project needs, so that it needs no `.venv`."""
    import tomllib  # absent from old Pythons, which must get as far as need_python
    from importlib import metadata

    if Path(sys.prefix) == VENV and any(stamp_file(name).is_file() for name in (PROGRAM, TESTS)):
        return stamp_holds(purpose)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    tools = project["optional-dependencies"]["test"] if purpose == TESTS else []
    try:
        for requirement in [*project["dependencies"], *tools]:
            metadata.version(re.split(r"[^\w.-]", requirement)[0])
    except metadata.PackageNotFoundError:
        return False
    return True


def pytest_arguments(arguments: list[str]) -> list[str]:
    """pytest's arguments: as given, or one worker a processor when nothing is asked for."""
    return arguments or ["-n", "auto"]


def run(command: list[str], folder: Path | None = None) -> int:
    """Hand over to another program: in this one's place where the system can, else wait for it."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(paths))
    sys.stdout.flush()
    if os.name == "posix":
        if folder:
            os.chdir(folder)
        os.execve(command[0], command, environment)
    return subprocess.call(command, cwd=folder, env=environment)


def prepared_interpreter(purpose: str) -> Path:
    """The Python of `.venv`, which is made, mended or brought up to date first where needed."""
    if stamp_holds(purpose) and is_whole():
        return interpreter_in(VENV)
    with only_one_at_a_time():
        if not (stamp_holds(purpose) and is_whole()):
            try:
                prepare(purpose)
            except OSError as fault:
                raise SetupError(f"setting up failed: {fault}. Mend that. {AGAIN}") from fault
    return interpreter_in(VENV)


def interpreter_in(environment: Path) -> Path:
    """Where an environment keeps its Python."""
    if os.name == "nt":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def wanted_stamp() -> str:
    """A hash that changes whenever what must be installed changes, or the folder is moved."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp_file(purpose: str) -> Path:
    """Where the hash of what was installed for this purpose is kept."""
    return VENV / f"sefwriter-{purpose}.stamp"


def stamp_holds(purpose: str) -> bool:
    """Whether `.venv` holds what this purpose needs, as the project asks for it now."""
    candidates = [stamp_file(name) for name in {purpose, TESTS} if stamp_file(name).is_file()]
    return any(candidate.read_text("utf-8") == wanted_stamp() for candidate in candidates)


def is_whole() -> bool:
    """Whether `.venv` has a Python and the Python it was made from is still there."""
    configuration = VENV / "pyvenv.cfg"
    if not interpreter_in(VENV).exists() or not configuration.is_file():
        return False
    home = re.search(r"^home\s*=\s*(.+)$", configuration.read_text("utf-8"), re.MULTILINE)
    return bool(home) and Path(home.group(1).strip()).is_dir()


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Hold the set-up to oneself; a second start waits until the first is done."""
    try:
        handle = LOCK.open("a")
    except OSError as fault:
        raise SetupError(
            f"the folder {ROOT} can't be written to ({fault.strerror}). Copy it to a folder of "
            f"your own and start it there, or install it with: pip install {ROOT}"
        ) from None
    with handle:
        if os.name == "nt":
            import msvcrt

            try:
                msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
            except OSError:
                raise SetupError(
                    "another start is still setting up; wait until it is done."
                ) from None
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepare(purpose: str) -> None:
    """Make or mend `.venv` and install the project into it; leaves a stamp once all is there."""
    for name in (PROGRAM, TESTS):
        if stamp_file(name).is_file():
            stamp_file(name).unlink()
    anew = UNFINISHED.exists() or not has_pip()
    UNFINISHED.touch()
    if anew:
        need_venv_module()
        say(f"Setting up, once. Making {VENV}")
        done(watched([sys.executable, "-m", "venv", "--clear", str(VENV)]), "making .venv")
    what = "sefwriter and its tests' tools" if purpose == TESTS else "sefwriter"
    say(f"Installing {what} with the versions of constraints.txt; this takes a minute or two.")
    extra = "[test]" if purpose == TESTS else ""
    pip = [str(interpreter_in(VENV)), "-m", "pip", "install", "--disable-pip-version-check"]
    options = ["--progress-bar", "off", "--constraint", str(ROOT / "constraints.txt")]
    done(watched([*pip, *options, "--editable", f"{ROOT}{extra}"]), "installing")
    stamp_file(purpose).write_text(wanted_stamp(), "utf-8")
    UNFINISHED.unlink()
    say("Ready.")


def has_pip() -> bool:
    """Whether there is a `.venv` to install into: whole, of a Python new enough, with pip in it."""
    if not is_whole():
        return False
    test = f"import pip, sys; sys.exit(sys.version_info < {NEEDED})"
    answer = subprocess.run(
        [str(interpreter_in(VENV)), "-c", test], capture_output=True, check=False
    )
    return answer.returncode == 0


def need_venv_module() -> None:
    """Refuse a Python that came without the modules that make an environment (Debian, Ubuntu)."""
    from importlib.util import find_spec

    missing = [name for name in ("venv", "ensurepip") if find_spec(name) is None]
    if missing:
        version = ".".join(map(str, sys.version_info[:2]))
        raise SetupError(
            f"this Python came without its module {missing[0]}. On Debian or Ubuntu: "
            f"sudo apt install python{version}-venv. Elsewhere install Python from python.org. "
            + AGAIN
        )


def watched(command: list[str]) -> tuple[int, str]:
    """Run a command, saying which package it is at; returns its exit code and its words."""
    environment = dict(os.environ, PIP_USER="0", PYTHONIOENCODING="utf-8")
    lines: list[str] = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=environment,
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            package = re.match(r"Collecting ([\w.-]+)", line)
            if package:
                say(f"  {package.group(1)}")
            elif line.startswith("Installing collected packages"):
                say("  putting them in place")
    return process.returncode, "".join(lines)


FAULTS = (
    (
        r"No space left|Errno 28|not enough space|WinError 112",
        "the disk is full. Make about 600 MB of room. " + AGAIN,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "this network puts its own certificate on secure connections, and Python doesn't know it. "
        "Ask IT for that certificate as a file and set PIP_CERT to its path. " + AGAIN,
    ),
    (
        r"ProxyError|407 Proxy",
        "the network's proxy refused. Set HTTPS_PROXY as IT says. " + AGAIN,
    ),
    (
        r"NewConnectionError|name resolution|getaddrinfo failed|[Nn]etwork is unreachable"
        r"|[Cc]onnection refused|timed out|TimeoutError|No route to host|from versions: none",
        "the packages could not be fetched; there seems to be no way to the internet. Connect this "
        "computer for the first start (later ones need no network). " + AGAIN,
    ),
    (
        r"Permission denied|Read-only file system|WinError 5\b|Access is denied",
        f"the folder {ROOT} can't be written to, or another program holds a file of .venv open. "
        "Close that program, or copy the folder to one of your own. " + AGAIN,
    ),
)
"""What pip's and venv's words mean for a person, the surest first."""


def done(result: tuple[int, str], doing: str) -> None:
    """Go on after a command that went well; else say in plain words what stood in the way."""
    code, words = result
    if code == 0:
        return
    for pattern, advice in FAULTS:
        if re.search(pattern, words):
            raise SetupError(advice)
    told = [line for line in words.splitlines() if line.strip()][-8:]
    raise SetupError("\n  ".join([f"{doing} failed (exit code {code}). Its last words:", *told]))


def say(line: str) -> None:
    """One line for the person who started this; standard output stays the program's own."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
