"""The ward profile: need and reach beside the council, rates where children are known, and no small count."""

from __future__ import annotations

from tests.unit.reports.documents.own_figures import asked, table, written

from earlyhelp.measures.wards import Ward
from earlyhelp.reports.blocks import texts

WARD = Ward("E05000001", "Elm", 1234.0)
WHOLE = (asked("A1", 200), asked("A1", 1600, definition="rate"), asked("A9", 0.5), asked("B1", 30), asked("F1", 0.5))
OWN = (asked("A1", 60), asked("A1", 1800, definition="rate"), asked("A9", None), asked("B1", None))


def profile(**more: object):
    return written("ward-profile", **({"ward": WARD, "own": OWN, "parts": WHOLE} | more))


def test_it_is_named_after_the_ward_and_tells_how_many_children_live_there():
    assert profile().title == "Ward profile: Elm"
    assert "1,234 children aged 0 to 17 live in Elm (E05000001)." in list(texts(profile()))


def test_a_rate_is_told_beside_the_councils_and_the_table_has_its_interval():
    assert any(
        "1,800 requests for support for each 10,000 children; all the council 1,600" in each
        for each in texts(profile())
    )
    assert table(profile(), "What is asked for").rows[:2] == (
        ("Requests for support received (requests)", "60", "200"),
        ("Requests for support received (requests for each 10,000)", "1,800.0 (1,620.0 to 1,980.0)",
         "1,600.0 (1,440.0 to 1,760.0)"),
    )  # fmt: skip


def test_few_families_are_hidden_in_words_wherever_they_stand():
    assert table(profile(), "What is asked for").rows[2][1] == "too few to say"
    assert table(profile(), "Whom early help reaches").rows == (
        ("Waiting list size (families)", "too few to say", "30"),
    )


def test_a_ward_whose_children_nobody_counts_has_no_rates_and_says_so():
    said = list(texts(profile(ward=Ward("E05000002", "Quay", None), own=())))
    assert "How many children live in Quay is not known here, so that there are no rates." in said


def test_it_says_what_it_cannot_tell():
    assert any("this page cannot tell which" in each for each in texts(profile()))
