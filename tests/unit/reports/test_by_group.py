"""Latest figures by group: only the last mature period, groups without a figure say why, and those not known are in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from earlyhelp.measures import CATALOGUE
from earlyhelp.release import Released, ReleasedRow, Status, policy
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import Figure, TableBlock, Text
from earlyhelp.reports.by_group import bars, label_of, latest, with_missing


def row(
    year: int, status: Status = Status.OK, above: float | None = None, below: float | None = None, **dims: str
) -> ReleasedRow:
    value = above / below if above is not None and below else None
    ends = (None, None) if value is None else (max(0.0, value - 0.1), min(1.0, value + 0.1))
    labels = {f"{name}_label": code.title() for name, code in dims.items()}
    return ReleasedRow("F3", date(year - 1, 4, 1), date(year, 3, 31), dims, labels, above, below, value, *ends, status)


def part(*rows: ReleasedRow, measure: str = "F3") -> Part:
    return Part(Released(CATALOGUE[measure], policy("dfe"), rows), [f"C{at}" for at, _ in enumerate(rows)])


def test_the_last_mature_year_is_told_and_groups_that_had_nobody_in_it_are_left_out():
    told = latest(part(
        row(2024, above=7, below=10, need_code="a"), row(2025, above=8, below=10, need_code="a"),
        row(2025, Status.NO_DATA, need_code="b"), row(2026, Status.NOT_MATURE, need_code="a"),
    ))  # fmt: skip
    assert [(each.period_end, each.dims["need_code"], certificate) for each, certificate in told] == [
        (date(2025, 3, 31), "a", "C1")
    ]


def test_where_no_year_is_mature_the_last_says_so():
    [(told, _)] = latest(part(row(2026, Status.NOT_MATURE)))
    assert told.status is Status.NOT_MATURE


def test_a_group_is_named_by_its_label_and_the_total_by_all_families():
    assert label_of(row(2025, need_code="housing")) == "Housing"
    assert label_of(row(2025)) == "All families"


def test_every_group_that_should_be_there_has_a_row_whether_or_not_it_has_a_figure():
    few = row(2025, Status.SUPPRESSED, need_code="two")
    [figure] = bars(
        part(row(2025, above=8, below=10, need_code="one"), few), "Met", groups={"1": "One", "2": "Two", "3": "Three"}
    )
    assert isinstance(figure, Figure)
    words = [
        each
        for layer in figure.spec["layer"]
        for each in layer["data"]["values"]
        if "why" in each and "estimate" not in each
    ]
    assert words == [{"label": "Two", "why": "too few to say"}, {"label": "Three", "why": "no data"}]
    assert "One 80.0%" in figure.alt
    assert figure.table.rows[0] == ("One", "80.0%", "70.0% to 90.0%", "10", "C0")


def test_nothing_to_draw_is_a_sentence_and_the_table():
    found = bars(part(row(2025, Status.SUPPRESSED, need_code="one")), "Met")
    assert [type(each) for each in found] == [Text, TableBlock]
    assert bars(part(), "Met") == [Text("Met: no data.")]


def test_those_without_a_figure_are_a_part_of_the_bar_and_of_the_table():
    [figure] = with_missing([part(row(2025, above=42, below=60), measure="E8")], "Pairs", "both scores", "no pair")
    assert isinstance(figure, Figure)
    bars_drawn = figure.spec["layer"][0]["data"]["values"]
    assert [(each["part"], each["start"], each["end"]) for each in bars_drawn] == [
        ("both scores", 0, 42),
        ("no pair", 42, 60),
    ]
    assert figure.table.rows == (("All families", "42", "18", "60", "C0"),)
    assert "42 both scores, 18 no pair" in figure.alt


def test_hidden_counts_are_too_few_to_say_and_never_0():
    hidden = part(row(2025, Status.SUPPRESSED, None, 20), measure="E8")
    said, table = with_missing([hidden], "Pairs", "both", "none")
    assert said == Text("Pairs, year to 31 March 2025: too few to say.")
    assert isinstance(table, TableBlock)
    assert table.rows == (("All families", "too few to say", "too few to say", "20", "C0"),)


def test_what_nobody_recorded_is_no_data_and_not_too_few_to_say():
    said, _ = with_missing([part(row(2025, Status.NO_DATA), measure="I2")], "Answers", "answered", "did not answer")
    assert said == Text("Answers, year to 31 March 2025: no data.")


def test_few_who_lack_a_figure_are_not_told_by_those_who_have_one():
    most = part(row(2025, above=58, below=60), measure="E8")
    _, table = with_missing([most], "Pairs", "both", "none")
    assert isinstance(table, TableBlock)
    assert table.rows == (("All families", "too few to say", "too few to say", "60", "C0"),)


def test_a_share_is_drawn_in_per_cent_and_a_count_in_its_unit():
    titles = {}
    for measure in ("E8", "D1", "C1"):
        counted = replace(row(2025, above=8, below=10, org_type="school"), value=0.8 if measure != "C1" else 8.0)
        [figure] = bars(part(counted, measure=measure), "x")
        assert isinstance(figure, Figure)
        bar = figure.spec["layer"][0]
        titles[measure] = bar["encoding"]["x"]["title"], bar["data"]["values"][0]["estimate"]
    assert titles == {
        "E8": ("per cent of families", 80.0), "D1": ("per cent of assessments", 80.0), "C1": ("families", 8.0),
    }  # fmt: skip
