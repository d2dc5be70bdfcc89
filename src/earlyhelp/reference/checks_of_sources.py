"""Checks of two sources that publish the same figure: where they disagree both are shown, and neither is corrected."""

from __future__ import annotations

from dataclasses import dataclass

from earlyhelp.reference.check import Check
from earlyhelp.reference.publication import literal


@dataclass(frozen=True)
class Pair:
    """One quantity published twice; figures further apart than `apart` (rounding) disagree.

    `scale` turns the second into the unit of the first; the second's period lies `later` years behind.
    """

    first: str
    second: str
    apart: float
    scale: float = 1.0
    later: int = 0


_LOOKED_AFTER = "looked_after/Children looked after on 31 March each year"
PAIRS = (
    Pair("lait/CPP_Total_NumRef", "referrals/referral_count", 5.0),
    Pair("lait/ReReferral", "referrals/rereferral_percent", 0.05),
    Pair("lait/CPP_Num", "protection_plans/CPP_At31", 5.0),
    Pair("lait/CPP_rate", "protection_plans/CPP_At31_rate", 0.05),
    Pair("lait/LACnum", f"{_LOOKED_AFTER}/children_count", 5.0),
    Pair("lait/LAC", f"{_LOOKED_AFTER}/rate_per_10000", 0.5),
    Pair("lait/FamilySupportFinance", "spend/Family Support Services/Total Expenditure", 1_000.0, scale=1_000.0),
    Pair("lait/YouthJusticeFinance", "spend/Youth Justice/Total Expenditure", 1_000.0, scale=1_000.0),
    Pair("lait/TotalLACFinance", "spend/Children Looked After/Total Expenditure", 1_000.0, scale=1_000.0),
    Pair(f"{_LOOKED_AFTER}/population_estimate", "children/population_estimate", 0.5, later=1),
    Pair("referrals/referral_count", "sources_of_referral/Referrals", 0.5),
    Pair("children_in_need/Ended_episodes", "reasons_for_closure/Ended_episodes", 0.5),
    Pair("factors_at_assessment/Domestic_Abuse_parent", "domestic_abuse_factor/Domestic_Abuse_parent", 0.5),
)
"""Periods are matched by the year they begin with."""


def _check(pair: Pair) -> Check:
    first, second = pair.first.split("/")[0], pair.second.split("/")[0]
    year = "CAST(regexp_extract(period, '(19|20)[0-9]{2}') AS INTEGER)"
    return Check(
        f"two-sources-{pair.first.split('/')[-1]}-{pair.second.split('/')[-1]}".replace(" ", "-").lower(),
        f"{pair.first} and {pair.second} tell of one thing and differ; their definitions may differ too",
        (first, second),
        f"""
        WITH one AS (SELECT area_code, {year} AS year, period, value, symbol FROM figures WHERE measure = {literal(pair.first)}),
             two AS (SELECT area_code, {year} + {pair.later} AS year, value * {pair.scale} AS value, symbol FROM figures
                     WHERE measure = {literal(pair.second)} AND regexp_matches(period, '(19|20)[0-9]{{2}}')),
             both_of AS (SELECT area_code, period, one.value AS a, one.symbol AS a_sign, two.value AS b, two.symbol AS b_sign
                         FROM one JOIN two USING (area_code, year))
        SELECT '{first}' AS publication, area_code, period, {literal(pair.first)} AS measure,
               'It is ' || coalesce(round(a, 2)::VARCHAR, 'printed as "' || a_sign || '"') || ' here and '
               || coalesce(round(b, 2)::VARCHAR, 'printed as "' || b_sign || '"') || {literal(f" in {pair.second}.")} AS found
        FROM both_of WHERE abs(a - b) > {pair.apart} OR (a IS NULL) <> (b IS NULL)
        """,
    )


SOURCE_CHECKS = tuple(map(_check, PAIRS))
