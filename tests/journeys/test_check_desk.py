"""The check desk: can these numbers be trusted, who mends what is wrong, and what has moved since last time."""

from __future__ import annotations

import csv
import random
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.journeys.conftest import earlyhelp

HEADINGS = "contact_id,person_key,contact_date,source_code,decision_code,recorded_date,team"
FIRST = (
    *(f"{number},p{number},2025-04-{number:02d},6,early_help,2025-05-{number:02d},North" for number in range(1, 13)),
    "12,p12,2025-04-13,6,early_help,2025-05-13,North",
    "13,p13,,6,advice,,South",
    "14,,2025-05-03,6,advice,,South",
    "15,p15,2025-06-30,2A,nfa,2025-06-29,South",
)
LATER = (
    "1,p1,2025-04-01,2A,early_help,2025-05-01,North",
    *(f"{number},p{number},2025-04-20,6,nfa,2025-07-15,North" for number in range(20, 28)),
    *(f"{number},p{number},2025-08-{number - 30:02d},6,nfa,2025-08-20,North" for number in range(31, 40)),
)


def put(workspace: Path, *lines: str, name: str = "contact.csv", headings: str = HEADINGS) -> Path:
    (workspace / "inbox").mkdir(exist_ok=True)
    file = workspace / "inbox" / name
    file.write_text("\n".join([headings, *lines]) + "\n", "utf-8")
    return file


@pytest.fixture
def council(workspace: Path) -> Path:
    """A workspace with one extract of contacts: one told twice, two that cannot be placed, one entered too early."""
    put(workspace, *FIRST)
    assert earlyhelp("run", workspace).code == 0
    return workspace


def totals(folder: Path, *lines: str) -> Path:
    file = folder / "given.csv"
    file.write_text("\n".join(["source,list,period,total", *lines]) + "\n", "utf-8")
    return file


def explained(told: dict[str, Any]) -> dict[str, int]:
    return {each["rule"] or each["why"]: each["rows"] for each in told["explained"]}


def test_a_control_total_is_held_against_what_is_counted_and_each_difference_is_explained(council: Path):
    given = totals(council, "standard,contact,,15", "standard,contact,2025-04,12", "standard,contact,2025-06,4")
    everything, april, june = earlyhelp("reconcile", council, given, "--json").json["totals"]
    assert (everything["records_counted"], everything["unexplained"]) == (13, 0)
    assert explained(everything) == {"missing_date": 1, "missing_key": 1}
    assert (april["records_counted"], april["difference"], april["of_no_known_day"]) == (12, 0, 2)
    assert (june["records_counted"], june["unexplained"]) == (1, 3)
    assert "2 rows in quarantine have no usable day" in june["words"]


def test_rows_instead_of_records_are_explained_by_what_was_told_twice(council: Path):
    file = council / "given.csv"
    file.write_text("source,list,period,total,counts\nstandard,contact,,16,rows\n")
    [told] = earlyhelp("reconcile", council, file, "--json").json["totals"]
    assert explained(told) == {"repeated": 1, "missing_date": 1, "missing_key": 1}
    assert (told["difference"], told["unexplained"]) == (3, 0)


def test_the_rows_behind_a_difference_can_be_listed_and_the_reading_is_on_record(council: Path):
    out = council / "rows.csv"
    given = totals(council, "standard,contact,,15")
    ended = earlyhelp("reconcile", council, given, "--out", out, "--reason", "month end", "--json")
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert ended.json["written"] == len(rows) == 3
    assert sorted((each["why it is not counted"], each["rule"]) for each in rows) == [
        ("quarantine", "missing_date"),
        ("quarantine", "missing_key"),
        ("repeated", ""),
    ]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "month end" in (council / "log" / "audit.jsonl").read_text()


def test_control_totals_in_the_inbox_are_taken_and_kept_apart_from_the_extracts(workspace: Path):
    put(workspace, *FIRST)
    put(workspace, "standard,contact,,15", name="control_totals.csv", headings="source,list,period,total")
    assert earlyhelp("run", workspace, "--json").json["refused"] == []
    [told] = earlyhelp("reconcile", workspace, "--json").json["totals"]
    assert told["total"] == 15


def test_control_totals_that_cannot_be_read_stop_the_run_and_stay_where_they_are(workspace: Path):
    put(workspace, *FIRST)
    file = put(workspace, "standard,contacts,,15", name="control_totals.csv", headings="source,list,period,total")
    ended = earlyhelp("run", workspace, "--json")
    assert (ended.code, ended.json["where"]) == (3, "control_totals.csv, line 2")
    assert file.exists()


