"""Parameters of appraisal as dated data: each with its unit, source and vintage, and one hash for a whole set of them.

Nothing here is a literal in the code that uses it. A scenario may set its own value; the hash of the set then differs,
and what was changed is printed beside the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from earlyhelp.store.plans import hash_of

_GREEN_BOOK = (
    "HM Treasury, The Green Book, annex on discounting. A review of the rate reported on 30 June 2026: check whether a "
    "new rate was adopted"
)
_PARTNERSHIPS = (
    "HM Treasury, Supporting public service transformation: cost benefit analysis guidance for local "
    "partnerships, April 2014"
)
_OURS = "A convention of this software, to be changed where a council knows better"


@dataclass(frozen=True)
class Parameter:
    """One value with where it comes from. `vintage`: the date of the source. `verified`: whether the source was read."""

    name: str
    value: float
    unit: str
    words: str
    source: str
    vintage: str
    lowest: float = 0.0
    highest: float = 1.0
    verified: bool = True


PARAMETERS: Mapping[str, Parameter] = MappingProxyType({
    each.name: each
    for each in (
        Parameter("discount_rate", 0.035, "a year", "Social time preference, years 1 to 30", _GREEN_BOOK, "2026"),
        Parameter("discount_rate_from_31", 0.03, "a year", "The same, years 31 to 75", _GREEN_BOOK, "2026"),
        Parameter("discount_rate_from_76", 0.025, "a year", "The same, from year 76 on", _GREEN_BOOK, "2026"),
        Parameter("health_discount_rate", 0.015, "a year", "Health and life, years 1 to 30", _GREEN_BOOK, "2026"),
        Parameter("distributional_elasticity", 1.3, "power", "Of the worth of income: sensitivity analysis alone",
                  "HM Treasury, The Green Book, annex on distribution", "2022", highest=4),
        Parameter("qaly", 70_000, "pounds, 2020-21 prices", "A year of life in full health (social, not fiscal)",
                  "HM Treasury, The Green Book", "2022", highest=1e6),
        Parameter("wellby", 13_000, "pounds, 2019-20 prices", "A point of life satisfaction for a year (social, not fiscal)",
                  "HM Treasury, Wellbeing guidance for appraisal, July 2021: 10,000 to 16,000", "2021", highest=1e6),
        Parameter("optimism_1", 0.0, "share", "Agency's own data or a trial, under a year old", _PARTNERSHIPS, "2014"),
        Parameter("optimism_2", 0.05, "share", "Evidence grade 2", _PARTNERSHIPS, "2014", verified=False),
        Parameter("optimism_3", 0.10, "share", "Evidence grade 3", _PARTNERSHIPS, "2014", verified=False),
        Parameter("optimism_4", 0.15, "share", "Evidence grade 4", _PARTNERSHIPS, "2014", verified=False),
        Parameter("optimism_5", 0.25, "share", "Evidence grade 5", _PARTNERSHIPS, "2014", verified=False),
        Parameter("optimism_6", 0.40, "share", "Uncorroborated judgement, or over five years old", _PARTNERSHIPS, "2014"),
        Parameter("prior_care_ratio", 0.68, "risk ratio", "Care within two years, programme against comparison",
                  "MHCLG, National evaluation of the Troubled Families Programme 2015 to 2020, March 2019", "2019", highest=10),
        Parameter("prior_care_spread", 0.25, "SD of the log", "How far a local service may lie from the national one",
                  _OURS, "2026", lowest=0.25, highest=5),
        Parameter("sceptical_spread", 0.5, "SD of the log", "Around no difference, where nothing national is known",
                  _OURS, "2026", lowest=0.1, highest=5),
        Parameter("step_spread", 0.25, "SD of the log", "How far need or care may lie from any first step-up",
                  _OURS, "2026", highest=5),
        Parameter("cut_prior_spread", 0.15, "SD of the log", "Change of referrals after a cut, about none",
                  f"{_OURS}; Webb (2021): a few per cent for a quarter of spending", "2026", lowest=0.01, highest=5),
        Parameter("design_spread_1", 0.50, "SD of the log", "Added to an estimate of Maryland grade 1", _OURS, "2026", highest=5),
        Parameter("design_spread_2", 0.25, "SD of the log", "Added at grade 2: matched at one time", _OURS, "2026", highest=5),
        Parameter("design_spread_3", 0.15, "SD of the log", "Added at grade 3: change against change", _OURS, "2026", highest=5),
        Parameter("design_spread_4", 0.10, "SD of the log", "Added at grade 4", _OURS, "2026", highest=5),
        Parameter("design_spread_5", 0.0, "SD of the log", "Added at grade 5: a trial", _OURS, "2026", highest=5),
        Parameter("elasticity", 1.0, "ratio", "Families who lose help for each one that the share of money would tell",
                  _OURS, "2026", highest=5),
        Parameter("elasticity_spread", 0.15, "SD", "Of the elasticity", _OURS, "2026", highest=2),
        Parameter("cost_variation", 0.25, "coefficient of variation", "Of a unit cost from the council's own ledger",
                  _OURS, "2026", highest=2),
        Parameter("national_cost_variation", 0.4, "coefficient of variation", "Of a unit cost from elsewhere",
                  _OURS, "2026", highest=2),
        Parameter("first_year_share", 0.5, "share", "Of what follows within twelve months, the part in the same year",
                  "Families spread evenly over the year", "2026", lowest=0.05, highest=0.95),
        Parameter("first_year_share_spread", 0.1, "SD", "Of that share", _OURS, "2026", highest=0.3),
        Parameter("drop_off", 0.2, "share a year", "Of an avoided month of care or plan, the part that comes later all the same",
                  _OURS, "2026"),
    )
})  # fmt: skip
"""Every parameter by name. Values with `verified` False are quoted from memory of the source and must be read again."""


@dataclass(frozen=True)
class ParameterSet:
    """The declared parameters, with the values that a user set in their place. Raises ValueError for one there is not."""

    changed: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in self.changed.items():
            known = PARAMETERS.get(name)
            if known is None:
                raise ValueError(f"there is no parameter {name}")
            if not known.lowest <= value <= known.highest:
                raise ValueError(f"{name} lies between {known.lowest:g} and {known.highest:g}")

    def __getitem__(self, name: str) -> float:
        return float(self.changed.get(name, PARAMETERS[name].value))

    @property
    def hash(self) -> str:
        """Sixteen figures that are the same where every value is the same."""
        return hash_of({name: self[name] for name in PARAMETERS})


DECLARED = ParameterSet()


def optimism_bias(evidence_grade: int, parameters: ParameterSet = DECLARED) -> float:
    """The share by which benefits are lowered, and costs raised: 0 to 0.4 by the grade of their evidence (1 best, 6 worst).

    Raises ValueError for a grade that is not 1 to 6.
    """
    if evidence_grade not in range(1, 7):
        raise ValueError("the grade of evidence is 1 to 6")
    return parameters[f"optimism_{evidence_grade}"]


def distributional_weight(income: float, median: float, parameters: ParameterSet = DECLARED) -> float:
    """What a pound is worth to a household, against one to the median household: (median / income) to the power of 1.3.

    For sensitivity analysis alone: the result without weights is the one that is headlined. Incomes above 0, in pounds.
    """
    if not (income > 0 and median > 0):
        raise ValueError("incomes are above 0")
    return float((median / income) ** parameters["distributional_elasticity"])
