"""A worked example of a measure: a few rows, a question, and the answer; a test and a page of the manual in one."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from earlyhelp.measures import CATALOGUE, Grain, Question, Standards, calculate
from earlyhelp.release import ReleasedRow, policy, publish
from earlyhelp.standard.local_standards import default_standards
from spec.dataset import Rows, parse, snapshot


@dataclass(frozen=True)
class Example:
    """What the measure answers on the given tables. `title` is the rule that the example shows, as a sentence.

    `expected` lists the rows of the answer in order, with as many of their columns as matter; a value is compared to
    the decimals written there. `only`: of the answer's rows, those that are about this. `standards`: what the council
    sets itself. Nothing is suppressed unless `policy` says so.
    """

    measure: str
    title: str
    tables: Mapping[str, Rows]
    expected: str
    by: str = ""
    first: str = ""
    last: str = ""
    period: str = ""
    definition: str = "default"
    as_at: str = "2026-03-31"
    standards: Mapping[str, int] = field(default_factory=dict)
    policy: str = "none"
    only: str = ""

    def __str__(self) -> str:
        return f"{self.measure}: {self.title}"

    def rows(self) -> list[ReleasedRow]:
        """The released rows that the product answers with."""
        measure = CATALOGUE[self.measure].defined_as(self.definition)
        con = snapshot(self.tables, date.fromisoformat(self.as_at), checked=measure.is_tally)
        local = default_standards() | dict(self.standards)
        standards = Standards(date.fromisoformat(self.as_at), local, area_code="E06000999")
        answer = publish(calculate(con, measure, standards, self.question), policy(self.policy))
        return [row for row in answer.rows if not self.only or any(self.only in each for each in row.dims.values())]

    @property
    def question(self) -> Question:
        """What is asked."""
        first, last = (date.fromisoformat(day) if day else None for day in (self.first, self.last))
        by = tuple(name.strip() for name in self.by.split(",") if name.strip())
        return Question(by, first, last, Grain(self.period) if self.period else None)

    def check(self) -> None:
        """Fail unless the answer is as expected."""
        expected = parse(self.expected)
        assert [_as_written(row, like) for row, like in zip(self.rows(), expected, strict=True)] == expected

    @property
    def command(self) -> str:
        """The question as the command line takes it."""
        options = {"by": ",".join(self.question.by), "from": self.first, "to": self.last, "period": self.period}
        options["definition"] = "" if self.definition == "default" else self.definition
        chosen = (f"--{name} {value}" for name, value in options.items() if value)
        return " ".join(["earlyhelp measure DIR", self.measure, *chosen])


def examples() -> dict[str, list[Example]]:
    """Every worked example there is, by measure."""
    found: dict[str, list[Example]] = defaultdict(list)
    for path in sorted(Path(__file__).parent.glob("[a-k][0-9]*_*.py")):
        for example in importlib.import_module(f"spec.{path.stem}").EXAMPLES:
            found[example.measure].append(example)
    return dict(found)


def _as_written(row: ReleasedRow, like: Mapping[str, str | None]) -> dict[str, str | None]:
    cells = vars(row) | dict(row.dims) | dict(row.labels)
    return {name: _text(cells[name], like[name]) for name in like}


def _text(value: object, like: str | None) -> str | None:
    if isinstance(value, int | float):
        return f"{value:.{len((like or '').partition('.')[2])}f}"
    return None if value is None else str(value)
