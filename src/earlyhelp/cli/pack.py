"""pack: released figures as a signed file that councils send each other, and the comparison made from such files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Frame, options
from earlyhelp.cli.release import signed_in

if TYPE_CHECKING:
    from earlyhelp.compare import Comparison, Groups, Pack
    from earlyhelp.compare.comparison import Line, MeasureCompared

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))


@click.group()
def pack() -> None:
    """Packs: figures that councils swap as signed files, without a hub, and compare for themselves."""


@pack.command()
@_FOLDER
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The .json file to write.")
@click.option("--to", "recipients", default="", help="For whom it is.")
@options
def write(folder: Path, out: Path, recipients: str, as_json: bool, quiet: bool) -> None:
    """Write the current figures as a signed pack: rounded, audited with every earlier pack, and put on record.

    Where the workspace has users, somebody else must approve it first: it then ends with 4 and says how.
    """
    from earlyhelp import sharing
    from earlyhelp.cli.data import moment
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    with frame.progress() as progress:
        progress("counting, then attacking what is to leave")
        found = sharing.write_pack(workspace, out, signed_in(), moment(), recipients or sharing.ANY_MEMBER)
    told = {
        **about(found.pack),
        "release": found.release.id,
        "path": str(found.file),
        "sha256": found.release.sha256,
        "withheld": found.withheld,
        "audit": list(found.release.proposal.audit),
        "fingerprint": found.key.fingerprint,
    }

    def words() -> None:
        click.echo(f"{out}: pack {found.pack.serial} of {found.pack.council}, {found.pack.rows} figures.")
        for sentence in found.release.proposal.audit:
            click.echo(f"  {sentence}")
        if found.withheld:
            click.echo(f"  {found.withheld} groups of figures were withheld, as they told too much.")
        click.echo(f"  Release {found.release.id}, sha256 {found.release.sha256}")

    frame.result(told, words)


@pack.command()
@_FILE
@click.option("--key", type=click.Path(path_type=Path), help="The public key of the council it should be from.")
@click.option("--in", "folder", type=click.Path(path_type=Path), help="A workspace, with the keys it trusts.")
@options
def verify(file: Path, key: Path | None, folder: Path | None, as_json: bool, quiet: bool) -> None:
    """Whether a pack is whole, signed by the council it names, not replayed and made under rules as strict as ours."""
    from earlyhelp import receiving
    from earlyhelp.store.workspace import open_workspace

    found = receiving.verify_pack(file, key, open_workspace(folder) if folder else None)
    told = {**about(found), "verified": True}
    Frame(as_json, quiet).result(told, lambda: click.echo(f"{file.name} is whole and signed by {_whose(found)}."))


@pack.command()
@_FILE
@options
def read(file: Path, as_json: bool, quiet: bool) -> None:
    """What a pack holds. The signature is checked against the key in the file; whose key that is, `verify` says."""
    from dataclasses import asdict

    from earlyhelp import receiving

    found = receiving.look_into(file).pack
    rows = [
        {"measure": each.measure, "definition": each.definition, **asdict(row), "dims": dict(row.dims)}
        for each in found.measures.values()
        for row in each.rows
    ]
    told = None if found.groups is None else [_group(key, each) for key, each in found.groups.items()]
    Frame(as_json, quiet).result({**about(found), "rows": rows, "groups": told}, lambda: _print_pack(found))


def _group(key: tuple[str, str], told: Groups) -> dict[str, Any]:
    """The groups of a measure that a pack names, as JSON has them."""
    return {"measure": key[0], "by": key[1], "start": told.start, "end": told.end, "codes": list(told.codes)}


@pack.command()
@_FOLDER
@click.option("--out", type=click.Path(path_type=Path), help="Write the key as the .json file that others need.")
@options
def keys(folder: Path, out: Path | None, as_json: bool, quiet: bool) -> None:
    """The council's own public key, to send to others; and the keys it trusts, by fingerprint."""
    from earlyhelp import receiving
    from earlyhelp.store.row_files import is_writable
    from earlyhelp.store.workspace import open_workspace

    workspace = open_workspace(folder)
    own = receiving.public_key(workspace)
    if out:
        is_writable(out, (".json",))
        out.write_bytes(own.file_bytes())
    others = {council: key for council, key in receiving.trusted_keys(workspace).items() if council != own.council}
    told = {
        "council": own.council,
        "key": own.key,
        "fingerprint": own.fingerprint,
        "path": str(out or ""),
        "trusted": {council: key.fingerprint for council, key in others.items()},
    }

    def words() -> None:
        click.echo(f"{own.council}  key {own.key}")
        click.echo(f"           fingerprint {own.fingerprint}")
        for council, key in others.items():
            click.echo(f"{council}  trusted, fingerprint {key.fingerprint}")

    Frame(as_json, quiet).result(told, words)


@pack.command()
@_FOLDER
@_FILE
@click.option("--replace", is_flag=True, help="The council has a new key: forget the old one.")
@options
def trust(folder: Path, file: Path, replace: bool, as_json: bool, quiet: bool) -> None:
    """Trust another council's public key. Read its fingerprint to them over the telephone first."""
    from earlyhelp import receiving
    from earlyhelp.store.workspace import open_workspace

    found = receiving.trust(open_workspace(folder), file, replace=replace)
    told = {"council": found.council, "fingerprint": found.fingerprint}
    Frame(as_json, quiet).result(told, lambda: click.echo(f"{found.council} is trusted: {found.fingerprint}"))


