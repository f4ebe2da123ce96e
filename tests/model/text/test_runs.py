from hypothesis import given
from hypothesis import strategies as st

from sefwriter.model.ids import ClaimId, MeasureId
from sefwriter.model.text.blocks import Run
from sefwriter.model.text.normal import clean
from sefwriter.model.text.runs import plain, tidy
from tests.model.text import trees

_raw = st.lists(
    st.builds(
        Run,
        trees.texts,
        bold=st.booleans(),
        italic=st.booleans(),
        code=st.booleans(),
        line_break=st.sampled_from([False, False, False, True]),
        claim=st.none() | trees.claim_ids,
    ),
    max_size=6,
)


@trees.modest
@given(_raw)
def test_tidying_keeps_the_words_and_again_changes_nothing(raw: list[Run]) -> None:
    once = tidy(raw)
    assert tidy(once) == once
    words = "".join(" " if run.line_break else run.text for run in raw)
    assert "".join(plain(once).split()) == "".join(clean(words).split())
    assert plain(once).count("\n") == sum(run.line_break for run in raw)


def test_neighbours_of_one_look_are_one_run() -> None:
    assert tidy([Run("e"), Run("\u0301"), Run("", bold=True), Run("x")]) == (Run("éx"),)


def test_what_can_not_be_written_is_left_out() -> None:
    measure, claim = MeasureId("m1"), ClaimId("ca")
    assert tidy([Run("71", link="https://a.b", measure=measure)]) == (Run("71", measure=measure),)
    assert tidy([Run("alt", bold=True, picture="ab", link="x", claim=claim)]) == (
        Run("alt", picture="ab", claim=claim),
    )
    assert tidy([Run("x", bold=True, line_break=True)]) == (Run("", line_break=True),)


def test_white_space_sheds_its_look_inside_one_claim_only() -> None:
    claim = ClaimId("ca")
    assert tidy([Run("a ", bold=True), Run(" b", bold=True, claim=claim)]) == (
        Run("a", bold=True),
        Run(" "),
        Run(" ", claim=claim),
        Run("b", bold=True, claim=claim),
    )
