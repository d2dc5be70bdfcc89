"""The two published tables that a council fetches itself. Every figure here is invented; only the layouts are as published."""

from __future__ import annotations

import openpyxl
import pytest

from earlyhelp.economics.unit_costs import UNIT_COSTS, costs_of_council, may_be_summed
from earlyhelp.economics.unit_costs.cost import faults_of
from earlyhelp.economics.unit_costs.deflator_release import read_deflators
from earlyhelp.economics.unit_costs.importer import read_unit_cost_database
from earlyhelp.economics.unit_costs.rows import as_csv
from earlyhelp.errors import InputRefused, UsageProblem

INTRODUCTION = [
    [None, "Invented Unit Cost Database v9.1"],
    [None, "This work is licensed under the Creative Commons Attribution 4.0 International License."],
]
HEADINGS = [None, "Theme", "Cost code", "Cost detail", "Unit", "Agency", "Agency (other)", "Value", "Year"]


def row(code, value, year="2019/20", *, detail="Something", unit="Per incident", agency="Police", other=None):
    return [None, None, code, detail, unit, agency, other, value, year]


def read(tmp_path, *, introduction=INTRODUCTION, **themes):
    book = openpyxl.Workbook()
    book.active.title = "Introduction"
    for cells in introduction:
        book.active.append(cells)
    for theme, rows in themes.items():
        sheet = book.create_sheet(theme)
        for cells in [["Title"], HEADINGS, *rows]:
            sheet.append(cells)
    book.save(tmp_path / "invented.xlsx")
    return read_unit_cost_database(tmp_path / "invented.xlsx", retrieved="2026-11")


def test_a_row_with_a_code_is_a_cost_known_by_edition_and_code(tmp_path):
    rows = [
        row("SS1.0", 1234.5, detail="Invented\nplacement", unit="Per child per year", agency="Local Authority"),
        [None, None, "Notes", "No code, so no cost"],
    ]
    imported = read(tmp_path, **{"Social Services": rows})
    assert imported.refused == ()
    [(key, cost)] = imported.costs.items()
    assert key == ("9.1", "SS1.0")
    assert (cost.name, cost.unit, cost.value, cost.price_year) == (
        "Invented placement",
        "Per child per year",
        1234.5,
        "2019-20",
    )
    assert (cost.agency, cost.kind, cost.horizon, cost.average) == ("council_social_care", "fiscal", "year", 1234.5)
    assert (cost.licence, cost.retrieved, cost.flags) == (
        "CC BY 4.0, Greater Manchester Combined Authority",
        "2026-11",
        ("imported",),
    )
    assert list(faults_of(cost)) == []


def test_one_code_in_two_editions_is_two_things(tmp_path):
    first = read(tmp_path, Health=[row("HE3.0", 50, agency="NHS")])
    second = read(tmp_path, introduction=[["Version 10.0"]], Health=[row("HE3.0", 90, agency="NHS")])
    assert {*first.costs, *second.costs} == {("9.1", "HE3.0"), ("10.0", "HE3.0")}
    assert first.costs["9.1", "HE3.0"].thing != second.costs["10.0", "HE3.0"].thing


def test_a_code_of_three_parts_is_a_part_of_the_code_of_its_first_two(tmp_path):
    imported = read(tmp_path, Crime=[row("CR2.0", 300), row("CR2.0.1", 200), row("CR2.0.2", 100), row("CR5.0.1", 7)])
    parents = {code: cost.parent for (_, code), cost in imported.costs.items()}
    assert parents == {"CR2.0": "", "CR2.0.1": "ucd_9.1_CR2.0", "CR2.0.2": "ucd_9.1_CR2.0", "CR5.0.1": ""}
    costs = {cost.code: cost for cost in imported.costs.values()}
    may_be_summed(["ucd_9.1_CR2.0.1", "ucd_9.1_CR2.0.2"], costs)
    with pytest.raises(UsageProblem, match="a whole and its part"):
        may_be_summed(["ucd_9.1_CR2.0.1", "ucd_9.1_CR2.0"], costs)


