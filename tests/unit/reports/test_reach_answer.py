"""Who are we not reaching, in sentences: made of what was released, each within what the figures can carry."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from earlyhelp.answering import BESIDE_MEASURES
from earlyhelp.evaluate.reach import Group, Groups, SilentSchools
from earlyhelp.measures import CATALOGUE, Figure, Figures, Period
from earlyhelp.release import Status, policy, publish
from earlyhelp.release.reach import ReleasedProfile, ReleasedReach, publish_reach
from earlyhelp.reports.answers import PREPARED, Part, Reply, Setting
from earlyhelp.reports.answers.reach import CANNOT_SAY, HOW_TO_ADD, tell_public, tell_reach
from unit.evaluate.reach.reach_council import AS_AT
from unit.release.test_reach import found

DAY = Period(AS_AT, AS_AT)
RATE = CATALOGUE["C1"].defined_as("rate")
KIND = Groups("ethnicity", (Group("APKN", "Pakistani", 10, 9, 1000), Group("WBRI", "White British", 70, 60, 1000)))
GIRLS = Groups("sex", (Group("F", "Girls", 40, 40, 1000), Group("M", "Boys", 40, 40, 1000)))
AGE = Groups("age", why_not="How many children live here by age is not held (table population).")


def part(counts: dict[str, tuple[int, int]]) -> Part:
    """Children open for each 10,000, by ward or in all."""
    figures = [Figure(DAY, {"ward_code": code} if code else {}, *of) for code, of in counts.items()]
    released = publish(Figures(RATE, () if "" in counts else ("ward_code",), figures), policy("dfe"))
    return Part(released, [f"C{number}" for number in range(len(figures))])


OPEN = [part({"W0": (20, 1000), "W1": (60, 1000)}), part({"": (80, 2000)})]


def told(released: ReleasedReach | None) -> Reply:
    return tell_reach(OPEN, Setting(AS_AT, reach=released))


def released(*families: float, **more: object) -> ReleasedReach:
    return publish_reach(found(list(families), **more), policy("dfe"))


def test_the_first_sentence_tells_the_year_the_families_and_the_yardstick():
    reached = replace(released(10, 50, 60), period="FYE 2025")
    assert told(reached).answer[0] == (
        "120 families of 3 wards were helped from 31 March 2025 to 31 March 2026. Each ward is set beside what it would have, "
        "were they spread as children in low income live (FYE 2025, ages 0 to 15)."
    )


def test_wards_are_named_in_groups_with_what_was_expected():
    said = told(released(10, 40, 70, 3, 4, 100)).answer
    assert "Fewer than expected: Ward A (10 where 38 would be expected)." in said
    assert (
        "More than expected: Ward C (70 where 38 would be expected) and Ward F (100 where 38 would be expected)."
        in said
    )
    assert "As expected, or not shown to differ: 1 ward." in said
    assert "Too few to say: 2 wards (Ward D and Ward E)." in said
    assert (
        "The 2 wards whose counts are not shown had 7 families together where 76 would be expected: fewer than expected."
        in said
    )


def test_where_no_ward_is_shown_to_have_fewer_that_is_said_and_no_more():
    """Of 40.3 expected, 26 or fewer come by chance in 1.1 % of years and 27 in 1.71 %: over half of 10 % over 3 wards."""
    said = told(released(40, 40, 41)).answer
    assert said[1] == (
        "No ward can be shown to have fewer than expected; one of middling size would be told apart by itself with 64% of what "
        "is expected, or less."
    )
    small = replace(released(40, 40, 41), seen_from=None)
    assert told(small).answer[1].endswith("with so few families in each, none could be.")
    assert not any("More than" in each for each in said)


def test_a_ward_that_no_public_figure_knows_is_said_to_be_unknown():
    assert (
        "Of 1 ward no public figure is held, so that nothing can be said."
        in told(released(40, 40, 50, poor=[9, 9, np.nan])).answer
    )


def test_wards_missed_by_themselves_are_told_from_those_missed_as_all_like_them_are():
    """Ten poor wards and ten well-off ones, of which help follows low income; one poor ward has a third of what it should."""
    poor, families = [100.0] * 10 + [400.0] * 10, [20.0] * 10 + [80.0] * 9 + [25.0]
    said = told(released(*families, poor=poor)).answer
    assert "Fewer, too, than other wards of their low income have: Ward T." in said
    slope = next(each for each in said if each.startswith("From ward to ward"))
    assert "about in proportion to low income" in slope
    assert slope.endswith("where 1 would be in proportion and 0 not at all.")
    flat = told(released(*[50.0] * 20, poor=poor)).answer
    assert any("help rises less than in proportion to low income: to the power 0.0" in each for each in flat)


def test_groups_of_children_and_what_is_missing_of_them_are_told():
    reply = told(released(40, 40, 40, groups=(KIND, AGE, GIRLS)))
    assert (
        "By ethnicity, for their share of the children who live here: fewer of Pakistani (10 where 40 would be expected); "
        "more of White British (70 where 40 would be expected)." in reply.answer
    )
    assert "By sex no group of children can be shown to be helped more or less than its share." in reply.answer
    assert "How many children live here by age is not held (table population)." in reply.answer
    assert [row["label"] for row in reply.table if "label" in row] == ["Pakistani", "White British", "Boys", "Girls"]


def test_silent_schools_are_named_and_without_rolls_the_reason_is():
    silent = SilentSchools((("High School", 9.4),), 3, 60)
    said = told(released(40, 40, 40, schools=silent)).answer[-1]
    assert said.startswith(
        "Of 3 schools from which 5 requests or more were to be expected, 1 sent none all year: High School ("
    )
    assert (
        told(released(40, 40, 40, schools=replace(silent, silent=(), asked_of=0))).answer[-1].startswith("Of no school")
    )
    none = replace(silent, silent=(), asked_of=1)
    assert told(released(40, 40, 40, schools=none)).answer[-1].startswith("None of the 1 school from which 5 requests")
    without = SilentSchools(why_not="The roll is not held.")
    assert (
        told(released(40, 40, 40, schools=without)).answer[-1] == "Silent schools cannot be told. The roll is not held."
    )


def test_what_must_be_read_with_it_comes_with_every_answer():
    caveats = told(released(40, 40, 40, statistics="not_matched", nowhere=3.0, whole_year=False)).caveats
    assert set(CANNOT_SAY) <= set(caveats)
    assert caveats[0].startswith("No public statistics match the wards of these records")
    assert "A few families helped live outside the wards, or at no known place: in no figure of a ward." in caveats
    assert "The episodes held begin within the year told of: its counts are too low." in caveats
    assert any(each.startswith("With so few wards") for each in caveats)
    assert HOW_TO_ADD in told(released(40, 40, 40, statistics="no_pack")).caveats[0]
    assert any("standard deviation of" in each for each in told(released(*[40.0] * 12)).caveats)


def test_each_ward_keeps_its_rate_of_children_open_with_its_certificate():
    reply = told(released(10, 50, 60))
    rows = {row["ward_code"]: row for row in reply.table}
    assert (rows["W0"]["open_for_each_10_000"], rows["W0"]["certificate"]) == (200, "C0")
    assert (rows["W2"]["open_for_each_10_000"], rows["W2"]["certificate"]) == (None, None)
    assert rows["W0"]["in_words"].startswith("0.25 (0.1")
    assert reply.certificates == ("C0", "C1")


def test_without_wards_children_open_by_ward_are_told_and_why_there_is_no_more():
    reply = told(ReleasedReach(Status.NO_DATA, "No small areas of this council are held."))
    assert reply.answer[0] == "No small areas of this council are held."
    assert [row["ward_code"] for row in reply.table] == ["W0", "W1"]
    assert told(None).answer[0] == "Reach was not asked for."


def line(measure: str, label: str, value: float | None, unit: str = "per cent", **more: object) -> dict[str, object]:
    about = {"section": "Need", "measure": measure, "label": label, "unit": unit, "value": value, "period": "2025"}
    beside = {
        "earlier_value": None,
        "earlier_period": "",
        "neighbours_median": None,
        "neighbours_known": 0,
        "england": None,
    }
    return {**about, "status": "ok", **beside, **more}


def spent(name: str, share: float | None, neighbour: bool = True) -> dict[str, object]:
    return {"name": name, "share": share, "neighbour": neighbour, "status": "ok" if share is not None else "missing"}


def public(**more: object) -> ReleasedProfile:
    wards = tuple({"ward_code_label": name, "children": 1000, "low_income_share": share} for name, share in
                  (("East", 0.1), ("North", 0.4), ("West", None), ("South", 0.3)))  # fmt: skip
    figures = (
        line(
            "children/population_estimate",
            "Children aged 0 to 17",
            4000,
            "children",
            england=12_000_000,
            neighbours_median=3000,
        ),
        line(
            "low_income/pct",
            "Low income",
            20.0,
            earlier_value=18.0,
            earlier_period="2024",
            neighbours_median=25.0,
            neighbours_known=9,
        ),
        line("lait/LAC", "Looked after", None, status="missing"),
        line("sources_of_referral/Police", "Police", 30.0),
    )
    spending = (spent("Here", 20.0, neighbour=False), spent("Near", 25.0), spent("Far", 10.0), spent("Silent", None))
    about: dict = {"name": "Here", "figures": figures, "wards": wards, "spent_early": spending} | more
    return ReleasedProfile(Status.OK, **about)


def test_before_any_record_public_figures_answer_with_neighbours_direction_and_what_is_missing():
    reply = tell_public(public())
    assert reply.answer == (
        "No record has been loaded yet: what follows of Here is from public statistics alone.",
        "Children aged 0 to 17: 4,000 in 2025.",
        "Children in low income after housing costs: 20.0 per cent in 2025 (18.0 in 2024 and median of 9 statistical neighbours "
        "25.0).",
        "Children looked after: missing in 2025, which is not 0.",
        "Of 2 statistical neighbours, 1 spent a larger share early and 1 no larger one; of Silent it is missing, which is not 0.",
        "Half of the children in low income live in 1 of 4 wards: North.",
        "Once records are loaded (earlyhelp run DIR), families helped are set beside this need, ward by ward.",
    )
    assert [row["in_words"] for row in reply.table if "in_words" in row] == ["4,000", "20.0", "missing", "30.0"]
    assert [row["spent early, of each 100 pounds"] for row in reply.table if "share" in row] == [
        "20.0",
        "25.0",
        "10.0",
        "missing",
    ]


def test_a_council_whose_own_spending_is_missing_is_set_beside_nobody():
    said = tell_public(public(spent_early=(spent("Here", None, neighbour=False), spent("Near", 25.0)))).answer
    assert "What share was spent early is missing for Here, which is not 0." in said
    assert not any("spent a larger share" in each for each in said)
    assert not any("spent" in each for each in tell_public(public(spent_early=())).answer[1:])


def test_without_public_statistics_it_says_how_to_add_them():
    reply = tell_public(ReleasedProfile(Status.NO_DATA, "No public statistics are held."))
    assert reply.answer == (
        "No record has been loaded yet, so that nobody can say who is reached.",
        "No public statistics are held.",
        HOW_TO_ADD,
    )
    assert reply.table == ()


def test_whatever_a_question_asks_for_beside_measures_can_be_had():
    asked = {name for question in PREPARED.values() for name in question.asks_for}
    assert asked == {*BESIDE_MEASURES, "services"}
