"""ask: the prepared questions, answered in sentences, with a table, caveats and certificates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from earlyhelp.cli.frame import Frame, options

if TYPE_CHECKING:
    from earlyhelp.reports.answers import PreparedQuestion, Reply


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("question", metavar="[QUESTION]", required=False)
@options
def ask(folder: Path, question: str | None, as_json: bool, quiet: bool) -> int:
    """Answer a prepared question; without QUESTION, list them."""
    from earlyhelp import answering
    from earlyhelp.errors import Exit
    from earlyhelp.store.workspace import open_workspace

    frame = Frame(as_json, quiet)
    if question is None:
        _list(frame)
        return Exit.DONE
    with frame.progress() as progress:
        progress("looking into it")
        asked, reply = answering.ask(open_workspace(folder), question)
    found = {
        "question": asked.id,
        "asks": asked.asks,
        "answer": list(reply.answer),
        "table": [dict(row) for row in reply.table],
        "caveats": list(reply.caveats),
        "certificates": list(reply.certificates),
        "comes_with": asked.comes_with,
    }
    frame.result(found, lambda: _print(asked, reply))
    return Exit.GATE if asked.comes_with else Exit.DONE


def _list(frame: Frame) -> None:
    from earlyhelp.cli.tables import print_table
    from earlyhelp.reports.answers import PREPARED

    listed = [{"question": each.id, "asks": each.asks, "comes_with": each.comes_with} for each in PREPARED.values()]
    rows = [[each["question"], each["asks"], "not yet" if each["comes_with"] else ""] for each in listed]
    frame.result({"questions": listed}, lambda: print_table("", ("question", "what it asks", ""), rows))


def _print(asked: PreparedQuestion, reply: Reply) -> None:
    from earlyhelp.cli.tables import print_table

    click.echo(asked.asks)
    for sentence in reply.answer:
        click.echo(f"  {sentence}")
    if reply.table:
        hidden = {"numerator", "denominator", "value", "lower", "upper", "status"}
        hidden |= {name.removesuffix("_label") for name in reply.table[0] if name.endswith("_label")}
        headings = [name for name in reply.table[0] if name not in hidden]
        names = {"in_words": "figure", "period_end": "up to"}
        rows = [["" if row.get(each) is None else str(row.get(each)) for each in headings] for row in reply.table]
        print_table("", [names.get(each, each.removesuffix("_label")) for each in headings], rows)
    if reply.caveats:
        click.echo("To be read with it:")
    for caveat in reply.caveats:
        click.echo(f"  - {caveat}")
