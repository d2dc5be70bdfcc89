"""Mapping as a council's analyst meets it: an unknown file is looked at, accepted, loaded, and asked about no more."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from datetime import date

import pytest
from openpyxl import Workbook
from tests.journeys.conftest import earlyhelp

from earlyhelp.errors import Exit

HEADINGS = (
    "YP Ref No,First Names,Family Name,D.o.B,Ethnic Origin,Date opened to EH,Date closed,Why closed,Referred by,Notes"
)
ROWS = [
    "12,Ann,Leeworth,01/02/2010,(A.A28)White - British,03/04/2023,05/09/2023,Outcomes met,Starting Well School Nurse,seen",
    "13,Bob,Rayburn,11/02/2012,Black - Eritrean,13/04/2023,,,Zorgle,",
    "14,Cat,Rayburn,11/02/2013,Zorg,21/04/2023,,,Police - CAIT,",
    "15,Dan,Rayburn,12/02/2013,Indian,,,,Police - CAIT,",
]


@pytest.fixture
def tracker(tmp_path):
    path = tmp_path / "north tracker.csv"
    path.write_text("\n".join([HEADINGS, *ROWS]) + "\n", "utf-8")
    return path


def saved_map(workspace):
    [path] = (workspace / "maps").glob("*.toml")
    return path


def test_an_unknown_file_is_refused_until_it_is_mapped(workspace, tracker):
    refused = earlyhelp("load", workspace, tracker, "--json")
    assert refused.code == Exit.REFUSED
    assert "earlyhelp map" in refused.json["fix"]


def test_a_known_layout_is_told_in_the_headings_of_the_file(workspace, tmp_path):
    path = tmp_path / "FACT_CAF_EPISODE.csv"
    path.write_text(
        "FACT_CAF_EPISODE_ID,DIM_PERSON_ID,EPISODE_START_DTTM,EPISODE_END_DTTM,DIM_LOOKUP_CAF_EP_ENDRSN_ID_CODE\n"
        "1,2,2024-04-03,2024-09-05,Zorgle\n",
        "utf-8",
    )
    told = earlyhelp("map", workspace, path, "--json").json
    columns = {(each["heading"], each["table"], each["column"]) for each in told["columns"]}
    assert ("EPISODE_START_DTTM", "eh_episode", "start_date") in columns
    assert {heading for heading, _, _ in columns} == set(path.read_text("utf-8").splitlines()[0].split(","))
    assert {each["heading"] for each in told["values"]} == {"DIM_LOOKUP_CAF_EP_ENDRSN_ID_CODE"}


def test_proposals_say_column_confidence_and_why_and_save_nothing(workspace, tracker):
    told = earlyhelp("map", workspace, tracker, "--json").json
    assert set(told) >= {"source", "columns", "values"}
    assert all(set(each) >= {"heading", "table", "column", "confidence", "why", "applied"} for each in told["columns"])
    assert all(
        set(each) >= {"heading", "value", "column", "code", "confidence", "why", "applied"} for each in told["values"]
    )
    first = {}
    for each in told["columns"]:
        first.setdefault(each["heading"], (each["table"], each["column"]))
    assert first["Date opened to EH"] == ("eh_episode", "start_date")
    assert first["YP Ref No"] == ("eh_episode", "person_key")
    assert first["Notes"] == (None, None)
    asked = {each["value"] for each in told["values"] if not each["applied"]}
    assert asked == {"Zorg", "Zorgle"}
    assert list((workspace / "maps").iterdir()) == []


def test_an_accepted_map_loads_the_file_with_an_account_of_every_row(workspace, tracker):
    assert earlyhelp("map", workspace, tracker, "--accept").code == 0
    [feed] = earlyhelp("load", workspace, tracker, "--json").json["feeds"]
    [table] = feed["tables"]
    assert (table["table"], table["rows_read"], table["rows_accepted"], table["rows_quarantined"]) == (
        "eh_episode",
        4,
        3,
        1,
    )
    assert feed["source"] == "north_tracker"
    assert {each["value"] for each in feed["unmapped_values"]} == {"Zorgle", "Zorg"}
    assert {each["value"]: each["code"] for each in feed["mapped_values"]}["Starting Well School Nurse"] == "3C"


def test_a_map_holds_headings_and_code_words_and_nobody(workspace, tracker):
    earlyhelp("map", workspace, tracker, "--accept")
    text = saved_map(workspace).read_text("utf-8")
    assert not [word for word in ("Leeworth", "Rayburn", "Ann", "Bob", "2010", "13/04", "seen") if word in text]
    assert tomllib.loads(text)["words"]["person.ethnicity"]["Zorg"] == ""


def test_as_last_time_only_what_changed_is_asked_about(workspace, tracker):
    earlyhelp("map", workspace, tracker, "--accept")
    again = earlyhelp("map", workspace, tracker, "--json").json
    assert again["new"] == []
    tracker.write_text(
        tracker.read_text("utf-8").replace("Notes", "Notes,Hub").replace("seen\n", "seen,North\n"), "utf-8"
    )
    changed = earlyhelp("map", workspace, tracker, "--json").json
    assert changed["source"] == "north_tracker"
    assert changed["new"] == ["Hub"]
    before = saved_map(workspace).read_text("utf-8")
    earlyhelp("map", workspace, tracker, "--accept")
    after = saved_map(workspace).read_text("utf-8")
    assert set(after.splitlines()) - set(before.splitlines()) == {'"Hub" = ["eh_episode.locality"]', "version = 2"}


def test_a_word_decided_by_hand_is_used_when_the_file_is_loaded_again(workspace, tracker):
    earlyhelp("map", workspace, tracker, "--accept")
    earlyhelp("load", workspace, tracker)
    path = saved_map(workspace)
    path.write_text(path.read_text("utf-8").replace('"Zorgle" = ""', '"Zorgle" = "5D"'), "utf-8")
    [feed] = earlyhelp("load", workspace, tracker, "--json").json["feeds"]
    assert not feed["already_loaded"]
    assert [each["value"] for each in feed["unmapped_values"]] == ["Zorg"]
    [again] = earlyhelp("load", workspace, tracker, "--json").json["feeds"]
    assert again["already_loaded"]


def test_another_councils_map_is_taken_over_whole(workspace, tracker, tmp_path):
    earlyhelp("map", workspace, tracker, "--accept")
    shared = tmp_path / "shared.toml"
    shared.write_text(saved_map(workspace).read_text("utf-8").replace('"Zorgle" = ""', '"Zorgle" = "6"'), "utf-8")
    other = tmp_path / "other"
    earlyhelp("init", other, "--council", "E06000037")
    told = earlyhelp("map", other, tracker, "--from", shared, "--accept", "--json").json
    assert all(each["why"].endswith("as saved in the map") for each in told["columns"])
    [feed] = earlyhelp("load", other, tracker, "--json").json["feeds"]
    assert [each["value"] for each in feed["unmapped_values"]] == ["Zorg"]


def test_a_run_uses_the_maps_that_are_saved(workspace, tracker):
    earlyhelp("map", workspace, tracker, "--accept")
    tracker.rename(workspace / "inbox" / tracker.name)
    ended = earlyhelp("run", workspace, "--json")
    assert ended.code == 0, ended.out
    assert ended.json["feeds"][0]["source"] == "north_tracker"


def test_a_map_broken_by_hand_is_told_with_its_line_and_loads_nothing(workspace, tracker):
    earlyhelp("map", workspace, tracker, "--accept")
    path = saved_map(workspace)
    path.write_text(path.read_text("utf-8").replace("eh_episode.end_date", "eh_episode.finish"), "utf-8")
    for ended in (earlyhelp("load", workspace, tracker, "--json"), earlyhelp("map", workspace, tracker, "--json")):
        assert ended.code == Exit.REFUSED
        assert "line" in ended.json["where"]
        assert "eh_episode.finish" in ended.json["error"]


def test_words_of_a_published_layout_are_proposed_and_saved_without_its_headings(workspace, tmp_path):
    path = tmp_path / "List 1.csv"
    path.write_text("Child Unique ID,Gender,Date of Contact,Contact Source\n1,a) Male,01/02/2024,Zorgle\n", "utf-8")
    told = earlyhelp("map", workspace, path, "--accept", "--json").json
    assert told["source"] == "annex_a"
    content = tomllib.loads(saved_map(workspace).read_text("utf-8"))
    assert "list" not in content
    assert content["words"] == {"contact.source_code": {"Zorgle": ""}}


def test_values_of_one_column_are_mapped_one_by_one(tmp_path):
    told = earlyhelp("map-value", "social_care_event.outcome_code", "Step down to Early Help", "Zorg", "--json").json
    assert [(each["code"], each["applied"]) for each in told["values"]] == [("RC9", True), (None, False)]
    assert all(0 <= each["confidence"] <= 1 and each["why"] for each in told["values"])
    listed = tmp_path / "words.txt"
    listed.write_text("met police\n\nGP\n", "utf-8")
    told = earlyhelp("map-value", "contact.source_code", "--file", listed, "--json").json
    assert [each["code"] for each in told["values"]] == ["6", "3A"]
    assert earlyhelp("map-value", "person.gender", "Male", "--json").json["values"][0]["code"] == "M"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["map-value", "contact.colour", "x"], Exit.USAGE),
        (["map-value", "contact.team", "x"], Exit.USAGE),
        (["map-value", "contact.source_code"], Exit.USAGE),
        (["map-value", "contact.source_code", "--file", "nowhere.txt"], Exit.REFUSED),
        (["map", "WORKSPACE", "nowhere.csv"], Exit.REFUSED),
        (["map", "nowhere", "nowhere.csv"], Exit.REFUSED),
        (["map", "WORKSPACE", "TRACKER", "--from", "nowhere.toml"], Exit.REFUSED),
        (["map", "WORKSPACE", "TRACKER", "--name", "No good!"], Exit.USAGE),
    ],
)
def test_a_mistake_is_told_with_what_to_do(arguments, code, workspace, tracker):
    named = {"WORKSPACE": workspace, "TRACKER": tracker}
    ended = earlyhelp(*(named.get(each, each) for each in arguments), "--json")
    assert ended.code == code
    assert set(json.loads(ended.out)) == {"error", "where", "fix"}


def test_a_list_without_headings_is_refused_lest_its_data_become_a_map(workspace, tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("\n".join(ROWS) + "\n", "utf-8")
    ended = earlyhelp("map", workspace, path, "--accept", "--json")
    assert ended.code == Exit.REFUSED
    assert "not headings" in ended.json["error"]
    assert list((workspace / "maps").iterdir()) == []


@pytest.fixture
def locality_workbook(tmp_path):
    """A workbook as a locality keeps it: a title above, headings over two lines, whole names, a total, a sheet of words."""
    book = Workbook()
    cases, words = book.active, book.create_sheet("Lookups")
    cases.title = "Open cases"
    cases["A1"] = "Early Help Tracker - North Locality"
    for row in (
        [],
        ["Child\nName", "DOB", "EHM\nNo.", "Start\nDate", "Level of\nNeed", "Reason for closure", "FSM"],
        ["Leeworth, Mia", date(2014, 2, 1), "EH1", date(2025, 4, 3), "L3", None, "Y"],
        ["RAYBURN Leo", date(2011, 11, 13), "EH2", date(2025, 4, 13), "Level 2", "Closed - needs met", "N"],
        ["Ada van der Moor", date(2016, 12, 25), "EH3", date(2025, 4, 28), "Level 3", "Step up to CSC", "Y"],
        ["Total", None, None, 3, None, None, None],
    ):
        cases.append(row)
    words.append(["Levels"])
    words.append(["Level 2"])
    path = tmp_path / "north.xlsx"
    book.save(path)
    return path


def test_a_localitys_own_workbook_is_mapped_loaded_and_told_apart_by_name(workspace, locality_workbook, tmp_path):
    told = earlyhelp("map", workspace, locality_workbook, "--accept", "--json").json
    assert told["lacking"] == [], "the sheet of words is no list whose rows are missed"
    columns = tomllib.loads(saved_map(workspace).read_text())["list"][1]["columns"]
    assert columns["Child Name"] == ["person.forename", "person.surname"]
    assert columns["FSM"] == []
    shutil.copy(locality_workbook, workspace / "inbox")
    ended = earlyhelp("run", workspace, "--json")
    assert ended.code == 0
    out = tmp_path / "people.csv"
    earlyhelp("export", workspace, "person", "--identity", "--reason", "test", "--out", out)
    with out.open(newline="") as stream:
        people = sorted((row["forename"], row["surname"]) for row in csv.DictReader(stream))
    assert people == [("Ada", "van der Moor"), ("Leo", "RAYBURN"), ("Mia", "Leeworth")]
