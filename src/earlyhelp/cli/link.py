"""link: who was taken to be one person, how sure that is, and for whom it is less so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.engine import asked_spark, engine_options
from earlyhelp.cli.frame import Frame, options
from earlyhelp.errors import InputRefused, NothingToDo

if TYPE_CHECKING:
    import duckdb

    from earlyhelp.release import Policy
    from earlyhelp.store.spark import Spark
    from earlyhelp.store.workspace import Workspace

_FIGURES = tuple(f"{figure}{end}" for figure in ("precision", "recall") for end in ("", "_lower", "_upper"))
_NO_DATA = "no_data"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@partial(engine_options, otherwise=None)
@options
def link(folder: Path, engine: str | None, master: str | None, as_json: bool, quiet: bool) -> None:
    """What linkage made of the current snapshot: people, families, grades, and how good the links are, by group.

    With --engine what has come since is linked there first, by a run through all stages.
    """
    from earlyhelp.store.workspace import open_workspace

    frame = Frame(as_json, quiet)
    workspace = open_workspace(folder)
    spark = asked_spark(workspace, engine, master)
    if engine:
        _link_anew(workspace, spark, frame)
    found = _links_of(workspace)
    frame.result(found, lambda: _say(found))


def _link_anew(workspace: Workspace, spark: Spark | None, frame: Frame) -> None:
    """Run, unless nothing has changed since the current snapshot was made."""
    from earlyhelp import pipeline

    with frame.progress() as progress:
        try:
            pipeline.run(workspace, date.today(), spark=spark, progress=progress)
        except NothingToDo:
            if workspace.current is None:
                raise


def _links_of(workspace: Workspace) -> dict[str, Any]:
    """What `--json` prints: counts under the council's policy, the estimates for all links, and `quality` by group."""
    from earlyhelp.link.quality_words import believed, quality_sentences
    from earlyhelp.release import policy
    from earlyhelp.store.snapshots import read_tables

    shown = policy(workspace.settings.policy, workspace.settings.round_to)
    con = read_tables(workspace.snapshot_folder(), workspace.store / "spill", only=("person_link", "link_quality"))
    try:
        counted = _counted(con, shown)
        quality = _quality(con, shown)
    finally:
        con.close()
    of_all = [row for row in quality if row["by"] == "all"]
    for figure in ("precision", "recall"):
        found = believed(of_all, figure) or {}
        counted[f"{figure}_estimate"] = found.get(figure)
        counted[f"{figure}_interval"] = [found[f"{figure}_lower"], found[f"{figure}_upper"]] if found else None
        counted[f"{figure}_basis"] = found.get("basis", _NO_DATA)
    counted["for_review"] = _for_review(workspace)
    counted["family_definition"] = _family_definition(workspace)
    return {**counted, "sentences": quality_sentences(quality) if quality else [], "quality": quality}


def _counted(con: duckdb.DuckDBPyConnection, shown: Policy) -> dict[str, Any]:
    from earlyhelp.release import publish_counts

    names = ("records", "people", "families")
    whole = con.execute(
        "SELECT count(*), count(DISTINCT person_id), count(DISTINCT family_id) FROM person_link"
    ).fetchall()
    by_grade = con.execute(
        "SELECT grade, count(*) FROM person_link WHERE method <> 'single' GROUP BY grade ORDER BY min(-score), grade"
    ).fetchall()
    rows = [dict(zip(names, row, strict=True)) for row in whole]
    grades = [{"grade": grade, "records": records} for grade, records in by_grade]
    released = publish_counts(rows, shown, counts=names, resting_on={})[0]
    links = publish_counts(grades, shown, counts=("records",), resting_on={})
    return {
        **{name: released[name] for name in names},
        "links_by_grade": {each["grade"]: each["records"] for each in links},
    }


def _quality(con: duckdb.DuckDBPyConnection, shown: Policy) -> list[dict[str, Any]]:
    """The rows of `link_quality` as they may be shown; none where the snapshot was made without it."""
    from earlyhelp.release import publish_counts

    if not con.execute("SELECT 1 FROM duckdb_views() WHERE view_name = 'link_quality'").fetchone():
        return []
    order = f'list_position({list(_ORDER)}, "by"), {_YOUNGEST_FIRST}, "group", basis'
    found = con.execute(f"SELECT * FROM link_quality ORDER BY {order}")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    figures = dict.fromkeys(_FIGURES, "linked_pairs")
    released = publish_counts(rows, shown, counts=("records", "linked_pairs"), resting_on=figures)
    return [
        each | {"status": row["status"]} if row["status"] == _NO_DATA else each
        for row, each in zip(rows, released, strict=True)
    ]


_ORDER = ("all", "grade", "systems", "ethnicity", "age_band", "area")
_YOUNGEST_FIRST = (
    "CASE WHEN \"by\" <> 'age_band' THEN 0 WHEN \"group\" = 'under 1' THEN -1 "
    "ELSE coalesce(TRY_CAST(regexp_extract(\"group\", '^[0-9]+') AS INTEGER), 99) END"
)
"""How the groups are listed: everybody first, ages from the youngest on."""


def _for_review(workspace: Workspace) -> int | None:
    """How many pairs wait for a reviewer; None for a snapshot that keeps no pairs."""
    from earlyhelp.link.review import status

    try:
        return int(status(workspace)["waiting"])
    except InputRefused:
        return None


def _family_definition(workspace: Workspace) -> str | None:
    """Name and version of the definition of a family that the snapshot was made by; None where it does not say."""
    stages = workspace.manifest()["stages"]
    return next((stage.get("family_definition") for stage in stages if stage["stage"] == "link"), None)


def _say(found: Mapping[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table
    from earlyhelp.reports.wording import number

    records, people, families, waiting = (
        number(found[name]) for name in ("records", "people", "families", "for_review")
    )
    click.echo(f"{records} records are of {people} people in {families} families; {waiting} pairs wait for review.")
    if found["family_definition"]:
        click.echo(f"What a family is: the definition {found['family_definition']}.")
    click.echo()
    grades = [[grade, number(count)] for grade, count in found["links_by_grade"].items()]
    print_table("", ("grade of the link", "records linked to others"), grades, right=(1,))
    click.echo()
    if not found["quality"]:
        click.echo("How good the links are: no data. Run again, and the snapshot will hold it.")
    _say_quality(found["quality"])
    for sentence in found["sentences"]:
        click.echo(sentence)


def _say_quality(quality: Sequence[Mapping[str, Any]]) -> None:
    from earlyhelp.cli.tables import print_table
    from earlyhelp.reports.wording import number

    told = [row for row in quality if any(row[name] is not None for name in _FIGURES)]
    rows = [
        [
            *(row[name].replace("_", " ") for name in ("by", "group")),
            number(row["linked_pairs"]),
            *_told(row),
            row["basis"],
        ]
        for row in told
    ]
    if rows:
        headings = ("by", "group", "linked pairs", "right", "95% interval", "found", "95% interval", "told by")
        title = "How many links are right, and how many of those there should be were found"
        print_table(title, headings, rows, right=(2, 3, 5))
        click.echo()


def _told(row: Mapping[str, Any]) -> list[str]:
    told = []
    for figure in ("precision", "recall"):
        value, lower, upper = (row[f"{figure}{end}"] for end in ("", "_lower", "_upper"))
        told += ["-", ""] if value is None else [f"{value:.2%}", f"{lower:.2%} to {upper:.2%}"]
    return told
