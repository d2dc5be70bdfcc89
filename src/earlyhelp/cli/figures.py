"""measures, measure, certificate: the catalogue, its figures, and what stands behind a figure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.engine import asked_spark, engine_options
from earlyhelp.cli.frame import Date, Frame, options

if TYPE_CHECKING:
    from earlyhelp.store.spark import Spark


@click.command()
@options
def measures(as_json: bool, quiet: bool) -> None:
    """The catalogue: every measure, what it counts and by what it can be split."""
    from earlyhelp.cli.tables import print_table
    from earlyhelp.measures import CATALOGUE, splits_of

    listed: list[dict[str, Any]] = [
        {
            "id": measure.id,
            "name": measure.name,
            "question": measure.question,
            "why": measure.why,
            "unit": measure.unit,
            "theme": measure.theme,
            "better": str(measure.better),
            "statistic": str(measure.statistic),
            "time_rule": measure.time.kind,
            "time": measure.time.words,
            "disclosure": {"numerator": str(measure.above), "denominator": str(measure.below)},
            "numerator": measure.numerator,
            "denominator": measure.denominator,
            "rests_on": str(measure.results or ""),
            "splits": sorted(splits_of(measure)),
            "definitions": ["default", *measure.definitions],
            "needs": [str(column) for column in measure.needs],
            "gate": {str(column): share for column, share in measure.gate.items()},
            "traps": list(measure.traps),
            "source": measure.source,
        }
        for measure in CATALOGUE.values()
    ]
    rows = [[each["id"], each["name"], each["unit"], each["time"], each["question"]] for each in listed]
    headings = ("id", "measure", "counts", "time", "question")
    Frame(as_json, quiet).result({"measures": listed}, lambda: print_table("", headings, rows))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("measure_id", metavar="ID")
@click.option("--by", default="", help="Splits, separated by commas: source_code,age_band")
@click.option("--from", "first", type=Date(), help="First day, as 2025-04-01.")
@click.option("--to", "last", type=Date(), help="Last day, as 2026-03-31.")
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), help="One row for each; else one for all.")
@click.option("--definition", default="default", help="A rival definition of the measure, or all: side by side.")
@partial(engine_options, what="figures are counted")
@options
def measure(
    folder: Path,
    measure_id: str,
    by: str,
    first: date | None,
    last: date | None,
    period: str | None,
    definition: str,
    engine: str,
    master: str | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """The figures of one measure, as they may be shown, each with its certificate."""
    from earlyhelp import answering
    from earlyhelp.cli import answers
    from earlyhelp.errors import Exit, UsageProblem
    from earlyhelp.measures import Grain, Question
    from earlyhelp.store.workspace import open_workspace

    if first and last and last < first:
        raise UsageProblem("The last day is before the first.", where="--to", fix="Exchange --from and --to.")
    splits = tuple(name.strip() for name in by.split(",") if name.strip())
    asked = Question(splits, first, last, Grain(period) if period else None)
    workspace, frame, wanted = open_workspace(folder), Frame(as_json, quiet), measure_id.upper()
    spark = asked_spark(workspace, engine, master, workspace.counting)
    if definition == "all":
        with _counting(frame, wanted, spark):
            side_by_side = answering.rivals(workspace, wanted, asked, spark=spark)
        frame.result(answers.rivals_json(side_by_side), lambda: answers.print_rivals(wanted, side_by_side))
        return Exit.DONE
    with _counting(frame, wanted, spark):
        answer = answering.measure(workspace, wanted, asked, definition=definition, spark=spark)
    frame.result(answers.as_json(answer), lambda: answers.print_answer(answer))
    return Exit.GATE if answer.released.closed else Exit.DONE


@contextmanager
def _counting(frame: Frame, measure_id: str, spark: Spark | None) -> Iterator[None]:
    """While Spark counts, which takes a while to start, say so."""
    if spark is None:
        yield
        return
    with frame.progress() as progress:
        progress(f"counting {measure_id} on Spark")
        yield


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@options
def cube(folder: Path, as_json: bool, quiet: bool) -> None:
    """Count every measure of the current snapshot ahead, so that many questions are answered at once."""
    from earlyhelp import answering
    from earlyhelp.store.workspace import open_workspace

    frame = Frame(as_json, quiet)
    with frame.progress() as progress:
        progress("counting every measure")
        made = answering.count_ahead(open_workspace(folder))
    told = f"{made['measures']} measures, {made['figures']:,} figures, {made['seconds']} seconds."
    failed = "".join(f"\nnot counted: {each} ({why})" for each, why in made["failed"].items())
    frame.result(made, lambda: click.echo(told + failed))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("certificate_id", metavar="ID")
@options
def certificate(folder: Path, certificate_id: str, as_json: bool, quiet: bool) -> None:
    """What stands behind a published figure: rule, period, snapshot, versions; and the figure worked out again."""
    from earlyhelp import answering
    from earlyhelp.store.workspace import open_workspace

    found = answering.explain(open_workspace(folder), certificate_id)

    def words() -> None:
        click.echo(f"{found['measure']} {found['name']} ({found['definition']} definition), counts {found['counts']}")
        click.echo(f"period    {found['period_start'] or ''} to {found['period_end'] or found['as_at']}")
        for name, value in found["dims"].items():
            click.echo(f"{name:9} {value}")
        click.echo(f"snapshot  {found['snapshot']}, as at {found['as_at']}")
        click.echo(f"made by   earlyhelp {found['version']}, DuckDB {found['duckdb']}")
        click.echo(f"policy    {found['policy']}, rounded to {found['round_to'] or 'nothing'}")
        click.echo(f"rule      {found['rule']}")
        for column, share in found["data"]["completeness"].items():
            click.echo(f"data      {column} {'not counted' if share is None else f'{share:.0%} complete'}")
        grades = (f"{each['grade']} {each['records'] or 'few'}" for each in found["data"]["links"])
        click.echo(f"links     {', '.join(grades)}")
        again = "the same" if found["same"] else "NOT the same"
        click.echo(f"again     worked out again: {again} (status {found['status']})")
        if now := found.get("now"):
            _print_now(now)

    Frame(as_json, quiet).result(found, words)


def _print_now(now: dict[str, Any]) -> None:
    """What the figure is on the current snapshot, and which records lie between."""
    moved = now["figure"]
    figure = f"moved from {moved['old_value']} to {moved['new_value']} ({moved['new_status']})" if moved else "the same"
    click.echo(f"now       on snapshot {now['snapshot']}: {figure}")
    for row in now["records"]:
        changes = ", ".join(
            f"{row[name] if row[name] is not None else 'few'} {name}" for name in CHANGES if row[name] != 0
        )
        click.echo(f"          {row['table']} {row['month'] or 'without a day'}: {changes or 'nothing'}")


CHANGES = ("new", "late", "altered", "gone")
