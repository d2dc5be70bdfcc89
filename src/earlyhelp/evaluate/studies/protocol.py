"""What a study is before any outcome is read: who, from when, compared with whom, what for, and how it will be judged.

The declaration has a hash, under which it is kept with the day it was first declared, so that anyone can see that the
plan came before the answer (Hernan and Robins 2016, American Journal of Epidemiology 183:758-764: the target trial).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from earlyhelp.evaluate.methods.balance import LEAST_EFFECTIVE, MOST_DIFFERENCE, VARIANCE_RATIOS
from earlyhelp.evaluate.methods.overlap import EXPECTED_BY_LOT, LEAST_SHARED
from earlyhelp.evaluate.studies.covariates import COVARIATES, EARLIER, NOT_HELD
from earlyhelp.evaluate.studies.design import CHANCE, FEWEST_OFFERED
from earlyhelp.evaluate.studies.groups import GROUPS
from earlyhelp.evaluate.studies.offers import CLEAR_DAYS
from earlyhelp.evaluate.studies.outcomes import OUTCOMES, WINDOWS
from earlyhelp.evaluate.verdicts import THRESHOLDS
from earlyhelp.store.plans import hash_of

VERSION = 3
"""Of the way in which studies are done; a study under another version is another plan."""
MAIN_OUTCOME = "step_up"
MAIN_WINDOW = 12
ESTIMAND = "difference in risk among the families offered it (average effect of the offer on those offered)"
DESIGN = "families offered one thing against families offered another, made alike by what was recorded before"


@dataclass(frozen=True)
class Study:
    """One study of one service. `seed` decides every draw in it, so that it can be done again to the last digit.

    `service`: the service whose offer is studied. `outcome` and `window` (months): the main ones; all are shown.
    """

    service: str
    outcome: str = MAIN_OUTCOME
    window: int = MAIN_WINDOW
    seed: int = 20260331

    @property
    def name(self) -> str:
        """The name by which it is asked for."""
        return f"service:{self.service}"

    def declaration(self) -> dict[str, Any]:
        """Everything that is fixed before an outcome is read, in words and figures that can be kept and hashed."""
        return {
            "study": self.name,
            "version": VERSION,
            **asdict(self),
            "eligible": (
                f"family with early help allocated, none allocated in the {CLEAR_DAYS} days before, no child in a "
                "statutory service at time zero, the service running, and a home in a ward that it did not pass over"
            ),
            "time_zero": (
                "day of the first offer; for families offered nothing, so many days after allocation as offers usually "
                "take, where help was still open"
            ),
            "compared_with": "families offered another service, or nothing, while the service ran",
            "analysed": "as offered, whether or not a family took it up or finished",
            "estimand": ESTIMAND,
            "design": DESIGN,
            "outcomes": list(OUTCOMES),
            "windows": dict(WINDOWS),
            "covariates": [each.name for each in COVARIATES],
            "not_held": list(NOT_HELD),
            "gate": {
                "largest_difference": MOST_DIFFERENCE,
                "variance_ratios": list(VARIANCE_RATIOS),
                "least_effective_share": LEAST_EFFECTIVE,
                "standard_errors_of_chance": CHANCE,
                "fewest_families": FEWEST_OFFERED,
                "least_shared_places": LEAST_SHARED,
                "expected_where_passed_over": EXPECTED_BY_LOT,
            },
            "verdict": asdict(THRESHOLDS),
            "must_show_nothing": EARLIER.name,
            "groups": [each.name for each in GROUPS],
        }

    @property
    def plan(self) -> str:
        """The hash of the declaration: two studies with the same plan ask the same of their data."""
        return hash_of(self.declaration())

    @property
    def method(self) -> str:
        """The hash of all but the service: by it councils whose services have other ids know that they ask the same."""
        return hash_of({name: value for name, value in self.declaration().items() if name not in ("study", "service")})


def service_study(service_id: str, outcome: str = MAIN_OUTCOME, window: int = MAIN_WINDOW) -> Study:
    """The study of one service under its standard plan."""
    return Study(service_id, outcome, window)
