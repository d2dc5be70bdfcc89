"""A required code that is blank is on the fix-list, also where it is part of the key; the row is in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.staged import stage

from earlyhelp.sources import SOURCES
from earlyhelp.sources.ssd import ssd
from earlyhelp.standard import person

NUMBERS = """\
person_key,type,value
p1,nhs_number,9434765919
p2,,9434765870
p3,lottery,9434765828
"""


def test_a_blank_code_in_a_key_is_flagged_and_the_row_is_in(tmp_path: Path):
    file = tmp_path / "person_identifier.csv"
    file.write_text(NUMBERS, "utf-8")
    staged = stage(tmp_path, file)
    assert [row["type"] for row in staged.rows("person_identifier")] == ["nhs_number", "not_recorded", "unmapped"]
    assert (3, "blank_required") in staged.flagged
    assert not {row for row in staged.flagged if row[0] == 2 and row[1] == "blank_required"}


@pytest.mark.parametrize(
    ("flag", "read"),
    [("Y", "ehcp"), ("yes", "ehcp"), ("N", None), (" no ", None), ("SEN support", "SEN support"), ("tbc", "tbc")],
)
def test_words_in_the_flag_of_the_safeguarding_dataset_are_passed_on_and_not_taken_for_a_no(
    flag: str, read: str | None
):
    assert SOURCES["ssd"] is ssd
    [cell] = [
        fill.cells[person.sen_status] for part in ssd.parts for fill in part.fills if person.sen_status in fill.cells
    ]
    assert cell.by(flag) == read
