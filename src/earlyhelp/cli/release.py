"""release: what may leave, proposed by one person, audited, approved by another."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Date, Frame, options

if TYPE_CHECKING:
    from earlyhelp.measures import Question
    from earlyhelp.store.releases import Release
    from earlyhelp.store.workspace import Workspace

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_RELEASE = click.argument("release_id", metavar="ID")


def signed_in() -> str:
    """The machine's account that runs this process; unlike a name in the environment it cannot be chosen."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


@click.group()
def release() -> None:
    """What may leave this council: proposed, audited, approved by a second person, and on record."""


@release.command()
@_FOLDER
@click.option("--measure", "measure_id", default="", help="A table of this measure; without it, a pack.")
@click.option("--document", default="", help="A document by its name, as for report.")
@click.option("--by", default="", help="Splits of a table, separated by commas: ward_code,age_band")
@click.option("--period", type=click.Choice(["month", "quarter", "year"]), help="One row for each; else one for all.")
@click.option("--from", "first", type=Date(), help="First day of a table, as 2025-04-01.")
@click.option("--until", "last", type=Date(), help="Last day of a table, as 2026-03-31.")
@click.option("--definition", default="default", help="A rival definition of the measure.")
@click.option("--policy", default="", help="What is hidden and rounded: open-data (by default), dfe, nhs, opensafely.")
@click.option("--service", default="", help="The service that a document is about.")
@click.option("--partner", default="", help="The partner that a document is about.")
@click.option("--ward", default="", help="The ward that a document is about.")
@click.option("--for", "--to", "recipients", default="", help="For whom it is.")
@options
def propose(folder: Path, recipients: str, as_json: bool, quiet: bool, **asked: Any) -> int:
    """Propose a table, a document, or the current figures as a pack. The audit is done at once, and can refuse it.

    A table: --measure, with --policy and --for. A document: --document and --for. Neither: a pack for other councils.
    """
    from earlyhelp.errors import Exit
    from earlyhelp.store.releases import State
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    with frame.progress() as progress:
        progress("counting, then attacking what is to leave")
        found = _proposed(workspace, recipients, asked)
    _tell(frame, found)
    return Exit.GATE if found.state is State.REFUSED else Exit.DONE


def _proposed(workspace: Workspace, recipients: str, asked: Mapping[str, Any]) -> Release:
    from earlyhelp import proposing, sharing
    from earlyhelp.cli.data import moment
    from earlyhelp.documenting import subject_named
    from earlyhelp.errors import UsageProblem

    _refuse_what_does_not_fit(asked)
    if asked["measure_id"]:
        wanted, policy = asked["measure_id"].upper(), asked["policy"] or proposing.BY_DEFAULT
        return proposing.propose_table(
            workspace,
            wanted,
            _question(asked),
            policy,
            recipients,
            signed_in(),
            moment(),
            definition=asked["definition"],
        )
    if asked["document"]:
        about = subject_named(asked["document"], {name: asked[name] for name in _OF_A_DOCUMENT})
        own = workspace.settings.policy
        if asked["policy"] not in ("", own):
            error = f"Documents are made under the council's own policy, {own}."
            raise UsageProblem(error, where="--policy", fix="Leave it out, or change [release] in council.toml.")
        return proposing.propose_document(workspace, asked["document"], recipients, signed_in(), moment(), about)
    return sharing.propose_pack(workspace, signed_in(), moment(), recipients or sharing.ANY_MEMBER)


_OF_A_TABLE = {"by": "", "period": None, "first": None, "last": None, "definition": "default"}
_OF_A_DOCUMENT = {"service": "", "partner": "", "ward": ""}


def _refuse_what_does_not_fit(asked: Mapping[str, Any]) -> None:
    """Raises UsageProblem for options of a table without --measure, of a document without --document, and for both."""
    from earlyhelp.errors import UsageProblem

    if asked["measure_id"] and asked["document"]:
        raise UsageProblem("A release is a table or a document.", where="--document", fix="Propose them one by one.")
    of_a_table = {**_OF_A_TABLE, **({} if asked["document"] else {"policy": ""})}
    for needed, own in (("measure_id", of_a_table), ("document", _OF_A_DOCUMENT)):
        given = [name for name, nothing in own.items() if asked[name] != nothing]
        if given and not asked[needed]:
            option = needed.removesuffix("_id")
            names = {"first": "from", "last": "until"}
            where = f"--{names.get(given[0], given[0])}"
            raise UsageProblem(
                f"It goes with --{option}.", where=where, fix=f"Name one with --{option}, or leave it out."
            )


def _question(asked: Mapping[str, Any]) -> Question:
    from earlyhelp.measures import Grain, Question

    splits = tuple(name.strip() for name in asked["by"].split(",") if name.strip())
    return Question(splits, asked["first"], asked["last"], Grain(asked["period"]) if asked["period"] else None)


