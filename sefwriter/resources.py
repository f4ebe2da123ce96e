"""Where the program's own data lies: installed inside the package, or in a checkout."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_resources"
_CHECKOUT = Path(__file__).parent.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of a resource such as ("framework", "area-send-2025.json").

    Raises FileNotFoundError with the path looked for: a damaged installation.
    """
    for root in (_CHECKOUT, _INSTALLED):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"sefwriter's own file {'/'.join(parts)} is missing: install it again")
