"""Where need first shows late: the share of step-ups before which nothing was recorded, by area, age and who asked."""

from __future__ import annotations

from typing import NamedTuple

import duckdb
import numpy as np

from earlyhelp.evaluate.earlier.looks import LOOK, STEP_UP, STEPPED
from earlyhelp.evaluate.methods.effect import Floats, NotEstimable
from earlyhelp.standard import codelists
from earlyhelp.standard.ages import AGE_BANDS

LOCALITY, WARD, AGE, SOURCE = "locality", "ward_code", "age_band", "source_code"
BY = {
    LOCALITY: ("locality", "locality", "''"),
    WARD: ("ward_code", "coalesce(ward_name, ward_code)", "coalesce(locality, '')"),
    AGE: ("band", "band", "''"),
    SOURCE: ("source_code", "source_code", "''"),
}
"""What step-ups are parted by: SQL of the group, of its label, and of the larger group that it lies in."""


class Unseen(NamedTuple):
    """One group: `step_ups`, and those `unseen`, without any sign in the 24 months before; exact counts of families.

    `within`: the larger group it lies in, of which figures are told too; empty for all.
    """

    by: str
    group: str
    label: str
    within: str
    step_ups: int
    unseen: int


class Shrunken(NamedTuple):
    """Shares shrunken towards that of all groups, one a group, with the bounds of their 95 per cent intervals."""

    value: Floats
    lower: Floats
    upper: Floats


def unseen(con: duckdb.DuckDBPyConnection) -> list[Unseen]:
    """Every group of every kind in `BY`, the whole first; of whom the group is not known nothing is told."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE earlier_unseen AS
        SELECT look.band, home.locality, home.ward_code, home.ward_name, step_up.source_code,
        NOT EXISTS (SELECT 1 FROM earlier_told AS told WHERE told.look = look.look) AS unseen
        FROM {LOOK} AS look JOIN {STEP_UP} AS step_up USING (family_id)
        LEFT JOIN earlier_home AS home USING (family_id) WHERE who = '{STEPPED}'
    """)  # fmt: skip
    parts = [
        "SELECT 'all' AS by, '' AS told, '' AS label, '' AS within, count(*), count(*) FILTER (unseen) FROM earlier_unseen"
    ]
    parts += [
        f"SELECT '{by}', {group} AS told, any_value({label}), any_value({within}), count(*), count(*) FILTER (unseen) "
        f"FROM earlier_unseen WHERE told IS NOT NULL AND told NOT IN ('not_recorded', 'unmapped') GROUP BY told"
        for by, (group, label, within) in BY.items()
    ]
    found = [Unseen(*each) for each in con.execute(" UNION ALL ".join(parts)).fetchall()]
    return [_labelled(each) for each in sorted(found, key=_order)]


_ORDER = ("all", *BY)
_AGES = [name for name, _, _ in AGE_BANDS]


def _order(group: Unseen) -> tuple[int, int, str]:
    age = _AGES.index(group.group) if group.by == AGE else 0
    return _ORDER.index(group.by), age, group.group


def _labelled(group: Unseen) -> Unseen:
    if group.by != SOURCE:
        return group
    return group._replace(label=codelists.referral_source.label(group.group))


def shrunken(some: Floats, of: Floats) -> Shrunken:
    """Shares of groups, shrunken towards the share of all: nearer their own, the more there are in the group.

    With r of n in each group, p = sum(r) / sum(n), shares vary between groups as a beta distribution with mean p and
    precision m = a + b, so that a group's share is (a + r) / (m + n), with bounds from its beta distribution. By the moments
    of the groups' shares, S = sum(n (r/n - p)^2), g groups, N = sum(n), the share of variance that lies between groups is
    rho = (S / (p (1 - p)) - (g - 1)) / (N - sum(n^2) / N - (g - 1)), and m = 1 / rho - 1. Where groups differ no more than
    by chance, rho is 0: m is then N, the most that the data could tell. At the least, m is such that a and b are 1/2 (as in
    Jeffreys' prior), so that no group is certain however far apart groups are.

    some, of: (groups,) from 0 up, `of` above 0. Raises NotEstimable for fewer than two groups, or where none or all are.
    Source: Kleinman (1973), Journal of the American Statistical Association 68:46-54 (moments, with weights n).
    """
    from scipy.special import betaincinv

    if len(of) < 2 or not 0 < some.sum() < of.sum():
        raise NotEstimable(
            "Shares are the same for all, or there is one group.", "Groups are compared where some differ."
        )
    people, share = of.sum(), some.sum() / of.sum()
    apart = of @ (some / of - share) ** 2 / (share * (1 - share))
    within = people - (of @ of) / people - (len(of) - 1)  # 0 where every group is of one: chance is then all there is
    between = (apart - (len(of) - 1)) / within if within > 0 else 0.0
    least = 0.5 / min(share, 1 - share)
    precision = people if between <= 1 / (people + 1) else max(1 / min(between, 1.0) - 1, least)
    a, b = precision * share + some, precision * (1 - share) + of - some
    return Shrunken(a / (a + b), np.asarray(betaincinv(a, b, 0.025)), np.asarray(betaincinv(a, b, 0.975)))
