"""The 29 bits of a log's id that name its writer in the text can be searched for: held."""

from pathlib import Path

import pytest

from sefwriter.ledger import crdt, fold
from tests.ledger.team import Team


def test_a_log_whose_name_is_taken_writes_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = Team(tmp_path, {"author": ("author",)})
    team.lead.do("AddSection", title="Outcomes")
    team.lead.write("The lead's words.")
    team.sync()
    for module in (crdt, fold):
        monkeypatch.setattr(module, "client_prefix", lambda _log: 7)
    team.author.write("The lead's words. Smuggled in.")
    team.sync()
    assert team.lead.section().text == "The lead's words."
    refused = team.lead.replica.db.rows("SELECT refused FROM entry WHERE refused != ''")
    assert refused == [("text under a name that was taken already",)]
