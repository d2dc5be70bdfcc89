"""Who may do what: roles, powers, and the rule that every page declares. What no rule allows is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in this council's early help. A person may have several."""

    HEAD = "head"
    ANALYST = "analyst"
    STEWARD = "steward"
    TEAM_MANAGER = "team_manager"
    FINANCE = "finance"
    PARTNER = "partner"
    VIEWER = "viewer"
    ADMINISTRATOR = "administrator"


class Power(StrEnum):
    """One thing that somebody may do."""

    READ = "read released figures"
    EXACT = "read exact figures"
    OWN = "read the figures of their own organisation"
    COST = "work out what services cost and what a cut would bring"
    ROWS = "see the records of families, without names"
    TEAM_ROWS = "see the records of their own team's families, without names"
    IDENTITY = "see names"
    BREAK_GLASS = "ask to see names for half an hour, with a reason"
    REVIEW = "judge whether two records are of one person"
    LOAD = "bring in extracts and run the pipeline"
    NOTE = "write notes, freeze figures and keep the calendar of events"
    PROPOSE = "propose what may leave"
    APPROVE = "approve what somebody else proposed"
    OVERSEE = "see who looked at what"
    USERS = "look after users and their roles"


ROLE_WORDS: Mapping[Role, str] = {
    Role.HEAD: "Head of service",
    Role.ANALYST: "Analyst",
    Role.STEWARD: "Data steward",
    Role.TEAM_MANAGER: "Team manager",
    Role.FINANCE: "Finance",
    Role.PARTNER: "Partner",
    Role.VIEWER: "Viewer",
    Role.ADMINISTRATOR: "Administrator",
}
"""Each role as people call it."""

POWERS: Mapping[Role, frozenset[Power]] = {
    Role.HEAD: frozenset(
        {
            Power.READ,
            Power.EXACT,
            Power.COST,
            Power.ROWS,
            Power.BREAK_GLASS,
            Power.NOTE,
            Power.PROPOSE,
            Power.APPROVE,
            Power.OVERSEE,
        }
    ),
    Role.ANALYST: frozenset(
        {Power.READ, Power.EXACT, Power.COST, Power.ROWS, Power.LOAD, Power.NOTE, Power.PROPOSE, Power.APPROVE}
    ),
    Role.STEWARD: frozenset(
        {Power.READ, Power.EXACT, Power.ROWS, Power.IDENTITY, Power.REVIEW, Power.LOAD, Power.NOTE, Power.OVERSEE}
    ),
    Role.TEAM_MANAGER: frozenset({Power.READ, Power.TEAM_ROWS, Power.BREAK_GLASS, Power.NOTE}),
    Role.FINANCE: frozenset({Power.READ, Power.COST, Power.PROPOSE}),
    Role.PARTNER: frozenset({Power.OWN}),
    Role.VIEWER: frozenset({Power.READ}),
    Role.ADMINISTRATOR: frozenset({Power.USERS}),
}
"""What each role may do. The administrator looks after users and sees no data."""

NEEDS_SECOND_FACTOR = frozenset(
    {Power.ROWS, Power.TEAM_ROWS, Power.IDENTITY, Power.BREAK_GLASS, Power.OVERSEE, Power.USERS}
)
"""Whoever may do one of these signs in with a second factor, where the application is not on the person's own machine."""


@dataclass(frozen=True)
class Rule:
    """Who may open a page: anyone at all, anyone signed in, or whoever has one of `powers`."""

    words: str
    powers: frozenset[Power] = frozenset()
    public: bool = False

    def allows(self, powers: Collection[Power], *, signed_in: bool) -> bool:
        """Whether somebody with those powers may."""
        if self.public or not signed_in:
            return self.public
        return not self.powers or bool(self.powers & frozenset(powers))


ANYONE = Rule("anyone", public=True)
SIGNED_IN = Rule("anyone signed in")


def having(*powers: Power) -> Rule:
    """The rule that lets in whoever has one of the powers."""
    return Rule(" or ".join(powers), frozenset(powers))


READERS = having(Power.READ)
"""Released figures: everybody but partners, who read their own, and the administrator."""


def powers_of(roles: Iterable[str]) -> frozenset[Power]:
    """All that somebody with those roles may do; a role there is not gives nothing."""
    known = {role.value for role in Role}
    return frozenset(power for role in roles if role in known for power in POWERS[Role(role)])
