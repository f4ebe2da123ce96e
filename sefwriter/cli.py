"""The terminal: the same acts as the screens, so that everything can be scripted and tested.

Exit: 0 done, 1 found something (check, verify), 2 could not do it, with one plain sentence on
stderr. With --json one JSON document goes to stdout and nothing else; progress goes to stderr.
"""

import argparse
import io
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TextIO

from sefwriter import __version__
from sefwriter.desk import commands
from sefwriter.desk.commands import Answer, Where
from sefwriter.desk.home import home
from sefwriter.store.faults import Cancelled, WorldError

Command = Callable[[argparse.Namespace, Where], Answer]


def run(arguments: Sequence[str], out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Does what the arguments say; the exit code."""
    # A program that was started without a console has no streams at all.
    says: TextIO = out or sys.stdout or io.StringIO()
    tells: TextIO = err or sys.stderr or io.StringIO()
    _speak_utf8(says, tells)
    parser = _parser()
    if not arguments:
        parser.print_help(says)
        return 0
    options = parser.parse_args(arguments)
    try:
        where = Where(
            home=home(),
            name=options.as_name,
            passphrase=_passphrase(options.passphrase_file),
            tell=_Teller(tells).tell,
        )
        answer: Answer = options.command(options, where)
    except (WorldError, Cancelled) as fault:
        _say(tells, f"sefwriter: {fault or 'Stopped. Nothing was left behind.'}")
        return 2
    except KeyboardInterrupt:
        _say(tells, "Stopped. What was saved stays saved.")
        return 130
    document = json.dumps(answer.value, ensure_ascii=False, indent=1)
    try:
        for line in (document,) if options.json else answer.lines:
            _say(says, line)
    except BrokenPipeError:
        # Whoever read our output went away (`sefwriter … | head`): no fault of ours to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answer.code


class _Teller:
    """Progress for people: a new step at once, the same step's count at most once a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._step = ""
        self._told = 0.0

    def tell(self, line: str) -> None:
        """Says a line of progress, such as "Reading pages 12/400"."""
        step = line.rstrip("0123456789/")
        now = time.monotonic()
        if step != self._step or now - self._told > 1:
            self._step, self._told = step, now
            _say(self._stream, line)


def _say(stream: TextIO, line: str) -> None:
    stream.write(line + "\n")
    stream.flush()


def _speak_utf8(*streams: TextIO) -> None:
    """Windows consoles and pipes speak old code pages; ours is UTF-8 everywhere."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _passphrase(file: str) -> str:
    if not file:
        return os.environ.get("SEFWRITER_PASSPHRASE", "")
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise WorldError(
            f"The passphrase file “{file}” can't be read. Look at its name."
        ) from error
    if not lines or not lines[0].strip():
        # Nothing would be under a passphrase then, and nobody would know.
        raise WorldError(f"The first line of “{file}” is empty: it must be the passphrase.")
    return lines[0]


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="one JSON document on stdout")
    common.add_argument(
        "--as",
        dest="as_name",
        default="",
        metavar="NAME",
        help="who writes, a person of this laptop",
    )
    common.add_argument(
        "--passphrase-file",
        default="",
        metavar="FILE",
        help="the first line is the passphrase of a sealed key (or set SEFWRITER_PASSPHRASE)",
    )
    parser = argparse.ArgumentParser(
        prog="sefwriter",
        description="Write an Area SEND self-evaluation whose every claim opens the page that "
        "proves it. SEF is a SEF folder or a .sef hand-over file.",
    )
    parser.add_argument("--version", action="version", version=f"sefwriter {__version__}")
    adding = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(
        name: str, command: Command, does: str, *arguments: tuple[str, dict[str, object]]
    ) -> argparse.ArgumentParser:
        made = adding.add_parser(name, help=does, description=does, parents=[common])
        for argument, settings in arguments:
            made.add_argument(argument, **settings)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        made.set_defaults(command=command)
        return made

    for name, command, does, arguments in _COMMANDS:
        add(name, command, does, *arguments)
    _add_person(adding, common)
    return parser


def _add_person(
    adding: "argparse._SubParsersAction[argparse.ArgumentParser]",  # pyright: ignore[reportPrivateUsage]
    common: argparse.ArgumentParser,
) -> None:
    person = adding.add_parser("person", help="the people of this laptop, and who is at the desk")
    acts = person.add_subparsers(title="commands", metavar="COMMAND", required=True)
    new = acts.add_parser("new", help="a new person with a key", parents=[common])
    new.add_argument("name")
    new.add_argument("--organisation", default="")
    new.add_argument("--partner", default="")
    new.set_defaults(command=commands.person_new)
    listing = acts.add_parser("list", help="who is on this laptop", parents=[common])
    listing.set_defaults(command=commands.person_list)
    use = acts.add_parser("use", help="this person is at the desk from now on", parents=[common])
    use.add_argument("name")
    use.set_defaults(command=commands.person_use)
    seal = acts.add_parser("seal", help="the key goes under a passphrase", parents=[common])
    seal.add_argument("name")
    seal.add_argument("--old-passphrase-file", default="", metavar="FILE")
    seal.set_defaults(command=commands.person_seal, read_passphrase=_passphrase)


_SEF: Final[tuple[str, dict[str, object]]] = ("sef", {"metavar": "SEF", "type": Path})
_CARRIER: Final[tuple[str, dict[str, object]]] = (
    "--carrier",
    {"metavar": "FOLDER", "type": Path, "default": None, "help": "another folder to meet at"},
)
_COMMANDS: Final[
    tuple[tuple[str, Command, str, tuple[tuple[str, dict[str, object]], ...]], ...]
] = (
    (
        "demo",
        commands.demo,
        "makes the demonstration SEF, exports its pack and verifies it",
        (("--to", {"metavar": "DIR", "type": Path, "default": None}),),
    ),
    (
        "new",
        commands.new,
        "a new SEF folder with the framework's sections",
        (
            ("folder", {"metavar": "DIR", "type": Path}),
            ("--area", {"required": True}),
            ("--person", {"required": True}),
            ("--organisation", {"default": ""}),
            ("--partner", {"default": ""}),
            ("--framework", {"default": "area-send-2025", "metavar": "ID"}),
        ),
    ),
    (
        "acts",
        commands.acts,
        "the acts, their fields, who may",
        (("act", {"nargs": "?", "default": "", "metavar": "ACT"}),),
    ),
    (
        "do",
        commands.do,
        "one act (field=value, field=@file), or a script of acts",
        (
            _SEF,
            ("act", {"nargs": "?", "default": "", "metavar": "ACT"}),
            ("fields", {"nargs": "*", "default": [], "metavar": "field=value"}),
            ("--script", {"metavar": "FILE.jsonl", "type": Path, "default": None}),
        ),
    ),
    (
        "show",
        commands.show_kind,
        "what the SEF holds, one kind of thing at a time",
        (_SEF, ("kind", {"metavar": "KIND"}), ("id", {"nargs": "?", "default": ""})),
    ),
    (
        "search",
        commands.search,
        "words on every page of all evidence",
        (
            _SEF,
            ("words", {"nargs": "+"}),
            ("--limit", {"type": int, "default": 20, "metavar": "N"}),
        ),
    ),
    ("check", commands.check, "all checks; exit 1 if there are errors", (_SEF,)),
    (
        "export",
        commands.export,
        "the pack: Word, PDF, bound PDF, manifest",
        (
            _SEF,
            ("--to", {"metavar": "DIR", "type": Path, "required": True}),
            ("--final", {"action": "store_true"}),
            ("--only", {"default": "word,pdf,bound", "metavar": "word,pdf,bound"}),
            ("--date", {"default": "", "metavar": "YYYY-MM-DD"}),
            ("--override", {"action": "append", "default": [], "metavar": "CHECK=REASON"}),
        ),
    ),
    (
        "verify",
        commands.verify,
        "is the pack, or the SEF, whole and true",
        (("path", {"metavar": "DIR or SEF", "type": Path}),),
    ),
    ("pull", commands.pull, "takes in what other copies wrote", (_SEF, _CARRIER)),
    (
        "publish",
        commands.publish,
        "puts what was written here into the SEF folder",
        (_SEF, _CARRIER),
    ),
    ("repair", commands.repair, "writes back what the SEF folder lost", (_SEF, _CARRIER)),
    (
        "rebuild",
        commands.rebuild,
        "makes this laptop's damaged copy anew from the SEF folder and what can be read of it",
        (_SEF,),
    ),
    (
        "hand-over",
        commands.hand_over,
        "one file with everything",
        (_SEF, ("file", {"metavar": "FILE.sef", "type": Path})),
    ),
    (
        "join",
        commands.join,
        "makes a person's key here and prints it with its six words, for an owner to admit",
        (_SEF,),
    ),
    (
        "recover",
        commands.recover,
        "an owner comes back by the printed recovery key: --as NAME is them on this laptop",
        (_SEF, ("--words-file", {"metavar": "FILE", "type": Path, "required": True})),
    ),
)
