"""Statutory work: a referral and how far it goes, from no further action to care, with the census dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from thornbridge_maker.chance import Chance
from thornbridge_maker.days import EXTRACT_DAY, later, working_days_later
from thornbridge_maker.people import Child, Family
from thornbridge_maker.places import postcode
from thornbridge_maker.records import Assessment, Care, CareStep, Case, Contact, Enquiry, ProtectionPlan

FACTORS = {
    "3B": 24, "4B": 22, "17A": 16, "16A": 16, "4A": 13, "2B": 10, "1B": 9, "3A": 8, "14A": 6, "5A": 5, "24A": 4,
    "15A": 3,
    "10A": 3, "18C": 3, "7A": 2, "20": 2,
}  # fmt: skip
PRIMARY_NEEDS = {"N1": 55, "N5": 17, "N4": 13, "N6": 6, "N3": 5, "N8": 2, "N7": 1, "N0": 1}
REFERRERS = {"6": 30, "2A": 20, "3E": 7, "3B": 7, "5B": 5, "1A": 8, "8": 4, "7": 4, "4": 3, "3F": 5, "9": 3, "10": 1}
CATEGORIES = {"NEG": 48, "EMO": 38, "PHY": 9, "SAB": 5}
TEAMS = ("Assessment Team", "Safeguarding Team East", "Safeguarding Team West", "Children with Disabilities Team")
SOCIAL_WORKERS = (
    "Hannah Threlfall", "Olu Bankole", "Marta Ziemba", "Joel Pennington", "Sadia Malik", "Rhys Calloway",
    "Ingrid Fairweather",
)  # fmt: skip
_FLAGS = {"NFA_FLAG": 42, "ADVICE_FLAG": 33, "OTHER_OUTCOMES_EXIST_FLAG": 17, "MISSING_FLAG": 8}
_PLACEMENTS = {
    ("U6", "PR1"): 42,
    ("U6", "PR4"): 18,
    ("U3", "PR1"): 18,
    ("K2", "PR4"): 9,
    ("U1", "PR1"): 6,
    ("P1", "PR0"): 7,
}


@dataclass(frozen=True)
class Course:
    """The dates one referral takes for all the children it covers; None where it does not go so far."""

    referred: date
    source: str
    depth: str
    assessed: date | None = None
    authorised: date | None = None
    plan: tuple[date, date] | None = None
    strategy: date | None = None
    conference: date | None = None
    protection_end: date | None = None
    care: date | None = None
    care_end: date | None = None
    closed: date | None = None
    reason: str = ""


def contact_flagged(children: list[Child], day: date, source: str, flag: str) -> list[Contact]:
    """One contact per child at the social care front door, with the outcome flag that was ticked."""
    return [Contact(child, day, source, flag) for child in children]


def passing_contact(children: list[Child], day: date, chance: Chance) -> list[Contact]:
    """A contact that leads to no referral: a police notification, a question, an alert that a child is missing."""
    flag = chance.weighted(_FLAGS)
    source = "6" if flag == "MISSING_FLAG" or chance.yes(0.35) else chance.weighted(REFERRERS)
    return contact_flagged(children, day, source, flag)


def plan_course(referred: date, source: str, depth: str, chance: Chance) -> Course:
    """How a referral of a given depth runs."""
    if depth == "nfa":
        return Course(referred, source, depth)
    assessed = working_days_later(referred, chance.whole(0, 3))
    authorised = working_days_later(assessed, chance.days(12, 36, 68))
    if depth == "assessed":
        reason = "RC9" if chance.yes(0.45) else "RC8"
        closed = working_days_later(authorised, chance.whole(0, 4))
        return Course(referred, source, depth, assessed, authorised, closed=closed, reason=reason)
    if depth == "in_need":
        return _in_need(referred, source, assessed, authorised, chance)
    return _at_risk(referred, source, depth, assessed, authorised, chance)


def _in_need(referred: date, source: str, assessed: date, authorised: date, chance: Chance) -> Course:
    end = later(authorised, chance.days(60, 165, 380))
    enquiry = later(referred, chance.whole(1, 9)) if chance.yes(0.22) else None
    reason = "RC5" if chance.yes(0.06) else "RC7"
    return Course(
        referred, source, "in_need", assessed, authorised, plan=(authorised, end), strategy=enquiry,
        closed=working_days_later(end, chance.whole(0, 3)), reason=reason,
    )  # fmt: skip


def _at_risk(referred: date, source: str, depth: str, assessed: date, authorised: date, chance: Chance) -> Course:
    """Section 47, conference and protection plan; for `care`, a start of being looked after as well."""
    strategy = working_days_later(referred, chance.whole(0, 6))
    conference = working_days_later(strategy, chance.days(7, 13, 22))
    ended = later(conference, chance.days(95, 260, 470))
    if depth == "care":
        care = later(referred, chance.days(3, 40, 190))
        stays = chance.yes(0.6)
        care_end = None if stays else later(care, chance.days(25, 150, 420))
        ended = min(ended, later(care, 60)) if care > conference else later(conference, 60)
        closed = None if care_end is None else max(later(care_end, 45), later(ended, 1), later(authorised, 1))
        return Course(
            referred, source, depth, assessed, authorised, strategy=strategy, conference=conference,
            protection_end=ended,
            care=care, care_end=care_end, closed=closed, reason="RC7" if closed else "",
        )  # fmt: skip
    plan_end = later(ended, chance.days(35, 85, 150))
    return Course(
        referred, source, depth, assessed, authorised, plan=(ended, plan_end), strategy=strategy, conference=conference,
        protection_end=ended, closed=working_days_later(plan_end, chance.whole(0, 3)), reason="RC7",
    )  # fmt: skip


def cases_for(family: Family, children: list[Child], course: Course, chance: Chance) -> list[Case]:
    """One case per child along the same course."""
    need, team = chance.weighted(PRIMARY_NEEDS), chance.one_of(TEAMS[:3])
    worker, factors = chance.one_of(SOCIAL_WORKERS), _factors(chance)
    if course.depth == "nfa":
        return [Case(child, course.referred, course.source, "", True, None, "", TEAMS[0], worker) for child in children]
    first, last = chance.weighted(CATEGORIES), chance.weighted(CATEGORIES)
    last = last if chance.yes(0.12) else first
    made = []
    for child in children:
        case = Case(child, course.referred, course.source, need, False, course.closed, course.reason, team, worker)
        _add_assessment_and_plans(case, course, factors)
        _add_protection(case, course, first, last)
        if course.care and course.protection_end:
            if child.born and child.age_on(course.care) < 15:
                case.care.append(_care(family, child, course.care, course.care_end, need))
            else:
                case.closed, case.reason = later(course.protection_end, 45), "RC7"
        made.append(case)
    return made


def _factors(chance: Chance) -> tuple[str, ...]:
    found = {chance.weighted(FACTORS) for _ in range(chance.whole(1, 4))}
    return tuple(code for code in FACTORS if code in found)


def _add_assessment_and_plans(case: Case, course: Course, factors: tuple[str, ...]) -> None:
    assert course.assessed and course.authorised
    in_need = course.depth != "assessed"
    case.assessments.append(
        Assessment(course.assessed, course.authorised, factors if in_need else factors[:2] or ("21",), in_need)
    )
    if course.plan:
        case.plans.append(course.plan)


def _add_protection(case: Case, course: Course, first: str, last: str) -> None:
    if course.strategy is None:
        return
    target = working_days_later(course.strategy, 15) if course.conference else None
    case.enquiries.append(Enquiry(course.strategy, target, course.conference))
    if course.conference and course.protection_end:
        reviews, day = [], later(course.conference, 84)
        while day < course.protection_end:
            reviews.append(day)
            day = later(day, 170)
        case.protection.append(ProtectionPlan(course.conference, course.protection_end, first, last, 0, tuple(reviews)))


def _care(family: Family, child: Child, start: date, ceased: date | None, need: str) -> Care:
    """A period of care in steps: placement moves and changes of legal status, each starting where the last ended."""
    chance = Chance(f"care/{child.child_id}/{start}")
    legal = "C1" if chance.yes(0.45) else "V2"
    steps = [_step(start, "S", legal, *_placement(legal, chance), chance)]
    for gap in (chance.days(20, 110, 260), chance.days(60, 170, 330), chance.days(90, 240, 400)):
        day = later(steps[-1].start, gap)
        if (ceased and day >= ceased - timedelta(days=7)) or chance.yes(0.25):
            break
        steps.append(_next_step(steps[-1], day, chance))
    reason = "" if ceased is None else chance.weighted({"E4A": 60, "E4B": 15, "E45": 12, "E13": 8, "E41": 5})
    care = Care(child, family, need if need != "N0" else "N1", steps, ceased, reason)
    if child.age_on(start) >= 8:
        care.missing = _times_missing(start, ceased, chance)
    return care


def _times_missing(start: date, ceased: date | None, chance: Chance) -> list[tuple[str, date, date | None]]:
    """Times when an older child was missing (M) or away without leave (A), one every few months."""
    times: list[tuple[str, date, date | None]] = []
    gone = start + timedelta(days=chance.days(10, 60, 200))
    while gone < (ceased or EXTRACT_DAY) - timedelta(days=5):
        times.append((chance.one_of("MMA"), gone, gone + timedelta(days=chance.whole(0, 4))))
        gone += timedelta(days=chance.days(30, 90, 240))
    return times


def _placement(legal: str, chance: Chance) -> tuple[str, str]:
    """Type and provider of a placement; only a child under a care order can be placed with its own parents."""
    return chance.weighted(
        {each: weight for each, weight in _PLACEMENTS.items() if each[0] != "P1" or legal in ("C1", "C2")}
    )


def _step(day: date, because: str, legal: str, placement: str, provider: str, chance: Chance) -> CareStep:
    away = placement == "K2" or provider == "PR4"
    district = "ZX3" if away else f"ZY{chance.whole(1, 6)}"
    urn = f"SC9990{chance.whole(10, 99)}" if placement == "K2" else ""
    return CareStep(day, because, legal, placement, provider, postcode(district, chance), urn)


def _next_step(last: CareStep, day: date, chance: Chance) -> CareStep:
    """P: new carers. L: new legal status. T: new type of placement, same carers. B: L and P. U: L and T."""
    because = chance.weighted({"P": 42, "L": 26, "T": 10, "B": 12, "U": 10})
    legal = {"V2": "C1", "C1": "C2", "C2": "E1"}.get(last.legal_status, last.legal_status)
    legal = legal if because in "LBU" else last.legal_status
    if because in "PB":
        last.change_reason = chance.one_of(("CARPL", "CREQB", "LAREQ", "STAND", "APPRR"))
        return _step(day, because, legal, *_placement(legal, chance), chance)
    placement = {"U6": "U4", "U3": "U1"}.get(last.placement, last.placement) if because in "TU" else last.placement
    if because in "TU" and placement == last.placement:
        because, legal = "L", {"V2": "C1", "C1": "C2", "C2": "E1"}.get(last.legal_status, "C2")
    return CareStep(day, because, legal, placement, last.provider, last.postcode, last.urn)


def short_breaks(family: Family, child: Child, start: date, chance: Chance) -> list[Case]:
    """A disabled child in need whose family has short breaks: V4 one agreement, V3 each break by itself."""
    case = Case(child, start, "3F", "N2", False, None, "", TEAMS[3], SOCIAL_WORKERS[0])
    authorised = working_days_later(start, 31)
    case.assessments.append(Assessment(start, authorised, ("5A", "6A"), in_need=True))
    first = later(authorised, 25)
    if chance.yes(0.5):
        case.care.append(Care(child, family, "N2", [_step(first, "S", "V4", "U6", "PR1", chance)], None, ""))
        return [case]
    for turn in range(6):
        day = later(first, 90 * turn + chance.whole(0, 20))
        case.care.append(
            Care(child, family, "N2", [_step(day, "S", "V3", "K2", "PR1", chance)], day + timedelta(days=2), "E4A")
        )
    return [case]
