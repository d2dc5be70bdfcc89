"""Who is not reached, on its way out: groups and not ranks, and no count that stands for few families.

Rules:

- A ward's count, its ratio and its group are hidden together where its families are too few: what is said of it would
  narrow the count. Of a group of children, its children or their families are too few.
- Those hidden are told of together, as one row: the total less the others tells as much. So their sum must leave open
  which of them are small: the next smallest are hidden too until it does. Where it never does, nothing is said of any.
- Whatever is worked out rests on the counts as they may be shown, rounded where the policy rounds, and for those hidden
  on their sum alone, shared out as expected: nobody can work back from it to more than is shown.
- What is published already (children, low income, spending) is passed on as published; what is missing stays missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from earlyhelp.evaluate.methods.effect import Flags, Floats
from earlyhelp.evaluate.reach import (
    Beside,
    BesideNeed,
    Groups,
    Need,
    PublicPicture,
    Reach,
    Reached,
    Slope,
    beside_expected,
    beside_need,
)
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status
from earlyhelp.release.secondary import keep_apart, with_complements

Row = Mapping[str, Any]
ORDER = (Reached.FEWER, Reached.AS_EXPECTED, Reached.MORE, Reached.TOO_FEW, Reached.CANNOT_TELL)
"""The groups in which wards and groups are told; within one they come by name."""


@dataclass(frozen=True)
class ReleasedReach:
    """What may be shown of reach. What is hidden or unknown is None in its row; `status` says which of the two.

    `wards`: a row a ward; `children`: a row a group of children, by kind. `together`: the row of the wards hidden; those of
    groups hidden stand among `children`. `total`: families of all wards. `told_by`, `ages`, `period`, `statistics`: where
    the need comes from, as in `Need` and `Reach`. `slope`: how help follows low income. `spread`: the standard deviation
    of what wards differ by beyond chance, by the main yardstick; `seen_from`: the ratio at or under which a ward of middling
    size would be told apart by itself. `missing`: what could not be told of groups, and why.
    `schools`: silent schools; `schools_asked_of`: those asked of; `schools_why_not`: why none could be.
    """

    status: Status
    why_no_data: str = ""
    first: date | None = None
    last: date | None = None
    wards: tuple[Row, ...] = ()
    together: Row | None = None
    total: float | None = None
    nowhere: float | None = 0
    told_by: str = ""
    ages: str = ""
    period: str = ""
    statistics: str = ""
    slope: Slope | None = None
    spread: float | None = None
    seen_from: float | None = None
    children: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    schools: tuple[Row, ...] = ()
    schools_asked_of: int = 0
    schools_why_not: str = ""
    whole_year: bool = True

    def of(self, group: Reached) -> list[Row]:
        """The wards of one group."""
        return [row for row in self.wards if row["group"] == str(group)]


@dataclass(frozen=True)
class ReleasedProfile:
    """A council from public figures alone. Without public statistics, `why_not` says so and the rest is empty.

    `figures`: a row a figure of the profile; `wards`: a row a ward, by name, with its published need; `spent_early`: pounds
    spent early of each 100, the council first, then its statistical neighbours; `findings`: what checks found about it.
    """

    status: Status
    why_not: str = ""
    area_code: str = ""
    name: str = ""
    region: str = ""
    figures: tuple[Row, ...] = ()
    wards: tuple[Row, ...] = ()
    spent_early: tuple[Row, ...] = ()
    neighbours: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


class _Shown(NamedTuple):
    """Counts as they may be shown, a place a ward or group, and which are hidden; of those, their sum is shared out.

    All NaN and all hidden where nothing may be said of any.
    """

    counts: Floats
    few: Flags

    @property
    def total(self) -> float | None:
        """The sum of all; None where nothing may be said."""
        return _known(float(self.counts.sum()), 0)


def publish_reach(found: Reach, policy: Policy) -> ReleasedReach:
    """The answer as it may be shown under a policy."""
    need = found.need
    if need is None:
        return ReleasedReach(Status.NO_DATA, found.why_no_data)
    shown, total = _families(found.families, need, policy)
    beside = beside_need(shown.counts, need)
    main = next(iter(beside.by.values()))
    rows = [_ward(place, need, shown, beside) for place in range(len(need))]
    spread = next(iter(beside.spread.values()))
    schools, told = found.schools, not policy.hides(found.schools.requests)
    return ReleasedReach(
        Status.OK, "", found.first, found.as_at,
        wards=_in_order(rows),
        together=_together(_Shown(shown.counts[need.known], shown.few[need.known]), main.expected[need.known], spread=spread),
        total=total,
        nowhere=policy.shown(found.nowhere),
        told_by=need.told_by, ages=need.ages, period=need.period, statistics=found.statistics,
        slope=_rounded_slope(beside.slope),
        spread=_known(spread, 2),
        seen_from=_known(next(iter(beside.seen_from.values())), 2),
        children=tuple(row for kind in found.groups for row in _children(kind, policy)),
        missing=tuple(each.why_not for each in found.groups if each.why_not),
        schools=tuple({"school": name, "expected": round(n)} for name, n in schools.silent) if told else (),
        schools_asked_of=schools.asked_of if told else 0,
        schools_why_not=schools.why_not if told else "Schools sent too few requests to say from which some were expected.",
        whole_year=found.whole_year,
    )  # fmt: skip


def _families(families: Floats, need: Need, policy: Policy) -> tuple[_Shown, float | None]:
    """The families of each ward as they may be shown, and those of all wards with known need.

    The others are in no total, so that each is hidden by itself.
    """
    known = need.known
    few = np.array([policy.hides(count) for count in families.tolist()], dtype=bool)
    counts = _rounded(families, policy)
    weights = (need.children if np.isnan(need.poor[known]).any() else need.poor)[known]
    inside = _as_shown(families[known], few[known], weights, policy)
    counts[known], few[known] = inside
    return _Shown(counts, few), inside.total


def _as_shown(counts: Floats, few: Flags, weights: Floats, policy: Policy) -> _Shown:
    """Parts of a total that is known as they may be shown: few of them hidden with more, until their sum keeps them apart.

    few: those that may not be shown by themselves. weights: how the sum of those hidden is shared out among them.
    """
    hidden = with_complements(few, counts, np.zeros(len(counts), dtype=np.int64), policy.highest)
    if not keep_apart(counts[hidden & (counts > 0)], policy.highest):
        return _Shown(np.full(len(counts), np.nan), np.ones(len(counts), dtype=bool))
    shown = _rounded(counts, policy)
    if hidden.any():
        part = np.maximum(weights[hidden], np.finfo(float).tiny)
        shown[hidden] = policy.rounded(float(counts[hidden].sum())) * part / part.sum()
    return _Shown(shown, hidden)


def _rounded(counts: Floats, policy: Policy) -> Floats:
    return np.array([policy.rounded(count) for count in counts.tolist()], dtype=np.float64)


def _rounded_slope(slope: Slope | None) -> Slope | None:
    return Slope(*(round(each, 2) for each in slope)) if slope else None


def _in_order(rows: Sequence[dict[str, Any]]) -> tuple[Row, ...]:
    places = {str(group): place for place, group in enumerate(ORDER)}

    def order(row: Row) -> tuple[int, str]:
        return places.get(row["group"], len(ORDER)), str(row.get("ward_code_label") or row["label"])  # hidden: last

    return tuple(sorted(rows, key=order))


def _ward(place: int, need: Need, shown: _Shown, beside: BesideNeed) -> dict[str, Any]:
    """One ward: families, what was to be expected by the main yardstick, what all yardsticks say, its published need."""
    main, hide = next(iter(beside.by.values())), bool(shown.few[place])
    groups = {f"group_{name}": None if hide else str(each.standings[place]) for name, each in beside.by.items()}
    return {
        "ward_code": need.codes[place],
        "ward_code_label": need.names[place],
        **_told(place, shown.counts, main, hide=hide),
        "agrees": None if hide else beside.agrees(place),
        **groups,
        **_published(need, place),
    }


def _told(place: int, shown: Floats, beside: Beside, *, hide: bool) -> dict[str, Any]:
    """Count, expected, ratio, interval, group and status of one place."""
    standing = beside.standings[place]
    no_data = standing is Reached.CANNOT_TELL
    return {
        "observed": None if hide else float(shown[place]),
        "expected": _known(beside.expected[place]),
        "ratio": None if hide else _known(beside.ratio[place], 2),
        "lower": None if hide else _known(beside.lower[place], 2),
        "upper": None if hide else _known(beside.upper[place], 2),
        "group": None if hide else str(standing),
        "status": str(Status.SUPPRESSED if hide else Status.NO_DATA if no_data else Status.OK),
    }


def _published(need: Need, place: int) -> dict[str, Any]:
    """The published need of one ward."""
    poor = need.poor[place] / need.children[place] if need.known[place] else np.nan
    return {
        "children": _known(need.children[place], 0),
        "low_income_share": _known(poor, 3),
        "deprived_areas": _known(need.deprived[place]),
        "violence": _known(need.violence[place]),
    }


def _together(
    shown: _Shown, expected: Floats, *, spread: float = 0.0, dispersion: float = 1.0
) -> dict[str, Any] | None:
    """One row of all that are hidden, where anything may be said of them."""
    counts, due = shown.counts[shown.few].sum(keepdims=True), expected[shown.few].sum(keepdims=True)
    if not shown.few.any() or np.isnan(due[0]):
        return None
    # What places differ by beyond chance is their own: of several together, its mean is so much smaller.
    own = float(np.nan_to_num(spread)) * float(np.sqrt(np.sum((expected[shown.few] / due) ** 2)))
    as_one = beside_expected(counts.round(), due, spread=own, dispersion=dispersion)
    return {"count": int(shown.few.sum()), **_told(0, counts.round(), as_one, hide=False)}


def _children(kind: Groups, policy: Policy) -> tuple[Row, ...]:
    """The groups of children of one kind, beside their share of the children who live here."""
    if not kind.groups:
        return ()
    counts, families, living = (
        np.array([getattr(each, name) for each in kind.groups], dtype=np.float64)
        for name in ("helped", "families", "living")
    )
    few = np.array([any(map(policy.hides, each)) for each in zip(counts.tolist(), families.tolist(), strict=True)])
    shown = _as_shown(counts, few, living, policy)
    expected = shown.counts.sum() * living / living.sum()
    dispersion = max(kind.together, 1.0)
    beside = beside_expected(shown.counts, expected, dispersion=dispersion)
    rows = [
        {"kind": kind.kind, "code": each.code, "label": each.label, "living": policy.shown(each.living)}
        | _told(place, shown.counts, beside, hide=bool(shown.few[place]))
        for place, each in enumerate(kind.groups)
    ]
    return (*_in_order(rows), *_groups_together(kind, _together(shown, expected, dispersion=dispersion)))


def _groups_together(kind: Groups, whole: Row | None) -> Iterator[Row]:
    if whole:
        label = f"{whole['count']} groups with few, together"
        about = {"kind": kind.kind, "code": "together", "label": label, "living": None}
        yield about | {name: value for name, value in whole.items() if name != "count"}


def publish_picture(found: PublicPicture) -> ReleasedProfile:
    """A council's public figures, as published: nothing is rounded or hidden again, and what is missing stays missing."""
    profile = found.profile
    if profile is None:
        return ReleasedProfile(Status.NO_DATA, found.why_not)
    need = found.need
    named = [] if need is None else sorted(range(len(need)), key=lambda place: need.names[place])
    wards = tuple(
        {"ward_code": need.codes[place], "ward_code_label": need.names[place]} | _published(need, place)
        for place in named
        if need is not None
    )
    return ReleasedProfile(
        Status.OK, "", profile.area_code, profile.name, profile.region,
        figures=tuple(dict(row) for row in profile.as_dict()["figures"]),
        wards=wards,
        spent_early=tuple({**vars(each), "neighbour": place > 0} for place, each in enumerate(found.spent_early)),
        neighbours=tuple(name for _, name in profile.neighbours),
        findings=tuple(each.found for each in profile.findings),
    )  # fmt: skip


def _known(value: float, digits: int = 1) -> float | None:
    return None if np.isnan(value) else round(float(value), digits)
