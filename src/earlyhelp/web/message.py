"""The weekly message: what changed, as a text that any mail program shows, with a link for each sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from earlyhelp.reports.answers import Reply
from earlyhelp.reports.wording import in_words


def subject(council: str, day: date) -> str:
    """The line by which the message is found again."""
    return f"Early help in {council}, {in_words(day)}"


def body(reply: Reply, as_at: date | None, link: Callable[[str], str]) -> str:
    """The message. `link`: the whole address of a page of a measure by its id, and of the first page for an empty one."""
    told = [f"{each}{_leads(measure_of(each, reply), link)}" for each in reply.answer]
    caveats = ["", "Read with care:", *(f"- {each}" for each in reply.caveats)] if reply.caveats else []
    figures = f"Figures as at {in_words(as_at)}. " if as_at else ""
    return "\n".join([*_apart(told), *caveats, "", f"{figures}All of them: {link('')}", ""])


def measure_of(sentence: str, reply: Reply) -> str:
    """The id of the measure that the sentence is about, which it begins with; empty for none."""
    return next((str(row["measure"]) for row in reply.table if sentence.startswith(str(row["name"]))), "")


def _leads(measure: str, link: Callable[[str], str]) -> str:
    return f"\n  {link(measure)}" if measure else ""


def _apart(told: Sequence[str]) -> list[str]:
    """An empty line between any two."""
    return "\n\n".join(told).split("\n")
