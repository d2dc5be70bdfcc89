"""The records that lives leave behind are such as a faultless council would hold."""

from __future__ import annotations

import datetime

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from lives_council import council, people

from earlyhelp.standard import TABLES, contact, eh_episode, names_one_row, references, social_care_event
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY

TABLES_OF_LIVES = sorted(council().records)


def con_of(lives):
    con = duckdb.connect()
    for name, rows in lives.records.items():
        con.register(name, rows)
    return con


@pytest.fixture(scope="module")
def con():
    con = con_of(council())
    population = people(8_000, 48)
    gone = np.minimum(
        (population.born.astype("M8[M]") + 216).astype("M8[D]") + (population.born - population.born.astype("M8[M]")),
        np.where(np.isnat(population.left), np.datetime64("2100-01-01"), population.left),
    )
    child = {"person_key": list(population.child_key), "born": population.born, "gone": gone.astype("M8[D]")}
    con.register("child", pa.table({name: pa.array(values) for name, values in child.items()}))
    return con


@pytest.mark.parametrize("name", TABLES_OF_LIVES)
def test_every_row_keeps_the_constraints_of_the_standard(con, name):
    for column in TABLES[name].columns.values():
        for rule in column.rules:
            broken = con.execute(f"SELECT * FROM {name} WHERE {rule.broken_sql(column.column_name)}").fetchall()
            assert broken == [], f"{column}: {rule.description}"


@pytest.mark.parametrize("name", TABLES_OF_LIVES)
def test_codes_are_those_of_the_list(con, name):
    for column in TABLES[name].coded_columns:
        value = f"unnest(string_split({column.column_name}, ';'))" if column.coded.many else column.column_name
        for (code,) in con.execute(
            f"SELECT DISTINCT {value} FROM {name} WHERE {column.column_name} IS NOT NULL"
        ).fetchall():
            assert code in column.code_list, f"{column}: {code}"


@pytest.mark.parametrize(
    ("column", "day"),
    [
        (contact.source_code, "contact_date"),
        (eh_episode.referral_source_code, "request_date"),
        (social_care_event.source_code, "start_date"),
        (social_care_event.outcome_code, "end_date"),
    ],
)
def test_codes_are_used_in_their_years_alone(con, column, day):
    years = f"SELECT DISTINCT {column.column_name}, year({day} - INTERVAL 3 MONTH) + 1 FROM {column.table_name}"
    values = {each.code: each for each in column.code_list.values}
    wrong = [(code, year) for code, year in con.execute(years).fetchall() if code and not values[code].valid_in(year)]
    assert wrong == []


@pytest.mark.parametrize("name", TABLES_OF_LIVES)
def test_required_columns_are_filled_and_keys_name_one_row(con, name):
    table = TABLES[name]
    for column in table.columns.values():
        if column.required:
            assert con.execute(f"SELECT count(*) FROM {name} WHERE {column.column_name} IS NULL").fetchone() == (0,), (
                column
            )
    key = ", ".join(column.column_name for column in table.key)
    assert con.execute(f"SELECT {key} FROM {name} GROUP BY {key} HAVING count(*) > 1").fetchall() == []


@pytest.mark.parametrize("name", TABLES_OF_LIVES)
def test_what_a_row_points_to_is_there(con, name):
    for column, target in references(TABLES[name]).items():
        if target.table_name in TABLES_OF_LIVES and (names_one_row(target) or target.table_name == "worker"):
            lost = con.execute(
                f"SELECT {column.column_name} FROM {name} WHERE {column.column_name} IS NOT NULL "
                f"AND {column.column_name} NOT IN (SELECT {target.column_name} FROM {target.table_name})"
            ).fetchall()
            assert lost == [], f"{column} -> {target}"


NOT_DRAWN = {
    "service": {"recorded_date"},
    "spend": {"recorded_date"},
    "partner_event": {"incident_reference"},
}
"""What the lives leave empty: directories are not entered day by day."""


@pytest.mark.parametrize("name", TABLES_OF_LIVES)
def test_no_column_a_council_could_fill_is_empty(name):
    rows = council().records[name]
    empty = [column for column in rows.column_names if rows[column].null_count == rows.num_rows]
    assert set(empty) <= NOT_DRAWN.get(name, set())


@pytest.mark.parametrize("name", TABLES_OF_LIVES)
def test_nothing_happens_to_a_child_before_birth_or_after_it_is_gone(con, name):
    columns = TABLES[name].columns
    if "person_key" not in columns:
        return
    # What is due or told later may lie after; everything else is about the child.
    days = [
        c
        for c, v in columns.items()
        if v.type.name == "date" and c not in ("due_date", "feedback_date", "decision_date")
    ]
    for day in days:
        wrong = con.execute(
            f"SELECT person_key, {day} FROM {name} JOIN child USING (person_key) "
            f"WHERE {day} < born OR ({day} >= gone AND '{name}' <> 'partner_event')"
        ).fetchall()
        assert wrong == [], f"{name}.{day}"


