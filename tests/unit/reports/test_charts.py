"""Charts: told apart without colour, with words where there is no figure, drawn from nothing but the data inside them."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from earlyhelp.reports.charts import (
    GREY,
    Balance,
    Dot,
    Interval,
    Step,
    Unit,
    bar_plot,
    cumulative_incidence,
    funnel_plot,
    interval_plot,
    love_plot,
    png,
    run_chart,
    svg,
)

ROWS = [
    Interval("12 months", -3.8, -11.5, 3.8, "main"),
    Interval("18 months", -4.0, -13.0, 5.0, "other"),
    Interval("6 months", None, None, None, "other", "too few to tell"),
]
DOTS = [
    Dot(date(2026, 1, 1), 10, "", 5, 10, 15),
    Dot(date(2026, 2, 1), None, "too few to say"),
    Dot(date(2026, 3, 1), 22, "", 5, 10, 15, signal=True),
]
CHARTS = {
    "interval plot": interval_plot(ROWS, "difference in 100 families"),
    "bar plot": bar_plot(ROWS, "days"),
    "love plot": love_plot([Balance("number of needs", 0.53, 0.0), Balance("never known", None, None)]),
    "funnel": funnel_plot(
        [Unit("North", 40, 0.3, 0.1, 0.4), Unit("South", 50, 0.6, 0.1, 0.4), Unit("East", 3, None, None, None, "hidden")],
        "families", "share", 0.25,
    ),
    "run chart": run_chart(DOTS, "families"),
    "cumulative incidence": cumulative_incidence(
        [Step("allocated", 28, 0.8), Step("left", 28, 0.1), Step("left", 56, None, "too few to say")], "share"
    ),
}  # fmt: skip


def layers(name: str, mark: str) -> list[dict]:
    return [each for each in CHARTS[name]["layer"] if each["mark"]["type"] == mark]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_and_names_no_place_to_fetch_from(name):
    drawn = svg(CHARTS[name])
    assert drawn.startswith("<svg")
    assert '"url"' not in json.dumps(CHARTS[name])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("interval plot", "too few to tell"),
        ("bar plot", "too few to tell"),
        ("funnel", "No figure: East (hidden)"),
        ("cumulative incidence", "No figure: left, day 56 (too few to say)"),
    ],
)
def test_what_has_no_figure_is_grey_words_and_no_mark_at_zero(name, words):
    [look] = re.findall(rf"<text([^>]*)>{re.escape(words)}<", svg(CHARTS[name]))
    assert f'fill="{GREY}"' in look


def test_a_month_without_a_figure_is_a_grey_cross_and_breaks_the_line():
    [crosses] = [each for each in layers("run chart", "point") if each["mark"].get("shape") == "cross"]
    assert [each["day"] for each in crosses["data"]["values"]] == ["2026-02-01"]
    assert crosses["mark"]["color"] == GREY
    [line] = [each for each in layers("run chart", "line") if each["encoding"]["y"]["field"] == "value"]
    assert [each["value"] for each in line["data"]["values"]] == [10, None, 22]


def test_a_signal_differs_in_shape_and_not_in_colour_alone():
    shapes = {each["mark"].get("shape", "circle"): each for each in layers("run chart", "point")}
    assert [each["value"] for each in shapes["diamond"]["data"]["values"]] == [22]
    assert [each["value"] for each in shapes["circle"]["data"]["values"]] == [10]


@pytest.mark.parametrize(("name", "field"), [("interval plot", "kind"), ("love plot", "when"), ("funnel", "beyond")])
def test_wherever_colours_differ_shapes_do_too(name, field):
    for each in layers(name, "point"):
        colours, shapes = (each["encoding"][channel] for channel in ("color", "shape"))
        assert colours["field"] == shapes["field"] == field
        assert (
            len(set(shapes["scale"]["range"])) == len(set(colours["scale"]["range"])) == len(shapes["scale"]["domain"])
        )


def test_curves_differ_in_dash_and_shape_and_are_named_at_their_ends():
    [line] = layers("cumulative incidence", "line")
    assert len({tuple(each) for each in line["encoding"]["strokeDash"]["scale"]["range"]}) == 2
    drawn = svg(CHARTS["cumulative incidence"])
    assert ">allocated<" in drawn
    assert ">left<" in drawn


def test_names_of_curves_that_end_alike_do_not_stand_on_each_other():
    ends = [Step("allocated", 84, 1.0), Step("stepped up", 84, 0.0), Step("left", 84, 0.0)]
    names = [each for each in cumulative_incidence(ends, "share")["layer"] if each["mark"]["type"] == "text"]
    lifted = {each["data"]["values"][0]["curve"]: each["mark"]["dy"] for each in names}
    assert lifted["allocated"] == 0
    assert abs(lifted["stepped up"] - lifted["left"]) >= 13


def test_a_kind_without_a_figure_is_not_in_the_legend():
    chart = interval_plot([ROWS[0], ROWS[2]], "difference")
    [dots] = [each for each in chart["layer"] if each["mark"]["type"] == "point"]
    assert dots["encoding"]["shape"]["scale"]["domain"] == ["main"]


def test_rows_stand_in_the_order_given_and_an_interval_has_both_its_ends():
    assert CHARTS["interval plot"]["layer"][1]["encoding"]["y"]["sort"] == ["12 months", "18 months", "6 months"]
    [rule] = [each for each in layers("interval plot", "rule") if each["encoding"].get("x2")]
    assert [(each["lower"], each["upper"]) for each in rule["data"]["values"]] == [(-11.5, 3.8), (-13.0, 5.0)]


def test_a_unit_beyond_the_limits_of_a_funnel_is_named():
    [words] = layers("funnel", "text")
    assert [each["label"] for each in words["data"]["values"]] == ["South"]


def test_a_chart_is_drawn_where_nothing_is_known_at_all():
    nothing = [each._replace(estimate=None, lower=None, upper=None, why="no figure") for each in ROWS]
    assert svg(interval_plot(nothing, "difference")).count(">no figure<") == 3
    assert ">0<" not in svg(interval_plot(nothing, "difference"))
    assert "<svg" in svg(run_chart([Dot(date(2026, 1, 1), None, "no data")], "families"))


def test_a_picture_for_paper_is_a_png():
    assert png(CHARTS["bar plot"])[:8] == b"\x89PNG\r\n\x1a\n"
