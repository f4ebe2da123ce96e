"""`python -m sefwriter` and the `sefwriter` command; `open` and the bare one are the window's."""

import sys
from multiprocessing import freeze_support
from pathlib import Path


def main() -> int:
    """Runs the window or the terminal; the exit code: 0 done, 1 found something, 2 not done."""
    freeze_support()
    arguments = sys.argv[1:]
    if not arguments or (arguments[0] == "open" and "--help" not in arguments):
        # Only the window needs Qt; a terminal on a server must start without it.
        from sefwriter.ui.app import run_window  # noqa: PLC0415

        return run_window(Path(arguments[1]) if len(arguments) > 1 else None)
    from sefwriter.cli import run  # noqa: PLC0415

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
