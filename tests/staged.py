"""What came of loading one file, read back from the store, and the promises that every load keeps."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import InputRefused
from earlyhelp.pipeline import Loaded, load
from earlyhelp.store.workspace import Workspace, create_workspace

RECEIVED_ON = date(2026, 4, 1)
PERSONAL = ("Zebedee", "Quillfeather", "2011-07-19", "19/07/2011", "19-07-2011", "9434765919", "943 476 5919")
"""A made-up child who stands in many test files and may stand in no message."""
Row = dict[str, Any]
Account = tuple[int, int, int]


@dataclass(frozen=True)
class Staged:
    """One staged feed: what was reported of it, and the folder in which its rows lie."""

    report: dict[str, Any]
    folder: Path

    @property
    def account(self) -> Account:
        """Rows read, accepted and quarantined, over all parts."""
        return _summed(self.parts.values())

    @property
    def parts(self) -> dict[str, Account]:
        """Rows read, accepted and quarantined, by part."""
        return {
            part["part"]: (part["rows_read"], part["rows_accepted"], part["rows_quarantined"])
            for table in self.report["tables"]
            for part in table["parts"]
        }

    def rows(self, table: str) -> list[Row]:
        """The staged rows of a standard table, in the order of the source."""
        files = [str(path) for path in sorted((self.folder / "rows").glob(f"{table}.*.parquet"))]
        if not files:
            return []
        return _query(f"SELECT * FROM read_parquet({files!r}, union_by_name = true) ORDER BY row_no")

    @property
    def quarantine(self) -> list[Row]:
        """The rows set aside, with their content."""
        return _query(f"SELECT * FROM read_parquet('{_quoted(self.folder)}/quarantine.parquet') ORDER BY part, row_no")

    @property
    def issues(self) -> list[Row]:
        """The doubtful values of accepted rows, without their content."""
        return _query(f"SELECT * FROM read_parquet('{_quoted(self.folder)}/issues.parquet') ORDER BY part, row_no")

    @property
    def set_aside(self) -> dict[int, str]:
        """Row number and rule of each row in quarantine."""
        return {row["row_no"]: row["rule"] for row in self.quarantine}

    @property
    def flagged(self) -> set[tuple[int, str]]:
        """Row number and rule of each doubtful value."""
        return {(row["row_no"], row["rule"]) for row in self.issues}


def stage(root: Path, *paths: Path) -> Staged:
    """Load into a new workspace in `root`; no file may be refused and one feed must come of it."""
    workspace = create_workspace(root / "council", "E09000032")
    (feed,) = feeds_of(workspace, load(workspace, paths, RECEIVED_ON))
    return feed


def feeds_of(workspace: Workspace, loaded: Loaded) -> list[Staged]:
    """Every feed of a load that refused nothing, once it has kept its promises."""
    assert [refused.as_dict() for refused in loaded.refused] == []
    staged = [Staged(feed.report, workspace.feeds / feed.feed_id) for feed in loaded.feeds]
    for each in staged:
        keep_promises(each)
    return staged


def refusal(root: Path, *paths: Path) -> InputRefused:
    """Load into a new workspace in `root`; the one file must be refused with one sentence and leave nothing behind."""
    workspace = create_workspace(root / "council", "E09000032")
    loaded = load(workspace, paths, RECEIVED_ON)
    assert [feed.report["path"] for feed in loaded.feeds] == []
    (refused,) = loaded.refused
    assert isinstance(refused, InputRefused)
    is_one_clear_line(refused)
    assert not list(workspace.feeds.glob("*"))
    assert not list(workspace.work.glob("*"))
    return refused


def is_one_clear_line(refused: InputRefused) -> None:
    """A refusal says in one sentence what was found, where, and what to do next, and names nobody."""
    for words in (refused.error, refused.where, refused.fix):
        assert words.strip()
        assert "\n" not in words
        assert len(words) < 600
    assert names_nobody(json.dumps(refused.as_dict()))


def names_nobody(text: str) -> bool:
    """True when the made-up child stands nowhere in the text."""
    return not any(part in text for part in PERSONAL)


def keep_promises(staged: Staged) -> None:
    """Rows read = accepted + quarantined in every part, in the report as in the store; the report names nobody."""
    assert names_nobody(json.dumps(staged.report))
    assert names_nobody(json.dumps(staged.issues, default=str))
    for table in staged.report["tables"]:
        assert _summed(staged.parts[part["part"]] for part in table["parts"]) == tuple(table[name] for name in _COUNTS)
        _are_where_they_are_said_to_be(staged, table)


def _are_where_they_are_said_to_be(staged: Staged, table: dict[str, Any]) -> None:
    records = {row["source_record_id"].rsplit(":", 1)[0]: set[int]() for row in staged.rows(table["table"])}
    for row in staged.rows(table["table"]):
        records[row["source_record_id"].rsplit(":", 1)[0]].add(row["row_no"])
    kept = Counter((row["part"], row["row_no"]) for row in staged.quarantine)
    assert not [place for place, times in kept.items() if times > 1]
    for name in (part["part"] for part in table["parts"]):
        read, accepted, quarantined = staged.parts[name]
        assert read == accepted + quarantined
        assert quarantined == sum(1 for part, _ in kept if part == name)
        assert accepted == len(records.get(name, ()))
        assert not [row_no for row_no in records.get(name, ()) if (name, row_no) in kept]


_COUNTS = ("rows_read", "rows_accepted", "rows_quarantined")


def _summed(accounts: Any) -> Account:
    read, accepted, quarantined = map(sum, zip(*accounts, strict=True))
    return read, accepted, quarantined


def _query(sql: str) -> list[Row]:
    with duckdb.connect() as con:
        found = con.execute(sql)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
