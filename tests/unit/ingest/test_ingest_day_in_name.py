"""The day in a file's name is the day of the extract, unless much happened after it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.staged import stage

HEADINGS = "contact_id,person_key,contact_date,source_code\n"


def contacts(folder: Path, name: str, days: list[str]) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADINGS + "".join(f"{n},p{n},{day},6\n" for n, day in enumerate(days)))
    return file


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2025-03-31/contact.csv", date(2025, 3, 31)),
        ("contact_20250331/contact.csv", date(2025, 3, 31)),
        ("contact.csv", date(2025, 1, 9)),
        ("2031-03-31/contact.csv", date(2025, 1, 9)),
        ("2024-13-01/contact.csv", date(2025, 1, 9)),
    ],
)
def test_a_slip_of_one_date_does_not_move_an_extract_whose_name_says_its_day(
    tmp_path: Path, name: str, expected: date
) -> None:
    days = ["2025-01-09"] * 99 + ["2025-09-01"]
    assert stage(tmp_path, contacts(tmp_path, name, days)).report["extract_date"] == expected.isoformat()


def test_a_name_that_says_the_first_day_is_not_believed(tmp_path: Path) -> None:
    file = contacts(tmp_path, "from 2025-01-01/contact.csv", ["2025-01-09"] * 60 + ["2025-03-31"] * 40)
    assert stage(tmp_path, file).report["extract_date"] == "2025-03-31"
