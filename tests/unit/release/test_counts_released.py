"""Counts of records that are no measure, and what rests on them: trust, readiness and the standing of a figure."""

from __future__ import annotations

import duckdb
import pytest

from earlyhelp.measures import CATALOGUE
from earlyhelp.release import policy
from earlyhelp.release.counts import publish_counts
from earlyhelp.release.readiness import publish_readiness
from earlyhelp.release.standing import standing
from earlyhelp.release.trust import publish_trust

DFE, NONE, FIVES = policy("dfe"), policy("none"), policy("dfe", 5)


def shown(row: dict[str, object], rule=DFE) -> dict[str, object]:
    [told] = publish_counts([row], rule, counts=("records", "valid"), resting_on={"share": "valid"})
    return told


def test_a_small_count_is_hidden_with_what_rests_on_it_and_the_other_count_stays():
    assert shown({"name": "a", "records": 40, "valid": 3, "share": 0.075}) == {
        "name": "a", "records": 40, "valid": None, "share": None, "status": "suppressed",
    }  # fmt: skip


def test_what_rests_on_a_count_that_is_shown_stays_where_another_count_is_hidden():
    told = shown({"records": 5, "valid": 0, "share": 0.0})
    assert told == {"records": None, "valid": 0, "share": 0.0, "status": "suppressed"}


def test_counts_that_may_be_shown_are_rounded_to_the_base_of_the_policy_and_whole():
    told = shown({"records": 42.0, "valid": 38, "share": 0.9}, FIVES)
    assert told == {"records": 40, "valid": 40, "share": 0.9, "status": "ok"}
    assert isinstance(told["records"], int)


def test_a_count_that_nobody_knows_is_neither_hidden_nor_zero():
    assert shown({"records": None, "valid": 0, "share": None}) == {
        "records": None, "valid": 0, "share": None, "status": "ok",
    }  # fmt: skip


# How far the data can be trusted -----------------------------------------------------------------------------


def rule(name: str, outcome: str = "failed", rows: int = 0, records: int = 100) -> dict[str, object]:
    return {"rule": name, "outcome": outcome, "rows": rows, "records": records}


def trust(*rules: dict[str, object], quarantined: int = 40) -> dict[str, object]:
    told = {"rules": rules, "quarantined": quarantined, "gates": ["gate"], "recording_delay": ["delay"]}
    return publish_trust({**told, "readiness": ["ready"]}, DFE)


def test_rules_that_records_break_come_most_broken_first_and_those_of_few_records_last():
    rules = [rule("b", rows=7), rule("few", rows=2), rule("c", rows=90), rule("a", rows=7), rule("a little", rows=3)]
    assert [(each["rule"], each["rows"]) for each in trust(*rules)["failed"]] == [
        ("c", 90), ("a", 7), ("b", 7), ("a little", None), ("few", None),
    ]  # fmt: skip


def test_rules_are_counted_by_outcome_and_only_those_that_records_break_are_listed():
    found = trust(rule("a", rows=9), rule("b", "passed"), rule("c", "passed"), rule("d", "not applicable"))
    assert found["outcomes"] == {"failed": 1, "passed": 2, "not applicable": 1}
    assert [each["rule"] for each in found["failed"]] == ["a"]


@pytest.mark.parametrize(("quarantined", "told"), [(0, 0), (3, None), (40, 40)])
def test_rows_kept_out_are_hidden_where_few_and_none_is_told_as_none(quarantined, told):
    assert trust(quarantined=quarantined)["quarantined"] == told


def test_what_was_released_before_is_handed_on_as_it_is():
    found = trust()
    assert (found["gates"], found["recording_delay"], found["readiness"]) == (["gate"], ["delay"], ["ready"])


# Readiness for a return --------------------------------------------------------------------------------------


def readiness(*columns: tuple[str, int, int]) -> dict[str, object]:
    told = [{"column": name, "records": records, "valid": valid} for name, records, valid in columns]
    return publish_readiness({"return": "cin", "columns": told}, DFE)


def test_the_emptiest_column_comes_first_and_those_of_few_records_last():
    found = readiness(("full", 100, 100), ("few", 4, 4), ("half", 100, 50), ("empty", 100, 0))
    assert [each["column"] for each in found["columns"]] == ["empty", "half", "full", "few"]
    assert [each["share"] for each in found["columns"]] == [0, 0.5, 1, None]


def test_a_share_goes_with_its_counts_where_either_is_small():
    few, hidden = readiness(("few", 4, 0), ("hidden", 100, 4))["columns"]
    assert (few["records"], few["valid"], few["share"]) == (None, None, None)
    assert (hidden["records"], hidden["valid"], hidden["share"]) == (100, None, None)


def test_a_column_is_ready_from_its_share_on_and_not_below():
    found = readiness(("just", 100, 95), ("nearly", 100, 94), ("full", 100, 100))
    assert (found["columns_ready"], found["columns_asked"], found["return"]) == (2, 3, "cin")


# How full the columns beneath a figure were ------------------------------------------------------------------


def snapshot(*, fields_counted: bool) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("CREATE TABLE person_link AS SELECT unnest(['strong', 'weak', 'strong']) AS grade FROM range(4)")
    con.execute("INSERT INTO person_link VALUES ('guessed'), ('guessed')")
    if fields_counted:
        con.execute("CREATE TABLE field_count AS SELECT 'contact.contact_date' AS field, 8 AS valid, 12 AS records")
    return con


def test_links_are_told_by_grade_and_hidden_where_few():
    found = standing(snapshot(fields_counted=True), CATALOGUE["A1"], DFE)["links"]
    assert [(each["grade"], each["records"], each["status"]) for each in found] == [
        ("guessed", None, "suppressed"), ("strong", 8, "ok"), ("weak", None, "suppressed"),
    ]  # fmt: skip


def test_the_columns_that_a_measure_needs_are_told_by_the_share_that_is_filled():
    measure = CATALOGUE["A1"]
    found = standing(snapshot(fields_counted=True), measure, DFE)["completeness"]
    assert found["contact.contact_date"] == 0.6667
    assert set(found) == {str(column) for column in (*measure.needs, *measure.gate)}


def test_where_fields_were_not_counted_nobody_knows_how_full_they_were():
    found = standing(snapshot(fields_counted=False), CATALOGUE["A1"], DFE)["completeness"]
    assert found
    assert set(found.values()) == {None}
