"""forget: one person's data taken out of everything the workspace holds."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.data import account, moment
from earlyhelp.cli.frame import Frame, options
from earlyhelp.errors import UsageProblem


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--system", default="", help="The source or case system whose id is given: see earlyhelp sources.")
@click.option("--id", "person", default="", help="The person's id in that system.")
@click.option("--also-linked", is_flag=True, help="With all records of other systems linked to the same person.")
@click.option(
    "--person-id", default="", metavar="P...", help="Instead: the person_id in the current snapshot, all records."
)
@click.option(
    "--reason", required=True, help="Why, for the audit log: the number of the request, never the person's name."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask. What is erased cannot be brought back.")
@options
def forget(
    folder: Path,
    system: str,
    person: str,
    also_linked: bool,
    person_id: str,
    reason: str,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Erase one person from feeds, quarantine, received files and every snapshot, and prove it by a search.

    Figures that were released stay. A later extract does not bring the person back: such rows go to quarantine, empty.
    """
    from earlyhelp.build.erasing import Asked, Whom
    from earlyhelp.build.erasing import forget as erase
    from earlyhelp.store.workspace import open_workspace

    if bool(person_id) == bool(system and person) or bool(system) != bool(person):
        raise UsageProblem(
            "Say who: --system NAME --id ID, or --person-id P...", where="--id", fix="earlyhelp forget --help"
        )
    if not reason.strip():
        raise UsageProblem("The reason is empty.", where="--reason", fix="Give the number of the request.")
    workspace = open_workspace(folder)
    if not (dry_run or yes):
        _ask()
    frame = Frame(as_json, quiet)
    whom = Whom("" if person_id else system, person, person_id, also_linked)
    with frame.progress() as progress:
        done = erase(workspace, whom, Asked(account(), reason, moment()), dry_run=dry_run, progress=progress)
    frame.result(done, lambda: _say(done))


def _ask() -> None:
    if not sys.stdin.isatty():
        raise UsageProblem(
            "Nobody is there to confirm it.", where="--yes", fix="Add --yes, or look first with --dry-run."
        )
    click.confirm("What is erased cannot be brought back. Erase this person?", abort=True, err=True)


def _say(done: Mapping[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table

    would = "would be " if done.get("dry_run") else ""
    print_table(
        f"Rows {would}erased", ("table", "rows"), [[name, f"{n:,}"] for name, n in done["rows"].items()], right=(1,)
    )
    click.echo()
    print_table(
        f"Feeds {would}written again",
        ("file", "rows", "in quarantine", "doubtful values"),
        [[f["path"], f"{f['rows']:,}", f"{f['quarantine_rows']:,}", f"{f['issues']:,}"] for f in done["feeds"]],
        right=(1, 2, 3),
    )
    click.echo()
    rows = [
        [e["path"], f"{e['rows_cut']:,} rows cut out" if e["sha256_after"] else f"deleted: {e['why_deleted']}"]
        for e in done["originals"]
    ]
    print_table(f"Files received, {would}changed or deleted", ("file", "what becomes of it"), rows)
    click.echo()
    for each in done["snapshots"]:
        click.echo(f"snapshot {each['old']} {would or 'is now '}{each['new']}{' (current)' if each['current'] else ''}")
    if done["too_short_to_search"]:
        click.echo(f"{done['too_short_to_search']} identifiers are too short to be searched for; their rows are gone.")
    if done["waiting_in_inbox"]:
        click.echo(
            f"{done['waiting_in_inbox']} files wait in inbox/; the person's rows in them are kept out when they load."
        )
    if not done.get("dry_run"):
        if done["decisions"]:
            click.echo(f"{done['decisions']:,} answers of reviewers about the person's records were taken out.")
        click.echo(f"{done['searched']:,} files searched; the person is found in none.")
