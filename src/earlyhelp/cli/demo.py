"""demo: invented councils, the whole pipeline on their extracts, and what it answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from earlyhelp.cli.frame import Frame, options
from earlyhelp.errors import NothingToDo


@click.command()
@click.option("--dir", "folder", type=click.Path(path_type=Path), default=Path("demo"), show_default=True)
@click.option("--councils", type=int, default=2, show_default=True, help="How many invented councils.")
@click.option("--children", type=int, default=4_000, show_default=True, help="Children aged 0 to 17 in each.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same councils.")
@click.option("--serve", "serves", is_flag=True, help="Then open the first council in the web application.")
@click.option("--port", type=int, default=8000, show_default=True, help="Where the web application listens.")
@options
def demo(
    folder: Path, councils: int, children: int, seed: int, serves: bool, port: int, as_json: bool, quiet: bool
) -> None:
    """Run the whole pipeline on invented councils and print what it answers.

    Extracts, truth and workspaces stay in the folder; run again, it prints the answers without making anything anew.
    """
    from earlyhelp.synthetic.synthesise import Plan, synthesise

    frame = Frame(as_json, quiet)
    with frame.progress() as progress:
        made = synthesise(
            folder / "made",
            Plan(councils, children, seed, systems="recent"),
            resume=(folder / "made").exists(),
            progress=progress,
        )
        ran = [_run(folder / each.folder, folder / "made" / each.folder, each, progress) for each in made]
    told = [
        _tell(council, workspace, done, show=not as_json) for council, (workspace, done) in zip(made, ran, strict=True)
    ]
    first = told[0]["workspace"] if told else str(folder)
    frame.result({"folder": str(folder), "councils": told}, lambda: _say_where(folder, first))
    if serves and told:
        from earlyhelp.cli.serve import serve_demo

        serve_demo(Path(first), port, frame)


def _run(root: Path, extracts: Path, council: Any, progress: Callable[[str], None]) -> tuple[Any, Any]:
    """The council's workspace with a current snapshot, and what was done to get there; None when there was nothing to do."""
    from earlyhelp.pipeline import run
    from earlyhelp.store.workspace import create_workspace, open_workspace

    if not (root / "council.toml").exists():
        create_workspace(root, council.code, f"{council.name} (invented)")
    workspace = open_workspace(root)
    if workspace.current is None:
        shutil.copytree(extracts, workspace.inbox, dirs_exist_ok=True)
    try:
        return workspace, run(workspace, date.today(), progress=lambda step: progress(f"{council.name}: {step}"))
    except NothingToDo:
        return workspace, None


def _tell(council: Any, workspace: Any, done: Any, *, show: bool) -> dict[str, Any]:
    from earlyhelp.cli.answers import print_answers, print_intake, print_questions
    from earlyhelp.cli.data import moment

    if show:
        click.echo(f"{council.name}, an invented council drawn like {council.resembles}")
        click.echo()
    feeds = print_intake(workspace, done, show=show)
    answers = print_answers(workspace, show=show)
    questions = print_questions(workspace, moment(), show=show)
    about = {"name": council.name, "resembles": council.resembles, "workspace": str(workspace.root)}
    return {**about, "snapshot": workspace.current, "feeds": feeds, "answers": answers, "questions": questions}


def _say_where(folder: Path, workspace: str) -> None:
    click.echo("Go on with:")
    click.echo(f"  earlyhelp serve {workspace}")
    click.echo(f"  earlyhelp evaluate {workspace} service:S01")
    click.echo(f"  earlyhelp report {workspace} business-case --service S01 --out business-case.html")
    click.echo()
    click.echo(
        f"The councils' extracts lie in {folder / 'made'}, and the truth about them in {folder / 'made' / 'truth'}."
    )
