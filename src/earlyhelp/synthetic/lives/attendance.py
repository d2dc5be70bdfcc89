"""School: sessions missed in each term, suspensions and exclusions, and what one service does to absence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from earlyhelp.standard import attendance_period, exclusion
from earlyhelp.synthetic.hazards import PLACE_OF
from earlyhelp.synthetic.lives.days import FIRST, LAST, birthdays, day_number, month_of
from earlyhelp.synthetic.lives.records import History
from earlyhelp.synthetic.lives.sheet import dates, entered, keys, pick, standard_table
from earlyhelp.synthetic.lives.statutory import Frame
from earlyhelp.synthetic.population import Flags, Floats, Ints
from earlyhelp.synthetic.services import SERVICES

_TERMS = ("autumn", "spring", "summer")
_SPANS = {"autumn": ((9, 3), (12, 18)), "spring": ((1, 6), (3, 28)), "summer": ((4, 16), (7, 19))}
_OPEN_DAYS = 0.64
"""School days among the days of a term, after weekends and half-term."""
HELPED_DAYS = 365
"""The attendance service works in the year after its offer."""
_REASONS = (
    "Persistent disruptive behaviour",
    "Verbal abuse",
    "Physical assault against a pupil",
    "Drug and alcohol related",
)


def terms() -> Iterator[tuple[int, int, int]]:
    """First year of the school year, place of the term, for every term that ends within the six years."""
    for year in range(2019, 2027):
        for place, term in enumerate(_TERMS):
            first, last = span(year, term)
            if first >= FIRST and last <= LAST:
                yield year, place, first


def span(year: int, term: str) -> tuple[int, int]:
    """First and last day of a term of the school year that begins in `year`."""
    first, last = _SPANS[term]
    calendar = year if term == "autumn" else year + 1
    return day_number(date(calendar, *first)), day_number(date(calendar, *last))


def school_life(history: History) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Attendance, exclusions, and the truth of absence: expected shares with and without the service that lowers it."""
    world = history.world
    prone = world.draw("attendance", "child").normal(0, world.declared.attendance.spread, len(world.born))
    touched = world.draw("attendance", "touched").random(len(world.born)) < world.declared.attendance.touched
    parts = [_term(history, prone, touched, *term) for term in terms()]
    each = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return _attendance(history, each), _exclusions(history, each), _truth(history, each)


def _term(history: History, prone: Floats, touched: Flags, year: int, place: int, first: int) -> Frame:
    world, declared = history.world, history.world.declared.attendance
    last = span(year, _TERMS[place])[1]
    begins = np.full(1, day_number(date(year, 9, 1)))
    of_age = (birthdays(world.born, 4) <= begins) & (birthdays(world.born, 16) > begins)
    child = np.flatnonzero(of_age & (world.people.school >= 0) & (world.gone > last))
    month = int(month_of(np.array([(first + last) // 2]))[0])
    family = world.people.child_family[child]
    in_need = history.has[month, family, PLACE_OF["SF1"]] & touched[child]
    odds = np.log(declared.absent / (1 - declared.absent)) + prone[child] + declared.need * in_need
    closed = history.months.asking.lockdown[np.arange(month - 1, month + 2).clip(0, 95)].mean()
    possible = np.full(len(child), round((last - first) * _OPEN_DAYS * 2 * (1 - 0.75 * closed)))
    without = 1 / (1 + np.exp(-odds))
    ratio = _ratio(history, family, first)
    missed = world.draw("attendance", year, place).binomial(possible, without * ratio)
    return {
        "child": child, "year": np.full(len(child), year), "term": np.full(len(child), place), "possible": possible,
        "missed": missed, "in_need": in_need, "without": without, "ratio": ratio, "first": np.full(len(child), first),
    }  # fmt: skip


def _ratio(history: History, families: Ints, day: int) -> Floats:
    """Declared ratio on absence of the service that works for each family on a day; 1 for none."""
    offered = history.families
    ratio = np.ones(history.world.families)
    for place, service in enumerate(SERVICES):
        if service.absence_ratio != 1:
            since = day - offered["time_zero"]
            works = (offered["service"] == place) & (since >= 0) & (since < HELPED_DAYS)
            ratio[offered["family"][works]] = service.absence_ratio
    return ratio[families]


def _attendance(history: History, each: Frame) -> pa.Table:
    world = history.world
    draw = world.draw("attendance", "authorised")
    # Two parts of one number, by chance; a normal draw is as good here as a binomial one and much faster.
    share = np.clip(
        draw.normal(world.declared.attendance.authorised, 0.15, len(each["child"])) - 0.2 * each["in_need"], 0, 1
    )
    authorised = np.rint(each["missed"] * share).astype(np.int64)
    years = np.arange(2019, 2027)
    return standard_table(
        attendance_period,
        person_key=pick(world.people.child_key, each["child"]),
        academic_year=pick([f"{year}-{(year + 1) % 100:02d}" for year in years], each["year"] - years[0]),
        term=pick(_TERMS, each["term"]),
        possible=pa.array(each["possible"]),
        authorised=pa.array(authorised),
        unauthorised=pa.array(each["missed"] - authorised),
        school_urn=pick(world.school_urn, world.people.school[each["child"]]),
        recorded_date=dates(np.minimum(each["first"] + 110, LAST)),
    )


def _exclusions(history: History, each: Frame) -> pa.Table:
    world, declared = history.world, history.world.declared.attendance
    draw = world.draw("exclusions")
    age = (each["first"] - world.born[each["child"]]) / 365.25
    chance = np.where(each["in_need"], declared.suspended_in_need, declared.suspended) * np.where(age >= 11, 1.6, 0.4)
    row = np.flatnonzero(draw.random(len(chance)) < chance)
    n, day = len(row), each["first"][row] + draw.integers(0, 70, len(row))
    permanent = draw.random(n) < 0.02
    return standard_table(
        exclusion,
        exclusion_id=keys("U", np.arange(n)),
        person_key=pick(world.people.child_key, each["child"][row]),
        start_date=dates(day),
        sessions=pa.array(draw.choice([1, 2, 4, 6, 10], n)),
        category=pick(("suspension", "permanent"), permanent.astype(np.int64)),
        reason=pick(_REASONS, draw.integers(0, len(_REASONS), n)),
        recorded_date=entered(draw, day),
    )


def _truth(history: History, each: Frame) -> pa.Table:
    """For each service that works on absence: children's terms in its year, expected share missed with it and without."""
    helped = each["ratio"] != 1
    chances, possible = each["without"][helped], each["possible"][helped]
    rows = [service for service in SERVICES if service.absence_ratio != 1]
    total = max(possible.sum(), 1)
    return pa.table({
        "service_id": pa.array([service.service_id for service in rows]),
        "declared_ratio": pa.array([service.absence_ratio for service in rows]),
        "terms": pa.array([int(helped.sum())] * len(rows)),
        "share_missed": pa.array([float((each["missed"][helped]).sum() / total)] * len(rows)),
        "share_expected_without": pa.array([float((chances * possible).sum() / total)] * len(rows)),
    })  # fmt: skip
