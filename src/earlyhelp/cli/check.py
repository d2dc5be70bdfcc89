"""check, reconcile, changes: can these numbers be trusted, and who can mend what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.data import account, moment
from earlyhelp.cli.frame import Frame, options

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_REASON = click.option("--reason", default="", help="Why the records are read, for the audit log.")


@click.command()
@_FOLDER
@click.option("--out", type=click.Path(path_type=Path), help="Write the fix-list, record by record: .csv or .xlsx.")
@click.option("--since", metavar="SNAPSHOT", help="Also tell what changed since an earlier snapshot.")
@_REASON
@options
def check(folder: Path, out: Path | None, since: str | None, reason: str, as_json: bool, quiet: bool) -> None:
    """How every rule came out on the current snapshot, the fix-list, and how far its fields can be relied on."""
    from earlyhelp import desk
    from earlyhelp.store.workspace import open_workspace

    workspace = open_workspace(folder)
    found = desk.check(workspace)
    if since:
        found["changes"] = desk.changes(workspace, since)
    if out:
        found["written"] = desk.write_fix_list(workspace, out, account=account(), reason=reason, when=moment())

    def words() -> None:
        _say_rules(found)
        _say_fields(found)
        _say_readiness(found["readiness"])
        if since:
            _say_changes(found["changes"])

    Frame(as_json, quiet).result(found, words)


def _say_rules(found: Mapping[str, Any]) -> None:
    by_outcome: dict[str, list[dict[str, Any]]] = {}
    for each in found["rules"]:
        by_outcome.setdefault(each["outcome"], []).append(each)
    rows = [
        [e["rule"], e["outcome"], f"{e['rows']:,}", e["message"] if e["outcome"] == "failed" else e["reason"]]
        for e in by_outcome.get("failed", []) + by_outcome.get("broken", [])
    ]
    _table("Rules that did not pass", ("rule", "outcome", "records", "what it means"), rows, right=(2,))
    passed, empty = len(by_outcome.get("passed", [])), len(by_outcome.get("not applicable", []))
    click.echo(f"{passed} rules passed; {empty} did not apply, because nothing fills what they are about.")
    click.echo(f"{found['quarantined']:,} rows are in quarantine.")
    click.echo()
    lines = [[e["team"], e["worker"], e["rule"], f"{e['records']:,}"] for e in found["fix_list"]]
    _table("Fix-list", ("team", "worker", "rule", "records"), lines, right=(3,))


def _say_fields(found: Mapping[str, Any]) -> None:
    late = [
        [e["table"], e["source_system"], e["team"] or "all teams", *map(_count, _delay(e))]
        for e in found["recording_delay"]
    ]
    headings = ("records", "source", "team", "dated", "median days", "90% within days")
    _table("Recording delay: days from the event until it was entered", headings, late, right=(3, 4, 5))
    unused = [[e["source"], e["list"], e["heading"], e["column"], e["why"]] for e in found["unused_fields"]]
    _table("Fields that a source could fill and never does", ("source", "list", "heading", "column", "why"), unused)
    gates = [[e["measure"], e["name"], e["state"], e["why"]] for e in found["gates"] if e["state"] != "on"]
    _table("Measures that are not shown", ("id", "measure", "state", "why"), gates)


def _delay(told: Mapping[str, Any]) -> tuple[Any, ...]:
    return told["dated"], told["median_days"], told["ninety_percent_days"]


def _say_readiness(returns: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        [e["title"], _share(e["score"]), f"{e['columns_ready']} of {e['columns_asked']}", _emptiest(e)] for e in returns
    ]
    headings = ("return", "filled and valid", "columns ready", "the emptiest")
    _table("Readiness for national returns", headings, rows, right=(1, 2))


def _emptiest(told: Mapping[str, Any]) -> str:
    shown = [each for each in told["columns"] if each["share"] is not None and each["share"] < 1]
    return ", ".join(f"{each['column']} {_share(each['share'])}" for each in shown[:3])


@click.command()
@_FOLDER
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write each row that explains a difference to a .csv file."
)
@_REASON
@options
def reconcile(folder: Path, file: Path | None, out: Path | None, reason: str, as_json: bool, quiet: bool) -> None:
    """What became of every row, and the council's own control totals beside what is counted.

    FILE is a CSV with the columns source, list, period and total; without it, control_totals.csv as it came through
    the inbox.
    """
    from earlyhelp import desk
    from earlyhelp.store.workspace import open_workspace

    workspace = open_workspace(folder)
    found = desk.reconcile(workspace, file)
    if out:
        told = {"account": account(), "reason": reason, "when": moment()}
        found["written"] = desk.write_reconciliation(workspace, file, out, **told)

    def words() -> None:
        told = ("source", "list", "not_accounted")
        fates = [name for each in found["accounts"][:1] for name in each if name not in told]
        rows = [[e["source"], e["list"], *(f"{e[name]:,}" for name in fates)] for e in found["accounts"]]
        headings = ("source", "list", *(name.replace("_", " ") for name in fates))
        _table("What became of every row read", headings, rows, right=range(2, 2 + len(fates)))
        for each in found["accounts"]:
            if each["not_accounted"]:
                click.echo(f"{each['not_accounted']:,} rows of {each['source']}, {each['list']} are not accounted for.")
        for each in found["totals"]:
            _say_total(each)

    Frame(as_json, quiet).result(found, words)


def _say_total(told: Mapping[str, Any]) -> None:
    period = told["period"] or "all periods"
    click.echo(f"{told['source']}, {told['list']}, {period}: the council counts {told['total']:,} {told['counts']}")
    if told["records_counted"] is not None:
        click.echo(f"  {told['records_counted']:,} are counted here; the difference is {told['difference']:,}")
        for each in told["explained"]:
            click.echo(f"  {each['rows']:,} {each['words']}")
    click.echo(f"  {told['words']}")


@click.command()
@_FOLDER
@click.option("--since", metavar="SNAPSHOT", help="The earlier snapshot; by default the one before the current.")
@click.option("--out", type=click.Path(path_type=Path), help="Write each record that changed to a .csv file.")
@_REASON
@options
def changes(folder: Path, since: str | None, out: Path | None, reason: str, as_json: bool, quiet: bool) -> None:
    """What changed since the last snapshot, what was recorded late, and which published figures that moves."""
    from earlyhelp import desk
    from earlyhelp.store.workspace import open_workspace

    workspace = open_workspace(folder)
    found = desk.changes(workspace, since)
    if out:
        told = {"account": account(), "reason": reason, "when": moment()}
        found["written"] = desk.write_changes(workspace, since, out, **told)
    Frame(as_json, quiet).result(found, lambda: _say_changes(found))


def _say_changes(found: Mapping[str, Any]) -> None:
    names = ("new", "gone", "altered", "late")
    rows = [
        [e["table"], f"{e['month']:%Y-%m}" if e["month"] else "", *(_count(e[name]) for name in names)]
        for e in found["records"]
    ]
    title = f"Records changed since {found['since']}, as at {found['since_as_at']}"
    _table(title, ("records", "month of the event", *names), rows, right=(2, 3, 4, 5))
    people = [[e["kind"], _count(e["people"])] for e in found["people"]]
    _table(
        "People whom linkage takes for one, or for several, otherwise than before", ("", "people"), people, right=(1,)
    )
    moved = [
        [e["measure"], e["period_start"] or "", e["period_end"] or "", _dims(e), *_values(e), e["certificate"]]
        for e in found["figures"]
    ]
    headings = ("id", "from", "to", "split", "was", "is now", "certificate")
    _table("Published figures that are another now", headings, moved, right=(4, 5))
    click.echo(f"{found['figures_looked_at']:,} certified figures were worked out again.")


def _dims(told: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in told["dims"].values())


def _values(told: Mapping[str, Any]) -> tuple[str, str]:
    values = [(told[f"{when}_value"], told[f"{when}_status"]) for when in ("old", "new")]
    was, now = (status.replace("_", " ") if value is None else f"{value:,.4g}" for value, status in values)
    return was, now


def _count(value: float | None) -> str:
    return "-" if value is None else f"{value:,}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """A table with an empty line after it; nothing at all where there are no rows."""
    from earlyhelp.cli.tables import print_table

    if rows:
        print_table(title, headings, rows, right=right)
        click.echo()
