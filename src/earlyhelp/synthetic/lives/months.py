"""The months, one after another: referrals, requests, the waiting list, allocation and offers.

What has happened is written to logs, a frame a month; what must be remembered is kept by family or by child.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from earlyhelp.synthetic.hazards import PLACE_OF
from earlyhelp.synthetic.lives import asking, statutory
from earlyhelp.synthetic.lives.days import (
    ALL_MONTHS,
    BURN_IN,
    FROM_5D,
    NEVER,
    STARTS,
    YEAR,
    birthdays,
    working_days_after,
)
from earlyhelp.synthetic.lives.offers import covariates_of, make_offers
from earlyhelp.synthetic.lives.staff import Staff, staff
from earlyhelp.synthetic.lives.statutory import Frame
from earlyhelp.synthetic.lives.world import World, at_most
from earlyhelp.synthetic.population import Flags, Floats, Ints

REASONS = (
    "outcomes_met", "partly_met", "universal", "disengaged", "consent_withdrawn", "other", "stepped_up", "moved", "declined",
)  # fmt: skip
"""Why help ended, by place."""
_STEPPED_UP, _MOVED = REASONS.index("stepped_up"), REASONS.index("moved")
_CLOSING = np.cumsum([0.46, 0.22, 0.12, 0.12, 0.05])
_LEAVING = np.array([REASONS.index(each) for each in ("disengaged", "declined", "consent_withdrawn")])
_SETTLED = BURN_IN - 24
"""From this month of the burn-in on, its intercepts count towards those of the six years."""
_ALSO_NEW = 1.06
"""Children of families that come back, against those of them who were themselves referred before: a baby was not."""


class Months:
    """A council on its way through the months. `logs` holds frames of events by name, which `log` puts together."""

    def __init__(self, world: World, has: Flags, heard: Flags) -> None:
        self.world, self.has, self.heard = world, has, heard
        self.asking = asking.Asking.of(world, has)
        self.steps = statutory.steps(world)
        self.background, self.steady = statutory.background(world)
        self.staff = self._staff()
        self.logs: dict[str, list[Frame]] = defaultdict(list)
        self.set_in_burn_in: dict[str, list[float]] = defaultdict(list)
        self._stand_at_the_start()

    def _stand_at_the_start(self) -> None:
        families, children = self.world.families, len(self.world.born)
        self.help_end, self.case_end, self.referred, self.allocated = (np.full(families, -1) for _ in range(4))
        self.waiting, self.held, self.clock_end = (np.full(families, -1) for _ in range(3))
        self.step_up, self.step_down = np.full(families, NEVER), np.full(families, NEVER)
        self.episodes_before = np.zeros(families, np.int64)
        self.case_of_child, self.in_care = np.full(children, -1), np.full(children, -1)
        self.counted = {"case": 0, "request": 0, "episode": 0}
        self.queue: Frame = {}
        self.post_of, self.weights = np.empty(0, np.int64), np.empty((0, 0))
        self.load = np.empty((2, 0), np.int64)
        self._take_in(*statutory.in_care_on_first_day(self.world))

    def _take_in(self, case: Frame, child: Frame) -> None:
        """Children in care on the first day; the burn-in leaves them alone."""
        self.in_care[child["child"]] = self.case_of_child[child["child"]] = child["end"]
        self.counted["case"] = len(case["day"])
        self._write("case", case | {"case": np.arange(len(case["day"])), "in_help": np.zeros(len(case["day"]), bool)})
        self._write("case_child", child)

    def _staff(self) -> Staff:
        world, wanted = self.world, self.world.declared.requests
        weight = self.asking.by_requestor(BURN_IN, usual=True).sum(axis=0) * self.has[BURN_IN].sum(axis=1)
        total = max(weight.sum(), 1e-9)
        share = np.bincount(self._locality(BURN_IN), weight, len(world.places.localities)) / total
        children = max((weight * world.present[BURN_IN]).sum() / total, 1.0)
        families = wanted.early_help_share * world.average_children / children
        return staff(world, share * families * world.declared.queue.length / YEAR / world.declared.queue.caseload)

    def _locality(self, month: int) -> Ints:
        return self.world.places.locality[self.world.homes(month)]

    def _write(self, log: str, frame: Frame) -> None:
        self.logs[log].append(frame)

    def log(self, name: str) -> Frame:
        """One log, all months together."""
        frames = self.logs[name]
        return {column: np.concatenate([frame[column] for frame in frames]) for column in frames[0]}

    def live(self) -> None:
        """Every month of the burn-in and of the six years."""
        for month in range(ALL_MONTHS):
            if month == BURN_IN:
                self._forget_closed_help()
            self.weights = self.asking.by_requestor(month)
            self._refer(month)
            self._ask(month)
            self._leave_the_list(month)
            self._allocate(month)

    def _forget_closed_help(self) -> None:
        """Records begin on the first day: help that ended before it is in none, and no longer counts."""
        over = self.help_end < STARTS[BURN_IN]
        self.clock_end[over] = self.allocated[over] = -1
        self.step_up[over] = NEVER
        self.episodes_before[over] = 0

    # Statutory referrals

    def _refer(self, month: int) -> None:
        world, start, end = self.world, int(STARTS[month]), int(STARTS[month + 1])
        draw = world.draw("referrals", month)
        luck, within = draw.random(world.families), draw.random(world.families)
        due = self.step_up < end
        hit, by_cut = self._struck(month, luck, due)
        day = start + (within * (end - start)).astype(np.int64)
        if self.queue:
            waits = self.queue["family"]
            day[waits] = np.maximum(day[waits], self.queue["accepted"])
        day[due] = self.step_up[due]
        self.step_up[due], self.clock_end[due] = NEVER, -1
        families = np.flatnonzero((hit | due) & (day < end))
        row, child = world.children(families, day[families])
        free = self.case_of_child[child] < day[families][row]
        kept, row = np.unique(row[free], return_inverse=True)
        families = families[kept]
        self._open_cases(month, draw, families, day[families], due[families], by_cut[families], row, child[free])

    def _struck(self, month: int, luck: Floats, due: Flags) -> tuple[Flags, Flags]:
        """Who is referred by the background hazard, and who of them only because of the cut."""
        world, start = self.world, STARTS[month]
        at_risk = (world.present[month] > 0) & (self.case_end < start) & (self.clock_end < start) & ~due
        recent = (self.referred >= start - 350) & at_risk
        weight = self.background[self.asking.pattern[month]] * self.steady * at_risk
        weight[self.waiting >= 0] *= world.declared.queue.waiting_ratio
        first, again = self._intercepts(month, weight, recent, due)
        hazard = weight * np.where(recent, again, first)
        ratio = statutory.cut_ratio(world, self.staff.cut[self._locality(month)], month)
        hit = luck < -np.expm1(-hazard * ratio)
        return hit, hit & (luck >= -np.expm1(-hazard))

    def _intercepts(self, month: int, weight: Floats, recent: Flags, due: Flags) -> tuple[float, float]:
        """Intercepts for a first referral and for one within a year: set by the burn-in to give the profile's rates."""
        if month < BURN_IN:
            profile, children = self.world.profile, self.world.present[month]
            wanted = profile.referrals * children.sum() / 10_000 / 12
            again = due & (self.referred >= STARTS[month] - 350)
            free = np.maximum(children - self._in_cases(month), 0)
            returning = _ALSO_NEW * profile.rereferred_share * wanted
            back = returning - children[again].sum()
            new = wanted - returning - children[due & ~again].sum()
            first = intercept(weight[~recent], free[~recent], new)
            self._set(month, "referral", first)
            # Early in the burn-in few have been referred before; they cannot bear the whole share.
            self._set(month, "again", min(intercept(weight[recent], free[recent], back), 40 * first))
        return self._value("referral"), self._value("again")

    def _in_cases(self, month: int) -> Ints:
        """Children of each family whose own case is open, who are not referred again."""
        world, start = self.world, STARTS[month]
        busy = (self.case_of_child >= start) & (world.born <= start) & (start < world.gone)
        return np.bincount(world.people.child_family[busy], minlength=world.families)

    def _set(self, month: int, name: str, value: float) -> None:
        values = self.set_in_burn_in[name]
        self.set_in_burn_in[name] = [*values, value] if month >= _SETTLED else [value]

    def _value(self, name: str) -> float:
        return float(np.mean(self.set_in_burn_in[name]))

    def _open_cases(
        self,
        month: int,
        draw: np.random.Generator,
        family: Ints,
        day: Ints,
        due: Flags,
        by_cut: Flags,
        row: Ints,
        child: Ints,
    ) -> None:
        case = statutory.cases(draw, self.world, self.steps, day, due) | {"day": day}
        children = statutory.into_care(draw, self.world, self.steps, case, row, child)
        in_help = self.help_end[family] >= day
        taken_up = in_help & ~case["nfa"]
        number = self.counted["case"] + np.arange(len(family))
        self.counted["case"] += len(family)
        never = {"family": family, "by_cut": by_cut, "clock": due, "case": number, "in_help": in_help}
        self._write("case", case | never)
        self._write("case_child", children | {"case": number[row]})
        self.referred[family], self.case_end[family] = (
            day,
            at_most(row, np.minimum(children["end"], case["end"][row]), len(day)),
        )
        self.case_of_child[child] = children["end"]
        cared = children["care"] < NEVER
        self.in_care[child[cared]] = children["end"][cared]
        self._step_down_later(draw, family, case)
        self._request_for_referral(draw, month, family, day, case, row, child, in_help)
        self._end_help(family[taken_up], day[taken_up])

    def _step_down_later(self, draw: np.random.Generator, family: Ints, case: Frame) -> None:
        after = case["end"] + 1 + draw.integers(0, 15, len(family))
        self.step_down[family] = np.where(case["step_down"], after, NEVER)

    def _end_help(self, family: Ints, day: Ints) -> None:
        """Help that a referral ends: of families on the list, and of those whose clock does not run."""
        for place in (self.waiting, self.held):
            open_now = (place[family] >= 0) & (self.help_end[family] >= day)
            who, when = family[open_now], day[open_now]
            self._write("end", {"episode": place[who], "day": when, "reason": np.full(len(who), _STEPPED_UP)})
            self.help_end[who] = when
            self._off_the_list(place[who])
            self.load[1, np.isin(self.load[0], self.held[who])] = -1
            place[who] = -1

    # Requests

    def _request_for_referral(
        self,
        draw: np.random.Generator,
        month: int,
        family: Ints,
        day: Ints,
        case: Frame,
        row: Ints,
        child: Ints,
        in_help: Flags,
    ) -> None:
        seen = asking.recorded_needs(draw, self.world, self.has[month, family], np.zeros(len(family), bool))
        weights = self.weights[:, family] + 1e-9
        early_help = asking.FROM_EARLY_HELP if STARTS[month] >= FROM_5D else asking.CODES.index("5B")
        source = np.where(in_help, early_help, asking.requestor(draw, weights))
        asked = {
            "family": family, "day": day, "source": source, "seen": seen, "statutory": ~case["nfa"],
            "referral": np.ones(len(family), bool), "case": case_numbers(self.counted["case"], len(family)),
            "gravity": asking.gravity(draw, self.world, seen) + 2.0,
        }  # fmt: skip
        nobody = np.full(len(family), -1)
        self._log_requests(
            asked | {"episode": nobody, "accepted": np.full(len(family), NEVER), "level": nobody}, row, child
        )

    def _log_requests(self, asked: Frame, row: Ints, child: Ints) -> None:
        number = self.counted["request"] + np.arange(len(asked["day"]))
        self.counted["request"] += len(number)
        self._write("request", asked | {"request": number})
        self._write("request_child", {"request": number[row], "child": child})

    def _ask(self, month: int) -> None:
        world, draw = self.world, self.world.draw("requests", month)
        start, end = int(STARTS[month]), int(STARTS[month + 1])
        weights = self.weights
        police = self.heard[month] & (draw.random(world.families) < world.declared.abuse.asks)
        hit = draw.random(world.families) < -np.expm1(-weights.sum(axis=0) * self._asking_intercept(month, police))
        day = start + (draw.random(world.families) * (end - start)).astype(np.int64)
        back = (self.step_down < end) & (self.help_end < self.step_down) & (self.case_end < self.step_down)
        day[back] = self.step_down[back]
        self.step_down[self.step_down < end] = NEVER
        families = np.flatnonzero(hit | police | back)
        row, child = world.children(families, day[families])
        free = self.in_care[child] < day[families][row]
        kept, row = np.unique(row[free], return_inverse=True)
        families, child = families[kept], child[free]
        source = asking.requestor(draw, weights[:, families] + 1e-12)
        source = np.where(police[families], asking.POLICE, source)
        source = np.where(back[families], asking.STEP_DOWN, source)
        self._decide(month, draw, families, day[families], source, row, child)

    def _asking_intercept(self, month: int, police: Flags) -> float:
        if month < BURN_IN:
            world, children = self.world, self.world.present[month]
            each = world.profile.referrals * children.sum() / 10_000 / 12
            wanted = each * (world.declared.requests.for_one_referral - 1) - children[police].sum()
            usual = self.asking.by_requestor(month, usual=True).sum(axis=0)
            self._set(month, "request", intercept(usual, children, wanted))
        return self._value("request")

    def _decide(
        self, month: int, draw: np.random.Generator, family: Ints, day: Ints, source: Ints, row: Ints, child: Ints
    ) -> None:
        world, n = self.world, len(family)
        seen = asking.recorded_needs(draw, world, self.has[month, family], source == asking.POLICE)
        grave = asking.gravity(draw, world, seen)
        accepted = working_days_after(day, draw.integers(0, world.declared.requests.days_to_accept + 1, n))
        gone, many = at_most(row, world.gone[child], n), np.bincount(row, minlength=n)
        young = day < birthdays(at_most(row, world.born[child], n), world.declared.queue.early_help_age)
        can = (day > self.help_end[family]) & (day > self.case_end[family]) & (gone > accepted + 30) & young
        back = source == asking.STEP_DOWN
        threshold = self._threshold(month, grave, can & ~back, many, many[can & back].sum())
        taken = can & (back | (grave >= threshold))
        episode = np.where(taken, self.counted["episode"] + np.cumsum(taken) - 1, -1)
        self.counted["episode"] += int(taken.sum())
        level = np.where(taken, grave >= threshold + 1.0, -1).astype(np.int64)
        no = np.zeros(n, bool)
        asked = {
            "family": family, "day": day, "source": source, "seen": seen, "statutory": no, "referral": no,
            "case": np.full(n, -1), "gravity": grave, "episode": episode,
            "accepted": np.where(taken, accepted, NEVER), "level": level,
        }  # fmt: skip
        joins = {
            name: asked[name][taken] for name in ("family", "episode", "accepted", "level", "seen", "gravity", "source")
        }
        abuse = seen[:, PLACE_OF["SF8"]] | (source == asking.POLICE)
        self._join_the_list(joins | {"gone": gone[taken], "abuse": abuse[taken]}, family[taken], episode[taken])
        self._log_requests(asked, row, child)

    def _threshold(self, month: int, grave: Floats, can: Flags, many: Ints, stepped_down: int) -> float:
        """How grave a request must look: set by the burn-in so that the declared share of children starts in a year."""
        if month < BURN_IN:
            share = self.world.declared.requests.early_help_share
            wanted = share * self.world.present[month].sum() / 12 - stepped_down
            order = np.argsort(-grave[can], kind="stable")
            place = np.searchsorted(np.cumsum(many[can][order]), wanted)
            self._set(month, "threshold", float(grave[can][order][min(place, len(order) - 1)]) if len(order) else 0.0)
        return self._value("threshold")

    def _join_the_list(self, joins: Frame, family: Ints, episode: Ints) -> None:
        old = self.queue
        self.queue = {name: np.concatenate([old[name], joins[name]]) for name in old} if old else joins
        self.waiting[family], self.help_end[family] = episode, NEVER
        self._write("accepted", joins)

    # The list

    def _leave_the_list(self, month: int) -> None:
        world, queue = self.world, self.queue
        draw, start, end = world.draw("list", month), STARTS[month], STARTS[month + 1]
        luck, within, why = draw.random((3, len(queue["family"])))
        here = queue["accepted"] < end
        tired = here & (luck < world.declared.queue.leaves)
        left = here & (queue["gone"] <= end) & ~tired
        first = np.maximum(queue["accepted"], start)
        last = np.minimum(end, queue["gone"])
        day = np.where(left, queue["gone"] - 1, first + (within * (last - first)).astype(np.int64))
        out = tired | left
        reason = np.where(left, _MOVED, _LEAVING[np.searchsorted([0.5, 0.8], why)])
        family = queue["family"][out]
        self._write("end", {"episode": queue["episode"][out], "day": day[out], "reason": reason[out]})
        self.help_end[family], self.waiting[family] = day[out], -1
        self._off_the_list(queue["episode"][out])

    def _off_the_list(self, episodes: Ints) -> None:
        stays = ~np.isin(self.queue["episode"], episodes) if self.queue else np.empty(0, bool)
        self.queue = {name: values[stays] for name, values in self.queue.items()}

    def _allocate(self, month: int) -> None:
        """The most urgent first, then the oldest, to the free places of their locality, shared among its workers."""
        end, queue = STARTS[month + 1], self.queue
        post = self._free_places(month)
        locality = self._locality(month)[queue["family"]]
        urgent = queue["level"] + queue["abuse"]
        order = np.lexsort((queue["episode"], queue["accepted"], -urgent, locality))
        order = order[queue["accepted"][order] < end]
        place = _rank(locality[order])
        free = np.bincount(self.staff.locality[post], minlength=len(self.world.places.localities))
        first = np.cumsum(free) - free
        fits = place < free[locality[order]]
        chosen = order[fits]
        self._begin(
            month,
            {name: values[chosen] for name, values in queue.items()},
            post[(first[locality[order]] + place)[fits]],
        )

    def _free_places(self, month: int) -> Ints:
        """One entry a free place, the post that has it: by locality, the emptiest posts first."""
        held = self.load[0, self.load[1] >= STARTS[month + 1]]
        self.load = self.load[:, self.load[1] >= STARTS[month + 1]]
        taken = np.bincount(self.post_of[held], minlength=len(self.staff.locality)) if len(held) else 0
        free = np.maximum(np.floor(self.staff.places[month] + 0.5).astype(np.int64) - taken, 0)
        post = np.repeat(np.arange(len(free)), free)
        nth = _rank(post)
        return post[np.lexsort((post, nth - free[post], self.staff.locality[post]))]

    def _begin(self, month: int, begins: Frame, post: Ints) -> None:
        world, draw, family = self.world, self.world.draw("allocation", month), begins["family"]
        n, start, end = len(family), STARTS[month], STARTS[month + 1]
        first = np.maximum(begins["accepted"], start)
        last = np.minimum(end, begins["gone"] - 1)
        day = first + (draw.random(n) * (last - first)).astype(np.int64)
        queue = world.declared.queue
        length = draw.lognormal(np.log(queue.length) - queue.length_spread**2 / 2, queue.length_spread, n)
        close = day + np.maximum(length, 60).astype(np.int64)
        covariates = self._covariates(month, begins, day)
        offers = make_offers(world, month, family, covariates, day)
        can = (day - self.allocated[family] > world.declared.clock.one_offer_in_days) | (self.allocated[family] < 0)
        can &= (begins["gone"] > offers.time_zero + 1) & (self.clock_end[family] < day)
        step_up = np.where(can, self._clock(offers.time_zero, offers.taken(), begins["gone"]), self.step_up[family])
        self.clock_end[family] = np.where(
            can, offers.time_zero + world.declared.clock.one_offer_in_days, self.clock_end[family]
        )
        self.step_up[family] = step_up
        finish = np.minimum(np.minimum(close, step_up), begins["gone"] - 1)
        reason = np.searchsorted(_CLOSING, draw.random(n), side="right")
        reason = np.where(finish == step_up, _STEPPED_UP, np.where(finish < close, _MOVED, reason))
        self._write("end", {"episode": begins["episode"], "day": finish, "reason": reason})
        self._write("allocated", {
            "episode": begins["episode"], "family": family, "day": day, "post": post, "eligible": can,
            "covariates": covariates, "service": np.where(can, offers.service, -1), "time_zero": offers.time_zero,
            "propensity": offers.propensity, "hazard": offers.hazard, "potential": offers.step_up,
            "gone": begins["gone"], "close": close,
        })  # fmt: skip
        self._hold(begins, post, day, finish)

    def _clock(self, time_zero: Ints, after: Ints, gone: Ints) -> Ints:
        """The day of the step-up; none for a family that is gone by then."""
        day = np.where(after < NEVER, time_zero + after, NEVER)
        return np.where(day < gone, day, NEVER)

    def _covariates(self, month: int, begins: Frame, day: Ints) -> Floats:
        world, family = self.world, begins["family"]
        row, child = world.children(family, day)
        youngest = (day - at_most(row, world.born[child], len(family))) / YEAR
        decile = world.places.imd_decile[world.area(family, month)]
        before = np.minimum(self.episodes_before[family], 2)
        return covariates_of(begins["seen"], begins["level"], decile, youngest, before, begins["abuse"])

    def _hold(self, begins: Frame, post: Ints, day: Ints, finish: Ints) -> None:
        family, episode = begins["family"], begins["episode"]
        posts = np.full(self.counted["episode"], -1)
        posts[: len(self.post_of)] = self.post_of
        posts[episode] = post
        self.post_of = posts
        self.load = np.hstack([self.load, np.stack([episode, finish])])
        self.waiting[family], self.held[family] = -1, episode
        self.help_end[family], self.allocated[family] = finish, day
        self.episodes_before[family] += 1
        self._off_the_list(episode)


def _rank(groups: Ints) -> Ints:
    """Place of each row within its group; `groups` is in order."""
    return np.arange(len(groups)) - np.searchsorted(groups, groups)


def intercept(weight: Floats, children: Ints, wanted: float) -> float:
    """The factor on `weight` at which families are struck so that `wanted` children are expected; 0 where none can be.

    A family is struck with chance 1 - exp(-factor x weight); a few passes of proportion settle it.
    """
    if wanted <= 0 or not (weight * children).any():
        return 0.0
    factor = wanted / (weight * children).sum()
    for _ in range(8):
        factor *= wanted / (children * -np.expm1(-factor * weight)).sum()
    return float(factor)


def case_numbers(after: int, n: int) -> Ints:
    """Numbers of the last `n` cases, given how many there are."""
    return np.arange(after - n, after)
