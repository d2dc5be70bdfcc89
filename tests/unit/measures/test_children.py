"""How many children a rate is of: the publication's own ages, else all of the bands that make them up, else nobody tells."""

from __future__ import annotations

import pytest

from earlyhelp.measures.children import children
from spec.dataset import snapshot

AREA = "E06000999"


def of(population: str, year: int, ages: str = "0-17") -> float | None:
    head = "area_code | year | age_band | count | source\n"
    rows = "\n".join(f"{AREA} | {line} | ONS" for line in population.strip().splitlines())
    with snapshot({"population": head + rows}, checked=False) as con:
        return children(con, AREA, (), ages).of(year, ())


def test_ages_as_such_are_taken_before_bands():
    assert of("2023 | 0-4 | 900\n2023 | under 1 | 200\n2023 | 1-4 | 800", 2023, "0-4") == 900


@pytest.mark.parametrize("bands", ["2023 | under 1 | 200\n2023 | 1-4 | 800", "2023 | 0-0 | 200\n2023 | 1-4 | 800"])
def test_bands_that_are_all_of_the_ages_are_summed(bands):
    assert of(bands, 2023, "0-4") == 1_000


def test_bands_that_are_some_of_the_ages_are_not_the_whole():
    assert of("2022 | 0-17 | 5000\n2023 | under 1 | 200\n2023 | 1-4 | 800", 2023) == 5_000
    assert of("2023 | 1-4 | 800", 2023, "0-4") is None
