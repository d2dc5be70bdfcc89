"""map, map-value: what the headings and words of a council's own files mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.frame import Frame, options
from earlyhelp.errors import UsageProblem


@click.command("map")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--accept", is_flag=True, help="Save the proposals under maps/; load and run use them from then on.")
@click.option("--from", "taken_from", type=click.Path(path_type=Path), help="Start from another council's map.")
@click.option("--name", default="", help="What the map is called; the name of a known source adds a layout to it.")
@options
def map_file(
    folder: Path, file: Path, accept: bool, taken_from: Path | None, name: str, as_json: bool, quiet: bool
) -> None:
    """What the headings and code words of FILE mean, as far as can be told. What a saved map says comes first."""
    from earlyhelp import pipeline
    from earlyhelp.ingest.mapping.saved import NAME
    from earlyhelp.store.workspace import open_workspace

    if name and not NAME.fullmatch(name):
        raise UsageProblem(
            f"{name!r} is no name for a map.", where="--name", fix="Use small letters, digits and underscores."
        )
    frame = Frame(as_json, quiet)
    workspace = open_workspace(folder)
    with frame.progress() as progress:
        progress(f"reading {file.name}")
        told = pipeline.map_file(workspace, file, accept=accept, taken_from=taken_from, name=name)
    frame.result(told, lambda: _say(told, quiet))


_ASKED = {
    "order": "its dates do not tell whether the day or the month stands first (day-first, month-first).",
    "numbers": "it holds numbers such as Excel counts days with (since-1900, since-1904, no-dates).",
    "years": "its years have two digits; accepted, they are the last that end so (short-years, no-short-years).",
}


def _say(told: dict[str, Any], quiet: bool) -> None:
    from earlyhelp.cli.tables import print_table

    new = set(told["new"])
    asked = [each for each in told["columns"] if each["heading"] in new or not each["applied"]]
    rows = [[e["heading"], _column(e), f"{e['confidence']:.2f}", _mark(e), e["why"]] for e in asked]
    headings = ("heading", "column", "sure", "", "why")
    print_table(f"{told['source']}: headings that are new or not sure", headings, rows, right=(2,))
    words = [each for each in told["values"] if not each["applied"]]
    rows = [
        [e["value"], e["column"], e["code"] or "", f"{e['confidence']:.2f}", f"{e['rows']:,}", e["why"]] for e in words
    ]
    click.echo()
    print_table("Words to be decided", ("word", "column", "code", "sure", "rows", "why"), rows, right=(3, 4))
    for each in told["repeated"]:
        click.echo(f"{each}: stands over several columns, and only the first is read. Give each a heading of its own.")
    for each in told["doubts"]:
        click.echo(each)
    for each in told["dates"]:
        click.echo(f"{each['heading']}: {_ASKED[each['asks']]} Say it in the map under [list.dates].")
    for each in told["fixed"]:
        click.echo(f"On every row the same: {each}. Say it otherwise in the map under [list.fixed].")
    if told["lacking"]:
        click.echo(f"Its rows cannot be placed yet: no heading fills {', '.join(told['lacking'])}.")
        click.echo(
            "Say in the map which heading tells it; one may fill several columns. What is the same on every row may stand"
        )
        click.echo("under [list.fixed].")
    if told["saved"]:
        click.echo(f"Saved: {told['saved']}. Edit it where it is wrong.")
    elif not quiet:
        click.echo("Nothing is saved yet: run it again with --accept.")


def _column(told: dict[str, Any]) -> str:
    return f"{told['table']}.{told['column']}" if told["column"] else "not read"


def _mark(told: dict[str, Any]) -> str:
    return "applied" if told["applied"] else "asks"


@click.command("map-value")
@click.argument("column", metavar="TABLE.COLUMN")
@click.argument("values", metavar="VALUE...", nargs=-1)
@click.option("--file", "listed", type=click.Path(path_type=Path), help="Take the values from a file, one a line.")
@options
def map_value(column: str, values: tuple[str, ...], listed: Path | None, as_json: bool, quiet: bool) -> None:
    """The standard's code for values of one column, how sure that is, and why."""
    from earlyhelp import pipeline
    from earlyhelp.cli.tables import print_table

    given = [*values, *(_lines(listed) if listed else [])]
    if not given:
        raise UsageProblem("There is no value to map.", where="VALUE...", fix="Give values, or --file FILE.")
    told = pipeline.map_values(column, given)
    rows = [[e["value"], e["code"] or "", e["label"], f"{e['confidence']:.2f}", _mark(e), e["why"]] for e in told]
    headings = ("value", "code", "meaning", "sure", "", "why")
    Frame(as_json, quiet).result(
        {"column": column, "values": told}, lambda: print_table("", headings, rows, right=(3,))
    )


def _lines(path: Path) -> list[str]:
    from earlyhelp.store.files import typed_text

    return [line for line in typed_text(path, "file").splitlines() if line.strip()]
