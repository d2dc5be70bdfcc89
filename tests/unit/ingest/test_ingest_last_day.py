"""Which day tells when a file was drawn: no planned one, none still to come, and none that is mistyped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from earlyhelp.errors import UsageProblem
from earlyhelp.ingest.last_day import last_day
from earlyhelp.pipeline import load, run
from earlyhelp.standard import TABLES, Date
from earlyhelp.store.workspace import create_workspace
from staged import RECEIVED_ON, stage

END = date(2026, 1, 5)
EVERY_DAY = {END - timedelta(days=n): 2 for n in range(200)}
PLANS_AHEAD = ("due", "expected", "next", "planned", "target", "valid_to", "sustained_to")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ([], END),
        ([20], END + timedelta(days=20)),
        ([21], END),
        ([40, 365], END),
        ([5, 40], END + timedelta(days=5)),
        ([8, 14, 40], END + timedelta(days=14)),
        ([30] * 9, END + timedelta(days=30)),
        (list(range(40)), END + timedelta(days=39)),
    ],
)
def test_days_long_after_all_others_tell_nothing_of_when_a_file_was_drawn(after, told):
    times = dict(EVERY_DAY)
    for day in (END + timedelta(days=n) for n in after):
        times[day] = times.get(day, 0) + 1
    assert last_day(times) == told


def test_of_few_days_the_latest_tells():
    assert last_day({date(2025, 1, 1): 30, date(2025, 9, 1): 1}) == date(2025, 9, 1)


def test_a_day_on_which_a_review_is_due_tells_nothing_of_when_the_file_was_drawn(tmp_path):
    file = tmp_path / "eh_review.csv"
    rows = "1,A,team_around_family,2026-02-14,2026-01-05\n2,A,team_around_family,2026-02-20,\n"
    file.write_text("review_id,episode_id,type,due_date,held_date\n" + rows, "utf-8")
    report = stage(tmp_path, file).report
    assert (report["extract_date"], report["extract_date_inferred"]) == ("2026-01-05", True)


def test_every_column_of_days_to_come_is_declared_as_planned():
    days = [column for each in TABLES.values() for column in each.columns.values() if column.type is Date]
    ahead = {str(column) for column in days if any(word in column.column_name for word in PLANS_AHEAD)}
    assert ahead - {str(column) for column in days if column.planned} == set()


def test_nothing_is_drawn_on_a_day_to_come(tmp_path):
    workspace, tomorrow = create_workspace(tmp_path / "council", "E09000032"), RECEIVED_ON + timedelta(days=1)
    file = workspace.inbox / "contact.csv"
    file.write_text(f"contact_id,person_key,contact_date\n1,a,2026-03-01\n2,b,{tomorrow}\n", "utf-8")
    with pytest.raises(UsageProblem, match="still to come"):
        load(workspace, [file], RECEIVED_ON, extract_date=tomorrow)
    assert run(workspace, RECEIVED_ON).as_at == date(2026, 3, 1)
