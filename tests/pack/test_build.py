from pathlib import Path

import pytest

from sefwriter.pack.build import Built, build_pack
from sefwriter.pack.gate import pass_gate
from sefwriter.pack.plan import PackPlan
from sefwriter.pack.verify import verify_pack
from tests.pack.example import SIGNER, a_plan, sign, verify_signature


def build(plan: PackPlan, folder: Path, **other: object) -> Built:
    return build_pack(
        plan,
        folder=folder,
        sign=sign,
        signer=SIGNER,
        progress=lambda what, done, of: None,
        stop=lambda: False,
        **other,  # pyright: ignore[reportArgumentType]
    )


def test_a_pack_is_whole_and_true(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    built = build(a_plan(tmp_path / "vault"), tmp_path / "Pack")
    found = verify_pack(tmp_path / "Pack", verify_signature=verify_signature)
    assert [str(finding) for finding in found] == []
    print(built)
