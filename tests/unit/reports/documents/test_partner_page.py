"""The partner page: its own figures beside the council's, what is hidden in words, and nothing of anybody else."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.reports.documents.own_figures import ELM, HEARD, about, asked, by_month, table, written

from earlyhelp.release import Status
from earlyhelp.release.partners import ReleasedGroup, ReleasedTold
from earlyhelp.reports.blocks import texts

OWN, WHOLE = (asked("A1", 30), asked("A10", 0.5)), (asked("A1", 200), asked("A10", 0.25))
DECIDED = (
    ReleasedGroup("Accepted for early help", 12, 90), ReleasedGroup("No further action", None, 40),
    ReleasedGroup("Returned to whoever asked", 0, 70),
)  # fmt: skip


def page(**more: object):
    told = {"partner": about(decisions=DECIDED), "own": OWN, "parts": WHOLE}
    return written("partner-page", **(told | more))


def test_it_is_named_after_the_partner_and_says_how_many_requests_of_how_many_and_how_soon_it_heard_back():
    said = list(texts(page()))
    assert page().title == "Early help and Elm School"
    assert "In the year to 31 March 2026 Elm School made 30 of the council's 200 requests for support." in said
    assert any(
        "On half of the requests of Elm School, whoever asked heard back within 9 days (95 per cent interval 7 or more)."
        in each
        for each in said
    )


def test_own_figures_stand_beside_the_councils_whole():
    assert table(page(), "Requests of the year").rows == (
        ("Requests for support received (requests)", "30", "200"),
        ("Feedback to requestor", "50.0% (45.0% to 55.0%)", "25.0% (22.5% to 27.5%)"),
    )


def test_what_became_of_requests_leaves_out_what_the_partner_has_none_of_and_tells_what_is_hidden():
    assert table(page(), "What became").rows == (
        ("Accepted for early help", "12", "90"),
        ("No further action", "too few to say", "40"),
    )


def test_what_other_pages_would_give_away_is_told_as_that_and_not_as_few():
    told = about()
    said = " ".join(texts(page(partner=replace(told, requests=False, months=False), own=(asked("A1", None),))))
    assert "cannot be told: beside others' pages it would tell of few" in said
    assert "By month nothing is shown" in said
    assert "too few requests" not in said


def test_too_few_requests_are_told_as_that_and_not_as_none():
    said = " ".join(texts(page(own=(asked("A1", None),))))
    assert "Elm School made too few requests for support to say how many." in said
    assert table(page(own=(asked("A1", None),)), "Requests of the year").rows[0][1] == "too few to say"


def test_a_measure_that_cannot_be_told_apart_by_partner_says_so():
    assert table(page(own=(asked("A1", 30),)), "Requests of the year").rows[1][1] == "not told apart"


def test_months_are_drawn_with_certificates_and_the_hidden_ones_in_words():
    content = page(own=(*OWN, by_month("A1", 8, 7, None, None)))
    [chart] = content.figures
    assert chart.table.rows[1:3] == (("May 2025", "7", "M1"), ("June 2025", "too few to say", "M2"))
    assert "2 of 4 months shown" in chart.alt


def test_months_of_which_the_year_would_tell_the_hidden_one_are_not_shown():
    content = page(own=(*OWN, by_month("A1", 8, 9, 10, None)))
    assert not content.figures
    assert any(each.startswith("By month nothing is shown") for each in texts(content))


def test_where_most_months_are_hidden_none_is_drawn():
    content = page(own=(*OWN, by_month("A1", 0, None, None)))
    assert not content.figures
    assert "By month there are too few to say." in list(texts(content))


def test_how_soon_nobody_can_tell_is_told_in_three_different_ways():
    ways = {
        "too few requests, or too few told": ReleasedTold(Status.SUPPRESSED),
        "is not recorded": ReleasedTold(Status.NO_DATA),
        "less than half": replace(HEARD, days=None),
    }
    for words, told in ways.items():
        assert any(words in each for each in texts(page(partner=about(told=told))))


def test_a_partner_that_only_leads_has_its_families_and_no_requests():
    leads = replace(ELM, name="Elm Charity", splits=("organisation",))
    content = page(partner=about(leads), own=(asked("C1", 12),), parts=(*WHOLE, asked("C1", 90)))
    assert [each.text for each in content.headings if each.level == 1] == [
        "In short", "Families whose help you lead", "Annex: certificates",
    ]  # fmt: skip
    assert table(content, "On the last day").rows == (("Families and children open (families)", "12", "90"),)


def test_other_spellings_of_the_name_are_named_since_their_records_are_left_out():
    content = page(partner=about(replace(ELM, also_spelt=("ELM SCHOOL",))))
    assert any("also spell the name ELM SCHOOL" in each for each in texts(content))


def test_every_figure_of_the_tables_has_its_certificate_and_no_other_partner_is_named():
    rows = table(page(), "What stands behind").rows
    assert [(row[1], row[3]) for row in rows] == [
        ("yours", "CA10"), ("yours", "CA100"), ("all the council", "CA10"), ("all the council", "CA100"),
    ]  # fmt: skip


def test_a_partner_whose_name_sounds_like_a_claim_is_no_claim():
    assert page(partner=about(replace(ELM, name="Reducing Parental Conflict"))).title.endswith("Parental Conflict")
