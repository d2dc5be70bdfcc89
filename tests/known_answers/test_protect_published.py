"""Published examples of what an outsider can work out, and of a lightest pattern.

Fischetti and Salazar (2000), Journal of the American Statistical Association 95:916-928, figure 1: investment by activity
and region, of which four cells are hidden; an outsider knows that the sensitive one, 22, lies from 5 to 30.

OpenSAFELY's documentation of statistical disclosure control: heart disease by age band with one number redacted beside
its total; and the same bands for all and for males.
"""

from __future__ import annotations

import numpy as np
import pytest

from earlyhelp.release import Policy, policy
from earlyhelp.release.protect.attack import audit, intervals, released
from earlyhelp.release.protect.joint import Cell, joined
from earlyhelp.release.protect.optimum import optimum
from earlyhelp.release.protect.suppress import Problem, fewest_then_least
from earlyhelp.release.protect.tables import Relation, crossed, flat

INVESTMENT = np.array([[20.0, 50, 10], [8, 19, 22], [17, 32, 12]])
ACTIVITIES, REGIONS = ("I", "II", "III"), ("A", "B", "C")
NOT_NEGATIVE = Policy("known not to be negative", lowest=0, highest=0, secondary=True)
BANDS = ("21-30", "31-40", "41-50", "51+")


def of_investment() -> list[Relation]:
    return [
        *(Relation((row, "total"), tuple((row, region) for region in REGIONS)) for row in (*ACTIVITIES, "total")),
        *(Relation(("total", region), tuple((row, region) for row in ACTIVITIES)) for region in REGIONS),
    ]


def test_the_hidden_investment_lies_from_5_to_30_as_in_figure_1():
    whole = crossed([flat(ACTIVITIES), flat(REGIONS)], INVESTMENT)
    hidden = {("II", "A"), ("II", "C"), ("III", "A"), ("III", "C")}
    cells = {key: None if key in hidden else float(value) for key, value in zip(whole.keys, whole.values, strict=True)}
    view = released(cells, of_investment(), NOT_NEGATIVE, zeros_too=True)
    found = intervals(view)
    place = view.keys.index(("II", "C"))
    assert (found.lower[place], found.upper[place]) == (5, 30)


def test_the_fewest_cells_that_protect_the_investment_are_three_further_ones():
    """A ring of four, as in figure 2: every row and column with a hidden cell needs another one."""
    whole = crossed([flat(ACTIVITIES), flat(REGIONS)], INVESTMENT)
    sensitive = np.array([key == ("II", "C") for key in whole.keys])
    nothing = np.zeros(len(sensitive), dtype=bool)
    given = Problem(
        whole,
        sensitive,
        ~sensitive,
        fewest_then_least(whole.values),
        np.zeros(len(sensitive)),
        np.full(len(sensitive), np.inf),
        (17, 26),
        nothing,
    )
    pattern = optimum(given, seconds=20)
    assert pattern.is_optimal
    assert pattern.hidden.sum() == 4


@pytest.mark.parametrize(("counts", "behind"), [((None, 10, 15, 25, 51), 1), ((None, 100, 90, 85, 276), 1)])
def test_one_number_redacted_beside_its_total_is_recovered_exactly(counts, behind):
    cells = dict(zip((*BANDS, "total"), counts, strict=True))
    view = released(cells, [Relation("total", BANDS)], policy("dfe"))
    assert audit(view).recoverable == ("21-30",)
    assert intervals(view).lower[0] == behind


def test_all_and_males_alone_tell_of_the_one_woman():
    all_of, males = (8, 10, 15, 25), (7, 5, 8, 13)
    sexes = {"all": frozenset({"male", "other"}), "male": frozenset({"male"})}
    tables = [
        [Cell({"sex": sexes[sex], "age": frozenset({band})}, float(n)) for band, n in zip(BANDS, counts, strict=True)]
        for sex, counts in (("all", all_of), ("male", males))
    ]
    assert all(audit(joined([each], policy("dfe"))).passed for each in tables)
    found = audit(joined(tables, policy("dfe")))
    assert len(found.recoverable) == 2  # the woman aged 21 to 30, and five aged 31 to 40
    assert not found.passed
