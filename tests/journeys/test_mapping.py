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
    tracker.write_text(tracker.read_text("utf-8").replace("Notes", "Notes,Hub").replace("seen\n", "seen,N\n"), "utf-8")
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


CLIENTS = """Client Ref,Programme,Start Date,End Date,SDQ start,SDQ end,PHQ-9 pre,PHQ-9 post
C1,Talking,15/01/2025,30/04/2025,21,14,14,6
C2,Talking,20/01/2025,,18,,11,
C3,Talking,24/02/2025,,25,19,,
"""


def test_scores_before_and_after_in_one_row_become_scores_of_their_days(workspace, tmp_path):
    path = tmp_path / "counselling.csv"
    path.write_text(CLIENTS, "utf-8")
    told = earlyhelp("map", workspace, path, "--accept", "--json").json
    [score] = [each["score"] for each in told["columns"] if each["heading"] == "PHQ-9 post"]
    assert score == {"tool": "PHQ-9", "domain": "Total", "date": "End Date"}
    [feed] = earlyhelp("load", workspace, path, "--json").json["feeds"]
    [table] = feed["tables"]
    assert (table["rows_read"], table["rows_accepted"], table["rows_quarantined"]) == (3, 3, 0)
    left_out = [each for each in table["issues"] if each["rule"] == "left_out"]
    assert [each["count"] for each in left_out] == [1], "the score of C3 at an end that has no date"
    earlyhelp("run", workspace)
    out = tmp_path / "scores.csv"
    earlyhelp("export", workspace, "eh_score", "--out", out, "--reason", "to look at")
    rows = csv.DictReader(out.read_text("utf-8").splitlines())
    assert sorted((each["tool"], each["score_date"], float(each["score"])) for each in rows) == [
        ("PHQ-9", "2025-01-15", 14.0),
        ("PHQ-9", "2025-01-20", 11.0),
        ("PHQ-9", "2025-04-30", 6.0),
        ("SDQ", "2025-01-15", 21.0),
        ("SDQ", "2025-01-20", 18.0),
        ("SDQ", "2025-02-24", 25.0),
        ("SDQ", "2025-04-30", 14.0),
    ]
    again = earlyhelp("map", workspace, path, "--json").json
    assert again["new"] == []
    assert [each["why"] for each in again["columns"] if each["heading"] == "SDQ end"] == ["as saved in the map"]


FAMILIES = """Family ID,Child 1 Name,Child 1 DOB,Child 2 Name,Child 2 DOB,Postcode,Opened,Date Closed,Domestic Abuse (Y/N),Debt?
SF1,Mia Thornton,14/05/2012,Leo Thornton,22/11/2014,LS11 5QN,13/01/2025,28/05/2025,Y,N
SF2,Ali Raza,13/11/2010,,,LS9 7DX,20/01/2025,,N,yes
SF3,,,Sam Fox,22/07/2013,LS8 4HT,16/01/2025,,N,N
SF1,Mia Thornton,14/05/2012,Leo Thornton,22/11/2014,LS11 5QN,,,N,N
"""


@pytest.fixture
def families(workspace, tmp_path):
    """A list of families, each with its children in one row, mapped and run."""
    path = tmp_path / "families.csv"
    path.write_text(FAMILIES, "utf-8")
    earlyhelp("map", workspace, path, "--accept")
    shutil.copy(path, workspace / "inbox")
    assert earlyhelp("run", workspace).code == 0
    return path


def exported(workspace, tmp_path, table):
    out = tmp_path / f"{table}.csv"
    out.unlink(missing_ok=True)
    earlyhelp("export", workspace, table, "--out", out, "--identity", "--reason", "to look at")
    return list(csv.DictReader(out.read_text("utf-8").splitlines()))


def test_families_in_one_row_become_their_children_with_episodes_and_needs(workspace, families, tmp_path):
    [feed] = earlyhelp("load", workspace, families, "--json").json["feeds"]
    [table] = feed["tables"]
    assert (table["rows_read"], table["rows_accepted"], table["rows_quarantined"]) == (4, 2, 2)
    people = exported(workspace, tmp_path, "person")
    assert sorted((each["forename"], each["dob"], each["postcode"]) for each in people) == [
        ("Ali", "2010-11-13", "LS9 7DX"),
        ("Leo", "2014-11-22", "LS11 5QN"),
        ("Mia", "2012-05-14", "LS11 5QN"),
    ]
    episodes = exported(workspace, tmp_path, "eh_episode")
    assert sorted((each["family_key"], each["start_date"], each["end_date"]) for each in episodes) == [
        ("SF1", "2025-01-13", "2025-05-28"),
        ("SF1", "2025-01-13", "2025-05-28"),
        ("SF2", "2025-01-20", ""),
    ]
    assert len({each["person_id"] for each in episodes}) == 3
    needs = exported(workspace, tmp_path, "eh_need")
    assert sorted((each["family_key"], each["need_code"]) for each in needs) == [("SF1", "SF8"), ("SF2", "SF10")]
    assert {each["episode_id"] for each in needs} < {each["episode_id"] for each in episodes}


