"""Where a price comes from: the scenario, the council's list, its ledger, the nation, in that order; and how long things last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import duckdb
import pytest

from earlyhelp.economics.local_prices import FEWEST_EPISODES, episodes, follows_a_referral, not_recorded, prices
from earlyhelp.economics.spend import YearOfSpend
from earlyhelp.economics.unit_costs import UNIT_COSTS, uprated
from earlyhelp.errors import UsageProblem

AS_AT = date(2026, 3, 31)


def council(events: list[tuple[str, str, date, date | None]] = [], told: int = 0) -> duckdb.DuckDBPyConnection:  # noqa: B006
    """Statutory events as (person, type, start, end), and so many police notices."""
    con = duckdb.connect()
    con.execute("CREATE TABLE social_care_event (person_id VARCHAR, type VARCHAR, start_date DATE, end_date DATE)")
    con.execute("CREATE TABLE partner_event (type VARCHAR)")
    if events:
        con.executemany("INSERT INTO social_care_event VALUES (?, ?, ?, ?)", events)
    con.execute("INSERT INTO partner_event SELECT 'domestic_abuse' FROM range(?)", [told])
    con.execute("CREATE TABLE statutory_start AS SELECT person_id, type, start_date FROM social_care_event")
    return con


def in_care_all_year(children: int) -> list[tuple[str, str, date, date | None]]:
    return [(f"p{n}", "looked_after", date(2025, 4, 1), None) for n in range(children)]


def year(lines: dict[str, float]) -> YearOfSpend:
    return YearOfSpend("2025-26", "actual", None, None, None, None, MappingProxyType(lines), MappingProxyType({}))


def care(con, ledger=(), costs=UNIT_COSTS, own=MappingProxyType({})):
    return next(each for each in prices(con, ledger, costs, AS_AT, own) if each.outcome == "care")


def test_without_anything_local_it_is_the_national_cost_at_last_years_prices_with_its_warnings():
    found = care(council())
    assert found.pounds == pytest.approx(uprated(UNIT_COSTS["looked_after_year"], "2025-26").value / 12)
    assert found.warnings
    assert found.variation == 0.4
    assert found.price_year == "2025-26"


def test_the_ledger_divided_by_the_months_on_record_comes_before_the_nation():
    # 60 children in care all year: 60 x 365 days of 30.4375 to the month; 3.6 million pounds
    found = care(council(in_care_all_year(60)), [year({"looked_after": 3_600_000.0})])
    assert found.pounds == pytest.approx(3_600_000 / (60 * 365 / 30.4375))
    assert found.variation == 0.25
    assert found.source.startswith("ledger")


def test_too_few_on_record_leave_the_nation_and_an_assumed_length():
    found = care(council(in_care_all_year(FEWEST_EPISODES - 1)), [year({"looked_after": 3_600_000.0})])
    assert found.variation == 0.4
    assert found.units == 12
    assert "12 months are assumed" in found.warnings[-1]


def test_a_ledger_of_another_year_or_only_planned_is_no_price():
    con = council(in_care_all_year(60))
    others = [{"financial_year": "2024-25"}, {"kind": "planned"}]
    for other in others:
        assert care(con, [year({"looked_after": 1.0})._replace(**other)]).variation == 0.4


def test_the_councils_own_list_comes_before_its_ledger_and_the_scenario_before_both():
    con, ledger = council(in_care_all_year(60)), [year({"looked_after": 3_600_000.0})]
    own = replace(UNIT_COSTS["looked_after_year"], value=90_000, price_year="2025-26", flags=("local",))
    costs = MappingProxyType({**UNIT_COSTS, "looked_after_year": own})
    assert care(con, ledger, costs).pounds == pytest.approx(90_000 / 12)
    assert care(con, ledger, costs, {"care": 5_000.0}).pounds == pytest.approx(5_000)


def test_an_incident_is_borne_by_each_agency_in_the_published_shares():
    abuse = next(
        each for each in prices(council(), [], UNIT_COSTS, AS_AT, {"abuse_again": 247.0}) if each.unit == "incident"
    )
    assert abuse.by_agency == pytest.approx(
        {"nhs": 117.1, "justice": 58.1, "police": 41.5, "council_social_care": 19.3, "council_housing": 11.0}
    )
    assert (abuse.units, abuse.still_open) == (1.0, ())


def test_episodes_in_need_and_on_plans_have_a_price_for_break_even_alone():
    in_need, plan = episodes(UNIT_COSTS, AS_AT)
    # 1,416 and 1,864 pounds of 2008-09 at the prices of 2025-26
    assert (in_need.pounds, plan.pounds) == pytest.approx((2_187, 2_879), abs=1)
    assert in_need.risk is None


def test_costs_that_count_the_same_pounds_twice_are_refused():
    whole = replace(UNIT_COSTS["looked_after_year"], thing="child_in_need_spend")
    with pytest.raises(UsageProblem):
        prices(council(), [], MappingProxyType({**UNIT_COSTS, "looked_after_year": whole}), AS_AT, {})


def test_the_share_still_open_falls_as_episodes_end_and_counts_those_still_open_as_such():
    ended = [(f"a{n}", "looked_after", date(2024, 1, 1), date(2024, 1, 1) + timedelta(days=100)) for n in range(50)]
    still = [(f"b{n}", "looked_after", date(2024, 1, 1), None) for n in range(50)]
    found = care(council(ended + still))
    # Middles of months: 15, 46, 76 days are before day 100; from the fourth month on half are open.
    assert found.still_open[:5] == (1.0, 1.0, 1.0, 0.5, 0.5)
    assert len(found.still_open) == 27, "two years and a quarter were seen, and nothing is said of later months"


def test_of_what_no_event_is_recorded_nothing_is_known():
    assert not_recorded(council()) == {"in_need", "care", "abuse_again"}
    assert not_recorded(council(in_care_all_year(1), told=1)) == frozenset()


def test_what_follows_a_referral_within_a_year_is_counted_of_referrals_a_year_old():
    rows = [
        ("Ann", "referral", date(2024, 1, 1), None),
        ("Ann", "cin_episode", date(2024, 6, 1), None),
        ("Bea", "referral", date(2024, 1, 1), None),
        ("Bea", "looked_after", date(2024, 12, 31), None),
        ("Cas", "referral", date(2024, 1, 1), None),
        ("Cas", "cin_episode", date(2025, 1, 2), None),  # 367 days later
        ("Dov", "referral", date(2025, 12, 1), None),  # not a year ago
    ]
    assert follows_a_referral(council(rows), AS_AT) == {"in_need": (2, 3), "care": (1, 3)}
    assert follows_a_referral(council(), AS_AT) == {}
