"""reference: public statistics and boundaries, added to a workspace, listed with where each is published, and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Date, Frame, options

if TYPE_CHECKING:
    from earlyhelp.reference.pack import Pack
    from earlyhelp.reference.profile import Profile, ProfileRow

_SHOWN = 5
"""Findings of one check that are shown; `--json` holds all."""


def generated_pages() -> dict[str, str]:
    """The page of every publication that can be read and every check, by its path below `docs/reference/generated`."""
    from earlyhelp.reference.pages import publications_page

    return {"public-statistics.md": publications_page()}


@click.group()
def reference() -> None:
    """Public statistics and boundaries: add them, list them, check them. No personal data is involved."""


@reference.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What the pack is called in the workspace.")
@click.option(
    "--retrieved", type=Date(), help="The day the files were got, where the pack does not say; today by default."
)
@click.option("--vintage", default="", help="The edition of the files, where the pack does not say, for example 2025.")
@options
def add(folder: Path, path: Path, name: str, retrieved: date | None, vintage: str, as_json: bool, quiet: bool) -> None:
    """Copy a pack, a folder of published files, or one file into the workspace DIR.

    Every file is read in full first. Where one is refused, nothing is copied.
    """
    from earlyhelp.reference.adding import add_pack
    from earlyhelp.store.workspace import open_workspace

    frame = Frame(as_json, quiet)
    with frame.progress() as progress:
        progress("reading every file")
        day = retrieved or datetime.now(UTC).date()
        pack = add_pack(open_workspace(folder), path, name=name, retrieved=day, vintage=vintage)
    frame.result(_content(pack), lambda: _say_added(pack))


@reference.command("list")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@options
def list_(folder: Path | None, as_json: bool, quiet: bool) -> None:
    """List what can be read and where it is published; with DIR, what the workspace has of it."""
    from earlyhelp.reference.adding import packs_of
    from earlyhelp.reference.catalogue import PUBLICATIONS
    from earlyhelp.store.workspace import open_workspace

    packs = packs_of(open_workspace(folder)) if folder else []
    held = {resource.publication for pack in packs for resource in pack.resources}
    publications = [
        {
            "publication": each.id,
            "title": each.title,
            "kind": each.kind,
            "publisher": each.publisher,
            "licence": each.licence,
            "take": each.how,
            "published_at": each.where,
            "held": each.id in held,
        }
        for each in PUBLICATIONS.values()
    ]
    content = {"packs": [_content(pack) for pack in packs], "publications": publications}
    Frame(as_json, quiet).result(content, lambda: _say_list(content))


@reference.command()
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@options
def check(path: Path, as_json: bool, quiet: bool) -> int:
    """Read every file of a pack and say what its data must be read with. Nothing is changed.

    Ends with exit code 3 when a file is refused, 1 when a check could not run.
    """
    from earlyhelp.errors import Exit
    from earlyhelp.reference.checking import check_pack
    from earlyhelp.reference.pack import open_pack

    frame = Frame(as_json, quiet)
    with frame.progress() as progress:
        progress("reading and checking every file")
        found = check_pack(open_pack(path)).as_dict()
    frame.result(found, lambda: _say_checked(found))
    if found["refused"]:
        return Exit.REFUSED
    return Exit.FAILED if any(each["outcome"] == "broken" for each in found["checks"]) else Exit.DONE


@reference.command()
@click.argument("area_code", metavar="CODE")
@click.option(
    "--packs", "path", metavar="PATH", required=True, type=click.Path(path_type=Path), help="The pack to read."
)
@options
def profile(area_code: str, path: Path, as_json: bool, quiet: bool) -> None:
    """Show one council from public figures alone: need, money, children in need, who refers, neighbours, direction.

    CODE is the council's ONS code, for example E09000032. No record of the council is read.
    """
    from earlyhelp.reference.profile import profile as make

    frame = Frame(as_json, quiet)
    with frame.progress() as progress:
        progress("reading the pack")
        found = make(path, area_code)
    frame.result(found.as_dict(), lambda: _say_profile(found))


def _content(pack: Pack) -> dict[str, Any]:
    files = [
        {
            "path": each.path,
            "publication": each.publication,
            "vintage": each.vintage,
            "retrieved": each.retrieved,
            "rows": each.rows,
            "sha256": each.sha256,
        }
        for each in pack.resources
    ]
    return {"pack": pack.name, "title": pack.title, "files": files}


def _say_added(pack: Pack) -> None:
    rows = sum(each.rows or 0 for each in pack.resources)
    click.echo(f"{pack.name}: {len(pack.resources)} files and {rows:,} rows are in the workspace, read-only.")
    click.echo(f"What to read them with: earlyhelp reference check {pack.folder}")


def _say_list(content: Mapping[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table

    for pack in content["packs"]:
        rows = [
            [f["path"], f["publication"], f["vintage"], f["retrieved"], f"{f['rows'] or 0:,}"] for f in pack["files"]
        ]
        print_table(f"Pack {pack['pack']}", ("file", "publication", "edition", "retrieved", "rows"), rows, right=(4,))
        click.echo()
    rows = [
        [each["publication"], "yes" if each["held"] else "", each["take"], each["published_at"]]
        for each in content["publications"]
    ]
    print_table("What can be read", ("publication", "held", "what to take", "published at"), rows)


def _say_checked(found: Mapping[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table

    rows = [
        [each["path"], each["publication"], each["vintage"], f"{each['rows']:,}", _without(each["statuses"])]
        for each in found["files"]
    ]
    print_table(
        "Files read", ("file", "publication", "edition", "rows", "figures that are not there"), rows, right=(3,)
    )
    for each in found["refused"]:
        click.echo(f"Refused: {each['where']}: {each['error']}\n  {each['fix']}")
    for each in found["checks"]:
        if each["findings"]:
            click.echo()
            _say_findings(each)
    click.echo()
    click.echo(_counted(found["checks"]))


def _say_findings(check: Mapping[str, Any]) -> None:
    findings = check["findings"]
    click.echo(f"{check['title']} ({check['check']}, {len(findings):,})")
    for each in findings[:_SHOWN]:
        where = " ".join(
            part for part in (each["area_name"], each["area_code"], each["period"], each["measure"]) if part
        )
        click.echo(f"  - {where or each['publication']}: {each['found']}")
    if len(findings) > _SHOWN:
        click.echo(f"  and {len(findings) - _SHOWN:,} more: --json")


def _without(statuses: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {status}" for status, count in statuses.items() if status != "ok")


def _counted(checks: Iterable[Mapping[str, Any]]) -> str:
    told = [each["outcome"] for each in checks]
    broken = f", {told.count('broken')} could not run" if "broken" in told else ""
    return (
        f"Checks: {told.count('passed')} passed, {told.count('found')} found something, "
        f"{told.count('not_applicable')} do not apply to this pack{broken}. Nothing was changed."
    )


_PROFILE = ("figure", "unit", "value", "period", "before", "direction", "neighbours", "England", "source")


def _say_profile(found: Profile) -> None:
    from earlyhelp.cli.tables import print_table

    click.echo(f"{found.name} ({found.area_code}, {found.region}), from public figures alone.")
    for section in dict.fromkeys(row.section for row in found.rows):
        click.echo()
        rows = [_profile_row(row) for row in found.rows if row.section == section]
        print_table(section, _PROFILE, rows, right=(2, 6, 7))
    click.echo()
    near = ", ".join(name for _, name in found.neighbours)
    click.echo(
        f"Statistical neighbours: {near or 'the pack has no list of them'}. Their figure is the median of those known."
    )
    if found.findings:
        click.echo("Read with it:")
    for finding in found.findings:
        where = " ".join(part for part in (finding.period, finding.measure or finding.publication) if part)
        click.echo(f"  - {where}: {finding.found}")
    click.echo("A figure alone says neither good nor bad: definitions and recording differ between councils.")


def _profile_row(row: ProfileRow) -> list[str]:
    before = f"{_amount(row.earlier_value)} in {row.earlier_period}" if row.earlier_period else ""
    near = f"{_amount(row.neighbours_median)} (of {row.neighbours_known})" if row.neighbours_known else ""
    value = row.status.replace("_", " ") if row.value is None else _amount(row.value)
    return [
        row.label,
        row.unit,
        value,
        row.period,
        before,
        row.direction,
        near,
        _amount(row.england),
        Path(row.source).stem,
    ]


def _amount(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:,.1f}"
