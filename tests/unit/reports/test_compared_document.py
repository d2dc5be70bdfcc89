"""Councils side by side as a document: by name, a chart with words and table a measure, other definitions in none of it."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.compare import LeftOut, Pack, compared
from earlyhelp.errors import GateClosed
from earlyhelp.measures import CATALOGUE, Estimate
from earlyhelp.reports.blocks import Bullets, Content, Heading, TableBlock, texts
from earlyhelp.reports.compared import Beside, comparison_content
from earlyhelp.reports.to_html import html_page
from earlyhelp.standard.local_standards import default_standards
from earlyhelp.statistics.funnel import share_limits
from unit.compare.swapped_packs import asked, drafted, figure

CODES = [f"E0900{n:04}" for n in range(1, 12)]
NAMES = ["Thornbridge", "Zed", "Ashmere", "Vale", "Barrowdale", "Marsh", "Croft", "Dale", "Eaves", "Fell", "Gill"]


def pack(place: int, *measures, name: str = "", **more: object) -> Pack:
    return drafted(*measures, council=CODES[place], name=name or NAMES[place], **more).pack


def shares(*counts: tuple[int, int]) -> list[Pack]:
    return [pack(place, asked("A6", figure(*each))) for place, each in enumerate(counts)]


def content(packs: list[Pack], neighbours: frozenset[str] | None = None, measures: tuple[str, ...] = ()) -> Content:
    return comparison_content(Beside(compared(packs[0], packs[1:]), neighbours), measures)


def of(found: Content, kind: type) -> list:
    return [each for each in found.blocks if isinstance(each, kind)]


def said(found: Content) -> str:
    return " ".join(texts(found))


def test_councils_stand_by_name_wherever_they_lie():
    found = content(shares((300, 400), (390, 400), (250, 400), (320, 400)))
    [chart] = found.figures
    assert [row[0] for row in chart.table.rows] == ["Ashmere", "Thornbridge", "Vale", "Zed"]
    councils = of(found, TableBlock)[0]
    assert [row[0] for row in councils.rows] == ["Ashmere", "Thornbridge", "Vale", "Zed"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(2, 78).map(lambda fifth: (5 * fifth, 400)), min_size=3, max_size=6))
def test_no_order_of_the_figures_changes_the_order_of_the_councils(counts):
    one, other = (content(shares(*each)).figures[0].table for each in (counts, list(reversed(counts))))
    assert [row[0] for row in one.rows] == [row[0] for row in other.rows] == sorted(NAMES[: len(counts)])


def test_a_funnel_says_beyond_usual_variation_for_what_lies_outside_its_limits_and_nothing_finer():
    found = content(shares((300, 400), (390, 400), (250, 400), (320, 400)))
    [chart] = found.figures
    assert [row[-1] for row in chart.table.rows] == [
        "beyond usual variation, below",
        "within usual variation",
        "within usual variation",
        "beyond usual variation, above",
    ]
    assert "Beyond usual variation, above: Zed." in chart.alt
    assert "95 per cent limits" not in said(found)


def test_the_dashed_line_passes_where_the_limits_of_that_size_lie():
    packs = shares((300, 400), (390, 400), (250, 400), (320, 400))
    [chart] = content(packs).figures
    line = chart.spec["layer"][0]["data"]["values"]
    target = (300 + 390 + 250 + 320) / 1600
    for point in (line[0], line[20], line[-1]):
        lower, upper = share_limits(float(point["size"]), target, 0.998)
        assert (point["lower"], point["upper"]) == (
            pytest.approx(100 * lower, abs=1e-3),
            pytest.approx(100 * upper, abs=1e-3),
        )
    assert line[-1]["size"] == 420


def test_another_definition_is_named_and_in_no_chart_no_total_and_no_pooled_figure():
    packs = shares((300, 400), (300, 400), (300, 400))
    loose = {**default_standards(), "decision_working_days": 3}
    packs.append(pack(3, asked("A6", figure(10, 400)), local=loose))
    found = content(packs)
    [chart] = found.figures
    drawn = [each["label"] for part in chart.spec["layer"] for each in part["data"]["values"] if "label" in each]
    assert "Vale" not in drawn
    assert "All together: 75.0%" in chart.alt
    [vale] = [row for row in chart.table.rows if row[0] == "Vale"]
    assert vale[1] == "counted otherwise, not compared"
    assert "Vale counts it by another rule and is not compared: decision_working_days is 3 there and 1 here." in [
        item for each in of(found, Bullets) for item in each.items
    ]


def test_a_pooled_figure_stands_where_five_councils_count_alike_and_else_why_not():
    many = shares(*[(300, 400), (310, 400), (290, 400), (305, 400), (295, 400)])
    assert "Pooled over 5 councils that count alike" in said(content(many))
    assert "No pooled figure: 4 councils have a figure with an interval; 5 are needed." in said(content(many[:4]))


def test_five_reasons_for_no_figure_are_five_words():
    packs = [
        pack(0, asked("G2", figure(50, 100))),
        pack(1, asked("A6", figure(50, 100))),
        pack(2, asked("G2", figure(3, 100))),
        pack(3, asked("G2", figure(50, 100, mature=False))),
        pack(4, asked("G2")),
        pack(5, asked("G2", figure(0, 100))),
    ]
    [chart] = content(packs, measures=("G2",)).figures
    told = {row[0]: row[1] for row in chart.table.rows}
    assert told == {
        "Thornbridge": "50.0%",
        "Zed": "not in its pack",
        "Ashmere": "too few to say",
        "Vale": "not mature yet",
        "Barrowdale": "no data",
        "Marsh": "0.0%",
    }


def test_neighbours_are_marked_where_they_are_known_and_else_it_is_said():
    packs = shares((300, 400), (390, 400), (250, 400))
    found = content(packs, frozenset({CODES[1], "E09000032"}))
    [chart] = found.figures
    assert chart.table.columns[1] == "statistical neighbour"
    assert [row[1] for row in chart.table.rows] == ["no", "this council", "yes"]
    assert "Ringed, as statistical neighbours: Zed." in chart.alt
    assert "without a pack in this comparison: E09000032" in said(found)
    assert "not marked" in said(content(packs))


def test_counts_medians_and_groups_have_charts_of_their_own_without_limits():
    days = [asked("B2", figure(40, 50, estimate=Estimate(10.0 + n, 8.0, 25.0))) for n in range(3)]
    mix = asked("A3", figure(60, 100, decision_code="advice"), figure(40, 100, decision_code="nfa"))
    found = content([pack(n, days[n], asked("A1", figure(400)), mix) for n in range(3)])
    kinds = {each.alt.split()[0] for each in found.figures}
    assert kinds == {"Bars", "Dots", "Intervals"}
    dots = next(each for each in found.figures if each.alt.startswith("Dots"))
    assert dots.in_annex
    assert dots.table.rows[0][:2] == ("Advice and information only", "Ashmere")
    assert not any("usual variation" in cell for each in found.figures[:1] for row in each.table.rows for cell in row)


def test_two_councils_of_one_name_are_told_apart_and_what_was_left_out_is_named():
    packs = [pack(n, asked("A6", figure(300, 400)), name="Thornbridge") for n in range(3)]
    beside = Beside(compared(packs[0], packs[1:], [LeftOut("bad.json", "It was changed.")]))
    found = comparison_content(beside)
    assert [row[0] for row in found.figures[0].table.rows] == [f"Thornbridge ({code})" for code in CODES[:3]]
    assert ("bad.json: It was changed.",) in [each.items for each in of(found, Bullets)]


def test_a_name_that_claims_something_is_a_name_and_a_name_with_marks_is_shown_as_it_is():
    packs = shares((300, 400), (390, 400), (250, 400))
    named = pack(3, asked("A6", figure(300, 400)), name="We saved 1 million pounds & more")
    page = html_page(content([*packs, named]))
    assert "We saved 1 million pounds &amp; more" in page


def test_only_the_measures_asked_for_are_told():
    packs = [pack(n, asked("A6", figure(300, 400)), asked("A2", figure(100, 400))) for n in range(3)]
    found = content(packs, measures=("A2",))
    assert [each.text for each in of(found, Heading) if each.level == 2] == ["A2 Self or family-initiated share"]


def test_without_any_figure_it_says_so():
    found = content([pack(n, asked("G2")) for n in range(3)])
    assert found.figures == []
    assert f"No council has a figure of: G2 {CATALOGUE['G2'].name}." in said(found)


def test_every_text_has_passed_the_claims_guard(monkeypatch):
    def never(text: str, *_: object, **__: object) -> str:
        raise GateClosed(text)

    monkeypatch.setattr("earlyhelp.reports.compared.content.guarded", never)
    with pytest.raises(GateClosed):
        content(shares((300, 400), (390, 400), (250, 400)))


def test_eleven_packs_become_a_document_within_five_seconds():
    of_each = [asked("A2", figure(100, 400)), asked("D2", figure(60, 300)), asked("A1", figure(400))]
    packs = [pack(n, asked("A6", figure(300 + 5 * n, 400)), *of_each) for n in range(11)]
    started = process_time()
    page = html_page(content(packs))
    assert process_time() - started < 5
    assert page.count("<img") == 4
