"""Is a drawn council plausible? Its rates beside those published of the council that it resembles.

The published range is the smallest and the largest figure of the council over the years that the statistics hold. It is
widened by the sampling error of a council of the drawn size: 1.96 standard errors of the mean of the drawn years, with
brothers and sisters counted as one draw, because they are referred, helped and taken into care together. Years of what
happens in a year are draws of their own; years of what is open on a day are one, for the same children are open.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow.compute as pc

from earlyhelp.synthetic.council import Council
from earlyhelp.synthetic.population import Days, Flags, Floats, Ints, Texts

YEARS = (2022, 2023, 2024, 2025, 2026)
"""Years to 31 March that are compared: the first of the six cannot know of a referral in the year before it."""
TEN_THOUSAND = 10_000
_NO_MORE = np.datetime64("2100-01-01")

Row = Mapping[str, str]
ByYear = dict[int, tuple[float, float]]
"""Lowest and highest that a published year can mean, by year; the same number twice where it is one figure."""


@dataclass(frozen=True)
class Comparison:
    """One rate of a drawn council beside the published ones.

    `drawn`: mean of the years; `lowest_drawn`, `highest_drawn`: of single years. `low`, `high`: published, of the years
    `first` to `last`. `error`: one standard error of `drawn`, at the drawn size. All in the unit of the rate.
    """

    rate: Rate
    drawn: float
    lowest_drawn: float
    highest_drawn: float
    low: float
    high: float
    first: int
    last: int
    error: float

    @property
    def lower(self) -> float:
        """The published range's lower end, widened."""
        return max(self.low - 1.96 * self.error, 0.0)

    @property
    def upper(self) -> float:
        """The published range's upper end, widened."""
        return self.high + 1.96 * self.error

    @property
    def is_within(self) -> bool:
        """True when the mean of the drawn years lies in the widened range."""
        return self.lower <= self.drawn <= self.upper


@dataclass(frozen=True)
class Rate:
    """One rate: what it is, where it is published, how it is read there, and how it is counted in a drawn council.

    `published` takes the folder of statistics and the ONS code of the council that is resembled. `counted` takes what
    was drawn and a year, and gives the figure with its standard error. `on_a_day`: of what is open on a day, not of what
    happens in a year.
    """

    name: str
    title: str
    source: str
    published: Callable[[Path, str], ByYear]
    counted: Callable[[Drawn, int], tuple[float, float]]
    is_share: bool = False
    on_a_day: bool = False


def compare(council: Council, reference: Path) -> list[Comparison]:
    """Every rate of a drawn council beside what is published of the council it resembles.

    `reference`: the folder with `statistics`, `population` and `poverty` in it.
    """
    drawn = Drawn(council)
    return [_compare(rate, drawn, reference) for rate in RATES]


def _compare(rate: Rate, drawn: Drawn, reference: Path) -> Comparison:
    published = rate.published(reference, drawn.council.profile.authority)
    years = [rate.counted(drawn, year) for year in YEARS]
    values = [value for value, _ in years]
    draws = 1 if rate.on_a_day else len(years)
    return Comparison(
        rate=rate,
        drawn=sum(values) / len(values),
        lowest_drawn=min(values),
        highest_drawn=max(values),
        low=min(low for low, _ in published.values()),
        high=max(high for _, high in published.values()),
        first=min(published),
        last=max(published),
        error=float(np.sqrt(np.mean([error**2 for _, error in years]) / draws)),
    )


# What was drawn -----------------------------------------------------------------------------------------