@pack.command()
@_FOLDER
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--with", "peers", default="", help="Only these councils, by code, separated by commas.")
@click.option(
    "--neighbours", type=click.Path(path_type=Path), help="Only statistical neighbours, by this reference data."
)
@click.option("--measure", "measures", default="", help="Only these measures in the file, by id: A2,B8")
@click.option("--out", type=click.Path(path_type=Path), help="Write it as .html, .docx, .xlsx or .pdf.")
@options
def compare(
    folder: Path,
    files: tuple[Path, ...],
    peers: str,
    neighbours: Path | None,
    measures: str,
    out: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Own figures beside those of other councils' packs. A pack that cannot be trusted is named and left out.

    Councils are named in order and never ranked. With --out: charts, tables, and what to ask those that do better.
    """
    from earlyhelp import comparing, sharing
    from earlyhelp.store.row_files import is_writable
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    only = _codes(measures)
    comparing.check_measures(only)
    if out:
        is_writable(out, comparing.ENDINGS)
    wanted = _codes(peers)
    if neighbours:
        wanted += sharing.neighbours_of(workspace, neighbours)
    with frame.progress() as progress:
        progress("reading packs")
        found = comparing.beside_others(workspace, files, wanted, neighbours)
        told = comparing.as_json(found)
        if out:
            progress("drawing charts, writing")
            comparing.write_comparison(workspace, found, out, only)
            told["path"] = str(out)
    frame.result(told, lambda: _say_written(told, out) if out else _print_comparison(found.comparison, told["learn"]))


def _codes(told: str) -> list[str]:
    return [each.strip() for each in told.split(",") if each.strip()]


def _say_written(told: Mapping[str, Any], out: Path) -> None:
    for each in told["left_out"]:
        click.echo(f"left out  {each['file']}: {each['why']}")
    click.echo(f"{out}: {told['council']} beside {len(told['councils']) - 1} councils.")


def about(found: Pack) -> dict[str, Any]:
    """What a pack says of itself, as JSON has it."""
    return {
        "council": found.council,
        "name": found.name,
        "serial": found.serial,
        "made": found.made,
        "format": found.format,
        "year": list(found.year),
        "policy": found.policy.name,
        "round_to": found.policy.round_to,
        "context": dict(found.context),
        "links": dict(found.links),
        "figures": found.rows,
    }


def _whose(found: Pack) -> str:
    return (
        f"{found.name or 'the council'} ({found.council}), pack {found.serial} for {found.year[0]} to {found.year[1]}"
    )


def _print_pack(found: Pack) -> None:
    from earlyhelp.cli.tables import print_table

    click.echo(f"Pack of {_whose(found)}, made {found.made}. Counts are rounded to {found.policy.round_to}.")
    rows = [
        [each.measure, each.definition, row.end, _dims(dict(row.dims)), *_numbers(vars(row)), row.status]
        for each in found.measures.values()
        for row in each.rows
    ]
    headings = ("id", "definition", "year to", "of", "counted", "of all", "value", "status")
    print_table("", headings, rows, right=(4, 5, 6))
    named = [[name, by, told.end, ", ".join(told.codes) or "none"] for (name, by), told in (found.groups or {}).items()]
    if named:
        print_table("Named without a count", ("id", "by", "year to", "codes"), named)


def _numbers(row: Mapping[str, Any]) -> list[str]:
    return [_number(row[name]) for name in ("numerator", "denominator", "value")]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,}"


def _dims(dims: Mapping[str, str]) -> str:
    return ", ".join(dims.values())


def _print_comparison(found: Comparison, learn: Sequence[Mapping[str, Any]]) -> None:
    for each in found.left_out:
        click.echo(f"left out  {each.file}: {each.why}")
    click.echo(f"{found.council} beside {len(found.councils) - 1} councils, {found.year[0]} to {found.year[1]}")
    for measure in found.measures:
        if any(line.value is not None for line in measure.lines):
            _print_measure(measure)
    silent = [each.measure for each in found.measures if all(line.value is None for line in each.lines)]
    if silent:
        click.echo(f"No council has a figure of: {', '.join(dict.fromkeys(silent))}.")
    for one in learn:
        click.echo(f"\nTo ask about {one['title']}. {one['says']}")
        for question in one["questions"]:
            click.echo(f"  {question}")


def _print_measure(found: MeasureCompared) -> None:
    from earlyhelp.cli.tables import print_table

    of = f", {_dims(found.dims)}" if found.dims else ""
    title = f"{found.measure} {found.name}{of} ({found.definition}), counts {found.unit}"
    rows = [
        [each.name, _value(found, each), _number(each.numerator), _number(each.denominator), _standing(each)]
        for each in found.lines
    ]
    print_table(title, ("council", "value", "counted", "of all", "beside all together"), rows, right=(1, 2, 3))
    if found.spread and found.statistic != "count":
        spread = found.spread
        click.echo(
            f"Half of {spread.councils} councils lie between {_written(found, spread.lower_quartile)} "
            f"and {_written(found, spread.upper_quartile)}."
        )
    if found.pooled:
        pooled = found.pooled
        click.echo(
            f"Pooled over {pooled.councils} councils: {_written(found, pooled.mean)} "
            f"({_written(found, pooled.lower)} to {_written(found, pooled.upper)})."
        )
    click.echo()


def _value(found: MeasureCompared, line: Line) -> str:
    if line.value is not None:
        return _written(found, line.value)
    return "not reached yet" if line.status == "ok" else line.status.replace("_", " ")


def _written(found: MeasureCompared, value: float) -> str:
    return f"{value:.1%}" if found.statistic in ("share", "mix") else f"{value:,.1f}"


def _standing(line: Line) -> str:
    if line.differs_in:
        return "; ".join(line.differs_in)
    return {"inside": "as chance would have it", "": ""}.get(line.place, f"{line.place} per cent limits")