def test_a_part_whose_whole_was_refused_stands_alone(tmp_path):
    imported = read(tmp_path, Crime=[row("CR2.0", "#REF!"), row("CR2.0.1", 200)])
    assert imported.costs["9.1", "CR2.0.1"].parent == ""


@pytest.mark.parametrize(
    ("agency", "other", "code"),
    [
        ("NHS", None, "nhs"),
        ("Police", "NHS", "several"),
        ("Local authority", None, "council_housing"),
        ("Criminal Justice System", "Courts", "justice"),
        ("Various", None, "several"),
    ],
)
def test_the_two_columns_of_agency_are_read_together(tmp_path, agency, other, code):
    imported = read(tmp_path, Housing=[row("HO1.0", 10, agency=agency, other=other)])
    assert imported.costs["9.1", "HO1.0"].agency == code


@pytest.mark.parametrize(
    ("unit", "horizon"),
    [
        ("Per incident", "event"),
        ("Per week", "week"),
        ("Per person per annum", "year"),
        ("Per person, lifetime", "lifetime"),
        ("Per process over six months", "six_months"),
    ],
)
def test_the_unit_says_what_the_cost_runs_over(tmp_path, unit, horizon):
    assert read(tmp_path, Crime=[row("CR1.0", 10, unit=unit)]).costs["9.1", "CR1.0"].horizon == horizon


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (row("CR1.0", None), "the value is empty"),
        (row("CR1.0", "see note"), 'the value "see note" is no number'),
        (row("CR1.0", -4), "outside 0 to 1,000,000"),
        (row("CR1.0", 3148440), "the digits of a formula may have run together"),
        (row("CR1.0", 4, "unknown"), 'the price year "unknown" is no financial year'),
        (row("CR1.0", 4, "2019/21"), 'the price year "2019/21"'),
        (row("CR1.0", 4, "1812/13"), 'price_year: "1812-13" is not known'),
        (row("CR1.0", 4, agency="The Guild"), 'the agency "The Guild" is not known'),
        (row("CR1.0", 4, agency=None), "the agency is empty"),
        (row("CR1.0", 4, unit=None), "unit: it is empty"),
    ],
)
def test_a_corrupt_row_is_refused_with_sheet_row_and_reason_and_the_others_are_taken(tmp_path, bad, why):
    imported = read(tmp_path, Crime=[bad, row("CR2.0", 5)])
    assert list(imported.costs) == [("9.1", "CR2.0")]
    [refused] = imported.refused
    assert str(refused).startswith("sheet Crime, row 3 (CR1.0): ")
    assert why in str(refused)


def test_of_a_code_that_stands_twice_neither_row_is_taken_also_across_sheets(tmp_path):
    imported = read(tmp_path, Crime=[row("CR1.0", 5)], Health=[row("CR1.0", 6)])
    assert not imported.costs
    assert [(each.sheet, each.row) for each in imported.refused] == [("Crime", 3), ("Health", 3)]


def test_a_workbook_that_does_not_state_a_licence_is_read_and_says_so(tmp_path):
    imported = read(tmp_path, introduction=[["Unit Cost Database v9.1"]], Crime=[row("CR1.0", 5)])
    assert "Not stated" in imported.licence


def test_a_workbook_that_is_not_the_database_is_refused_with_what_it_lacks(tmp_path):
    with pytest.raises(InputRefused, match="names no edition"):
        read(tmp_path, introduction=[["Welcome"]], Crime=[row("CR1.0", 5)])
    with pytest.raises(InputRefused, match="no sheet Crime"):
        read(tmp_path, Weather=[row("CR1.0", 5)])
    with pytest.raises(InputRefused, match="no such file"):
        read_unit_cost_database(tmp_path / "nowhere.xlsx")
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(InputRefused):
        read_unit_cost_database(tmp_path / "text.xlsx")