def test_an_extract_loaded_after_the_run_is_told_apart_and_then_counted(council: Path):
    earlyhelp("load", council, put(council, *LATER), "--extract-date", "2025-08-31")
    [waiting] = earlyhelp("reconcile", council, "--json").json["accounts"]
    assert (waiting["newer_version"], waiting["later_extract"], waiting["records_counted"]) == (1, 17, 13)
    assert earlyhelp("run", council).code == 0
    [counted] = earlyhelp("reconcile", council, "--json").json["accounts"]
    assert (counted["superseded"], counted["repeated"], counted["records_counted"]) == (1, 1, 30)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_the_extracts_hold_every_row_is_accounted_for_once(workspace: Path, seed: int):
    luck = random.Random(seed)
    extracts = []
    for month in range(1, 4):
        rows = [_random_row(luck, month) for _ in range(luck.randrange(5, 40))]
        put(workspace, *rows)
        earlyhelp("load", workspace, workspace / "inbox" / "contact.csv", "--extract-date", f"2025-{month:02d}-28")
        extracts.append(rows)
    (workspace / "inbox" / "contact.csv").unlink()
    assert earlyhelp("run", workspace).code == 0
    [account] = earlyhelp("reconcile", workspace, "--json").json["accounts"]
    fates = (
        "repeated",
        "added_up",
        "superseded",
        "retold",
        "newer_version",
        "later_extract",
        "quarantined",
        "records_counted",
    )
    assert {name: account[name] for name in fates if account[name]} == _by_hand(extracts)
    assert account["rows_read"] == sum(account[name] for name in fates)
    assert account["not_accounted"] == 0


def _random_row(luck: random.Random, month: int) -> str:
    number = luck.randrange(1, 20)
    day = luck.choice(["", f"2025-{month:02d}-{luck.randrange(1, 28):02d}", f"2025-01-{luck.randrange(1, 28):02d}"])
    return f"{number},p{number},{day},6,nfa,,{luck.randrange(10**6)}"


def _by_hand(extracts: Iterable[list[str]]) -> dict[str, int]:
    """The fate of each row, one after the other: the last row of the last extract that has the record is counted."""
    rows = [(place, row.split(",")) for place, extract in enumerate(extracts) for row in extract]
    placed = [(place, row[0]) for place, row in rows if row[2]]
    latest = {number: (index, place) for index, (place, number) in enumerate(placed)}
    found = {"quarantined": len(rows) - len(placed), "repeated": 0, "superseded": 0, "records_counted": len(latest)}
    for index, (place, number) in enumerate(placed):
        if latest[number][0] != index:
            found["repeated" if latest[number][1] == place else "superseded"] += 1
    return {name: count for name, count in found.items() if count}


def test_changes_tell_what_is_new_altered_and_late_and_which_published_figures_move(council: Path):
    [before] = earlyhelp("measure", council, "A1", "--from", "2025-04-01", "--to", "2025-04-30", "--json").json["rows"]
    put(council, *LATER)
    assert earlyhelp("run", council, "--as-at", "2025-08-31").code == 0
    told = earlyhelp("changes", council, "--json").json
    months = {
        each["month"]: (each["new"], each["altered"], each["late"])
        for each in told["records"]
        if each["table"] == "contact"
    }
    assert months == {"2025-04-01": (8, None, 8), "2025-08-01": (9, 0, 0)}
    [moved] = told["figures"]
    assert (moved["certificate"], moved["old_value"], moved["new_value"]) == (before["certificate"], 12, 20)
    again = earlyhelp("certificate", council, moved["new_certificate"], "--json").json
    assert (again["value"], again["snapshot"]) == (20, told["snapshot"])


def test_changed_records_can_be_listed_by_their_own_number_and_without_anything_that_names_a_person(council: Path):
    put(council, *LATER)
    assert earlyhelp("run", council, "--as-at", "2025-08-31").code == 0
    out = council / "changed.csv"
    assert earlyhelp("changes", council, "--out", out).code == 0
    rows = [row for row in csv.DictReader(out.read_text("utf-8").splitlines()) if row["table"] == "contact"]
    assert {row["record"] for row in rows if row["change"] == "altered"} == {"1"}
    assert {row["record"] for row in rows if row["recorded late"]} == {str(number) for number in range(20, 28)}


def test_without_an_earlier_snapshot_there_is_nothing_to_compare_with(council: Path):
    assert earlyhelp("changes", council, "--json").code == 5


