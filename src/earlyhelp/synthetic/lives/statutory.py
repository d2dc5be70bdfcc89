"""What follows a statutory referral: no further action, an assessment, a time in need, a protection plan, care.

Shares of steps come in closed form from the rates of the profile, so that flows times lengths give its stocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from earlyhelp.synthetic.hazards import NEEDS
from earlyhelp.synthetic.lives.days import CUT, FIRST, NEVER, STARTS, YEAR, working_days_after
from earlyhelp.synthetic.lives.needs import EVERY_PATTERN
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Floats, Ints

Frame = dict[str, np.ndarray]
"""Columns of events by name, all of one length."""
AFTER_CARE = 30
"""Days from the end of care to the closing of the case."""
_AFTER_PLAN = 60
CUT_SHORT = 1.08
"""By how much cases would be longer if no birthday and no move ended them."""


@dataclass(frozen=True)
class Steps:
    """Shares that give the profile's rates: of cases in need, that have each step; of their children, who enter care.

    `in_need_days`: mean length of a case in need without a protection plan.
    """

    enquiry: float
    conference: float
    plan: float
    care: float
    in_need_days: float


def steps(world: World) -> Steps:
    """The steps that bring the profile's rates about."""
    profile, declared = world.profile, world.declared.statutory
    taken_up = profile.referrals * (1 - declared.nfa)
    in_need = taken_up * (1 - declared.not_in_need)
    plan = min(0.9, profile.protected * YEAR / declared.plan_days / in_need)
    conference = min(0.93, plan / declared.conference_to_plan)
    enquiry = min(0.95, conference / declared.enquiries_to_conference)
    care = profile.looked_after * YEAR / mean_stay(world) / in_need
    open_days = (profile.in_need - profile.looked_after * (1 + AFTER_CARE / YEAR)) * YEAR
    left = open_days - taken_up * declared.not_in_need * declared.assessment_days
    with_plan = in_need * plan * (declared.plan_days + 25 + 14 + _AFTER_PLAN)
    return Steps(enquiry, conference, plan, care, max(75.0, CUT_SHORT * (left - with_plan) / (in_need * (1 - plan))))


def mean_stay(world: World) -> float:
    """Mean days of care of a child who enters it at the ages children have, cut off at 18."""
    declared = world.declared.statutory
    here = (world.born <= FIRST) & (world.gone > FIRST)
    left = (world.gone - FIRST)[here]
    short, long = (days * (1 - np.exp(-left / days)) for days in (declared.short_days, declared.long_days))
    return float((declared.short_stays * short + (1 - declared.short_stays) * long).sum() / max(len(left), 1)) or 1.0


def cases(draw: np.random.Generator, world: World, share: Steps, days: Ints, certain: Flags) -> Frame:
    """What follows each referral. `certain` ones are taken up. Days of steps not taken are NEVER; (referrals,) each."""
    declared, n = world.declared.statutory, len(days)
    nfa = ~certain & (draw.random(n) < declared.nfa)
    assessed_only = ~nfa & (draw.random(n) < declared.not_in_need)
    in_need = ~nfa & ~assessed_only
    luck = np.where(in_need, draw.random(n), 1.0)
    assessment = working_days_after(days, draw.integers(0, 3, n))
    spread = np.clip(draw.lognormal(-0.06, 0.35, n), 0.15, 2.2)
    assessed = assessment + (declared.assessment_days * spread).astype(np.int64)
    enquiry = np.where(luck < share.enquiry, days + draw.integers(0, 11, n), NEVER)
    conference = np.where(luck < share.conference, working_days_after(enquiry, draw.integers(8, 18, n)), NEVER)
    plan = np.where(luck < share.plan, conference, NEVER)
    plan_end = np.where(
        plan < NEVER, plan + 60 + draw.gamma(2, (declared.plan_days - 60) / 2, n).astype(np.int64), NEVER
    )
    short = 45 + draw.gamma(1.3, max(share.in_need_days - 45, 20) / 1.3, n).astype(np.int64)
    closing = np.maximum(days + short, assessed + 7)
    closing = np.where(plan < NEVER, plan_end + 14 + draw.exponential(_AFTER_PLAN, n).astype(np.int64), closing)
    end = np.where(nfa, days, np.where(assessed_only, assessed, closing))
    step_down = ~nfa & (draw.random(n) < world.declared.requests.step_down)
    return {
        "nfa": nfa, "assessed_only": assessed_only, "assessment": np.where(nfa, NEVER, assessment),
        "assessed": np.where(nfa, NEVER, assessed), "enquiry": enquiry, "conference": conference, "plan": plan,
        "plan_end": plan_end, "end": end, "step_down": step_down,
    }  # fmt: skip


