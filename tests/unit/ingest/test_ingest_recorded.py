"""Layouts that tell when a row was entered: the day stands with the row, and the recording delay can be told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from earlyhelp.check.recording_delay import recording_delay
from earlyhelp.sources import SOURCES
from earlyhelp.standard import TABLES, stored_columns
from staged import Staged, stage

STEPS = """
Workflow step ID,Workflow ID,Person ID,Step type,Date started,Completed,Date recorded
1,W1,101,Early Help Contact,04/03/2024,05/03/2024,07/03/2024
2,W1,101,EH Engagement,06/03/2024,,11/03/2024
3,W1,101,EH Closure,30/09/2024,02/10/2024,09/10/2024
4,W2,102,Early Help Plan,06/03/2024,,
5,W3,103,Early Help Assessment,06/03/2024,,31/02/2024
"""
PERIODS = """
Classification period ID,Person ID,Classification,Start date,End date,Recorded on
8001,301,Early Help,2024-01-08,2024-06-30,2024-01-10
8002,302,Child in Need,2024-02-01,,2024-02-01
"""


def loaded(root: Path, name: str, text: str) -> Staged:
    file = root / name
    file.write_text(text.strip() + "\n", encoding="utf-8")
    return stage(root, file)


def entered(feed: Staged, table: str, key: str) -> dict[str, date | None]:
    return {row[key]: row["recorded_date"] for row in feed.rows(table)}


def test_the_day_on_which_a_step_was_entered_stands_with_what_it_tells(tmp_path):
    feed = loaded(tmp_path, "mosaic workflow steps.csv", STEPS)
    assert entered(feed, "contact", "contact_id") == {"1": date(2024, 3, 7)}
    assert entered(feed, "eh_assessment", "assessment_id") == {"5": None}


def test_an_episode_was_entered_when_its_first_step_was_whichever_step_tells_of_it(tmp_path):
    feed = loaded(tmp_path, "mosaic workflow steps.csv", STEPS)
    told = [(row["episode_id"], row["recorded_date"]) for row in feed.rows("eh_episode")]
    assert sorted(told, key=str) == [("W1", date(2024, 3, 11)), ("W1", date(2024, 3, 11)), ("W2", None)]


def test_a_period_of_a_classification_was_entered_on_the_day_it_says(tmp_path):
    feed = loaded(tmp_path, "classification periods.csv", PERIODS)
    assert entered(feed, "eh_episode", "episode_id") == {"8001": date(2024, 1, 10)}
    assert entered(feed, "social_care_event", "event_id") == {"8002": date(2024, 2, 1)}


def test_the_recording_delay_is_told_of_a_system_that_says_when_rows_were_entered(tmp_path):
    feed = loaded(tmp_path, "mosaic workflow steps.csv", STEPS)
    con = duckdb.connect()
    for name, table in TABLES.items():
        columns = ", ".join(f'"{each}" {column.type.duckdb}' for each, column in stored_columns(table).items())
        con.execute(f'CREATE TABLE "{name}" ({columns})')
    for row in feed.rows("contact"):
        held = {name: value for name, value in row.items() if name in stored_columns(TABLES["contact"])}
        con.execute(
            f"INSERT INTO contact ({', '.join(held)}) VALUES ({', '.join('?' for _ in held)})", [*held.values()]
        )
    [told] = [each for each in recording_delay(con) if each["team"] is None]
    assert (told["table"], told["source_system"], told["records"], told["median_days"]) == ("contact", "mosaic", 1, 3)


@pytest.mark.parametrize("name", ["mosaic", "eclipse", "police"])
def test_no_list_needs_the_day_of_entry_to_be_read(name):
    told = {fill.recorded for part in SOURCES[name].parts for fill in part.fills} - {""}
    assert told
    needed = {heading for part in SOURCES[name].parts for heading in part.needed}
    assert not told & needed
