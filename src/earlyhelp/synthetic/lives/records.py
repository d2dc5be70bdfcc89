"""What happened, put in order for the record: requests, family episodes and children's episodes, cases, workers' holds.

Only what a council whose records begin on the first day would hold: what was still open then, and what came after.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from earlyhelp.synthetic.lives.days import ALL_MONTHS, FIRST, LAST, NEVER, birthdays, month_of
from earlyhelp.synthetic.lives.months import REASONS, Months
from earlyhelp.synthetic.lives.staff import Staff
from earlyhelp.synthetic.lives.statutory import Frame
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Flags, Ints


@dataclass(frozen=True)
class History:
    """Everything that the months left behind. Frames are columns by name; days of what has not happened are NEVER."""

    world: World
    has: Flags
    months: Months

    @property
    def staff(self) -> Staff:
        """Posts and the workers in them."""
        return self.months.staff

    @cached_property
    def requests(self) -> Frame:
        """Every request, the burn-in's included, by its number."""
        return self.months.log("request")

    @cached_property
    def contact_rows(self) -> Frame:
        """One row a request and child that the records hold: `request`, `child`."""
        rows = self.months.log("request_child")
        episode = self.requests["episode"]
        open_then = (episode >= 0) & (self.families["end"][episode] >= FIRST)
        kept = ((self.requests["day"] >= FIRST) | open_then)[rows["request"]] & (
            self.requests["day"][rows["request"]] <= LAST
        )
        return {name: values[kept] for name, values in rows.items()}

    @cached_property
    def contact_number(self) -> Ints:
        """Number of each contact row."""
        return np.arange(len(self.contact_rows["child"]))

    @cached_property
    def families(self) -> Frame:
        """One row a family episode, by its number: everything logged of it, `end` and `reason` included."""
        accepted, allocated, ended = (self.months.log(name) for name in ("accepted", "allocated", "end"))
        n = self.months.counted["episode"]
        whole: Frame = {name: values for name, values in accepted.items() if name != "gone"}
        place = np.full(n, -1)
        place[allocated["episode"]] = np.arange(len(allocated["episode"]))
        for name in ("day", "time_zero", "close"):
            whole[{"day": "allocated"}.get(name, name)] = np.where(place >= 0, allocated[name][place], NEVER)
        for name in ("post", "service"):
            whole[name] = np.where(place >= 0, allocated[name][place], -1)
        whole["offer"] = place
        # The last word on an end is the earliest: a referral ends help that was to go on.
        order = np.lexsort((ended["day"], ended["episode"]))[::-1]
        whole["end"], whole["reason"] = np.full(n, NEVER), np.full(n, -1)
        whole["end"][ended["episode"][order]] = ended["day"][order]
        whole["reason"][ended["episode"][order]] = ended["reason"][order]
        whole["request_day"] = self._request_day(n)
        whole["locality"] = self.world.places.locality[
            self.world.area(whole["family"], np.minimum(month_of(whole["accepted"]), ALL_MONTHS - 1))
        ]
        return whole

    def _request_day(self, n: int) -> Ints:
        day = np.full(n, NEVER)
        took = self.requests["episode"] >= 0
        day[self.requests["episode"][took]] = self.requests["day"][took]
        return day

    @cached_property
    def episodes(self) -> Frame:
        """One row a child's episode that the records hold, in order of family episode and child; `contact` is its request.

        A child that grows up or leaves before the family's help ends has its own end.
        """
        rows, families = self.contact_rows, self.families
        family = self.requests["episode"][rows["request"]]
        began = families["accepted"][family]
        took = (family >= 0) & (began <= LAST) & (began < self.world.gone[rows["child"]])
        contact, family = self.contact_number[took], family[took]
        child, gone = rows["child"][took], self.world.gone[rows["child"][took]]
        end = np.minimum(families["end"][family], gone - 1)
        moved = self.world.gone[child] < birthdays(self.world.born[child], 18)
        own = np.where(moved, REASONS.index("moved"), REASONS.index("other"))
        reason = np.where(gone <= families["end"][family], own, families["reason"][family])
        order = np.lexsort((child, family))
        frame = {"contact": contact, "family": family, "child": child, "end": end, "reason": reason}
        return {name: values[order] for name, values in frame.items()}

    @cached_property
    def lead(self) -> Ints:
        """The child's episode that lasts longest in each family episode, the first of them; -1 where the records hold none."""
        lead = np.full(self.months.counted["episode"], -1)
        order = np.lexsort((self.episodes["child"], -self.episodes["end"], self.episodes["family"]))[::-1]
        lead[self.episodes["family"][order]] = order
        return lead

    @cached_property
    def cases(self) -> Frame:
        """Every case and referral, by its number."""
        return self.months.log("case")

    @cached_property
    def case_rows(self) -> Frame:
        """One row a case and child that the records hold, with its `day`."""
        rows = self.months.log("case_child")
        day = self.cases["day"][rows["case"]]
        last = np.maximum(rows["end"], np.where(rows["care_end"] < NEVER, rows["care_end"], rows["end"]))
        kept = (day <= LAST) & ((day >= FIRST) | (last >= FIRST))
        return {name: values[kept] for name, values in (rows | {"day": day}).items()}

    @cached_property
    def holds(self) -> Frame:
        """Who held each family episode and when: `family`, `stay` (place among stays, below 0 for the team's manager)."""
        return _holds(self.staff, self.families)


def _holds(staff: Staff, families: Frame) -> Frame:
    """Stays in the post of each episode while it is open, and the gaps between them, which the manager fills."""
    post, first, last, stay = _spans(staff)
    held = np.flatnonzero((families["post"] >= 0) & (families["end"] >= families["allocated"]))
    wide = NEVER + 1
    begin = (
        np.searchsorted(post * wide + first, families["post"][held] * wide + families["allocated"][held], "right") - 1
    )
    finish = (
        np.searchsorted(
            post * wide + first, families["post"][held] * wide + np.minimum(families["end"][held], LAST), "right"
        )
        - 1
    )
    many = finish - begin + 1
    row = np.repeat(np.arange(len(held)), many)
    span = np.repeat(begin - np.cumsum(many) + many, many) + np.arange(many.sum())
    family = held[row]
    start = np.maximum(first[span], families["allocated"][family])
    end = np.minimum(last[span], families["end"][family])
    order = np.lexsort((start, family))
    frame = {"family": family, "stay": stay[span], "from": start, "to": end}
    return {name: values[order] for name, values in frame.items()}


def _spans(staff: Staff) -> tuple[Ints, Ints, Ints, Ints]:
    """Stays and gaps of every post, in order and without holes: post, first day, last day, stay or -1 - locality."""
    gap_first, gap_last = staff.last + 1, np.append(staff.first[1:] - 1, NEVER)
    final = np.append(staff.post[1:] != staff.post[:-1], True)
    gap_last = np.where(final, NEVER, gap_last)
    gap = (staff.last < NEVER) & (gap_first <= gap_last)
    post = np.concatenate([staff.post, staff.post[gap]])
    first = np.concatenate([staff.first, gap_first[gap]])
    last = np.concatenate([staff.last, gap_last[gap]])
    stay = np.concatenate([np.arange(len(staff.post)), -1 - staff.locality[staff.post[gap]]])
    order = np.lexsort((first, post))
    return post[order], first[order], last[order], stay[order]
