"""ask: the prepared questions, answered in sentences, with a table, caveats and certificates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.frame import Frame, options

if TYPE_CHECKING:
    from earlyhelp.reports.answers import PreparedQuestion, Reply


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("question", metavar="[QUESTION]", required=False)
@click.option("--rows", "out", type=click.Path(path_type=Path), help="Write the cases behind it to this .csv file.")
@click.option("--reason", default="", help="Why the cases are looked at; it goes into the audit log.")
@options
def ask(folder: Path, question: str | None, out: Path | None, reason: str, as_json: bool, quiet: bool) -> int:
    """Answer a prepared question; without QUESTION, list them.

    With --rows, and a --reason, the cases that its plain rule counts are written to a file that its owner alone can read,
    in order of the event that put them there; the reading is recorded in the audit log.
    """
    from earlyhelp import answering
    from earlyhelp.cli.data import moment
    from earlyhelp.errors import Exit
    from earlyhelp.store.workspace import open_workspace

    frame = Frame(as_json, quiet)
    if question is None:
        _list(frame)
        return Exit.DONE
    if out:
        return _write_rows(frame, folder, question, out, reason)
    with frame.progress() as progress:
        progress("looking into it")
        asked, reply = answering.ask(open_workspace(folder), question, moment())
    found = {
        "question": asked.id,
        "asks": asked.asks,
        "answer": list(reply.answer),
        "table": [dict(row) for row in reply.table],
        "caveats": list(reply.caveats),
        "certificates": list(reply.certificates),
    }
    frame.result(found, lambda: _print(asked, reply))
    return Exit.DONE


def _write_rows(frame: Frame, folder: Path, question: str, out: Path, reason: str) -> int:
    from earlyhelp import worklists
    from earlyhelp.cli.data import account, moment
    from earlyhelp.errors import Exit, UsageProblem
    from earlyhelp.store.workspace import open_workspace

    if not reason.strip():
        raise UsageProblem(
            "Cases are looked at for a reason.", where="--reason", fix='Say why: --reason "team meeting"'
        )
    rows = worklists.write_worklist(
        open_workspace(folder), question, out, account=account(), reason=reason, when=moment()
    )
    told = {"question": question, "path": str(out), "rows": rows}
    frame.result(told, lambda: click.echo(f"{rows:,} cases written to {out}."))
    return Exit.DONE


def _list(frame: Frame) -> None:
    from earlyhelp.cli.tables import print_table
    from earlyhelp.reports.answers import PREPARED

    listed = [{"question": each.id, "asks": each.asks} for each in PREPARED.values()]
    rows = [[each["question"], each["asks"]] for each in listed]
    frame.result({"questions": listed}, lambda: print_table("", ("question", "what it asks"), rows))


def _print(asked: PreparedQuestion, reply: Reply) -> None:
    click.echo(asked.asks)
    for sentence in reply.answer:
        click.echo(f"  {sentence}")
    for rows in _alike(reply.table):
        _print_table(rows, reply.printed)
    if reply.caveats:
        click.echo("To be read with it:")
    for caveat in reply.caveats:
        click.echo(f"  - {caveat}")


def _alike(table: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The rows parted where their columns change: each part is a table of its own."""
    columns: Callable[[Mapping[str, Any]], list[str]] = list
    return [list(rows) for _, rows in groupby(table, key=columns)]


MOST_PRINTED = 20
"""Of a table of which a terminal shows some columns alone, it shows so many rows."""


def _print_table(rows: Sequence[Mapping[str, Any]], printed: Sequence[str]) -> None:
    from earlyhelp.cli.tables import print_table

    hidden = {"about", "numerator", "denominator", "status"}
    hidden |= {"value", "lower", "upper"} if "in_words" in rows[0] else set()
    hidden |= {name.removesuffix("_label") for name in rows[0] if name.endswith("_label")}
    headings = [name for name in printed or rows[0] if name in rows[0] and name not in hidden]
    names = {"in_words": "figure", "period_end": "up to"}
    shown = [names.get(each, each.removesuffix("_label").replace("_", " ")) for each in headings]
    first = rows[:MOST_PRINTED] if printed else rows
    print_table("", shown, [[_cell(row[each], row) for each in headings] for row in first])
    if len(first) < len(rows):
        click.echo(f"  and {len(rows) - len(first)} more: --json has them all")


def _cell(value: object, row: Mapping[str, Any]) -> str:
    """A cell as it is read; where there is none, what its row says instead."""
    from earlyhelp.reports.wording import IN_WORDS

    if isinstance(value, list):
        return " to ".join(_cell(each, row) for each in (value[0], value[-1]))
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    instead = {str(status): words for status, words in IN_WORDS.items()}
    return instead.get(row.get("status", ""), "") if value is None else str(value)
