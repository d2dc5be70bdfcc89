"""Measures of children count children: parents whom a council records beside them change no figure."""

from __future__ import annotations

from datetime import date

import pytest

from earlyhelp.measures import CATALOGUE, Measure, Question, Standards, Statistic, calculate
from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, open_while_children, records_of_children
from spec.dataset import parse, snapshot
from unit.measures.council import TABLES as COUNCIL

STANDARDS = Standards(date(2026, 3, 31), area_code="E06000999")
DEFINED = [measure.defined_as(name) for measure in CATALOGUE.values() for name in ("default", *measure.definitions)]
OF_CHILDREN = [each for each in DEFINED if each.unit == "children" or each.statistic is Statistic.RATE]
OLDER = {"dob": "1985-05-01", "expected_dob": None, "is_child": None}
SAID_SO = {"dob": None, "expected_dob": None, "is_child": "false"}
PEOPLE = """
    person_id | dob        | is_child
    Ann       | 2010-05-20 | true
    Ben       | 1990-05-20 | true
    Cat       | 2006-05-20 |
    Dan       |            |
    Una       | 1985-05-01 |
    Val       |            | false
    Wyn       | 2010-05-20 | false
"""
OPEN = """
    episode_id | person_id | start_date | end_date
    1          | Ann       | 2024-04-30 |
    2          | Ben       | 2024-04-30 |
    3          | Cat       | 2024-04-30 |
    4          | Cat       | 2024-05-01 |
    5          | Dan       | 2024-04-30 | 2024-06-01
    6          | Una       | 2024-04-30 |
    7          | Val       | 2024-04-30 |
    8          | Wyn       | 2024-04-30 |
"""


def found(relation: str, column: str) -> list[tuple[str, str]]:
    with snapshot({"person": PEOPLE, "eh_episode": OPEN}, checked=False) as con:
        rows = con.execute(f"SELECT episode_id, {column} FROM {relation} AS told ORDER BY ALL").fetchall()
    return [(number, str(told)) for number, told in rows]


def test_records_are_of_whoever_is_called_a_child_or_has_not_come_of_age_by_that_day():
    told = found(records_of_children("eh_episode"), "person_id")
    assert told == [("1", "Ann"), ("2", "Ben"), ("3", "Cat"), ("5", "Dan")]


def test_what_is_open_is_a_child_s_until_the_month_of_the_eighteenth_birthday():
    told = found(open_while_children("eh_episode"), "end_date")
    assert told == [("1", "None"), ("2", "None"), ("3", "2024-05-01"), ("5", "2024-06-01")]


@pytest.mark.parametrize(
    ("says", "sources", "told"),
    [
        ("nobody says", (None, None), None),
        ("one says", (None, "true"), True),
        ("all say so", ("true", "true"), True),
        ("all say not", ("false", "false"), False),
        ("sources differ", ("true", "false"), None),
    ],
)
def test_somebody_is_a_child_where_all_who_say_so_agree(says, sources, told):
    rows = [{"person_key": str(number), "person_id": "Ann", "is_child": each} for number, each in enumerate(sources)]
    with snapshot({"person": rows}, checked=False) as con:
        assert con.execute("SELECT is_child FROM profile").fetchall() == [(told,)]


def named(measure: Measure) -> str:
    return f"{measure.id}-{measure.definition}"


@pytest.mark.parametrize("grown", [OLDER, SAID_SO], ids=["by birth", "by what is said"])
def test_grown_ups_with_records_of_their_own_change_no_figure_of_children(grown):
    """Each person of the council gets a parent with the very same records, in the same family."""
    with snapshot(COUNCIL) as alone, snapshot(_with_parents(grown)) as joined:
        for measure in OF_CHILDREN:
            one, other = (calculate(con, measure, STANDARDS, Question()) for con in (alone, joined))
            assert other == one, named(measure)


def _with_parents(grown: dict[str, str | None]) -> dict[str, object]:
    tables: dict[str, object] = dict(COUNCIL)
    for name in ("contact", "eh_episode", "social_care_event"):
        rows = parse(COUNCIL[name])
        key = next(iter(rows[0]))
        tables[name] = rows + [{**row, key: f"p{row[key]}", "person_id": f"{row['person_id']}'s"} for row in rows]
    people = [{**row, "is_child": None} for row in parse(COUNCIL["person"])]
    known = {str(row["person_id"]) for name in ("contact", "eh_episode") for row in parse(COUNCIL[name])}
    about = {"sex": "F", "ethnicity": "WBRI", "disability": "NONE", "lsoa": "E01999001", "sen_status": None}
    parents = [
        {
            "person_key": f"{each}'s",
            "person_id": f"{each}'s",
            "family_id": None,
            "first_language": None,
            **about,
            **grown,
        }
        for each in sorted(known)
    ]
    tables["person"] = people + parents
    return tables


@pytest.mark.parametrize("measure", OF_CHILDREN, ids=named)
def test_every_measure_of_children_says_that_adults_are_left_out(measure):
    assert ADULTS_LEFT_OUT in measure.traps
