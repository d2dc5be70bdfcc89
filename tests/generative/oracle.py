"""Every measure once more, in plain Python: slow, obvious, made from the words of the catalogue, not from its SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from earlyhelp.measures import Grain, Measure, Question, Statistic
from earlyhelp.standard.calendar import is_working_day
from generative.worlds import AREA, World

ONE_DAY = timedelta(days=1)
RC9_SINCE = date(2022, 4, 1)
WORKING_DAYS = 20
Dims = tuple[str, ...]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Thing:
    """Something a measure may count: who or what, when, whether in the numerator, and the row it is split by."""

    unit: object
    row: Row
    day: date | None = None
    open_until: date | None = None
    counted: bool | None = True
    days: int = 0
    dims: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Expected:
    """A figure as the oracle sees it."""

    period: tuple[date, date]
    dims: Dims
    numerator: int | None
    denominator: float | None
    mature: bool
    median: Fraction | None = None


# Spells ----------------------------------------------------------------------------------------------


@dataclass
class Spell:
    """A stretch of days with the rows it is made of; no end means open."""

    start: date
    end: date | None
    rows: list[Row]


def merge(rows: list[Row]) -> list[Spell]:
    """Join any two stretches that have a day in common, until no two have."""
    spells = [Spell(row["start_date"], row["end_date"], [row]) for row in rows if _sound(row)]
    while pair := next(((a, b) for a, b in product(spells, spells) if a is not b and _meet(a, b)), None):
        one, other = pair
        end = None if one.end is None or other.end is None else max(one.end, other.end)
        spells = [each for each in spells if each is not one and each is not other]
        spells.append(Spell(min(one.start, other.start), end, one.rows + other.rows))
    return sorted(spells, key=lambda spell: spell.start)


def _sound(row: Row) -> bool:
    return row["end_date"] is None or row["end_date"] >= row["start_date"]


def _meet(one: Spell, other: Spell) -> bool:
    return (one.end is None or other.start <= one.end) and (other.end is None or one.start <= other.end)


def _name(row: Row) -> str:
    return f"{row.get('episode_id') or row.get('event_id')}|{row['source_system']}"


def first_row(spell: Spell) -> Row:
    """The row that starts first; of several the first by name."""
    return min(spell.rows, key=lambda row: (row["start_date"], _name(row)))


def last_row(spell: Spell) -> Row:
    """The row that ends last; of several the last by name."""
    return max(spell.rows, key=lambda row: (row["end_date"] or date.max, _name(row)))


def help_of(world: World, who: str) -> Iterator[tuple[str, Spell]]:
    """Early help of each child or of each family."""
    episodes = world.rows("eh_episode")
    for unit in sorted({row[who] for row in episodes}):
        for spell in merge([row for row in episodes if row[who] == unit]):
            yield unit, spell


def statutory_starts(world: World) -> Iterator[tuple[str, str, date, Row]]:
    """Child, kind, day and row of each time a child came to a statutory service."""
    events = world.rows("social_care_event")
    for child in sorted({row["person_id"] for row in events}):
        own = [row for row in events if row["person_id"] == child]
        for day in sorted({row["start_date"] for row in own if row["type"] == "referral" and not row["nfa"]}):
            same_day = [r for r in own if r["type"] == "referral" and not r["nfa"] and r["start_date"] == day]
            yield child, "referral", day, min(same_day, key=_name)
        for kind in ("cin_episode", "cp_plan", "looked_after"):
            for spell in merge([row for row in own if _in_service(row) == kind]):
                if first_row(spell)["start_reason"] != "P":
                    yield child, kind, spell.start, first_row(spell)


def _in_service(row: Row) -> str | None:
    if row["type"] == "cin_plan":
        return "cin_episode"
    if row["type"] == "cin_episode":
        return None if row["nfa"] or row["outcome_code"] in ("RC8", "RC9") else "cin_episode"
    if row["type"] == "looked_after":
        return None if row["legal_status"] == "V4" else "looked_after"
    return "cp_plan" if row["type"] == "cp_plan" else None


# What each measure counts ----------------------------------------------------------------------------


def things(world: World, measure: Measure) -> list[Thing]:
    """All that a measure may count under its definition, before any period."""
    return list(COUNTED[measure.id, measure.definition](world))


def _requests(unit: str) -> Callable[[World], Iterator[Thing]]:
    def requests(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("contact")):
            yield Thing(row.get(unit, number), row, row["contact_date"])

    return requests


def _decisions(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("contact")):
        if row["decision_code"] not in (None, "pending", "not_recorded"):
            yield Thing(number, row, row["contact_date"])


def due_day(start: date, working_days: int) -> date:
    """Count working days, one after the other, beginning with the day after the start."""
    day = start
    while working_days:
        day += ONE_DAY
        working_days -= is_working_day(day)
    return day


def _assessments_due(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_assessment")):
        due = row["due_date"] or due_day(row["start_date"], WORKING_DAYS)
        done = row["completion_date"]
        yield Thing(number, row, due, counted=done is not None and row["start_date"] <= done <= due)


def _assessments(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_assessment")):
        yield Thing(number, row, row["start_date"])


def _open(unit: str) -> Callable[[World], Iterator[Thing]]:
    def episodes(world: World) -> Iterator[Thing]:
        for row in world.rows("eh_episode"):
            yield Thing(row[unit], row, row["start_date"], row["end_date"] or date.max)

    return episodes


def _flows(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("eh_episode")):
        yield Thing(number, row, row["start_date"], dims={"flow": "started"})
        if row["end_date"]:
            yield Thing(number, row, row["end_date"], dims={"flow": "ended"})


def _lengths(who: str) -> Callable[[World], Iterator[Thing]]:
    def lengths(world: World) -> Iterator[Thing]:
        for _, spell in help_of(world, who):
            if spell.start > world.as_at:
                continue
            over = spell.end is not None and spell.end <= world.as_at
            until = spell.end if over else world.as_at
            yield Thing(object(), first_row(spell), spell.start, counted=over, days=(until - spell.start).days)

    return lengths


def _step_ups(world: World) -> Iterator[Thing]:
    starts = list(statutory_starts(world))
    for (child, spell), kind in product(
        help_of(world, "person_id"), ("referral", "cin_episode", "cp_plan", "looked_after")
    ):
        if spell.end is None:
            continue
        counted: bool | None = any(
            who == child and what == kind and 0 <= (day - spell.end).days <= 365 for who, what, day, _ in starts
        )
        if not counted and not _told(world, kind):
            counted = None
        yield Thing(child, last_row(spell), spell.end, counted=counted, dims={"type": kind})


def _told(world: World, kind: str) -> bool:
    """Whether any source would tell of that kind of service, if there were any."""
    events = world.rows("social_care_event")
    blind = "cin_census" if kind == "looked_after" else "ssda903"
    return any(row["source_system"] != blind or row["type"] == kind for row in events)


def _returns(world: World) -> Iterator[Thing]:
    spells = list(help_of(world, "family_id"))
    for family, spell in spells:
        if spell.end is not None:
            back = any(other == family and 1 <= (again.start - spell.end).days <= 365 for other, again in spells)
            yield Thing(family, last_row(spell), spell.end, counted=back)


def _closed_cases(stepped_down: Callable[[Row, date], bool]) -> Callable[[World], Iterator[Thing]]:
    def cases(world: World) -> Iterator[Thing]:
        for number, row in enumerate(world.rows("social_care_event")):
            end = row["end_date"]
            if row["type"] != "cin_episode" or row["nfa"] or end is None or end < RC9_SINCE:
                continue
            own = [episode for episode in world.rows("eh_episode") if episode["person_id"] == row["person_id"]]
            counted = row["outcome_code"] == "RC9" or any(stepped_down(episode, end) for episode in own)
            yield Thing(number, row, end, counted=counted)

    return cases


def _says_step_down(episode: Row, end: date) -> bool:
    return bool(episode["step_down"]) and -28 <= (episode["start_date"] - end).days <= 28


def _follows(episode: Row, end: date) -> bool:
    return 0 <= (episode["start_date"] - end).days <= 28


def _referrals(world: World) -> Iterator[Thing]:
    for number, row in enumerate(world.rows("social_care_event")):
        if row["type"] == "referral" and row["start_date"] >= RC9_SINCE:
            yield Thing(number, row, row["start_date"], counted=row["source_code"] == "5D")


def _help_before(world: World) -> Iterator[Thing]:
    spells = list(help_of(world, "person_id"))
    for number, (child, kind, day, row) in enumerate(statutory_starts(world)):
        if kind == "referral":
            continue
        year_before = day - timedelta(days=365)
        helped = any(
            who == child and spell.start < day and (spell.end is None or spell.end >= year_before)
            for who, spell in spells
        )
        yield Thing(number, row, day, counted=helped, dims={"type": kind})


COUNTED: dict[tuple[str, str], Callable[[World], Iterator[Thing]]] = {
    ("A1", "default"): _requests("no column"),
    ("A1", "rate"): _requests("no column"),
    ("A1", "children"): _requests("person_id"),
    ("A1", "families"): _requests("family_id"),
    ("A3", "default"): _decisions,
    ("B6", "default"): _assessments_due,
    ("C1", "default"): _open("family_id"),
    ("C1", "children"): _open("person_id"),
    ("C1", "rate"): _open("person_id"),
    ("C2", "default"): _flows,
    ("C5", "default"): _lengths("family_id"),
    ("C5", "children"): _lengths("person_id"),
    ("D1", "default"): _assessments,
    ("G2", "default"): _step_ups,
    ("G3", "default"): _returns,
    ("G4", "default"): _closed_cases(_says_step_down),
    ("G4", "early_help_followed"): _closed_cases(_follows),
    ("G4", "referrals_from_early_help"): _referrals,
    ("G9", "default"): _help_before,
}


# Periods ---------------------------------------------------------------------------------------------


def period_of(day: date, grain: Grain, year_starts: int) -> tuple[int, int]:
    """The reporting year that a day lies in, and which month, quarter or year of it."""
    year = day.year if day.month >= year_starts else day.year - 1
    month = (day.month - year_starts) % 12
    return year, {Grain.MONTH: month, Grain.QUARTER: month // 3, Grain.YEAR: 0}[grain]


def periods(asked: Question, first: date, last: date, year_starts: int) -> list[tuple[date, date]]:
    """The periods of all days from the first to the last, by walking over them."""
    if last < first:
        return []
    if asked.grain is None:
        return [(first, last)]
    while not asked.first and period_of(first - ONE_DAY, asked.grain, year_starts) == period_of(
        first, asked.grain, year_starts
    ):
        first -= ONE_DAY
    found: list[tuple[date, date]] = []
    day = first
    while day <= last:
        if found and period_of(day, asked.grain, year_starts) == period_of(found[-1][0], asked.grain, year_starts):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
        day += ONE_DAY
    return found


def spans(
    world: World, measure: Measure, asked: Question, found: list[Thing], year_starts: int
) -> list[tuple[date, date]]:
    """The periods a question is about, nothing of them after the day the data is as at."""
    last = min(asked.last or world.as_at, world.as_at)
    seen = [thing.day for thing in found if thing.day and thing.day <= last]
    first = asked.first or (min(seen) if seen else None)
    if first is None:
        return []
    if measure.id in ("G2", "G3") and not asked.grain and not asked.last:
        mature = world.as_at - timedelta(days=365)
        last = mature if mature >= first else last
    return periods(asked, first, last, year_starts)


# Splits ----------------------------------------------------------------------------------------------


def values(world: World, thing: Thing, split: str) -> list[str]:
    """The values of a thing under one split; several only where a person has several."""
    if thing.dims and split in thing.dims:
        return [thing.dims[split]]
    if split not in ("age_band", "sex", "disability", "ward_code"):
        return [_text(thing.row.get(split))]
    person = next((row for row in world.rows("person") if row["person_id"] == thing.row["person_id"]), None)
    if split == "ward_code":
        lsoa = person and person["lsoa"]
        return [_text(next((row["ward_code"] for row in world.rows("place") if row["lsoa"] == lsoa), None))]
    if person is None:
        return ["not_recorded"]
    if split == "age_band":
        return [_age_band(person["dob"] or person["expected_dob"], thing.day)]
    return sorted(set(_text(person[split]).split(";")))


def _age_band(born: date | None, day: date) -> str:
    if born is None:
        return "not_recorded"
    months = (day.year - born.year) * 12 + day.month - born.month
    if months < 0:
        return "unborn"
    bands = [(12, "under 1"), (60, "1-4"), (120, "5-9"), (192, "10-15"), (216, "16-17")]
    return next((band for limit, band in bands if months < limit), "18 and over")


def _text(value: object) -> str:
    return "not_recorded" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


# Figures ---------------------------------------------------------------------------------------------


def answer(world: World, measure: Measure, asked: Question, year_starts: int) -> list[Expected]:
    """The figures that a question should get, in order."""
    found = things(world, measure)
    by = list(dict.fromkeys((*measure.always_by, *asked.by)))
    wanted = spans(world, measure, asked, found, year_starts)
    placed = {span: _placed(world, found, span, by) for span in wanted}
    met = sorted({dims for here in placed.values() for dims in here}) if by else [()]
    if measure.statistic is Statistic.BALANCE:
        rest = {dims[1:] for dims in met} if len(by) > 1 else {()}
        met = sorted((flow, *dims) for dims in rest for flow in ("started", "ended", "net"))
    return [_figure(world, measure, by, span, dims, placed[span]) for span in wanted for dims in met]


def _placed(world: World, found: list[Thing], span: tuple[date, date], by: list[str]) -> dict[Dims, list[Thing]]:
    here: dict[Dims, list[Thing]] = {}
    for thing in found:
        if thing.open_until is not None:
            is_in, day = thing.day <= span[1] < thing.open_until, span[1]
        else:
            is_in, day = span[0] <= thing.day <= span[1], thing.day
        if is_in:
            then = Thing(thing.unit, thing.row, day, None, thing.counted, thing.days, thing.dims)
            for dims in product(*(values(world, then, split) for split in by)):
                here.setdefault(dims, []).append(then)
    return here


def _figure(
    world: World,
    measure: Measure,
    by: list[str],
    span: tuple[date, date],
    dims: Dims,
    here: dict[Dims, list[Thing]],
) -> Expected:
    own = here.get(dims, [])
    units = {thing.unit for thing in own}
    counted = {thing.unit for thing in own if thing.counted}
    numerator: int | None = len(units)
    denominator: float | None = None
    median = None
    if measure.statistic is Statistic.SHARE:
        numerator, denominator = len(counted), len(units)
        if own and all(thing.counted is None for thing in own):
            numerator = None
    elif measure.statistic is Statistic.MIX:
        rest = [i for i, name in enumerate(by) if name not in measure.always_by]
        same = [other for other in here if all(other[i] == dims[i] for i in rest)]
        denominator = len({thing.unit for other in same for thing in here[other]})
    elif measure.statistic is Statistic.RATE:
        denominator = _children(world, by, dims, span[1].year)
    elif measure.statistic is Statistic.MEDIAN:
        numerator, denominator, median = len(counted), len(units), kaplan_meier_median(own)
    elif dims[:1] == ("net",):
        started, ended = (len(here.get((flow, *dims[1:]), [])) for flow in ("started", "ended"))
        numerator = started - ended
    if _before_coverage(world, measure, span):
        numerator = None
    mature = measure.id not in ("G2", "G3") or span[1] + timedelta(days=365) <= world.as_at
    if measure.statistic is Statistic.MEDIAN:
        mature = median is not None
    return Expected(span, dims, numerator, denominator, mature, median)


def _before_coverage(world: World, measure: Measure, span: tuple[date, date]) -> bool:
    feeds = world.rows("feed")
    return bool(feeds and world.rows(measure.of.table_name)) and span[1] < feeds[0]["coverage_start"]


def _children(world: World, by: list[str], dims: Dims, year: int) -> float | None:
    if "ward_code" in by:
        ward = dims[by.index("ward_code")]
        own = [row for row in world.rows("place") if row["la_code"] == AREA and row["ward_code"] == ward]
        return sum(row["children_0_17"] for row in own) or None
    known = {row["year"]: row["count"] for row in world.rows("population") if row["source"] == "ONS"}
    if not known:
        return sum(row["children_0_17"] for row in world.rows("place") if row["la_code"] == AREA) or None
    return known[max((each for each in known if each <= year), default=min(known))]


def kaplan_meier_median(own: list[Thing]) -> Fraction | None:
    """The day by which half have ended: exact fractions, one day after the other."""
    alive = Fraction(1)
    half_on = None
    for day in range(max((thing.days for thing in own), default=-1) + 1):
        at_risk = sum(thing.days >= day for thing in own)
        ended = sum(thing.days == day and bool(thing.counted) for thing in own)
        alive *= 1 - Fraction(ended, at_risk)
        if half_on is not None and ended:
            return Fraction(half_on + day, 2)
        if alive < Fraction(1, 2):
            return Fraction(day)
        if alive == Fraction(1, 2) and half_on is None:
            half_on = day
    return None if half_on is None else Fraction(half_on + max(thing.days for thing in own), 2)
