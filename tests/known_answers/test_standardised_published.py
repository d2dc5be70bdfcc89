"""Directly standardised rates against published worked examples. Each test names the example; the figures are as there."""

from __future__ import annotations

import pytest

from earlyhelp.statistics.standardised import directly_standardised

# The European Standard Population 2013, by five years of age up to 90 and over (Eurostat).
EUROPE = [
    5000,
    5500,
    5500,
    5500,
    6000,
    6000,
    6500,
    7000,
    7000,
    7000,
    7000,
    6500,
    6000,
    5500,
    5000,
    4000,
    2500,
    1500,
    1000,
]
# A small place with no death between 10 and 24, by the same ages.
PEOPLE = [30, 35, 35, 35, 40, 40, 45, 50, 50, 50, 60, 60, 70, 75, 70, 60, 20, 20, 15]
DEATHS = [1, 1, 0, 0, 0, 1, 1, 3, 3, 3, 3, 10, 10, 10, 10, 8, 8, 8, 8]


def test_rate_of_a_small_place_is_that_of_the_dsr_vignette_of_pheindicatormethods():
    """Its example of zero deaths in some age bands: 8283.016 (6570.819 to 10289.65) per 100,000, by Dobson on Byar."""
    found = directly_standardised(DEATHS, PEOPLE, EUROPE, per=100000)
    assert (round(found.value, 3), round(found.lower, 3), round(found.upper, 2)) == (8283.016, 6570.819, 10289.65)


def test_a_rate_worked_by_hand():
    # 6 of 100 and 10 of 400, weights 1 and 3: (0.06 + 3 x 0.025)/4 = 0.03375.
    # Variance (6/100^2 + 9 x 10/400^2)/16 = 0.0000726563, over 16 events 0.00000454102: its root is 0.00213097.
    # Byar on 16: 9.139 to 25.984 (PHE 2018, appendix 1), so 0.03375 - 0.0146 = 0.0191 and 0.03375 + 0.02127 = 0.0550.
    found = directly_standardised([6, 10], [100, 400], [1, 3], per=1)
    assert found.value == pytest.approx(0.03375)
    assert (round(found.lower, 4), round(found.upper, 4)) == (0.0191, 0.0550)
