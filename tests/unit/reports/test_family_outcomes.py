"""Evidence of outcomes: what stands for a family's need, and what is known of whether it lasted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.reports.returns import RETURNS
from earlyhelp.reports.returns.declared import LaidOut
from earlyhelp.reports.returns.family_needs import WORST_FIRST, lasting, outcomes
from earlyhelp.standard import NOT_RECORDED, UNMAPPED
from unit.reports.small_council import AS_AT, DRAWN, both_sides

OUTCOMES = RETURNS["supporting-families-outcomes"]
HELP = """
    episode_id | person_id | start_date | end_date
    E1         | Ann       | 2025-02-01 | 2025-06-30
"""
NEED = """
    need_id | person_id | episode_id | framework | need_code | identified_date | evidence_type
    N1      | Ann       | E1         | SF2022    | SF8       | 2025-02-10      | police report
"""


def achieved(day: str = "2025-05-01", to: str = "") -> str:
    return f"""
        need_id | status   | achieved_date | sustained_to | evidence_type | validated_measure
        N1      | achieved | {day}         | {to}         | home visit    | true
    """


def laid_out(first: date | None = None, last: date = AS_AT, **tables: object) -> LaidOut:
    con = both_sides({"eh_episode": HELP, "eh_need": NEED, **tables})
    return OUTCOMES.lay_out(con, replace(DRAWN, first=first, last=last))


def rows(made: LaidOut) -> list[dict[str, str]]:
    return [{name: cell for name, cell in row.items() if cell} for row in made.tables["needs_and_outcomes"].to_pylist()]


def test_a_row_tells_the_need_its_evidence_what_came_of_it_and_what_showed_that():
    [row] = rows(laid_out(eh_outcome=achieved(to="2025-12-31")))
    assert row == {
        "family": "family of Ann",
        "help_began": "2025-02-01",
        "help_ended": "2025-06-30",
        "need_code": "SF8",
        "need": "Safe from domestic abuse",
        "framework": "SF2022",
        "people": "1",
        "need_ids": "N1",
        "episode_ids": "E1",
        "identified_date": "2025-02-10",
        "evidence_of_need": "police report",
        "outcome": "achieved",
        "outcome_in_words": "Achieved",
        "records": "1",
        "records_achieved": "1",
        "records_not_achieved": "0",
        "records_without_outcome": "0",
        "achieved_date": "2025-05-01",
        "evidence_of_outcome": "home visit",
        "validated_measure": "true",
        "known_to_last_to": "2025-12-31",
        "to_last_to": "2025-12-29",
        "lasting": "sustained",
        "lasting_in_words": "Known to have lasted 6 months",
    }


@pytest.mark.parametrize(
    ("to", "word"),
    [("2025-12-29", "sustained"), ("2025-12-28", "not_followed_up"), ("", "not_followed_up")],
)
def test_an_outcome_has_lasted_when_it_is_known_to_for_six_months_after_help_ended(to, word):
    [row] = rows(laid_out(eh_outcome=achieved(to=to)))
    assert (row["to_last_to"], row["lasting"]) == ("2025-12-29", word)


def test_the_months_count_from_the_outcome_where_it_came_after_the_end_of_help():
    [row] = rows(laid_out(eh_outcome=achieved("2025-08-15")))
    assert row["to_last_to"] == "2026-02-14"


def test_before_six_months_have_passed_nobody_can_say():
    ended = HELP.replace("2025-06-30", "2025-10-15")
    [row] = rows(laid_out(eh_episode=ended, eh_outcome=achieved()))
    assert (row["to_last_to"], row["lasting"]) == ("2026-04-14", "not_due")


def test_while_help_goes_on_nothing_is_due():
    [row] = rows(laid_out(eh_episode=HELP.replace("2025-06-30", ""), eh_outcome=achieved(to="2026-03-01")))
    assert row["lasting"] == "not_due"
    assert "to_last_to" not in row


@pytest.mark.parametrize(("again", "word"), [("2025-12-29", "regressed"), ("2025-12-30", "sustained")])
def test_the_same_need_identified_again_within_the_months_is_a_regress_and_later_is_not(again, word):
    episodes = HELP + "    E2 | Ann | 2025-11-01 |\n"
    needs = NEED + f"    N2 | Ann | E2 | SF2022 | SF8 | {again} |\n"
    first, _ = rows(laid_out(eh_episode=episodes, eh_need=needs, eh_outcome=achieved(to="2026-03-01")))
    assert first["lasting"] == word
    assert first.get("identified_again") == (again if word == "regressed" else None)


def test_another_need_or_another_familys_is_no_regress():
    episodes = HELP + "    E2 | Ann | 2025-11-01 |\n    E3 | Ben | 2025-11-01 |\n"
    needs = NEED + "    N2 | Ann | E2 | SF2022 | SF3 | 2025-11-01 |\n    N3 | Ben | E3 | SF2022 | SF8 | 2025-11-01 |\n"
    first, *_ = rows(laid_out(eh_episode=episodes, eh_need=needs, eh_outcome=achieved(to="2026-03-01")))
    assert first["lasting"] == "sustained"


@pytest.mark.parametrize(
    ("outcome", "word", "without"),
    [
        ("need_id | status\nN1 | not_achieved", "not_achieved", "0"),
        ("need_id | status\nN1 | not_recorded", "not_recorded", "1"),
        ("need_id | status\nN2 | achieved", "no_outcome", "1"),
        ("need_id | status\nN1 | not_due", "not_due", "0"),
        ("need_id | status\nN1 | partly", "partly", "0"),
    ],
)
def test_an_outcome_that_is_missing_is_told_apart_from_one_that_was_not_achieved(outcome, word, without):
    [row] = rows(laid_out(eh_outcome=outcome))
    assert (row["outcome"], row["records_without_outcome"]) == (word, without)
    assert row["lasting"] == "no_achieved_outcome"
    assert "achieved_date" not in row


SIBLINGS = """
    episode_id | person_id | family_id | family_key | start_date | end_date
    E1         | Ann       | F         | F          | 2025-02-01 | 2025-05-31
    E2         | Ben       | F         | F          | 2025-03-01 | 2025-06-30
