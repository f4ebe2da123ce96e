import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sefwriter.model.framework import Framework, FrameworkError, framework_from

SMALL: dict[str, object] = {
    "id": "small-1",
    "title": "Small",
    "version": "1",
    "basis": "A test",
    "checked_on": "2026-11-24",
    "own_words": "All of it",
    "sources": [{"title": "A", "publisher": "B", "date": "2023"}],
    "not_known": ["Much"],
    "inquiries": [{"id": "K1", "label": "Why?"}],
    "checklist": [{"id": "honest", "question": "Is it?", "help": "Yes"}],
    "sections": [
        {
            "ref": "S01",
            "title": "One",
            "prompts": ["What?"],
            "good": ["This"],
            "inquiries": ["K1"],
            "partners": ["health"],
            "evidence_kinds": ["Audit"],
            "target_words": 500,
            "basis": "A test",
            "from_a_newer_pack": 1,
        }
    ],
}


def test_a_pack_is_read_whole() -> None:
    pack = framework_from(SMALL)
    assert pack.id == "small-1"
    section = pack.section("S01")
    assert section is not None
    assert (section.title, section.target_words, section.partners) == ("One", 500, ("health",))
    assert pack.section("S99") is None


@pytest.mark.parametrize("field", list(SMALL))
def test_a_missing_field_is_named(field: str) -> None:
    data = {name: value for name, value in SMALL.items() if name != field}
    with pytest.raises(FrameworkError, match=f"has no “{field}”"):
        framework_from(data)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("ref", "s 1", "can't be 's 1'"),
        ("title", " ", "must be words"),
        ("prompts", [], "isn't empty"),
        ("prompts", [3], "must hold words"),
        ("inquiries", ["K9"], "'K9', which is unknown"),
        ("partners", ["police"], "'police', which is unknown"),
        ("target_words", -1, "must be a number"),
        ("target_words", True, "must be a number"),
    ],
)
def test_a_wrong_section_says_where_and_what(field: str, value: object, said: str) -> None:
    data = copy.deepcopy(SMALL)
    data["sections"][0][field] = value  # type: ignore[index]
    with pytest.raises(FrameworkError, match=said) as refusal:
        framework_from(data)
    assert f"“{field}” of item 1 of “sections”" in str(refusal.value)


@pytest.mark.parametrize(
    ("field", "said"),
    [("sections", "section S01"), ("inquiries", "inquiry K1"), ("checklist", "question honest")],
)
def test_nothing_may_stand_twice(field: str, said: str) -> None:
    data = copy.deepcopy(SMALL)
    data[field] = [*data[field], *data[field]]  # type: ignore[misc]
    with pytest.raises(FrameworkError, match=f"{said} stands twice"):
        framework_from(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=150)
@given(st.sampled_from(sorted(SMALL)), JSON)
def test_whatever_a_field_holds_it_is_read_or_refused(field: str, value: object) -> None:
    try:
        assert isinstance(framework_from({**SMALL, field: value}), Framework)
    except FrameworkError as refusal:
        assert str(refusal)
