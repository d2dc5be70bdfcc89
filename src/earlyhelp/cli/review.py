"""review: pairs of records that a person is to judge, one by one, and what came of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.cli.data import account, moment
from earlyhelp.cli.frame import Frame, options
from earlyhelp.errors import NothingToDo, UsageProblem

if TYPE_CHECKING:
    from earlyhelp.link.questions import Question
    from earlyhelp.link.review import Desk, Reviewer
    from earlyhelp.link.side_by_side import SideBySide
    from earlyhelp.store.workspace import Workspace

KEYS = {"s": "same", "d": "different", "u": "unsure", "q": ""}
_AS = click.option("--as", "name", default="", help="Your name as a reviewer; by default your account.")
_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.group()
def review() -> None:
    """Pairs of records that may be of one person: see the next, decide, withdraw, and how far the work has come."""


@review.command("next")
@_FOLDER
@_AS
@click.option(
    "--sample", is_flag=True, help="Of links drawn by chance instead: they tell how many of all links are right."
)
@click.option("--loop", is_flag=True, help="One after the other: s same, d different, u unsure, q quit.")
@options
def next_pair(folder: Path, name: str, sample: bool, loop: bool, as_json: bool, quiet: bool) -> None:
    """Show the pair whose answer is worth most, with names. Every reading is recorded in the audit log."""
    from earlyhelp.link.review import Desk
    from earlyhelp.store.workspace import open_workspace

    if loop and as_json:
        raise UsageProblem("--loop asks a person, --json answers a program.", where="--loop", fix="Leave one out.")
    workspace, who = open_workspace(folder), _reviewer(name)
    desk = Desk(workspace, who, sample=sample)
    if loop:
        _loop(workspace, desk, who)
        return
    asked = _next_of(desk)
    shown = desk.show(asked, moment())
    content = {
        "pair": asked.pair,
        "records": {heading: [one, other] for heading, one, other in shown.rows},
        "evidence": dict(shown.evidence),
        "against": list(shown.against),
    }

    def words() -> None:
        _print_pair(asked.pair, shown)
        click.echo(f"earlyhelp review decide {folder} {asked.pair} same|different|unsure --as {_quoted(who.name)}")

    Frame(as_json, quiet).result(content, words)


@review.command()
@_FOLDER
@click.argument("pair")
@click.argument("answer", metavar="same|different|unsure", type=click.Choice(["same", "different", "unsure"]))
@_AS
@options
def decide(folder: Path, pair: str, answer: str, name: str, as_json: bool, quiet: bool) -> None:
    """Save one answer. It binds the next run; an answer by somebody else before is neither shown nor lost."""
    from earlyhelp.link import review as desk
    from earlyhelp.store.workspace import open_workspace

    saved = desk.decide(open_workspace(folder), pair, answer, _reviewer(name), moment())
    content = {"pair": pair, "decision": saved.decision, "reviewer": saved.reviewer, "at": saved.at}
    Frame(as_json, quiet).result(content, lambda: click.echo(f"{pair}: {saved.decision}, saved for {saved.reviewer}."))


@review.command()
@_FOLDER
@click.argument("pair", required=False, default="")
@_AS
@options
def undo(folder: Path, pair: str, name: str, as_json: bool, quiet: bool) -> None:
    """Withdraw your last answer, or your last one on PAIR. The answer and its withdrawal both stay on record."""
    from earlyhelp.link import review as desk
    from earlyhelp.store.workspace import open_workspace

    gone = desk.undo(open_workspace(folder), _reviewer(name), moment(), pair)
    content = {"pair": gone.pair, "withdrawn": gone.decision, "reviewer": gone.reviewer}
    Frame(as_json, quiet).result(content, lambda: click.echo(f"{gone.pair}: {gone.decision} is withdrawn."))


@review.command()
@_FOLDER
@options
def status(folder: Path, as_json: bool, quiet: bool) -> None:
    """How many pairs wait, what was decided, second reviews, and how far two reviewers agree."""
    from earlyhelp.link import review as desk
    from earlyhelp.store.workspace import open_workspace

    told = desk.status(open_workspace(folder))
    Frame(as_json, quiet).result(told, lambda: _print_status(told))


def _reviewer(name: str) -> Reviewer:
    from earlyhelp.link.review import Reviewer

    return Reviewer(name or account(), account())


def _next_of(desk: Desk) -> Question:
    asked = desk.next()
    if asked is None:
        raise NothingToDo("No pair waits for this reviewer.", where="queue", fix="earlyhelp review status DIR")
    return asked


def _loop(workspace: Workspace, desk: Desk, who: Reviewer) -> None:
    """Pair after pair, each answer saved before the next is shown, until q, the end of what is typed, or of the queue."""
    from earlyhelp.link.review import decide as save

    asked = _next_of(desk)
    done = 0
    while True:
        _print_pair(asked.pair, desk.show(asked, moment()))
        answer = _key()
        if not answer:
            break
        save(workspace, asked.pair, answer, who, moment())
        done += 1
        click.echo(f"{asked.pair}: {answer}")
        following = desk.next()
        if following is None:
            click.echo("No further pair waits.")
            break
        asked = following
    click.echo(f"{done} saved.")


def _key() -> str:
    """The answer that was typed; empty to stop. Asks again for any other key."""
    while True:
        click.echo("s same, d different, u unsure, q quit: ", nl=False)
        typed = click.getchar() if sys.stdin.isatty() else sys.stdin.readline()[:1] or "q"
        click.echo(typed.strip())
        if typed.lower() in KEYS:
            return KEYS[typed.lower()]


def _print_pair(pair: str, shown: SideBySide) -> None:
    from earlyhelp.cli.tables import print_table

    print_table(f"Pair {pair}", ("", "one record", "the other"), shown.rows)
    click.echo()
    print_table("", ("compared", "they are"), shown.evidence)
    for sentence in shown.against:
        click.echo(f"against: {sentence}")
    click.echo()


def _print_status(told: dict[str, Any]) -> None:
    from earlyhelp.cli.tables import print_table

    second = told["second_reviews"]
    click.echo(
        f"Waiting: {told['waiting']:,} in the queue, {told['waiting_in_sample']:,} in the sample of links drawn by chance."
    )
    click.echo("Decided: " + ", ".join(f"{count:,} {what}" for what, count in told["decided"].items()) + ".")
    click.echo(
        f"Second reviews ({second['share']:.0%} of decided pairs, at random): "
        f"{second['done']:,} done, {second['waiting']:,} wait for another reviewer."
    )
    for pair in told["to_settle"]:
        click.echo(f"{pair} is disputed: the next answer of anybody settles it.")
    rows = [_agreement_row(each) for each in told["agreement"]]
    print_table("Agreement of two reviewers", ("of", "pairs", "agreed", "95% interval", "kappa", "95% interval"), rows)


def _agreement_row(told: dict[str, Any]) -> list[str]:
    group = f"{told['by']} {told['group']}".strip()
    if told["share"] is None:
        return [group, f"{told['pairs']:,}", "too few to say", "", "", ""]
    kappa = ("", "not to be told from chance") if told["kappa"] is None else _figures(told, "kappa", "{:.2f}")
    return [group, f"{told['pairs']:,}", *_figures(told, "share", "{:.0%}"), *kappa]


def _figures(told: dict[str, Any], name: str, form: str) -> tuple[str, str]:
    lower, upper = form.format(told[f"{name}_lower"]), form.format(told[f"{name}_upper"])
    return form.format(told[name]), f"{lower} to {upper}"


def _quoted(name: str) -> str:
    import shlex

    return shlex.quote(name)
