"""Advice that names a command of the command line names a page on pages."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.open_file import open_file
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.ingest.recognise import recognise
from earlyhelp.web.on_pages import advice


def test_a_file_that_nothing_recognises_leads_to_matching_its_columns(tmp_path: Path) -> None:
    menu = tmp_path / "menu.csv"
    menu.write_text("dish,price\nsoup,3\n")
    with duckdb.connect() as con, pytest.raises(InputRefused) as refused:
        recognise(open_file(menu, menu.name, con, tmp_path).grids, menu.name)
    assert advice(refused.value.fix) == "Check that the headings stand in one row, or match its columns here."


def test_no_advice_for_a_row_names_a_command() -> None:
    assert [rule for rule, problem in PROBLEMS.items() if "earlyhelp " in advice(problem.fix)] == []


def test_other_advice_stays_as_it_is() -> None:
    assert advice("Export it again.") == "Export it again."
