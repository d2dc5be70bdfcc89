"""case-study: short notes of what was tried, with certified figures alone, kept here and shared with other councils."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Frame, options
from earlyhelp.cli.release import signed_in

if TYPE_CHECKING:
    from earlyhelp.reports.case_note import CaseStudy

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
_NAME = click.argument("name", metavar="NAME")


@click.group("case-study")
def case_study() -> None:
    """Case studies: what was tried, for whom, what changed and what did not; figures by their certificates alone."""


@case_study.command()
@options
def blank(as_json: bool, quiet: bool) -> None:
    """An empty case study to fill in, as TOML."""
    from earlyhelp.reports.case_note import BLANK

    Frame(as_json, quiet).result({"blank": BLANK}, lambda: click.echo(BLANK, nl=False))


@case_study.command()
@_FOLDER
@_FILE
@click.option("--replace", is_flag=True, help="In place of the one of that title.")
@options
def add(folder: Path, file: Path, replace: bool, as_json: bool, quiet: bool) -> None:
    """Put a case study into the library. Numbers and signs of a person in its text are refused."""
    from earlyhelp import case_studies
    from earlyhelp.cli.data import moment
    from earlyhelp.store.workspace import open_workspace

    content = _bytes(file)
    made = case_studies.add(open_workspace(folder), content, file.name, signed_in(), moment(), replace=replace)
    Frame(as_json, quiet).result(_told(made), lambda: click.echo(f"{made.name}: {made.title}"))


@case_study.command()
@_FOLDER
@_FILE
@options
def receive(folder: Path, file: Path, as_json: bool, quiet: bool) -> None:
    """Put a case study that another council shared into the library. It is text, and nothing in it is checked but its form."""
    from earlyhelp import case_studies
    from earlyhelp.cli.data import moment
    from earlyhelp.store.workspace import open_workspace

    made = case_studies.receive(open_workspace(folder), _bytes(file), file.name, signed_in(), moment())
    Frame(as_json, quiet).result(_told(made), lambda: click.echo(f"{made.name}: {made.title}, by {made.council}"))


@case_study.command("list")
@_FOLDER
@click.option("--tag", default="", help="Only those with this tag, as SF6 or targeted.")
@options
def list_(folder: Path, tag: str, as_json: bool, quiet: bool) -> None:
    """The library: own case studies and those that other councils shared, by title."""
    from earlyhelp import case_studies
    from earlyhelp.store.workspace import open_workspace

    found = case_studies.listed(open_workspace(folder), tag)

    def words() -> None:
        from earlyhelp.cli.tables import print_table

        if not found:
            click.echo("There is no case study yet. Begin with: earlyhelp case-study blank")
            return
        rows = [
            [each.name, each.title, each.council_name or each.council or "own", ", ".join(each.tags)] for each in found
        ]
        print_table("", ("name", "title", "whose", "tags"), rows)

    Frame(as_json, quiet).result({"case_studies": [_told(each) for each in found]}, words)


@case_study.command()
@_FOLDER
@_NAME
@click.option("--out", type=click.Path(path_type=Path), help="Write it as .html, .docx, .xlsx or .pdf.")
@options
def show(folder: Path, name: str, out: Path | None, as_json: bool, quiet: bool) -> None:
    """One case study, each of its figures worked out again and shown as it was released."""
    from earlyhelp import case_studies
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    note = case_studies.called(workspace, name)
    told: dict[str, Any] = {
        **_told(note),
        "figures": [asdict(each) for each in case_studies.figures_of(workspace, note)],
    }
    if out:
        case_studies.write(workspace, note, out)
        told["path"] = str(out)
    frame.result(told, lambda: click.echo(f"{out} written.") if out else _print(told))


@case_study.command()
@_FOLDER
@_NAME
@click.option("--out", type=click.Path(path_type=Path), help="The .toml file to write, once it may leave.")
@click.option("--to", "recipients", required=True, help="For whom it is.")
@options
def share(folder: Path, name: str, out: Path | None, recipients: str, as_json: bool, quiet: bool) -> None:
    """Propose a case study for other councils, and write it once it may leave: figures rounded and audited.

    Where the workspace has users, somebody else must approve it first: it then ends with 4 and says how.
    """
    from earlyhelp import case_studies, publishing
    from earlyhelp.cli.data import moment
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    if out:
        from earlyhelp.store.row_files import is_writable

        is_writable(out, publishing.NOTE_ENDINGS)
    found = case_studies.share(workspace, name, recipients, signed_in(), moment())
    told: dict[str, Any] = {"release": found.id, "state": str(found.state), "audit": list(found.proposal.audit)}
    if out:
        left = publishing.write_release(workspace, found.id, out, signed_in(), moment())
        told |= {"state": str(left.release.state), "path": str(left.file), "sha256": left.release.sha256}
    frame.result(told, lambda: click.echo(f"Release {told['release']}: {told['state']}" + (f", {out}" if out else "")))


def _told(note: CaseStudy) -> dict[str, Any]:
    return {"name": note.name, **asdict(note)}


def _print(told: dict[str, Any]) -> None:
    click.echo(told["title"])
    for field in ("tried", "for_whom", "changed", "not_changed", "contact"):
        click.echo(f"\n{field.replace('_', ' ')}\n  {told[field]}")
    for figure in told["figures"]:
        click.echo(f"  {figure['words']} [{figure['certificate']}]")
    for sentence in told["told"]:
        click.echo(f"  {sentence}")


def _bytes(file: Path) -> bytes:
    """The file's bytes, no more than one more than a case study may have. Raises InputRefused where there is no such file."""
    from earlyhelp.errors import InputRefused
    from earlyhelp.reports.case_note import LARGEST

    if not file.is_file():
        raise InputRefused("There is no such file.", where=file.name, fix="Begin with: earlyhelp case-study blank")
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)
