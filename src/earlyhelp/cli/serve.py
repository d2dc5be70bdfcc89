"""serve, user: the web application over one workspace, and those who may sign in to it."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.frame import Frame, options
from earlyhelp.errors import EarlyHelpError, UsageProblem

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
ROLES = ("head", "analyst", "steward", "team_manager", "finance", "partner", "viewer", "administrator")
"""The names of `earlyhelp.web.access.Role`, which is loaded only where Django is."""


@click.command()
@_FOLDER
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--workers", type=int, default=2, show_default=True, help="Processes that answer; each has four threads.")
@options
def serve(folder: Path, host: str, port: int, workers: int, as_json: bool, quiet: bool) -> None:
    """The web application of this workspace, until stopped with Ctrl+C.

    Reached from this machine alone, unless EARLYHELP_HOSTS names the addresses under which a web server passes requests
    on. DATABASE_URL keeps users, runs and notes in PostgreSQL instead of a file in the workspace.
    """
    from earlyhelp.store.workspace import open_workspace

    told = open_workspace(folder).settings
    _need_django()
    from earlyhelp.web import serving

    address = f"http://{host}:{port}/"
    frame = Frame(as_json, quiet)
    if first := serving.first_user_address(folder):
        address += first
    frame.result({"address": address, "council": told.ons_code}, lambda: click.echo(f"Open {address} in a browser."))
    serving.serve(folder, host, port, workers, lambda words: click.echo(words, err=True))


def serve_demo(folder: Path, port: int, frame: Frame) -> None:
    """Serve an invented council with a user for each role, all with one password that is made now and shown once."""
    _need_django()
    from earlyhelp.web import serving

    password = "-".join(secrets.choice(_WORDS) for _ in range(4))
    for role in ROLES:
        serving.demo_user(folder, f"{role}@example.org", password, role)
    told = {"address": f"http://127.0.0.1:{port}/", "users": [f"{role}@example.org" for role in ROLES]}

    def words() -> None:
        click.echo(f"Open {told['address']} in a browser. Sign in as head@example.org, password: {password}")
        click.echo(f"The same password opens: {', '.join(told['users'][1:])}")

    frame.result({**told, "password": password}, words)
    serving.serve(folder, "127.0.0.1", port, 2, lambda each: click.echo(each, err=True))


_WORDS = (
    "amber", "badge", "candle", "dapple", "ember", "fennel", "garden", "hazel", "island", "jigsaw", "kettle", "lantern",
    "meadow", "nettle", "orchard", "pebble", "quarry", "ribbon", "saddle", "thistle", "umbrella", "velvet", "willow", "yonder",
)  # fmt: skip


@click.group()
def user() -> None:
    """Those who may sign in to the web application: add one."""


@user.command("add")
@_FOLDER
@click.argument("email")
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help="May be given again.")
@click.option("--name", default="", help="How the user is called on the pages.")
@click.option("--team", default="", help="Of a team manager: the team as the records call it.")
@click.option("--organisation", default="", help="Of a partner: the organisation as the records call it.")
@click.option("--password", default=None, help="Asked for where it is not given; or EARLYHELP_PASSWORD.")
@options
def add(
    folder: Path,
    email: str,
    roles: tuple[str, ...],
    name: str,
    team: str,
    organisation: str,
    password: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Add a user of the web application."""
    from earlyhelp.store.workspace import open_workspace
    from earlyhelp.worklists import names_team

    workspace = open_workspace(folder)
    _need_django()
    from earlyhelp.web import serving

    given = password or os.environ.get("EARLYHELP_PASSWORD") or _asked()
    serving.add_user(folder, email, given, list(roles), name=name, team=team, organisation=organisation)
    told: dict[str, Any] = {"email": email, "roles": list(roles)}
    told |= {"team_on_record": names_team(workspace, team)} if team else {}
    Frame(as_json, quiet).result(told, lambda: _say_added(told, team))


def _say_added(told: Mapping[str, Any], team: str) -> None:
    click.echo(f"{told['email']} may sign in as {', '.join(told['roles'])}.")
    if not told.get("team_on_record", True):
        click.echo(f"The records name no team {team}, so that this user's lists are empty.")


def _asked() -> str:
    if not sys.stdin.isatty():
        raise UsageProblem("There is no password.", where="--password", fix="Give --password or EARLYHELP_PASSWORD.")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _need_django() -> None:
    try:
        import django  # noqa: F401
    except ImportError:
        raise EarlyHelpError(
            "The web application is not installed.", where="earlyhelp[web]", fix='pip install "earlyhelp[web]"'
        ) from None
