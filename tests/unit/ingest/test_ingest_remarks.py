"""What is told of a file after a run: a few sentences, with no value of anybody's row."""

from __future__ import annotations

import pytest

from earlyhelp.ingest.remarks import MOST_FAULTS, remarks_of
from earlyhelp.pipeline import run
from earlyhelp.store.workspace import create_workspace
from staged import RECEIVED_ON, stage

HEADINGS = "contact_id,person_key,contact_date,source_code,Fax\n"


@pytest.fixture
def said(tmp_path):
    """What is told of a list of requests with these rows."""

    def of(*rows: str) -> list[str]:
        file = tmp_path / "contact.csv"
        file.write_text(HEADINGS + "\n".join(rows) + "\n", "utf-8")
        return [remark.what for remark in remarks_of(stage(tmp_path, file).report)]

    return of


def test_rows_in_quarantine_repeated_keys_unmapped_words_and_unread_columns_are_told(said):
    rows = ["1,a,2025-03-01,6,", "1,a,2025-03-02,Went to sea,", "2,b,,6,", "3,,2025-03-01,6,"]
    quarantine, repeated, unmapped, unread = said(*rows)
    assert quarantine == "2 rows in quarantine: missing date under contact_date; missing key under person_key."
    assert repeated.startswith("1 row flagged: repeated key under contact_id. The last row is used")
    assert unmapped == "1 word without a code, most often 'Went to sea' in contact.source_code: earlyhelp map."
    assert unread == "1 column not read: Fax."


def test_of_a_clean_file_only_what_nobody_reads_is_told(said):
    assert said("1,a,2025-03-01,6,") == ["1 column not read: Fax."]


def test_no_more_than_a_few_faults_are_told_and_the_rest_counted(tmp_path):
    headings = "session_id,person_key,session_date,academic_year,mark,sessions,school_urn\n"
    file = tmp_path / "attendance_session.csv"
    file.write_text(headings + "1,a,2025-03-40,2024,present_am,-1,12\n1,a,,2024-25,,x,\n", "utf-8")
    told = [remark.what for remark in remarks_of(stage(tmp_path, file).report)]
    assert sum("flagged" in each for each in told) == MOST_FAULTS
    assert told[MOST_FAULTS].endswith("of fault.")


def test_a_run_that_is_as_at_a_day_nobody_stated_says_which_file_told_it(tmp_path):
    workspace = create_workspace(tmp_path / "council", "E09000032")
    for name, day in (("contact 2025-03-31", "2025-03-30"), ("eh_episode", "2025-04-20")):
        table = name.split()[0]
        key = {"contact": "contact_id,person_key,contact_date", "eh_episode": "episode_id,person_key,start_date"}[table]
        (workspace.inbox / name).mkdir()
        (workspace.inbox / name / f"{table}.csv").write_text(f"{key}\n1,a,{day}\n", "utf-8")
    (remark,) = run(workspace, RECEIVED_ON).remarks
    assert remark.file == "eh_episode.csv"
    assert "2025-04-20" in remark.what
    assert remark.what.endswith("--as-at 2025-03-31")
