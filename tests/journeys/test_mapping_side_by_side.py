"""Lists that tell several things in one row, from the file to the rows of the standard: scores, families, needs and outcomes."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from tests.journeys.conftest import earlyhelp, exported

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
    rows = exported(workspace, tmp_path, "eh_score")
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


TRACKER = """Surname,First name,DOB,EHA date,Initial TAF,Review 1,Review 2,Next review,Closed
Ash,Leo,03/11/2015,10/01/2025,24/01/2025,07/03/2025,canc,16/05/2025,
Moor,Ada,22/07/2013,13/01/2025,31/01/2025,,,,28/02/2025
Ash,Leo,03/11/2015,15/09/2025,29/09/2025,14/11/2025,12/12/2025,TBC,
Fox,Sam,14/02/2014,20/01/2025,30/1/25 dna,,,,
"""


def test_days_of_reviews_in_columns_become_reviews_of_their_episodes(workspace, tmp_path):
    path = tmp_path / "taf.csv"
    path.write_text(TRACKER, "utf-8")
    told = earlyhelp("map", workspace, path, "--accept", "--json").json
    reviews = {each["heading"]: each["review"] for each in told["columns"] if "review" in each}
    assert reviews == {
        "Initial TAF": {"kind": "team_around_family", "due": False},
        "Review 1": {"kind": "review", "due": False},
        "Review 2": {"kind": "review", "due": False},
        "Next review": {"kind": "review", "due": True},
    }
    [feed] = earlyhelp("load", workspace, path, "--json").json["feeds"]
    [table] = feed["tables"]
    assert (table["rows_read"], table["rows_accepted"], table["rows_quarantined"]) == (4, 4, 0)
    problems = {(each["rule"], each["column"]): each["count"] for each in table["issues"]}
    assert problems["not_a_date", "Initial TAF"] == 1, "whether Sam's was held is not said: the text is on the fix-list"
    earlyhelp("run", workspace)
    rows = exported(workspace, tmp_path, "eh_review")
    found = sorted((each["type"], each["held_date"], each["due_date"]) for each in rows)
    assert found == [
        ("review", "", "2025-05-16"),
        ("review", "2025-03-07", ""),
        ("review", "2025-11-14", ""),
        ("review", "2025-12-12", ""),
        ("team_around_family", "2025-01-24", ""),
        ("team_around_family", "2025-01-31", ""),
        ("team_around_family", "2025-09-29", ""),
    ]
    episodes = {each["episode_id"]: each["start_date"] for each in exported(workspace, tmp_path, "eh_episode")}
    of_leo = {episodes[each["episode_id"]] for each in rows if each["held_date"] in ("2025-01-24", "2025-09-29")}
    assert of_leo == {"2025-01-10", "2025-09-15"}, "each review is of the episode of its row"


REGISTER = """Name,DOB,Week 1,Week 2,Week 3,Week 4,No. attended,Completed?
Mia Thornton,14/05/1990,x,x,,x,3,Y
Ada Moor,22/07/1988,x,,,,1,N
"""


def test_a_register_without_a_service_is_of_what_it_is_called(workspace, tmp_path):
    path = tmp_path / "parenting programme.csv"
    path.write_text(REGISTER, "utf-8")
    told = earlyhelp("map", workspace, path, "--accept", "--json").json
    assert told["fixed"] == ["service_delivered.service_id: parenting programme"]
    [feed] = earlyhelp("load", workspace, path, "--json").json["feeds"]
    [table] = feed["tables"]
    assert (table["table"], table["rows_read"], table["rows_accepted"]) == ("service_delivered", 2, 2)
    earlyhelp("run", workspace)
    rows = exported(workspace, tmp_path, "service_delivered")
    found = sorted((each["service_id"], each["sessions_attended"]) for each in rows)
    assert found == [("parenting programme", "1"), ("parenting programme", "3")]


SURVEY = {
    "ID": [1, 2, 3],
    "Start time": [datetime(2024, 7, 1, 9), datetime(2024, 7, 2, 9), datetime(2024, 7, 22, 9)],
    "Completion time": [datetime(2024, 7, 1, 10), datetime(2024, 7, 2, 10), datetime(2024, 7, 22, 10)],
    "Who is filling in this form?": ["Parent", "Child", "Parent"],
    "What is your case number? (it is on your plan)": ["EH10397", "EH10442", "EH10511"],
    "Overall, compared with before you had help from us, how are things for your family now?": [
        "Things are better",
        "Things are much better",
        "Things are the same",
    ],
}


def test_a_survey_with_whole_questions_for_headings_is_feedback(workspace, tmp_path):
    book = Workbook()
    book.active.title = "Sheet1"
    for row in (list(SURVEY), *zip(*SURVEY.values(), strict=True)):
        book.active.append(row)
    path = tmp_path / "Family Feedback Summer.xlsx"
    book.save(path)
    told = earlyhelp("map", workspace, path, "--accept", "--json").json
    filled = {each["heading"]: each["column"] for each in told["columns"] if each["table"] == "feedback"}
    assert list(filled.values()) == ["feedback_id", "asked_date", "answered_date", "respondent", "episode_id", "better"]
    [feed] = earlyhelp("load", workspace, path, "--json").json["feeds"]
    [table] = feed["tables"]
    assert (table["table"], table["rows_read"], table["rows_accepted"]) == ("feedback", 3, 3)


NEEDS = """Need Ref,Episode Ref,Person ID,Need,Date identified,Outcome status,Outcome date
N1,E1,P1,Debt,10/01/2025,Met,16/05/2025
N2,E1,P1,Housing,10/01/2025,,
N3,E2,P2,Domestic abuse,13/01/2025,Not met,
"""


@pytest.mark.parametrize("numbered", [True, False])
def test_a_list_of_needs_with_their_outcomes_becomes_both(workspace, tmp_path, numbered):
    path = tmp_path / "needs and outcomes.csv"
    text = NEEDS if numbered else "\n".join(line.partition(",")[2] for line in NEEDS.splitlines()) + "\n"
    path.write_text(text, "utf-8")
    earlyhelp("map", workspace, path, "--accept")
    [feed] = earlyhelp("load", workspace, path, "--json").json["feeds"]
    [table] = feed["tables"]
    assert (table["table"], table["rows_read"], table["rows_accepted"]) == ("eh_need", 3, 3)
    earlyhelp("run", workspace)
    needs = {each["need_id"]: each["need_code"] for each in exported(workspace, tmp_path, "eh_need")}
    outcomes = exported(workspace, tmp_path, "eh_outcome")
    found = sorted((needs[each["need_id"]], each["status"], each["achieved_date"]) for each in outcomes)
    assert found == [("SF10", "achieved", "2025-05-16"), ("SF8", "not_achieved", "")]
