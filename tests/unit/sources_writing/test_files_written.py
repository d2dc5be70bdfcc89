"""Files as they are written: the same bytes each time, real dates, and damage kept as it is."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest
from openpyxl import load_workbook

from earlyhelp.sources.writing import STANDARD_AS_PARQUET, WRITERS, write_csv, write_workbook
from earlyhelp.sources.writing import workbook as workbooks
from unit.sources_writing.true_records import connected, drawn

AS_AT = date(2025, 3, 31)
WRITTEN = {**WRITERS, "standard as Parquet": STANDARD_AS_PARQUET}


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_records_make_the_same_bytes(name, tmp_path):
    def written(folder):
        cells = WRITTEN[name].lay_out(connected(drawn(7, ["Oak"], AS_AT)), AS_AT)
        return [(path.name, path.read_bytes()) for path in WRITTEN[name].write(cells, tmp_path / folder, AS_AT)]

    first = written("first")
    assert first == written("second")
    assert all(content for _, content in first)


@pytest.mark.parametrize("many", [0, 10**6], ids=["in bounded memory", "with shared texts"])
def test_a_clean_date_is_a_real_date_and_a_damaged_one_stays_text(many, tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "MANY_CELLS", many)
    days = ["31/12/2024", "31/02/2024", "2024-12-31", "12/2024", None, "01/01/1900"]
    ages = ["11", "-1", "eleven", "011", None, "1e5"]
    cells = pa.table({"Day": days, "Age": ages, "Other": ["31/12/2024"] * 6, "_record": ["x"] * 6})
    path = tmp_path / "book.xlsx"
    write_workbook({"List_1": cells}, path, titles={"List_1": "List 1"}, dates=["Day"], numbers=["Age"])
    rows = [list(row) for row in load_workbook(path)["List_1"].iter_rows(values_only=True)]
    assert rows[0] == ["List 1", None, None]
    assert rows[1] == ["Day", "Age", "Other"]
    assert [row[0] for row in rows[2:]] == [datetime(2024, 12, 31), *days[1:]]
    assert [row[1] for row in rows[2:]] == [11, -1, "eleven", "011", None, "1e5"]
    assert {row[2] for row in rows[2:]} == {"31/12/2024"}


def test_a_text_that_looks_like_a_formula_or_an_address_stays_text(tmp_path):
    texts = ["=1+1", "https://example.org", "mailto:a@example.org"]
    write_workbook({"List_1": pa.table({"Note": texts})}, tmp_path / "book.xlsx")
    assert [cell.value for cell in load_workbook(tmp_path / "book.xlsx")["List_1"]["A"]] == ["Note", *texts]
    assert load_workbook(tmp_path / "book.xlsx")["List_1"]["A2"].data_type in ("s", "inlineStr", "f")


def test_csv_quotes_only_what_needs_it_and_a_blank_is_nothing(tmp_path):
    cells = pa.table({"A": ["plain", 'a "b", c', None], "_record": ["1", "2", "3"], "B": ["x", None, "é"]})
    write_csv(cells, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().decode() == 'A,B\nplain,x\n"a ""b"", c",\n,é\n'


def test_csv_can_be_written_as_old_exports_are(tmp_path):
    cells = pa.table({"A": ["é", "Ł"], "B": ["x", None]})
    write_csv(cells, tmp_path / "a.csv", encoding="cp1252", delimiter=";", line_end="\r\n")
    assert (tmp_path / "a.csv").read_bytes() == b"A;B\r\n\xe9;x\r\n?;\r\n"


def test_a_damaged_date_reaches_the_census_as_it_is(tmp_path):
    writer = WRITERS["cin_census"]
    cells = dict(writer.lay_out(connected(drawn(3, ["Oak"], AS_AT)), AS_AT))
    details = cells["CINdetails"]
    place = details.column_names.index("CINreferralDate")
    damaged = pa.array(["31/02/2025"] * details.num_rows)
    cells["CINdetails"] = details.set_column(place, "CINreferralDate", damaged)
    (path,) = writer.write(cells, tmp_path, AS_AT)
    text = path.read_text("utf-8")
    assert text.count("<CINreferralDate>31/02/2025</CINreferralDate>") == details.num_rows
    assert text.count("<Assessments>") == cells["Assessments"].num_rows
