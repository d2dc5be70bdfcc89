"""What must hold of a value. Each constraint says it in English, in SQL, and in the two schema languages we publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class Constraint(Protocol):
    """One thing that must hold of a column's value; a missing value never breaks it."""

    @property
    def rule(self) -> str:
        """The short name under which a break is reported."""
        ...

    @property
    def description(self) -> str:
        """The constraint in plain English, as the data dictionary prints it."""
        ...

    def broken_sql(self, column: str) -> str:
        """A DuckDB condition that is true on the rows whose `column` breaks the constraint."""
        ...

    def schema(self) -> Mapping[str, object]:
        """JSON Schema keywords that say the same; empty where the language cannot say it."""
        ...

    def table_schema(self) -> Mapping[str, object]:
        """Frictionless Table Schema constraints that say the same; empty where the language cannot say it."""
        ...


@dataclass(frozen=True)
class OnOrAfter:
    """The date is on or after the date in another column of the same row."""

    other: str
    rule = "before_other_date"

    @property
    def description(self) -> str:
        return f"On or after `{self.other}`."

    def broken_sql(self, column: str) -> str:
        return f'"{column}" < "{self.other}"'

    def schema(self) -> Mapping[str, object]:
        return {"description": self.description}

    def table_schema(self) -> Mapping[str, object]:
        return {}


@dataclass(frozen=True)
class Between:
    """The number lies between two bounds, both included; an open bound is None."""

    low: float | None = None
    high: float | None = None
    rule = "out_of_range"

    @property
    def description(self) -> str:
        if self.high is None:
            return f"{self.low:g} or more."
        if self.low is None:
            return f"{self.high:g} or less."
        return f"From {self.low:g} to {self.high:g}."

    def broken_sql(self, column: str) -> str:
        low = [f'"{column}" < {self.low:g}'] if self.low is not None else []
        high = [f'"{column}" > {self.high:g}'] if self.high is not None else []
        return f"({' OR '.join(low + high)})"

    def schema(self) -> Mapping[str, object]:
        bounds = {"minimum": self.low, "maximum": self.high}
        return {keyword: bound for keyword, bound in bounds.items() if bound is not None}

    def table_schema(self) -> Mapping[str, object]:
        return self.schema()


@dataclass(frozen=True)
class NotAbove:
    """The number is no larger than the number in another column of the same row."""

    other: str
    rule = "above_other_number"

    @property
    def description(self) -> str:
        return f"No larger than `{self.other}`."

    def broken_sql(self, column: str) -> str:
        return f'"{column}" > "{self.other}"'

    def schema(self) -> Mapping[str, object]:
        return {"description": self.description}

    def table_schema(self) -> Mapping[str, object]:
        return {}


@dataclass(frozen=True)
class Matches:
    """The text has a known shape, given as a regular expression and in words."""

    pattern: str
    words: str
    good: str
    bad: str
    rule = "wrong_shape"

    @property
    def description(self) -> str:
        return f"{self.words}, for example {self.good}."

    def broken_sql(self, column: str) -> str:
        return f"NOT regexp_full_match(\"{column}\", '{self.pattern}')"

    def schema(self) -> Mapping[str, object]:
        return {"pattern": f"^(?:{self.pattern})$"}

    def table_schema(self) -> Mapping[str, object]:
        return {"pattern": self.pattern}
