"""Rows about people who were erased: known again by keyed hashes when a later extract brings them, and kept out.

Such a row goes into quarantine with the reason `erased` and without its content, and it is taken out of the original
before that is kept. Rows of records that hang on an erased person's (answers on their episode, outcomes of their needs)
are known by the record they name.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.ingest.convert import Filling
from earlyhelp.ingest.cut_rows import cut_rows
from earlyhelp.ingest.feeding import Feeding
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.standard import TABLES, Table, names_one_row, references, sql
from earlyhelp.store.erasure import Marks
from earlyhelp.store.files import flush_file, flush_folder, keep_copy, private_folder, sha256_of, write_json
from earlyhelp.store.workspace import Workspace

RULE = "erased"
LONGEST_ID = 64
"""Longer cells are no id."""


def hangs_on(table: Table) -> list[str]:
    """The columns of a table that name one record about a person: of an episode, a need, a request."""
    return [
        column.column_name
        for column, target in references(table).items()
        if names_one_row(target) and target.table_name != "person" and "person_key" in TABLES[target.table_name].columns
    ]


def make_table(con: duckdb.DuckDBPyConnection, marks: Marks) -> None:
    """The hashes of what was erased, to be compared with."""
    con.execute("CREATE TABLE erased_mark (mark VARCHAR)")
    if marks.erased:
        con.execute(f"INSERT INTO erased_mark VALUES {sql.rows([each] for each in sorted(marks.erased))}")


def about_erased(filling: Filling, marks: Marks, source: str) -> str:
    """SQL that is true for rows of a filling about somebody erased; FALSE where nobody ever was."""
    if not marks.erased:
        return "FALSE"
    among, held = "IN (SELECT mark FROM erased_mark)", filling.columns
    person = "person_key" in held
    named = [f"{marks.sql('person', column='person_key')} {among}"] if person else []
    for name in hangs_on(filling.table):
        if name in held:
            nobody = "person_key IS NULL AND " if person else ""
            named.append(f"({nobody}{marks.sql('record', source, name, column=sql.name(name))} {among})")
    return f"coalesce({' OR '.join(named)}, FALSE)" if named else "FALSE"


def _rows_about_erased(filling: Filling, marks: Marks, source: str) -> str:
    """SQL for the numbers of the rows of a filling about somebody erased; "" where nobody ever was."""
    condition = about_erased(filling, marks, source)
    asked = [name for name in ("person_key", *hangs_on(filling.table)) if name in filling.columns]
    return "" if condition == "FALSE" else f"SELECT row_no FROM ({filling.select(asked)}) WHERE {condition}"


def withhold(con: duckdb.DuckDBPyConnection, filling: Filling, marks: Marks, source: str) -> None:
    """Set aside the rows of a part that are about somebody erased, whatever else is wrong with them, without content."""
    rows = _rows_about_erased(filling, marks, source)
    if not rows:
        return
    con.execute(f"CREATE OR REPLACE TEMP TABLE about_erased AS {rows}")
    part, table = sql.literal(filling.part.grid.name), sql.literal(filling.table.table_name)
    con.execute(f"DELETE FROM quarantine WHERE part = {part} AND row_no IN (FROM about_erased)")
    con.execute(f"INSERT INTO quarantine SELECT {part}, row_no, {table}, {told()} FROM about_erased")


def told() -> str:
    """SQL for what quarantine says of an erased row, from its column on."""
    rule = PROBLEMS[RULE]
    return f"{sql.listed(['person_key', RULE, 'nothing', rule.expected, rule.fix])}, CAST(NULL AS VARCHAR)"


def hide_contents(con: duckdb.DuckDBPyConnection, feeding: Feeding, marks: Marks) -> None:
    """Rows that are in quarantine for another reason lose their content when a cell of theirs is an erased person's id."""
    if not marks.erased:
        return
    contents = con.execute("SELECT DISTINCT content FROM quarantine WHERE content IS NOT NULL").fetchall()
    hidden = contents_naming((text for (text,) in contents), feeding.pseudonym, lambda k: is_erased(k, marks))
    hide(con, hidden)


