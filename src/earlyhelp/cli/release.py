"""release: what may leave, proposed by one person, audited, approved by another."""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Frame, options

if TYPE_CHECKING:
    from earlyhelp.store.releases import Release

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
@click.option("--to", "recipients", default="", help="For whom it is.")
@options
def propose(folder: Path, recipients: str, as_json: bool, quiet: bool) -> int:
    """Propose the current figures as a pack for other councils. The audit is done at once, and can refuse it."""
    from earlyhelp import sharing
    from earlyhelp.cli.data import moment
    from earlyhelp.errors import Exit
    from earlyhelp.store.releases import State
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    with frame.progress() as progress:
        progress("counting, then attacking what is to leave")
        found = sharing.propose_pack(workspace, signed_in(), moment(), recipients or sharing.ANY_MEMBER)
    _tell(frame, found)
    return Exit.GATE if found.state is State.REFUSED else Exit.DONE


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
