"""From what is counted to figures: counts, rates, shares and medians by year, and which measure has which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY
from earlyhelp.synthetic.true_figures import counted, quality
from earlyhelp.synthetic.true_figures.counted import YEARS, Thing, Things
from earlyhelp.synthetic.true_figures.places import Dims, Figures, Place, TrueFigure
from earlyhelp.synthetic.true_figures.records import TrueRecords


def true_figures(records: TrueRecords) -> dict[tuple[str, str], dict[Place, TrueFigure]]:
    """Every figure of every measure under each of its definitions, by where it stands.

    A place of which nothing can be said is left out: a share of none, a cohort whose follow-up is not over, a median
    that is not reached yet.
    """
    return {key: dict(worked_out(records)) for key, worked_out in TRUE.items()}


def _by_year(things: Iterable[Thing]) -> dict[date, dict[Dims, list[Thing]]]:
    """Things by year and splits, in every combination that is met in any year."""
    found: dict[date, dict[Dims, list[Thing]]] = {first: defaultdict(list) for first, _ in YEARS}
    met: set[Dims] = set()
    for thing in things:
        if FIRST_DAY <= thing.day <= LAST_DAY:
            first = date(thing.day.year - (thing.day.month < 4), 4, 1)
            found[first][thing.dims].append(thing)
            met.add(thing.dims)
    return {first: {dims: here[dims] for dims in sorted(met)} for first, here in found.items()}


def _count(things: Things) -> Callable[[TrueRecords], Figures]:
    def figures(records: TrueRecords) -> Figures:
        for first, here in _by_year(things(records)).items():
            for dims, those in here.items():
                n = len({thing.unit for thing in those})
                yield Place(first, dims), TrueFigure(n, None, n)

    return figures


def _rate(things: Things) -> Callable[[TrueRecords], Figures]:
    def figures(records: TrueRecords) -> Figures:
        for place, figure in _count(things)(records):
            assert place.year is not None
            children = records.children[max(year for year in records.children if year <= place.year.year + 1)]
            yield place, TrueFigure(figure.numerator, children, figure.numerator / children * 10_000)

    return figures


def _share(things: Things, follow_up: int = 0) -> Callable[[TrueRecords], Figures]:
    """Each unit once a year; a year whose follow-up is not over is left out."""

    def figures(records: TrueRecords) -> Figures:
        for first, here in _by_year(things(records)).items():
            last = date(first.year + 1, 3, 31)
            for dims, those in here.items():
                everyone = {thing.unit for thing in those}
                if everyone and last + timedelta(days=follow_up) <= LAST_DAY:
                    some = len({thing.unit for thing in those if thing.counted})
                    yield Place(first, dims), TrueFigure(some, len(everyone), some / len(everyone))

    return figures


def _mix(things: Things) -> Callable[[TrueRecords], Figures]:
    def figures(records: TrueRecords) -> Figures:
        for first, here in _by_year(things(records)).items():
            total = sum(len(those) for those in here.values())
            for dims, those in here.items():
                if total:
                    yield Place(first, dims), TrueFigure(len(those), total, len(those) / total)

    return figures


def _balance(records: TrueRecords) -> Figures:
    for first, here in _by_year(counted.flows(records)).items():
        started, ended = (len(here.get((("flow", flow),), [])) for flow in ("started", "ended"))
        for flow, n in (("started", started), ("ended", ended), ("net", started - ended)):
            yield Place(first, (("flow", flow),)), TrueFigure(n, None, n)


def _median(things: Things) -> Callable[[TrueRecords], Figures]:
    def figures(records: TrueRecords) -> Figures:
        for first, here in _by_year(things(records)).items():
            those = [thing for each in here.values() for thing in each]
            middle = median_of(those)
            if middle is not None:
                yield Place(first), TrueFigure(sum(thing.counted for thing in those), len(those), middle)

    return figures


def median_of(things: list[Thing]) -> float | None:
    """Kaplan and Meier's median of the days, in exact fractions; None where more than half go on.

    Where the curve lies at exactly one half for some days, the middle of them.
    """
    left, lasting, half = len(things), Fraction(1), Fraction(1, 2)
    reached: int | None = None
    for day in sorted({thing.days for thing in things}):
        ending = sum(thing.counted for thing in things if thing.days == day)
        lasting *= Fraction(left - ending, left)
        left -= sum(thing.days == day for thing in things)
        if reached is None and lasting <= half:
            reached = day
        if lasting < half and reached is not None:
            return (reached + day) / 2
    return None if reached is None else (reached + max(thing.days for thing in things)) / 2


TRUE: Mapping[tuple[str, str], Callable[[TrueRecords], Figures]] = {
    ("A1", "default"): _count(counted.requests(None)),
    ("A1", "children"): _count(counted.requests("person_key")),
    ("A1", "families"): _count(counted.requests("family_key")),
    ("A1", "rate"): _rate(counted.requests(None)),
    ("A3", "default"): _mix(counted.decisions),
    ("B6", "default"): _share(counted.assessments_due),
    ("C1", "default"): _count(counted.open_cases("family_key")),
    ("C1", "children"): _count(counted.open_cases("person_key")),
    ("C1", "rate"): _rate(counted.open_cases("person_key")),
    ("C2", "default"): _balance,
    ("C5", "default"): _median(counted.lengths(lambda records: records.help_of_family)),
    ("C5", "children"): _median(counted.lengths(lambda records: records.help_of_child)),
    ("D1", "default"): _mix(counted.assessments),
    ("G2", "default"): _share(counted.step_ups, follow_up=365),
    ("G3", "default"): _share(counted.returns, follow_up=365),
    ("G4", "default"): _share(counted.closed_cases(counted.steps_down)),
    ("G4", "early_help_followed"): _share(counted.closed_cases(counted.follows)),
    ("G4", "referrals_from_early_help"): _share(counted.referrals),
    ("G9", "default"): _share(counted.help_before),
    ("K1", "default"): quality.completeness,
    ("K5", "default"): quality.sequences,
    ("K7", "default"): quality.reconciled,
}
"""How the truth of every measure is had, by its id and definition."""
