"""What happened to the children: requests, early help episodes, contacts, statutory cases, periods of care.

Dates are the truth; a layout made as at a day shows only what had happened by then (`days.known`). Ids are given at the
end, in order of date, as a case system gives them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from thornbridge_maker.people import Child, Family
from thornbridge_maker.places import School, Service, Worker


@dataclass(eq=False)
class Request:
    """One request for support about one child, at the early help front door."""

    child: Child
    family: Family
    day: date
    source: str
    source_words: str
    organisation: str
    school: School | None
    channel: str
    need: str
    reason: str
    domestic_abuse: bool
    level_requested: str
    level_decided: str
    avoidable: bool
    decision: str
    decision_words: str
    decided: date | None
    told: date | None
    recorded: date
    request_id: str = ""


@dataclass(eq=False)
class Need:
    """One need of one child's episode, and what became of it; `status` is empty while the episode is open."""

    code: str
    identified: date
    evidence: str
    status: str = ""
    achieved: date | None = None
    validated: bool = False
    need_id: str = ""


@dataclass(eq=False)
class Delivery:
    """One service offered to one child's family."""

    service: Service
    offered: date
    start: date | None
    end: date | None
    sessions_offered: int
    sessions_attended: int
    status: str
    delivery_id: str = ""


@dataclass(eq=False)
class Feedback:
    """One question after closure, and the answer if there was one."""

    respondent: str
    asked: date
    answered: date | None
    better: str
    feedback_id: str = ""


@dataclass(eq=False)
class Allocation:
    """One worker holding an episode for a period."""

    worker: Worker
    start: date
    end: date | None
    reason: str


@dataclass(eq=False)
class Episode:
    """One child's period of early help, from acceptance."""

    child: Child
    family: Family
    accepted: date
    request: Request
    organisation: str
    reason: str
    allocated: date | None
    assessment_start: date | None
    assessment_end: date | None
    end: date
    outcome: str
    end_words: str
    allocations: list[Allocation] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    feedback: list[Feedback] = field(default_factory=list)
    episode_id: str = ""


@dataclass(eq=False)
class Contact:
    """One contact about one child at the social care front door."""

    child: Child
    day: date
    source: str
    flag: str
    contact_id: str = ""


@dataclass(eq=False)
class Assessment:
    """One statutory assessment with the factors found; `in_need` says whether services followed."""

    start: date
    authorised: date
    factors: tuple[str, ...]
    in_need: bool


@dataclass(eq=False)
class Enquiry:
    """One section 47 enquiry; `conference` is None where none was needed."""

    start: date
    target: date | None
    conference: date | None


@dataclass(eq=False)
class ProtectionPlan:
    """One child protection plan."""

    start: date
    end: date
    first_category: str
    last_category: str
    previous: int
    reviews: tuple[date, ...]


@dataclass(eq=False)
class CareStep:
    """One SSDA903 episode of care; `change_reason` says why the placement ended, where it did."""

    start: date
    started_because: str
    legal_status: str
    placement: str
    provider: str
    postcode: str
    urn: str
    change_reason: str = ""


@dataclass(eq=False)
class Care:
    """One period of being looked after: steps one after the other, each ending on the day the next begins."""

    child: Child
    family: Family
    need: str
    steps: list[CareStep]
    ceased: date | None
    reason: str
    missing: list[tuple[str, date, date | None]] = field(default_factory=list)

    @property
    def started(self) -> date:
        """The first day of the period."""
        return self.steps[0].start

    @property
    def short_break(self) -> bool:
        """True for a series of short breaks, which is not a period of being looked after in the usual count."""
        return self.steps[0].legal_status in ("V3", "V4")


@dataclass(eq=False)
class Case:
    """One referral to social care of one child, and all that followed from it."""

    child: Child
    referred: date
    source: str
    need: str
    nfa: bool
    closed: date | None
    reason: str
    team: str
    worker: str
    assessments: list[Assessment] = field(default_factory=list)
    plans: list[tuple[date, date]] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    protection: list[ProtectionPlan] = field(default_factory=list)
    care: list[Care] = field(default_factory=list)


@dataclass(eq=False)
class Council:
    """Everything known about Thornbridge; `known_twice` pairs a child's id with a second one given by mistake."""

    families: list[Family]
    requests: list[Request] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    known_twice: dict[str, str] = field(default_factory=dict)
