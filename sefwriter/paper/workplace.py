"""The temporary folder that typst reads from, laid out with what it needs."""

import shutil
import tempfile
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sefwriter.store.faults import WorldError


@contextmanager
def laid_out(files: Mapping[str, Path | bytes]) -> Generator[Path]:
    """A temporary folder with these files, gone afterwards; names may have folders, with "/".

    Raises WorldError where there is no room for it, or the system's temporary folder can't be used.
    """
    with ExitStack() as stack:
        try:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sefwriter-")))
            for name, content in files.items():
                _put(folder / name, content)
        except OSError as fault:
            raise WorldError(
                "Pages need some room in the temporary folder of this laptop, and it can't be "
                f"used ({fault.strerror}). Free some space on its disk and try again."
            ) from fault
        yield folder


def _put(path: Path, content: Path | bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        shutil.copy(content, path)
