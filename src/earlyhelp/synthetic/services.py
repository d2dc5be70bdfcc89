"""The services of every synthetic council, each with who takes it and what it truly does. All of it is planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

ESTIMABLE, LITTLE_OVERLAP, CANNOT_TELL = "estimable", "little overlap", "cannot tell"
SIZED_FOR = 40_000
"""Children of the council that the declared costs and capacities are for; others have their share."""


@dataclass(frozen=True)
class Service:
    """One service: what the directory says of it, who is offered it, and its effect.

    `selection`: log-odds of this service against none by covariate (names of `offers.COVARIATES`), at the usual family.
    `motivation`: log-odds for one standard deviation of what nobody records.
    `hazard_ratio`: on the step-up of families offered it, whether or not they finish; `with_abuse`: the same for
    families with domestic abuse recorded, where it differs. `absence_ratio`: on sessions missed in the year after.
    `knowable`: what an honest study of the records can say. `needs`, `level`, `ages`: what the directory says of whom it
    is for; ages are the lowest and the highest in years, each None where the directory names none.
    """

    service_id: str
    name: str
    organisation: str
    service_type: str
    annual_cost: float
    capacity: int
    log_odds: float
    selection: Mapping[str, float] = field(default_factory=dict)
    motivation: float = 0.0
    hazard_ratio: float = 1.0
    with_abuse: float | None = None
    absence_ratio: float = 1.0
    knowable: str = ESTIMABLE
    evidence_level: str = "Not yet tested"
    start: date = date(2015, 4, 1)
    end: date | None = None
    needs: tuple[str, ...] = ()
    level: str | None = "targeted"
    ages: tuple[int | None, int | None] = (0, 18)

    def runs(self, day: date) -> bool:
        """True when the service can be offered on `day`."""
        return self.start <= day and (self.end is None or day <= self.end)


COUNCIL = "Early Help Service"
SERVICES = (
    Service(
        "S01", "Intensive Family Support", COUNCIL, "Intensive key work", 420_000, 160, -0.5,
        {"n_needs": 0.2, "level": 0.5, "SF5": 0.3}, hazard_ratio=0.54, evidence_level="Evidence of promise",
        needs=("SF1", "SF5", "SF6", "SF8", "SF10"),
    ),
    Service(
        "S02", "Consequences Programme", "Straight Lines CIC", "Group work with young people", 140_000, 120, -0.9,
        {"SF7": 0.7, "SF1": 0.3, "youngest_age": 0.04}, hazard_ratio=1.7,
        needs=("SF7", "SF1"), ages=(10, 17),
    ),
    Service(
        "S03", "Bright Beginnings Groups", "Meadow Family Charity", "Parenting group", 160_000, 140, -0.5,
        {"n_needs": -0.45, "level": -0.7, "domestic_abuse": -0.5, "SF6": -0.6}, evidence_level="Well regarded",
        needs=("SF5", "SF2"), level="community", ages=(0, 11),
    ),
    Service(
        "S04", "Safe Together", "Harbour Domestic Abuse Service", "Domestic abuse support", 230_000, 130, -1.1,
        {"domestic_abuse": 1.1, "SF5": 0.3}, with_abuse=0.5,
        needs=("SF8", "SF5"),
    ),
    Service(
        "S05", "Coffee and Play", "Meadow Family Charity", "Drop-in", 45_000, 200, -2.2,
        {"n_needs": -1.3, "level": -3.0, "deprivation_decile": 0.3, "domestic_abuse": -2.5, "SF6": -2.0},
        knowable=LITTLE_OVERLAP,
        needs=("SF2",), level="universal", ages=(0, 4),
    ),
    Service(
        "S06", "Moving Forward Together", "Next Step Families", "Goal-setting course", 110_000, 120, -1.3,
        {"SF10": 0.2}, motivation=1.3, knowable=CANNOT_TELL, evidence_level="Families recommend it",
        needs=("SF10", "SF5"), level=None, ages=(None, None),
    ),
    Service(
        "S07", "Volunteer Home Visiting", "Doorstep Volunteers", "Befriending", 90_000, 110, -1.1,
        {"SF2": 0.6, "youngest_age": -0.06},
        needs=("SF2", "SF5"), level="community", ages=(0, 4),
    ),
    Service(
        "S08", "Back in Class", "Learning Support Trust", "Attendance mentoring", 125_000, 120, -1.4,
        {"SF1": 1.2}, absence_ratio=0.75,
        needs=("SF1",), ages=(5, 16),
    ),
    Service(
        "S09", "Money and Home Advice", "Citizens' Money Desk", "Debt and housing advice", 85_000, 150, -1.3,
        {"SF9": 0.6, "SF10": 0.7},
        needs=("SF9", "SF10"), level="community",
    ),
    Service(
        "S10", "Calm Minds", "Calm Minds CIC", "Counselling", 150_000, 110, -1.3,
        {"SF3": 0.8, "previous_episodes": 0.2}, start=date(2021, 9, 1),
        needs=("SF3",), ages=(11, None),
    ),
    Service(
        "S11", "Talking as Parents", "Next Step Families", "Work on conflict between parents", 95_000, 90, -1.2,
        {"SF5": 0.7}, end=date(2024, 3, 31),
        needs=("SF5",),
    ),
    Service(
        "S12", "Recovery and Family", "Clear Water Trust", "Substance misuse support", 105_000, 70, -1.3,
        {"SF4": 0.9, "SF3": 0.2},
        needs=("SF4", "SF3"),
    ),
)  # fmt: skip
