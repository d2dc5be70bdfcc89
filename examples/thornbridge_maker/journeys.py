"""Families' journeys over three years, between the early help front door and social care, and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from thornbridge_maker.chance import Chance, Quota
from thornbridge_maker.days import EXTRACT_DAY, FIRST_DAY, later, working_day
from thornbridge_maker.early_help import REFUSED, Ending, ask, episodes_for, request_for
from thornbridge_maker.people import UNBORN, Child, Family, make_families
from thornbridge_maker.records import Council, Episode
from thornbridge_maker.statutory import (
    REFERRERS,
    Course,
    cases_for,
    contact_flagged,
    passing_contact,
    plan_course,
    short_breaks,
)

_KINDS = {"early_help": 81, "refused": 4, "social_care_first": 11, "care_first": 4}
_FIRST_COURSES = {"nfa": 12, "assessed": 32, "in_need": 26, "protection": 14}


def make_council() -> Council:
    """Thornbridge as its case system knows it on the day of the extract."""
    council, ending, kinds = Council(make_families()), Ending(), Quota()
    for number, family in enumerate(council.families):
        chance = Chance(f"journey/{number}")
        journey = _Journey(council, family, ending, chance)
        if number in UNBORN:
            journey.before_birth(UNBORN[number])
        else:
            journey.begin(kinds.weighted(_KINDS))
    _turn_some_away(council)
    _add_passing_contacts(council)
    _add_short_breaks(council)
    _know_some_twice(council)
    _number(council)
    return council


class _Journey:
    """One family's way through the services; each step adds records to the council and hands over to the next."""

    def __init__(self, council: Council, family: Family, ending: Ending, chance: Chance) -> None:
        self.council, self.family, self.ending, self.chance = council, family, ending, chance

    def begin(self, kind: str) -> None:
        """The first thing that happens to the family, then the rest."""
        day = self._first_day()
        if self.chance.yes(0.45):
            self._pass_by(self._first_day())
        if kind == "social_care_first":
            self._refer(day, self.chance.weighted(REFERRERS), self.chance.weighted(_FIRST_COURSES))
        elif kind == "care_first":
            self._refer(day, self.chance.weighted(REFERRERS), "care")
        elif kind == "refused":
            self._refuse(day)
        elif self.chance.yes(0.22):
            if self._refuse(day) != "statutory":
                self._help(later(day, self.chance.whole(20, 160)))
        else:
            self._help(day)

    def _first_day(self) -> date:
        """Earlier more often than late, as families that come back make up the rest; a rush in the last six weeks."""
        if self.chance.yes(0.07):
            return working_day(EXTRACT_DAY - timedelta(days=self.chance.whole(3, 45)))
        return working_day(FIRST_DAY + timedelta(days=self.chance.days(2, 310, 1040)))

    def before_birth(self, kind: str) -> None:
        """A family that expects a child comes to both front doors in the last weeks."""
        day = working_day(EXTRACT_DAY - timedelta(days=self.chance.whole(45, 60)))
        self.council.contacts += contact_flagged(self.family.children_on(day), day, "3F", "OTHER_OUTCOMES_EXIST_FLAG")
        if kind == "social_care_first":
            self._refer(later(day, 3), "3F", "in_need")
        else:
            self._help(later(day, 2), "3B")

    def _children(self, day: date) -> list[Child]:
        """The children a request names: mostly all of them."""
        children = self.family.children_on(day)
        return children if len(children) < 2 or self.chance.yes(0.85) else children[:-1]

    def _pass_by(self, day: date) -> None:
        self.council.contacts += passing_contact(self.family.children_on(day), day, self.chance)

    def _refuse(self, day: date) -> str:
        """A request that does not lead to early help; some go to social care instead. Returns the decision."""
        children = self._children(day)
        if day > EXTRACT_DAY or not children:
            return ""
        decision = self.chance.weighted(REFUSED)
        asking = ask(self.family, children, self.chance)
        requests = request_for(self.family, children, day, asking, decision, self.chance)
        self.council.requests += requests
        if decision == "statutory" and requests[0].decided:
            self._refer(requests[0].decided, asking.source, self.ending.depth())
        return decision

    def _help(self, day: date, source: str = "") -> None:
        """An accepted request, the episodes it opens, and what comes after they close."""
        children = self._children(day)
        if day > EXTRACT_DAY or not children:
            return
        asking = ask(self.family, children, self.chance, source)
        requests = request_for(self.family, children, day, asking, "early_help", self.chance)
        self.council.requests += requests
        if requests[0].decision == "pending":
            return
        outcome = self.ending.outcome()
        episodes = episodes_for(requests, outcome, self.chance)
        self.council.episodes += episodes
        if episodes[0].end <= EXTRACT_DAY:
            self._afterwards(episodes, outcome)

    def _afterwards(self, episodes: list[Episode], outcome: str) -> None:
        closed = max(episode.end for episode in episodes)
        if outcome == "moved":
            return
        wait = self.ending.days_to_referral(outcome, self.chance)
        if wait is not None:
            source = "5D" if outcome == "stepped_up" else self.chance.weighted({**REFERRERS, "5D": 8})
            self._refer(later(closed, wait), source, self.ending.depth())
            return
        back = self.ending.days_to_return(self.chance)
        if back is not None:
            self._help(later(closed, back))
        elif self.chance.yes(0.16):
            self._refuse(later(closed, self.chance.whole(20, 300)))

    def _refer(self, day: date, source: str, depth: str) -> None:
        """A contact, the referral that follows from it, and what comes after the case closes."""
        children = [child for child in self._children(day) if child.age_on(day) < 17]
        if day > EXTRACT_DAY or not children:
            return
        contacted = working_day(day - timedelta(days=self.chance.whole(0, 1)))
        self.council.contacts += contact_flagged(children, min(contacted, day), source, "NEW_REFERRAL_FLAG")
        course = plan_course(day, source, depth, self.chance)
        self.council.cases += cases_for(self.family, children, course, self.chance)
        self._after_case(course)

    def _after_case(self, course: Course) -> None:
        """Step down to early help, come back to social care, or neither."""
        if course.depth == "care" and course.closed is None:
            return
        closed = course.closed or later(course.referred, 3)
        if closed > EXTRACT_DAY or course.reason == "RC5":
            return
        steps_down = course.reason == "RC9" or (course.depth in ("in_need", "protection") and self.chance.yes(0.45))
        if steps_down:
            self._help(later(closed, self.chance.whole(0, 9)), source="5A")
        elif self.chance.yes(0.24):
            depth = self.chance.weighted({"assessed": 40, "in_need": 40, "protection": 20})
            self._refer(later(closed, self.chance.whole(40, 340)), self.chance.weighted(REFERRERS), depth)


