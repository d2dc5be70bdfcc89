"""What is planted can be found again by counting, and nothing in the records contradicts it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from lives_council import PROFILE, ask, council, council_with

from earlyhelp.synthetic.hazards import DECLARED
from earlyhelp.synthetic.lives.months import intercept
from earlyhelp.synthetic.lives.offers import WINDOWS
from earlyhelp.synthetic.services import CANNOT_TELL, LITTLE_OVERLAP, SERVICES

BIG = 40_000


@pytest.fixture(scope="module")
def big():
    return council(BIG)


@pytest.mark.parametrize(("months", "days"), WINDOWS.items())
def test_the_records_show_of_each_offer_what_the_truth_says_of_the_service_taken(big, months, days):
    names = " ".join(f"WHEN '{each.service_id}' THEN y_{months}_{each.service_id}" for each in SERVICES)
    rows = ask(
        big,
        f"WITH referral AS (SELECT DISTINCT family_key, event.start_date FROM social_care_event AS event "
        "JOIN (SELECT DISTINCT person_key, family_key FROM contact) USING (person_key) WHERE type = 'referral' AND NOT nfa) "
        f"SELECT CASE service_id {names} ELSE y_{months}_none END, EXISTS (SELECT 1 FROM referral "
        f"WHERE referral.family_key = offer.family_key AND start_date - time_zero BETWEEN 1 AND {days}) "
        f"FROM true_offers AS offer WHERE eligible AND time_zero + {days} <= followed_to",
    )
    told, seen = np.array(rows).T
    assert len(rows) > 500
    assert (told == seen).all()


def test_realised_risk_among_takers_is_the_potential_outcome_of_what_they_took(big):
    for service in SERVICES:
        [(risk, planted)] = ask(
            big,
            f"SELECT avg(coalesce(step_up_days <= 365, FALSE)::INT), (SELECT risk FROM true_effects WHERE months = 12 "
            f"AND \"group\" = 'all' AND service_id = '{service.service_id}') "
            f"FROM true_offers WHERE service_id = '{service.service_id}'",
        )
        assert risk == pytest.approx(planted)


def _ratio(lives, service, group="all", months=12):
    [(ratio,)] = ask(
        lives,
        f"SELECT risk_ratio FROM true_effects WHERE service_id = '{service}' AND \"group\" = '{group}' AND months = {months}",
    )
    return ratio


def test_the_good_service_helps_the_harmful_one_harms_and_the_others_do_nothing(big):
    assert 0.5 < _ratio(big, "S01") < 0.75
    assert _ratio(big, "S02") > 1.2
    assert _ratio(big, "S04", "with_abuse") < 0.75
    assert _ratio(big, "S04", "without_abuse") == 1
    for service in SERVICES:
        if service.hazard_ratio == 1 and service.with_abuse is None:
            assert _ratio(big, service.service_id) == 1


def test_selection_makes_a_service_without_effect_look_good(big):
    expected = (
        "SELECT coalesce(service_id, 'none'), avg(1 - exp(-12 * hazard)) FROM true_offers WHERE eligible GROUP BY 1"
    )
    rows = dict(ask(big, expected))  # the risk with no service that is expected, free of the luck of those who took it
    assert rows["S03"] < 0.85 * rows["none"]
    assert rows["S06"] < 0.85 * rows["none"]
    [(recorded, hidden)] = ask(
        big,
        "SELECT avg(n_needs) FILTER (service_id = 'S06') - avg(n_needs) FILTER (service_id IS NULL), "
        "avg(motivation) FILTER (service_id = 'S06') - avg(motivation) FILTER (service_id IS NULL) "
        "FROM true_offers WHERE eligible",
    )
    assert abs(recorded) < 0.4
    assert hidden > 0.7
    assert {each.service_id for each in SERVICES if each.knowable == CANNOT_TELL} == {"S06"}


def test_few_of_the_takers_of_the_mildest_service_are_like_other_families(big):
    [(mild, others)] = ask(
        big,
        "SELECT avg(n_needs) FILTER (service_id = 'S05'), "
        "avg(n_needs) FILTER (service_id IS NULL) "
        "FROM true_offers WHERE eligible",
    )
    assert mild < others / 2
    assert {each.service_id for each in SERVICES if each.knowable == LITTLE_OVERLAP} == {"S05"}


def test_an_offer_comes_once_in_two_years_and_is_in_the_records(big):
    assert (
        ask(
            big,
            "SELECT first.family_key FROM true_offers AS first JOIN true_offers AS second USING (family_key) "
            "WHERE first.service_id IS NOT NULL AND second.service_id IS NOT NULL "
            "AND first.time_zero < second.time_zero AND second.time_zero - first.time_zero < 680",
        )
        == []
    )
    assert (
        ask(
            big,
            "SELECT episode_id, service_id FROM true_offers WHERE service_id IS NOT NULL "
            "EXCEPT SELECT episode_id, service_id FROM service_delivered",
        )
        == []
    )


def test_the_attendance_service_lowers_absence_by_what_is_declared(big):
    for row in big.truth["absence_effects"].to_pylist():
        assert row["share_missed"] == pytest.approx(row["share_expected_without"] * row["declared_ratio"], rel=0.06)


def test_a_shock_raises_the_needs_it_is_declared_to_raise(big):
    for row in big.truth["shock_effects"].to_pylist():
        if row["declared_ratio"] >= 1.5:
            expected = 1 - (1 - row["risk_without"]) ** row["declared_ratio"]
            assert row["risk"] == pytest.approx(expected, rel=0.2)
            assert row["risk_difference"] > 0.01


def test_the_police_hear_of_a_share_that_differs_by_area(big):
    rows = ask(
        big, "SELECT sum(heard), sum(incidents), sum(share_heard * incidents) FROM true_area_abuse GROUP BY ward_code"
    )
    heard, true, expected = np.array(rows, float).T
    assert np.corrcoef(heard / true, expected / true)[0, 1] > 0.85
    assert heard.sum() == pytest.approx(expected.sum(), rel=0.05)
    [(recorded,)] = ask(big, "SELECT count(*) FROM partner_event WHERE type = 'domestic_abuse'")
    assert recorded == heard.sum()


def test_every_accepted_family_is_allocated_left_unserved_or_still_waits(big):
    states = dict(ask(big, "SELECT state, count(*) FROM true_waits GROUP BY state"))
    assert set(states) == {"allocated", "left_unserved", "still_waiting"}
    assert (
        ask(
            big,
            "SELECT state FROM true_waits JOIN eh_episode USING (episode_id) WHERE state <> CASE WHEN allocated_date IS NOT NULL "
            "THEN 'allocated' WHEN end_date IS NOT NULL THEN 'left_unserved' ELSE 'still_waiting' END",
        )
        == []
    )
    [(families,)] = ask(big, "SELECT count(DISTINCT (family_key, start_date)) FROM eh_episode")
    assert families == sum(states.values())


def test_fewer_workers_make_longer_waits():
    few = replace(DECLARED, queue=replace(DECLARED.queue, plenty=0.6))
    waits = (
        "SELECT avg(coalesce(until, DATE '2026-03-31') - accepted), avg((state <> 'allocated')::INT) FROM true_waits"
    )
    [(usual, unserved)], [(longer, more_unserved)] = ask(council(), waits), ask(council_with(few), waits)
    assert longer > 1.5 * usual
    assert more_unserved > unserved


def test_the_cut_lengthens_waits_where_it_falls(big):
    query = (
        "SELECT avg(coalesce(until, DATE '2026-03-31') - accepted) FROM true_waits "
        "JOIN (SELECT DISTINCT locality, cut FROM true_cut) "
        "USING (locality) WHERE cut AND accepted {} DATE '2024-10-01'"
    )
    [(before,)], [(after,)] = ask(big, query.format("<")), ask(big, query.format(">="))
    assert after > 1.3 * before


def test_in_its_first_month_the_cut_adds_exactly_the_referrals_that_it_is_told_to_have_caused():
    strong = replace(DECLARED, cut=replace(DECLARED.cut, ratio=3.0))
    none = replace(DECLARED, cut=replace(DECLARED.cut, ratio=1.0))
    month = "start_date BETWEEN DATE '2024-10-01' AND DATE '2024-10-31'"
    referred = f"SELECT person_key, start_date FROM social_care_event WHERE type = 'referral' AND {month}"
    strong_lives, none_lives = council_with(strong), council_with(none)
    with_it, without = set(ask(strong_lives, referred)), set(ask(none_lives, referred))
    [(caused,)] = ask(strong_lives, "SELECT sum(children) FROM true_cut WHERE month = DATE '2024-10-01'")
    [(never,)] = ask(none_lives, "SELECT sum(children) FROM true_cut")
    assert without < with_it
    assert len(with_it - without) == caused
    assert never == 0


def test_rates_come_near_the_profile(big):
    children = BIG * 0.95  # the stand-in's families leave and none come, so that it is a little smaller than it says
    years = [(year, f"DATE '{year}-04-01'", f"DATE '{year + 1}-03-31'") for year in range(2021, 2026)]

    def mean(query):
        return np.mean([ask(big, query.format(first=first, last=last))[0][0] for _, first, last in years])

    def rate(kind):
        stock = (
            "SELECT count(DISTINCT person_key) FROM social_care_event WHERE type = '{}' AND start_date <= {{last}} "
            "AND (end_date IS NULL OR end_date > {{last}})"
        )
        return mean(stock.format(kind)) / children * 10_000

    referral = (
        "SELECT count(*) FROM social_care_event WHERE type = 'referral' AND start_date BETWEEN {first} AND {last}"
    )
    assert mean(referral) / children * 10_000 == pytest.approx(PROFILE.referrals, rel=0.1)
    assert rate("cin_episode") == pytest.approx(PROFILE.in_need, rel=0.1)
    assert rate("looked_after") == pytest.approx(PROFILE.looked_after, rel=0.15)
    assert rate("cp_plan") == pytest.approx(PROFILE.protected, rel=0.2)
    again = (
        "SELECT avg(EXISTS (SELECT 1 FROM social_care_event AS earlier WHERE earlier.person_key = event.person_key "
        "AND earlier.type = 'referral' AND event.start_date - earlier.start_date BETWEEN 1 AND 365)::INT) "
        "FROM social_care_event AS event WHERE type = 'referral' "
        "AND start_date BETWEEN {first} AND {last}"
    )
    assert mean(again) == pytest.approx(PROFILE.rereferred_share, abs=0.03)
    contacts = "SELECT count(*) FROM contact WHERE contact_date BETWEEN {first} AND {last}"
    assert mean(contacts) / mean(referral) == pytest.approx(5, rel=0.1)
    started = "SELECT count(*) FROM eh_episode WHERE start_date BETWEEN {first} AND {last}"
    assert mean(started) / children == pytest.approx(0.025, rel=0.1)


def test_schools_ask_little_in_lockdown_and_in_august(big):
    months = dict(
        ask(big, "SELECT strftime(contact_date, '%Y-%m'), count(*) FROM contact WHERE source_code = '2A' GROUP BY 1")
    )
    assert months["2020-05"] < 0.6 * months["2022-05"]
    assert months["2022-08"] < 0.4 * months["2022-05"]


def test_children_with_the_need_miss_more_school(big):
    [(share,)] = ask(big, "SELECT sum(authorised + unauthorised) / sum(possible) FROM attendance_period")
    assert 0.04 < share < 0.1


def test_the_same_seed_gives_the_same_tables_and_another_seed_others():
    first, again, other = (council_with(DECLARED, 3_000, seed) for seed in (1, 1, 2))
    assert all(first.records[name].equals(rows) for name, rows in again.records.items())
    assert all(first.truth[name].equals(rows) for name, rows in again.truth.items() if name != "effects")
    assert not first.records["contact"].equals(other.records["contact"])


def test_an_intercept_gives_the_number_of_children_wanted():
    weight, children = np.array([0.5, 1.0, 4.0, 30.0]), np.array([2, 1, 3, 1])
    factor = intercept(weight, children, 2.0)
    assert (children * (1 - np.exp(-factor * weight))).sum() == pytest.approx(2.0, rel=0.02)
    assert intercept(weight, children, -1.0) == 0
    assert intercept(weight, 0 * children, 2.0) == 0


@pytest.mark.parametrize("children", [1, 60])
def test_a_council_may_be_tiny(children):
    lives = council_with(DECLARED, children)
    assert set(lives.records) == set(council().records)
