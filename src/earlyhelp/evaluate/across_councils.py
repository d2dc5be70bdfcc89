"""One study in several councils without moving a record: each shares its estimates, and the estimates are pooled.

What a council shares is `CouncilEstimate`: one estimate with its error for one cohort, and two counts as its own release
rounded them. There is no field for anything about a person, and a file with any other field is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from typing import Any

from earlyhelp.errors import InputRefused
from earlyhelp.evaluate.methods.effect import Effect, NotEstimable, effect
from earlyhelp.evaluate.methods.pooling import FEWEST_TO_PREDICT, Pooled, outlying, pool
from earlyhelp.statistics.multiple import benjamini_hochberg

FALSE_DISCOVERY = 0.05
FEWEST_TO_EXPLAIN = 10
"""Councils for each feature of councils that an effect might be set against (Cochrane Handbook, section 10.11.5.1)."""


@dataclass(frozen=True)
class CouncilEstimate:
    """One council's estimate of one study for one cohort of families: all that leaves the council.

    `study`: its id. `plan`: the hash of the plan that was registered before outcomes were read. `cohort`: which families
    ("all families", "under 5" ...). `scale`: "risk_difference", or "log_risk_ratio" and the like. `method`: of the
    estimate. `families_offered`, `families_compared`: as the council's release rounded them; None where it hid them.
    `standard_version`: of the standard dataset that the study was run on.
    """

    study: str
    plan: str
    council: str
    cohort: str
    scale: str
    method: str
    estimate: float
    standard_error: float
    families_offered: int | None
    families_compared: int | None
    standard_version: int


@dataclass(frozen=True)
class CouncilAmongOthers:
    """One council in one cohort: its own estimate, what remains after shrinkage, and the pool of all the others.

    `without`: the mean of the other councils; None with fewer than three councils, and so are the two after it. `q`: how
    likely a council like the others lies so far from them, adjusted for the number of councils. `differs`: q under 0.05.
    """

    council: str
    estimate: Effect
    shrunken: Effect
    without: Effect | None
    q: float | None
    differs: bool | None


@dataclass(frozen=True)
class CohortAcross:
    """One cohort over its councils, in the order of their names, with what the pool can say of it in sentences."""

    cohort: str
    pooled: Pooled
    councils: tuple[CouncilAmongOthers, ...]
    explains: tuple[str, ...]


@dataclass(frozen=True)
class AcrossCouncils:
    """The study over all councils: each cohort that at least two share, and what the pooled data cannot explain."""

    study: str
    plan: str
    scale: str
    cohorts: tuple[CohortAcross, ...]
    cannot_explain: tuple[str, ...]


def as_rows(estimates: Sequence[CouncilEstimate]) -> list[dict[str, Any]]:
    """The estimates as JSON has them, one object each, the field names as declared."""
    return [asdict(each) for each in estimates]


def from_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[CouncilEstimate, ...]:
    """The estimates in what another council shared; InputRefused for a field too many, too few, or of another kind."""
    return tuple(_from_row(row, place) for place, row in enumerate(rows, start=1))


def pool_councils(estimates: Sequence[CouncilEstimate]) -> AcrossCouncils:
    """The effect over councils, how much councils vary, which lie apart from the others, and where it stops.

    Each cohort is pooled on its own by random effects (REML) with the modified Hartung-Knapp interval, as the councils
    are few. A council differs where its estimate lies further from the pool of the others than chance and their spread
    explain (`outlying`), at a false discovery of at most 5 per cent over all councils and cohorts together.

    Raises NotEstimable for estimates of different plans, studies, scales or methods, for a council given twice in a
    cohort, for estimates without an error, or where no cohort has two councils.
    """
    _check_comparable(estimates)
    ordered = sorted(estimates, key=lambda each: (each.cohort, each.council))
    cohorts = [list(group) for _, group in groupby(ordered, key=lambda each: each.cohort)]
    shared = [cohort for cohort in cohorts if len(cohort) > 1]
    if not shared:
        raise NotEstimable("No cohort has estimates of two councils.", "Ask a second council to share the same study.")
    adjusted = iter(benjamini_hochberg([p for cohort in shared for p in _apart(cohort)]).tolist())
    told = tuple(_cohort(cohort, [next(adjusted) for _ in cohort]) for cohort in shared)
    alone = [cohort[0].cohort for cohort in cohorts if len(cohort) == 1]
    first = ordered[0]
    return AcrossCouncils(first.study, first.plan, first.scale, told, _cannot_explain(ordered, shared, alone))


def _from_row(row: Mapping[str, Any], place: int) -> CouncilEstimate:
    declared = {field.name: str(field.type) for field in fields(CouncilEstimate)}
    unknown, lacking = sorted(set(row) - set(declared)), sorted(set(declared) - set(row))
    wrong = [name for name, kind in declared.items() if name in row and not _fits(row[name], kind)]
    if unknown or lacking or wrong:
        raise InputRefused(
            "A shared estimate holds the declared fields and nothing else."
            f" Unknown: {len(unknown)}; lacking: {', '.join(lacking) or 'none'}; of another kind: {', '.join(wrong) or 'none'}.",
            where=f"estimate {place}",
            fix="Ask the council to share the file again as this version writes it.",
        )
    return CouncilEstimate(**row)


def _fits(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return False
    if kind == "float":
        return isinstance(value, int | float)
    if kind == "int":
        return isinstance(value, int)
    if kind == "int | None":
        return value is None or (isinstance(value, int) and value >= 0)
    return isinstance(value, str)


def _check_comparable(estimates: Sequence[CouncilEstimate]) -> None:
    if not estimates:
        raise NotEstimable("No council has shared an estimate.", "At least two councils are needed.")
    for name, what in _ONE_OF_EACH.items():
        found = len({getattr(each, name) for each in estimates})
        if found > 1:
            raise NotEstimable(
                f"The estimates come from {found} different {what}.",
                "Only estimates of one plan, study, scale and method can be pooled: run the agreed plan in each council.",
            )
    if len({(each.cohort, each.council) for each in estimates}) < len(estimates):
        raise NotEstimable("A council is given twice in one cohort.", "Keep one estimate a council and cohort.")


_ONE_OF_EACH = {"plan": "plans", "study": "studies", "scale": "scales", "method": "methods"}


def _apart(cohort: Sequence[CouncilEstimate]) -> list[float]:
    """How likely each council is to lie so far from the others; NaN where there are too few others to tell."""
    if len(cohort) < FEWEST_TO_PREDICT:
        return [float("nan")] * len(cohort)
    found = outlying([each.estimate for each in cohort], [each.standard_error for each in cohort])
    return [float(p) for p in found.probability]


def _cohort(cohort: Sequence[CouncilEstimate], q: Sequence[float]) -> CohortAcross:
    y, error = [each.estimate for each in cohort], [each.standard_error for each in cohort]
    pooled = pool(y, error, interval="modified_hartung_knapp")
    councils = tuple(_among_others(cohort, place, pooled, q[place]) for place in range(len(cohort)))
    return CohortAcross(cohort[0].cohort, pooled, councils, _explains(cohort, pooled, councils))


def _among_others(cohort: Sequence[CouncilEstimate], place: int, pooled: Pooled, q: float) -> CouncilAmongOthers:
    here = cohort[place]
    shrunken = Effect(
        "shrunken",
        float(pooled.shrunken[place]),
        float(pooled.shrunken_standard_error[place]),
        float(pooled.shrunken_lower[place]),
        float(pooled.shrunken_upper[place]),
    )
    own = effect(here.method, here.estimate, here.standard_error)
    if len(cohort) < FEWEST_TO_PREDICT:
        return CouncilAmongOthers(here.council, own, shrunken, None, None, None)
    others = [each for number, each in enumerate(cohort) if number != place]
    rest = pool(
        [each.estimate for each in others],
        [each.standard_error for each in others],
        interval="modified_hartung_knapp",
    )
    without = Effect("leave_one_out", rest.mean, rest.standard_error, rest.lower, rest.upper)
    return CouncilAmongOthers(here.council, own, shrunken, without, q, q < FALSE_DISCOVERY)


def _explains(
    cohort: Sequence[CouncilEstimate], pooled: Pooled, councils: Sequence[CouncilAmongOthers]
) -> tuple[str, ...]:
    scale, name = cohort[0].scale, cohort[0].cohort
    mean = _between(pooled.mean, pooled.lower, pooled.upper, scale)
    said = [f"{name}: over {pooled.number} councils the effect is {mean} on average."]
    if pooled.number < FEWEST_TO_PREDICT:
        return (*said, f"{name}: two councils cannot tell how much councils vary, nor which of them is unusual.")
    said.append(
        f"{name}: {pooled.i_squared:.0%} of the variation between councils is more than chance; in one more council like "
        f"these the effect would lie between {_told(pooled.prediction_lower, scale)} and "
        f"{_told(pooled.prediction_upper, scale)}, 95 times in 100."
    )
    apart = [each.council for each in councils if each.differs]
    verdict = (
        f"these lie apart from the others: {', '.join(apart)}" if apart else "no council lies apart from the others"
    )
    said.append(f"{name}: {verdict}, beyond chance and the usual spread between councils.")
    resting = [each.council for each in councils if each.without and _certain(each.without) != _certain(pooled)]
    if resting:
        said.append(f"{name}: whether there is an effect on average rests on single councils: {', '.join(resting)}.")
    return tuple(said)


def _certain(mean: Effect | Pooled) -> bool:
    return not mean.lower <= 0 <= mean.upper


def _cannot_explain(
    estimates: Sequence[CouncilEstimate], shared: Sequence[Sequence[CouncilEstimate]], alone: Sequence[str]
) -> tuple[str, ...]:
    most = max(len(cohort) for cohort in shared)
    said = [
        "Why councils differ: no record was moved, so there is one estimate a council and cohort and nothing about families."
    ]
    if most < FEWEST_TO_EXPLAIN:
        said.append(
            f"Whether a feature of councils goes with the effect: with {most} councils, under {FEWEST_TO_EXPLAIN}, any such "
            "line would be drawn through chance."
        )
    said += [
        "Whether something that no council records explains the effect: all share that gap, and pooling makes the figure "
        "more precise, not more right.",
        "Councils that shared nothing, and families left out of the study in each council.",
    ]
    if len({each.standard_version for each in estimates}) > 1:
        said.append("Differences that come from different versions of the standard dataset, which the councils used.")
    if alone:
        said.append(f"Cohorts that only one council shared: {', '.join(alone)}.")
    return tuple(said)


def _between(estimate: float, lower: float, upper: float, scale: str) -> str:
    return f"{_told(estimate, scale)} ({_told(lower, scale)} to {_told(upper, scale)})"


def _told(value: float, scale: str) -> str:
    if scale != "risk_difference":
        return f"{value:.2f}"
    return f"{abs(value) * 100:.1f} {'fewer' if value < 0 else 'more'} in 100"
