"""The run chart of a measure: drawn also where an event has nothing before it, with what stands beside its figures."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

from earlyhelp.measures import CATALOGUE
from earlyhelp.measures.signals import Event
from earlyhelp.release import Released, ReleasedRow, Status, policy
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Figure
from earlyhelp.reports.charts import Level
from earlyhelp.reports.documents.measured import OnChart, charted, months_drawn

FIRST, EVENT = date(2025, 1, 1), Event(date(2025, 6, 3), "a new form")


def months(*values: float | None) -> Part:
    """A share by month from January 2025; None is too few to say."""
    rows = [_row(date(2025, month, 1), value) for month, value in enumerate(values, 1)]
    return Part(Released(CATALOGUE["A2"], policy("internal"), rows), [f"C{each:020}" for each in range(len(rows))])


def _row(day: date, value: float | None) -> ReleasedRow:
    end = date(day.year, day.month, monthrange(day.year, day.month)[1])
    if value is None:
        return ReleasedRow("A2", day, end, {}, {}, None, None, None, None, None, Status.SUPPRESSED)
    return ReleasedRow("A2", day, end, {}, {}, 100 * value, 100, value, value - 0.05, value + 0.05, Status.OK)


def drawn(part: Part, *events: Event, beside: OnChart | None = None) -> Figure:
    [found] = charted(part, events, beside)
    assert isinstance(found, Figure)
    return found


def test_months_before_the_first_event_without_a_figure_of_their_own_have_no_limits():
    part = months(None, None, None, None, None, None, 0.2, 0.3, 0.2)
    assert len(drawn(part, EVENT).table.rows) == 9


def test_the_months_drawn_are_those_of_the_chart_and_none_where_nothing_is():
    assert months_drawn(months(0.2, None, 0.3)) == (date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1))
    assert months_drawn(months(None, None)) == ()


def test_a_month_that_is_not_over_is_a_cross_and_no_fall_of_the_line():
    part = months(0.2, 0.3, 0.0)
    short = replace(part.released.rows[-1], period_end=date(2025, 3, 5))
    part = replace(part, released=replace(part.released, rows=(*part.released.rows[:-1], short)))
    chart = drawn(part)
    [crosses] = [each["data"]["values"] for each in chart.spec["layer"] if each["mark"].get("shape") == "cross"]
    assert [(each["day"], each["value"], each["why"]) for each in crosses] == [("2025-03-01", None, "not over yet")]
    assert "The latest figure is 30.0%." in chart.alt
    assert [row[0] for row in chart.table.rows][1:] == ["February 2025", "1 March 2025 to 5 March 2025"]


def test_where_others_lie_is_drawn_in_per_cent_as_the_shares_are_and_told_in_words():
    beside = OnChart(level=Level("neighbours", 0.2, 0.3, 0.6), said=("The band is of others.",))
    chart = drawn(months(0.2, 0.4, 0.3), beside=beside)
    [band] = [each for each in chart.spec["layer"] if each["mark"]["type"] == "rect"]
    assert [band["data"]["values"][0][name] for name in ("lowest", "median", "highest")] == [20, 30, 60]
    assert chart.alt.endswith("The band is of others.")