def hide_rows_of(con: duckdb.DuckDBPyConnection, filling: Filling, marks: Marks, source: str) -> None:
    """Rows that are in quarantine for another reason lose their content when what they tell besides is about somebody erased."""
    if rows := _rows_about_erased(filling, marks, source):
        con.execute(f"{_HIDE} part = {sql.literal(filling.part.grid.name)} AND row_no IN ({rows})")


def hide(con: duckdb.DuckDBPyConnection, contents: Iterable[str]) -> None:
    """Take these contents out of the table `quarantine`; the rows stay, as erased."""
    rows = [[each] for each in contents]
    if rows:
        con.executemany(f"{_HIDE} content = ?", rows)


_HIDE = (
    f"UPDATE quarantine SET column_name = 'person_key', rule = '{RULE}', found = 'nothing', content = NULL, "
    f"expected = {sql.literal(PROBLEMS[RULE].expected)}, fix = {sql.literal(PROBLEMS[RULE].fix)} WHERE"
)


def is_erased(person_key: str, marks: Marks) -> bool:
    """True for the key of somebody who was erased."""
    return marks.of("person", person_key) in marks.erased


def contents_naming(
    contents: Iterable[str], pseudonym: Callable[[str], str], known: Callable[[str], bool]
) -> list[str]:
    """Those contents of quarantine rows of which a cell is the id of a known person, or the key itself, as in our own layout."""
    seen: dict[str, bool] = {}

    def is_id(cell: str) -> bool:
        if cell not in seen:
            seen[cell] = 0 < len(cell) <= LONGEST_ID and (known(cell) or known(pseudonym(cell)))
        return seen[cell]

    return [text for text in contents if any(is_id(cell) for cell in cells_of(text))]


def cells_of(content: str) -> list[str]:
    """The cells of a row in quarantine; a row that could not be taken apart is split at what parts fields."""
    try:
        cells = json.loads(content)
    except ValueError:
        cells = None
    if not isinstance(cells, list):
        cells = content.translate(str.maketrans(";|\t\n\r", ",,,,,")).split(",")
    return [str(cell).strip().strip('"').strip() for cell in cells if cell is not None]


def keep_original(workspace: Workspace, path: Path, report: Mapping[str, Any], *, move: bool) -> None:
    """Keep the file that was received; where it holds rows about somebody erased, without them or not at all."""
    if not report.get("erased") and "received_sha256" not in report:
        keep_copy(path, workspace.received / report["sha256"], move=move)
        return
    if not _is_kept(workspace, report):
        kept = _keep_cut(workspace, path, report)
        write_json(workspace.feeds / report["feed_id"] / "feed.json", {**report, "received_sha256": kept})
    if move:
        path.unlink()


def _is_kept(workspace: Workspace, report: Mapping[str, Any]) -> bool:
    """True when it was settled before what is kept of the original."""
    if "received_sha256" not in report:
        return False
    return report["received_sha256"] is None or (workspace.received / report["received_sha256"]).is_dir()


def _keep_cut(workspace: Workspace, path: Path, report: Mapping[str, Any]) -> str | None:
    """Keep the file without the erased rows; its fingerprint, or None where it was not safe to keep any of it."""
    scratch = workspace.scratch("erased")
    target = scratch / path.name
    try:
        rows = erased_rows(workspace.feeds / report["feed_id"])
        if report["erased"] != len(rows) or not cut_rows(path, path.name, rows, target, scratch):
            return None
        fingerprint, folder = sha256_of(target), private_folder(workspace.received)
        target.chmod(0o600)
        flush_file(target)
        target.replace(private_folder(folder / fingerprint) / path.name)
        flush_folder(folder / fingerprint)
        return fingerprint
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def erased_rows(feed: Path) -> set[int]:
    """The numbers of the rows of a staged feed that are in quarantine as erased."""
    with duckdb.connect() as con:
        held = f"read_parquet({sql.literal(feed / 'quarantine.parquet')})"
        return {row for (row,) in con.execute(f"SELECT DISTINCT row_no FROM {held} WHERE rule = '{RULE}'").fetchall()}
