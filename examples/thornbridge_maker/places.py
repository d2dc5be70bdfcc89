"""Thornbridge on paper: wards, small areas, schools, services and workers. All invented, with codes no real place has.

Postcodes are in ZY and ZX, areas the Royal Mail does not use; area codes and school numbers lie outside the ranges in
use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thornbridge_maker.chance import Chance
from thornbridge_maker.days import FIRST_DAY

LA_CODE = "E06000999"
LA_NUMBER = "999"
CHILDREN_BY_YEAR = {2023: 8391, 2024: 8352, 2025: 8317}


@dataclass(frozen=True)
class Place:
    """One small area: `imd` and `idaci` are deciles, 1 the most deprived."""

    lsoa: str
    ward_code: str
    ward: str
    locality: str
    children: int
    imd: int
    idaci: int
    postcode_district: str


@dataclass(frozen=True)
class School:
    """One school; `silent` schools never ask for help for anybody."""

    urn: str
    name: str
    phase: str
    ward_code: str
    locality: str
    roll: int
    fsm_share: float
    silent: bool = False


@dataclass(frozen=True)
class Service:
    """One service that families can be offered, for the needs it meets."""

    service_id: str
    name: str
    organisation: str
    service_type: str
    commissioner: str
    annual_cost: int
    capacity: int
    evidence_level: str
    needs: tuple[str, ...]
    sessions: int
    start: date = FIRST_DAY
    end: date | None = None


@dataclass(frozen=True)
class Worker:
    """One early help worker in one team."""

    worker_id: str
    team: str
    locality: str
    role: str
    fte: float
    start: date
    end: date | None = None


_WARDS = (
    ("E05999001", "Abbotswell", "North", (6, 7, 8, 5)),
    ("E05999002", "Copperhill", "North", (3, 2, 4, 4)),
    ("E05999003", "Dunmere", "Riverside", (1, 2, 1, 3)),
    ("E05999004", "Fernley", "Riverside", (5, 6, 4, 7)),
    ("E05999005", "Kilnside", "South", (1, 1, 2, 2)),
    ("E05999006", "Millrace", "South", (9, 8, 7, 5)),
)


def _places() -> tuple[Place, ...]:
    chance, made = Chance("places"), []
    for number, (code, ward, locality, deciles) in enumerate(_WARDS):
        for turn, imd in enumerate(deciles):
            lsoa = f"E0199{9001 + 4 * number + turn}"
            idaci = min(10, max(1, imd + chance.whole(-1, 1)))
            children = 300 + 12 * (10 - imd) + chance.whole(-40, 40)
            made.append(Place(lsoa, code, ward, locality, children, imd, idaci, f"ZY{number + 1}"))
    return tuple(made)


PLACES = _places()
SCHOOLS = (
    School("990101", "Abbotswell Primary School", "primary", "E05999001", "North", 312, 0.11),
    School("990102", "Tanner's Lane Infant School", "primary", "E05999001", "North", 178, 0.14, silent=True),
    School("990103", "Copperhill Primary School", "primary", "E05999002", "North", 405, 0.34),
    School("990104", "Lantern Street Primary School", "primary", "E05999003", "Riverside", 388, 0.47),
    School("990105", "Dunmere Church Primary School", "primary", "E05999003", "Riverside", 214, 0.41),
    School("990106", "Fernley Primary School", "primary", "E05999004", "Riverside", 296, 0.2),
    School("990107", "Kilnside Primary School", "primary", "E05999005", "South", 421, 0.45),
    School("990108", "Old Weir Junior School", "primary", "E05999006", "South", 240, 0.09),
    School("990109", "Thornbridge High School", "secondary", "E05999002", "North", 1104, 0.24),
    School("990110", "Fernley Academy", "secondary", "E05999004", "Riverside", 987, 0.31),
    School("990111", "Millrace High School", "secondary", "E05999006", "South", 1035, 0.27),
    School("990112", "Kilnside Willows School", "special", "E05999005", "South", 96, 0.39),
    School("990113", "Bridge Alternative Provision", "ap", "E05999003", "Riverside", 42, 0.55),
    School("990114", "Millrace Nursery School", "nursery", "E05999006", "South", 78, 0.18),
)
SERVICES = (
    Service("SVC01", "Whole family key work", "Thornbridge Council", "family support", "Thornbridge Council", 612000,
    140,
            "promising", ("SF1", "SF3", "SF5", "SF6", "SF7", "SF8", "SF9", "SF10"), 20),
    Service("SVC02", "Steps Together parenting course", "Thornbridge Council", "parenting", "Thornbridge Council",
    96000, 90,
            "strong", ("SF5", "SF2"), 10),
    Service("SVC03", "Safe Harbour domestic abuse recovery", "Safe Harbour Thornbridge", "domestic abuse",
            "Thornbridge Council", 118000, 45, "promising", ("SF8",), 12),
    Service("SVC04", "School inclusion mentors", "Lantern Street Schools Trust", "education", "Thornbridge Council",
    84000, 60,
            "emerging", ("SF1", "SF7"), 12),
    Service("SVC05", "Listening Post for young people", "Dunmere Youth Trust", "mental health",
    "Thornbridge Integrated Care",
            141000, 70, "promising", ("SF3", "SF4", "SF6"), 8),
    Service("SVC06", "Money and homes advice", "Thornbridge Advice Centre", "advice", "Thornbridge Council", 58000, 120,
            "none", ("SF9", "SF10"), 4, date(2023, 10, 2)),
)  # fmt: skip
TEAMS = {"North": "Family Help North", "Riverside": "Family Help Riverside", "South": "Family Help South"}


def _workers() -> tuple[Worker, ...]:
    roles = ("Senior family help practitioner", *("Family help practitioner",) * 4)
    made = []
    for turn, (locality, team) in enumerate(TEAMS.items()):
        for place, role in enumerate(roles):
            number = turn * len(roles) + place + 1
            left = date(2025, 1, 17) if number in (4, 13) else None
            joined = date(2025, 1, 20) if number in (5, 14) else FIRST_DAY
            made.append(Worker(f"W{number:03}", team, locality, role, 0.6 if place == 3 else 1.0, joined, left))
    return (*made, Worker("W016", "Early Help Front Door", "All", "Front door practitioner", 1.0, FIRST_DAY))


WORKERS = _workers()
STREETS = (
    "Alder Row", "Bellfounder Street", "Candlemaker Lane", "Drover's Way", "Eel Pie Terrace", "Foundry Close",
    "Gorse Bank",
    "Hawthorn Rise", "Ironmonger Street", "Jessamine Court", "Kingfisher Walk", "Lockkeeper's Yard", "Maltings Road",
    "Nightingale Green", "Orchard Steps", "Packhorse Lane", "Quarry View", "Ropewalk", "Saddler's Mead",
    "Tollhouse Lane",
)  # fmt: skip
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def postcode(district: str, chance: Chance) -> str:
    """A postcode of the usual shape in the given district."""
    return f"{district} {chance.whole(1, 9)}{chance.one_of(INWARD_LETTERS)}{chance.one_of(INWARD_LETTERS)}"
