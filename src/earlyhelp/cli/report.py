"""report: the files that a council owes to others or shows an inspector, and papers for people to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.data import account, moment
from earlyhelp.cli.frame import Date, Frame, options
from earlyhelp.errors import Exit, UsageProblem


@click.command()
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@click.argument("name", metavar="NAME", required=False)
@click.option("--list", "listing", is_flag=True, help="What there is, and what files each can be.")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--from", "first", type=Date(), help="First day, as 2025-04-01; by default the report's own.")
@click.option("--to", "last", type=Date(), help="Last day; by default the day of the snapshot.")
@click.option("--service", default="", help="The service that a business case is about, as S01.")
@click.option(
    "--partner", default="", help="The school (its number) or agency (its name) that a partner page is about."
)
@click.option("--ward", default="", help="The ward that a ward profile is about, by its code.")
@click.option(
    "--beside",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A pack of another council, to lay a blueprint beside.",
)
@click.option("--template", type=click.Path(path_type=Path), help="A Word file of your own whose styles a paper takes.")
@click.option("--with-errors", is_flag=True, help="Write a return that is not valid all the same.")
@click.option("--reason", default="", help="Why, for the audit log.")
@options
def report(
    folder: Path | None,
    name: str | None,
    listing: bool,
    out: Path | None,
    first: date | None,
    last: date | None,
    service: str,
    partner: str,
    ward: str,
    beside: tuple[Path, ...],
    template: Path | None,
    with_errors: bool,
    reason: str,
    as_json: bool,
    quiet: bool,
) -> int:
    """Write a return or a paper of the current snapshot.

    The rows of a return are about people, so that its owner alone can read the file. A paper (business-case, evidence-paper,
    monthly-pack, partner-page, ward-profile, inspection-pack, service-blueprint) holds only figures that may be shown.
    Without NAME, says what there is; with DIR, for which partners and wards too.
    """
    frame = Frame(as_json, quiet)
    if listing or name is None:
        return _say_what_there_is(frame, folder)
    from earlyhelp.reports import transparency
    from earlyhelp.reports.documents import DOCUMENTS
    from earlyhelp.reports.returns import make_return, return_called
    from earlyhelp.store.workspace import open_workspace

    if name == transparency.NAME:
        return _write_record(frame, folder, out)
    if name in DOCUMENTS:
        about = {"service": service, "partner": partner, "ward": ward}
        return _write_document(frame, folder, name, out, about, beside=beside, template=template)
    wanted = return_called(name)
    if folder is None or out is None:
        raise UsageProblem(
            "The file to write is missing.", where="--out", fix=f"Name a {' or '.join(wanted.endings)} file."
        )
    made = make_return(
        open_workspace(folder),
        wanted,
        out,
        first=first,
        last=last,
        with_errors=with_errors,
        account=account(),
        reason=reason,
        when=moment(),
    )
    frame.result(made, lambda: _say_made(frame, made))
    return Exit.DONE if made["path"] else Exit.GATE


def _write_document(
    frame: Frame, folder: Path | None, name: str, out: Path | None, named: Mapping[str, str], **more: Any
) -> int:
    """A paper: made of figures that may be shown, so that anybody whom the council chooses may read the file."""
    from earlyhelp.documenting import subject_named, write_document
    from earlyhelp.reports.documents import DOCUMENTS
    from earlyhelp.store.workspace import open_workspace

    if folder is None or out is None:
        endings = " or ".join(DOCUMENTS[name].endings)
        raise UsageProblem("The file to write is missing.", where="--out", fix=f"Name a {endings} file.")
    with frame.progress() as progress:
        progress("asking the snapshot, drawing charts, writing")
        about = subject_named(name, named)
        made = write_document(open_workspace(folder), name, out, moment(), about, **more)
    frame.result(made, lambda: _say_written(made))
    return Exit.DONE


def _charts(count: int) -> str:
    return "1 chart" if count == 1 else f"{count or 'no'} charts"


def _say_written(made: Mapping[str, Any]) -> None:
    click.echo(f"{made['path']}: {made['title']} ({_charts(made['figures'])}).")
    for each in made.get("left_out", ()):
        click.echo(f"left out  {each['file']}: {each['why']}")


def _write_record(frame: Frame, folder: Path | None, out: Path | None) -> int:
    """The transparency record: about the software and not about people, so that anybody may read the file."""
    from earlyhelp import __version__
    from earlyhelp.reports.transparency import ENDING, About, transparency_record
    from earlyhelp.store.row_files import is_writable
    from earlyhelp.store.settings import worklists_on
    from earlyhelp.store.workspace import open_workspace

    if folder is None or out is None:
        raise UsageProblem("The file to write is missing.", where="--out", fix=f"Name a {ENDING} file.")
    is_writable(out, (ENDING,))
    workspace = open_workspace(folder)
    switched_on = worklists_on(workspace.root / "council.toml")
    out.write_text(transparency_record(About(workspace.settings.name, __version__, switched_on)), encoding="utf-8")
    frame.result({"report": "transparency-record", "path": str(out)}, lambda: click.echo(f"{out} written."))
    return Exit.DONE


def _say_what_there_is(frame: Frame, folder: Path | None) -> int:
    from earlyhelp.reports import transparency
    from earlyhelp.reports.documents import DOCUMENTS
    from earlyhelp.reports.returns import RETURNS

    listed: list[dict[str, Any]] = [
        {
            "name": each.name,
            "title": each.title,
            "holds": each.holds,
            "publisher": each.publisher,
            "source": each.source,
            "period": each.period,
            "files": list(each.endings),
            "about_people": each.about_people,
            "validated": each.validated,
        }
        for each in RETURNS.values()
    ]
    rows = [[each["name"], each["holds"], each["period"], ", ".join(each["files"])] for each in listed]
    document = {"name": transparency.NAME, "holds": transparency.HOLDS, "files": [transparency.ENDING]}
    rows.append([transparency.NAME, transparency.HOLDS, "", transparency.ENDING])
    papers = [
        {
            "name": each.name,
            "holds": each.holds,
            "for": each.for_whom,
            "files": list(each.endings),
            "about": each.about or None,
            "of_one_service": each.about == "service",
        }
        for each in DOCUMENTS.values()
    ]
    rows += [[each.name, each.holds, "", ", ".join(each.endings)] for each in DOCUMENTS.values()]
    headings = ("name", "holds", "of which days", "files")
    told = {"reports": listed, "documents": [document], "papers": papers, **_subjects(folder)}
    frame.result(told, lambda: _print_what_there_is(headings, rows, told))
    return Exit.DONE


def _subjects(folder: Path | None) -> dict[str, list[dict[str, Any]]]:
    """The partners and wards of a folder's snapshot that a paper can be about; nothing without a snapshot."""
    if folder is None:
        return {}
    from earlyhelp.documenting import partners_there_are, wards_there_are
    from earlyhelp.store.workspace import open_workspace

    workspace = open_workspace(folder)
    if workspace.current is None:
        return {}
    return {
        "partners": [
            {"partner": each.code, "name": each.name, "kind": each.kind} for each in partners_there_are(workspace)
        ],
        "wards": [{"ward": each.code, "name": each.name} for each in wards_there_are(workspace)],
    }


