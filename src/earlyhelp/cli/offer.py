"""offer: what the council offers by need, age, level, place and provider, its gaps and overlaps, councils side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.frame import Frame, options

_MOST_LISTED = 20
_DIMENSIONS = (("age_band", "age", "age_band"), ("level", "level", "level"), ("area", "area", "area"))
_UNSAID = {"not_recorded": "not recorded", "unmapped": "not mapped"}


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write the whole map: .csv or .xlsx.")
@options
def offer(folders: tuple[Path, ...], out: Path | None, as_json: bool, quiet: bool) -> None:
    """What is offered for which need, age, level and place, and by whom: gaps, overlaps, several councils side by side."""
    from earlyhelp import desk
    from earlyhelp.check.offer_book import write_offer
    from earlyhelp.store.workspace import open_workspace

    found = desk.offer([open_workspace(folder) for folder in folders])
    if out:
        found["written"] = write_offer(found, out)
    Frame(as_json, quiet).result(found, lambda: _say(found))


def _say(found: Mapping[str, Any]) -> None:
    for council in found["councils"]:
        _say_council(council)
    if len(found["councils"]) > 1:
        _say_side_by_side(found)


def _say_council(council: Mapping[str, Any]) -> None:
    rows = [[_need(each), *_figures(each)] for each in council["needs"] if _is_told(each)]
    headings = ("need", "services", "providers", "per 10,000 children", "families in the year")
    _table(f"What {council['council']} offers, as at {council['as_at']}", headings, rows, right=(1, 2, 3, 4))
    if not council["children"]:
        click.echo("How many children there are is not known here, so there are no rates.")
    if council["not_running"]:
        click.echo(f"Left out, for they run no more, not yet or not now: {council['not_running']:,} of the directory.")
    click.echo()
    for name, title, _ in _DIMENSIONS:
        _say_split(council, name, title)
    _say_gaps(council)
    _say_overlaps(council)
    unsaid = [f"{n:,} by {name.replace('_', ' ')}" for name, n in council["not_recorded"].items() if n]
    click.echo(f"Services whose record does not say: {', '.join(unsaid) or 'none'}.")
    click.echo()


def _is_told(need: Mapping[str, Any]) -> bool:
    return need["need"] not in _UNSAID or bool(need["services"])


def _need(told: Mapping[str, Any]) -> str:
    return _UNSAID.get(told["need"]) or f"{told['need']} {told['need_label']}"


def _figures(need: Mapping[str, Any]) -> tuple[str, ...]:
    from earlyhelp.release import Status
    from earlyhelp.reports.wording import IN_WORDS

    hidden = need["status"] == Status.SUPPRESSED and need["families"] is None
    families = IN_WORDS[Status.SUPPRESSED] if hidden else _count(need["families"])
    return f"{need['services']:,}", f"{need['providers']:,}", _rate(need["per_10000"]), families


def _count(value: float | None) -> str:
    return "not recorded" if value is None else f"{value:,}"


def _rate(value: float | None) -> str:
    return "not known" if value is None else f"{value:,.1f}"


def _say_split(council: Mapping[str, Any], dimension: str, title: str) -> None:
    """Services by need and one more dimension; a service that stands in several columns is counted in each."""
    key = {"age_band": "age_bands", "area": "areas"}.get(dimension, dimension)
    services = [
        (each["needs"], each[key] if isinstance(each[key], list) else [each[key]]) for each in council["services"]
    ]
    said = dict.fromkeys(cell[dimension] for cell in council["offer"] if cell[dimension] != "unmapped")
    always = [name for name in council["dimensions"][dimension] if name != "statutory"]
    columns = [*dict.fromkeys([*always, *(name for name in said if name not in _UNSAID)]), "not_recorded"]
    columns += ["unmapped"] if any(cell[dimension] == "unmapped" for cell in council["offer"]) else []
    rows = []
    for need in council["needs"]:
        counts = [sum(need["need"] in needs and name in values for needs, values in services) for name in columns]
        if any(counts):
            rows.append([_need(need), *(f"{count:,}" for count in counts)])
    named = [_UNSAID.get(name, name.replace("_", " ")) for name in columns]
    _table(f"By need and {title}", ("need", *named), rows, right=range(1, len(columns) + 1))


def _say_gaps(council: Mapping[str, Any]) -> None:
    alone = [each for each in council["gaps"] if " and " not in each["dimension"]]
    rows = [[each["dimension"].replace("_", " "), _missing(each), f"{each['may_be_filled_by']:,}"] for each in alone]
    headings = ("gap", "nothing for", "services that may fill it: their record does not say")
    _table("Nothing at all", headings, rows, right=(2,))
    more = len(council["gaps"]) - len(alone)
    if more:
        click.echo(
            f"Needs without a service in one age band, level or area: {more:,} more gaps, listed by --json and --out."
        )
    for each in council["unmet"]:
        click.echo(f"Families recorded {_need(each)}, and nothing is offered for it. In the year: {_figures(each)[3]}.")


def _missing(gap: Mapping[str, Any]) -> str:
    if gap["dimension"] == "need":
        return f"{gap['need']} {gap['need_label']}"
    return str(gap[gap["dimension"]]).replace("_", " ")


def _say_overlaps(council: Mapping[str, Any]) -> None:
    click.echo()
    sure = [each for each in council["overlaps"] if each["sure"]]
    rows = [
        [
            ", ".join(each["needs"]),
            " / ".join(each["services"]),
            " / ".join(map(str, each["providers"])),
            each["ages"],
            each["level"].replace("_", " "),
            ", ".join(each["areas"]),
        ]
        for each in sure[:_MOST_LISTED]
    ]
    headings = ("needs", "services", "providers", "ages", "level", "areas")
    _table("Offered by two providers to the same children", headings, rows)
    if len(sure) > _MOST_LISTED:
        click.echo(f"{len(sure) - _MOST_LISTED:,} more are in --json and --out.")
    maybe = len(council["overlaps"]) - len(sure)
    if maybe:
        click.echo(
            f"{maybe:,} more pairs may overlap: a record does not say at which level, for whom, where or by whom."
        )


def _say_side_by_side(found: Mapping[str, Any]) -> None:
    names = [each["council"] for each in found["councils"]]
    rows = []
    for need in found["side_by_side"]:
        told = need["councils"]
        if need["need"] not in _UNSAID or any(each["services"] for each in told):
            rows.append(
                [_need(need), *(text for each in told for text in (f"{each['services']:,}", _rate(each["per_10000"])))]
            )
    headings = ["need", *(text for name in names for text in (name, "per 10,000 children"))]
    _table("Side by side: services for each need", headings, rows, right=range(1, len(headings)))


def _table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """A table with an empty line after it; nothing at all where there are no rows."""
    from earlyhelp.cli.tables import print_table

    if rows:
        print_table(title, headings, rows, right=right)
        click.echo()