def test_costs_of_a_workbook_and_others_are_no_sum_for_nobody_has_said_how_they_overlap(tmp_path):
    imported = read(tmp_path, Crime=[row("CR1.0", 5)])
    with pytest.raises(UsageProblem, match="Nobody has said how"):
        may_be_summed(["ucd_9.1_CR1.0", "arrest"], {**UNIT_COSTS, **{c.code: c for c in imported.costs.values()}})


def test_what_was_imported_can_be_kept_as_the_councils_own_costs(tmp_path):
    imported = read(tmp_path, Crime=[row("CR1.0", 5), row("CR1.0.1", 2)])
    (tmp_path / "economics").mkdir()
    (tmp_path / "economics" / "unit_costs.csv").write_text(as_csv(imported.costs.values()), "utf-8")
    kept = costs_of_council(tmp_path)["ucd_9.1_CR1.0.1"]
    assert (kept.value, kept.parent, kept.flags) == (2, "ucd_9.1_CR1.0", ("local", "imported"))


# The Treasury's deflators: an invented release in the layout of the published table.

RELEASE = """GDP DEFLATORS AT MARKET PRICES AND MONEY GDP,,,,
,,,,
Outturn data are the latest National Accounts figures from ONS - last updated 30 June 2031,,,,
Forecast data are consistent with OBR data as at 13 March 2031,,,,
Financial year,,,,
,GDP deflator at market prices,,Money GDP,
Financial year,2030-31 = 100,per cent change on previous year,Cash £ million,
2028-29,80.000,,"19,816",
2029-30,90.5,13.1,"19,841",
2030-31,100.000,10.5,"19,860",
2031-32,110.0,10.0,,
,,,,
(1) Forecasts are derived from rounded changes,,,,
"""


@pytest.fixture
def release(tmp_path):
    """Writes a release as CSV and reads it."""

    def write(text=RELEASE, **said):
        (tmp_path / "release.csv").write_text(text, "utf-8")
        return read_deflators(tmp_path / "release.csv", **said)

    return write


def test_the_index_by_year_the_month_of_release_and_the_forecasts_are_read(release):
    found = release()
    assert found.index == {"2028-29": 80, "2029-30": 90.5, "2030-31": 100, "2031-32": 110}
    assert found.vintage == "2031-06"
    assert found.forecast == {"2031-32"}
    assert found.ratio("2028-29", "2030-31") == 1.25


def test_the_release_and_the_last_outturn_may_be_said(release):
    found = release(vintage="2031-03", last_outturn="2029-30")
    assert found.vintage == "2031-03"
    assert found.forecast == {"2030-31", "2031-32"}


def test_a_workbook_with_the_table_on_a_later_sheet_is_read_alike(release, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Contents"])
    sheet = book.create_sheet("Table 1")
    for line in RELEASE.splitlines():
        cells = line.split(",")
        sheet.append([cells[0], float(cells[1]) if cells[1][:1].isdigit() and "=" not in cells[1] else cells[1]])
    book.save(tmp_path / "release.xlsx")
    assert read_deflators(tmp_path / "release.xlsx").index == release().index


def test_a_table_saved_in_the_windows_code_page_is_read(tmp_path, release):
    (tmp_path / "windows.csv").write_bytes(RELEASE.encode("cp1252"))
    assert read_deflators(tmp_path / "windows.csv") == release()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (RELEASE.replace("2030-31 = 100", "index"), "No table of deflators"),
        (RELEASE.replace("2029-30,90.5", "2029-30,n/a"), "no index of 2029-30"),
        (RELEASE.replace("2028-29,80.000", "2028-29,0"), "no index above 0"),
        (RELEASE.split("2028-29")[0], "no index above 0"),
        (RELEASE.replace("30 June 2031", "June").replace("13 March 2031", "March"), "when it was released"),
    ],
)
def test_a_table_that_is_not_whole_is_refused_with_what_it_lacks(release, text, why):
    with pytest.raises(InputRefused, match=why):
        release(text)