class Drawn:
    """The events of a council's social care as arrays, one value an event, and the families of their children."""

    def __init__(self, council: Council) -> None:
        self.council = council
        events = council.records["social_care_event"]
        self.kind, self.person, self.factors = (_texts(events[name]) for name in ("type", "person_key", "factors"))
        self.start, self.end = (_days(events[name]) for name in ("start_date", "end_date"))

    @cached_property
    def _family_of(self) -> Mapping[str, int]:
        members = self.council.records["family_member"].filter(pc.field("role") == "child")
        numbers: dict[str, int] = {}
        keys, families = members["person_key"].to_pylist(), members["family_key"].to_pylist()
        # A child who also lives with a parent elsewhere stands first in the family of birth.
        return {
            key: numbers.setdefault(family, len(numbers))
            for key, family in reversed(list(zip(keys, families, strict=True)))
        }

    @cached_property
    def family(self) -> Ints:
        """The family of the child of each event."""
        return np.array([self._family_of[key] for key in self.person])

    def children(self, year: int) -> float:
        """Children aged 0 to 17 on 31 March of a year."""
        table = self.council.records["population"]
        everyone = (
            (pc.field("area_code") == self.council.code) & (pc.field("age_band") == "0-17")
            & (pc.field("sex") == "all") & (pc.field("year") == year)
        )  # fmt: skip
        return float(table.filter(everyone)["count"][0].as_py())

    def begun(self, kind: str, year: int) -> Flags:
        """The events of a kind that began in the year to 31 March."""
        since, until = np.datetime64(date(year - 1, 4, 1)), np.datetime64(date(year, 3, 31))
        return np.asarray((self.kind == kind) & (self.start >= since) & (self.start <= until))

    def open(self, kind: str, year: int) -> Flags:
        """The events of a kind that are open at the end of 31 March."""
        day = np.datetime64(date(year, 3, 31))
        return np.asarray((self.kind == kind) & (self.start <= day) & (self.end > day))

    def per_child(self, which: Flags, year: int) -> tuple[float, float]:
        """Events for each 10,000 children, with the standard error of draws of whole families."""
        scale = TEN_THOUSAND / self.children(year)
        together = np.unique(self.family[which], return_counts=True)[1]
        return float(which.sum() * scale), float(np.sqrt((together**2).sum()) * scale)

    def share(self, of: Flags, which: Flags) -> tuple[float, float]:
        """Those `which` among the events, with the standard error of draws of whole families."""
        n = int(of.sum())
        value = float(which[of].sum() / n)
        family = np.unique(self.family[of], return_inverse=True)[1]
        return value, float(np.sqrt((np.bincount(family, which[of] - value) ** 2).sum()) / n)

    @cached_property
    def again(self) -> Flags:
        """Referrals of a child who had been referred in the 365 days before."""
        found = np.zeros(len(self.kind), bool)
        referrals = np.flatnonzero(self.kind == "referral")
        order = referrals[np.lexsort((self.start[referrals], self.person[referrals]))]
        same = self.person[order[1:]] == self.person[order[:-1]]
        gap = (self.start[order[1:]] - self.start[order[:-1]]).astype(np.int64)
        found[order[1:]] = same & (gap >= 1) & (gap <= 365)
        return found


def _texts(column: object) -> Texts:
    return np.array(["" if value is None else value for value in column.to_pylist()])  # type: ignore[attr-defined]


def _days(column: object) -> Days:
    days = np.array(column.to_pylist(), dtype="datetime64[D]")  # type: ignore[attr-defined]
    return np.where(np.isnat(days), _NO_MORE, days)


def _referrals(drawn: Drawn, year: int) -> tuple[float, float]:
    return drawn.per_child(drawn.begun("referral", year), year)


def _re_referrals(drawn: Drawn, year: int) -> tuple[float, float]:
    return drawn.share(drawn.begun("referral", year), drawn.again)


def _plans_begun(drawn: Drawn, year: int) -> tuple[float, float]:
    return drawn.per_child(drawn.begun("cp_plan", year), year)


def _open(kind: str) -> Callable[[Drawn, int], tuple[float, float]]:
    return lambda drawn, year: drawn.per_child(drawn.open(kind, year), year)


def _abuse_factor(drawn: Drawn, year: int) -> tuple[float, float]:
    since, until = np.datetime64(date(year - 1, 4, 1)), np.datetime64(date(year, 3, 31))
    done = (drawn.kind == "assessment") & (drawn.end >= since) & (drawn.end <= until)
    named = np.array([any(code.startswith("3") for code in codes.split(";")) for codes in drawn.factors])
    return drawn.share(done, named)


