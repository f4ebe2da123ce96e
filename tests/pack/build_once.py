"""Builds the example's pack in a process of its own: FOLDER-OF-EVIDENCE TARGET PARTS-BY-COMMA."""

import sys
from pathlib import Path

from sefwriter.pack.build import build_pack
from tests.pack.example import SIGNER, a_plan, sign

build_pack(
    a_plan(Path(sys.argv[1])),
    folder=Path(sys.argv[2]),
    sign=sign,
    signer=SIGNER,
    progress=lambda what, done, of: None,
    stop=lambda: False,
    only=frozenset(sys.argv[3].split(",")),
)
