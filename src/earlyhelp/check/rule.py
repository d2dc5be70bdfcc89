"""What a rule is, and the four ways in which it can come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from earlyhelp.standard import Column


class Outcome(StrEnum):
    """How a rule came out on one dataset."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"
    BROKEN = "broken"


@dataclass(frozen=True)
class Rule:
    """One rule over the built tables.

    `sql` selects `row_id` (and `team` where the table has one) of the records that break it, from the table of the
    first column in `about`. `severity` is `error` for what cannot be, `warning` for what seldom is. `applies`: SQL that
    gives a row where the rule can be judged at all, and the reason to give where it cannot.
    """

    code: str
    message: str
    about: tuple[Column, ...]
    severity: str
    sql: str
    applies: tuple[str, str] | None = None
    examples: list[tuple[bool, dict[str, list[dict[str, str | None]]]]] = field(default_factory=list, compare=False)

    @property
    def table(self) -> str:
        """The table whose records the rule judges."""
        return self.about[0].table_name

    def passes(self, **tables: list[dict[str, str | None]]) -> None:
        """Rows that do not break the rule; they are its specification and its test."""
        self.examples.append((True, tables))

    def fails(self, **tables: list[dict[str, str | None]]) -> None:
        """Rows of which at least one breaks the rule."""
        self.examples.append((False, tables))


RULES: dict[str, Rule] = {}


def rule(
    code: str, about: Sequence[Column], severity: str, applies: tuple[str, str] | None = None
) -> Callable[[Callable[[], str]], Rule]:
    """Declare a rule from a function whose docstring is its message and whose result is its SQL."""

    def declare(body: Callable[[], str]) -> Rule:
        message = " ".join((body.__doc__ or "").split())
        declared = Rule(code, message, tuple(about), severity, body(), applies)
        if code in RULES:
            raise TypeError(f"two rules are called {code}")
        RULES[code] = declared
        return declared

    return declare


@dataclass(frozen=True)
class Result:
    """How one rule came out: how many records it judged, which broke it (by row id), or why it did not apply."""

    rule: Rule
    outcome: Outcome
    records: int = 0
    rows: tuple[tuple[int, str | None], ...] = ()
    reason: str = ""
