"""A made-up council of any size as a snapshot folder: standard tables by SQL from numbered rows, the same each time.

Every child is known to early help. Over six years each has 1.5 requests and 0.5 assessments, 0.6 episodes of help with
their needs, reviews, scores and actions, 0.4 statutory events and 1 event that a partner tells of. A number of rows is
exact; which child, day and code a row has comes from a hash of its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from earlyhelp.build import quality, spells, tables
from earlyhelp.build.snapshot import DERIVED
from earlyhelp.check.completeness import count_fields
from earlyhelp.measures import CATALOGUE
from earlyhelp.standard import TABLES, sql

AS_AT = date(2026, 3, 31)
FIRST_DAY = date(2020, 4, 1)
DAYS = (AS_AT - FIRST_DAY).days
AREA = "E06000999"
SEED = 20260331
_STEPS = 1_000_000_007
"""Numbers that chance tells apart: far more than there are people at any size, else each would be drawn many times over."""

_SOURCES = ("1A", "1C", "2A", "2B", "3A", "3B", "3E", "4", "5A", "5D", "6", "8", "10")
_NEEDS = tuple(f"SF{number}" for number in range(1, 11))
_DECISIONS = ("advice", "universal", "early_help", "early_help", "statutory", "returned", "nfa")
_LEVELS = ("universal", "community", "targeted", "family_help", "statutory")
_AGENCIES = ("school", "early_years", "health", "police", "voluntary", "council_early_help", "council_early_help")
_REASONS = ("outcomes_met", "outcomes_met", "partly_met", "stepped_up", "universal", "disengaged", "moved", "declined")
_ETHNICITIES = ("WBRI", "WBRI", "WBRI", "WOTH", "MWBC", "AIND", "APKN", "ABAN", "BAFR", "BCRB", "not_recorded")
_DISABILITIES = ("NONE", "NONE", "NONE", "NONE", "AUT", "LD", "BEH;LD", "not_recorded")
_EVENTS = ("referral", "referral", "assessment", "s47", "cin_episode", "cp_plan", "looked_after")
_TOLD = ("domestic_abuse", "missing", "offence", "rent_arrears", "homelessness", "free_school_meals", "mental_health")


def chance(salt: str, of: str = "i") -> str:
    """SQL of a number from 0 up to 1 that the number of the row, or of another one, and the salt decide."""
    return f"(hash(CAST({of} AS BIGINT), '{salt}', {SEED}) % {_STEPS} / {_STEPS}.0)"


def one_of(salt: str, values: Sequence[str]) -> str:
    """SQL of one of some values, equally likely."""
    return f"list_extract([{sql.listed(values)}], 1 + CAST(floor({chance(salt)} * {len(values)}) AS INTEGER))"


def number(salt: str, below: int, of: str = "i") -> str:
    """SQL of a whole number from 0 up."""
    return f"CAST(floor({chance(salt, of)} * {below}) AS BIGINT)"


def later(day: str, salt: str, most: int) -> str:
    """SQL of a day up to so many after another, the short ones likelier; empty where it has not come yet."""
    then = f"{day} + CAST(floor(pow({chance(salt)}, 2) * {most}) AS INTEGER)"
    return f"CASE WHEN {then} <= DATE '{AS_AT}' THEN {then} END"


def at_times(salt: str, share: float, value: str) -> str:
    """SQL of a value that is told in a share of the rows."""
    return f"CASE WHEN {chance(salt)} < {share} THEN {value} END"


def _day(salt: str = "day") -> str:
    return f"(DATE '{FIRST_DAY}' + CAST({number(salt, DAYS)} AS INTEGER))"


def _yes(salt: str, share: float = 0.5) -> str:
    return f"({chance(salt)} < {share})"


def _who(people: int, of: str = "i") -> dict[str, str]:
    child = number("child", people, of)
    return {"person_key": f"'p' || {child}", "person_id": f"'p' || {child}", "family_id": f"'f' || ({child} // 2)"}


def _same(people: int) -> dict[str, str]:
    return {"person_key": "'p' || i", "person_id": "'p' || i", "family_id": "'f' || (i // 2)"}


def written(people: int) -> dict[str, tuple[int, Mapping[str, str], str]]:
    """For each table: how many rows, the SQL of each column, and what the rows are read from (a number `i` each)."""
    episodes, areas, staff = people * 6 // 10, max(3, people // 250), max(4, people // 120)
    teams, schools = 9 + people // 100_000, max(3, people // 300)
    who, team = _who(people), f"'Team ' || {number('team', teams)}"
    episode_of = f"(SELECT *, {number('episode', episodes)} AS of_episode FROM {{numbers}})"
    of_episode = {"episode_id": "'e' || of_episode", **_who(people, "of_episode")}
    numbers = "{numbers}"
    started = f"(SELECT *, {_day()} AS day FROM {numbers})"
    helped = f"(SELECT *, {later('day', 'closed', 700)} AS closed, {later('day', 'named', 60)} AS named FROM {started})"
    return {
        "feed": (
            1,
            {
                "feed_id": "'feed'",
                "source_system": "'standard'",
                "extract_date": f"DATE '{AS_AT}'",
                "rows": f"{people}",
            },
            numbers,
        ),
        "person": (
            people,
            _same(people)
            | {
                "dob": f"DATE '2005-01-01' + CAST({number('born', 7000)} AS INTEGER)",
                "sex": one_of("sex", ("M", "F")),
                "ethnicity": one_of("ethnicity", _ETHNICITIES),
                "disability": one_of("disability", _DISABILITIES),
                "sen_status": one_of("sen", ("none", "none", "support", "ehcp")),
                "first_language": at_times("language", 0.7, "'English'"),
                "lsoa": f"'E01' || lpad(CAST({number('area', areas)} AS VARCHAR), 6, '0')",
                "is_child": "TRUE",
            },
            numbers,
        ),
        "person_identifier": (
            people,
            _same(people) | {"type": one_of("identifier", ("upn", "nhs_number")), "value": "'v' || i"},
            numbers,
        ),
        "contact": (
            people * 3 // 2,
            who
            | {
                "contact_id": "'c' || i",
                "contact_date": "day",
                "channel": one_of("channel", ("phone", "form", "email")),
                "team": team,
                "source_code": one_of("source", _SOURCES),
                "requestor_organisation": f"'School ' || {number('school', schools)}",
                "school_urn": f"CAST(100000 + {number('school', schools)} AS VARCHAR)",
                "reason_code": one_of("need", _NEEDS),
                "domestic_abuse": at_times("told", 0.9, _yes("abuse", 0.2)),
                "level_requested": one_of("asked", _LEVELS),
                "level_decided": one_of("decided", _LEVELS),
                "avoidable": at_times("triage", 0.8, _yes("avoidable", 0.1)),
                "decision_code": one_of("decision", _DECISIONS),
                "decision_date": later("day", "decided_on", 6),
                "feedback_date": at_times("answered", 0.7, later("day", "feedback", 20)),
                "recorded_date": later("day", "recorded", 15),
            },
            started,
        ),
        "eh_assessment": (
            people // 2,
            who
            | {
                "assessment_id": "'a' || i",
                "episode_id": f"'e' || {number('episode', episodes)}",  # a child's or not: it costs the same
                "start_date": "day",
                "completion_date": later("day", "completed", 120),
                "org_type": one_of("agency", _AGENCIES),
                "consent": one_of("consent", ("assess_and_share", "assess_and_share", "assess_only", "refused")),
                "consent_date": "day",
                "whole_family": at_times("told", 0.8, _yes("whole")),
                "second_parent": one_of("parent", ("included", "reason_recorded", "not_included", "none")),
                "child_voice": at_times("voiced", 0.8, _yes("voice")),
                "outcome_code": one_of("outcome", ("early_help_plan", "early_help_plan", "no_further_action")),
            },
            started,
        ),
        "eh_episode": (
            episodes,
            who
            | {
                "episode_id": "'e' || i",
                "request_date": "day",
                "accepted_date": "day",
                "start_date": "day",
                "allocated_date": "named",
                "first_contact_date": later("named", "met", 20),
                "plan_start_date": later("named", "planned", 60),
                "end_date": "closed",
                "end_reason_code": f"CASE WHEN closed IS NULL THEN NULL ELSE {one_of('reason', _REASONS)} END",
                "need_code": one_of("need", _NEEDS),
                "level": one_of("level", _LEVELS[1:4]),
                "referral_source_code": one_of("source", _SOURCES),
                "step_down": _yes("down", 0.1),
                "org_type": one_of("agency", _AGENCIES),
                "team": team,
                "locality": one_of("locality", ("North", "South", "East", "West")),
                "lead_practitioner_id": f"'w' || {number('worker', staff)}",
                "lead_qualified": one_of("qualified", ("social_worker", "other")),
            },
            helped,
        ),
        "allocation": (
            episodes,
            {
                "episode_id": "'e' || i",
                "worker_id": f"'w' || {number('worker', staff)}",
                "from_date": "named",
                "to_date": "closed",
            },
            f"(SELECT * FROM {helped} WHERE named IS NOT NULL)",
        ),
        "worker": (
            staff,
            {
                "worker_id": "'w' || i",
                "team": team,
                "locality": one_of("locality", ("North", "South", "East", "West")),
                "role": one_of("role", ("Family support worker", "Senior practitioner")),
                "fte": one_of("fte", ("1.0", "1.0", "0.6")),
                "valid_from": f"DATE '{FIRST_DAY}'",
            },
            numbers,
        ),
        "eh_need": (
            episodes * 2,
            of_episode
            | {
                "need_id": "'n' || i",
                "framework": "'SF2022'",
                "need_code": one_of("need", _NEEDS),
                "identified_date": _day(),
            },
            episode_of,
        ),
        "eh_outcome": (
            episodes,
            {
                "need_id": "'n' || i",
                "status": one_of("status", ("achieved", "achieved", "partly", "not_achieved")),
                "achieved_date": _day(),
                "sustained_to": later(_day(), "sustained", 400),
                "validated_measure": "TRUE",
            },
            numbers,
        ),
        "eh_score": (
            people,
            of_episode
            | {
                "score_id": "'s' || i",
                "tool": one_of("tool", ("SDQ", "SDQ", "Family star", "ASQ-3")),
                "domain": "'Total difficulties'",
                "score": f"CAST({number('score', 40)} AS VARCHAR)",
                "at_expected": at_times("graded", 0.7, _yes("expected")),
                "score_date": _day(),
            },
            episode_of,
        ),
        "eh_plan_action": (
            episodes,
            of_episode
            | {
                "action_id": "'t' || i",
                "need_id": f"'n' || {number('of_need', episodes * 2)}",
                "created_date": _day(),
                "due_date": f"{_day()} + 60",
                "done_date": later(_day(), "done", 200),
            },
            episode_of,
        ),
        "eh_review": (
            episodes * 2,
            of_episode
            | {
                "review_id": "'r' || i",
                "type": one_of("type", ("review", "team_around_family", "visit", "visit", "supervision", "audit")),
                "due_date": _day(),
                "held_date": later(_day(), "held", 60),
                "agencies_invited": f"CAST({number('invited', 6)} AS VARCHAR)",
                "agencies_attended": f"CAST({number('came', 4)} AS VARCHAR)",
                "child_voice": at_times("voiced", 0.8, _yes("voice")),
                "grade": at_times("graded", 0.3, one_of("grade", ("good", "requires_improvement"))),
            },
            episode_of,
        ),
        "feedback": (
            episodes // 3,
            of_episode
            | {
                "feedback_id": "'k' || i",
                "respondent": one_of("respondent", ("parent", "parent", "child", "professional")),
                "asked_date": _day(),
                "answered_date": at_times("replied", 0.4, later(_day(), "answer", 40)),
                "better": one_of("better", ("much_better", "better", "same", "worse")),
            },
            episode_of,
        ),
        "complaint": (
            max(2, people // 100),
            of_episode
            | {
                "complaint_id": "'q' || i",
                "received_date": _day(),
                "kind": one_of("kind", ("complaint", "compliment")),
            },
            episode_of,
        ),
        "social_care_event": (
            people * 4 // 10,
            who
            | {
                "event_id": "'x' || i",
                "type": one_of("type", _EVENTS),
                "team": team,
                "start_date": "day",
                "end_date": later("day", "ended", 700),
                "source_code": one_of("source", _SOURCES),
                "outcome_code": one_of("closure", ("RC1", "RC8", "RC9", "RC3")),
                "nfa": _yes("nfa", 0.2),
                "factors": one_of("factors", ("1A", "3A;4B", "5A", "21")),
            },
            started,
        ),
        "partner_event": (
            people,
            who
            | {
                "event_id": "'y' || i",
                "agency": one_of("agency", ("police", "health", "housing", "benefits", "youth_justice")),
                "type": one_of(
                    "type",
                    (
                        *_TOLD,
                        "caution",
                        "arrears_plan",
                        "settled_accommodation",
                        "out_of_work_benefit",
                        "benefit_gain",
                        "work_or_training_started",
                    ),
                ),
                "event_date": "day",
            },
            started,
        ),
        "attendance_period": (
            people * 3,
            who
            | {
                "academic_year": one_of("year", ("2021-22", "2022-23", "2023-24", "2024-25")),
                "term": one_of("term", ("autumn", "spring", "summer")),
                "possible": "'120'",
                "authorised": f"CAST({number('authorised', 12)} AS VARCHAR)",
                "unauthorised": f"CAST({number('unauthorised', 9)} AS VARCHAR)",
            },
            numbers,
        ),
        "exclusion": (
            people // 20,
            who | {"start_date": _day(), "sessions": "'4'", "category": one_of("category", ("suspension",))},
            numbers,
        ),
        "service": (
            12,
            {"service_id": "'s' || i", "name": "'Service ' || i", "organisation": "'Charity ' || (i % 4)"},
            numbers,
        ),
        "service_delivered": (
            people * 4 // 10,
            who
            | {
                "delivery_id": "'d' || i",
                "episode_id": f"'e' || {number('episode', episodes)}",
                "service_id": f"'s' || {number('service', 12)}",
                "offered_date": "day",
                "start_date": later("day", "began", 90),
                "end_date": later("day", "ended", 300),
                "status": one_of("status", ("started", "completed", "dropped_out", "never_started")),
            },
            started,
        ),
        "spend": (
            72,
            {
                "financial_year": "list_extract(['2020-21', '2021-22', '2022-23', '2023-24', '2024-25', '2025-26'], "
                "1 + i % 6)",
                "service_id": "'s' || (i // 6)",
                "team": team,
                "level": "'targeted'",
                "budget_line": "'Line ' || (i // 6)",
                "line_code": one_of("line", ("family_support", "looked_after")),
                "stage": one_of("stage", ("early", "late")),
                "amount": "CAST(1000 * (i + 1) AS VARCHAR)",
                "kind": "'actual'",
            },
            numbers,
        ),
        "school": (
            schools,
            {
                "school_urn": "CAST(100000 + i AS VARCHAR)",
                "name": "'School ' || i",
                "phase": one_of("phase", ("primary", "secondary")),
                "roll": f"CAST(100 + {number('roll', 900)} AS VARCHAR)",
                "fsm_share": "'0.2'",
            },
            numbers,
        ),
        "place": (
            areas,
            {
                "lsoa": "'E01' || lpad(CAST(i AS VARCHAR), 6, '0')",
                "ward_code": "'E05' || lpad(CAST(i // 5 AS VARCHAR), 6, '0')",
                "la_code": f"'{AREA}'",
                "locality": "list_extract(['North', 'South', 'East', 'West'], 1 + CAST(i // 5 % 4 AS INTEGER))",
                "children_0_17": "'400'",
                "imd_decile": "CAST(1 + i % 10 AS VARCHAR)",
            },
            numbers,
        ),
        "population": (
            2 * (1 + len(set(_ETHNICITIES))),
            {
                "area_code": f"'{AREA}'",
                "year": "'2020'",
                "age_band": "CASE i % 2 WHEN 0 THEN '0-17' ELSE '0-4' END",
                "ethnicity": "list_extract(['all', " + sql.listed(sorted(set(_ETHNICITIES))) + "], 1 + i // 2)",
                "count": f"CAST({people} AS VARCHAR)",
                "source": "'ONS'",
            },
            numbers,
        ),
    }


def make(folder: Path, people: int) -> int:
    """Write the snapshot's analysis side under `folder`; gives the number of rows of standard tables."""
    con = duckdb.connect(config={"memory_limit": "3GB", "temp_directory": str(folder / "spill")})
    con.execute("SET preserve_insertion_order = false")
    told, rows = written(people), 0
    for table in TABLES.values():
        columns = ", ".join(f'"{name}" {column.type.duckdb}' for name, column in tables.all_columns(table).items())
        con.execute(f'CREATE TABLE "{table}" (row_id BIGINT, {columns})')
        if table.table_name in told:
            count, values, read_from = told[table.table_name]
            rows += count
            _fill(con, table.table_name, count, values, read_from)
    spells.make_spells(con)
    tables.make_profile(con)
    count_fields(con, {name: name for name in TABLES})
    quality.make_tables(con, [], [], {name: name for name in TABLES})
    _later_stages(con)
    _write(con, folder / "analysis")
    con.close()
    return rows


