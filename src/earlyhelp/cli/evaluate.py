"""evaluate: one study, declared before it reads an outcome; what was found, and what may and may not be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Frame, options

if TYPE_CHECKING:
    from earlyhelp.release.findings import ReleasedFinding
    from earlyhelp.release.studies import ReleasedPool, ReleasedStudy

_METHODS = {
    "entropy_balancing": "weights that make families alike (primary)",
    "aipw": "outcome and offer modelled, cross-fitted",
    "matching": "one to one pairs",
}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("study", metavar="[STUDY]", required=False)
@click.option("--outcome", default="step_up", show_default=True, help="What it is studied for.")
@click.option("--window", default=12, show_default=True, help="Months of follow-up: 6, 12, 18 or 24.")
@click.option(
    "--share", type=click.Path(path_type=Path), help="Write what other councils may have of it to this .json file."
)
@click.option("--as", "called", default="", help="What the councils call the study between them (with --share).")
@options
def evaluate(
    folder: Path,
    study: str | None,
    outcome: str,
    window: int,
    share: Path | None,
    called: str,
    as_json: bool,
    quiet: bool,
) -> int:
    """Do a study, as service:S01; without STUDY, list those there are.

    Families offered the service are compared with families like them who were offered something else or nothing. The plan is
    registered before an outcome is read. Where the groups are not alike enough there is no figure, and it ends with 4.
    """
    from earlyhelp import studying
    from earlyhelp.cli.data import moment
    from earlyhelp.errors import Exit
    from earlyhelp.store.workspace import open_workspace

    frame, workspace = Frame(as_json, quiet), open_workspace(folder)
    if study is None:
        listed = studying.studies_there_are(workspace)
        frame.result({"studies": listed}, lambda: _list(listed))
        return Exit.DONE
    if share:
        return _share(frame, folder, study, called or study, share)
    with frame.progress() as progress:
        progress("making families alike, then reading outcomes")
        found = studying.evaluate_study(workspace, study, moment(), outcome, window)
    frame.result(found.as_dict(), lambda: _print(found))
    return Exit.DONE if any(row["estimate"] is not None for row in found.estimates) else Exit.GATE


def _share(frame: Frame, folder: Path, study: str, called: str, target: Path) -> int:
    from earlyhelp import studying
    from earlyhelp.cli.data import moment
    from earlyhelp.errors import Exit
    from earlyhelp.store.files import write_json
    from earlyhelp.store.workspace import open_workspace

    rows = studying.share_study(open_workspace(folder), study, called, moment())
    write_json(target, {"study": called, "estimates": rows})
    told = {"study": called, "path": str(target), "estimates": len(rows)}
    frame.result(
        told, lambda: click.echo(f"{len(rows)} estimates written to {target}. No record and no count below the rule.")
    )
    return Exit.DONE


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@options
def pool(files: tuple[Path, ...], as_json: bool, quiet: bool) -> int:
    """Pool one study of several councils from the files that each wrote with evaluate --share. No record moves."""
    from earlyhelp import studying
    from earlyhelp.errors import Exit

    frame, found = Frame(as_json, quiet), studying.pool_shared(files)
    frame.result(found.as_dict(), lambda: _print_pool(found))
    return Exit.DONE


def _print_pool(found: ReleasedPool) -> None:
    from earlyhelp.cli.tables import print_table

    click.echo(f"{found.study}, by {len({row['council'] for row in found.councils})} councils")
    for sentence in found.may_say:
        click.echo(f"  {sentence}")
    click.echo("What the pooled data cannot explain:")
    for sentence in found.may_not_say:
        click.echo(f"  - {sentence}")
    rows = [[row["cohort"], row["council"], *_points(row)] for row in found.councils]
    print_table("", ("families", "council", "difference in 100 families", "95 per cent interval"), rows)


def _list(names: list[str]) -> None:
    for name in names:
        click.echo(name)
    if not names:
        click.echo("There is nothing to study: the data names no service.")


def _print(found: ReleasedFinding | ReleasedStudy) -> None:
    click.echo(f"{found.study}: {found.verdict}")
    for sentence in found.may_say:
        click.echo(f"  {sentence}")
    click.echo("What may not be said:")
    for sentence in found.may_not_say:
        click.echo(f"  - {sentence}")
    if "windows" in vars(found):
        _print_service(vars(found))
    elif found.as_dict()["table"]:
        _print_providers(found.as_dict()["table"])
    click.echo(
        f"Plan {found.plan}, declared {found.declared}. Design grade {found.design_grade} on the Maryland scale."
    )


def _print_service(found: Mapping[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table

    if found["estimates"][0]["estimate"] is not None:
        shown = [[_METHODS.get(row["method"], row["method"]), *_points(row)] for row in found["estimates"]]
        print_table("", ("method", "difference in 100 families", "95 per cent interval"), shown)
        print_table("Every outcome in every window", _HEADINGS, [_window(row) for row in found["windows"]])
        groups = [[row["group_words"], *_cells(row)] for row in found["groups"]]
        print_table("For whom", ("families", *_HEADINGS[2:]), groups)
    rows = [[row["words"], f"{row['before']:+.2f}", f"{row['after']:+.2f}"] for row in found["balance"][:8]]
    print_table("How alike the groups are, in standard deviations", ("what differed most", "before", "after"), rows)


def _print_providers(rows: Sequence[Mapping[str, Any]]) -> None:
    from earlyhelp.cli.tables import print_table

    shown = [
        [row["organisation"], row["standing"], _shown(row["families"]), _shown(row["observed"]), _odds(row)]
        for row in rows
    ]
    print_table("", ("organisation", "standing", "families", "steps up", "odds against the average"), shown)


def _odds(row: Mapping[str, Any]) -> str:
    return (
        "not told" if row["estimate"] is None else f"{row['estimate']:.2f} ({row['lower']:.2f} to {row['upper']:.2f})"
    )


_HEADINGS = ("outcome", "months", "difference in 100 families", "95 per cent interval", "offered", "compared")


def _window(row: Mapping[str, Any]) -> list[str]:
    return [row["outcome_words"], str(row["months"]), *_cells(row)]


def _cells(row: Mapping[str, Any]) -> list[str]:
    if row["estimate"] is None:
        return ["no figure", row["why"].split(". ")[0].rstrip("."), _shown(row["n_treated"]), _shown(row["n_compared"])]
    return [*_points(row), _shown(row["n_treated"]), _shown(row["n_compared"])]


def _points(row: Mapping[str, Any]) -> list[str]:
    return [f"{100 * row['estimate']:+.1f}", f"{100 * row['lower']:+.1f} to {100 * row['upper']:+.1f}"]


def _shown(count: float | None) -> str:
    return "not told" if count is None else f"{count:,.0f}"