def into_care(draw: np.random.Generator, world: World, share: Steps, case: Frame, row: Ints, child: Ints) -> Frame:
    """Care and closing day of each child of each case; `row` is the place of its case. (children of cases,) each."""
    declared, n = world.declared.statutory, len(row)
    day, gone = case["day"][row], world.gone[child]
    in_need = ~case["nfa"][row] & ~case["assessed_only"][row]
    entry = day + 7 + draw.exponential(declared.before_care, n).astype(np.int64)
    stay = stays(draw, world, n)
    enters = in_need & (draw.random(n) < share.care) & (entry < gone - 1) & (entry >= FIRST)
    leaves = np.where(enters, np.minimum(entry + stay, gone - 1), NEVER)
    end = np.where(enters, np.maximum(leaves + AFTER_CARE, case["end"][row]), case["end"][row])
    return {
        "child": child, "care": np.where(enters, entry, NEVER), "care_end": leaves,
        "end": np.maximum(np.minimum(end, gone - 1), day),
    }  # fmt: skip


def stays(draw: np.random.Generator, world: World, n: int) -> Ints:
    """Days of care, if no birthday ends it."""
    declared = world.declared.statutory
    mean = np.where(draw.random(n) < declared.short_stays, declared.short_days, declared.long_days)
    return 1 + (mean * draw.exponential(1, n)).astype(np.int64)


def in_care_on_first_day(world: World) -> tuple[Frame, Frame]:
    """Cases and children who are looked after when the six years begin, drawn as long stays make them."""
    draw, declared = world.draw("care", "first day"), world.declared.statutory
    here = np.flatnonzero((world.born < FIRST - 30) & (world.gone > FIRST + 1))
    age = (FIRST - world.born[here]).astype(np.float64)
    weight = [
        part * mean * (1 - np.exp(-age / mean))
        for part, mean in ((declared.short_stays, declared.short_days), (1 - declared.short_stays, declared.long_days))
    ]
    family = world.people.child_family[here]
    needy = np.exp(0.6 * world.risk[family] + world.deprivation(family, 0))
    wanted = round(world.profile.looked_after * len(here) / 10_000)
    # The largest of log weight and Gumbel noise are a weighted draw without replacement.
    chosen = np.argsort(-(np.log((weight[0] + weight[1]) * needy) + draw.gumbel(size=len(here))), kind="stable")[
        :wanted
    ]
    child, n = here[np.sort(chosen)], min(wanted, len(here))
    picked = np.sort(chosen)
    long = draw.random(n) < (weight[1] / (weight[0] + weight[1]))[picked]
    mean = np.where(long, declared.long_days, declared.short_days)
    since = -mean * np.log1p(-draw.random(n) * (1 - np.exp(-age[picked] / mean)))
    entry = FIRST - np.maximum(since.astype(np.int64), 1)
    leaves = np.minimum(FIRST + 1 + (mean * draw.exponential(1, n)).astype(np.int64), world.gone[child] - 1)
    entry = np.maximum(entry, world.born[child])
    day = np.maximum(entry - draw.integers(7, 200, n), world.born[child])
    return _old_cases(world, day, child), {
        "case": np.arange(n), "child": child, "care": entry, "care_end": leaves,
        "end": np.maximum(np.minimum(leaves + AFTER_CARE, world.gone[child] - 1), leaves),
    }  # fmt: skip


def _old_cases(world: World, day: Ints, child: Ints) -> Frame:
    never = np.full(len(day), NEVER)
    no = np.zeros(len(day), bool)
    return {
        "family": world.people.child_family[child], "day": day, "nfa": no, "assessed_only": no,
        "assessment": day, "assessed": day + 40, "enquiry": never, "conference": never, "plan": never,
        "plan_end": never, "end": day, "step_down": no, "by_cut": no, "clock": no,
    }  # fmt: skip


def background(world: World) -> tuple[Floats, Floats]:
    """Weights for a statutory referral before the intercepts: of each set of needs, and of each family besides."""
    declared = world.declared.statutory
    needs = np.exp(EVERY_PATTERN @ np.array([declared.needs[need] for need in NEEDS]))
    return needs, np.exp(declared.risk * world.risk + 0.3 * world.deprivation(np.arange(world.families), 0))


def cut_ratio(world: World, cut_families: Flags, month: int) -> Floats:
    """Factor of the budget cut on the hazard of each family in a month."""
    cut = world.declared.cut
    begins = int(np.searchsorted(STARTS, CUT)) + cut.after_months
    return np.where(cut_families & (month >= begins), cut.ratio, 1.0)
