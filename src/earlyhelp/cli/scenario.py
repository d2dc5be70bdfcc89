"""scenario: what a cut, an investment, a move of money or the end of a service brings, by agency and year, with ranges."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Frame, options

if TYPE_CHECKING:
    from earlyhelp.release.scenarios import ReleasedScenario


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("file", metavar="FILE.toml", type=click.Path(path_type=Path))
@options
def scenario(folder: Path, file: Path, as_json: bool, quiet: bool) -> int:
    """Show what a change of a service's money brings, and how likely it costs less in the end.

    FILE.toml has a section [scenario] with kind (cut, invest, move or stop), service, share, from and years. What is taken
    out of the budget is set against what comes back on the council and on others, drawn 20,000 times. A cut can come out
    as the cheaper choice.
    """
    from earlyhelp import costing
    from earlyhelp.cli.data import moment
    from earlyhelp.errors import Exit
    from earlyhelp.store.files import typed_text
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    text = typed_text(file, "scenario")
    with frame.progress() as progress:
        progress("making families alike, then drawing what may come")
        found = costing.scenario(workspace, text, file.name, moment())
    frame.result(found.as_dict(), lambda: _print(found))
    return Exit.DONE


def _print(found: ReleasedScenario) -> None:
    from earlyhelp.cli.tables import print_table

    told = found.as_dict()
    for sentence in found.sentences:
        click.echo(sentence)
    click.echo("")
    print_table("Pounds by purse", _PURSE, [_purse(row) for row in told["purses"]], (1, 2, 3, 4))
    rows = [
        [row["agency_words"], row["year"], _pounds(row["out_of_the_budget"]), *_range(row, "displaced")]
        for row in told["by_agency_and_year"]
    ]
    print_table("Pounds by agency and year", _YEARS, rows, (2, 3))
    steps = [[row["basis"], row["sentence"]] for row in told["break_even"]]
    if steps:
        print_table("What the service would have to avoid to pay for itself", ("what is claimed", ""), steps)
    moved = [[row["input"], f"{row['council']:+.2f}", f"{row['public_purse']:+.2f}"] for row in told["tornado"][:8]]
    if moved:
        print_table("What it hangs on most (rank correlation)", ("", "council", "public purse"), moved, (1, 2))
    for title, lines in (("Read with it", found.flags), ("Elsewhere", _sentences(told["cross_checks"]))):
        if lines:
            click.echo(f"{title}:")
        for line in lines:
            click.echo(f"  - {line}")
    click.echo(f"Parameters {told['parameters']}, seed {told['seed']}, {told['draws']:,} draws.")


_PURSE = ("purse", "out of the budget", "comes back", "90 per cent range", "chance that it costs less")
_YEARS = ("agency", "twelve months", "out of the budget", "comes back", "90 per cent range")


def _purse(row: Mapping[str, Any]) -> list[str]:
    from earlyhelp.economics.scenario_words import in_100

    chance = in_100(row["probability_that_it_saves"])
    return [row["purse"], _pounds(row["out_of_the_budget"]), *_range(row, "displaced"), chance]


def _range(row: Mapping[str, Any], name: str) -> list[str]:
    return [_pounds(row[f"{name}_50"]), f"{_pounds(row[f'{name}_5'])} to {_pounds(row[f'{name}_95'])}"]


def _sentences(rows: list[Mapping[str, Any]]) -> list[str]:
    return [row["sentence"] for row in rows]


def _pounds(amount: float) -> str:
    return f"{amount:,.0f}"
