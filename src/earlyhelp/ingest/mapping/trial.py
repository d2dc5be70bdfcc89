"""A map tried before it is saved: what a file's headings and words mean under it, and what would become of its rows.

Nothing of a trial stays: it works in a folder of its own, beside the workspace's feeds and maps and not in them.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from earlyhelp.ingest.feed_report import listable
from earlyhelp.ingest.mapping.as_source import lacking
from earlyhelp.ingest.mapping.dates import DateQuestion
from earlyhelp.ingest.mapping.desk import Looked, Word, look_at
from earlyhelp.ingest.mapping.map_files import may_be_saved, read_maps, text_of, write_map
from earlyhelp.ingest.mapping.saved import SavedMap
from earlyhelp.ingest.mapping.side_by_side import told_beside
from earlyhelp.ingest.receive import Arrival, receive
from earlyhelp.ingest.values import shape
from earlyhelp.sources import SOURCES
from earlyhelp.standard import TABLES, Column, Key, Text
from earlyhelp.store.files import private_folder
from earlyhelp.store.workspace import Workspace, connect


def look(
    workspace: Workspace,
    path: Path,
    scratch: Path,
    draft: SavedMap | None,
    tables: Mapping[str, str] | None = None,
    *,
    identity: bool = False,
) -> dict[str, Any]:
    """What a file's lists, headings and words mean, with a few values under each heading, for a person who may see them.

    `draft`: what was said so far; `tables`: what a row of a list is, by the list's name. `identity`: with names; else what
    identifies a person, or may, is given by its shape. Needs no lock: it only reads.
    Raises InputRefused for a file that cannot be read.
    """
    private_folder(scratch)
    con = connect(scratch)
    try:
        said = {title: TABLES[table] for title, table in (tables or {}).items()}
        maps = read_maps(workspace.maps)
        mapped = look_at(path, maps, con, scratch, taken_from=draft, name=draft.name if draft else "", tables=said)
    finally:
        con.close()
    return {
        "name": mapped.source,
        "published": mapped.source in SOURCES and not any(each.saved for each in mapped.lists),
        "draft": text_of(mapped.saved),
        "lists": [_told_list(each, identity) for each in mapped.lists if each.saved],
        "words": [_told_word(each) for one in mapped.lists for each in one.words if not each.placing.sure],
        "dates": [_told_dates(one, each, identity) for one in mapped.lists for each in one.dates],
    }


def _told_list(each: Looked, identity: bool) -> dict[str, Any]:
    headings: dict[str, dict[str, Any]] = {}
    for one in each.columns:
        told = headings.setdefault(one.heading, {"columns": [], "confidence": one.confidence, "why": one.why})
        if one.column and one.confidence < told["confidence"]:  # a heading is as sure as the least of what it fills
            told |= {"confidence": one.confidence, "why": f"{told['why']}. As {one.column.column_name}: {one.why}"}
        told |= told_beside(one)
        if one.column and one.alone:
            told["columns"].append(str(one.column))
    for heading, told in headings.items():
        columns = [one.column for one in each.columns if one.heading == heading and one.column]
        sure = all(one.sure for one in each.columns if one.heading == heading)
        examples = each.examples.get(heading, ())
        told["examples"] = (
            list(examples) if identity else [_without_identity(text, columns, sure=sure) for text in examples]
        )
        told["numbers"], told["answers"] = heading in each.numbers, heading in each.answers
        told["dated"] = heading in each.days
        told["free_text"] = any(column.free_text for column in columns)
    saved = each.saved
    return {
        "title": saved.title if saved else "",
        "table": saved.table.table_name if saved else "",
        "lacking": [str(column) for column in lacking(saved)] if saved else [],
        "headings": headings,
        "days": list(each.days),
        "fixed": {str(column): text for column, text in saved.fixed.items()} if saved else {},
        "repeated": list(each.repeated),
        "doubts": list(each.doubts),
    }


def _told_dates(one: Looked, each: DateQuestion, identity: bool) -> dict[str, Any]:
    examples = [text if identity else _without_identity(text, [each.column]) for text in each.examples]
    return {
        "list": one.saved.title if one.saved else "",
        "heading": each.heading,
        "column": str(each.column),
        "asks": each.asks,
        "rows": each.rows,
        "likely": each.likely,
        "examples": examples,
    }


def _without_identity(text: str, columns: Sequence[Column], *, sure: bool = True) -> str:
    """A value for somebody who may not see names: as it stands where it cannot tell who a person is, else its shape.

    `sure`: whether the columns are. A name may stand under what is only likely to be that of a team, and in place of a number.
    """
    if any(column.direct_identifier or column.free_text for column in columns):
        return shape(text)
    may_be_names = (Key,) if sure else (Key, Text)
    told = columns and all(column.type not in may_be_names for column in columns)
    return text if told else listable(text)


def _told_word(each: Word) -> dict[str, Any]:
    return {
        "heading": each.heading,
        "value": each.value,
        "column": str(each.column),
        "rows": each.times,
        "code": each.placing.code,
        "confidence": each.placing.confidence,
        "why": each.placing.why,
        "may_be_saved": may_be_saved(each.value),
    }


def try_out(workspace: Workspace, path: Path, scratch: Path, draft: SavedMap, received_on: date) -> dict[str, Any]:
    """The report of the file as it would be read with the map: rows read, accepted and withheld, and why.

    Raises InputRefused for a file that could not be read so.
    """
    trial = trial_of(workspace, scratch, draft)
    return receive(trial, Arrival(path, path.name, received_on)).report


def trial_of(workspace: Workspace, scratch: Path, draft: SavedMap) -> Workspace:
    """The workspace with the draft among its maps, whose feeds lie in the folder `scratch` alone."""
    private_folder(scratch)
    trial = Workspace(workspace.root)
    trial.maps, trial.feeds = scratch / "maps", scratch / "feeds"
    trial.received, trial.work = scratch / "received", scratch / "work"
    trial.maps.mkdir()
    for each in workspace.maps.glob("*.toml"):
        shutil.copyfile(each, trial.maps / each.name)
    (trial.maps / f"{draft.name}.toml").unlink(missing_ok=True)
    write_map(draft, trial.maps)
    return trial
