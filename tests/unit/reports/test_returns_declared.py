"""Every return says whose layout it is, where each column comes from, and whom it is about; the page tells all of it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from earlyhelp.errors import UsageProblem
from earlyhelp.reports.returns import RETURNS, Drawn, Return, return_called
from earlyhelp.reports.returns.carried import CARRIED, LEFT_OUT
from earlyhelp.reports.returns.pages import generated_pages
from earlyhelp.sources import SOURCES
from earlyhelp.standard import TABLES, Sensitivity
from unit.reports.small_council import DRAWN, both_sides

PAGE = generated_pages()["returns.md"]
each_return = pytest.mark.parametrize("wanted", RETURNS.values(), ids=RETURNS)


@each_return
def test_a_return_says_what_it_is(wanted: Return):
    for words in (wanted.title, wanted.holds, wanted.publisher, wanted.source, wanted.period):
        assert words.strip()
    assert wanted.endings
    assert return_called(wanted.name) is wanted


@each_return
def test_the_page_tells_of_a_return_and_of_each_of_its_columns(wanted: Return):
    section = PAGE.split(f"## {wanted.title}\n")[1].split("\n## ")[0]
    assert f"`{wanted.name}`" in section
    assert wanted.source in section
    for cell in wanted.columns:
        assert f"| {cell.heading} | {', '.join(f'`{column}`' for column in cell.comes_from)} | {cell.note} |" in section


@each_return
def test_a_column_comes_from_the_standard_or_says_why_not(wanted: Return):
    assert [cell.heading for cell in wanted.columns if not cell.comes_from and not cell.note] == []
    assert all(
        column is TABLES[column.table_name].columns[column.column_name]
        for c in wanted.columns
        for column in c.comes_from
    )


@each_return
def test_the_lists_laid_out_have_the_columns_declared_in_their_order(wanted: Return):
    tables = wanted.lay_out(both_sides({}, checked=True), DRAWN).tables
    for part in wanted.parts:
        laid_out = [name for name in tables[part].column_names if not name.startswith("_")]
        assert laid_out == [cell.heading for cell in wanted.columns if cell.part == part]


@each_return
def test_only_a_return_that_is_about_people_is_made(wanted: Return):
    """The command puts every return into the audit log and into a private file; one that is not would need another way."""
    assert wanted.about_people


@pytest.mark.parametrize(("name", "source"), [("annex-a-list-2", "annex_a"), ("ssd-early-help", "ssd")])
def test_headings_of_a_published_layout_are_those_that_its_source_reads(name: str, source: str):
    parts = {part.title: [heading.name for heading in part.headings] for part in SOURCES[source].parts}
    shown = {
        part: [c.heading for c in RETURNS[name].columns if c.part == part]
        for part in {c.part for c in RETURNS[name].columns}
    }
    assert shown
    assert all(parts[part] == headings for part, headings in shown.items())


def test_the_headings_of_list_2_are_ofsteds_own(shared):
    file = shared / "samples" / "annex_a" / "ofsted_annex_a_2019-08_guidance_and_codes.json"
    published = json.loads(file.read_text("utf-8"))["lists"]["List 2: Early Help"]["fields"]
    assert [cell.heading for cell in RETURNS["annex-a-list-2"].columns] == [each["name"] for each in published]


def test_the_national_return_carries_nothing_that_names_people_and_no_free_text():
    named = {Sensitivity.DIRECT, Sensitivity.FREE_TEXT}
    carried = [column for each in CARRIED.values() for column in each.columns]
    assert [str(column) for column in carried if column.sensitivity in named] == []
    assert not RETURNS["national-return"].identity


def test_every_table_of_the_standard_is_in_the_national_return_or_has_a_reason_not_to_be():
    assert set(CARRIED) & set(LEFT_OUT) == set()
    assert set(CARRIED) | set(LEFT_OUT) == set(TABLES)


@pytest.mark.parametrize("each", CARRIED.values(), ids=CARRIED)
def test_the_national_return_carries_what_the_standard_requires_but_for_what_names_people(each):
    required = {c for c in each.table.columns.values() if c.required and not c.sensitivity.on_identity_side}
    assert required <= set(each.columns)


@pytest.mark.parametrize(
    ("first", "last", "where"),
    [
        (None, date(2026, 4, 1), "--to"),
        (date(2026, 2, 1), date(2026, 1, 31), "--from"),
    ],
)
@each_return
def test_days_that_cannot_be_are_refused(wanted: Return, first: date | None, last: date, where: str):
    with pytest.raises(UsageProblem) as refused:
        wanted.takes(Drawn(as_at=date(2026, 3, 31), first=first, last=last))
    assert refused.value.where == where
    assert refused.value.fix


def test_the_six_months_of_list_2_are_ofsteds_and_cannot_be_chosen():
    with pytest.raises(UsageProblem, match="six months"):
        RETURNS["annex-a-list-2"].takes(Drawn(as_at=date(2026, 3, 31), first=date(2025, 1, 1), last=date(2026, 3, 31)))


def test_a_report_there_is_not_is_told_with_those_there_are():
    with pytest.raises(UsageProblem) as refused:
        return_called("annex-b")
    assert "annex-a-list-2" in refused.value.fix
