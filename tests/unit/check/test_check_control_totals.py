"""Control totals as councils type them: which periods are understood, and what is said of a line that is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from earlyhelp.check.control_totals import read_control_totals
from earlyhelp.errors import InputRefused
from earlyhelp.sources import SOURCES


def read(tmp_path: Path, *lines: str, headings: str = "source,list,period,total", year_starts: int = 4):
    file = tmp_path / "control_totals.csv"
    file.write_text("\n".join([headings, *lines]) + "\n", "utf-8-sig")
    return read_control_totals(file, SOURCES, year_starts)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2025-26", date(2025, 4, 1), date(2026, 3, 31)),
        ("1999/00", date(1999, 4, 1), date(2000, 3, 31)),
        ("2025-04", date(2025, 4, 1), date(2025, 4, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2011-12", date(2011, 12, 1), date(2011, 12, 31)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-04-01 to 2025-06-30", date(2025, 4, 1), date(2025, 6, 30)),
        ("all", None, None),
        ("", None, None),
    ],
)
def test_a_period_is_read_as_it_is_written(tmp_path, period, first, last):
    [total] = read(tmp_path, f"annex_a,List 1,{period},1200")
    assert (total.first, total.last, total.total) == (first, last, 1200)


def test_a_year_begins_with_the_councils_own_month(tmp_path):
    [total] = read(tmp_path, "annex_a,List 1,2025-26,1", year_starts=9)
    assert (total.first, total.last) == (date(2025, 9, 1), date(2026, 8, 31))


def test_columns_may_stand_in_any_order_and_a_table_may_be_named_instead_of_a_list(tmp_path):
    [total] = read(tmp_path, '"1,200",contact,ssd,rows', headings="Total,Table,Source,Counts")
    assert (total.total, total.held, total.source, total.counts) == (1200, "contact", "ssd", "rows")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("mosaics,List 1,,5", "no source 'mosaics'"),
        ("annex_a,List 99,,5", "no list 'List 99'"),
        ("annex_a,List 1,,about 5", "not a whole number"),
        ("annex_a,List 1,last year,5", "'last year' is no period"),
        ("annex_a,List 1,2025-27,5", "'2025-27' is no period"),
        ("annex_a,List 1,2025-06-30 to 2025-04-01,5", "no period"),
        ("annex_a,List 1,9999,5", "no period"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_what_is_wrong(tmp_path, line, what):
    with pytest.raises(InputRefused, match=what) as refused:
        read(tmp_path, "annex_a,List 1,,1", line)
    assert refused.value.where == "control_totals.csv, line 3"
    assert refused.value.fix


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n", "source,list,period,total\n"])
def test_a_file_without_totals_is_refused(tmp_path, text):
    file = tmp_path / "control_totals.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputRefused):
        read_control_totals(file, SOURCES, 4)
