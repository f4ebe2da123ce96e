from sefwriter.evidence.passages import find_again, locate
from sefwriter.evidence.running_lines import without_running_lines

PAGES = [
    "Area report\n2 to 6 June\n1\nFamilies wait too long for the first\nappointment and this is",
    "Area report\n2 to 6 June\n2\nleading to a lack of trust. Waits\ngrow again.\nOpen to all",
    "Area report\n2 to 6 June\n3\nLeaders know this.\nOpen to all",
    "Area report\n2 to 6 June\n4\nAnother page with words.\nOpen to all",
]


def test_heads_feet_and_page_numbers_go_and_nothing_else() -> None:
    bare = without_running_lines(PAGES)
    assert bare[0] == "Families wait too long for the first\nappointment and this is"
    assert bare[1] == "leading to a lack of trust. Waits\ngrow again."
    assert bare[3] == "Another page with words."


def test_few_pages_have_no_running_lines() -> None:
    assert without_running_lines(PAGES[:2]) == tuple(PAGES[:2])


def test_a_sentence_over_a_page_end_is_found_past_the_running_head() -> None:
    found = locate("appointment and this is leading to a lack of trust", PAGES)
    assert (found.page, found.page_to) == (1, 2)
    again = find_again(found.quote, found.before, found.after, 1, PAGES)
    assert (again.state, again.page) == ("found", 1)


def test_words_of_a_running_head_are_still_found_where_they_stand() -> None:
    assert locate("Area report", PAGES, page=3).page == 3
