"""The data desk: files brought in and taken out, what was received, and who sees how much of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from page_words import words_of


@pytest.fixture
def desk(council: Path, served: Any, tmp_path: Path) -> Iterator[Path]:
    """A workspace whose files a test may change; without a snapshot."""
    folder = tmp_path / "own"
    shutil.copytree(council / "keys", folder / "keys")
    shutil.copy(council / "council.toml", folder)
    (folder / "inbox").mkdir()
    with served(folder):
        yield folder


def _file(name: str, content: bytes = b"a,b\n1,2\n") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_files_that_are_brought_in_lie_in_the_inbox_and_in_the_audit_log(
    client_as: Callable[..., Any], desk: Path
) -> None:
    from earlyhelp.store.audit import records

    answer = client_as("analyst").post(
        "/data/", {"files": [_file("one.csv"), _file("two.csv", b"c\n3\n")]}, follow=True
    )
    assert "In the inbox now: one.csv, two.csv." in words_of(answer)
    assert sorted(each.name for each in (desk / "inbox").iterdir()) == ["one.csv", "two.csv"]
    event = records(desk / "log" / "audit.jsonl")[-1]
    assert (event["event"], event["files"]) == ("extracts brought in", ["one.csv", "two.csv"])


def test_files_of_a_day_lie_in_a_folder_of_that_day_by_which_intake_knows_it(
    client_as: Callable[..., Any], desk: Path
) -> None:
    client_as("analyst").post("/data/", {"files": [_file("contact.csv")], "drawn": "31/3/2026"})
    assert (desk / "inbox" / "2026-03-31" / "contact.csv").is_file()


def test_when_one_file_is_refused_none_is_kept_and_the_field_says_why(
    client_as: Callable[..., Any], desk: Path
) -> None:
    answer = client_as("analyst").post("/data/", {"files": [_file("good.csv"), _file("bad.xlsx", b"not a workbook")]})
    assert answer.status_code == 422
    assert "bad.xlsx: The file ends in .xlsx, and its first bytes are of another kind of file." in words_of(answer)
    assert list((desk / "inbox").iterdir()) == []


def test_no_file_and_a_day_to_come_are_errors_at_their_fields(client_as: Callable[..., Any], desk: Path) -> None:
    told = words_of(client_as("analyst").post("/data/", {"drawn": "1/1/2999"}))
    assert "Choose at least one file." in told
    assert "That day is still to come." in told


def test_files_can_be_taken_out_again(client_as: Callable[..., Any], desk: Path) -> None:
    from earlyhelp.web.inbox import lying

    (desk / "inbox" / "wrong.csv").write_text("a\n")
    (desk / "inbox" / "right.csv").write_text("b\n")
    (wrong,) = (each for each in lying(desk / "inbox") if each.name == "wrong.csv")
    answer = client_as("analyst").post("/data/", {"do": "take out", "keys": [wrong.key]}, follow=True)
    assert "Taken out of the inbox and deleted: wrong.csv." in words_of(answer)
    assert [each.name for each in (desk / "inbox").iterdir()] == ["right.csv"]


@pytest.mark.parametrize("role", ["head", "viewer", "finance", "team_manager"])
def test_who_may_not_load_sees_no_inbox_and_changes_nothing(
    client_as: Callable[..., Any], desk: Path, role: str
) -> None:
    (desk / "inbox" / "mine.csv").write_text("a\n")
    client = client_as(role)
    assert client.post("/data/", {"files": [_file("theirs.csv")]}).status_code == 404
    assert [each.name for each in (desk / "inbox").iterdir()] == ["mine.csv"]
    told = words_of(client.get("/data/"))
    assert "mine.csv" not in told
    assert "Bring in extracts" not in told


def test_an_empty_desk_says_what_to_do_first(client_as: Callable[..., Any], desk: Path) -> None:
    told = words_of(client_as("analyst").get("/data/"))
    assert "The inbox is empty." in told
    assert "No file has been read yet." in told


def test_what_was_received_is_told_with_exact_counts_to_those_who_may_see_them(
    client_as: Callable[..., Any], council: Path
) -> None:
    from earlyhelp import desk as asked
    from earlyhelp.store.workspace import open_workspace

    told = words_of(client_as("analyst").get("/data/"))
    seen = words_of(client_as("viewer").get("/data/"))
    for feed in asked.received(open_workspace(council)):
        read, kept, held = (
            sum(table[name] for table in feed["tables"]) for name in ("rows_read", "rows_accepted", "rows_quarantined")
        )
        assert read == kept + held
        assert feed["path"] in told
        assert feed["path"] in seen
    assert "quarantined" in told
    assert "quarantined" not in seen


def test_the_report_of_a_file_accounts_for_its_rows(client_as: Callable[..., Any], council: Path) -> None:
    from earlyhelp import desk as asked
    from earlyhelp.store.workspace import open_workspace

    feed = next(each for each in asked.received(open_workspace(council)) if each["source"] == "annex_a")
    told = words_of(client_as("analyst").get(f"/data/received/{feed['feed_id']}/"))
    assert f"Rows read {sum(each['rows_read'] for each in feed['tables']):,}" in told
    assert all(each["value"] in told for each in feed["unmapped_values"][:20])
    assert client_as("viewer").get(f"/data/received/{feed['feed_id']}/").status_code == 403
    assert client_as("analyst").get("/data/received/nothing/").status_code == 404


def test_without_a_snapshot_before_nothing_has_changed(client_as: Callable[..., Any], council: Path) -> None:
    assert "There is no snapshot before this one." in words_of(client_as("analyst").get("/data/changes/"))


def test_a_file_that_the_last_run_refused_lies_in_the_inbox_with_the_reason(
    client_as: Callable[..., Any], user_as: Callable[..., Any], desk: Path
) -> None:
    from earlyhelp.web.models import Run

    (desk / "inbox" / "odd.csv").write_text("x\n")
    (desk / "inbox" / "new.csv").write_text("y\n")
    refused = {"error": "No layout is like it.", "where": "odd.csv, sheet 1", "fix": "Match its columns."}
    Run.objects.create(kind="run", asked_by=user_as("analyst"), state="done", result={"refused": [refused]})
    told = words_of(client_as("analyst").get("/data/"))
    assert "Refused: No layout is like it. Match its columns." in told
    assert told.count("nothing yet") == 1


@pytest.fixture
def compared(council: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is told of two snapshots: records by month, one count of which may not be shown."""
    from earlyhelp import desk as asked
    from earlyhelp.web import reading

    month = {"table": "contact", "month": date(2026, 3, 1), "gone": 0, "altered": 12, "late": 0}
    told: dict[str, Any] = {
        "since": "s-1",
        "since_as_at": date(2026, 2, 28),
        "snapshot": "s-2",
        "records": [month | {"new": None, "status": "suppressed"}],
        "people": [{"kind": "merged", "people": 7, "status": "ok"}],
        "figures_looked_at": 0,
        "figures": [],
    }
    monkeypatch.setattr(asked, "changes", lambda workspace, **more: told)
    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    return told


