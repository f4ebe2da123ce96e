"""The seam for fault injection: every moment at which a sudden end would be dangerous has a name.

Tests set SEFWRITER_DIE_AT or SEFWRITER_FAIL_AT to one of the names and start the real program, so
that "nothing is lost when the power goes here" is tried and not believed.
"""

import errno
import os
import signal
import sys
from typing import Final

STEPS: Final = frozenset(
    {
        "file: half written",
        "file: written, not renamed",
        "file: renamed",
        "vault: written, not renamed",
        "vault: renamed",
        "replica: before commit",
        "replica: after commit",
        "export: folder begun",
        "export: narrative written",
        "export: word written",
        "export: bound written",
        "export: manifest written",
        "export: whole, not in place",
        "export: earlier pack aside",
        "export: in place",
        "publish: before segment",
        "publish: segment written",
        "publish: file written",
        "hand over: before rename",
    }
)
"""Every name that `step` is called with in the program. A new dangerous moment adds its own."""


def step(name: str) -> None:
    """Do nothing, unless this run was asked to end or to fail here.

    With SEFWRITER_DIE_AT=name the process ends at once, cleaning up nothing, as in a power cut;
    with SEFWRITER_FAIL_AT=name an OSError "disk full" is raised. Raises LookupError for a name that
    is not in STEPS, whether a test is running or not.
    """
    if name not in STEPS:
        raise LookupError(f"{name!r} is not one of the named steps in store/steps.py")
    if os.environ.get("SEFWRITER_DIE_AT") == name:
        if sys.platform == "win32":
            os._exit(137)
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("SEFWRITER_FAIL_AT") == name:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
