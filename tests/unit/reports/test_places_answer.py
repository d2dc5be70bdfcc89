"""Where domestic abuse is worst, in sentences: made of what was released, each within what the figures can carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from earlyhelp.evaluate.places import where_worst as counted
from earlyhelp.measures import CATALOGUE, Figure, Figures, Period
from earlyhelp.release import ReleasedPlaces, Status, policy, publish, publish_places
from earlyhelp.reports.answers import Part, Reply, Setting
from earlyhelp.reports.answers.places import CANNOT_SAY, where_worst
from spec.dataset import snapshot
from unit.evaluate.places_council import AS_AT, STANDARDS, WARDS, crowd

YEAR = Period(date(2025, 4, 1), AS_AT)


def part(counts: dict[str, tuple[int, int]]) -> Part:
    """Requests in which abuse is mentioned, by ward or in all."""
    figures = [Figure(YEAR, {"ward_code": code} if code else {}, *of) for code, of in counts.items()]
    by = () if "" in counts else ("ward_code",)
    released = publish(Figures(CATALOGUE["A9"].defined_as("rate"), by, figures), policy("dfe"))
    return Part(released, [f"C{number}" for number in range(len(figures))])


REQUESTS = [part({WARDS[0]: (60, 1200), WARDS[1]: (20, 1200)}), part({"": (80, 2400)})]


@cache
def released() -> ReleasedPlaces:
    given = crowd((40, 40, 40, 4, 20, 20), (20, 20, 20, 20, 10, 10), (12, 12, 12, 2, 6, 6))
    with snapshot(given, AS_AT, checked=False) as con:
        return publish_places(counted(con, STANDARDS), policy("dfe"))


def told(found: ReleasedPlaces | None) -> Reply:
    return where_worst(REQUESTS, Setting(AS_AT, places=found))


def said(found: ReleasedPlaces | None) -> str:
    return " ".join(told(found).answer)


def test_the_first_sentence_tells_the_council_with_its_interval_and_its_days():
    first = told(released()).answer[0]
    assert first.startswith(
        "The police told of 164 incidents of domestic abuse from 1 April 2025 to 31 March 2026: 68.3 ("
    )
    assert first.endswith(" for each 1,000 children.")


def test_small_areas_are_named_with_a_probability_that_is_never_certainty():
    chances = iter((0.9999, 0.62, 0.3, 0.2, 0.1, 0.0))
    rows = [{**row, "probability_among_worst": next(chances)} for row in released().level("small_area")]
    wards = tuple({**row, "probability_among_worst": 0.0004} for row in released().level("ward"))
    sentence = next(each for each in told(replace(released(), rows=(*wards, *rows))).answer if "small areas" in each)
    assert "2 are more likely than not among the worst tenth (1): " in sentence
    assert [words in sentence for words in ("(over 99 in 100)", "(62 in 100)", "(30 in 100)")] == [True, True, False]


def test_where_no_area_stands_out_none_is_named():
    rows = tuple({**row, "probability_among_worst": 0.04} for row in released().rows)
    assert "none is more likely than not among the worst tenth (1)." in said(replace(released(), rows=rows))
    assert "of 2: none stands out." in said(replace(released(), rows=rows))


def test_where_it_may_be_hidden_is_said_with_both_sources_beside_each_other():
    assert "It may be hidden in these small areas too" not in said(released()), "its count is too few to be shown"
    rows = tuple({**row, "may_be_hidden": row.get("ward_code") == WARDS[1]} for row in released().rows)
    sentence = next(each for each in told(replace(released(), rows=rows)).answer if "hidden from the police in" in each)
    assert "Southmere" in sentence
    assert "times as frequent as in the council" in sentence


def test_small_areas_where_it_may_be_hidden_are_named():
    rows = tuple({**row, "may_be_hidden": True} for row in released().rows)
    assert "It may be hidden in these small areas too: " in said(replace(released(), rows=rows))


def test_a_ward_row_holds_what_other_programs_rely_on_and_a_certificate():
    table = told(released()).table
    wanted = {"numerator", "denominator", "value", "lower", "upper", "status", "probability_among_worst"}
    assert all(wanted <= row.keys() for row in table)
    assert [("ward_code" in row, "lsoa" in row) for row in table] == [(True, False)] * 2 + [(False, True)] * 6
    assert told(released()).certificates == ("C0", "C1")
    assert {row["requests"] for row in table if "ward_code" in row} == {50.0, 20 / 1200 * 1000}


def test_what_it_cannot_say_is_always_beside_it():
    assert set(CANNOT_SAY) <= set(told(released()).caveats)
    assert [each for each in (*told(released()).answer, *told(released()).caveats) if not each.endswith(".")] == []


def test_without_notifications_requests_are_told_of_and_the_reason_comes_first():
    reply = told(ReleasedPlaces(Status.NO_DATA, "No police notifications of domestic abuse are held."))
    assert reply.answer[0].startswith("No police notifications of domestic abuse are held. What follows are requests")
    assert [row["ward_code"] for row in reply.table] == list(WARDS)
    assert reply.certificates == ("C0", "C1")


def test_without_children_there_are_counts_and_the_reason_for_no_rate():
    whole = {**(released().council or {}), "value": None, "status": "no_data"}
    assert "so that there are counts and no rate" in said(replace(released(), council=whole))


def test_a_change_within_its_interval_is_said_to_be_no_more_than_chance_and_one_beyond_it_more():
    def changed(lower: float, upper: float) -> str:
        row = {
            **(released().council or {}),
            "before": 100.0,
            "change": 1.2,
            "change_lower": lower,
            "change_upper": upper,
        }
        return next(
            each for each in told(replace(released(), council=row)).answer if each.startswith("The year before")
        )

    assert changed(0.9, 1.6).endswith("no more than chance may bring.")
    assert changed(1.05, 1.4).endswith(", more than chance.")


def test_wards_that_changed_are_named_with_how_many_would_by_chance_alone():
    def with_upper(upper: float) -> str:
        change = {"change": 0.6, "change_lower": 0.4, "change_upper": upper}
        return said(replace(released(), rows=tuple({**row, **change} for row in released().rows)))

    assert "In no ward did notifications change by more than chance may bring." in with_upper(1.1)
    assert "in 2 of 2 wards: Northwell (-40 %) and Southmere (-40 %). One ward in twenty" in with_upper(0.9)


def test_records_that_are_young_or_old_are_said_to_be():
    caveats = " ".join(told(replace(released(), whole_year=False, two_years=False, stale=True, nowhere=None)).caveats)
    for words in (
        "its counts are too low",
        "no change and no repeat",
        "long before the day",
        "A few notifications are outside",
    ):
        assert words in caveats