def test_what_changed_is_told_and_what_may_not_be_shown_says_so(
    client_as: Callable[..., Any], compared: dict[str, Any]
) -> None:
    told = words_of(client_as("head").get("/data/changes/"))
    assert "contact March 2026" in told
    assert "0 12 0 too few to say" in told
    assert "merged 7" in told
    assert "has not been worked out for this snapshot" in told
    assert "Work it out" not in told, "a head of service starts no runs"
    assert client_as("viewer").get("/data/changes/").status_code == 403


def test_figures_that_moved_are_worked_out_by_a_run_and_shown_for_these_two_snapshots_alone(
    client_as: Callable[..., Any], user_as: Callable[..., Any], compared: dict[str, Any]
) -> None:
    from earlyhelp.web.models import Run

    analyst = client_as("analyst")
    assert client_as("head").post("/data/changes/").status_code == 404
    analyst.post("/data/changes/")
    run = Run.objects.get()
    assert run.kind == "changes"
    moved = {"measure": "A1", "name": "Requests", "period_start": None, "period_end": None, "dims": {}}
    moved |= {"old_value": 40.0, "old_status": "ok", "new_value": None, "new_status": "suppressed"}
    run.state, run.result = (
        "done",
        compared | {"figures_looked_at": 9, "figures": [moved]} | {"since_as_at": "", "records": []},
    )
    run.save()
    told = words_of(analyst.get("/data/changes/"))
    assert "9 published figures were worked out again. Moved: 1." in told
    assert "A1 Requests the first day to the last day all 40 too few to say" in told
    run.result["since"] = "s-0"
    run.save()
    assert "has not been worked out for this snapshot" in words_of(analyst.get("/data/changes/"))


def test_when_all_that_is_new_is_refused_the_run_says_why_and_not_that_there_is_nothing_to_do(
    council: Path, tmp_path: Path
) -> None:
    from earlyhelp.errors import InputRefused, NothingToDo
    from earlyhelp.pipeline import run
    from earlyhelp.store.workspace import open_workspace

    folder = tmp_path / "again"
    shutil.copytree(council, folder)
    workspace = open_workspace(folder)
    with pytest.raises(NothingToDo):
        run(workspace, date(2026, 4, 20))
    (folder / "inbox" / "menu.csv").write_text("dish,price\nsoup,3\n")
    with pytest.raises(InputRefused) as refused:
        run(workspace, date(2026, 4, 20))
    assert "menu.csv" in refused.value.where
    assert (folder / "inbox" / "menu.csv").is_file()


def test_what_a_run_says_of_the_files_is_on_the_desk_for_those_who_see_counts_and_for_nobody_else(
    client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp.web.screens import data

    told = data.feeds()
    said = [
        {**each, "current": True, "remarks": ["3 rows in quarantine: not a date under Opened."]} for each in told[:1]
    ]
    before = [{**each, "current": False, "remarks": ["Of an earlier load."]} for each in told[1:2]]
    monkeypatch.setattr(data, "feeds", lambda: [*said, *before])
    analyst, viewer = (words_of(client_as(role).get("/data/")) for role in ("analyst", "viewer"))
    assert "What to know of the files behind the figures" in analyst
    assert f"{told[0]['path']} 3 rows in quarantine: not a date under Opened." in analyst
    assert "Of an earlier load." not in analyst
    assert "in quarantine" not in viewer


def test_every_remark_of_a_run_is_told_of_each_file_that_was_received(council: Path) -> None:
    from earlyhelp import desk
    from earlyhelp.ingest.remarks import remarks_of
    from earlyhelp.store.workspace import open_workspace

    found = desk.received(open_workspace(council))
    assert any(each["remarks"] for each in found)
    for each in found:
        assert each["remarks"] == [remark.what for remark in remarks_of(each)]