"""
OF_EACH = """
    need_id | person_id | family_id | episode_id | framework | need_code | identified_date | evidence_type
    N1      | Ann       | F         | E1         | SF2022    | SF3       | 2025-02-10      | school report
    N2      | Ben       | F         | E2         | SF2022    | SF3       | 2025-03-10      | health record
"""


@pytest.mark.parametrize(
    ("ben", "word", "on"),
    [
        ("achieved     | 2025-06-01", "achieved", "2025-06-01"),
        ("not_achieved |           ", "not_achieved", None),
        ("partly       |           ", "partly", None),
    ],
)
def test_a_need_of_siblings_is_one_need_of_the_family_and_met_when_it_is_met_of_all(ben, word, on):
    told = f"""
        need_id | status       | achieved_date
        N1      | achieved     | 2025-04-01
        N2      | {ben}
    """
    [row] = rows(laid_out(eh_episode=SIBLINGS, eh_need=OF_EACH, eh_outcome=told))
    assert (row["outcome"], row.get("achieved_date"), row["people"], row["need_ids"]) == (word, on, "2", "N1; N2")
    assert (row["help_began"], row["help_ended"]) == ("2025-02-01", "2025-06-30")
    assert (row["identified_date"], row["evidence_of_need"]) == ("2025-02-10", "health record; school report")


def test_a_need_of_an_episode_that_is_in_no_extract_is_kept_and_said_to_have_no_family():
    need = NEED.replace("Ann ", "    ")
    made = laid_out(eh_need=need.replace("E1 ", "E9 "))
    [row] = rows(made)
    assert "family" not in row
    assert "1 need belongs to no known family." in made.notes


def test_a_word_that_no_code_stands_for_is_shown_as_it_was_written_and_is_no_other_need():
    needs = """
        need_id | person_id | episode_id | framework | need_code | need_code_raw
        N1      | Ann       | E1         | SF2022    | unmapped  | Wizardry
        N2      | Ann       | E1         | SF2022    | unmapped  | Owls
    """
    assert [row["need"] for row in rows(laid_out(eh_need=needs))] == ["Owls", "Wizardry"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2025, 6, 30), AS_AT, 1),
        (date(2025, 7, 1), AS_AT, 0),
        (None, date(2025, 2, 1), 1),
        (None, date(2025, 1, 31), 0),
    ],
)
def test_the_days_asked_for_choose_families_by_their_help(first, last, shown):
    assert len(rows(laid_out(first, last))) == shown


def test_what_a_spreadsheet_would_take_for_a_formula_is_written_as_text(tmp_path):
    made = laid_out(eh_need=NEED.replace("police report", "=2+5"))
    OUTCOMES.write(made, tmp_path / "out.csv")
    assert ",'=2+5," in (tmp_path / "out.csv").read_text("utf-8")


# The slow, obvious second way.


@dataclass(frozen=True)
class Need:
    """A made-up need record of a family, in one of its periods of help, with the outcome if it has one."""

    family: str
    period: int
    code: str
    identified: date
    outcome: tuple[str, date | None, date | None] | None


FAMILIES = "FGHIJK"
PERIODS = {
    0: (date(2024, 1, 1), date(2024, 6, 30)),
    1: (date(2024, 11, 15), date(2025, 9, 30)),
    2: (date(2026, 1, 5), None),
}
SIX_MONTHS_AFTER = {date(2024, 6, 30): date(2024, 12, 29), date(2025, 9, 30): date(2026, 3, 29)}


@st.composite
def a_need(draw) -> Need:
    period = draw(st.sampled_from(list(PERIODS)))
    begun, ended = PERIODS[period]
    identified = begun + timedelta(days=draw(st.integers(0, 80)))
    status = draw(st.sampled_from([None, *WORST_FIRST[:1], *WORST_FIRST[2:], "achieved", "achieved"]))
    if status is None:
        return Need(draw(st.sampled_from(FAMILIES)), period, draw(st.sampled_from(["SF1", "SF8"])), identified, None)
    day = min(begun + timedelta(days=draw(st.integers(90, 170))), ended or AS_AT) if status == "achieved" else None
    to = draw(st.one_of(st.none(), st.integers(0, 500))) if day else None
    kept = (status, day, day + timedelta(days=to) if day and to is not None else None)
    return Need(draw(st.sampled_from(FAMILIES)), period, draw(st.sampled_from(["SF1", "SF8"])), identified, kept)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(needs=st.lists(a_need(), max_size=40))
def test_it_agrees_with_the_slow_and_obvious_way(needs):
    found = {
        (row["family"], row["help_began"], row["need_code"]): (row["outcome"], row["lasting"])
        for row in rows(laid_out(**_tables(needs)))
    }
    assert found == _slowly(needs)


def _tables(needs: Sequence[Need]) -> Mapping[str, object]:
    episodes = [
        {
            "episode_id": f"{family}{period}",
            "person_id": family,
            "family_id": family,
            "start_date": begun,
            "end_date": ended,
        }
        for family in FAMILIES
        for period, (begun, ended) in PERIODS.items()
    ]
    told = [
        {
            "need_id": str(number),
            "person_id": need.family,
            "family_id": need.family,
            "episode_id": f"{need.family}{need.period}",
            "need_code": need.code,
            "framework": "SF2022",
            "identified_date": need.identified,
        }
        for number, need in enumerate(needs)
    ]
    names = ("status", "achieved_date", "sustained_to")
    ends = [
        {"need_id": str(number), **dict(zip(names, need.outcome, strict=True))}
        for number, need in enumerate(needs)
        if need.outcome
    ]
    return {"eh_episode": episodes, "eh_need": told, "eh_outcome": ends}


def _slowly(needs: Sequence[Need]) -> Mapping[tuple[str, str, str], tuple[str, str]]:
    judged = {}
    for family, period, code in {(need.family, need.period, need.code) for need in needs}:
        own = [need for need in needs if (need.family, need.period, need.code) == (family, period, code)]
        words = [need.outcome[0] if need.outcome else "no_outcome" for need in own]
        outcome = min(words, key=WORST_FIRST.index)
        begun, ended = PERIODS[period]
        judged[family, begun.isoformat(), code] = (outcome, _lasts(needs, own, outcome, ended))
    return judged


def _lasts(needs: Sequence[Need], own: Sequence[Need], outcome: str, ended: date | None) -> str:
    if outcome != "achieved":
        return "no_achieved_outcome"
    if ended is None:
        return "not_due"
    due = SIX_MONTHS_AFTER[ended]
    on = max(need.outcome[1] for need in own if need.outcome and need.outcome[1])
    for need in needs:
        same = (need.family, need.code) == (own[0].family, own[0].code) and need.period != own[0].period
        if same and on < need.identified <= due:
            return "regressed"
    known = [need.outcome[2] for need in own if need.outcome]
    if all(known) and min(day for day in known if day) >= due:
        return "sustained"
    return "not_followed_up" if due <= AS_AT else "not_due"


def test_every_word_of_an_outcome_has_its_place_in_the_order():
    assert set(WORST_FIRST) == {*outcomes.codes, NOT_RECORDED, UNMAPPED}
    assert all(lasting.label(code) != code for code in lasting.codes)
