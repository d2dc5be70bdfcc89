"""When a second person is asked for: where somebody else is there to ask, and where nobody can tell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from earlyhelp.sharing import has_users
from earlyhelp.store.workspace import create_workspace


def with_table(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as base, base:
        for each in statements:
            base.execute(each)


def test_a_workspace_without_the_web_application_or_without_anybody_in_it_has_no_users(tmp_path: Path):
    workspace = create_workspace(tmp_path / "council", "E09000032")
    assert not has_users(workspace)
    with_table(workspace.root / "web.sqlite3", "CREATE TABLE accounts_user (email TEXT)")
    assert not has_users(workspace)


def test_one_account_is_enough(tmp_path: Path):
    workspace = create_workspace(tmp_path / "council", "E09000032")
    table = "CREATE TABLE auth_user (email TEXT)"
    with_table(workspace.root / "web.sqlite3", table, "INSERT INTO auth_user VALUES ('ann')")
    assert has_users(workspace)


def test_accounts_that_cannot_be_read_count_as_users(tmp_path: Path):
    workspace = create_workspace(tmp_path / "council", "E09000032")
    (workspace.root / "web.sqlite3").write_bytes(b"this is no database at all" * 100)
    assert has_users(workspace)
