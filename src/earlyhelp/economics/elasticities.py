"""What studies of councils' spending found: a cross-check of a scenario, studies that found nothing shown beside the others.

None of them enters the figures. They disagree; a business case must say so.
"""

from __future__ import annotations

from dataclasses import dataclass

NULL = "no association found"


@dataclass(frozen=True)
class SpendStudy:
    """One finding. `per`: the change of spending it tells of; `change`: what went with it, with bounds where published.

    `scale`: "per cent of the rate" for one per cent less spending, "per 100,000" for ten pounds less a child, or "" for
    a finding of nothing, of which `change` is None.
    """

    name: str
    outcome: str
    words: str
    per: str
    scale: str
    change: float | None
    lower: float | None
    upper: float | None
    when: str
    source: str


_WEBB = "Webb (2021), Journal of Social Policy"
_BENNETT = "Bennett and others (2021), Children and Youth Services Review 131:106289"
STUDIES: tuple[SpendStudy, ...] = (
    SpendStudy("webb-before-2015", "in_need", "children in need", "1 per cent less on early help and family support",
               "per cent of the rate", None, 0.07, 0.157, "2010-11 to 2014-15", _WEBB),
    SpendStudy("webb-after-2015", "in_need", "children in need", "less on early help and family support", "",
               None, None, None, "after 2014-15", _WEBB),
    SpendStudy("bennett-16-17", "care", "young people of 16 and 17 entering care in the next year",
               "10 pounds less for each child of 12 and over", "per 100,000", 1.9, 0.7, 2.9, "2012 to 2019", _BENNETT),
    SpendStudy("bennett-1-4", "care", "children of 1 to 4 entering care in the next year", "10 pounds less a child", "",
               None, None, None, "2012 to 2019", _BENNETT),
    SpendStudy("nao-2016", "in_need", "rates of children in need or on plans", "less spending", "",
               None, None, None, "published 2016", "National Audit Office (2016), as cited by Webb (2021)"),
)  # fmt: skip
"""Every finding. Webb gives two models, so a span and no single value. Read from summaries; the papers are to be read."""


@dataclass(frozen=True)
class CrossCheck:
    """What one study would lead one to expect. `lower`, `upper`: events a year more; None where it found nothing."""

    study: SpendStudy
    lower: float | None
    upper: float | None
    sentence: str


def cross_checks(
    spending_cut: float, in_need_a_year: float | None, pounds_a_child: float | None = None, young: float | None = None
) -> list[CrossCheck]:
    """Each study beside a cut. spending_cut: share of all early help and family support spending that goes, 0 to 1.

    in_need_a_year: children who begin a spell in need in a year; pounds_a_child: by how much spending falls for each child
    of 12 and over; young: people of 16 and 17 there. None: that study tells no figure here, and says so.
    """
    if not 0 <= spending_cut <= 1:
        raise ValueError("the share of spending that goes is between 0 and 1")
    return [_checked(each, spending_cut, in_need_a_year, pounds_a_child, young) for each in STUDIES]


def _checked(
    study: SpendStudy, cut: float, in_need: float | None, pounds: float | None, young: float | None
) -> CrossCheck:
    if not study.scale:
        return CrossCheck(study, None, None, f"{study.words}, {study.when}: {NULL} with {study.per} ({study.source}).")
    lower, upper = study.lower or 0.0, study.upper or 0.0
    if study.scale == "per cent of the rate" and in_need is not None:
        low, high = (in_need * cut * each for each in (lower, upper))
    elif study.scale == "per 100,000" and pounds is not None and young is not None:
        low, high = (pounds / 10 * each * young / 100_000 for each in (lower, upper))
    else:
        return CrossCheck(
            study, None, None, f"{study.words}, {study.when}: what it needs is not recorded here ({study.source})."
        )
    told = f"{low:,.1f} to {high:,.1f} more a year were associated with such a change"
    return CrossCheck(study, low, high, f"{study.words}, {study.when}: {told} ({study.source}).")