def test_check_tells_delay_readiness_and_gates_beside_the_rules(council: Path):
    told = earlyhelp("check", council, "--json").json
    [everyone] = [each for each in told["recording_delay"] if each["team"] is None]
    assert (everyone["dated"], everyone["median_days"]) == (13, 30)
    [south] = [each for each in told["recording_delay"] if each["team"] == "South"]
    assert (south["status"], south["median_days"]) == ("suppressed", None)
    assert {each["rule"] for each in told["rules"] if each["outcome"] == "failed"} >= {"EH-243"}
    assert {each["measure"]: each["state"] for each in told["gates"]}["A3"] == "on"
    assert {each["return"] for each in told["readiness"]} == {
        "annex_a_list_2",
        "cin_census",
        "ssd_early_help",
        "standard",
    }
    in_words = earlyhelp("check", council)
    assert "Recording delay" in in_words.out
    assert "Readiness for national returns" in in_words.out


def test_the_fix_list_is_a_workbook_with_a_sheet_for_each_team(council: Path):
    out = council / "fix.xlsx"
    ended = earlyhelp("check", council, "--out", out, "--reason", "team meeting", "--json")
    sheets = openpyxl.load_workbook(out)
    assert sheets.sheetnames == ["Read me", "South", "Files"]
    assert ended.json["written"] == sum(sheets[name].max_row - 1 for name in sheets.sheetnames[1:])
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert '"event": "fix-list"' in (council / "log" / "audit.jsonl").read_text()


def test_a_fix_list_of_another_kind_is_not_written(council: Path):
    ended = earlyhelp("check", council, "--out", council / "fix.pdf", "--json")
    assert (ended.code, ended.json["where"]) == (2, "fix.pdf")


def test_a_measure_behind_a_closed_gate_says_so_and_ends_as_a_gate_does(workspace: Path):
    put(workspace, *(f"{n},p{n},2025-04-01,6,{'nfa' if n < 4 else 'Whatever'},," for n in range(1, 13)))
    assert earlyhelp("run", workspace).code == 0
    ended = earlyhelp("measure", workspace, "A3", "--json")
    assert ended.code == 4
    assert [row["status"] for row in ended.json["rows"]] == ["no_data"]
    assert ended.json["closed_gates"] == [{"column": "contact.decision_code", "found": 0.25, "wanted": 0.5}]
    [gate] = [each for each in earlyhelp("systems", workspace, "--json").json["measures"] if each["measure"] == "A3"]
    assert (gate["state"], gate["why"]) == ("closed", "contact.decision_code is 25% complete; at least 50% is needed")


def test_a_measure_says_of_which_kinds_no_record_is_held_at_all(workspace: Path):
    helped = "episode_id,person_key,start_date,end_date"
    put(workspace, *(f"{n},p{n},2024-04-01,2024-06-30" for n in range(1, 13)), name="eh_episode.csv", headings=helped)
    events = "event_id,person_key,type,start_date"
    put(workspace, "1,p1,cp_plan,2023-05-01", name="social_care_event.csv", headings=events)
    assert earlyhelp("run", workspace, "--as-at", "2026-03-31").code == 0
    told = earlyhelp("measure", workspace, "G2", "--json").json
    assert {row["type"]: (row["status"], row["numerator"]) for row in told["rows"]} == {
        "cin_episode": ("no_data", None),
        "cp_plan": ("ok", 0),
        "looked_after": ("no_data", None),
        "referral": ("no_data", None),
    }
    assert [kind["code"] for kind in told["kinds_not_held"]] == ["cin_episode", "looked_after", "referral"]
    words = "no data: Looked after: no such record is held at all (social_care_event.type)"
    assert words in earlyhelp("measure", workspace, "G2").out


def test_systems_tell_what_is_held_where_and_what_would_switch_a_measure_on(council: Path):
    told = earlyhelp("systems", council, "--json").json
    held = {each["source"]: each for each in told["systems"] if each["held"]}
    assert list(held) == ["standard"]
    assert (held["standard"]["files"], held["standard"]["rows"]) == (1, 16)
    assert "contact.channel" in held["standard"]["could_fill"]
    measures = {each["measure"]: each for each in told["measures"]}
    assert measures["A1"]["state"] == "on"
    assert measures["C5"]["missing_columns"] == ["eh_episode.start_date"]
    assert "ssd" in measures["C5"]["could_come_from"]
    assert "Never received" in earlyhelp("systems", council).out