def _spread_of_poverty(drawn: Drawn, year: int) -> tuple[float, float]:
    """Spread between wards of the share of families in need SF10 on 31 March, net of what chance adds to it."""
    in_need, families = families_in_need(drawn.council, "SF10", date(year, 3, 1))
    known = in_need > 0
    return spread(in_need[known] / families[known], families[known], 1 / in_need[known])


def families_in_need(council: Council, need: str, month: date) -> tuple[Floats, Floats]:
    """By ward: families that truly have the need in a month, and families there are. Homes are those last known."""
    persons, members, places = (council.records[name] for name in ("person", "family_member", "place"))
    ward_of = dict(zip(places["lsoa"].to_pylist(), places["ward_code"].to_pylist(), strict=True))
    lives = dict(zip(persons["person_key"].to_pylist(), persons["lsoa"].to_pylist(), strict=True))
    child = members.filter(pc.field("role") == "child")
    pairs = zip(child["family_key"].to_pylist(), child["person_key"].to_pylist(), strict=True)
    ward = {family: ward_of[lives[person]] for family, person in pairs if lives[person] in ward_of}
    spells = council.truth["needs"].filter(
        (pc.field("need_code") == need) & (pc.field("first_month") <= month)
        & (pc.field("gone_by").is_null() | (pc.field("gone_by") > month))
    )  # fmt: skip
    wards = sorted(set(ward.values()))
    place = {code: number for number, code in enumerate(wards)}
    there = np.bincount([place[code] for code in ward.values()], minlength=len(wards))
    needy = [place[ward[family]] for family in spells["family_key"].to_pylist() if family in ward]
    return np.bincount(needy, minlength=len(wards)).astype(float), there.astype(float)


def spread(values: Floats, weights: Floats, noise: Floats | float = 0.0) -> tuple[float, float]:
    """Standard deviation of the logs of `values`, weighted, less the variance `noise` of each; and its standard error."""
    logs, share = np.log(values), weights / weights.sum()
    variance = float((share * (logs - (share * logs).sum()) ** 2).sum())
    whole = float(np.sqrt(max(variance - float((share * noise).sum()), 0.0)))
    return whole, float(np.sqrt(variance / (2 * (len(values) - 1))))


# What is published --------------------------------------------------------------------------------------


def _rows(path: Path, code: str, column: str = "new_la_code") -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from (row for row in csv.DictReader(stream) if row[column] == code)


def _number(text: str) -> float | None:
    """The number, or None for a letter that stands for suppressed or not available."""
    try:
        return float(text)
    except ValueError:
        return None


def _children(folder: Path, code: str) -> dict[int, float]:
    """Children aged 0 to 17 in the middle of the year before, on which the rates of a year rest."""
    rows = _rows(folder / "population" / "children_0_17_mye_la_2012_2024.csv", code)
    return {
        int(row["time_period"]) + 1: n for row in rows if (n := _number(row["population_estimate"])) is not None and n
    }


def _column(file: str, column: str, scale: float = 1.0, kind: str = "") -> Callable[[Path, str], ByYear]:
    """A column of a table of the department as it stands, times `scale`."""

    def read(folder: Path, code: str) -> ByYear:
        rows = [row for row in _rows(folder / "statistics" / file, code) if row.get("population_type", "") == kind]
        found = {int(row["time_period"]): _number(row[column]) for row in rows}
        return {year: (value * scale, value * scale) for year, value in found.items() if value is not None}

    return read


def _per_child(file: str, column: str) -> Callable[[Path, str], ByYear]:
    """A count of a table of the department for each 10,000 children."""

    def read(folder: Path, code: str) -> ByYear:
        children = _children(folder, code)
        counts = _column(file, column)(folder, code)
        scaled = {year: n * TEN_THOUSAND / children[year] for year, (n, _) in counts.items() if year in children}
        return {year: (value, value) for year, value in scaled.items()}

    return read