@pytest.mark.parametrize("name", TABLES_OF_LIVES)
def test_no_day_but_a_due_day_lies_after_the_last_day(con, name):
    for column in TABLES[name].columns.values():
        if column.type.name == "date" and column.column_name != "due_date":
            latest = con.execute(f"SELECT max({column.column_name}) FROM {name}").fetchone()[0]
            assert latest is None or latest <= LAST_DAY, column


def test_early_help_of_a_child_never_overlaps_and_waits_for_its_steps(con):
    assert (
        con.execute(
            "SELECT first.episode_id FROM eh_episode AS first JOIN eh_episode AS second USING (person_key) "
            "WHERE first.start_date < second.start_date AND (first.end_date IS NULL OR first.end_date >= second.start_date)"
        ).fetchall()
        == []
    )
    assert (
        con.execute("SELECT person_key FROM eh_episode GROUP BY person_key, start_date HAVING count(*) > 1").fetchall()
        == []
    )
    assert (
        con.execute(
            "SELECT episode_id FROM eh_episode WHERE NOT (request_date <= accepted_date AND accepted_date = start_date "
            "AND coalesce(allocated_date, end_date, DATE '2026-03-31') >= accepted_date "
            "AND coalesce(allocated_date, accepted_date) <= coalesce(end_date, DATE '2026-03-31') "
            "AND coalesce(first_contact_date, allocated_date, accepted_date) >= coalesce(allocated_date, accepted_date))"
        ).fetchall()
        == []
    )


def test_a_stepped_up_episode_ends_on_the_day_of_a_referral_that_was_taken_up(con):
    rows = con.execute(
        "SELECT episode_id, EXISTS (SELECT 1 FROM social_care_event AS event WHERE event.person_key = eh_episode.person_key "
        "AND type = 'referral' AND NOT nfa AND event.start_date = eh_episode.end_date) "
        "FROM eh_episode WHERE end_reason_code = 'stepped_up'"
    ).fetchall()
    # A child that is born after the request has no episode; one whose own case is open is not referred again.
    assert rows
    assert np.mean([found for _, found in rows]) > 0.97


def test_a_case_is_opened_only_when_the_last_is_closed(con):
    assert (
        con.execute(
            "SELECT first.event_id FROM social_care_event AS first JOIN social_care_event AS second USING (person_key, type) "
            "WHERE type IN ('cin_episode', 'cp_plan', 'cin_plan') "
            "AND first.start_date <= second.start_date AND first.event_id <> second.event_id "
            "AND (first.end_date IS NULL OR first.end_date > second.start_date)"
        ).fetchall()
        == []
    )


def test_every_step_after_a_referral_lies_within_the_case(con):
    outside = con.execute(
        "SELECT step.event_id, step.type FROM social_care_event AS step "
        "WHERE step.type IN ('assessment', 's47', 'icpc', 'cp_plan', 'cin_plan', 'looked_after') "
        "AND NOT EXISTS (SELECT 1 FROM social_care_event AS whole WHERE whole.type = 'cin_episode' "
        "AND whole.person_key = step.person_key AND step.start_date >= whole.start_date "
        "AND coalesce(step.end_date, step.start_date) <= coalesce(whole.end_date, DATE '2026-03-31'))"
    ).fetchall()
    assert outside == []


def test_records_begin_with_what_was_open_on_the_first_day(con):
    for name, day, end in (("eh_episode", "start_date", "end_date"), ("social_care_event", "start_date", "end_date")):
        earlier = con.execute(
            f"SELECT max({end} < DATE '{FIRST_DAY}') FROM {name} WHERE {day} < DATE '{FIRST_DAY}'"
        ).fetchone()
        assert con.execute(f"SELECT count(*) > 0 FROM {name} WHERE {day} < DATE '{FIRST_DAY}'").fetchone() == (True,)
        if name == "eh_episode":
            assert earlier[0] in (False, None)


def test_rows_are_entered_on_or_after_the_day_they_tell_of(con):
    late = con.execute(
        "SELECT avg(recorded_date - contact_date), min(recorded_date - contact_date) FROM contact"
    ).fetchone()
    assert late[1] >= 0
    assert 0 < late[0] < 10


def test_missing_a_birthday_in_february_moves_nobody_to_the_past():
    from earlyhelp.synthetic.lives.days import birthdays, day_number

    born = np.array([day_number(datetime.date(2008, 2, 29)), day_number(datetime.date(2008, 2, 28))])
    expected = [day_number(datetime.date(2026, 3, 1)), day_number(datetime.date(2026, 2, 28))]
    assert birthdays(born, 18).tolist() == expected
