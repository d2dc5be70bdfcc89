"""sources, load, run, export: from extracts to a dataset and out again."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.engine import asked_spark, engine_options
from earlyhelp.cli.frame import Date, Frame, options
from earlyhelp.errors import EarlyHelpError, Exit, UsageProblem


@click.command()
@options
def sources(as_json: bool, quiet: bool) -> None:
    """The systems and returns that can be read, and how sure their layout is."""
    from earlyhelp.cli.tables import print_table
    from earlyhelp.sources import SOURCES

    listed: list[dict[str, Any]] = [
        {
            "name": source.name,
            "title": source.title,
            "publisher": source.publisher,
            "status": source.status,
            "formats": list(source.formats),
            "parts": [{"part": part.title, "table": part.table.table_name} for part in source.parts],
            "note": source.note,
        }
        for source in SOURCES.values()
    ]
    rows = [[s["name"], s["title"], s["status"], ", ".join(s["formats"]), str(len(s["parts"]))] for s in listed]
    headings = ("name", "source", "layout", "files", "lists")
    Frame(as_json, quiet).result({"sources": listed}, lambda: print_table("", headings, rows, right=(4,)))


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", help="The layout, where it is not to be recognised: see earlyhelp sources.")
@click.option("--extract-date", type=Date(), help="The day the extract was drawn, as 2026-03-31.")
@options
def load(
    folder: Path, files: tuple[Path, ...], source: str | None, extract_date: date | None, as_json: bool, quiet: bool
) -> int:
    """Read files into the workspace, with an account of every row. A folder stands for the files in it."""
    from earlyhelp import pipeline
    from earlyhelp.ingest.mapping import known_sources, read_maps
    from earlyhelp.store.workspace import open_workspace

    frame = Frame(as_json, quiet)
    workspace = open_workspace(folder)
    names = known_sources(read_maps(workspace.maps))
    if source and source not in names:
        raise UsageProblem(f"There is no source {source}.", where="--source", fix=f"One of: {', '.join(names)}.")
    with frame.progress() as progress:
        loaded = pipeline.load(
            workspace, files, date.today(), source=source, extract_date=extract_date, progress=progress
        )
    return _tell_loaded(frame, loaded)


def _tell_loaded(frame: Frame, loaded: Any) -> int:
    feeds = [{**feed.report, "already_loaded": feed.already_loaded} for feed in loaded.feeds]
    refused = [each.as_dict() for each in loaded.refused]
    if frame.as_json and refused and not feeds and len(refused) == 1:
        raise loaded.refused[0]
    frame.result({"feeds": feeds, "refused": refused}, lambda: _say_loaded(frame, feeds))
    if not frame.as_json:
        _say_refused(loaded.refused)
    if refused:
        return Exit.REFUSED
    return Exit.NOTHING_TO_DO if all(feed["already_loaded"] for feed in feeds) else Exit.DONE


def _say_loaded(frame: Frame, feeds: list[dict[str, Any]]) -> None:
    for feed in feeds:
        again = ", loaded before: nothing changed" if feed["already_loaded"] else ""
        click.echo(f"{feed['path']} ({feed['source']}{again})")
        for table in feed["tables"]:
            click.echo(
                f"  {table['table']}: {table['rows_read']:,} rows read = {table['rows_accepted']:,} accepted "
                f"+ {table['rows_quarantined']:,} in quarantine"
            )
            for issue in table["issues"] if not frame.quiet else []:
                click.echo(f"    {issue['severity']}: {issue['rule']} in {issue['column']}, {issue['count']:,} rows")
        if frame.quiet:
            continue
        for each in feed["unmapped_values"][:10]:
            click.echo(f"  no code for {each['value']!r} in {each['table']}.{each['column']} ({each['count']:,} rows)")
        for note in [*feed["notes"], *(drift["words"] for drift in feed["drift"])]:
            click.echo(f"  {note}")


def _say_refused(refused: list[EarlyHelpError]) -> None:
    for each in refused:
        click.echo(f"refused: {each.where}: {each.error}", err=True)
        if each.fix:
            click.echo(f"  {each.fix}", err=True)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--as-at", type=Date(), help="The day figures are as at; by default the latest extract date.")
@engine_options
@options
def run(folder: Path, as_at: date | None, engine: str, master: str | None, as_json: bool, quiet: bool) -> int:
    """Everything in the inbox, through all stages, to a new snapshot. Killed anywhere, it carries on when run again."""
    from earlyhelp import pipeline
    from earlyhelp.store.workspace import open_workspace

    frame = Frame(as_json, quiet)
    workspace = open_workspace(folder)
    spark = asked_spark(workspace, engine, master)
    with frame.progress() as progress:
        done = pipeline.run(workspace, date.today(), as_at=as_at, spark=spark, progress=progress)
    refused = [each.as_dict() for each in done.loaded.refused]
    content = {
        "snapshot": done.snapshot,
        "as_at": done.as_at,
        "stages": done.stages,
        "feeds": [feed.report for feed in done.loaded.feeds],
        "refused": refused,
        "warnings": [remark.as_dict() for remark in done.remarks],
    }

    def words() -> None:
        if not quiet:
            _say_remarks(done.remarks)
        for stage in done.stages:
            told = ", ".join(
                f"{name} {_brief(value)}" for name, value in stage.items() if name not in ("stage", "warnings")
            )
            click.echo(f"{stage['stage']:8} {told}")
            for warning in stage.get("warnings", ()):
                click.echo(f"         {warning['what']}: {warning['records']:,}")
        click.echo(f"snapshot {done.snapshot}, as at {done.as_at}")

    frame.result(content, words)
    if not as_json:
        _say_refused(done.loaded.refused)
    return Exit.REFUSED if refused else Exit.DONE


def _say_remarks(remarks: Sequence[Any]) -> None:
    """What to know of each file that came, under its name, and where to read more."""
    for file in dict.fromkeys(remark.file for remark in remarks):
        click.echo(file)
        for remark in remarks:
            if remark.file == file:
                click.echo(f"  {remark.what}")
    if remarks:
        click.echo("Row by row: earlyhelp check DIR --out fix-list.csv")


def _brief(value: Any) -> str:
    if isinstance(value, dict):
        return str(len(value))
    return f"{value:,}" if isinstance(value, int) else str(value)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("table")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write: .csv or .parquet.")
@click.option("--identity", is_flag=True, help="With names, dates of birth, addresses, identifiers and free text.")
@click.option("--reason", default="", help="Why, for the audit log.")
@options
def export(folder: Path, table: str, out: Path, identity: bool, reason: str, as_json: bool, quiet: bool) -> None:
    """Write one standard table of the current snapshot to a file that its owner alone can read."""
    from earlyhelp import pipeline
    from earlyhelp.store.workspace import open_workspace

    rows = pipeline.export(
        open_workspace(folder), table, out, identity=identity, account=account(), reason=reason, when=moment()
    )
    content = {"table": table, "path": str(out), "rows": rows, "identity": identity}
    Frame(as_json, quiet).result(content, lambda: click.echo(f"{rows:,} rows of {table} written to {out}."))


def account() -> str:
    """The account that runs the command, for the audit log."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def moment() -> str:
    """The moment, in UTC, for the audit log."""
    return datetime.now(UTC).isoformat(timespec="seconds")
