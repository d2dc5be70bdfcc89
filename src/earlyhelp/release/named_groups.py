"""Groups that are named without a count: who asks and who leads, by kind of organisation, and the systems records come from.

A group is named where its count, as the policy rounds it, is 15 or more. Under the policy of packs that is 13 or more: being
named tells of 13 to any number, and not being named of 0 to 12. Neither lies in the hidden range of 1 to 7, and the border
between them is one at which rounded counts change too, so that it tells nothing new of a count that is told rounded. From one
pack to the next a group that comes or goes has changed by 1 to any number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import count

from earlyhelp.measures import Measure, Period, Statistic, splits_of
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Released, ReleasedRow, Status
from earlyhelp.release.register_table import ABOVE, BELOW, ReleasedTable, TableAbout, TableRow, table_under

FEWEST_NAMED = 15
"""As rounded: so of 13 at the least where counts are rounded to 5, clearly above every hidden range."""


def least_named(policy: Policy) -> int:
    """The least true count of which a group is named under a policy: 13 where counts are rounded to 5."""
    return next(each for each in count() if not policy.hides(each) and policy.rounded(each) >= FEWEST_NAMED)


def codes_named(measure: Measure, by: str) -> tuple[str, ...]:
    """The codes that may be named: those that the standard lists. Names that a council gave to a list of its own are none."""
    codes = splits_of(measure)[by].codes
    return codes.codes if codes is not None else ()


def groups_named(released: Released, by: str, years: Sequence[Period]) -> tuple[Period, tuple[str, ...]] | None:
    """The last of the years that can be told, and the groups of a split that are named in it, by code in order.

    released: yearly rows of a measure by the split, under the policy of what leaves. years: in order. A year whose
    follow-up is not over is passed over. None: that year has no figures, so that nothing is known of its groups.
    """
    for year in reversed(years):
        days = (year.start, year.end)
        rows = [row for row in released.rows if (row.period_start, row.period_end) == days and by in row.dims]
        if not any(row.status is Status.NOT_MATURE for row in rows):
            return (year, _named(released.measure, by, rows)) if rows else None
    return None


def _named(measure: Measure, by: str, rows: Iterable[ReleasedRow]) -> tuple[str, ...]:
    allowed = set(codes_named(measure, by))
    cases = {row.dims[by]: _cases(measure, row) for row in rows}
    found = {code for code, number in cases.items() if number is not None and number >= FEWEST_NAMED}
    return tuple(sorted(found & allowed))


def _cases(measure: Measure, row: ReleasedRow) -> float | None:
    return row.numerator if measure.statistic is Statistic.COUNT else row.denominator


class AtLeast(ReleasedTable):
    """A table of which is told only that each count is so many at the least: `lowest`, with no limit above.

    It hides nothing that a reader sees, and counts among the rounded ones.
    """

    @property
    def rule(self) -> Policy:
        """What a symbol stands for: any count from the least one up."""
        return Policy(self.policy, self.lowest, self.highest, secondary=True)

    @property
    def hidden(self) -> int:
        """None of its figures stands for one that a reader misses."""
        return 0


def named_table(
    measure: Measure, policy: Policy, about: TableAbout, by: str, codes: Iterable[str], year: tuple[str, str]
) -> AtLeast:
    """The groups that are named, as a table of the register: whatever leaves later is attacked beside it.

    year: the first and the last day of what is told. That a group is not named is left out: it may be nobody.
    """
    nothing = (None,) * 5
    rows = [TableRow(*year, {by: code}, {}, *nothing, str(Status.SUPPRESSED)) for code in codes]
    made = table_under(measure, policy, about, (by,), rows, zeros_hidden=False, complete=False)
    told = {each.name: getattr(made, each.name) for each in fields(made)}
    side = ABOVE if measure.statistic is Statistic.COUNT else BELOW
    return AtLeast(**{**told, "lowest": least_named(policy), "counts": (side,), "populations": {}})
