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
from earlyhelp.errors import NothingToDo

if TYPE_CHECKING:
    from earlyhelp.store.spark import Spark
    from earlyhelp.store.workspace import Workspace

_FIGURES = tuple(f"{figure}{end}" for figure in ("precision", "recall") for end in ("", "_lower", "_upper"))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@partial(engine_options, otherwise=None)
@options
def link(folder: Path, engine: str | None, master: str | None, as_json: bool, quiet: bool) -> None:
    """What linkage made of the current snapshot: people, families, grades, and how good the links are, by group.

    With --engine what has come since is linked there first, by a run through all stages.
    """
    from earlyhelp import desk
    from earlyhelp.store.workspace import open_workspace

    frame = Frame(as_json, quiet)
    workspace = open_workspace(folder)
    spark = asked_spark(workspace, engine, master)
    if engine:
        _link_anew(workspace, spark, frame)
    found = desk.linkage(workspace)
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
