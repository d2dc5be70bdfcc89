"""Every coefficient that the lives are drawn with, in one place. Chances are a month unless another unit is named.

They are chosen, not estimated, and are the truth that the product has to find again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from earlyhelp.standard import codelists

NEEDS = codelists.needs.codes
PLACE_OF = {code: place for place, code in enumerate(NEEDS)}
"""The place of each need in an array of ten."""


@dataclass(frozen=True)
class NeedHazard:
    """How one need comes and goes: chance to arise and to ease, and log hazard ratios of arising.

    `risk`: for a standard deviation of a family's latent risk. `deprivation`: for a unit of the log of need between
    areas. `lone_parent`: where one parent is alone. `ages`: only families with a child of these ages have it.
    """

    arises: float
    eases: float
    risk: float = 0.6
    deprivation: float = 1.0
    lone_parent: float = 0.2
    ages: tuple[int, int] | None = None


NEED_HAZARDS: Mapping[str, NeedHazard] = {
    "SF1": NeedHazard(0.0060, 0.070, lone_parent=0.3, ages=(5, 15)),
    "SF2": NeedHazard(0.0060, 0.080, ages=(0, 4)),
    "SF3": NeedHazard(0.0065, 0.060, risk=0.5, deprivation=0.6),
    "SF4": NeedHazard(0.0016, 0.050, risk=0.8),
    "SF5": NeedHazard(0.0055, 0.070, risk=0.6, deprivation=0.4),
    "SF6": NeedHazard(0.0020, 0.080, risk=0.9),
    "SF7": NeedHazard(0.0016, 0.070, risk=0.8, ages=(10, 17)),
    "SF8": NeedHazard(0.0040, 0.070, risk=0.8, deprivation=0.8),
    "SF9": NeedHazard(0.0030, 0.080, risk=0.4, deprivation=1.4, lone_parent=0.4),
    "SF10": NeedHazard(0.0070, 0.060, risk=0.4, deprivation=1.6, lone_parent=0.5),
}


@dataclass(frozen=True)
class Shock:
    """A poverty shock: the partner who tells of it, its chance, and by how much it multiplies the arising of needs."""

    agency: str
    event_type: str
    chance: float
    deprivation: float
    ratios: Mapping[str, float]
    amount: float | None = None


SHOCK_MONTHS = 12
"""A shock works in the twelve months after the month in which it happens."""
SHOCKS: Mapping[str, Shock] = {
    "benefit_cap": Shock("benefits", "benefit_cap", 0.0008, 2.0, {"SF10": 3.0, "SF9": 2.0, "SF3": 1.4, "SF5": 1.3}, 240),
    "rent_arrears": Shock("housing", "rent_arrears", 0.0020, 1.6, {"SF10": 2.5, "SF9": 3.0, "SF3": 1.3, "SF5": 1.3}, 1450),
    "job_loss": Shock("benefits", "out_of_work_benefit", 0.0025, 1.0, {"SF10": 2.0, "SF3": 1.6, "SF5": 1.5, "SF8": 1.5}, 890),
    "fsm": Shock("school", "free_school_meals", 0.0022, 1.4, {"SF10": 1.5, "SF3": 1.1}),
}  # fmt: skip


@dataclass(frozen=True)
class Signal:
    """Another thing that partners tell the council of: by whom, for which need, how often a month while it lasts."""

    agency: str
    event_type: str
    need: str
    chance: float
    about: str = "child"


SIGNALS = (
    Signal("police", "missing", "SF6", 0.03),
    Signal("youth_justice", "offence", "SF7", 0.05),
    Signal("police", "anti_social_behaviour", "SF7", 0.06),
    Signal("health", "a_and_e", "SF3", 0.02),
    Signal("health", "mental_health", "SF3", 0.01, "adult"),
    Signal("health", "substance_misuse", "SF4", 0.03, "adult"),
    Signal("housing", "homelessness", "SF9", 0.02, "adult"),
    Signal("benefits", "council_tax_arrears", "SF10", 0.02, "adult"),
)


@dataclass(frozen=True)
class Abuse:
    """Domestic abuse: incidents a month in families in need SF8, and the share that the police hear of.

    `heard`: in the middle area. `ward_spread`, `area_spread`: standard deviations of its log-odds between wards and
    between the small areas of one ward. `asks`: share of heard months in which the police ask for help.
    """

    incidents: float = 0.3
    heard: float = 0.42
    ward_spread: float = 0.7
    area_spread: float = 0.3
    asks: float = 0.5
    levels: tuple[float, float, float] = (0.62, 0.28, 0.10)


@dataclass(frozen=True)
class Requestor:
    """Who asks: national code, organisation, how often in comparison, and by how much each need adds to that.

    `lockdown` and `august`: factors on how often in these months. `ages`: only for families with such children.
    """

    code: str
    organisation: str
    weight: float
    sees: Mapping[str, float] = field(default_factory=dict)
    lockdown: float = 1.0
    august: float = 1.0
    ages: tuple[int, int] | None = None


REQUESTORS = (
    Requestor("2A", "School", 1.6, {"SF1": 3, "SF3": 2, "SF6": 2, "SF7": 1}, lockdown=0.25, august=0.08, ages=(5, 15)),
    Requestor("2B", "Education welfare", 0.4, {"SF1": 3, "SF2": 1}, lockdown=0.5, august=0.3),
    Requestor("3A", "GP surgery", 0.4, {"SF3": 3, "SF4": 1}, lockdown=0.7),
    Requestor("3B", "Health visiting", 1.2, {"SF2": 3, "SF3": 1, "SF5": 1, "SF8": 1}, lockdown=0.8, ages=(0, 4)),
    Requestor("3C", "School nursing", 0.2, {"SF3": 3, "SF1": 1}, lockdown=0.3, august=0.1, ages=(5, 15)),
    Requestor("3E", "Hospital emergency department", 0.5, {"SF3": 2, "SF6": 2, "SF8": 2}, lockdown=0.8),
    Requestor("4", "Housing", 0.4, {"SF9": 6, "SF10": 3}),
    Requestor("5B", "Council services", 0.4, {"SF5": 1, "SF7": 1, "SF10": 1}),
    Requestor("6", "Police", 1.0, {"SF8": 3, "SF7": 4, "SF6": 3, "SF4": 2}, lockdown=1.15),
    Requestor("8", "Voluntary organisation", 0.4, {"SF5": 2, "SF8": 1, "SF10": 1}, lockdown=0.8),
    Requestor("1A", "Relative", 0.4, {"SF5": 2, "SF6": 2}),
    Requestor("1C", "Family itself", 0.6, {"SF5": 3, "SF3": 1, "SF9": 1, "SF10": 1}),
    Requestor("9", "Anonymous", 0.2, {"SF6": 2, "SF8": 1}),
)


@dataclass(frozen=True)
class Requests:
    """Requests and what is decided of them.

    `for_one_referral`: requests for each statutory referral. `early_help_share`: children who start early help in a
    year. `unseen`: how often a family without any need is asked about, against the weights of needs. `risk`: log ratio
    for a standard deviation of latent risk. `recorded`: chance that a need is recorded; `mistaken`: that one which is
    not there is. `noise`: standard deviation added to recorded need before the threshold.
    """

    for_one_referral: float = 5.0
    early_help_share: float = 0.025
    unseen: float = 0.12
    risk: float = 0.3
    recorded: float = 0.78
    mistaken: float = 0.03
    noise: float = 0.7
    days_to_accept: int = 5
    step_down: float = 0.12


@dataclass(frozen=True)
class Queue:
    """The list of accepted families: how many a full-time worker holds, and who leaves it.

    `plenty`: places against what the expected demand fills. `leaves`: chance to leave the list unserved.
    `waiting_ratio`: on the statutory hazard while a family waits. `tenure`, `vacancy`: mean days a worker stays and a
    post is empty. `length`, `length_spread`: mean days of help and standard deviation of its log.
    """

    caseload: float = 12.0
    plenty: float = 0.94
    leaves: float = 0.06
    waiting_ratio: float = 1.4
    tenure: float = 1000.0
    vacancy: float = 70.0
    length: float = 200.0
    length_spread: float = 0.5
    early_help_age: int = 16


@dataclass(frozen=True)
class Cut:
    """The budget cut: share of localities and of their posts, and what it does to referrals there, from when.

    `ratio` multiplies the background statutory hazard, from `after_months` on, besides what longer queues do.
    """

    localities: float = 0.5
    posts: float = 0.30
    ratio: float = 1.15
    after_months: int = 6


@dataclass(frozen=True)
class Clock:
    """The step-up clock of an offer: chance a month at the usual family, and log ratios by recorded covariate."""

    hazard: float = 0.0055
    covariates: Mapping[str, float] = field(
        default_factory=lambda: {
            "SF4": 0.25, "SF6": 0.45, "SF8": 0.15, "n_needs": 0.12, "level": 0.35, "deprivation_decile": -0.04,
            "youngest_age": -0.02, "previous_episodes": 0.15, "domestic_abuse": 0.3,
        }
    )  # fmt: skip
    motivation: float = -0.6
    one_offer_in_days: int = 730


@dataclass(frozen=True)
class Statutory:
    """Referrals and what follows: log ratios of referral by need, shares of steps, days.

    `nfa`: referrals without further action. `not_in_need`: assessed and closed, of those taken up. `plan_days`: mean
    length of a protection plan. `enquiries_to_conference`, `conference_to_plan`: shares. `short_stays`: share of
    entries to care that end in months, mean days `short_days`; the others `long_days`.
    """

    risk: float = 0.35
    needs: Mapping[str, float] = field(
        default_factory=lambda: {
            "SF1": 0.3, "SF2": 0.3, "SF3": 0.3, "SF4": 0.8, "SF5": 0.4,
            "SF6": 1.2, "SF7": 0.6, "SF8": 1.4, "SF9": 0.3, "SF10": 0.2,
        }
    )  # fmt: skip
    nfa: float = 0.065
    not_in_need: float = 0.33
    assessment_days: float = 45.0
    plan_days: float = 290.0
    enquiries_to_conference: float = 0.38
    conference_to_plan: float = 0.86
    before_care: float = 120.0
    short_stays: float = 0.35
    short_days: float = 150.0
    long_days: float = 1500.0


@dataclass(frozen=True)
class Attendance:
    """Sessions missed: share at the usual child, and how much need SF1 adds to its log-odds for a child it touches."""

    absent: float = 0.045
    need: float = 1.5
    touched: float = 0.7
    spread: float = 0.6
    authorised: float = 0.62
    suspended: float = 0.003
    suspended_in_need: float = 0.05


@dataclass(frozen=True)
class Hazards:
    """All that is declared; a part is replaced to ask what would have been."""

    abuse: Abuse = Abuse()
    requests: Requests = Requests()
    queue: Queue = Queue()
    cut: Cut = Cut()
    clock: Clock = Clock()
    statutory: Statutory = Statutory()
    attendance: Attendance = Attendance()


DECLARED = Hazards()
