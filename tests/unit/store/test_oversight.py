"""The access log as those responsible read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from earlyhelp.oversight import access_log
from earlyhelp.store.audit import record
from earlyhelp.store.workspace import Workspace, create_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "council", "E06000999")


def write(workspace: Workspace, account: str, at: str, event: str, **about: object) -> None:
    told = {"event": event, "at": at, "account": account, **about}
    record(workspace.log / "audit.jsonl", workspace.pseudonyms, told)


def test_an_empty_log_is_whole(workspace: Workspace) -> None:
    found = access_log(workspace)
    assert (found.entries, found.broken, found.in_all) == ((), None, 0)


def test_records_are_told_in_words_the_latest_first(workspace: Workspace) -> None:
    write(workspace, "a@x", "2026-05-01T09:00:00+01:00", "look", what="the worklist", reason="planning", part=1)
    write(workspace, "b@x", "2026-05-02T09:00:00+01:00", "release", action="approve", release="R1")
    write(workspace, "b@x", "2026-05-02T09:01:00+01:00", "export", table="person", reason="")
    write(workspace, "b@x", "2026-05-02T09:02:00+01:00", "something_new")
    found = access_log(workspace)
    assert [each.what for each in found.entries] == [
        "something new",
        "wrote a table of records to a file",
        "approved release R1",
        "looked at the worklist",
    ]
    assert [each.number for each in found.entries] == [4, 3, 2, 1]
    assert found.entries[1].about == {"table": "person"}
    assert (found.entries[3].reason, found.entries[3].about) == ("planning", {"part": 1})


def test_one_account_and_one_month_can_be_asked_for(workspace: Workspace) -> None:
    for account, month in (("a@x", "04"), ("b@x", "04"), ("a@x", "05")):
        write(workspace, account, f"2026-{month}-01T09:00:00+01:00", "look", what="rows")
    found = access_log(workspace, "a@x", "2026-04")
    assert len(found.entries) == 1
    assert (found.accounts, found.months, found.in_all) == (("a@x", "b@x"), ("2026-05", "2026-04"), 3)
    assert len(access_log(workspace, event="look").entries) == 3


def test_what_a_record_should_hold_and_does_not_is_said(workspace: Workspace) -> None:
    write(workspace, "a@x", "2026-05-01", "pack received")
    [entry] = access_log(workspace).entries
    assert entry.what == "added pack something that is not told of something that is not told"


def test_a_damaged_log_is_told_as_far_as_it_reads_and_where_it_breaks(workspace: Workspace) -> None:
    for number in range(3):
        write(workspace, "a@x", "2026-05-01T09:00:00+01:00", "look", what=f"rows {number}")
    log = workspace.log / "audit.jsonl"
    lines = log.read_text().splitlines()
    log.write_text("\n".join([lines[0], "not a record", lines[2]]) + "\n")
    found = access_log(workspace)
    assert found.broken == 2
    assert [each.what for each in found.entries] == ["looked at rows 0"]