def _print_what_there_is(
    headings: tuple[str, ...], rows: list[list[str]], told: Mapping[str, list[dict[str, Any]]]
) -> None:
    from earlyhelp.cli.tables import print_table

    print_table("", headings, rows)
    for about in ("partner", "ward"):
        if listed := told.get(f"{about}s"):
            print_table(f"For --{about}", (about, "name"), [[each[about], each["name"]] for each in listed])


def _say_made(frame: Frame, made: Mapping[str, Any]) -> None:
    if made["path"]:
        rows = ", ".join(f"{count:,} in {name}" for name, count in made["rows"].items())
        click.echo(f"{made['path']}: {rows} (as at {made['last_day']}).")
    for note in made["notes"] if not frame.quiet else []:
        click.echo(f"  {note}")
    if "readiness" in made:
        _say_valid(made)


def _say_valid(made: Mapping[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table

    score = made["readiness"]["score"]
    if score is not None:
        click.echo(f"Of all that the standard requires {score:.1%} is filled and valid in the snapshot.")
    if not made["faults"]:
        click.echo("Every row of the return is valid.")
        return
    rows = [[each["table"], each["column"], f"{each['records']:,}", each["what_to_do"]] for each in made["invalid"]]
    print_table("Not valid", ("table", "column", "records", "what to do"), rows, right=(2,))
    click.echo(f"{made['faults']:,} faults, record by record: {made['list']}")
    if not made["path"]:
        click.echo(
            "The return was not written. Mend the records and run again, or write it all the same: --with-errors."
        )