@release.command()
@_FOLDER
@_RELEASE
@options
def show(folder: Path, release_id: str, as_json: bool, quiet: bool) -> None:
    """The figures of a proposal as they would leave, for whoever decides on it."""
    from earlyhelp import publishing
    from earlyhelp.cli.tables import print_table
    from earlyhelp.release.register_files import headings, lines, mark
    from earlyhelp.store.workspace import open_workspace

    tables = publishing.proposed_tables(open_workspace(folder), release_id)
    told = [
        {
            "measure": each.measure,
            "mark": mark(each, release_id),
            "columns": headings(each),
            "rows": lines(each, release_id),
        }
        for each in tables
    ]

    def words() -> None:
        for each in tables:
            kept = [place for place, name in enumerate(headings(each)) if name not in _SAID_ONCE]
            rows = [[str(line[place]) for place in kept] for line in lines(each, release_id)]
            print_table(f"{each.measure} {each.name}", [headings(each)[place] for place in kept], rows)
            click.echo(mark(each, release_id))

    Frame(as_json, quiet).result({"release": release_id, "tables": told}, words)


_SAID_ONCE = ("measure", "name", "counts", "symbol", "rounded_to", "policy", "release")


@release.command()
@_FOLDER
@_RELEASE
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The .csv, .xlsx, .json or .html file.")
@options
def write(folder: Path, release_id: str, out: Path, as_json: bool, quiet: bool) -> None:
    """Write a table or a document that may leave, with the certificate of its audit beside it. It has left from then on.

    Where the workspace has users, somebody else must approve it first: it then ends with 4 and says how.
    """
    from earlyhelp import publishing
    from earlyhelp.cli.data import moment
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    with frame.progress() as progress:
        progress("attacking it once more, writing")
        left = publishing.write_release(workspace, release_id, out, signed_in(), moment())
    told = {
        **as_told(left.release),
        "path": str(left.file),
        "certificate": str(left.certificate),
        "figures": left.figures,
        "figures_hidden": left.hidden,
    }

    def words() -> None:
        click.echo(f"{left.file}: {left.figures} figures, {left.hidden} of them hidden.")
        click.echo(f"{left.certificate}: what was audited, and who approved it.")
        click.echo(f"Release {left.release.id}, sha256 {left.release.sha256}")

    frame.result(told, words)


@release.command()
@_FOLDER
@_RELEASE
@options
def approve(folder: Path, release_id: str, as_json: bool, quiet: bool) -> None:
    """Approve what somebody else proposed. Whoever proposed it cannot."""
    from earlyhelp import sharing
    from earlyhelp.cli.data import moment
    from earlyhelp.store.workspace import open_workspace

    found = sharing.approve(open_workspace(folder), release_id, signed_in(), moment())
    _tell(Frame(as_json, quiet), found)


@release.command()
@_FOLDER
@_RELEASE
@click.option("--reason", default="", help="Why it may not leave; it stays on record.")
@options
def refuse(folder: Path, release_id: str, reason: str, as_json: bool, quiet: bool) -> None:
    """Refuse a proposal, or take an approval back before anything has left."""
    from earlyhelp import sharing
    from earlyhelp.cli.data import moment
    from earlyhelp.store.workspace import open_workspace

    found = sharing.refuse(open_workspace(folder), release_id, signed_in(), moment(), reason)
    _tell(Frame(as_json, quiet), found)


@release.command(name="list")
@_FOLDER
@options
def list_releases(folder: Path, as_json: bool, quiet: bool) -> None:
    """Every release: what, for whom, under which policy, what the audit said, and who let it out."""
    from earlyhelp import sharing
    from earlyhelp.store.workspace import open_workspace

    found = sharing.releases(open_workspace(folder))

    def words() -> None:
        for each in found:
            _print(each)
        if not found:
            click.echo("Nothing has been proposed.")

    Frame(as_json, quiet).result({"releases": [as_told(each) for each in found]}, words)


def as_told(found: Release) -> dict[str, Any]:
    """A release as JSON has it."""
    own = {name: value for name, value in vars(found).items() if name != "proposal"}
    return {**vars(found.proposal), **own}


def _tell(frame: Frame, found: Release) -> None:
    frame.result(as_told(found), lambda: _print(found))


def _print(found: Release) -> None:
    wanted = found.proposal
    click.echo(f"{found.id} {found.state}: {wanted.title}, for {wanted.recipients}")
    click.echo(f"  policy {wanted.policy}, rounded to {wanted.round_to}; proposed by {found.author}, {found.proposed}")
    for sentence in wanted.audit:
        click.echo(f"  audit: {sentence}")
    if found.approver:
        click.echo(f"  decided by {found.approver}, {found.decided}{': ' if found.reason else ''}{found.reason}")
    if found.released:
        click.echo(f"  left {found.released}, sha256 {found.sha256}")
