"""systems: what is held where, what is missing, and what would switch the other measures on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.frame import Frame, options


def generated_pages() -> dict[str, str]:
    """The catalogue of all systems, by its path below `docs/reference/generated`."""
    from earlyhelp.check.systems import catalogue, systems_page
    from earlyhelp.desk import needs
    from earlyhelp.sources import SOURCES

    return {"systems.md": systems_page(catalogue(SOURCES, needs()), needs())}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@options
def systems(folder: Path, as_json: bool, quiet: bool) -> None:
    """What the council's systems hold, what none of them does, and which measures are off for want of it."""
    from earlyhelp import desk
    from earlyhelp.store.workspace import open_workspace

    found = desk.systems(open_workspace(folder))
    Frame(as_json, quiet).result(found, lambda: _say(found))


def _filled(system: Mapping[str, Any]) -> str:
    """How many columns a system fills, and of how many, where that is known: a layout of the council's own could have any."""
    filled = f"{len(system['filled'])}"
    return filled if system["own"] else f"{filled} of {len(system['filled']) + len(system['could_fill'])}"


def _say(found: Mapping[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table

    held = [each for each in found["systems"] if each["held"]]
    rows = [
        [
            each["source"],
            f"{each['files']:,}",
            f"{each['rows']:,}",
            each["latest_extract"] or "",
            ", ".join(each["tables"]),
            _filled(each),
        ]
        for each in held
    ]
    headings = ("system", "files", "rows", "latest extract", "tables", "columns filled")
    print_table("What is held where", headings, rows, right=(1, 2, 5))
    click.echo()
    on = [each["measure"] for each in found["measures"] if each["state"] == "on"]
    click.echo(f"Measures that are on: {', '.join(on) or 'none'}.")
    off = [each for each in found["measures"] if each["state"] != "on"]
    if off:
        click.echo()
        told = [[e["measure"], e["name"], e["why"], ", ".join(e["could_come_from"][:5])] for e in off]
        print_table("Measures that are not", ("id", "measure", "why", "could come from"), told)
    click.echo()
    absent = [each["source"] for each in found["systems"] if not each["held"]]
    click.echo(f"Never received: {', '.join(absent) or 'nothing'}.")
