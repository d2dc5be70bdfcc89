"""Early help: who asks, what is decided, how long families wait, what is done, how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from thornbridge_maker.chance import Chance, Quota
from thornbridge_maker.days import EXTRACT_DAY, later, working_day, working_days_later
from thornbridge_maker.people import Child, Family
from thornbridge_maker.places import SCHOOLS, TEAMS, WORKERS, School, Worker
from thornbridge_maker.records import Allocation, Episode, Request
from thornbridge_maker.support import add_support

NEEDS = {"SF1": 20, "SF2": 8, "SF3": 18, "SF4": 5, "SF5": 21, "SF6": 7, "SF7": 5, "SF8": 14, "SF9": 7, "SF10": 7}
REASONS = {
    "SF1": ("School attendance", "Attendance and behaviour at school", "SEND support needed"),
    "SF2": ("Early years development", "New parent support"),
    "SF3": ("Child mental health", "Parental mental health", "Disability in the family"),
    "SF4": ("Parental substance misuse", "Young person's substance misuse"),
    "SF5": ("Parenting support", "Parental conflict", "Family relationships", "Young carer"),
    "SF6": ("Risk of exploitation", "Missing from home", "Neglect"),
    "SF7": ("Anti-social behaviour", "Risk of offending"),
    "SF8": ("Domestic abuse", "Domestic abuse - historic"),
    "SF9": ("Housing", "Risk of homelessness"),
    "SF10": ("Debt and benefits", "Financial hardship"),
}
SOURCES = {
    "2A": 34, "1C": 15, "1A": 8, "3B": 9, "3A": 5, "3C": 3, "6": 8, "4": 4, "8": 5, "2B": 4, "5A": 2, "5B": 2, "9": 1,
}  # fmt: skip
SOURCE_WORDS = {
    "1A": ("Relative", "Grandparent"), "1C": ("Parent", "Self referral"), "2B": ("Education Welfare",), "3A": ("GP",),
    "3B": ("Health Visitor",), "3C": ("School Nurse",), "4": ("Housing",), "5A": ("Children's Social Care",),
    "5B": ("Youth Justice Service",), "6": ("Police",), "8": ("Voluntary organisation",), "9": ("Anonymous",),
}  # fmt: skip
SCHOOL_WORDS = {
    "primary": "School (primary)", "secondary": "School (secondary)", "special": "School (special)",
    "nursery": "Nursery school",
}  # fmt: skip
ORGANISATIONS = {
    "2B": "Thornbridge Education Welfare", "3A": "Dunmere Surgery", "3B": "Thornbridge Health Visiting",
    "3C": "Thornbridge School Nursing", "4": "Thornbridge Homes", "5A": "Thornbridge Children's Social Care",
    "5B": "Thornbridge Youth Justice Service", "6": "Thornshire Police", "8": "Copperhill Community Trust",
}  # fmt: skip
CHANNELS = {"online form": 55, "telephone": 30, "email": 12, "in person": 3}
REFUSED = {"advice": 36, "universal": 28, "returned": 14, "nfa": 12, "statutory": 10}
DECISION_WORDS = {
    "advice": "Information and advice", "universal": "Signposted to universal",
    "returned": "Returned - more information needed",
    "nfa": "NFA", "statutory": "Passed to MASH", "early_help": "Accepted - Family Help", "pending": "",
}  # fmt: skip
LEVELS = {
    "advice": "universal",
    "universal": "universal",
    "returned": "",
    "nfa": "",
    "statutory": "statutory",
    "pending": "",
}
OUTCOMES = {
    "outcomes_met": 47, "partly_met": 13, "stepped_up": 6, "universal": 9, "disengaged": 9, "consent_withdrawn": 5,
    "moved": 4, "declined": 3, "other": 3,
}  # fmt: skip
END_WORDS = {
    "outcomes_met": ("Outcomes met", "Needs met - closed"), "partly_met": ("Outcomes partly met",),
    "stepped_up": ("Stepped up to CSC", "Escalated to social care"),
    "universal": ("Stepped down to universal services",),
    "disengaged": ("Disengaged", "Non-engagement"), "consent_withdrawn": ("Consent withdrawn",),
    "moved": ("Moved out of area",), "declined": ("Declined support",), "other": ("Other", "Closed - administrative"),
}  # fmt: skip
WAITS = {"North": (1, 12, 50), "Riverside": (3, 34, 110), "South": (1, 16, 70)}


@dataclass(frozen=True)
class Asking:
    """Who asks for help, and what for: the same for all the children of one request."""

    source: str
    words: str
    organisation: str
    school: School | None
    need: str
    reason: str
    domestic_abuse: bool


def ask(family: Family, children: list[Child], chance: Chance, source: str = "") -> Asking:
    """A request in the words of the one who makes it; `source` fixes who that is."""
    need = chance.weighted(_needs_of(family, children))
    source = source or chance.weighted(SOURCES)
    school = _school_that_asks(children) if source == "2A" else None
    if source == "2A" and school is None:
        source = "1C"
    words = SCHOOL_WORDS[school.phase] if school else chance.one_of(SOURCE_WORDS[source])
    organisation = school.name if school else ORGANISATIONS.get(source, "")
    abuse = need == "SF8" or chance.yes(0.08)
    return Asking(source, words, organisation, school, need, chance.one_of(REASONS[need]), abuse)


def _school_that_asks(children: list[Child]) -> School | None:
    """The school of the first child at school, or the nursery school for the youngest; silent schools never ask."""
    schools = [child.school for child in children if child.school]
    if not schools:
        return next(school for school in SCHOOLS if school.phase == "nursery") if children[0].born else None
    return next((school for school in schools if not school.silent), None)


def _needs_of(family: Family, children: list[Child]) -> dict[str, float]:
    """Needs differ by place: domestic abuse is commonest in Kilnside, money and housing where most are deprived."""
    weights: dict[str, float] = dict(NEEDS)
    weights["SF8"] *= 3.6 if family.place.ward == "Kilnside" else 1
    for code in ("SF9", "SF10"):
        weights[code] *= 2.2 if family.place.imd <= 2 else 0.7
    oldest = max(child.age_on(EXTRACT_DAY) for child in children)
    weights["SF1"] *= 0 if oldest < 5 else 1
    weights["SF2"] *= 3 if oldest < 5 else 0.5
    weights["SF7"] *= 0 if oldest < 10 else 1
    return weights


def request_for(
    family: Family, children: list[Child], day: date, asking: Asking, decision: str, chance: Chance
) -> list[Request]:
    """One request per child, decided together. What is not decided by the extract date is pending."""
    decided: date | None = working_days_later(day, chance.days(0, 2, 9))
    if decided and decided > EXTRACT_DAY:
        decision, decided = "pending", None
    told = working_days_later(decided, chance.whole(0, 8)) if decided and chance.yes(0.7) else None
    asked_for = "targeted" if chance.yes(0.8) else chance.one_of(("universal", "family_help", "statutory"))
    granted = "targeted" if decision == "early_help" else LEVELS[decision]
    channel, recorded = chance.weighted(CHANNELS), working_days_later(day, chance.days(0, 1, 6))
    avoidable = decision in ("advice", "universal") and chance.yes(0.4)
    return [
        Request(
            child, family, day, asking.source, asking.words, asking.organisation, asking.school, channel, asking.need,
            asking.reason, asking.domestic_abuse, asked_for, granted, avoidable, decision, DECISION_WORDS[decision],
            decided,
            told, min(recorded, EXTRACT_DAY),
        )
        for child in children
    ]  # fmt: skip


def episodes_for(requests: list[Request], outcome: str, chance: Chance) -> list[Episode]:
    """One episode per child of an accepted request, opened together and mostly closed together."""
    first = requests[0]
    assert first.decided is not None
    accepted = first.decided
    locality = first.family.place.locality
    organisation = _lead_organisation(first, chance)
    waited = chance.days(*WAITS[locality])
    allocated = None if outcome == "declined" else later(accepted, waited)
    end = later(accepted, chance.days(9, 30, 70)) if allocated is None else later(allocated, chance.days(35, 112, 380))
    assessed = later(allocated, chance.whole(0, 10)) if allocated else None
    finished = working_days_later(assessed, chance.days(8, 27, 62)) if assessed else None
    words, workers = chance.one_of(END_WORDS[outcome]), _workers(locality, chance)
    made = []
    for request in requests:
        own_end = end
        if allocated and len(requests) > 1 and chance.yes(0.06):
            own_end = max(working_day(end - timedelta(days=chance.whole(10, 40))), later(allocated, 20))
        episode = Episode(
            request.child, request.family, accepted, request, organisation, request.reason, allocated, assessed,
            finished if finished and finished <= own_end else None, own_end, outcome, words,
        )  # fmt: skip
        if organisation in TEAMS.values() and allocated:
            episode.allocations = _allocations(allocated, own_end, workers, chance)
        add_support(episode, chance)
        made.append(episode)
    return made


def _lead_organisation(request: Request, chance: Chance) -> str:
    """The council leads most episodes; the school, the health visitor or a charity that asked leads some."""
    if request.source in ("2A", "3B", "8") and chance.yes(0.4):
        return request.organisation
    return TEAMS[request.family.place.locality]


def _workers(locality: str, chance: Chance) -> list[Worker]:
    return chance.some_of([worker for worker in WORKERS if worker.locality == locality], 3)


def _allocations(start: date, end: date, workers: list[Worker], chance: Chance) -> list[Allocation]:
    """The first worker of the three who is in post; another takes over when she leaves, or now and then in between."""
    first = next(worker for worker in workers if worker.start <= start and (worker.end is None or start < worker.end))
    handover, reason = end, ""
    if first.end and first.end < end:
        handover, reason = later(first.end, 3), "LEFTRL"
    elif chance.yes(0.14) and (end - start).days > 60:
        handover, reason = later(start, chance.whole(25, (end - start).days - 20)), "MANAGE"
    second = next(
        (w for w in workers if w is not first and w.start <= handover and (w.end is None or end < w.end)), None
    )
    if handover >= end or second is None:
        return [Allocation(first, start, end, "")]
    return [Allocation(first, start, handover, reason), Allocation(second, handover, end, "")]


class Ending:
    """How episodes end, in the shares the example is meant to show."""

    def __init__(self) -> None:
        self._outcome, self._soon, self._late, self._depth, self._later = (Quota(n / 7) for n in range(5))

    def outcome(self) -> str:
        """Why the next episode closes."""
        return self._outcome.weighted(OUTCOMES)

    def days_to_referral(self, outcome: str, chance: Chance) -> int | None:
        """Days from closure to a referral to social care within 12 months, or None: 15 families in a hundred."""
        if outcome == "stepped_up":
            return 0
        return chance.whole(15, 350) if self._soon.yes(0.085) else None

    def depth(self) -> str:
        """How far the referral goes."""
        return self._depth.weighted({"nfa": 31, "assessed": 20, "in_need": 25, "protection": 13, "care": 11})

    def days_to_return(self, chance: Chance) -> int | None:
        """Days until the family needs early help again, or None: 20 in a hundred within 12 months, 52 later."""
        return self._late.weighted({chance.whole(30, 345): 20, chance.whole(372, 560): 52, None: 28})
