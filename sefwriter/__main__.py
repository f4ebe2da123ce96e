"""`python -m sefwriter` and the `sefwriter` command."""

import sys
from multiprocessing import freeze_support

from sefwriter.cli import run


def main() -> int:
    """Runs the terminal; its exit code: 0 done, 1 found something, 2 could not do it."""
    freeze_support()
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
