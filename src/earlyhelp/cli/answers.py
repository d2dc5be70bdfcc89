"""What a first run shows: what was read, and the first answers with their certificates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from earlyhelp.answering import Answer, ask, measure
from earlyhelp.cli.tables import print_table
from earlyhelp.ingest.receive import staged_feeds
from earlyhelp.measures import Grain, Question
from earlyhelp.pipeline import Run
from earlyhelp.release import ReleasedRow, spreads
from earlyhelp.reports.wording import in_words, interval_of, number, over_years, value_of, written
from earlyhelp.store.workspace import Workspace

FIRST_ANSWERS: tuple[tuple[str, Question], ...] = (
    ("A1", Question(grain=Grain.YEAR)),
    ("A3", Question(grain=Grain.YEAR)),
    ("B6", Question(grain=Grain.YEAR)),
    ("C1", Question()),
    ("C5", Question(grain=Grain.YEAR)),
    ("D1", Question(grain=Grain.YEAR)),
    ("G2", Question()),
    ("G3", Question(grain=Grain.YEAR)),
    ("G4", Question(grain=Grain.YEAR)),
    ("G9", Question()),
)


THREE_QUESTIONS = (
    "which-services-help-most",
    "where-is-domestic-abuse-worst",
    "which-families-are-destabilised-by-poverty",
)
"""The questions that this project was begun for."""
MOST_SENTENCES = 4


def print_intake(workspace: Workspace, done: Run | None, *, show: bool) -> list[dict[str, Any]]:
    """The account of every feed; printed as a table when `show`."""
    feeds = staged_feeds(workspace)
    accounts = [
        {
            "path": feed["path"],
            "source": feed["source"],
            **{name: sum(table[name] for table in feed["tables"]) for name in _COUNTS},
        }
        for feed in feeds
    ]
    if show:
        _print_accounts(accounts)
        for refused in done.loaded.refused if done else []:
            click.echo(f"refused: {refused.where}: {refused.error}", err=True)
        click.echo()
    return accounts


def _print_accounts(accounts: list[dict[str, Any]]) -> None:
    """A row a source, with how many files it came in, and a row for all."""
    sources = list(dict.fromkeys(each["source"] for each in accounts))
    groups = [(source, [each for each in accounts if each["source"] == source]) for source in sources]
    rows = [
        [named, number(len(members)), *(number(sum(each[name] for each in members)) for name in _COUNTS)]
        for named, members in [*groups, ("all", accounts)]
    ]
    print_table(
        "What was read", ("source", "files", "rows read", "accepted", "in quarantine"), rows, right=(1, 2, 3, 4)
    )


_COUNTS = ("rows_read", "rows_accepted", "rows_quarantined")


def print_answers(workspace: Workspace, *, show: bool) -> list[dict[str, Any]]:
    """The first answers; printed as tables when `show`."""
    answers = []
    for measure_id, asked in FIRST_ANSWERS:
        answer = measure(workspace, measure_id, asked)
        answers.append(as_json(answer))
        if show:
            print_answer(answer)
    if show:
        click.echo("Counts of 1 to 5 are not shown. Behind every figure stands a certificate:")
        click.echo(f"  earlyhelp certificate {workspace.root} {answers[0]['rows'][-1]['certificate']}")
        click.echo(f"  earlyhelp measure {workspace.root} A1 --by source_code --period quarter")
    return answers


def print_questions(workspace: Workspace, when: str, *, show: bool) -> list[dict[str, Any]]:
    """The three questions and their answers in sentences; what the data cannot carry says so. Printed when `show`."""
    told = [_asked(workspace, name, when) for name in THREE_QUESTIONS]
    for each in told if show else ():
        click.echo(each["asks"])
        for sentence in each["answer"][:MOST_SENTENCES]:
            click.echo(f"  {sentence}")
        click.echo(f"  The whole answer: earlyhelp ask {workspace.root} {each['question']}")
        click.echo()
    return told


def _asked(workspace: Workspace, name: str, when: str) -> dict[str, Any]:
    question, reply = ask(workspace, name, when)
    return {"question": name, "asks": question.asks, "answer": list(reply.answer)}


def print_answer(answer: Answer) -> None:
    """One measure for a reader: its question, then a row a figure."""
    wanted = answer.released.measure
    dims = list(answer.released.rows[0].dims) if answer.released.rows else []
    headings = ["from", "to", *dims, "counted", "of", "value", "95% interval", "certificate"]
    rows = [
        [
            in_words(row.period_start),
            in_words(row.period_end),
            *(row.labels.get(f"{name}_label", value) for name, value in row.dims.items()),
            number(row.numerator),
            number(row.denominator),
            value_of(row, wanted),
            interval_of(row, wanted),
            certificate,
        ]
        for row, certificate in zip(answer.released.rows, answer.certificates, strict=True)
    ]
    first = 2 + len(dims)
    print_table(f"{wanted.id} {wanted.name}: {wanted.question}", headings, rows, right=range(first, first + 4))
    if answer.released.missing:
        click.echo(f"no data: nothing fills {', '.join(answer.released.missing)}")
    for gate in answer.released.closed:
        click.echo(f"not shown: {gate.words}")
    for kind in answer.released.not_held:
        click.echo(f"no data: {kind.words}")
    if note := over_years(answer.released):
        click.echo(note)
    moved = [each for each in answer.ranges if each and each[0] != each[1]]
    if moved:
        widest = max(moved, key=lambda each: each[1] - each[0])
        click.echo(
            f"linkage: linked more or less strictly, the widest figure would lie from {written(widest[0], wanted)} "
            f"to {written(widest[1], wanted)}"
        )
    click.echo()


def as_json(answer: Answer) -> dict[str, Any]:
    """One answer as `measure --json` prints it."""
    wanted = answer.released.measure
    rows = zip(answer.released.rows, answer.certificates, answer.ranges, strict=True)
    return {
        "measure": wanted.id,
        "name": wanted.name,
        "definition": answer.definition,
        "unit": wanted.unit,
        "statistic": str(wanted.statistic),
        "policy": answer.released.policy.name,
        "snapshot": answer.snapshot,
        "rows": [_row_json(row, certificate) | _range_json(linked) for row, certificate, linked in rows],
        "missing_columns": list(answer.released.missing),
        "closed_gates": [gate._asdict() for gate in answer.released.closed],
        "kinds_not_held": [kind._asdict() for kind in answer.released.not_held],
        **({"note": note} if (note := over_years(answer.released)) else {}),
    }


def rivals_json(side_by_side: Sequence[Answer]) -> dict[str, Any]:
    """One measure under each of its definitions, and how far they lie apart where they are on one scale."""
    found = spreads([answer.released for answer in side_by_side])
    return {
        "measure": side_by_side[0].released.measure.id,
        "definition": "all",
        "definitions": [as_json(answer) for answer in side_by_side],
        "spread": [
            {
                "period_start": each.place.period_start,
                "period_end": each.place.period_end,
                **each.dims,
                "statistic": str(each.place.statistic),
                "lowest": each.lowest,
                "lowest_definition": each.lowest_definition,
                "highest": each.highest,
                "highest_definition": each.highest_definition,
                "definitions_told": each.told,
                "definitions_not_told": list(each.others),
            }
            for each in found
        ],
    }


def print_rivals(measure_id: str, side_by_side: Sequence[Answer]) -> None:
    """Each definition as a table of its own, then a sentence a period on how far they lie apart."""
    for answer in side_by_side:
        click.echo(f"Definition {answer.definition}: {answer.released.measure.numerator}")
        print_answer(answer)
    own = {answer.definition: answer.released.measure for answer in side_by_side}
    for each in spreads([answer.released for answer in side_by_side]):
        lowest, highest = (
            f"{written(value, own[name])} ({name})"
            for value, name in ((each.lowest, each.lowest_definition), (each.highest, each.highest_definition))
        )
        groups = "".join(f", {value}" for value in each.dims.values())
        click.echo(
            f"{in_words(each.place.period_start)} to {in_words(each.place.period_end)}{groups}: "
            f"{each.told} definitions of {measure_id} lie between {lowest} and {highest}."
        )


def _range_json(linked: tuple[float, float] | None) -> dict[str, Any]:
    """The range under stricter and looser linking, of measures that follow people."""
    return {"linkage_lower": linked[0], "linkage_upper": linked[1]} if linked else {}


def _row_json(row: ReleasedRow, certificate: str) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "period_start": row.period_start,
        "period_end": row.period_end,
        **row.dims,
        **row.labels,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "value": row.value,
        "lower": row.lower,
        "upper": row.upper,
        "status": str(row.status),
        "certificate": certificate,
    }
