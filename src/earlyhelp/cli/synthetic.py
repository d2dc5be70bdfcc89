"""synthesise: invented councils with planted truth, in the layouts in which councils really hold their records."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from earlyhelp.cli.frame import Frame, options
from earlyhelp.errors import UsageProblem


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--councils", type=int, default=1, show_default=True, help="How many councils to make.")
@click.option("--children", type=int, default=20_000, show_default=True, help="Children aged 0 to 17 in each.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same files.")
@click.option("--like", multiple=True, help="Resemble this council by its published rates; may be given again.")
@click.option("--layout", default="extracts", show_default=True, help="extracts (each system's own) or standard.")
@click.option("--format", "kind", default="csv", show_default=True, help="Of the standard layout: csv or parquet.")
@click.option("--mess", type=float, default=1.0, show_default=True, help="How messy: 0 for not at all, 1 as usual.")
@click.option(
    "--systems",
    default="returns",
    show_default=True,
    help="Drawn from: returns, recent, warehouse, partners, schools, mosaic, eclipse.",
)
@click.option("--words", type=click.Path(path_type=Path), help="A table of local code words to draw from.")
@click.option("--resume", is_flag=True, help="Carry on in a folder that the same arguments began.")
@options
def synthesise(
    folder: Path,
    councils: int,
    children: int,
    seed: int,
    like: tuple[str, ...],
    layout: str,
    kind: str,
    mess: float,
    systems: str,
    words: Path | None,
    resume: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make invented councils: raw extracts as real systems give them, and the truth apart from them.

    Extracts lie in FOLDER/<council>, the truth about them in FOLDER/truth/<council>. Nothing in them is real.
    """
    from earlyhelp.synthetic.synthesise import Plan
    from earlyhelp.synthetic.synthesise import synthesise as make

    if words is not None and not words.is_file():
        raise UsageProblem("There is no such file.", where="--words", fix="Name a CSV of local code words.")
    frame = Frame(as_json, quiet)
    plan = Plan(councils, children, seed, like, layout, kind, mess, systems)
    with frame.progress() as progress:
        made = make(folder, plan, resume=resume, words=words, progress=progress)

    def in_words() -> None:
        for each in made:
            click.echo(f"{folder / each.folder}: {each.name}, drawn like {each.resembles}; {each.rows:,} true records")
        click.echo(f"The truth about them lies in {folder / 'truth'}.")
        first = made[0]
        click.echo(f"Next: earlyhelp init DIR --council {first.code}, then earlyhelp load DIR {folder / first.folder}")

    frame.result({"folder": str(folder), "councils": [asdict(each) for each in made]}, in_words)
