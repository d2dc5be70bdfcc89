"""For whom: groups of families in which the main comparison is made again, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from earlyhelp.evaluate.methods.effect import Flags, Floats, NotEstimable
from earlyhelp.evaluate.studies.cohort import Cohort
from earlyhelp.evaluate.studies.comparison import Comparison, compare
from earlyhelp.evaluate.studies.covariates import gap_in
from earlyhelp.evaluate.studies.design import like_with_like


@dataclass(frozen=True)
class Group:
    """Families that have something in common before time zero. `of`: who of a cohort, (offers,)."""

    name: str
    words: str
    of: Callable[[Cohort], Flags]


def _where(covariate: str, holds: Callable[[Floats], Flags]) -> Callable[[Cohort], Flags]:
    def of(cohort: Cohort) -> Flags:
        if covariate not in cohort.names:
            raise NotEstimable("What the group is made by is not recorded.", f"The records of: {covariate}.")
        held = holds(cohort.before[:, cohort.names.index(covariate)])
        gap = gap_in(covariate)  # of whom it is not recorded is in neither group
        return held & (cohort.before[:, cohort.names.index(gap)] == 0) if gap in cohort.names else held

    return of


GROUPS: tuple[Group, ...] = (
    Group("with_abuse", "domestic abuse named in the request", _where("abuse", lambda held: held >= 0.5)),
    Group("without_abuse", "no domestic abuse named in the request", _where("abuse", lambda held: held < 0.5)),
    Group("family_help", "at the level of family help", _where("family_help", lambda held: held >= 0.5)),
    Group("targeted", "below the level of family help", _where("family_help", lambda held: held < 0.5)),
    Group("under_5", "youngest child under 5", _where("youngest", lambda held: held < 5)),
    Group("from_5", "youngest child 5 or older", _where("youngest", lambda held: held >= 5)),
    Group(
        "most_deprived",
        "homes in the three most deprived tenths of areas",
        _where("deprivation", lambda held: held <= 3),
    ),
    Group("less_deprived", "homes in the other areas", _where("deprivation", lambda held: held > 3)),
)
"""The groups, in pairs. Ethnicity, sex and disability are of a child and not of a family: `equality` tells who is left out."""


def by_group(cohort: Cohort, service: str, outcome: str, months: int, days: int, seed: int) -> dict[str, Comparison]:
    """The comparison within each group, made alike anew; refused where a group is too small or cannot be made alike."""
    return {group.name: _within(cohort, group, service, outcome, months, days, seed) for group in GROUPS}


def _within(cohort: Cohort, group: Group, service: str, outcome: str, months: int, days: int, seed: int) -> Comparison:
    try:
        design = like_with_like(cohort, service, days, among=group.of(cohort))
    except NotEstimable as no:
        return Comparison(outcome, months, refused=no.reason, needed=no.needed)
    if not design.gate.passed:
        return Comparison(outcome, months, refused=" ".join(design.gate.reasons), needed="Families more alike.")
    return compare(cohort, design, outcome, months, days, seed)
