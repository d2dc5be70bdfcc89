"""portfolio: every service with its cost, its break-even, what was found of it and what may be said; apart, never ranked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Frame, options

if TYPE_CHECKING:
    from earlyhelp.release.portfolio import ReleasedPortfolio

_COLUMNS = (
    "service",
    "pounds a year",
    "families offered",
    "pounds for each",
    "risk ratio of a step-up, 90 per cent range",
    "grade",
)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--envelope", type=float, help="Pounds a year: the mix of services that they buy, where one may be told.")
@options
def portfolio(folder: Path, envelope: float | None, as_json: bool, quiet: bool) -> int:
    """Set all services side by side: cost, families, what would pay for each, what was found, and what may be said.

    Services whose ranges overlap are told by name and in no order of merit. Of a service without a comparable study
    only its break-even is told, which is arithmetic and claims nothing.
    """
    from earlyhelp import costing
    from earlyhelp.cli.data import moment
    from earlyhelp.errors import Exit
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    with frame.progress() as progress:
        progress("making families alike, service by service")
        found = costing.portfolio(workspace, moment(), envelope)
    frame.result(found.as_dict(), lambda: _print(found))
    return Exit.DONE


def _print(found: ReleasedPortfolio) -> None:
    from earlyhelp.cli.tables import print_table

    rows = [
        [row["name"], _count(row["annual_cost"]), _count(row["families_a_year"]),
         _count(row["cost_a_family_offered"]), _range(row),
         "none" if row["design_grade"] is None else f"{row['design_grade']}"]
        for row in found.rows
    ]  # fmt: skip
    print_table(f"All services, {found.year}, in no order of merit", _COLUMNS, rows, (1, 2, 3))
    for row in found.rows:
        click.echo(f"{row['name']} ({row['service']})")
        for sentence in _said(row):
            click.echo(f"  - {sentence}")
    if found.mix is not None:
        _print_mix(found.mix)
    click.echo("Read with it:")
    for note in found.notes:
        click.echo(f"  - {note}")
    click.echo(f"Parameters {found.parameters}.")


def _print_mix(mix: Mapping[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table

    title = f"What {mix['envelope']:,.0f} pounds a year buy"
    if mix["why_not"]:
        click.echo(f"{title}: {mix['why_not']}")
        return
    rows = [
        [
            row["name"],
            _count(row["places"]),
            _count(row["places_now"]),
            _count(row["spent"]),
            f"{row['share_of_draws']:.0%}",
        ]
        for row in mix["services"]
    ]
    columns = ("service", "families", "families now", "pounds", "of draws that choose it")
    print_table(title, columns, rows, (1, 2, 3, 4))
    click.echo(
        f"If what was found here holds, {mix['fewer_50']:,.1f} fewer first step-ups a year (90 per cent range "
        f"{mix['fewer_5']:,.1f} to {mix['fewer_95']:,.1f}). {mix['same_mix']:.0%} of draws choose the same services."
    )


def _said(row: Mapping[str, Any]) -> list[str]:
    steps = [step["sentence"] for step in row["break_even"]]
    about = [row["why_no_cost"], *steps, row["why_no_effect"], *(row["may_say"] if not row["why_no_effect"] else [])]
    return [*filter(None, about)]


def _count(value: float | None) -> str:
    return "not told" if value is None else f"{value:,.0f}"


def _range(row: Mapping[str, Any]) -> str:
    if row["risk_ratio"] is None:
        return "no figure"
    return f"{row['risk_ratio']:.2f} ({row['lower']:.2f} to {row['upper']:.2f})"