def test_a_child_of_a_familys_row_is_erased_and_not_brought_back(workspace, families, tmp_path):
    [leo] = [each for each in exported(workspace, tmp_path, "person") if each["forename"] == "Leo"]
    assert earlyhelp("forget", workspace, "--person-id", leo["person_id"], "--reason", "R-1", "--yes").code == 0
    (workspace / "inbox" / "families.csv").write_text(FAMILIES.replace("LS9 7DX", "LS9 7DY"), "utf-8")
    assert earlyhelp("run", workspace).code == 0
    assert sorted(each["forename"] for each in exported(workspace, tmp_path, "person")) == ["Ali", "Mia"]
    holding = [file for file in workspace.rglob("*") if file.is_file() and b"Leo" in file.read_bytes()]
    assert holding == []


def test_children_under_spanning_headings_are_told_apart(workspace, tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Families"
    sheet.append(["Families we work with"])
    sheet.append(["Family", "", "Child 1", "", "Child 2", "", "Help", ""])
    sheet.append(["Family ID", "Postcode", "Name", "DOB", "Name", "DOB", "Opened", "Closed"])
    sheet.append(["F1", "LS1 1AA", "Mia Ash", date(2012, 5, 14), "Leo Ash", date(2014, 6, 20), date(2025, 1, 13), None])
    sheet.append(["F2", "LS2 2BB", "Ali Raza", date(2010, 11, 3), None, None, date(2025, 1, 20), date(2025, 3, 31)])
    for spanned in ("A2:B2", "C2:D2", "E2:F2", "G2:H2"):
        sheet.merge_cells(spanned)
    path = tmp_path / "families.xlsx"
    book.save(path)
    told = earlyhelp("map", workspace, path, "--accept", "--json").json
    assert told["repeated"] == []
    assert [each["person"] for each in told["columns"] if each["heading"] == "Child 2 DOB"] == ["child 2"]
    shutil.copy(path, workspace / "inbox")
    assert earlyhelp("run", workspace).code == 0
    people = exported(workspace, tmp_path, "person")
    assert sorted((each["forename"], each["dob"]) for each in people) == [
        ("Ali", "2010-11-03"),
        ("Leo", "2014-06-20"),
        ("Mia", "2012-05-14"),
    ]


def test_a_heading_over_several_columns_is_told(workspace, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("Case ID,Date,Child ID,Date\n1,13/01/2025,C1,14/01/2025\n", "utf-8")
    assert earlyhelp("map", workspace, path, "--json").json["repeated"] == ["Date"]
    assert "Date: stands over several columns, and only the first is read." in earlyhelp("map", workspace, path).out


OUTCOMES = """,,,,Getting a good education,,,Financial stability,,
Family ID,Lead Child,Lead Child DOB,Date attached,Need,Outcome met,Date met,Need,Outcome met,Date met
SF1,Mia Thornton,14/05/2012,13/01/2025,Y,Y,28/05/2025,N,,
SF2,Ali Raza,13/11/2010,20/01/2025,Y,N,,Y,Yes,15/06/2025
SF3,Sam Fox,22/07/2013,16/01/2025,N,,,N,,
"""


def test_needs_and_outcomes_under_spanning_headings_become_needs_with_their_outcomes(workspace, tmp_path):
    path = tmp_path / "outcomes.csv"
    path.write_text(OUTCOMES, "utf-8")
    assert earlyhelp("map", workspace, path, "--accept").code == 0
    shutil.copy(path, workspace / "inbox")
    assert earlyhelp("run", workspace).code == 0
    needs = {
        each["need_id"]: (each["family_key"], each["need_code"]) for each in exported(workspace, tmp_path, "eh_need")
    }
    outcomes = exported(workspace, tmp_path, "eh_outcome")
    assert sorted((*needs[each["need_id"]], each["status"], each["achieved_date"]) for each in outcomes) == [
        ("SF1", "SF1", "achieved", "2025-05-28"),
        ("SF2", "SF1", "not_achieved", ""),
        ("SF2", "SF10", "achieved", "2025-06-15"),
    ]
    assert len(needs) == 3


UNBORN = """Case Ref,Child Name,DOB,Date Opened
1,Unborn,,13/01/2025
2,Unborn,,20/01/2025
3,Mia Ash,14/05/2012,16/01/2025
4,MIA  ASH,14/05/2012,17/03/2025
"""


@pytest.mark.parametrize(("numbered", "keys"), [(True, 3), (False, 1)])
def test_children_without_a_number_are_one_only_where_name_and_birth_are(workspace, tmp_path, numbered, keys):
    path = tmp_path / "caseload.csv"
    path.write_text(UNBORN if numbered else "\n".join(row.split(",", 1)[1] for row in UNBORN.splitlines()), "utf-8")
    earlyhelp("map", workspace, path, "--accept")
    [feed] = earlyhelp("load", workspace, path, "--json").json["feeds"]
    [table] = feed["tables"]
    assert (table["rows_accepted"], table["rows_quarantined"]) == ((4, 0) if numbered else (2, 2))
    earlyhelp("run", workspace)
    people = exported(workspace, tmp_path, "person")
    assert len({each["person_key"] for each in people}) == keys