def _turn_some_away(council: Council) -> None:
    """Requests that lead to advice or nothing, at times when the family has no help; some came in the last days."""
    busy: dict[int, list[tuple[date, date]]] = {}
    for episode in council.episodes:
        busy.setdefault(id(episode.family), []).append((episode.request.day, episode.end))
    decisions = {decision: weight for decision, weight in REFUSED.items() if decision != "statutory"}
    for number, family in enumerate(council.families):
        chance = Chance(f"turned away/{number}")
        for _ in range(chance.weighted({0: 46, 1: 34, 2: 14, 3: 6})):
            back = chance.whole(0, 2) if chance.yes(0.14) else chance.whole(3, 1080)
            day = working_day(EXTRACT_DAY - timedelta(days=back))
            children = family.children_on(day)
            if (
                not children
                or day > EXTRACT_DAY
                or any(opened <= day <= ended for opened, ended in busy.get(id(family), []))
            ):
                continue
            asking = ask(family, children, chance)
            council.requests += request_for(family, children, day, asking, chance.weighted(decisions), chance)


def _add_passing_contacts(council: Council) -> None:
    """Contacts at the social care front door that lead to no referral: the larger part of them."""
    for number, family in enumerate(council.families):
        chance = Chance(f"passing/{number}")
        for _ in range(chance.weighted({0: 45, 1: 30, 2: 15, 3: 10})):
            day = working_day(FIRST_DAY + timedelta(days=chance.whole(2, 1090)))
            council.contacts += passing_contact(family.children_on(day), day, chance)


def _add_short_breaks(council: Council) -> None:
    """Three disabled children with no case of their own have short breaks."""
    with_case = {id(case.child) for case in council.cases}
    chance = Chance("short breaks")
    fitting = [
        (family, child)
        for family in council.families
        for child in family.children
        if {"LD", "MOB"} & set(child.disability) and 4 <= child.age_on(EXTRACT_DAY) < 17 and id(child) not in with_case
    ]
    for turn, (family, child) in enumerate(fitting[:3]):
        council.cases += short_breaks(family, child, later(date(2023, 9, 4), 190 * turn), chance)


def _know_some_twice(council: Council) -> None:
    """Three children were entered a second time when the police wrote about them."""
    chance = Chance("known twice")
    police = [contact for contact in council.contacts if contact.source == "6" and contact.child.born]
    for contact in chance.some_of(police, 3):
        council.known_twice[contact.child.child_id] = f"5{contact.child.child_id[1:]}"


def _number(council: Council) -> None:
    """Give every record its id, in order of date."""
    episodes = sorted(council.episodes, key=lambda e: (e.accepted, e.child.child_id))
    _number_each(sorted(council.requests, key=lambda r: (r.day, r.child.child_id)), "request_id", "EHR-", 31000)
    _number_each(episodes, "episode_id", "EH-", 4200)
    _number_each(sorted(council.contacts, key=lambda c: (c.day, c.child.child_id)), "contact_id", "CON-", 88000)
    _number_each((need for e in episodes for need in e.needs), "need_id", "N-", 10000)
    _number_each((delivery for e in episodes for delivery in e.deliveries), "delivery_id", "D-", 6000)
    _number_each((answer for e in episodes for answer in e.feedback), "feedback_id", "FB-", 2000)
    council.requests.sort(key=lambda r: r.request_id)
    council.episodes.sort(key=lambda e: e.episode_id)
    council.contacts.sort(key=lambda c: c.contact_id)
    council.cases.sort(key=lambda c: (c.referred, c.child.child_id))


def _number_each(records: Iterable[Any], attribute: str, prefix: str, start: int) -> None:
    for number, record in enumerate(records, start=start + 1):
        setattr(record, attribute, f"{prefix}{number:06}")
