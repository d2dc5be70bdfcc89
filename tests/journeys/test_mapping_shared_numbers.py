"""Numbers that several people share, lists without people, and ledgers: from the file to the rows of the standard."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp, exported

CASES = """Case No,Client No,Client Name,D.O.B.,Date Opened,Case Clsd,Closure Reason
EHC-1,201,"Ash, Leo",22/11/2014,13/01/2025,28/05/2025,Needs met
EHC-1,202,"Ash, Mia",14/05/2012,13/01/2025,28/05/2025,Needs met
EHC-1,202,"Ash, Mia",14/05/2012,13/01/2025,28/05/2025,Needs met
EHC-2,203,"Raza, Ali",13/11/2010,20/01/2025,,
"""
NOTICES = """PPN Ref,Incident Date,Child Surname,Child Forename,Child DOB,DASH Risk
PPN/1,13/01/2025,Ash,Leo,22/11/2014,High
PPN/1,13/01/2025,Ash,Mia,14/05/2012,High
PPN/2,25/02/2025,Raza,Ali,13/11/2010,Medium
"""
TRACKER = """EHC ref,Family,Initial TAF,Rev 1,Rev 2,Next TAF due
EHC-1,Ash,14/05/2025,23/06/2025,,30/09/2025
EHC-2,Raza,22/05/2025,,,
EHC-3,Moor,,16/07/2025,,
"""
LEDGER = """CC,Cost centre description,Fin Yr,Actual £
E4101,Early Help Family Support - staffing,2023-24,"1,198,455.20"
E4109,Income - grant,2023-24,"-612,000"
"""


def loaded(workspace: Path, folder: Path, name: str, text: str) -> dict[str, int]:
    """The rows of each table that came of a list with all proposals accepted, when it had been loaded twice."""
    path = folder / name
    path.write_text(text, "utf-8")
    earlyhelp("map", workspace, path, "--accept")
    [feed] = earlyhelp("load", workspace, path, "--json").json["feeds"]
    assert earlyhelp("load", workspace, path).code == 5, "loading it again changes nothing"
    assert all(each["rows_read"] == each["rows_accepted"] + each["rows_quarantined"] for each in feed["tables"])
    return {each["table"]: each["rows_accepted"] for each in feed["tables"]}


@pytest.mark.parametrize("backwards", [False, True])
def test_siblings_under_one_case_number_have_an_episode_each_whatever_the_order_of_the_rows(
    workspace, tmp_path, backwards
):
    heading, *rows = CASES.splitlines()
    text = "\n".join([heading, *(reversed(rows) if backwards else rows)]) + "\n"
    assert loaded(workspace, tmp_path, "early help cases.csv", text) == {"eh_episode": 4}
    earlyhelp("run", workspace)
    found = sorted((each["episode_id"][:6], each["end_date"]) for each in exported(workspace, tmp_path, "eh_episode"))
    assert found == [("EHC-1", "2025-05-28"), ("EHC-1-", "2025-05-28"), ("EHC-2", "")]


def test_a_notice_about_several_children_is_kept_for_each_and_is_one_incident(workspace, tmp_path):
    assert loaded(workspace, tmp_path, "police notifications.csv", NOTICES) == {"partner_event": 3}
    earlyhelp("run", workspace)
    found = exported(workspace, tmp_path, "partner_event")
    assert len({each["event_id"] for each in found}) == 3
    assert sorted(each["incident_reference"] for each in found) == ["PPN/1", "PPN/1", "PPN/2"]


def test_a_tracker_by_case_number_alone_is_one_of_reviews(workspace, tmp_path):
    assert loaded(workspace, tmp_path, "TAF tracker.csv", TRACKER) == {"eh_review": 3}
    earlyhelp("run", workspace)
    found = exported(workspace, tmp_path, "eh_review")
    told = sorted((each["episode_id"], each["type"], each["held_date"], each["due_date"]) for each in found)
    assert told == [
        ("EHC-1", "review", "2025-06-23", ""),
        ("EHC-1", "team_around_family", "", "2025-09-30"),
        ("EHC-1", "team_around_family", "2025-05-14", ""),
        ("EHC-2", "team_around_family", "2025-05-22", ""),
        ("EHC-3", "review", "2025-07-16", ""),
        ("EHC-3", "team_around_family", "", ""),
    ]


def test_a_ledger_by_cost_centre_says_what_was_spent(workspace, tmp_path):
    assert loaded(workspace, tmp_path, "budget.csv", LEDGER) == {"spend": 2}
    earlyhelp("run", workspace)
    found = [
        (each["budget_line"], each["kind"], float(each["amount"])) for each in exported(workspace, tmp_path, "spend")
    ]
    assert sorted(found) == [
        ("Early Help Family Support - staffing", "actual", 1198455.2),
        ("Income - grant", "actual", -612000.0),
    ]


MONTHLY = """Financial year,Budget line,Service ID,Kind,Amount
2024-25,Early Help,TRIPLE_P,actual,100.50
2024-25,Early Help,TRIPLE_P,actual,200
2024-25,Early Help,TRIPLE_P,actual,200
2024-25,Early Help,IY,actual,50
"""


def test_lines_of_a_ledger_under_one_name_are_added_up_and_a_later_ledger_takes_their_place(workspace, tmp_path):
    assert loaded(workspace, tmp_path, "ledger.csv", MONTHLY) == {"spend": 4}
    earlyhelp("run", workspace)
    amounts = {each["service_id"]: float(each["amount"]) for each in exported(workspace, tmp_path, "spend")}
    assert amounts == {"TRIPLE_P": 500.5, "IY": 50.0}
    [account] = earlyhelp("reconcile", workspace, "--json").json["accounts"]
    assert (account["rows_read"], account["records_counted"], account["added_up"]) == (4, 2, 2)

    later = tmp_path / "later" / "ledger.csv"
    later.parent.mkdir()
    later.write_text(MONTHLY.replace("100.50", "75"), "utf-8")
    earlyhelp("load", workspace, later)
    earlyhelp("run", workspace)
    amounts = {each["service_id"]: float(each["amount"]) for each in exported(workspace, tmp_path, "spend")}
    assert amounts == {"TRIPLE_P": 475.0, "IY": 50.0}
