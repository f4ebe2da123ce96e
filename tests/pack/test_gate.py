import pytest

from sefwriter.model.checks import Check, Where
from sefwriter.model.words import CheckLevel
from sefwriter.pack.gate import Refused, open_errors, overrides_of, pass_gate
from sefwriter.store.faults import WorldError


def a_check(check: str, level: CheckLevel = "error") -> Check:
    return Check(check, level, Where(), f"{check} is found.", "Mend it.")


CHECKS = (a_check("claim-doubled"), a_check("meeting-open"), a_check("claim-loose", "warning"))


def test_errors_make_a_draft_and_warnings_do_not() -> None:
    assert pass_gate(CHECKS).draft
    assert not pass_gate(CHECKS[2:]).draft
    assert not pass_gate(CHECKS[2:], final=True).draft


def test_a_final_pack_is_refused_with_each_error() -> None:
    with pytest.raises(Refused) as refused:
        pass_gate(CHECKS, final=True, overrides=overrides_of(["meeting-open=Settled"], "A. Lead"))
    assert refused.value.reasons == ("claim-doubled is found. Mend it.",)


def test_an_override_answers_for_its_check_by_name() -> None:
    overrides = overrides_of(["meeting-open=Settled on Monday", "all=Dry run"], "A. Lead")
    gate = pass_gate(CHECKS, final=True, overrides=overrides)
    assert not gate.draft
    given = [judged.override and judged.override.reason for judged in gate.judged]
    assert given == ["Dry run", "Settled on Monday", None]
    assert {judged.override.person for judged in gate.judged if judged.override} == {"A. Lead"}


def test_an_override_that_meets_no_error_is_said() -> None:
    overrides = overrides_of(["claim-loose=Known", "no-such=Why", "all=Dry run"], "A. Lead")
    assert pass_gate(CHECKS, overrides=overrides).unused == ("claim-loose", "no-such")
    assert open_errors(CHECKS, overrides[:2]) == CHECKS[:2]


@pytest.mark.parametrize("word", ["meeting-open", "meeting-open=", "meeting-open= ", "=why", ""])
def test_an_override_without_check_or_reason_is_not_taken(word: str) -> None:
    with pytest.raises(WorldError, match="gives no reason"):
        overrides_of([word], "A. Lead")