def _fill(con: duckdb.DuckDBPyConnection, name: str, count: int, values: Mapping[str, str], read_from: str) -> None:
    known = tables.all_columns(TABLES[name])
    values = {"feed_id": "'feed'", "source_system": "'standard'", **values}
    shown = ", ".join(f'{each} AS "{column}"' for column, each in values.items() if column in known)
    numbers = f"(SELECT range AS i FROM range({count}))"
    con.execute(f'INSERT INTO "{name}" BY NAME SELECT i AS row_id, {shown} FROM {read_from.format(numbers=numbers)}')


def _later_stages(con: duckdb.DuckDBPyConnection) -> None:
    for measure in CATALOGUE.values():
        if measure.results:
            columns = ", ".join(f"{name} {type_}" for name, type_ in measure.results.columns.items())
            con.execute(f"CREATE TABLE IF NOT EXISTS {measure.results.table} ({columns})")
    con.execute("INSERT INTO expected_need (lsoa, expected) SELECT lsoa, 40 FROM place")


def _write(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir(parents=True)
    tables.find_seldom_named(con, "contact")
    later_stages = {measure.results.table for measure in CATALOGUE.values() if measure.results}
    shown = {name: tables.analysis_sql(table) for name, table in TABLES.items()}
    shown |= {name: f"SELECT * FROM {name}" for name in (*DERIVED, *quality.TABLES, *later_stages)}
    for name, query in shown.items():
        con.execute(f"COPY ({query}) TO {sql.literal(folder / f'{name}.parquet')} (FORMAT parquet)")