def _published_abuse(folder: Path, code: str) -> ByYear:
    """Share of assessments with a factor of domestic abuse: from the commonest of its three kinds to their sum.

    The three are published apart, and an assessment may have several. Years in which the council returned fewer than
    half of its usual number of assessments are left out.
    """
    rows = list(_rows(folder / "statistics" / _FACTORS, code))
    whole = {int(row["time_period"]): _number(row["Episodes_with_assessment_factor"]) or 0.0 for row in rows}
    usual = median(whole.values())
    found = {}
    for row in rows:
        year = int(row["time_period"])
        kinds = [_number(row[f"Domestic_Abuse_{who}"]) or 0.0 for who in ("child", "parent", "person")]
        if whole[year] >= usual / 2:
            found[year] = (max(kinds) / whole[year], min(sum(kinds) / whole[year], 1.0))
    return found


def _published_spread(folder: Path, code: str) -> ByYear:
    """Spread between wards of the share of children in low income after housing costs, years to March."""
    districts = _rows(folder / "geography" / "ltla23_to_utla23_england.csv", code, "utla23_code")
    codes = [row["ltla23_code"] for row in districts] or [code]
    file = folder / "poverty" / "dwp_children_low_income_ahc_relative_ward_fye2024_2025.csv"
    rows = [row for district in codes for row in _rows(file, district, "la_code")]
    found = {}
    for year in (2024, 2025):
        pairs = [(_number(row[f"pct_fye{year}"]), _number(row["children_0_15_implied_fye2025"])) for row in rows]
        known = np.array([(share, n) for share, n in pairs if share and n])
        value, _ = spread(known[:, 0], known[:, 1])
        found[year] = (value, value)
    return found


_REFERRALS = "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
_IN_NEED = "b1_children_in_need_2013_to_2025.csv"
_PROTECTED = "d1_child_protection_plans_2013_to_2024.csv"
_CARE = "cla_number_and_rate_per_10k_2021_2025.csv"
_FACTORS = "c3_factors_identified_at_end_of_assessment_2018_to_2025.csv"
_CENSUS = "DfE, children in need, table"

RATES: Sequence[Rate] = (
    Rate(
        "referrals", "Referrals in the year, for each 10,000 children", f"{_CENSUS} C1",
        _per_child(_REFERRALS, "referral_count"), _referrals,
    ),
    Rate(
        "re_referrals", "Referrals within 12 months of an earlier one", f"{_CENSUS} C1",
        _column(_REFERRALS, "rereferral_percent", 0.01), _re_referrals, is_share=True,
    ),
    Rate(
        "in_need", "Episodes in need at 31 March, for each 10,000 children", f"{_CENSUS} B1",
        _per_child(_IN_NEED, "At31_episodes"), _open("cin_episode"), on_a_day=True,
    ),
    Rate(
        "protected", "Protection plans at 31 March, for each 10,000 children", f"{_CENSUS} D1",
        _column(_PROTECTED, "CPP_At31_rate"), _open("cp_plan"), on_a_day=True,
    ),
    Rate(
        "plans_begun", "Protection plans begun in the year, for each 10,000 children", f"{_CENSUS} D1",
        _column(_PROTECTED, "CPP_start_rate"), _plans_begun,
    ),
    Rate(
        "looked_after", "Looked after at 31 March, for each 10,000 children", "DfE, children looked after",
        _column(_CARE, "rate_per_10000", kind="Children looked after on 31 March each year"), _open("looked_after"),
        on_a_day=True,
    ),
    Rate(
        "abuse_factor", "Assessments with a factor of domestic abuse", f"{_CENSUS} C3",
        _published_abuse, _abuse_factor, is_share=True,
    ),
    Rate(
        "spread_of_poverty", "Spread of poverty between wards (standard deviation of its log)",
        "DWP, children in low income families after housing costs, by ward", _published_spread, _spread_of_poverty,
        on_a_day=True,
    ),
)  # fmt: skip
"""Every rate that is compared, in the order of the page."""
